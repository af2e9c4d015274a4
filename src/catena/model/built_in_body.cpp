#include "catena/model/built_in_body.h"

#include <algorithm>
#include <array>

#include "catena/model/body_builder.h"
#include "catena/model/low_back.h"
#include "catena/model/segment_masses.h"

namespace catena {
namespace {

using Eigen::Vector3d;

const std::array<std::string, 2> kSuffix = {"_r", "_l"};  // NOLINT(cert-err58-cpp)

double outwards(std::size_t side) { return side == 0 ? 1.0 : -1.0; }

MassProperties at_origin(double mass_kg, const Vector3d& radii_m) {
  MassProperties m;
  m.mass_kg = mass_kg;
  m.inertia_kg_m2 = (mass_kg * radii_m.array().square()).matrix().asDiagonal();
  return m;
}

void add_pelvis(Model& model, const BodyDimensions& d) {
  add_body(model, "pelvis", pelvis_masses(d),
           {"ground_pelvis",
            "ground",
            Vector3d::Zero(),
            {{"pelvis_tilt", Vector3d::UnitZ()},
             {"pelvis_list", Vector3d::UnitX()},
             {"pelvis_rotation", Vector3d::UnitY()}}});
  for (int k = 0; k < 3; ++k) {
    Coordinate c;
    c.name = std::string("pelvis_t") + "xyz"[k];
    c.joint = 0;
    c.kind = CoordinateKind::kTranslation;
    c.min = -1e3;
    c.max = 1e3;
    model.coordinates.push_back(c);
    TransformAxis& axis = model.joints[0].axes.at(3 + static_cast<std::size_t>(k));
    axis.coordinate = static_cast<int>(model.coordinates.size()) - 1;
    axis.function = LinearFunction{1.0, 0.0};
  }
}

std::vector<Angle> knee_angles(const BodyDimensions& d, std::size_t side, KneeMotion motion) {
  const std::string& s = kSuffix.at(side);
  // Flexion takes the shank backwards: a turn about the line to the left.
  const Eigen::Vector2d& tilt = d.knee_axis_tilt_rad.at(side);
  const Vector3d flexion = -Vector3d(tilt.y(), -tilt.x(), 1.0).normalized();
  std::vector<Angle> angles = {{"knee_angle" + s, flexion, -10.0, 150.0}};
  if (motion == KneeMotion::kHinge) return angles;
  // Grood & Suntay 1983: about the femur's axis, the floating one, the shank's long one.
  const bool locked = motion == KneeMotion::kLocked;
  angles.push_back({"knee_adduction" + s, outwards(side) * Vector3d::UnitX(), -30.0, 30.0, locked});
  angles.push_back({"knee_rotation" + s, outwards(side) * Vector3d::UnitY(), -45.0, 45.0, locked});
  return angles;
}

void add_foot(Model& model, const BodyDimensions& d, std::size_t side,
              const BuiltInBodyOptions& options) {
  const std::string& s = kSuffix.at(side);
  const double out = outwards(side);
  // Of the foot's mass a tenth is the talus's and three twentieths the toes'. Grade C.
  const double mass = d.mass_kg * d.mass_share.foot;
  const double length = d.foot_length_m;
  const MassProperties talus = at_origin(0.10 * mass, Vector3d::Constant(0.024));
  MassProperties toes = at_origin(0.15 * mass, {0.021, 0.028, 0.028});
  toes.center_m.x() = 0.12 * length;
  // The calcaneus's body has the rest, its centre where the whole foot's becomes de Leva's.
  MassProperties calcn = hanging_segment(DeLevaSegment::kFoot, d.female, 0.75 * mass, length);
  const double foot_x = calcn.center_m.x();
  const double talus_x = -calcaneus_from_ankle_m(d).x();
  const double toes_x = toes_from_calcaneus_m(d).x() + toes.center_m.x();
  calcn.center_m.x() = (foot_x - 0.10 * talus_x - 0.15 * toes_x) / 0.75;

  add_body(model, "talus" + s, talus,
           {"ankle" + s,
            "tibia" + s,
            {0.0, -d.shank_length_m.at(side), 0.0},
            {{"ankle_angle" + s, Vector3d(-0.105 * out, -0.174 * out, 0.979).normalized(), -60.0,
              50.0}}});
  // Mean axis of Isman & Inman 1969, as running models have it.
  add_body(model, "calcn" + s, calcn,
           {"subtalar" + s,
            "talus" + s,
            calcaneus_from_ankle_m(d),
            {{"subtalar_angle" + s, Vector3d(0.787 * out, 0.605 * out, -0.121).normalized(), -40.0,
              40.0, !options.subtalar}}});
  add_body(model, "toes" + s, toes,
           {"mtp" + s,
            "calcn" + s,
            toes_from_calcaneus_m(d),
            {{"mtp_angle" + s, Vector3d::UnitZ(), -40.0, 70.0, !options.mtp}}});
}

void add_leg(Model& model, const BodyDimensions& d, std::size_t side,
             const BuiltInBodyOptions& options) {
  const std::string& s = kSuffix.at(side);
  const double out = outwards(side);
  const double thigh = d.thigh_length_m.at(side);
  add_body(model, "femur" + s,
           hanging_segment(DeLevaSegment::kThigh, d.female, d.mass_kg * d.mass_share.thigh, thigh),
           {"hip" + s,
            "pelvis",
            d.hip_in_pelvis_m.at(side),
            {{"hip_flexion" + s, Vector3d::UnitZ(), -60.0, 130.0},
             {"hip_adduction" + s, out * Vector3d::UnitX(), -60.0, 60.0},
             {"hip_rotation" + s, out * Vector3d::UnitY(), -60.0, 60.0}}});
  const double shank_share = d.mass_share.shank + (options.feet ? 0.0 : d.mass_share.foot);
  add_body(model, "tibia" + s,
           hanging_segment(DeLevaSegment::kShank, d.female, d.mass_kg * shank_share,
                           d.shank_length_m.at(side)),
           {"knee" + s, "femur" + s, {0.0, -thigh, 0.0}, knee_angles(d, side, options.knee)});
  if (options.feet) add_foot(model, d, side, options);
}

/// Upper arm, and forearm with hand, each hanging from its upper joint.
std::array<MassProperties, 2> arm_masses(const BodyDimensions& d) {
  const SegmentShape& fore = de_leva(DeLevaSegment::kForearm, d.female);
  const SegmentShape& hand = de_leva(DeLevaSegment::kHand, d.female);
  // Forearm and hand share their mass as in the table.
  const double mass = d.mass_kg * d.mass_share.forearm / (fore.mass + hand.mass);
  const double hand_length = hand.mean_length_m / de_leva_height_m(d.female) * d.height_m;
  return {hanging_segment(DeLevaSegment::kUpperArm, d.female, d.mass_kg * d.mass_share.upper_arm,
                          d.upper_arm_length_m),
          together({hanging_segment(DeLevaSegment::kForearm, d.female, mass * fore.mass,
                                    d.forearm_length_m),
                    hanging_segment(DeLevaSegment::kHand, d.female, mass * hand.mass, hand_length,
                                    {0.0, -d.forearm_length_m, 0.0})})};
}

Vector3d shoulder_in_torso(const BodyDimensions& d, std::size_t side) {
  return d.shoulder_in_torso_m.cwiseProduct(Vector3d(1.0, 1.0, outwards(side)));
}

/// The trunk, and what has no body of its own: the head; arms that are left out, hanging down.
MassProperties torso_masses(const BodyDimensions& d, const BuiltInBodyOptions& options) {
  std::vector<MassProperties> parts = {trunk_masses(d)};
  if (!options.head) parts.push_back(head_masses(d));
  for (std::size_t side = 0; !options.arms && side < 2; ++side) {
    std::array<MassProperties, 2> arm = arm_masses(d);
    arm[1].center_m.y() -= d.upper_arm_length_m;
    for (MassProperties& part : arm) {
      part.center_m += shoulder_in_torso(d, side);
      parts.push_back(part);
    }
  }
  return together(parts);
}

void add_torso(Model& model, const BodyDimensions& d, const BuiltInBodyOptions& options) {
  const MassProperties torso = torso_masses(d, options);
  if (options.low_back == LowBack::kSpread) {
    add_spread_low_back(model, d, torso);
  } else {
    add_body(model, "torso", torso,
             {"back",
              "pelvis",
              d.lumbosacral_in_pelvis_m,
              {{"lumbar_extension", Vector3d::UnitZ()},
               {"lumbar_bending", Vector3d::UnitX()},
               {"lumbar_rotation", Vector3d::UnitY()}}});
  }
  if (!options.head) return;
  MassProperties head = head_masses(d);
  const Vector3d neck = neck_in_torso_m(d);
  head.center_m -= neck;
  add_body(model, "head", head,
           {"neck",
            "torso",
            neck,
            {{"neck_extension", Vector3d::UnitZ()},
             {"neck_bending", Vector3d::UnitX()},
             {"neck_rotation", Vector3d::UnitY()}}});
}

void add_arm(Model& model, const BodyDimensions& d, std::size_t side) {
  const std::string& s = kSuffix.at(side);
  const double out = outwards(side);
  const std::array<MassProperties, 2> masses = arm_masses(d);
  add_body(model, "humerus" + s, masses[0],
           {"acromial" + s,
            "torso",
            shoulder_in_torso(d, side),
            {{"arm_flex" + s, Vector3d::UnitZ(), -90.0, 120.0},
             {"arm_add" + s, out * Vector3d::UnitX(), -120.0, 90.0},
             {"arm_rot" + s, out * Vector3d::UnitY()}}});
  add_body(model, "ulna" + s, masses[1],
           {"elbow" + s,
            "humerus" + s,
            {0.0, -d.upper_arm_length_m, 0.0},
            {{"elbow_flex" + s, Vector3d::UnitZ(), 0.0, 150.0}}});
}

/// The lower sole's depth below the pelvis when every angle is zero.
double standing_height_m(const BodyDimensions& d) {
  const auto depth = [&d](std::size_t side) {
    return d.thigh_length_m.at(side) + d.shank_length_m.at(side) + d.ankle_height_m -
           d.hip_in_pelvis_m.at(side).y();
  };
  return std::max(depth(0), depth(1));
}

}  // namespace

Model built_in_body(const BodyDimensions& dimensions, const BuiltInBodyOptions& options) {
  Model model;
  model.name = options.name;
  model.bodies.push_back({.name = "ground"});
  add_pelvis(model, dimensions);
  for (std::size_t side = 0; side < 2; ++side) add_leg(model, dimensions, side, options);
  add_torso(model, dimensions, options);
  for (std::size_t side = 0; options.arms && side < 2; ++side) add_arm(model, dimensions, side);
  const int height = find_coordinate(model, "pelvis_ty");
  model.coordinates[static_cast<std::size_t>(height)].default_value = standing_height_m(dimensions);
  return model;
}

Eigen::Vector3d calcaneus_from_ankle_m(const BodyDimensions& d) {
  // The heel lies a quarter of the foot behind the ankle.
  return {-0.25 * d.foot_length_m, -0.6 * d.ankle_height_m, 0.0};
}

Eigen::Vector3d toes_from_calcaneus_m(const BodyDimensions& d) {
  return {0.72 * d.foot_length_m, -0.2 * d.ankle_height_m, 0.0};
}

}  // namespace catena
