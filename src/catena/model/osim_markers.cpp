#include "catena/model/osim_markers.h"

#include <pugixml.hpp>
#include <unordered_set>

namespace catena {
namespace {

std::string frame_of_marker(const pugi::xml_node& node) {
  for (const char* socket : {"parent_frame", "reference_frame"}) {
    const std::string connected = connectee(node, socket);
    if (!connected.empty()) return connected;
  }
  return word(node, "body");
}

}  // namespace

Result<std::vector<ModelMarker>> read_markers(const OsimSource& source,
                                              const std::vector<pugi::xml_node>& nodes,
                                              const FrameTable& frames) {
  std::vector<ModelMarker> markers;
  std::unordered_set<std::string> names;
  for (const pugi::xml_node& node : nodes) {
    ModelMarker marker;
    marker.name = name_of(node);
    const std::string place = source.place(node);
    if (marker.name.empty()) return fail(Errc::kBadFormat, "this marker has no name", place);
    if (!names.insert(marker.name).second) {
      return fail(Errc::kBadFormat, "there are two markers named '" + marker.name + "'", place,
                  "rename one");
    }
    const std::string connected = frame_of_marker(node);
    if (connected.empty()) {
      return fail(Errc::kMissingData, "marker '" + marker.name + "' names no body", place,
                  "say which body it sits on");
    }
    auto frame = frames.resolve(connected, "/markerset/" + path_part(marker.name), place);
    if (!frame) {
      Error error = frame.error();
      if (error.code == Errc::kMissingData) {
        error.what = "marker '" + marker.name + "' sits on '" + connected +
                     "', which the model does not have";
        error.hint = "correct the name of the body";
      }
      return tl::make_unexpected(error);
    }
    CATENA_TRY(location, read_vector3(source, node, "location", Eigen::Vector3d::Zero()));
    marker.body = frame->body;
    marker.position_in_body_m = frame->body_from_frame * location;
    markers.push_back(marker);
  }
  return markers;
}

}  // namespace catena
