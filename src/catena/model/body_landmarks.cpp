#include "catena/model/body_landmarks.h"

#include <array>
#include <cassert>
#include <cmath>

namespace catena {
namespace {

using Eigen::Vector3d;

// How well a landmark is found by palpation, per axis (Della Croce et al. 1999).
constexpr double kPalpation_m = 0.006;
// From the skin to the centre of a marker.
constexpr double kMarker_m = 0.010;
// Numbers in millimetres below are those of a person of this height, and grow with it.
constexpr double kNominalHeight_m = 1.75;
constexpr double kMillimetre = 0.001;
// The neck turns the head on the thorax: a landmark of the head goes this much with it.
constexpr double kNeckMotion_m = 0.040;

const Vector3d kFound = Vector3d::Constant(kPalpation_m);  // NOLINT(cert-err58-cpp)

/// Puts landmarks on bodies; z counts outwards where there are two.
class Placer {
 public:
  explicit Placer(const BodyDimensions& d) : scale_(kMillimetre * d.height_m / kNominalHeight_m) {}

  /// Millimetres of a person of 1.75 m, in metres of this one.
  Vector3d mm(double x, double y, double z) const { return scale_ * Vector3d(x, y, z); }
  double mm(double x) const { return scale_ * x; }

  /// The SD of the place itself in mm; palpation comes on top.
  void put(const std::string& name, const std::string& body, const Vector3d& place,
           const Vector3d& sd_mm) {
    const Vector3d own = kMillimetre * sd_mm;
    landmarks_.push_back(
        {name, body, place, (own.array().square() + kFound.array().square()).sqrt().matrix()});
  }

  std::vector<BodyLandmark> take() { return std::move(landmarks_); }

 private:
  double scale_;
  std::vector<BodyLandmark> landmarks_;
};

/// One side of the body.
class Side {
 public:
  Side(Placer& placer, std::size_t side) : placer_(placer), right_(side == 0) {}

  void put(const std::string& name, const std::string& body, const Vector3d& place,
           const Vector3d& sd_mm) {
    placer_.put((right_ ? "right_" : "left_") + name, body,
                right_ ? place : place.cwiseProduct(Vector3d(1.0, 1.0, -1.0)), sd_mm);
  }
  /// On a body of this side.
  void put_on(const std::string& name, const std::string& body, const Vector3d& place,
              const Vector3d& sd_mm) {
    put(name, body + (right_ ? "_r" : "_l"), place, sd_mm);
  }
  Vector3d mm(double x, double y, double z) const { return placer_.mm(x, y, z); }

