#include "catena/synthetic/runner.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "catena/core/units.h"
#include "catena/kinematics/forward_kinematics.h"
#include "catena/synthetic/stride_plan.h"
#include "catena/synthetic/test_session.h"

namespace catena {
namespace {

/// Angle of a body's long axis, seen from the right side: of the part below behind the vertical,
/// which is also the part above before it.
double long_axis_rad(const SyntheticSession& session, const Eigen::VectorXd& q,
                     const std::string& body) {
  const Pose pose = forward_kinematics(session.body.model, q);
  const auto index = static_cast<std::size_t>(find_body(session.body.model, body));
  const Eigen::Vector3d up = pose[index].rotation.col(1);
  return std::atan2(up.x(), up.y());
}

const char* femur(int side) { return side == 0 ? "femur_r" : "femur_l"; }

/// What a body's long axis did at a time between two frames.
double long_axis_at(const SyntheticSession& session, const PlantedPeak& peak,
                    const std::string& body) {
  const Motion& motion = session.motions[static_cast<std::size_t>(peak.recording)];
  const double at = peak.time_s * motion.rate_hz;
  const auto frame = std::min(static_cast<Eigen::Index>(at), motion.q.rows() - 2);
  const double rest = at - static_cast<double>(frame);
  return (1.0 - rest) * long_axis_rad(session, motion.q.row(frame), body) +
         rest * long_axis_rad(session, motion.q.row(frame + 1), body);
}

bool inside(const SyntheticSession& session, const PlantedPeak& peak) {
  const double end_s = session.truth.runs[static_cast<std::size_t>(peak.recording)].duration_s;
  return peak.time_s > 0.1 && peak.time_s < end_s - 0.1;
}

TEST(SyntheticRunner, HasItsThighPeaksWhereTheTruthSays) {
  RunnerOptions options = quiet();
  options.rate_hz = 500.0;
  options.speeds_m_s = {2.5, 4.5, 9.0};
  const SyntheticSession session = session_of(options);
  int n = 0;
  for (const PlantedPeak& peak : session.truth.peaks) {
    if (!inside(session, peak)) continue;
    const Motion& motion = session.motions[static_cast<std::size_t>(peak.recording)];
    const auto middle = static_cast<Eigen::Index>(std::lround(peak.time_s * motion.rate_hz));
    Eigen::Index best = middle;
    double most = -10.0;
    for (Eigen::Index f = middle - 50; f <= middle + 50; ++f) {
      const double thigh = long_axis_rad(session, motion.q.row(f), femur(peak.side));
      if (thigh > most) {
        most = thigh;
        best = f;
      }
    }
    // The foot's way off the ground may move the top by a fraction of a millisecond.
    EXPECT_LE(std::abs(motion.time_s[best] - peak.time_s), 0.6 / motion.rate_hz + 1e-9);
    EXPECT_NEAR(most * kDegPerRad, peak.posture.thigh() * kDegPerRad, 0.02);
    ++n;
  }
  EXPECT_GE(n, 3 * 2 * 11);
}

TEST(SyntheticRunner, HasNoThighPeaksThatTheTruthLeavesOut) {
  RunnerOptions options = quiet();
  options.speeds_m_s = {2.5, 9.0};
  const SyntheticSession session = session_of(options);
  for (std::size_t r = 0; r < session.motions.size(); ++r) {
    const Motion& motion = session.motions[r];
    for (const int side : {0, 1}) {
      const auto planted = std::count_if(
          session.truth.peaks.begin(), session.truth.peaks.end(), [&](const PlantedPeak& p) {
            return p.recording == static_cast<int>(r) && p.side == side &&
                   p.time_s > 1.5 / motion.rate_hz &&
                   p.time_s < motion.time_s[motion.time_s.size() - 1] - 1.5 / motion.rate_hz;
          });
      int found = 0;
      for (Eigen::Index f = 1; f + 1 < motion.q.rows(); ++f) {
        const double before = long_axis_rad(session, motion.q.row(f - 1), femur(side));
        const double now = long_axis_rad(session, motion.q.row(f), femur(side));
        const double after = long_axis_rad(session, motion.q.row(f + 1), femur(side));
        if (now > before && now >= after && now > 0.1) ++found;
      }
      EXPECT_NEAR(found, static_cast<int>(planted), 1);
    }
  }
}

TEST(SyntheticRunner, HoldsThePlantedPostureAtEveryPeak) {
  RunnerOptions options = quiet();
  options.rate_hz = 500.0;
  options.ramp = SpeedRamp{2.5, 4.5, 30.0};
  options.deviation_sd_deg = 1.5;
  const SyntheticSession session = session_of(options);
  for (const PlantedPeak& peak : session.truth.peaks) {
    if (!inside(session, peak)) continue;
    EXPECT_NEAR(long_axis_at(session, peak, "pelvis") * kDegPerRad,
                peak.posture.pelvis() * kDegPerRad, 0.02);
    EXPECT_NEAR(long_axis_at(session, peak, "torso") * kDegPerRad, peak.posture.lean * kDegPerRad,
                0.02);
    EXPECT_NEAR(peak.posture.hip + peak.posture.low_back + peak.posture.lean, peak.posture.thigh(),
                1e-12);
  }
}

/// Slope of one part on the thigh over the demands of one leg, from the body's motion alone.
double slope_of(const SyntheticSession& session, int side, const std::string& part) {
  double n = 0.0, x = 0.0, y = 0.0, xx = 0.0, xy = 0.0;
  for (const PlantedPeak& peak : session.truth.peaks) {
    if (peak.side != side || !inside(session, peak)) continue;
    const double thigh = long_axis_at(session, peak, femur(side));
    const double pelvis = long_axis_at(session, peak, "pelvis");
    const double lean = long_axis_at(session, peak, "torso");
    const double value = part == "hip" ? thigh - pelvis : part == "lean" ? lean : pelvis - lean;
    n += 1.0;
    x += thigh;
    y += value;
    xx += thigh * thigh;
    xy += thigh * value;
  }
  return (xy - x * y / n) / (xx - x * x / n);
}

TEST(SyntheticRunner, TakesUpEachFurtherDegreeInThePlantedShares) {
  RunnerOptions options = quiet();
  options.rate_hz = 500.0;
  options.deviation_sd_deg = options.thigh_sd_deg = options.pelvis_sd_deg = options.lean_sd_deg =
      0.0;
  options.shares = {SagittalShares{0.6, 0.3, 0.1}, SagittalShares{0.2, 0.9, -0.1}};
  const SyntheticSession session = session_of(options);
  for (const int side : {0, 1}) {
    const SagittalShares& planted = options.shares.at(static_cast<std::size_t>(side));
    EXPECT_NEAR(slope_of(session, side, "hip"), planted.hip, 0.003);
    EXPECT_NEAR(slope_of(session, side, "low back"), planted.low_back, 0.003);
    EXPECT_NEAR(slope_of(session, side, "lean"), planted.lean, 0.003);
  }
}

TEST(SyntheticRunner, LetsTheLowBackTakeAllBeyondAHipStop) {
  RunnerOptions options = quiet();
  options.deviation_sd_deg = 0.0;
  options.hip_stop_deg[1] = 15.0;
  const SyntheticSession with = session_of(options);
  options.hip_stop_deg[1] = std::numeric_limits<double>::infinity();
  const SyntheticSession without = session_of(options);
  ASSERT_EQ(with.truth.peaks.size(), without.truth.peaks.size());
  EXPECT_FALSE(with.truth.lines[0].stop_reached);
  EXPECT_TRUE(with.truth.lines[1].stop_reached);
  int stopped = 0;
  for (std::size_t i = 0; i < with.truth.peaks.size(); ++i) {
    const SagittalPosture& a = with.truth.peaks[i].posture;
    const SagittalPosture& b = without.truth.peaks[i].posture;
    EXPECT_NEAR(a.thigh(), b.thigh(), 1e-12);
    EXPECT_EQ(a.lean, b.lean);
    const bool stops = with.truth.peaks[i].side == 1;
    EXPECT_EQ(a.hip, stops ? std::min(b.hip, 15.0 * kRadPerDeg) : b.hip);
    if (a.hip < b.hip) ++stopped;
  }
  EXPECT_GT(stopped, 5);
}

TEST(SyntheticRunner, DeviatesByTheSizeAskedForWithTheThighHeld) {
  // Steady speeds: one deviation each; a ramp: its drift, averaged over runners.
  for (const bool ramp : {false, true}) {
    Eigen::Vector3d squares = Eigen::Vector3d::Zero();
    int n = 0;
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
      RunnerOptions options = quiet();
      options.seed = seed;
      options.rate_hz = 20.0;
      options.strides = 2;
      options.deviation_sd_deg = 1.0;
      if (ramp) options.ramp = SpeedRamp{2.5, 4.5, 60.0};
      // The plan alone: nobody looks at the feet here.
      const RunnerStyle style = draw_style(options, RandomStream(seed).child("style"));
      std::vector<PlantedPeak> peaks;
      const std::vector<RunSpeed> runs = planned_runs(options, style);
      for (std::size_t r = 0; r < runs.size(); ++r) {
        for (const PlantedPeak& peak :
             plan_strides(options, style, runs[r], static_cast<int>(r)).peaks) {
          if (peak.time_s >= 0.0 && peak.time_s <= runs[r].duration_s) peaks.push_back(peak);
        }
      }
      for (const PlantedPeak& peak : peaks) {
        EXPECT_NEAR(peak.deviation.thigh(), 0.0, 1e-12);
        squares += Eigen::Vector3d(peak.deviation.hip, peak.deviation.low_back, peak.deviation.lean)
                       .array()
                       .square()
                       .matrix();
        ++n;
      }
    }
    for (int k = 0; k < 3; ++k) EXPECT_NEAR(std::sqrt(squares[k] / n) * kDegPerRad, 1.0, 0.07);
  }
}

TEST(SyntheticRunner, ScattersFromStrideToStrideAsAskedFor) {
  RunnerOptions options = quiet();
  options.rate_hz = 20.0;
  options.speeds_m_s = {3.5};
  options.strides = 1500;
  options.deviation_sd_deg = 0.0;
  const SyntheticSession session = session_of(options);
  Eigen::Vector3d sum = Eigen::Vector3d::Zero(), squares = Eigen::Vector3d::Zero();
  double n = 0.0;
  for (const PlantedPeak& peak : session.truth.peaks) {
    if (peak.side != 0) continue;
    const Eigen::Vector3d x(peak.posture.thigh(), peak.posture.pelvis(), peak.posture.lean);
    sum += x;
    squares += x.cwiseAbs2();
    n += 1.0;
  }
  const Eigen::Vector3d sd = (squares / n - (sum / n).cwiseAbs2()).cwiseSqrt() * kDegPerRad;
  EXPECT_NEAR(sd[0], 0.7, 0.05);
  EXPECT_NEAR(sd[1], 0.8, 0.06);
  EXPECT_NEAR(sd[2], 0.7, 0.05);
}

TEST(SyntheticRunner, RunsWithARealisticStrideRate) {
  RunnerOptions options = quiet();
  options.speeds_m_s = {2.5, 3.5, 4.5};
  const SyntheticSession session = session_of(options);
  // Fukuchi et al. 2017: 162, 171, 183 steps a minute; runners differ by a few percent.
  const std::array<double, 3> cadence = {162.0, 171.0, 183.0};
  for (std::size_t r = 0; r < 3; ++r) {
    double first_s = -1.0, last_s = 0.0, steps = -1.0;
    for (const PlantedPeak& peak : session.truth.peaks) {
      if (peak.recording != static_cast<int>(r)) continue;
      if (first_s < 0.0) first_s = peak.time_s;
      last_s = peak.time_s;
      steps += 1.0;
    }
    EXPECT_NEAR(60.0 * steps / (last_s - first_s) / cadence.at(r), 1.0, 0.1);
  }
}

TEST(SyntheticRunner, TouchesTheGroundAndDoesNotSinkIntoIt) {
  RunnerOptions options = quiet();
  options.speeds_m_s = {2.5, 3.5, 4.5};
  for (const std::uint64_t seed : {1, 2, 3}) {
    options.seed = seed;
    const SyntheticSession session = session_of(options);
    for (const Motion& motion : session.motions) {
      int near = 0;
      for (Eigen::Index f = 0; f < motion.q.rows(); ++f) {
        const double sole_m = lowest_sole_height_m(session.body, motion.q.row(f));
        EXPECT_GT(sole_m, -0.035);  // for a moment, swinging
        EXPECT_LT(sole_m, 0.10);
        if (std::abs(sole_m) < 0.01) ++near;
      }
      EXPECT_GT(near, motion.q.rows() / 2);
    }
  }
}

// Between contact and toe-off the sole is on the ground, and what is down does not slide: the heel
// at first, the tip of the toes in the end.
TEST(SyntheticRunner, FeetStayWhereTheyTouchTheBelt) {
  RunnerOptions options = quiet();
  options.speeds_m_s = {2.5, 3.5, 4.5};
  for (const bool treadmill : {true, false}) {
    options.treadmill = treadmill;
    const SyntheticSession session = session_of(options);
    int n = 0;
    for (const PlantedFootfall& foot : session.truth.footfalls) {
      const auto recording = static_cast<std::size_t>(foot.recording);
      const Motion& motion = session.motions[recording];
      const double speed_m_s = session.truth.runs[recording].from_m_s;
      // Places of heel and toe on what they stand on.
      const auto place = [&](double time_s, const std::string& of) {
        const auto f = static_cast<Eigen::Index>(std::lround(time_s * motion.rate_hz));
        const Pose pose = forward_kinematics(session.body.model, motion.q.row(f));
        for (const ModelMarker& point : session.body.sole) {
          if (point.name != (foot.side == 0 ? "R_" : "L_") + of) continue;
          Eigen::Vector3d p = pose[static_cast<std::size_t>(point.body)] * point.position_in_body_m;
          if (treadmill) p.x() += speed_m_s * motion.time_s[f];
          return p;
        }
        return Eigen::Vector3d(NAN, NAN, NAN);
      };
      const double end_s = motion.time_s[motion.time_s.size() - 1];
      if (foot.contact_s < 0.0 || foot.toe_off_s > end_s) continue;
      const auto at = [&](double part) {
        return foot.contact_s + part * (foot.toe_off_s - foot.contact_s);
      };
      EXPECT_NEAR(place(at(0.15), "heel").x(), place(at(0.45), "heel").x(), 0.004);
      EXPECT_NEAR(place(at(0.55), "toe").x(), place(at(0.95), "toe").x(), 0.010);
      for (const double part : {0.1, 0.3, 0.5}) EXPECT_NEAR(place(at(part), "heel").y(), 0, 0.006);
      for (const double part : {0.5, 0.7, 0.9}) EXPECT_NEAR(place(at(part), "toe").y(), 0, 0.006);
      ++n;
    }
    EXPECT_GE(n, 3 * 2 * 11);
  }
}

TEST(SyntheticRunner, StandsStillOnBothFeetInTheStandingTrial) {
  const SyntheticSession session = session_of(quiet());
  EXPECT_NEAR(lowest_sole_height_m(session.body, session.standing_pose), 0.0, 1e-12);
  const auto& points = session.standing.points_m;
  EXPECT_FALSE(points.hasNaN());
  EXPECT_LT((points.rowwise() - points.row(0)).cwiseAbs().maxCoeff(), 1e-15);
  for (const std::string marker : {"RTOE", "LTOE", "RHEE", "LHEE"}) {
    const double height_m = points(0, 3 * find_marker(session.body.model, marker) + 1);
    EXPECT_GT(height_m, 0.0) << marker;
    EXPECT_LT(height_m, 0.08) << marker;
  }
  EXPECT_NEAR(long_axis_rad(session, session.standing_pose, "torso"), session.truth.standing.lean,
              1e-9);
  EXPECT_NEAR(long_axis_rad(session, session.standing_pose, "femur_l"),
              session.truth.standing.thigh(), 1e-9);
}

TEST(SyntheticRunner, IsTheSameForTheSameSeedAndAnotherForAnother) {
  RunnerOptions options;
  options.speeds_m_s = {3.5};
  options.faults = {.gaps_per_marker_minute = 2.0, .dropped_fraction = 0.01, .swapped_pairs = 1};
  const SyntheticSession a = session_of(options);
  const SyntheticSession b = session_of(options);
  options.seed = 2;
  const SyntheticSession c = session_of(options);
  EXPECT_TRUE((a.runs[0].points_m.array() == b.runs[0].points_m.array() ||
               a.runs[0].points_m.array().isNaN())
                  .all());
  EXPECT_NE(a.motions[0].q(0, 0), c.motions[0].q(0, 0));
}

TEST(SyntheticRunner, TurningOneKnobLeavesOtherDrawsAlone) {
  RunnerOptions options;
  const SyntheticSession a = session_of(options);
  options.deviation_sd_deg = 0.0;
  options.artefact.on = false;
  const SyntheticSession b = session_of(options);
  ASSERT_EQ(a.truth.peaks.size(), b.truth.peaks.size());
  for (std::size_t i = 0; i < a.truth.peaks.size(); ++i) {
    EXPECT_EQ(a.truth.peaks[i].time_s, b.truth.peaks[i].time_s);
    EXPECT_NEAR(a.truth.peaks[i].posture.thigh(), b.truth.peaks[i].posture.thigh(), 1e-12);
  }
  EXPECT_EQ(a.standing.points_m, b.standing.points_m);
}

TEST(SyntheticRunner, GoesForwardOvergroundAndStaysOnATreadmill) {
  RunnerOptions options = quiet();
  options.speeds_m_s = {4.0};
  options.treadmill = false;
  const SyntheticSession overground = session_of(options);
  const Motion& motion = overground.motions[0];
  const int tx = find_coordinate(overground.body.model, "pelvis_tx");
  const Eigen::Index last = motion.q.rows() - 1;
  EXPECT_NEAR((motion.q(last, tx) - motion.q(0, tx)) / motion.time_s[last], 4.0, 0.01);
  options.treadmill = true;
  const SyntheticSession treadmill = session_of(options);
  const Eigen::VectorXd x = treadmill.motions[0].q.col(tx);
  EXPECT_LT(x.maxCoeff() - x.minCoeff(), 0.15);
}

TEST(SyntheticRunner, RefusesKnobsThatMakeNoRunner) {
  const auto refuses = [](const std::function<void(RunnerOptions&)>& turn,
                          const std::string& word) {
    RunnerOptions options;
    turn(options);
    const Result<SyntheticSession> session = make_session(options);
    ASSERT_FALSE(session.has_value()) << word;
    EXPECT_EQ(session.error().code, Errc::kBadOption);
    EXPECT_NE(to_sentence(session.error()).find(word), std::string::npos)
        << to_sentence(session.error());
  };
  const double nan = std::numeric_limits<double>::quiet_NaN();
  refuses([](auto& o) { o.shares[1].hip = 0.9; }, "sum to one");
  refuses([&](auto& o) { o.shares[0].lean = nan; }, "sum to one");
  refuses([](auto& o) { o.speeds_m_s.clear(); }, "no speed");
  refuses([&](auto& o) { o.speeds_m_s = {nan}; }, "no speed");
  refuses([](auto& o) { o.speeds_m_s = {30.0}; }, "1.5 to 10 m/s");
  refuses([](auto& o) { o.ramp = SpeedRamp{3.0, 3.0, 60.0}; }, "ramp");
  refuses([&](auto& o) { o.rate_hz = nan; }, "rate");
  refuses([](auto& o) { o.strides = 0; }, "strides");
  refuses([](auto& o) { o.deviation_sd_deg = -1.0; }, "negative spread");
  refuses([](auto& o) { o.artefact.thigh = {20.0, 10.0}; }, "skin-motion");
  refuses([](auto& o) { o.faults.dropped_fraction = 1.5; }, "share outside");
  refuses([](auto& o) { o.marker_noise_mm = -0.1; }, "negative noise");
  refuses([](auto& o) { o.body.height_m = 0.1; }, "body");
}

}  // namespace
}  // namespace catena
