#include "catena/gait/clinical_angles.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace catena {
namespace {

using Eigen::Matrix3d;
using Eigen::Vector3d;

constexpr double kTurn = 2.0 * std::numbers::pi;

double asin_of(double sine) {
  // Rounding may leave 1 + 1e-16; NaN stays NaN.
  return std::asin(sine > 1.0 ? 1.0 : (sine < -1.0 ? -1.0 : sine));
}

/// Angles about x, y, z of R = R(z) R(x) R(y): the joint coordinate system whose first axis lies in
/// the proximal body, z, and whose last in the distal one, y.
Vector3d joint_angles(const Matrix3d& R) {
  return {asin_of(R(2, 1)), std::atan2(-R(2, 0), R(2, 2)), std::atan2(-R(0, 1), R(1, 1))};
}

/// Angles about x, y, z of R = R(y) R(x) R(z): rotation, obliquity, tilt.
Vector3d segment_angles(const Matrix3d& R) {
  return {asin_of(-R(1, 2)), std::atan2(R(0, 2), R(2, 2)), std::atan2(R(1, 0), R(1, 1))};
}

/// Turn about -z of the long axis seen in the plane of progression: its top goes forward.
double lean_of(const Matrix3d& R) { return std::atan2(R(0, 1), R(1, 1)); }

/// Of the foot: its toes go up.
double pitch_of(const Matrix3d& R) { return std::atan2(R(1, 0), R(0, 0)); }

using Plane = AnglePlane;
using Part = AnglePart;

const std::array<AngleMeaning, 3> kTrunkAngles = {  // NOLINT(cert-err58-cpp)
    {{"trunk_lean", "trunk lean", "thorax leans forward", Part::kTrunk, Plane::kSagittal},
     {"trunk_side_lean", "trunk side lean", "thorax leans to this side", Part::kTrunk,
      Plane::kFrontal},
     {"trunk_rotation", "trunk rotation", "this side of the thorax is in front", Part::kTrunk,
      Plane::kTransverse}}};
const std::array<AngleMeaning, 3> kLowBackAngles = {  // NOLINT(cert-err58-cpp)
    {{"low_back_extension", "low back extension (thorax on pelvis)",
      "thorax backward on the pelvis", Part::kLowBack, Plane::kSagittal},
     {"low_back_bending", "low back bending (thorax on pelvis)",
      "thorax to this side on the pelvis", Part::kLowBack, Plane::kFrontal},
     {"low_back_rotation", "low back rotation (thorax on pelvis)",
      "thorax turned to this side on the pelvis", Part::kLowBack, Plane::kTransverse}}};
const std::array<AngleMeaning, 3> kPelvisAngles = {  // NOLINT(cert-err58-cpp)
    {{"pelvis_tilt", "pelvic tilt", "pelvis tips forward", Part::kPelvis, Plane::kSagittal},
     {"pelvis_drop", "pelvic drop", "the other side of the pelvis is lower", Part::kPelvis,
      Plane::kFrontal},
     {"pelvis_rotation", "pelvic rotation", "this side of the pelvis is in front", Part::kPelvis,
      Plane::kTransverse}}};
const std::array<AngleMeaning, 3> kHipAngles = {  // NOLINT(cert-err58-cpp)
    {{"hip_flexion", "hip flexion", "thigh forward on the pelvis", Part::kHip, Plane::kSagittal},
     {"hip_adduction", "hip adduction", "thigh to the middle on the pelvis", Part::kHip,
      Plane::kFrontal},
     {"hip_rotation", "hip rotation", "thigh turned inward on the pelvis", Part::kHip,
      Plane::kTransverse}}};
const std::array<AngleMeaning, 3> kKneeAngles = {  // NOLINT(cert-err58-cpp)
    {{"knee_flexion", "knee flexion", "shank backward on the thigh", Part::kKnee, Plane::kSagittal},
     {"knee_adduction", "knee adduction", "shank to the middle on the thigh (bow leg)", Part::kKnee,
      Plane::kFrontal},
     {"knee_rotation", "knee rotation", "shank turned inward on the thigh", Part::kKnee,
      Plane::kTransverse}}};
const std::array<AngleMeaning, 3> kAnkleAngles = {  // NOLINT(cert-err58-cpp)
    {{"ankle_dorsiflexion", "ankle dorsiflexion", "toes towards the shank", Part::kAnkle,
      Plane::kSagittal},
     {"ankle_inversion", "ankle inversion", "sole towards the other foot", Part::kAnkle,
      Plane::kFrontal},
     {"ankle_rotation", "ankle rotation", "foot turned inward on the shank", Part::kAnkle,
      Plane::kTransverse}}};
const AngleMeaning kThighAngle = {  // NOLINT(cert-err58-cpp)
    "thigh_extension", "thigh extension", "knee behind the hip", Part::kThigh, Plane::kSagittal};
const AngleMeaning kShankAngle = {  // NOLINT(cert-err58-cpp)
    "shank_angle", "shank angle", "shank leans forward, knee in front of the ankle", Part::kShank,
    Plane::kSagittal};
const AngleMeaning kFootAngle = {  // NOLINT(cert-err58-cpp)
    "foot_angle", "foot angle", "toes higher than the heel", Part::kFoot, Plane::kSagittal};

/// Adds one channel per column; what the lists hold beyond them is left out.
void add_channels(std::span<const AngleMeaning> meanings, Side side,
                  const Eigen::MatrixX3d& angle_rad, std::vector<AngleChannel>& out) {
  for (std::size_t k = 0; k < meanings.size(); ++k) {
    out.push_back({meanings[k], side, angle_rad.col(static_cast<Eigen::Index>(k))});
    unwrap(out.back().angle_rad);
  }
}

/// Sagittal, frontal, transverse by frame, each + as turns about z, x, y of the distal body.
template <class Angles>
Eigen::MatrixX3d over_frames(std::size_t n_frames, const Angles& angles_at) {
  Eigen::MatrixX3d angle_rad(static_cast<Eigen::Index>(n_frames), 3);
  for (std::size_t k = 0; k < n_frames; ++k) {
    const Vector3d about = angles_at(k);
    angle_rad.row(static_cast<Eigen::Index>(k)) << about.z(), about.x(), about.y();
  }
  return angle_rad;
}

void add_joint(std::span<const AngleMeaning> meanings, Side side,
               const std::vector<Matrix3d>& proximal, const std::vector<Matrix3d>& distal,
               const Vector3d& signs, std::vector<AngleChannel>& out) {
  Eigen::MatrixX3d angle_rad = over_frames(proximal.size(), [&](std::size_t k) {
    return joint_angles(proximal[k].transpose() * distal[k]);
  });
  angle_rad = (angle_rad * signs.asDiagonal()).eval();
  add_channels(meanings, side, angle_rad, out);
}

void add_segment(const AngleMeaning& meaning, Side side, const std::vector<Matrix3d>& rotations,
                 double (*angle_of)(const Matrix3d&), std::vector<AngleChannel>& out) {
  AngleChannel channel{meaning, side, {}};
  channel.angle_rad.resize(static_cast<Eigen::Index>(rotations.size()));
  for (std::size_t k = 0; k < rotations.size(); ++k) {
    channel.angle_rad[static_cast<Eigen::Index>(k)] = angle_of(rotations[k]);
  }
  unwrap(channel.angle_rad);
  out.push_back(std::move(channel));
}

/// Trunk and pelvis in the frame of progression, and the one on the other.
void add_trunk(const SegmentMotion& motion, Side side, std::vector<AngleChannel>& out) {
  // Of the left side, turns about x and y count the other way.
  const double own = side == kRight ? 1.0 : -1.0;
  if (motion.has_thorax) {
    Eigen::MatrixX3d thorax_rad = over_frames(
        motion.thorax.size(), [&](std::size_t k) { return segment_angles(motion.thorax[k]); });
    for (std::size_t k = 0; k < motion.thorax.size(); ++k) {
      thorax_rad(static_cast<Eigen::Index>(k), 0) = lean_of(motion.thorax[k]);
    }
    thorax_rad = (thorax_rad * Vector3d(1.0, own, own).asDiagonal()).eval();
    add_channels(kTrunkAngles, side, thorax_rad, out);
    add_joint(kLowBackAngles, side, motion.pelvis, motion.thorax, {1.0, own, -own}, out);
  }
  Eigen::MatrixX3d pelvis_rad = over_frames(
      motion.pelvis.size(), [&](std::size_t k) { return segment_angles(motion.pelvis[k]); });
  pelvis_rad = (pelvis_rad * Vector3d(-1.0, -own, own).asDiagonal()).eval();
  add_channels(kPelvisAngles, side, pelvis_rad, out);
}

bool is_known(double value) { return !std::isnan(value); }

bool ends_with(const std::string& text, const std::string& ending) {
  return text.size() >= ending.size() &&
         text.compare(text.size() - ending.size(), ending.size(), ending) == 0;
}

}  // namespace

