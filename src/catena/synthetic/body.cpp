#include "catena/synthetic/body.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <limits>
#include <string>

#include "catena/core/units.h"
#include "catena/kinematics/forward_kinematics.h"
#include "catena/synthetic/body_markers.h"

namespace catena {
namespace {

using Eigen::Vector3d;

/// One angle of a joint: its coordinate, the axis that it turns about, and its range.
struct Angle {
  std::string name;
  Vector3d axis;
  double min_deg = -90.0;
  double max_deg = 90.0;
  bool locked = false;
};

struct Segment {
  std::string name;
  double mass_kg = 0.0;
  double length_m = 0.0;
  Vector3d mass_center_m = Vector3d::Zero();
  Vector3d gyration;  // radii about x, y, z as shares of the length
};

class Builder {
 public:
  explicit Builder(const BodyDimensions& dimensions) : d_(dimensions) {
    model_.name = "catena_runner";
    model_.bodies.push_back({.name = "ground"});
  }

  /// Hangs a segment on its parent by a joint that turns about up to three axes.
  void add(const Segment& segment, const std::string& joint_name, const std::string& parent,
           const Vector3d& place_in_parent_m, const std::vector<Angle>& angles) {
    assert(angles.size() <= 3);
    Joint joint;
    joint.name = joint_name;
    joint.kind = JointKind::kCustom;
    joint.parent = find_body(model_, parent);
    assert(joint.parent != kNone);
    joint.parent_from_frame.translation = place_in_parent_m;
    for (std::size_t k = 0; k < 3; ++k) {
      if (k < angles.size()) {
        joint.axes[k] = {angles[k].axis, add_angle(angles[k]), LinearFunction{1.0, 0.0}};
      } else {
        joint.axes[k] = {free_axis(angles, k), kNone, ConstantFunction{0.0}};
      }
      joint.axes[k + 3] = {Vector3d::Unit(static_cast<Eigen::Index>(k)), kNone,
                           ConstantFunction{0.0}};
    }
    model_.joints.push_back(joint);
    Body body = {.name = segment.name, .mass_kg = segment.mass_kg};
    body.mass_center_in_body_m = segment.mass_center_m;
    body.inertia_in_body_kg_m2 =
        (segment.mass_kg * (segment.gyration * segment.length_m).array().square())
            .matrix()
            .asDiagonal();
    model_.bodies.push_back(body);
  }

  void add_pelvis();
  void add_leg(std::size_t side, const SyntheticBodyOptions& options);
  void add_foot(std::size_t side, const SyntheticBodyOptions& options);
  void add_torso();
  void add_arm(std::size_t side);

  Model& model() { return model_; }

 private:
  int add_angle(const Angle& angle) {
    Coordinate c;
    c.name = angle.name;
    c.joint = static_cast<int>(model_.joints.size());
    c.min = angle.min_deg * kRadPerDeg;
    c.max = angle.max_deg * kRadPerDeg;
    c.locked = angle.locked;
    model_.coordinates.push_back(c);
    return static_cast<int>(model_.coordinates.size()) - 1;
  }

  /// An axis for an unused rotation that is parallel to no axis in use, as OpenSim demands.
  static Vector3d free_axis(const std::vector<Angle>& angles, std::size_t k) {
    // A hinge is near z here (knee, ankle, elbow) or near x (subtalar).
    const bool near_x = !angles.empty() && std::abs(angles.front().axis.x()) > 0.5;
    if (k == 2) return Vector3d::UnitY();
    return near_x ? Vector3d::UnitZ() : Vector3d::UnitX();
  }

