#include "catena/report/take_up_fixture.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

#include "catena/core/units.h"
#include "catena/report/parts.h"
#include "catena/report/results_fixture.h"

namespace catena {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kStopThighDeg = 36.0;
constexpr double kStopHipDeg = 31.0;

// Hip, low back and lean of a runner whose hip stops at 31 deg; they sum to the thigh.
Eigen::Vector3d stopped_parts_deg(double thigh_deg) {
  const double over_deg = thigh_deg - kStopThighDeg;
  const double hip_deg = kStopHipDeg + (over_deg < 0.0 ? 0.60 : 0.05) * over_deg;
  const double lean_deg = 8.0 + 0.15 * over_deg;
  return {hip_deg, thigh_deg - hip_deg - lean_deg, lean_deg};
}

// Around `middle_deg` of every part, widening away from the middle of the range.
template <class Middle>
TakeUpBand band_of(double from_deg, double to_deg, Eigen::Index n_parts, Middle middle_deg) {
  constexpr Eigen::Index kPlaces = 21;
  TakeUpBand band;
  band.thigh_rad = Eigen::VectorXd::LinSpaced(kPlaces, from_deg, to_deg) * kRadPerDeg;
  band.middle_rad.resize(kPlaces, n_parts);
  band.low_rad.resize(kPlaces, n_parts);
  band.high_rad.resize(kPlaces, n_parts);
  for (Eigen::Index i = 0; i < kPlaces; ++i) {
    const double thigh_deg = band.thigh_rad(i) * kDegPerRad;
    const double half_deg = 0.7 + 0.12 * std::abs(thigh_deg - 0.5 * (from_deg + to_deg));
    band.middle_rad.row(i) = middle_deg(thigh_deg).transpose() * kRadPerDeg;
    band.low_rad.row(i) = band.middle_rad.row(i).array() - half_deg * kRadPerDeg;
    band.high_rad.row(i) = band.middle_rad.row(i).array() + half_deg * kRadPerDeg;
  }
  return band;
}

void plant_bend(LegResult& leg) {
  const TakeUpBand& line = leg.take_up.line;
  const Eigen::Index n_parts = leg.take_up.has_thorax ? 3 : 2;
  leg.take_up.bend = band_of(line.thigh_rad(0) * kDegPerRad,
                             line.thigh_rad(line.thigh_rad.size() - 1) * kDegPerRad, n_parts,
                             [n_parts](double thigh_deg) -> Eigen::VectorXd {
                               const Eigen::Vector3d parts_deg = stopped_parts_deg(thigh_deg);
                               if (n_parts == 3) return parts_deg;
                               return Eigen::Vector2d(parts_deg[0], parts_deg[1] + parts_deg[2]);
                             });
}

Estimate degrees(double value, double low, double high) {
  return {value * kRadPerDeg, low * kRadPerDeg, high * kRadPerDeg, 0.90, "planted"};
}

HipStop stop_of(StopVerdict verdict) {
  HipStop stop;
  stop.verdict = verdict;
  stop.line = stop.towards_stop = stop.gently = stop.other_way = kNan;
  switch (verdict) {
    case StopVerdict::kCannotBeTested:
      stop.why = "two demands always lie on a line; record a ramp, or five speeds";
      break;
    case StopVerdict::kUndecided:
      stop.line = 0.45, stop.towards_stop = 0.34, stop.gently = 0.16, stop.other_way = 0.05;
      break;
    case StopVerdict::kNotReached:
      stop.line = 0.90, stop.towards_stop = 0.02, stop.gently = 0.04, stop.other_way = 0.04;
      break;
    case StopVerdict::kReached:
      stop.line = 0.01, stop.towards_stop = 0.975, stop.gently = 0.01, stop.other_way = 0.005;
      stop.hip_rad = degrees(kStopHipDeg, 29.0, 33.0);
      stop.thigh_rad = degrees(kStopThighDeg, 33.5, 38.5);
      stop.share_before = {0.60, 0.48, 0.73, 0.90, "planted"};
      stop.share_beyond = {0.05, -0.10, 0.20, 0.90, "planted"};
      break;
  }
  return stop;
}

Budget budget_of(const Eigen::Vector3d& parts_deg) {
  const auto contribution = [](double deg) {
    return Contribution{deg * kRadPerDeg, 0.97 * deg * kRadPerDeg, 0.03 * deg * kRadPerDeg};
  };
  Budget budget;
  budget.has_thorax = true;
  budget.hip = contribution(parts_deg[0]);
  budget.low_back = contribution(parts_deg[1]);
  budget.lean = contribution(parts_deg[2]);
  budget.pelvis = contribution(parts_deg[1] + parts_deg[2]);
  budget.thigh_rad = parts_deg.sum() * kRadPerDeg;
  return budget;
}

DemandPoint point_of(const std::string& label, const std::string& demand,
                     const std::vector<Eigen::VectorXd>& strides_rad) {
  DemandPoint point;
  point.label = label;
  point.demand = demand;
  point.n_strides = static_cast<int>(strides_rad.size());
  point.parts_rad = Eigen::VectorXd::Zero(strides_rad.front().size());
  for (const Eigen::VectorXd& stride : strides_rad) point.parts_rad += stride;
  point.parts_rad /= point.n_strides;
  point.sd_rad = Eigen::VectorXd::Constant(point.parts_rad.size(),
                                           0.8 * kRadPerDeg / std::sqrt(point.n_strides));
  point.thigh_sd_rad = 0.7 * kRadPerDeg / std::sqrt(point.n_strides);
  return point;
}

Eigen::VectorXd parts_of(const Results& results, const StrideResult& stride) {
  const std::vector<PartStyle> parts = chain_parts(results.has_thorax);
  Eigen::VectorXd parts_rad(static_cast<Eigen::Index>(parts.size()));
  for (std::size_t k = 0; k < parts.size(); ++k) {
    parts_rad(static_cast<Eigen::Index>(k)) = (stride.at_peak.*parts[k].contribution).total_rad;
  }
  return parts_rad;
}

}  // namespace

