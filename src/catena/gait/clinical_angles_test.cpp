#include "catena/gait/clinical_angles.h"

#include <gtest/gtest.h>

#include <Eigen/Geometry>
#include <cmath>
#include <limits>
#include <numbers>
#include <string>

#include "catena/core/rotation.h"
#include "catena/core/test_data.h"
#include "catena/core/units.h"
#include "catena/gait/test_runner.h"
#include "catena/kinematics/forward_kinematics.h"
#include "catena/math/random_stream.h"
#include "catena/model/built_in_body.h"
#include "catena/model/osim_reader.h"
#include "catena/recording/table_file.h"

namespace catena {
namespace {

using Eigen::Matrix3d;
using Eigen::Vector3d;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

Matrix3d about(const Vector3d& axis, double angle_deg) {
  return rotation_from_vector(axis * angle_deg * kRadPerDeg);
}
const Vector3d kForward = Vector3d::UnitX();    // NOLINT(cert-err58-cpp)
const Vector3d kUp = Vector3d::UnitY();         // NOLINT(cert-err58-cpp)
const Vector3d kRightward = Vector3d::UnitZ();  // NOLINT(cert-err58-cpp)

/// Everything upright for some frames, all joints free.
SegmentMotion upright(std::size_t n_frames = 1) {
  SegmentMotion motion;
  motion.has_thorax = true;
  motion.pelvis.assign(n_frames, Matrix3d::Identity());
  motion.thorax = motion.pelvis;
  motion.thigh = {motion.pelvis, motion.pelvis};
  motion.shank = motion.thigh;
  motion.foot = motion.thigh;
  motion.knee_freedoms = {3, 3};
  motion.ankle_freedoms = {3, 3};
  return motion;
}

double degrees(const SegmentMotion& motion, Side side, const std::string& name) {
  const std::vector<AngleChannel> channels = clinical_angles(motion, side);
  const AngleChannel* channel = find_angle(channels, name);
  EXPECT_NE(channel, nullptr) << name;
  return channel == nullptr ? kNan : channel->angle_rad[0] * kDegPerRad;
}

void turn_from(SegmentMotion& motion, const std::string& link, Side side, const Matrix3d& turn) {
  const auto turn_one = [&](std::vector<Matrix3d>& rotations) {
    for (Matrix3d& rotation : rotations) rotation = turn * rotation;
  };
  if (link == "thorax") return turn_one(motion.thorax);
  if (link == "pelvis") return turn_one(motion.pelvis);
  const int depth = link == "thigh" ? 0 : link == "shank" ? 1 : 2;
  if (depth <= 0) turn_one(motion.thigh[side]);
  if (depth <= 1) turn_one(motion.shank[side]);
  turn_one(motion.foot[side]);
}

/// One movement that a person can make, and what it does to which angle.
struct Sign {
  const char* name;
  const char* link;  // this and all that hangs from it, down the leg
  Vector3d axis;     // of a turn by 10 degrees
  double right, left;
};

TEST(ClinicalAngles, HaveTheSignsOfTheTable) {
  const std::vector<Sign> signs = {
      {"pelvis_tilt", "pelvis", -kRightward, 10, 10},         // the top goes forward
      {"pelvis_drop", "pelvis", kForward, -10, 10},           // the right side goes down
      {"pelvis_rotation", "pelvis", kUp, 10, -10},            // the right side comes forward
      {"trunk_lean", "thorax", -kRightward, 10, 10},          // the top goes forward
      {"trunk_side_lean", "thorax", kForward, 10, -10},       // to the right
      {"trunk_rotation", "thorax", kUp, 10, -10},             // the right shoulder comes forward
      {"low_back_extension", "thorax", kRightward, 10, 10},   // backward
      {"low_back_bending", "thorax", kForward, 10, -10},      // to the right
      {"low_back_rotation", "thorax", -kUp, 10, -10},         // to the right
      {"low_back_extension", "pelvis", -kRightward, 10, 10},  // the pelvis tips under it
      {"hip_flexion", "thigh", kRightward, 10, 10},           // knee forward
      {"thigh_extension", "thigh", -kRightward, 10, 10},      // knee back
      {"hip_flexion", "pelvis", -kRightward, 10, 10},         // the pelvis tips over the thigh
      {"knee_flexion", "shank", -kRightward, 10, 10},         // heel back
      {"shank_angle", "shank", -kRightward, 10, 10},          // ankle behind the knee
      {"ankle_dorsiflexion", "foot", kRightward, 10, 10},     // toes up
      {"foot_angle", "foot", kRightward, 10, 10},
      {"pelvis_drop", "thorax", kForward, 0, 0},
      {"shank_angle", "thigh", -kRightward, 10, 10},
  };
  for (const Sign& sign : signs) {
    for (const Side side : kSides) {
      SegmentMotion motion = upright();
      turn_from(motion, sign.link, side, about(sign.axis, 10.0));
      EXPECT_NEAR(degrees(motion, side, sign.name), side == kRight ? sign.right : sign.left, 1e-9)
          << sign.name << " " << kSideNames[side];
    }
  }
}

TEST(ClinicalAngles, OfALegCountInwardOnBothSides) {
  for (const Side side : kSides) {
    // Inward is to the left for the right leg: the foot end of a limb goes to -z about +x.
    const double own = side == kRight ? 1.0 : -1.0;
    const std::vector<std::array<std::string, 3>> joints = {
        {"thigh", "hip_adduction", "hip_rotation"},
        {"shank", "knee_adduction", "knee_rotation"},
        {"foot", "ankle_inversion", "ankle_rotation"}};
    for (const auto& [link, to_middle, inward] : joints) {
      SegmentMotion motion = upright();
      turn_from(motion, link, side, about(own * kForward, 10.0));
      EXPECT_NEAR(degrees(motion, side, to_middle), 10.0, 1e-9) << to_middle;
      motion = upright();
      turn_from(motion, link, side, about(own * kUp, 10.0));
      EXPECT_NEAR(degrees(motion, side, inward), 10.0, 1e-9) << inward;
    }
  }
}

/// Every body turning about all axes, as far as running goes and farther.
SegmentMotion lively(std::size_t n_frames, std::uint64_t seed) {
  RandomStream random(seed);
  SegmentMotion motion = upright(n_frames);
  const auto shake = [&](std::vector<Matrix3d>& rotations, double tilt_rad) {
    for (Matrix3d& rotation : rotations) {
      rotation = rotation_from_vector(
          {random.normal(0.0, 0.2), random.normal(0.0, 0.2), random.normal(0.0, tilt_rad)});
    }
  };
  shake(motion.thorax, 0.2);
  shake(motion.pelvis, 0.2);
  for (const Side side : kSides) {
    shake(motion.thigh[side], 0.4);
    shake(motion.shank[side], 0.4);
    shake(motion.foot[side], 0.4);
  }
  return motion;
}

TEST(ClinicalAngles, OfMirroredMotionAreTheSameOnTheOtherSide) {
  const SegmentMotion motion = lively(40, 3);
  SegmentMotion image = motion;
  const Matrix3d mirror = Vector3d(1, 1, -1).asDiagonal();
  const auto reflect = [&](std::vector<Matrix3d>& rotations) {
    for (Matrix3d& rotation : rotations) rotation = (mirror * rotation * mirror).eval();
  };
  reflect(image.pelvis);
  reflect(image.thorax);
  for (auto* pair : {&image.thigh, &image.shank, &image.foot}) {
    std::swap((*pair)[0], (*pair)[1]);
    for (auto& rotations : *pair) reflect(rotations);
  }
  const auto right = clinical_angles(motion, kRight);
  const auto left = clinical_angles(image, kLeft);
  ASSERT_EQ(right.size(), 21U);
  ASSERT_EQ(left.size(), right.size());
  for (std::size_t k = 0; k < right.size(); ++k) {
    EXPECT_EQ(right[k].angle.name, left[k].angle.name);
    EXPECT_LT((right[k].angle_rad - left[k].angle_rad).cwiseAbs().maxCoeff(), 1e-12)
        << right[k].angle.name;
  }
}

TEST(ClinicalAngles, FitTogetherInThePlane) {
  SegmentMotion motion = upright();
  motion.thorax[0] = about(kRightward, -8);
  motion.pelvis[0] = about(kRightward, -14);
  motion.thigh[kLeft][0] = about(kRightward, -27);
  motion.shank[kLeft][0] = about(kRightward, -70);
  motion.foot[kLeft][0] = about(kRightward, -85);
  const auto of = [&](const std::string& name) { return degrees(motion, kLeft, name); };
  EXPECT_NEAR(of("thigh_extension"), of("pelvis_tilt") - of("hip_flexion"), 1e-9);
  EXPECT_NEAR(of("pelvis_tilt"), of("low_back_extension") + of("trunk_lean"), 1e-9);
  EXPECT_NEAR(of("shank_angle"), of("thigh_extension") + of("knee_flexion"), 1e-9);
  EXPECT_NEAR(of("foot_angle"), of("ankle_dorsiflexion") - of("shank_angle"), 1e-9);
}

TEST(ClinicalAngles, DoNotKnowWhichBodyTheModelIsRootedAt) {
  const std::vector<test::Links> frames = test::lively_run(80, 150.0, 7);
  const auto channels_of = [&](bool thorax_rooted, const std::array<int, 3>& order) {
    const test::TestRunner runner = test::make_test_runner(thorax_rooted, order);
    return clinical_angles(
        segment_motion(runner.model, runner.chain, test::motion_of(runner, frames, 150.0)).value(),
        kLeft);
  };
  const auto pelvis_first = channels_of(false, {2, 0, 1});
  const auto thorax_first = channels_of(true, {1, 2, 0});
  ASSERT_EQ(pelvis_first.size(), 13U);  // no shanks, no feet
  for (std::size_t k = 0; k < pelvis_first.size(); ++k) {
    EXPECT_LT((pelvis_first[k].angle_rad - thorax_first[k].angle_rad).cwiseAbs().maxCoeff(), 1e-9)
        << pelvis_first[k].angle.name;
  }
}

/// A motion of the built-in body, coordinates drawn evenly within some degrees of zero.
Motion drawn_motion(const Model& model, std::uint64_t seed) {
  RandomStream random(seed);
  Motion motion;
  motion.name = "drawn";
  motion.rate_hz = 150.0;
  motion.time_s = Eigen::VectorXd::LinSpaced(50, 0.0, 49.0 / 150.0);
  motion.q.resize(50, static_cast<Eigen::Index>(model.coordinates.size()));
  for (Eigen::Index k = 0; k < motion.q.rows(); ++k) {
    for (Eigen::Index c = 0; c < motion.q.cols(); ++c) {
      const Coordinate& coordinate = model.coordinates[static_cast<std::size_t>(c)];
      motion.q(k, c) = coordinate.locked ? coordinate.default_value : random.uniform(-0.3, 0.3);
    }
  }
  return motion;
}

double worst_deg(const Eigen::VectorXd& a, const Eigen::VectorXd& b) {
  return (a - b).cwiseAbs().maxCoeff() * kDegPerRad;
}

TEST(ClinicalAngles, AreTheBuiltInBodysCoordinatesWhereDefinitionsAgree) {
  BuiltInBodyOptions options;
  options.knee = KneeMotion::kFree;
  const Model model = built_in_body(proportional_dimensions(1.75, 70.0, false), options);
  const ChainMap chain = find_chain(model).value();
  const Motion motion = drawn_motion(model, 5);
  const SegmentMotion segments = segment_motion(model, chain, motion).value();
  for (const Side side : kSides) {
    const auto clinical = clinical_angles(segments, side);
    const auto own = coordinate_angles(model, motion, side);
    const std::string suffix = side == kRight ? "_r" : "_l";
    const std::vector<std::pair<std::string, std::string>> pairs = {
        {"hip_flexion", "hip_flexion" + suffix},
        {"hip_adduction", "hip_adduction" + suffix},
        {"hip_rotation", "hip_rotation" + suffix},
        {"knee_flexion", "knee_angle" + suffix},
        {"low_back_extension", "lumbar_extension"}};
    for (const auto& [name, coordinate] : pairs) {
      const AngleChannel* ours = find_angle(clinical, name);
      const AngleChannel* theirs = find_angle(own, "model/" + coordinate);
      ASSERT_TRUE(ours && theirs) << name;
      EXPECT_LT(worst_deg(ours->angle_rad, theirs->angle_rad), 1e-6) << name;
    }
    // The subtalar joint is free: two angles, and no third.
    EXPECT_NE(find_angle(clinical, "ankle_inversion"), nullptr);
    EXPECT_EQ(find_angle(clinical, "ankle_rotation"), nullptr);
    EXPECT_EQ(find_angle(own, side == kRight ? "model/hip_flexion_l" : "model/hip_flexion_r"),
              nullptr);
    EXPECT_EQ(find_angle(own, "model/pelvis_tx"), nullptr);
  }
}

TEST(ClinicalAngles, OfAHingeAreOne) {
  BuiltInBodyOptions options;
  options.subtalar = false;
  const Model model = built_in_body(proportional_dimensions(1.75, 70.0, false), options);
  const SegmentMotion segments =
      segment_motion(model, find_chain(model).value(), drawn_motion(model, 6)).value();
  const auto channels = clinical_angles(segments, kRight);
  EXPECT_NE(find_angle(channels, "knee_flexion"), nullptr);
  EXPECT_EQ(find_angle(channels, "knee_adduction"), nullptr);
  EXPECT_NE(find_angle(channels, "ankle_dorsiflexion"), nullptr);
  EXPECT_EQ(find_angle(channels, "ankle_inversion"), nullptr);
}

TEST(ClinicalAngles, DoNotChangeWithTheWayTheRunnerGoes) {
  const Model model = built_in_body(proportional_dimensions(1.75, 70.0, true));
  const ChainMap chain = find_chain(model).value();
  Motion motion = drawn_motion(model, 8);
  // The pelvis turns about up first only when it does not tip: then the heading is one coordinate.
  const int tilt = find_coordinate(model, "pelvis_tilt");
  const int list = find_coordinate(model, "pelvis_list");
  const int turn = find_coordinate(model, "pelvis_rotation");
  motion.q.col(tilt).setZero();
  motion.q.col(list).setZero();
  const auto before = clinical_angles(segment_motion(model, chain, motion).value(), kRight);
  motion.q.col(turn).array() += 2.0;
  const auto after = clinical_angles(segment_motion(model, chain, motion).value(), kRight);
  for (std::size_t k = 0; k < before.size(); ++k) {
    EXPECT_LT(worst_deg(before[k].angle_rad, after[k].angle_rad), 1e-9) << before[k].angle.name;
  }
}

TEST(ClinicalAngles, LeaveOutWhatTheModelLacks) {
  SegmentMotion motion = upright();
  motion.has_thorax = false;
  motion.foot = {};
  const auto channels = clinical_angles(motion, kRight);
  for (const char* absent :
       {"trunk_lean", "low_back_extension", "ankle_dorsiflexion", "foot_angle"}) {
    EXPECT_EQ(find_angle(channels, absent), nullptr) << absent;
  }
  EXPECT_NE(find_angle(channels, "knee_flexion"), nullptr);
}

TEST(ClinicalAngles, OfALostBodyAreLostAndNoOthers) {
  SegmentMotion motion = lively(3, 4);
  motion.thorax[1].setConstant(kNan);
  const auto channels = clinical_angles(motion, kRight);
  for (const AngleChannel& channel : channels) {
    const bool of_thorax =
        channel.angle.part == AnglePart::kTrunk || channel.angle.part == AnglePart::kLowBack;
    EXPECT_EQ(std::isnan(channel.angle_rad[1]), of_thorax) << channel.angle.name;
    EXPECT_TRUE(std::isfinite(channel.angle_rad[0]) && std::isfinite(channel.angle_rad[2]));
  }
}

TEST(Unwrap, TakesOutJumpsOfATurnAndPlacesEveryRunAlike) {
  const double turn = 2 * std::numbers::pi;
  Eigen::VectorXd swing(200);
  for (Eigen::Index k = 0; k < 200; ++k)
    swing[k] = -1.2 + 2.4 * std::sin(0.11 * static_cast<double>(k));
  Eigen::VectorXd wrapped = swing.unaryExpr([&](double x) { return std::remainder(x, turn); });
  EXPECT_GT((wrapped - swing).cwiseAbs().maxCoeff(), 6.0);
  // Lost from one extreme to the other.
  for (Eigen::Index k = 70; k < 100; ++k) swing[k] = wrapped[k] = kNan;
  unwrap(wrapped);
  for (Eigen::Index k = 0; k < 200; ++k) {
    if (k >= 70 && k < 100) continue;
    EXPECT_NEAR(wrapped[k], swing[k], 1e-12) << k;
  }
}

/// The columns of a .mot as a motion of the model; what the file lacks stays at its default.
Motion motion_of_file(const Model& model, const Table& table) {
  Motion motion;
  motion.name = table.name;
  motion.time_s = table.time_s;
  motion.rate_hz = 1.0 / (table.time_s[1] - table.time_s[0]);
  motion.q = default_pose(model).transpose().replicate(table.time_s.size(), 1);
  for (std::size_t c = 0; c < table.labels.size(); ++c) {
    const int index = find_coordinate(model, table.labels[c]);
    if (index == kNone) continue;
    const bool turns =
        model.coordinates[static_cast<std::size_t>(index)].kind != CoordinateKind::kTranslation;
    motion.q.col(index) = table.values.col(static_cast<Eigen::Index>(c)) *
                          (turns && table.in_degrees ? kRadPerDeg : 1.0);
  }
  for (Eigen::Index k = 0; k < motion.q.rows(); ++k) {
    Eigen::VectorXd q = motion.q.row(k);
    apply_couplers(model, q);
    motion.q.row(k) = q;
  }
  return motion;
}

// The published solution of a public sprinter, through our forward kinematics, against its own
// coordinates.
TEST(ClinicalAngles, AgreeWithDornsCoordinates) {
  if (test_data().empty()) GTEST_SKIP() << "skipped: no ../shared/data";
  const auto folder = test_data() / "dorn2012";
  const auto model = read_osim(folder / "sprinter_scaled.osim");
  ASSERT_TRUE(model) << to_sentence(model.error());
  const ChainMap chain = find_chain(*model).value();
  for (const char* speed : {"0350", "0900"}) {
    const auto table = read_table(folder / (std::string("run") + speed + "cms.mot"));
    ASSERT_TRUE(table) << to_sentence(table.error());
    const Motion motion = motion_of_file(*model, *table);
    const auto segments = segment_motion(*model, chain, motion);
    ASSERT_TRUE(segments) << to_sentence(segments.error());
    for (const Side side : kSides) {
      const std::string suffix = side == kRight ? "_r" : "_l";
      const auto clinical = clinical_angles(*segments, side);
      const auto worst = [&](const std::string& name, const std::string& coordinate, double sign) {
        const int c = find_coordinate(*model, coordinate);
        EXPECT_NE(c, kNone) << coordinate;
        return worst_deg(find_angle(clinical, name)->angle_rad, sign * motion.q.col(c));
      };
      EXPECT_LT(worst("hip_flexion", "hip_flexion" + suffix, 1.0), 1e-3) << speed;
      EXPECT_LT(worst("hip_adduction", "hip_adduction" + suffix, 1.0), 1e-3) << speed;
      EXPECT_LT(worst("hip_rotation", "hip_rotation" + suffix, 1.0), 1e-3) << speed;
      // Its knee bends about two axes of its own a little.
      EXPECT_LT(worst("knee_flexion", "knee_angle" + suffix, 1.0), 1.0) << speed;
      // The ankle's axis lies 12 degrees off the shank's line to the right.
      EXPECT_LT(worst("ankle_dorsiflexion", "ankle_angle" + suffix, 1.0), 3.0) << speed;
      EXPECT_LT(worst("low_back_extension", "lumbar_extension", 1.0), 1e-3) << speed;
      EXPECT_LT(worst("low_back_bending", "lumbar_bending", side == kRight ? 1.0 : -1.0), 1e-3);
      // The pelvis's order of turns differs from the clinic's, by little.
      EXPECT_LT(worst("pelvis_tilt", "pelvis_tilt", -1.0), 5.0) << speed;
    }
  }
}

}  // namespace
}  // namespace catena
