// .osim: any bytes give a model that hangs together, or one clear error.
#include <cstdint>
#include <set>
#include <string>
#include <string_view>

#include "catena/kinematics/forward_kinematics.h"
#include "catena/model/chain_map.h"
#include "catena/model/osim_reader.h"
#include "catena/model/osim_writer.h"
#include "require.h"

namespace catena {
namespace {

void require_indices(const Model& model) {
  const auto n_bodies = static_cast<int>(model.bodies.size());
  const auto n_coordinates = static_cast<int>(model.coordinates.size());
  const auto is_coordinate = [n_coordinates](int i) { return i >= 0 && i < n_coordinates; };
  require(n_bodies > 0 && model.bodies[0].name == "ground", "ground comes first");
  require(model.joints.size() + 1 == model.bodies.size(), "a joint for each body but ground");
  for (std::size_t j = 0; j < model.joints.size(); ++j) {
    const Joint& joint = model.joints[j];
    require(joint.parent >= 0 && joint.parent <= static_cast<int>(j), "parents before children");
    for (const TransformAxis& axis : joint.axes) {
      require(axis.coordinate == kNone || is_coordinate(axis.coordinate), "axes have coordinates");
      require(std::abs(axis.axis.norm() - 1.0) < 1e-12, "axes have length 1");
    }
  }
  for (const Coordinate& coordinate : model.coordinates) {
    require(coordinate.joint >= 0 && coordinate.joint + 1 < n_bodies, "coordinates have joints");
  }
  for (const CoordinateCoupler& coupler : model.couplers) {
    require(is_coordinate(coupler.dependent), "couplers set a coordinate");
    require(is_coordinate(coupler.independent), "couplers follow a coordinate");
    require(coupler.dependent != coupler.independent, "couplers connect two");
  }
  for (const ModelMarker& marker : model.markers) {
    require(marker.body >= 0 && marker.body < n_bodies, "markers sit on bodies");
  }
}

void read_anything(std::string_view bytes) {
  const auto model = parse_osim(bytes, "x.osim");
  if (!model) {
    require_good_sentence(model.error());
    // Marker sets have a reader of their own.
    Model ground_only;
    ground_only.bodies.push_back({.name = "ground"});
    const auto markers = parse_marker_set(ground_only, bytes, "x.xml");
    if (!markers) require_good_sentence(markers.error());
    return;
  }
  require_indices(*model);
  const Pose pose = forward_kinematics(*model, default_pose(*model));
  require(pose.size() == model->bodies.size(), "a place for each body");
  const auto chain = find_chain(*model);
  require(chain.has_value() || !chain.error().what.empty(), "a chain or a reason");

  // What was written is read back with the same parts.
  const auto again = parse_osim(write_osim(*model), "x.osim");
  require(again.has_value(), "what was written can be read");
  require(again->bodies.size() == model->bodies.size(), "bodies come back");
  require(again->coordinates.size() == model->coordinates.size(), "coordinates come back");
  require(again->couplers.size() == model->couplers.size(), "couplers come back");
  require(again->markers.size() == model->markers.size(), "markers come back");
}

}  // namespace
}  // namespace catena

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  catena::read_anything({reinterpret_cast<const char*>(data), size});
  return 0;
}
