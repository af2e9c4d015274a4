#include "catena/report/results_fixture.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

#include "catena/core/units.h"
#include "catena/report/take_up_fixture.h"

namespace catena {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

struct DemandTruth {
  const char* recording;
  const char* demand;
  double speed_m_s;
  std::array<double, 3> part_deg;  // hip, low back, lean
};

constexpr std::array<DemandTruth, 4> kDemands = {{{"run1", "3.5 m/s", 3.5, {25.0, -9.0, 10.0}},
                                                  {"run2", "5 m/s", 5.0, {30.0, -5.0, 9.0}},
                                                  {"run3", "7 m/s", 7.0, {32.0, -2.0, 7.0}},
                                                  {"run4", "9 m/s", 9.0, {34.0, -3.0, 14.0}}}};

Contribution contribution_of(double deg) {
  const double rad = deg * kRadPerDeg;
  return {rad, 0.97 * rad, 0.03 * rad};
}

Budget budget_of(const std::array<double, 3>& part_deg) {
  Budget budget;
  budget.has_thorax = true;
  budget.hip = contribution_of(part_deg[0]);
  budget.low_back = contribution_of(part_deg[1]);
  budget.lean = contribution_of(part_deg[2]);
  budget.pelvis = contribution_of(part_deg[1] + part_deg[2]);
  budget.thigh_rad = (part_deg[0] + part_deg[1] + part_deg[2]) * kRadPerDeg;
  return budget;
}

// Mean and range, as a stand-in for the spread over strides.
Estimate estimate_of(const std::vector<double>& values, const std::string& source) {
  if (values.empty()) return {};
  double sum = 0.0;
  for (const double value : values) sum += value;
  const auto [low, high] = std::minmax_element(values.begin(), values.end());
  return {sum / static_cast<double>(values.size()), *low, *high, 0.90, source};
}

BudgetSummary summary_of(const std::vector<Budget>& budgets) {
  std::array<std::vector<double>, 5> deg;
  for (const Budget& budget : budgets) {
    deg[0].push_back(budget.hip.total_rad * kDegPerRad);
    deg[1].push_back(budget.low_back.total_rad * kDegPerRad);
    deg[2].push_back(budget.lean.total_rad * kDegPerRad);
    deg[3].push_back(budget.thigh_rad * kDegPerRad);
    deg[4].push_back(0.0);
  }
  const std::string source = "5th to 95th percentile over strides";
  BudgetSummary summary;
  summary.hip_deg = estimate_of(deg[0], source);
  summary.low_back_deg = estimate_of(deg[1], source);
  summary.lean_deg = estimate_of(deg[2], source);
  summary.thigh_deg = estimate_of(deg[3], source);
  summary.other_deg = estimate_of(deg[4], source);
  summary.hip_rest_deg = {0.9, 0.4, 1.3, 0.90, source};
  summary.low_back_rest_deg = {0.2, -0.1, 0.4, 0.90, source};
  summary.lean_rest_deg = {0.1, -0.1, 0.3, 0.90, source};
  summary.n_strides = static_cast<int>(budgets.size());
  return summary;
}

// Shares scattered about the truth; every draw sums to one.
TakeUp take_up_of(const std::vector<StrideResult>& strides, std::mt19937& random) {
  std::normal_distribution<double> normal;
  TakeUp take_up;
  take_up.has_thorax = true;
  take_up.n_demands = 4;
  take_up.thigh_spread_rad = 19.0 * kRadPerDeg;
  take_up.draws.resize(2000, 3);
  for (Eigen::Index i = 0; i < take_up.draws.rows(); ++i) {
    const double hip = 0.50 + 0.06 * normal(random);
    const double low_back = 0.35 + 0.24 * normal(random);
    take_up.draws.row(i) << hip, low_back, 1.0 - hip - low_back;
  }
  take_up.center_rad = Eigen::Vector3d::Zero();
  for (const StrideResult& stride : strides) {
    take_up.center_rad +=
        Eigen::Vector3d(stride.at_peak.hip.total_rad, stride.at_peak.low_back.total_rad,
                        stride.at_peak.lean.total_rad) /
        static_cast<double>(strides.size());
  }
  const std::string source = "errors-in-variables line, demands deviate by 0.4 to 2.1 deg";
  take_up.hip.estimate = {0.50, 0.41, 0.59, 0.90, source};
  take_up.low_back.estimate = {0.35, -0.05, 0.75, 0.90, source};
  take_up.lean.estimate = {0.15, -0.26, 0.55, 0.90, source};
  take_up.pelvis.estimate = {0.50, 0.41, 0.59, 0.90, source};
  take_up.hip.pooled_slope = 0.50;
  take_up.low_back.pooled_slope = 0.35;
  take_up.lean.pooled_slope = 0.15;
  take_up.pelvis.pooled_slope = 0.50;
  take_up.hip.left_out = {{"3.5 m/s", 0.37}, {"5 m/s", 0.52}, {"7 m/s", 0.52}, {"9 m/s", 0.62}};
  take_up.low_back.left_out = {
      {"3.5 m/s", 0.08}, {"5 m/s", 0.36}, {"7 m/s", 0.31}, {"9 m/s", 0.61}};
  take_up.lean.left_out = {{"3.5 m/s", 0.55}, {"5 m/s", 0.12}, {"7 m/s", 0.17}, {"9 m/s", -0.23}};
  take_up.pelvis.left_out = {{"3.5 m/s", 0.63}, {"5 m/s", 0.48}, {"7 m/s", 0.48}, {"9 m/s", 0.38}};
  take_up.deviation_low_rad = 0.4 * kRadPerDeg;
  take_up.deviation_high_rad = 2.1 * kRadPerDeg;
  take_up.remarks = {"Fewer than five strides in each of 4 demands: their means are uncertain.",
                     "Hip against pelvis is known here; low back against lean hardly is."};
  return take_up;
}

// A runner just after push-off, about one metre of leg.
StickFigure figure_of(Side side) {
  StickFigure figure;
  figure.known = true;
  figure.recording = "run3";
  figure.time_s = side == kRight ? 0.412 : 0.636;
  figure.hip_deg = 32.0;
  figure.low_back_deg = -2.0;
  figure.lean_deg = 8.0;
  figure.pelvis_deg = 6.0;
  figure.thigh_deg = 38.0;
  const auto ahead = [](const Eigen::Vector2d& from, double length_m, double behind_deg) {
    const double angle = behind_deg * kRadPerDeg;
    return Eigen::Vector2d(from + length_m * Eigen::Vector2d(-std::sin(angle), -std::cos(angle)));
  };
  const auto leg = [&](const std::string& end, const std::array<double, 3>& behind_deg) {
    const Eigen::Vector2d hip(0.0, 0.0);
    const Eigen::Vector2d knee = ahead(hip, 0.43, behind_deg[0]);
    const Eigen::Vector2d ankle = ahead(knee, 0.43, behind_deg[1]);
    const Eigen::Vector2d toe = ahead(ankle, 0.19, behind_deg[2]);
    figure.bones.push_back({"thigh" + end, hip, knee});
    figure.bones.push_back({"shank" + end, knee, ankle});
    figure.bones.push_back({"foot" + end, ankle, toe});
  };
  leg(side == kRight ? "_r" : "_l", {38.0, 56.0, -5.0});
  leg(side == kRight ? "_l" : "_r", {-52.0, 38.0, -50.0});
  const Eigen::Vector2d low_back(-0.05, 0.13);
  figure.bones.push_back({"pelvis", Eigen::Vector2d(0.0, 0.0), low_back});
  figure.bones.push_back({"trunk", low_back, ahead(low_back, 0.46, 180.0 + 8.0)});
  return figure;
}

LegResult leg_of(Side side, std::mt19937& random) {
  std::normal_distribution<double> normal;
  LegResult leg;
  std::vector<Budget> all;
  std::vector<Budget> gained;
  for (std::size_t d = 0; d < kDemands.size(); ++d) {
    std::vector<Budget> of_demand;
    for (int k = 0; k < 3; ++k) {
      std::array<double, 3> part_deg = kDemands[d].part_deg;
      for (double& value : part_deg) value += 0.6 * normal(random);
      StrideResult stride;
      stride.recording = static_cast<int>(d);
      stride.peak_frame = 40 + 90 * k;
      stride.peak_time_s = 0.16 + 0.36 * k + (side == kLeft ? 0.18 : 0.0);
      stride.absolute = budget_of(part_deg);
      for (double& value : part_deg) value -= 0.5;
      stride.at_peak = budget_of(part_deg);
      if (k > 0) {
        stride.gained = budget_of({0.8 * part_deg[0] + 9.0, 4.0 + 0.5 * part_deg[1], 1.0});
        gained.push_back(*stride.gained);
      }
      of_demand.push_back(stride.at_peak);
      all.push_back(stride.at_peak);
      leg.strides.push_back(stride);
    }
    leg.by_demand.push_back({kDemands[d].demand, summary_of(of_demand)});
  }
  leg.at_peak = summary_of(all);
  leg.gained = summary_of(gained);
  leg.take_up = take_up_of(leg.strides, random);
  leg.figure = figure_of(side);
  return leg;
}

RecordingResult recording_of(const DemandTruth& truth) {
  constexpr int kFrames = 6;
  RecordingResult recording;
  recording.name = truth.recording;
  recording.file = std::string(truth.recording) + ".trc";
  recording.demand = truth.demand;
  recording.demand_source = "given";
  recording.speed_m_s = truth.speed_m_s;
  recording.frames = kFrames;
  recording.rate_hz = 250.0;
  recording.marker_rms_m = 0.0142;
  recording.worst_marker = "R.Toe";
  recording.worst_marker_rms_m = 0.031;
  recording.repairs = {{RepairKind::kSwap, {"R.MT1", "R.MT5"}, 2, 5, 4, 0.008, 0.020, 0.042},
                       {RepairKind::kGapByCluster, {"R.Toe"}, 1, 3, 3, 0.004, 0.012, kNan}};
  recording.converged_fraction = 1.0;
  recording.missing_fraction = 0.004;
  recording.n_strides = {3, 3};
  recording.motion.name = truth.recording;
  recording.motion.rate_hz = 250.0;
  recording.motion.time_s = Eigen::VectorXd::LinSpaced(kFrames, 0.0, (kFrames - 1) / 250.0);
  recording.motion.q = Eigen::MatrixXd::Constant(kFrames, 2, 0.5);
  recording.motion.q(3, 0) = kNan;
  for (const Side side : kSides) {
    AngleCurves& curves = recording.curves[side];
    curves.hip_rad = Eigen::VectorXd::LinSpaced(kFrames, 0.1, 0.2);
    curves.low_back_rad = Eigen::VectorXd::Constant(kFrames, -0.05);
    curves.lean_rad = Eigen::VectorXd::Constant(kFrames, 0.10);
    curves.pelvis_rad = curves.low_back_rad + curves.lean_rad;
    curves.thigh_rad = curves.hip_rad + curves.pelvis_rad;
    curves.thigh_rad(3) = kNan;
  }
  return recording;
}

void drop_thorax(Budget& budget) {
  budget.has_thorax = false;
  budget.low_back = {kNan, kNan, kNan};
  budget.lean = {kNan, kNan, kNan};
}

void drop_thorax(BudgetSummary& summary) {
  summary.other_deg = summary.low_back_deg;
  summary.other_deg.value += summary.lean_deg.value;
  summary.other_deg.low += summary.lean_deg.low;
  summary.other_deg.high += summary.lean_deg.high;
  summary.low_back_deg = {};
  summary.lean_deg = {};
  summary.low_back_rest_deg = {};
  summary.lean_rest_deg = {};
}

}  // namespace

