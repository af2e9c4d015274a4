#include "catena/synthetic/capture.h"

#include <gtest/gtest.h>

#include <Eigen/LU>
#include <cmath>

#include "catena/kinematics/forward_kinematics.h"
#include "catena/synthetic/test_session.h"

namespace catena {
namespace {

TEST(SyntheticCapture, KeepsMarkersRigidWithoutNoiseAndArtefact) {
  const SyntheticSession session = session_of(quiet());
  const Model& model = session.body.model;
  double worst_m = 0.0;
  for (const PointRecording& run : session.runs) {
    EXPECT_FALSE(run.points_m.hasNaN());
    for (std::size_t a = 0; a < model.markers.size(); ++a) {
      for (std::size_t b = a + 1; b < model.markers.size(); ++b) {
        if (model.markers[a].body != model.markers[b].body) continue;
        const double apart_m =
            (model.markers[a].position_in_body_m - model.markers[b].position_in_body_m).norm();
        const auto distance_m = (run.points_m.middleCols(3 * static_cast<Eigen::Index>(a), 3) -
                                 run.points_m.middleCols(3 * static_cast<Eigen::Index>(b), 3))
                                    .rowwise()
                                    .norm();
        worst_m = std::max(worst_m, (distance_m.array() - apart_m).abs().maxCoeff());
      }
    }
  }
  EXPECT_LT(worst_m, 1e-12);
}

TEST(SyntheticCapture, MovesMarkersOnTheSkinByTheSizesAskedFor) {
  RunnerOptions options = quiet();
  options.speeds_m_s = {3.5};
  // Every stride like the reference stride.
  options.thigh_sd_deg = options.pelvis_sd_deg = options.lean_sd_deg = 0.0;
  options.strides = 30;
  const SyntheticSession rigid = session_of(options);
  options.artefact.on = true;
  const SyntheticSession soft = session_of(options);
  const Eigen::MatrixXd moved = soft.runs[0].points_m - rigid.runs[0].points_m;
  const SyntheticTruth& truth = soft.truth;
  for (std::size_t m = 0; m < truth.markers.size(); ++m) {
    const auto column = static_cast<Eigen::Index>(m);
    const double rms_m = std::sqrt(moved.middleCols(3 * column, 3).rowwise().squaredNorm().mean());
    EXPECT_NEAR(rms_m / truth.artefact_rms_m[column], 1.0, 0.03) << truth.markers[m];
    if (truth.markers[m].find("TH") != 1) continue;
    EXPECT_GE(truth.artefact_rms_m[column], 0.010);
    EXPECT_LE(truth.artefact_rms_m[column], 0.020);
  }
  // Standing, nothing has moved.
  EXPECT_EQ(soft.standing.points_m, rigid.standing.points_m);
}

TEST(SyntheticCapture, MovesSkinWithTheHip) {
  RunnerOptions options = quiet();
  options.speeds_m_s = {3.5};
  const SyntheticSession rigid = session_of(options);
  options.artefact.on = true;
  const SyntheticSession soft = session_of(options);
  const Model& model = soft.body.model;
  const auto marker = static_cast<Eigen::Index>(find_marker(model, "RTH1"));
  const int hip = find_coordinate(model, "hip_flexion_r");
  // In the femur's frame, the direction that varies most must follow hip and knee flexion.
  const Motion& motion = soft.motions[0];
  Eigen::MatrixXd in_femur(motion.q.rows(), 3);
  Eigen::MatrixXd angles(motion.q.rows(), 3);
  for (Eigen::Index f = 0; f < motion.q.rows(); ++f) {
    const Pose pose = forward_kinematics(model, motion.q.row(f).transpose());
    const auto& femur_r = pose[static_cast<std::size_t>(find_body(model, "femur_r"))];
    in_femur.row(f) = (soft.runs[0].points_m.block<1, 3>(f, 3 * marker) -
                       rigid.runs[0].points_m.block<1, 3>(f, 3 * marker)) *
                      femur_r.rotation;
    angles.row(f) << 1.0, motion.q(f, hip), motion.q(f, find_coordinate(model, "knee_angle_r"));
  }
  const Eigen::MatrixXd normal = angles.transpose() * angles;
  const Eigen::MatrixXd fit = angles * normal.inverse() * (angles.transpose() * in_femur);
  const double explained = 1.0 - (in_femur - fit).squaredNorm() /
                                     (in_femur.rowwise() - in_femur.colwise().mean()).squaredNorm();
  EXPECT_GT(explained, 0.7);
  EXPECT_LT(explained, 1.0 - 1e-6) << "the wobble after contact is missing";
}

TEST(SyntheticCapture, AddsNoiseOfTheSizeAskedFor) {
  RunnerOptions options = quiet();
  options.speeds_m_s = {3.5};
  const SyntheticSession still = session_of(options);
  options.marker_noise_mm = 2.0;
  const SyntheticSession noisy = session_of(options);
  const Eigen::MatrixXd noise = noisy.runs[0].points_m - still.runs[0].points_m;
  EXPECT_NEAR(std::sqrt(noise.cwiseAbs2().mean()), 0.002, 0.00003);
  EXPECT_NEAR(noise.mean(), 0.0, 0.00003);
}

TEST(SyntheticCapture, ListsEveryFaultInTheTruth) {
  RunnerOptions options = quiet();
  options.speeds_m_s = {3.0, 4.0};
  const SyntheticSession whole = session_of(options);
  options.faults = {.gaps_per_marker_minute = 5.0, .dropped_fraction = 0.02, .swapped_pairs = 2};
  const SyntheticSession faulty = session_of(options);
  EXPECT_EQ(faulty.truth.swaps.size(), 4u);
  EXPECT_GT(faulty.truth.gaps.size(), 5u);
  EXPECT_GT(faulty.truth.drops.size(), 5u);
  // Undo what is listed: nothing else may differ.
  std::vector<PointRecording> runs = whole.runs;
  const auto column_of = [&](const std::string& name) {
    return 3 * static_cast<Eigen::Index>(find_marker(whole.body.model, name));
  };
  for (const PlantedSwap& swap : faulty.truth.swaps) {
    Eigen::MatrixXd& points = runs[static_cast<std::size_t>(swap.recording)].points_m;
    const Eigen::Index rows = swap.last_frame - swap.first_frame + 1;
    EXPECT_GT(rows, 10);
    auto first = points.block(swap.first_frame, column_of(swap.first_marker), rows, 3);
    auto second = points.block(swap.first_frame, column_of(swap.second_marker), rows, 3);
    const Eigen::MatrixXd kept = first;
    first = second.eval();
    second = kept;
  }
  const double lost = std::numeric_limits<double>::quiet_NaN();
  for (const PlantedGap& gap : faulty.truth.gaps) {
    runs[static_cast<std::size_t>(gap.recording)]
        .points_m
        .block(gap.first_frame, column_of(gap.marker), gap.last_frame - gap.first_frame + 1, 3)
        .setConstant(lost);
  }
  for (const PlantedDrop& drop : faulty.truth.drops) {
    runs[static_cast<std::size_t>(drop.recording)].points_m.row(drop.frame).setConstant(lost);
  }
  for (std::size_t r = 0; r < runs.size(); ++r) {
    const Eigen::MatrixXd& a = runs[r].points_m;
    const Eigen::MatrixXd& b = faulty.runs[r].points_m;
    EXPECT_TRUE((a.array().isNaN() == b.array().isNaN()).all());
    EXPECT_TRUE((a.array() == b.array() || a.array().isNaN()).all());
  }
}

TEST(SyntheticCapture, GivesTheLaboratoryAModelThatMeetsTheStandingMarkers) {
  const SyntheticSession session = session_of(quiet());
  ASSERT_EQ(session.user_model.markers.size(), session.body.model.markers.size());
  // Another body, and yet the same number of coordinates by the same names.
  const int hip = find_body(session.body.model, "femur_r") - 1;
  EXPECT_NE(session.user_model.joints[static_cast<std::size_t>(hip)].parent_from_frame.translation,
            session.body.model.joints[static_cast<std::size_t>(hip)].parent_from_frame.translation);
  // Within a segment the markers keep their distances: only the frame is believed elsewhere.
  const auto apart_m = [](const Model& model, const char* a, const char* b) {
    return (model.markers[static_cast<std::size_t>(find_marker(model, a))].position_in_body_m -
            model.markers[static_cast<std::size_t>(find_marker(model, b))].position_in_body_m)
        .norm();
  };
  EXPECT_NEAR(apart_m(session.user_model, "RTH1", "RTH4"),
              apart_m(session.body.model, "RTH1", "RTH4"), 1e-12);
  RunnerOptions exact = quiet();
  exact.model_error = 0.0;
  const SyntheticSession same = session_of(exact);
  EXPECT_EQ(same.user_model.markers[7].position_in_body_m,
            same.body.model.markers[7].position_in_body_m);
}

}  // namespace
}  // namespace catena