void unwrap(Eigen::VectorXd& angle_rad) {
  // Mostly nothing comes near half a turn.
  double low = kTurn;
  double high = -kTurn;
  for (const double angle : angle_rad) {
    if (angle < low) low = angle;
    if (angle > high) high = angle;
  }
  if (high - low < kTurn / 2) return;

  double sine = 0.0;
  double cosine = 0.0;
  for (const double angle : angle_rad) {
    if (!is_known(angle)) continue;
    sine += std::sin(angle);
    cosine += std::cos(angle);
  }
  const double center = std::atan2(sine, cosine);
  Eigen::Index first = 0;
  while (first < angle_rad.size()) {
    if (!is_known(angle_rad[first])) {
      ++first;
      continue;
    }
    Eigen::Index end = first + 1;
    double sum = angle_rad[first];
    for (; end < angle_rad.size() && is_known(angle_rad[end]); ++end) {
      angle_rad[end] -= kTurn * std::round((angle_rad[end] - angle_rad[end - 1]) / kTurn);
      sum += angle_rad[end];
    }
    const double turns = std::round((sum / static_cast<double>(end - first) - center) / kTurn);
    if (turns != 0.0) angle_rad.segment(first, end - first).array() -= kTurn * turns;
    first = end;
  }
}

std::vector<AngleChannel> clinical_angles(const SegmentMotion& motion, Side side) {
  const double own = side == kRight ? 1.0 : -1.0;
  std::vector<AngleChannel> out;
  add_trunk(motion, side, out);
  add_joint(kHipAngles, side, motion.pelvis, motion.thigh[side], {1.0, own, own}, out);
  add_segment(kThighAngle, side, motion.thigh[side], thigh_extension_rad, out);
  if (motion.shank[side].empty()) return out;

  const auto of_freedoms = [](std::span<const AngleMeaning> all, int freedoms) {
    return all.first(static_cast<std::size_t>(std::clamp(freedoms, 1, 3)));
  };
  add_joint(of_freedoms(kKneeAngles, motion.knee_freedoms[side]), side, motion.thigh[side],
            motion.shank[side], {-1.0, own, own}, out);
  add_segment(kShankAngle, side, motion.shank[side], lean_of, out);
  if (motion.foot[side].empty()) return out;

  add_joint(of_freedoms(kAnkleAngles, motion.ankle_freedoms[side]), side, motion.shank[side],
            motion.foot[side], {1.0, own, own}, out);
  add_segment(kFootAngle, side, motion.foot[side], pitch_of, out);
  return out;
}

std::vector<AngleChannel> coordinate_angles(const Model& model, const Motion& motion, Side side) {
  const std::string other = side == kRight ? "_l" : "_r";
  std::vector<AngleChannel> out;
  for (std::size_t c = 0; c < model.coordinates.size(); ++c) {
    const Coordinate& coordinate = model.coordinates[c];
    if (coordinate.kind == CoordinateKind::kTranslation || ends_with(coordinate.name, other)) {
      continue;
    }
    AngleChannel channel;
    channel.angle = {"model/" + coordinate.name, coordinate.name, "as the model has it",
                     AnglePart::kModel, AnglePlane::kSagittal};
    channel.side = side;
    channel.angle_rad = motion.q.col(static_cast<Eigen::Index>(c));
    out.push_back(std::move(channel));
  }
  return out;
}

const AngleChannel* find_angle(std::span<const AngleChannel> channels, const std::string& name) {
  const auto found = std::find_if(channels.begin(), channels.end(),
                                  [&](const AngleChannel& c) { return c.angle.name == name; });
  return found == channels.end() ? nullptr : &*found;
}

}  // namespace catena