Results fixture_results() {
  std::mt19937 random(7);
  Results results;
  results.has_thorax = true;
  results.has_standing = true;
  results.model_name = "sprinter_scaled";
  results.coordinate_names = {"hip_flexion_r", "pelvis_tx"};
  results.coordinate_is_rotation = {true, false};
  for (const DemandTruth& truth : kDemands) results.recordings.push_back(recording_of(truth));
  for (const Side side : kSides) results.legs[side] = leg_of(side, random);
  for (LegResult& leg : results.legs) plant_points_and_line(results, leg);
  results.assumptions = {"92 muscles and 1 contact geometry of the model were passed over.",
                         "Every marker has the same weight.",
                         "The recordings were made in the order in which they were given."};
  results.provenance = {"0.1.0",
                        "catena analyze run1.trc run2.trc run3.trc run4.trc --model sprinter.osim",
                        "sprinter.osim",
                        std::string(64, 'a'),
                        {{"run1.trc", std::string(64, 'b')},
                         {"run2.trc", std::string(64, 'c')},
                         {"run3.trc", std::string(64, 'd')},
                         {"run4.trc", std::string(64, 'e')}}};
  return results;
}

Results fixture_without_thorax() {
  Results results = fixture_results();
  results.has_thorax = false;
  for (LegResult& leg : results.legs) {
    for (StrideResult& stride : leg.strides) {
      drop_thorax(stride.absolute);
      drop_thorax(stride.at_peak);
      if (stride.gained) drop_thorax(*stride.gained);
    }
    drop_thorax(leg.at_peak);
    drop_thorax(leg.gained);
    for (DemandBudget& demand : leg.by_demand) drop_thorax(demand.at_peak);
    TakeUp& take_up = leg.take_up;
    take_up.has_thorax = false;
    const Eigen::MatrixXd draws = take_up.draws;
    take_up.draws.resize(draws.rows(), 2);
    take_up.draws << draws.col(0), draws.col(1) + draws.col(2);
    const Eigen::VectorXd center = take_up.center_rad;
    take_up.center_rad = Eigen::Vector2d(center(0), center(1) + center(2));
    take_up.low_back = {};
    take_up.lean = {};
    take_up.low_back.pooled_slope = take_up.lean.pooled_slope = kNan;
    take_up.low_back.why = take_up.lean.why =
        "there are no thorax markers; put markers on C7, T8 and the sternum";
    take_up.remarks = {"Without thorax markers the pelvis's part cannot be divided."};
    plant_points_and_line(results, leg);
    leg.figure.low_back_deg = leg.figure.lean_deg = kNan;
    leg.figure.bones.pop_back();
  }
  for (RecordingResult& recording : results.recordings) {
    for (AngleCurves& curves : recording.curves) {
      curves.low_back_rad.setConstant(kNan);
      curves.lean_rad.setConstant(kNan);
    }
  }
  return results;
}

