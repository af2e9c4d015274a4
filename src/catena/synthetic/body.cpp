#include "catena/synthetic/body.h"

#include <algorithm>
#include <cassert>
#include <limits>
#include <span>

#include "catena/kinematics/forward_kinematics.h"
#include "catena/model/built_in_body.h"
#include "catena/synthetic/body_markers.h"

namespace catena {
namespace {

std::vector<ModelMarker> resolve(const Model& model, const std::vector<PlacedMarker>& placed) {
  std::vector<ModelMarker> markers;
  for (const PlacedMarker& p : placed) {
    markers.push_back({p.name, find_body(model, p.body), p.position_in_body_m});
    assert(markers.back().body != kNone);
  }
  return markers;
}

double lowest_m(const Model& model, std::span<const ModelMarker> points,
                const Eigen::Ref<const Eigen::VectorXd>& q) {
  const Pose pose = forward_kinematics(model, q);
  double lowest_m = std::numeric_limits<double>::infinity();
  for (const ModelMarker& point : points) {
    const Eigen::Vector3d place =
        pose[static_cast<std::size_t>(point.body)] * point.position_in_body_m;
    lowest_m = std::min(lowest_m, place.y());
  }
  return lowest_m;
}

}  // namespace

SyntheticBody make_synthetic_body(const BodyDimensions& dimensions,
                                  const SyntheticBodyOptions& options) {
  SyntheticBody body;
  body.dimensions = dimensions;
  body.model = built_in_body(dimensions, {.arms = options.arms,
                                          .feet = options.feet,
                                          .subtalar = options.subtalar,
                                          .mtp = options.mtp});
  body.model.markers = resolve(body.model, place_markers(dimensions, options));
  body.sole = resolve(body.model, sole_points(dimensions, options));
  // Stand on the ground with these soles.
  const int height = find_coordinate(body.model, "pelvis_ty");
  Eigen::VectorXd q = default_pose(body.model);
  q[height] = 0.0;
  body.model.coordinates[static_cast<std::size_t>(height)].default_value =
      -lowest_sole_height_m(body, q);
  return body;
}

SyntheticBody make_synthetic_body(const SyntheticBodyOptions& options) {
  return make_synthetic_body(body_dimensions(options), options);
}

Model synthetic_body(const SyntheticBodyOptions& options) {
  return make_synthetic_body(options).model;
}

double lowest_sole_height_m(const SyntheticBody& body, int side,
                            const Eigen::Ref<const Eigen::VectorXd>& q) {
  const std::size_t half = body.sole.size() / 2;  // right before left
  const std::span<const ModelMarker> soles(body.sole);
  return lowest_m(body.model, soles.subspan(side == 0 ? 0 : half, half), q);
}

double lowest_sole_height_m(const SyntheticBody& body, const Eigen::Ref<const Eigen::VectorXd>& q) {
  return lowest_m(body.model, body.sole, q);
}

}  // namespace catena
