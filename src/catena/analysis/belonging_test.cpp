#include "catena/analysis/belonging.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "catena/analysis/body_setup.h"
#include "catena/model/built_in_body.h"

namespace catena {
namespace {

using testing::ElementsAre;

/// Four frames of a standing body with one marker on each of pelvis (two), thighs, the right shank
/// and the right toes; the left leg has none below the thigh.
struct Seen {
  BodySetup body;
  FittedRun run;
  std::vector<std::string> on = {"pelvis", "pelvis", "femur_r", "femur_l", "tibia_r", "toes_r"};

  Seen() {
    body.model = built_in_body(proportional_dimensions(1.75, 70.0, false));
    body.chain = find_chain(body.model).value();
    run.file = "run.trc";
    for (std::size_t m = 0; m < on.size(); ++m) {
      body.model.markers.push_back(
          {"m" + std::to_string(m), find_body(body.model, on[m]), Eigen::Vector3d::Zero()});
      run.fit.marker_index.push_back(static_cast<int>(m));
    }
    run.fit.residual_m.setZero(4, static_cast<Eigen::Index>(on.size()));
    SegmentMotion& motion = run.segments;
    motion.time_s = Eigen::VectorXd::LinSpaced(4, 0.0, 0.03);
    motion.pelvis.assign(4, Eigen::Matrix3d::Identity());
    motion.thigh = {motion.pelvis, motion.pelvis};
    motion.shank = motion.thigh;
    motion.foot = motion.thigh;
  }
  void hide(Eigen::Index frame, Eigen::Index marker) {
    run.fit.residual_m(frame, marker) = std::numeric_limits<double>::quiet_NaN();
  }
};

TEST(LeaveOutHidden, ShankIsHeldByItsFootAndLostWithoutBoth) {
  Seen seen;
  seen.hide(1, 4);  // the shank's: the toes still hold it
  seen.hide(2, 5);  // the toes': the foot is not known
  seen.hide(3, 4);
  seen.hide(3, 5);
  leave_out_hidden(seen.run, seen.body);
  const SegmentMotion& motion = seen.run.segments;
  const auto known = [](const std::vector<Eigen::Matrix3d>& rotations) {
    std::vector<bool> frames;
    for (const Eigen::Matrix3d& rotation : rotations) frames.push_back(rotation.allFinite());
    return frames;
  };
  EXPECT_THAT(known(motion.shank[kRight]), ElementsAre(true, true, true, false));
  EXPECT_THAT(known(motion.foot[kRight]), ElementsAre(true, true, false, false));
  EXPECT_THAT(known(motion.thigh[kRight]), ElementsAre(true, true, true, true));
  EXPECT_THAT(seen.run.warnings,
              ElementsAre("run.trc: No marker of the right shank (tibia_r) was seen in 1 of 4 "
                          "frames; its angles are not known there.",
                          "run.trc: No marker of the right foot (calcn_r) was seen in 2 of 4 "
                          "frames; its angles are not known there."));
}

TEST(LeaveOutHidden, ALegThatNeverShowsAMarkerHasNoShankAndNoFoot) {
  Seen seen;
  leave_out_hidden(seen.run, seen.body);
  EXPECT_TRUE(seen.run.segments.shank[kLeft].empty());
  EXPECT_TRUE(seen.run.segments.foot[kLeft].empty());
  EXPECT_EQ(seen.run.segments.shank[kRight].size(), 4U);
  EXPECT_TRUE(seen.run.warnings.empty());
}

}  // namespace
}  // namespace catena