 private:
  Placer& placer_;
  bool right_;
};

const Vector3d kAxisX = Vector3d::UnitX();  // NOLINT(cert-err58-cpp)

void put_pelvis(const BodyDimensions& d, Placer& p) {
  const Vector3d back(-d.pelvis_depth_m * std::cos(d.psis_drop_rad),
                      d.pelvis_depth_m * std::sin(d.psis_drop_rad), 0.0);
  const Vector3d out = kMarker_m * kAxisX;
  p.put("sacrum", "pelvis", back - out + p.mm(-2, -20, 0), {8, 15, 4});
  p.put("mid_asis", "pelvis", out, {3, 3, 3});
  p.put("mid_psis", "pelvis", back - out, {4, 6, 3});
  p.put("mid_hip", "pelvis", (d.hip_in_pelvis_m[0] + d.hip_in_pelvis_m[1]) / 2.0, {12, 12, 6});
  for (std::size_t side = 0; side < 2; ++side) {
    Side s(p, side);
    const Vector3d half_width(0.0, 0.0, d.asis_width_m / 2.0);
    s.put("asis", "pelvis", out + half_width, {3, 3, 3});
    s.put("psis", "pelvis", back - out + p.mm(0, 0, 45), {4, 6, 8});
    s.put("iliac_crest", "pelvis", half_width + p.mm(-60, 65, 20), {25, 20, 15});
    const Vector3d& hip = d.hip_in_pelvis_m.at(side);
    s.put("hip_centre", "pelvis", {hip.x(), hip.y(), std::abs(hip.z())}, {10, 10, 10});
  }
}

void put_leg(const BodyDimensions& d, std::size_t side, Placer& p) {
  Side s(p, side);
  const Vector3d knee(0.0, -d.thigh_length_m.at(side), 0.0);
  const Vector3d ankle(0.0, -d.shank_length_m.at(side), 0.0);
  const Vector3d half_knee(0.0, 0.0, d.knee_width_m / 2.0);
  const Vector3d ankle_width(0.0, 0.0, d.ankle_width_m);
  s.put_on("greater_trochanter", "femur", p.mm(-8, -10, 75), {15, 15, 15});
  s.put_on("lateral_epicondyle", "femur", knee + half_knee, {7, 7, 4});
  s.put_on("medial_epicondyle", "femur", knee - half_knee, {7, 7, 4});
  s.put_on("patella", "femur", knee + p.mm(55, 15, 0), {12, 20, 8});
  s.put_on("knee_centre", "femur", knee, {8, 8, 6});
  s.put_on("fibula_head", "tibia", half_knee + p.mm(-20, -45, -8), {8, 10, 6});
  s.put_on("tibial_tuberosity", "tibia", p.mm(45, -50, 4), {8, 12, 8});
  // The outer malleolus lies further back and lower.
  s.put_on("lateral_malleolus", "tibia", ankle + 0.53 * ankle_width + p.mm(-5, 0, 0), {6, 6, 4});
  s.put_on("medial_malleolus", "tibia", ankle - 0.47 * ankle_width + p.mm(5, 8, 0), {6, 6, 4});
  s.put_on("ankle_centre", "tibia", ankle, {8, 8, 6});
}

/// Over a bare foot or a thin shoe; how thick the shoe is goes into the SDs.
void put_foot(const BodyDimensions& d, std::size_t side, Placer& p) {
  Side s(p, side);
  const double sole_y = -(d.ankle_height_m + calcaneus_from_ankle_m(d).y());
  const Vector3d heel(0.0, sole_y, 0.0);
  const Vector3d ball(toes_from_calcaneus_m(d).x(), sole_y, 0.0);
  const Vector3d instep(0.42 * d.foot_length_m, sole_y, 0.0);
  s.put_on("heel", "calcn", heel + p.mm(-15, 35, 0), {8, 12, 6});
  s.put_on("upper_heel", "calcn", heel + p.mm(-12, 60, 0), {10, 12, 6});
  s.put_on("lower_heel", "calcn", heel + p.mm(-15, 25, 0), {10, 10, 6});
  s.put_on("lateral_heel", "calcn", heel + p.mm(25, 35, 38), {15, 12, 6});
  s.put_on("medial_heel", "calcn", heel + p.mm(25, 35, -38), {15, 12, 6});
  s.put_on("midfoot", "calcn", instep + p.mm(0, 70, -10), {20, 12, 15});
  s.put_on("lateral_midfoot", "calcn", instep + p.mm(-10, 30, 45), {15, 10, 8});
  s.put_on("first_metatarsal", "calcn", ball + p.mm(0, 35, -40), {10, 10, 8});
  s.put_on("second_metatarsal", "calcn", ball + p.mm(-5, 50, -8), {12, 10, 8});
  s.put_on("fifth_metatarsal", "calcn", ball + p.mm(-22, 25, 50), {10, 10, 8});
  s.put_on("toe", "calcn", ball + p.mm(0, 50, -8), {15, 12, 10});
  const Vector3d tip(d.foot_length_m - ball.x(), sole_y - toes_from_calcaneus_m(d).y(), 0.0);
  s.put_on("toe_tip", "toes", tip + p.mm(-10, 30, -10), {15, 12, 15});
  s.put_on("great_toe", "toes", tip + p.mm(-25, 30, -25), {12, 10, 8});
  s.put_on("second_toe", "toes", tip + p.mm(-15, 28, -5), {12, 10, 8});
  s.put_on("small_toe", "toes", p.mm(10, 0, 45) + Vector3d(0.0, tip.y(), 0.0) + p.mm(0, 25, 0),
           {12, 10, 10});
}

void put_torso(const BodyDimensions& d, Placer& p) {
  const Vector3d shoulder = d.shoulder_in_torso_m;
  const Vector3d top(0.0, shoulder.y(), 0.0);
  const auto back = [&](double share, double x) -> Vector3d { return share * top + p.mm(x, 0, 0); };
  p.put("c7", "torso", top + p.mm(-85, 85, 0), {12, 12, 4});
  p.put("t7", "torso", back(0.73, -118), {12, 15, 4});
  p.put("t8", "torso", back(0.67, -116), {12, 15, 4});
  p.put("t10", "torso", back(0.52, -105), {12, 15, 4});
  p.put("t12", "torso", back(0.41, -95), {12, 15, 4});
  p.put("sternal_notch", "torso", top + p.mm(60, 5, 0), {12, 12, 4});
  p.put("sternum", "torso", back(0.80, 88), {15, 30, 8});
  p.put("xiphoid", "torso", back(0.57, 105), {15, 20, 4});
  p.put("neck", "torso", top, {20, 20, 10});
  for (std::size_t side = 0; side < 2; ++side) {
    Side s(p, side);
    s.put("acromion", "torso", shoulder + p.mm(-10, 50, 0), {15, 15, 15});
    s.put("front_shoulder", "torso", shoulder + p.mm(50, 5, 5), {15, 20, 15});
    s.put("back_shoulder", "torso", shoulder + p.mm(-55, 5, 5), {15, 20, 15});
    s.put("shoulder_centre", "torso", shoulder, {15, 15, 15});
  }
}

void put_head(const BodyDimensions& d, bool own_body, Placer& p) {
  const std::string body = own_body ? "head" : "torso";
  const Vector3d origin = own_body ? neck_in_torso_m(d) : Vector3d::Zero();
  const Vector3d vertex = vertex_in_torso_m(d) - origin;
  const double neck = own_body ? 0.0 : kNeckMotion_m / kMillimetre;
  const auto sd = [neck](double x, double y, double z) {
    return Vector3d(std::hypot(x, neck), std::hypot(y, neck / 2.0), std::hypot(z, neck));
  };
  p.put("top_of_head", body, vertex, sd(15, 8, 6));
  p.put("nose", body, vertex + p.mm(115, -140, 0), sd(12, 12, 4));
  for (std::size_t side = 0; side < 2; ++side) {
    Side s(p, side);
    s.put("ear", body, vertex + p.mm(5, -130, 78), sd(10, 12, 6));
    s.put("eye", body, vertex + p.mm(88, -115, 32), sd(10, 12, 5));
    s.put("front_head", body, vertex + p.mm(80, -65, 65), sd(15, 20, 12));
    s.put("back_head", body, vertex + p.mm(-85, -70, 55), sd(15, 20, 15));
  }
}

void put_arm(const BodyDimensions& d, std::size_t side, Placer& p) {
  Side s(p, side);
  const Vector3d elbow(0.0, -d.upper_arm_length_m, 0.0);
  const Vector3d wrist(0.0, -d.forearm_length_m, 0.0);
  s.put_on("lateral_elbow", "humerus", elbow + p.mm(-5, 0, 42), {12, 10, 8});
  s.put_on("medial_elbow", "humerus", elbow + p.mm(-5, 0, -42), {12, 10, 8});
  s.put_on("elbow_centre", "humerus", elbow, {12, 12, 10});
  // Thumb forward, as runners carry it; the forearm's own turn is not in the body.
  s.put_on("radial_styloid", "ulna", wrist + p.mm(32, 0, 5), {20, 10, 25});
  s.put_on("ulnar_styloid", "ulna", wrist + p.mm(-32, 0, 0), {20, 10, 25});
  s.put_on("wrist_centre", "ulna", wrist, {12, 12, 12});
}

}  // namespace

std::vector<BodyLandmark> landmarks_of(const BodyDimensions& dimensions,
                                       const BuiltInBodyOptions& options) {
  Placer placer(dimensions);
  put_pelvis(dimensions, placer);
  for (std::size_t side = 0; side < 2; ++side) {
    put_leg(dimensions, side, placer);
    if (options.feet) put_foot(dimensions, side, placer);
    if (options.arms) put_arm(dimensions, side, placer);
  }
  put_torso(dimensions, placer);
  put_head(dimensions, options.head, placer);
  return placer.take();
}

std::vector<ModelMarker> as_markers(const Model& model,
                                    const std::vector<BodyLandmark>& landmarks) {
  std::vector<ModelMarker> markers;
  for (const BodyLandmark& landmark : landmarks) {
    markers.push_back(
        {landmark.name, find_body(model, landmark.body), landmark.position_in_body_m});
    assert(markers.back().body != kNone);
  }
  return markers;
}

}  // namespace catena