void plant_points_and_line(const Results& results, LegResult& leg) {
  TakeUp& take_up = leg.take_up;
  take_up.points.clear();
  for (const std::string& demand : demand_order(results)) {
    std::vector<Eigen::VectorXd> strides_rad;
    for (const StrideResult& stride : leg.strides) {
      if (results.recordings[static_cast<std::size_t>(stride.recording)].demand == demand) {
        strides_rad.push_back(parts_of(results, stride));
      }
    }
    if (!strides_rad.empty()) take_up.points.push_back(point_of(demand, demand, strides_rad));
  }
  if (take_up.points.size() < 3) return;
  const Eigen::VectorXd share =
      take_up.has_thorax ? Eigen::VectorXd(Eigen::Vector3d(take_up.hip.estimate.value,
                                                           take_up.low_back.estimate.value,
                                                           take_up.lean.estimate.value))
                         : Eigen::VectorXd(Eigen::Vector2d(take_up.hip.estimate.value,
                                                           take_up.pelvis.estimate.value));
  const Eigen::VectorXd center_deg = take_up.center_rad * kDegPerRad;
  const auto on_line = [&](double thigh_deg) -> Eigen::VectorXd {
    return center_deg + share * (thigh_deg - center_deg.sum());
  };
  take_up.line = band_of(take_up.points.front().parts_rad.sum() * kDegPerRad,
                         take_up.points.back().parts_rad.sum() * kDegPerRad, share.size(), on_line);
  take_up.hip_stop = stop_of(StopVerdict::kUndecided);
  take_up.hip.rest = {0.02, -0.03, 0.07, 0.90, "planted"};
  take_up.pelvis.rest = {0.06, 0.01, 0.11, 0.90, "planted"};
}

Results fixture_with_verdict(StopVerdict verdict) {
  Results results = fixture_results();
  for (LegResult& leg : results.legs) {
    leg.take_up.hip_stop = stop_of(verdict);
    if (verdict != StopVerdict::kCannotBeTested) plant_bend(leg);
  }
  return results;
}

Results fixture_ramp() {
  constexpr int kBlocks = 10;
  constexpr int kStridesPerBlock = 6;
  std::mt19937 random(3);
  std::normal_distribution<double> normal;
  Results results = fixture_with_verdict(StopVerdict::kReached);
  results.recordings.resize(1);
  results.recordings[0].name = "ramp";
  results.recordings[0].demand = "ramp";
  for (LegResult& leg : results.legs) {
    leg.strides.clear();
    leg.by_demand.resize(1);
    leg.take_up.n_demands = 1;
    leg.take_up.points.clear();
    for (int block = 0; block < kBlocks; ++block) {
      std::vector<Eigen::VectorXd> strides_rad;
      for (int k = 0; k < kStridesPerBlock; ++k) {
        const int i = block * kStridesPerBlock + k;
        Eigen::Vector3d parts_deg = stopped_parts_deg(26.0 + 20.0 * i / 60.0);
        for (double& value : parts_deg) value += 0.5 * normal(random);
        StrideResult stride;
        stride.peak_frame = i;
        stride.peak_time_s = i;
        stride.at_peak = stride.absolute = budget_of(parts_deg);
        leg.strides.push_back(stride);
        strides_rad.push_back(parts_of(results, stride));
      }
      const int from_s = block * kStridesPerBlock;
      leg.take_up.points.push_back(
          point_of("ramp, " + std::to_string(from_s) + " to " + std::to_string(from_s + 5) + " s",
                   "ramp", strides_rad));
    }
    leg.take_up.line = band_of(26.0, 46.0, 3, [](double thigh_deg) -> Eigen::VectorXd {
      return stopped_parts_deg(26.0) +
             (stopped_parts_deg(46.0) - stopped_parts_deg(26.0)) * (thigh_deg - 26.0) / 20.0;
    });
    plant_bend(leg);
  }
  return results;
}

std::vector<Results> all_fixtures() {
  std::vector<Results> all = {fixture_results(), fixture_without_thorax(), fixture_one_demand(),
                              fixture_ramp(), Results{}};
  for (const StopVerdict verdict : {StopVerdict::kCannotBeTested, StopVerdict::kUndecided,
                                    StopVerdict::kNotReached, StopVerdict::kReached}) {
    all.push_back(fixture_with_verdict(verdict));
  }
  Results other_way = fixture_with_verdict(StopVerdict::kNotReached);
  for (LegResult& leg : other_way.legs) {
    leg.take_up.hip_stop.line = 0.3;
    leg.take_up.hip_stop.other_way = 0.68;
  }
  all.push_back(other_way);
  return all;
}

TEST(TakeUpFixture, PartsOfEveryPointAndCurveAddUpToTheThigh) {
  for (const Results& results : all_fixtures()) {
    for (const LegResult& leg : results.legs) {
      for (const TakeUpBand* band : {&leg.take_up.line, &leg.take_up.bend}) {
        if (band->thigh_rad.size() == 0) continue;
        const Eigen::VectorXd sum = band->middle_rad.rowwise().sum();
        EXPECT_LT((sum - band->thigh_rad).cwiseAbs().maxCoeff(), 1e-12);
      }
    }
  }
}

TEST(TakeUpFixture, RampIsSeenAsTenBlocks) {
  EXPECT_EQ(fixture_ramp().legs[kRight].take_up.points.size(), 10u);
}

}  // namespace catena