Results fixture_one_demand() {
  Results results = fixture_results();
  results.recordings.resize(1);
  results.recordings[0].name = "treadmill <fast> & \"steep\"";
  results.has_standing = false;
  results.provenance.inputs.resize(1);
  results.warnings = {"In \"treadmill\" 12 % of the frames were not solved."};
  for (LegResult& leg : results.legs) {
    leg.strides.resize(3);
    leg.by_demand.resize(1);
    leg.at_peak = leg.by_demand[0].at_peak;
    leg.gained = {};
    TakeUp none;
    none.has_thorax = true;
    none.n_demands = 1;
    none.thigh_spread_rad = 0.0;
    for (Share* share : {&none.hip, &none.low_back, &none.lean, &none.pelvis}) {
      share->why = "one demand shows no change; record at least three speeds, or a steady ramp";
      share->pooled_slope = kNan;
    }
    none.hip_stop.why = "one demand shows no change; record a ramp, or five speeds";
    leg.take_up = none;
  }
  results.legs[kLeft] = {};
  results.legs[kLeft].take_up.hip.why = "no stride was seen";
  return results;
}

TEST(ResultsFixture, PartsOfEveryStrideAddUpToItsThighAngle) {
  for (const LegResult& leg : fixture_results().legs) {
    ASSERT_EQ(leg.strides.size(), 12u);
    for (const StrideResult& stride : leg.strides) {
      const Budget& budget = stride.at_peak;
      EXPECT_NEAR(budget.hip.total_rad + budget.low_back.total_rad + budget.lean.total_rad,
                  budget.thigh_rad, 1e-12);
    }
  }
}

}  // namespace catena
