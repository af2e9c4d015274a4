#include "catena/analysis/strides_of_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "catena/core/test_data.h"
#include "catena/math/statistics.h"
#include "catena/recording/trc.h"
#include "catena/synthetic/runner.h"
#include "catena/synthetic/runner_style.h"

namespace catena {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

RecordingStrides must_find(const std::filesystem::path& file,
                           const RecordingStridesOptions& options = {}) {
  const auto found = strides_of_file(file, options);
  EXPECT_TRUE(found) << (found ? "" : to_sentence(found.error()));
  return found ? *found : RecordingStrides{};
}

RecordingStrides must_find(const PointRecording& recording) {
  const auto found = strides_of_bytes(write_trc(recording), "run.trc");
  EXPECT_TRUE(found) << (found ? "" : to_sentence(found.error()));
  return found ? *found : RecordingStrides{};
}

double both(const RecordingStrides& found, StrideMeasure measure) {
  return found.spatiotemporal.measures.at(measure).both.value;
}

RunnerOptions one_run(double speed_m_s, bool treadmill) {
  RunnerOptions options;
  options.seed = 11;
  options.speeds_m_s = {speed_m_s};
  options.strides = 20;
  options.treadmill = treadmill;
  return options;
}

/// Mean time from peak to peak of one leg's thigh, as planted.
double planted_stride_s(const SyntheticSession& session) {
  std::vector<double> steps_s;
  std::array<double, 2> last_s = {-1.0, -1.0};
  for (const PlantedPeak& peak : session.truth.peaks) {
    double& last = last_s.at(static_cast<std::size_t>(peak.side));
    if (last >= 0.0) steps_s.push_back(peak.time_s - last);
    last = peak.time_s;
  }
  double sum = 0.0;
  for (const double step_s : steps_s) sum += step_s;
  return sum / static_cast<double>(steps_s.size());
}

TEST(StridesOfFile, TheSyntheticRunnersRhythmSpeedAndContactComeBack) {
  for (const bool treadmill : {true, false}) {
    for (const double speed_m_s : {2.5, 3.5, 4.5}) {
      SCOPED_TRACE(testing::Message() << speed_m_s << " m/s, treadmill " << treadmill);
      const auto session = make_session(one_run(speed_m_s, treadmill));
      ASSERT_TRUE(session);
      const RecordingStrides found = must_find(session->runs[0]);
      EXPECT_EQ(found.spatiotemporal.gait, Gait::kRunning);
      EXPECT_EQ(found.treadmill, treadmill);
      const double stride_s = planted_stride_s(*session);
      EXPECT_NEAR(both(found, kCadence), 120.0 / stride_s, 0.7);
      EXPECT_NEAR(both(found, kSpeed), speed_m_s, 0.03 * speed_m_s);
      EXPECT_NEAR(both(found, kStrideLength), speed_m_s * stride_s, 0.03 * speed_m_s * stride_s);
      EXPECT_NEAR(both(found, kDutyFactor), duty_factor(speed_m_s), 0.05);
      const int n = found.spatiotemporal.measures[kCadence].n[0] +
                    found.spatiotemporal.measures[kCadence].n[1];
      EXPECT_GE(n, 34);
    }
  }
}

TEST(StridesOfFile, OnARampEachStrideHasItsOwnSpeed) {
  RunnerOptions options = one_run(3.5, true);
  options.ramp = SpeedRamp{2.5, 4.5, 40.0};
  const auto session = make_session(options);
  ASSERT_TRUE(session);
  const RecordingStrides found = must_find(session->runs[0]);
  EXPECT_GT(found.spatiotemporal.strides.size(), 90U);
  EXPECT_THAT(found.spatiotemporal.belt_by, HasSubstr("ramp"));
  for (const StrideValues& s : found.spatiotemporal.strides) {
    const double middle_s = 0.5 * (s.stride.from_s + s.stride.to_s);
    EXPECT_NEAR(s.value[kSpeed], 2.5 + 2.0 * middle_s / 40.0, 0.15) << middle_s;
  }
  EXPECT_TRUE(found.spatiotemporal.measures[kSpeed].drifts);
}

TEST(StridesOfFile, NoiseAndSkinMoveMeasuresByLittle) {
  RunnerOptions options = one_run(3.5, true);
  const auto worn = make_session(options);
  options.artefact.on = false;
  options.marker_noise_mm = 0.0;
  const auto bare = make_session(options);
  ASSERT_TRUE(worn && bare);
  const RecordingStrides with_skin = must_find(worn->runs[0]);
  const RecordingStrides on_bone = must_find(bare->runs[0]);
  EXPECT_NEAR(both(with_skin, kCadence), both(on_bone, kCadence), 0.5);
  EXPECT_NEAR(both(with_skin, kContactTime), both(on_bone, kContactTime), 0.010);
  EXPECT_NEAR(both(with_skin, kStepWidth), both(on_bone, kStepWidth), 0.01);
  EXPECT_NEAR(both(with_skin, kVerticalOscillation), both(on_bone, kVerticalOscillation), 0.005);
  EXPECT_NEAR(both(with_skin, kOverstride), both(on_bone, kOverstride), 0.03);
}

TEST(StridesOfFile, AMarkerFileOfTwoDimensionsIsSeenFromOneSide) {
  const auto session = make_session(one_run(3.5, true));
  ASSERT_TRUE(session);
  PointRecording flat = session->runs[0];
  for (Eigen::Index j = 2; j < flat.points_m.cols(); j += 3) flat.points_m.col(j).setConstant(0.1);
  const RecordingStrides found = must_find(flat);
  EXPECT_TRUE(found.spatiotemporal.is_planar);
  EXPECT_THAT(found.spatiotemporal.measures[kStepWidth].why, HasSubstr("one side only"));
  EXPECT_NEAR(both(found, kCadence), both(must_find(session->runs[0]), kCadence), 0.2);
}

TEST(StridesOfFile, TheRunnerOfTheVideoHasTheRhythmThatWasCountedInThePixels) {
  const auto data = test_data();
  if (data.empty()) GTEST_SKIP() << "skipped: no ../shared/data";
  const RecordingStrides found = must_find(data / "runner-video" / "male_side.pose.json");
  EXPECT_EQ(found.spatiotemporal.gait, Gait::kRunning);
  EXPECT_NEAR(both(found, kCadence), 168.9, 1.0);
  EXPECT_GT(both(found, kContactTime), 0.180);
  EXPECT_LT(both(found, kContactTime), 0.320);
  for (const Side side : kSides) {
    const double contact_s = found.spatiotemporal.measures[kContactTime].side[side].value;
    EXPECT_GT(contact_s, 0.180);
    EXPECT_LT(contact_s, 0.320);
  }
  EXPECT_FALSE(found.spatiotemporal.is_scaled);
  RecordingStridesOptions by_plates;
  by_plates.events = EventChoice::kPlates;
  const auto plates = strides_of_file(data / "runner-video" / "male_side.pose.json", by_plates);
  ASSERT_FALSE(plates);
  EXPECT_THAT(to_sentence(plates.error()), HasSubstr("without plates and events"));
}

// Means of 28 runners (PeerJ 5:e3298): four of them lie about these by the spread between runners.
TEST(StridesOfFile, FourPublicRunnersLieAboutThePublishedMeans) {
  const auto data = test_data();
  if (data.empty()) GTEST_SKIP() << "skipped: no ../shared/data";
  constexpr std::array<const char*, 3> kSpeeds = {"25", "35", "45"};
  constexpr std::array<double, 3> kSpeed_m_s = {2.5, 3.5, 4.5};
  constexpr std::array<double, 3> kDuty = {0.394, 0.348, 0.328};
  constexpr std::array<double, 3> kCadence_min = {162.0, 171.0, 183.0};
  for (std::size_t v = 0; v < 3; ++v) {
    double duty = 0.0;
    double cadence = 0.0;
    for (const std::string runner : {"014", "015", "020", "028"}) {
      const RecordingStrides found = must_find(data / "fukuchi2017" / ("RBDS" + runner) /
                                               ("RBDS" + runner + "runT" + kSpeeds[v] + ".c3d"));
      EXPECT_NEAR(both(found, kSpeed), kSpeed_m_s[v], 0.025 * kSpeed_m_s[v]) << runner;
      EXPECT_NEAR(both(found, kStrideLength), both(found, kSpeed) * both(found, kStrideTime), 0.01)
          << runner;
      EXPECT_EQ(found.spatiotemporal.gait, Gait::kRunning);
      duty += both(found, kDutyFactor) / 4.0;
      cadence += both(found, kCadence) / 4.0;
    }
    // SD between runners about 0.025 and 11 steps/min; four runners, two standard errors.
    EXPECT_NEAR(duty, kDuty[v], 0.025) << kSpeeds[v];
    EXPECT_NEAR(cadence, kCadence_min[v], 12.0) << kSpeeds[v];
  }
}

TEST(StridesOfFile, WalkersWalk) {
  const auto data = test_data();
  if (data.empty()) GTEST_SKIP() << "skipped: no ../shared/data";
  for (const char* name : {"walking2.c3d", "walking5.c3d"}) {
    const RecordingStrides found = must_find(data / "opensim-core" / "formats" / name);
    EXPECT_EQ(found.spatiotemporal.gait, Gait::kWalking) << name;
    EXPECT_GT(both(found, kDutyFactor), 0.5) << name;
    EXPECT_GT(both(found, kDoubleSupport), 0.05) << name;
    EXPECT_NEAR(both(found, kSpeed), both(found, kStrideLength) / both(found, kStrideTime), 0.05);
  }
}

TEST(StridesOfFile, StandingIsASentence) {
  const auto session = make_session(one_run(3.5, true));
  ASSERT_TRUE(session);
  const auto found = strides_of_bytes(write_trc(session->standing), "standing.trc");
  ASSERT_FALSE(found);
  EXPECT_THAT(to_sentence(found.error()), HasSubstr("standing.trc: no foot is seen"));
}

}  // namespace
}  // namespace catena