  const BodyDimensions& d_;
  Model model_;
};

const std::array<std::string, 2> kSuffix = {"_r", "_l"};  // NOLINT(cert-err58-cpp)

void Builder::add_pelvis() {
  // Lower trunk (de Leva 1996), its centre midway between hips and L5/S1.
  const Vector3d center =
      (d_.hip_in_pelvis_m[0] + d_.hip_in_pelvis_m[1]) / 4.0 + d_.lumbosacral_in_pelvis_m / 2.0;
  add({"pelvis", d_.mass_kg * d_.mass_share.pelvis, 0.146, center, {0.615, 0.587, 0.551}},
      "ground_pelvis", "ground", Vector3d::Zero(),
      {{"pelvis_tilt", Vector3d::UnitZ()},
       {"pelvis_list", Vector3d::UnitX()},
       {"pelvis_rotation", Vector3d::UnitY()}});
  for (int k = 0; k < 3; ++k) {
    Coordinate c;
    c.name = std::string("pelvis_t") + "xyz"[k];
    c.joint = 0;
    c.kind = CoordinateKind::kTranslation;
    c.min = -1e3;
    c.max = 1e3;
    model_.coordinates.push_back(c);
    TransformAxis& axis = model_.joints[0].axes.at(3 + static_cast<std::size_t>(k));
    axis.coordinate = static_cast<int>(model_.coordinates.size()) - 1;
    axis.function = LinearFunction{1.0, 0.0};
  }
}

void Builder::add_leg(std::size_t side, const SyntheticBodyOptions& options) {
  const std::string& s = kSuffix.at(side);
  const double out = side == 0 ? 1.0 : -1.0;
  const double thigh = d_.thigh_length_m.at(side);
  const double shank = d_.shank_length_m.at(side);
  // de Leva 1996; radii about x (sagittal axis), y (longitudinal), z (transverse).
  const bool f = d_.female;
  add({"femur" + s,
       d_.mass_kg * d_.mass_share.thigh,
       thigh,
       {0.0, -(f ? 0.3612 : 0.4095) * thigh, 0.0},
       f ? Vector3d(0.369, 0.162, 0.364) : Vector3d(0.329, 0.149, 0.329)},
      "hip" + s, "pelvis", d_.hip_in_pelvis_m.at(side),
      {{"hip_flexion" + s, Vector3d::UnitZ(), -60.0, 130.0},
       {"hip_adduction" + s, out * Vector3d::UnitX(), -60.0, 60.0},
       {"hip_rotation" + s, out * Vector3d::UnitY(), -60.0, 60.0}});
  // Flexion takes the shank backwards: a turn about the line to the left.
  const Eigen::Vector2d& tilt = d_.knee_axis_tilt_rad.at(side);
  const Vector3d knee_axis = -Vector3d(tilt.y(), -tilt.x(), 1.0).normalized();
  const double shank_mass =
      d_.mass_kg * (d_.mass_share.shank + (options.feet ? 0.0 : d_.mass_share.foot));
  add({"tibia" + s,
       shank_mass,
       shank,
       {0.0, -(f ? 0.4416 : 0.4459) * shank, 0.0},
       f ? Vector3d(0.271, 0.093, 0.267) : Vector3d(0.255, 0.103, 0.249)},
      "knee" + s, "femur" + s, {0.0, -thigh, 0.0}, {{"knee_angle" + s, knee_axis, -10.0, 150.0}});
  if (options.feet) add_foot(side, options);
}

void Builder::add_foot(std::size_t side, const SyntheticBodyOptions& options) {
  const std::string& s = kSuffix.at(side);
  const double out = side == 0 ? 1.0 : -1.0;
  const double foot_mass = d_.mass_kg * d_.mass_share.foot;
  const double length = d_.foot_length_m;
  add({"talus" + s, 0.10 * foot_mass, 0.06, Vector3d::Zero(), {0.4, 0.4, 0.4}}, "ankle" + s,
      "tibia" + s, {0.0, -d_.shank_length_m.at(side), 0.0},
      {{"ankle_angle" + s, Vector3d(-0.105 * out, -0.174 * out, 0.979).normalized(), -60.0, 50.0}});
  // Mean axis of Isman & Inman 1969, as running models have it.
  add({"calcn" + s, 0.75 * foot_mass, length, {0.35 * length, 0.0, 0.0}, {0.14, 0.25, 0.25}},
      "subtalar" + s, "talus" + s, calcaneus_from_ankle_m(d_),
      {{"subtalar_angle" + s, Vector3d(0.787 * out, 0.605 * out, -0.121).normalized(), -40.0, 40.0,
        !options.subtalar}});
  add({"toes" + s, 0.15 * foot_mass, 0.07, {0.03, 0.0, 0.0}, {0.3, 0.4, 0.4}}, "mtp" + s,
      "calcn" + s, toes_from_calcaneus_m(d_),
      {{"mtp_angle" + s, Vector3d::UnitZ(), -40.0, 70.0, !options.mtp}});
}

void Builder::add_torso() {
  // Upper and middle trunk with the head as one segment, its centre at shoulder-blade height.
  add({"torso",
       d_.mass_kg * d_.mass_share.torso,
       0.53,
       {0.0, 0.75 * d_.shoulder_in_torso_m.y(), 0.0},
       {0.372, 0.191, 0.347}},
      "back", "pelvis", d_.lumbosacral_in_pelvis_m,
      {{"lumbar_extension", Vector3d::UnitZ()},
       {"lumbar_bending", Vector3d::UnitX()},
       {"lumbar_rotation", Vector3d::UnitY()}});
}

void Builder::add_arm(std::size_t side) {
  const std::string& s = kSuffix.at(side);
  const double out = side == 0 ? 1.0 : -1.0;
  const Vector3d shoulder = d_.shoulder_in_torso_m.cwiseProduct(Vector3d(1.0, 1.0, out));
  const double upper = d_.upper_arm_length_m;
  const double fore = d_.forearm_length_m;
  add({"humerus" + s,
       d_.mass_kg * d_.mass_share.upper_arm,
       upper,
       {0.0, -0.577 * upper, 0.0},
       {0.285, 0.158, 0.269}},
      "acromial" + s, "torso", shoulder,
      {{"arm_flex" + s, Vector3d::UnitZ(), -90.0, 120.0},
       {"arm_add" + s, out * Vector3d::UnitX(), -120.0, 90.0},
       {"arm_rot" + s, out * Vector3d::UnitY()}});
  add({"ulna" + s,
       d_.mass_kg * d_.mass_share.forearm,
       fore,
       {0.0, -0.68 * fore, 0.0},
       {0.40, 0.15, 0.40}},
      "elbow" + s, "humerus" + s, {0.0, -upper, 0.0},
      {{"elbow_flex" + s, Vector3d::UnitZ(), 0.0, 150.0}});
}

std::vector<ModelMarker> resolve(const Model& model, const std::vector<PlacedMarker>& placed) {
  std::vector<ModelMarker> markers;
  for (const PlacedMarker& p : placed) {
    markers.push_back({p.name, find_body(model, p.body), p.position_in_body_m});
    assert(markers.back().body != kNone);
  }
  return markers;
}

}  // namespace

SyntheticBody make_synthetic_body(const BodyDimensions& dimensions,
                                  const SyntheticBodyOptions& options) {
  Builder builder(dimensions);
  builder.add_pelvis();
  for (std::size_t side = 0; side < 2; ++side) builder.add_leg(side, options);
  builder.add_torso();
  for (std::size_t side = 0; options.arms && side < 2; ++side) builder.add_arm(side);

  SyntheticBody body;
  body.dimensions = dimensions;
  body.model = std::move(builder.model());
  body.model.markers = resolve(body.model, place_markers(dimensions, options));
  body.sole = resolve(body.model, sole_points(dimensions, options));
  // Stand on the ground.
  const double below_m = lowest_sole_height_m(body, default_pose(body.model));
  const int height = find_coordinate(body.model, "pelvis_ty");
  body.model.coordinates[static_cast<std::size_t>(height)].default_value = -below_m;
  return body;
}

SyntheticBody make_synthetic_body(const SyntheticBodyOptions& options) {
  return make_synthetic_body(body_dimensions(options), options);
}

Model synthetic_body(const SyntheticBodyOptions& options) {
  return make_synthetic_body(options).model;
}

double lowest_sole_height_m(const SyntheticBody& body, const Eigen::Ref<const Eigen::VectorXd>& q) {
  const Pose pose = forward_kinematics(body.model, q);
  double lowest_m = std::numeric_limits<double>::infinity();
  for (const ModelMarker& point : body.sole) {
    const Eigen::Vector3d place =
        pose[static_cast<std::size_t>(point.body)] * point.position_in_body_m;
    lowest_m = std::min(lowest_m, place.y());
  }
  return lowest_m;
}

}  // namespace catena
