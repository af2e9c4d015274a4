// How probable the mechanical pattern is: were the hips free, peak low back extension would fall by
// at least its smallest detectable change. From the draws of the take-up, weighed by what the
// examination says of each hip's end.
#pragma once

#include <Eigen/Core>
#include <array>
#include <optional>
#include <vector>

#include "catena/core/side.h"
#include "catena/findings/rules.h"
#include "catena/findings/run_findings.h"

namespace catena {

/// How far a hip extends by the exam, on the run's zero, with everything that is not known of it.
struct HipEnd {
  double extension_rad = 0.0;
  double sd_rad = 0.0;
  double speaks = 1.0;  // probability that it says anything of the running hip
};

/// Weighted draws of both legs that belong together.
struct Pattern {
  std::array<bool, 2> known = {false, false};  // legs that could be fitted
  Eigen::VectorXd weight;                      // (n_draws), sums to one; empty: no run
  // (n_draws, 2) right, left: by how much the low back would extend less with that hip free.
  Eigen::MatrixXd relief_rad;
  // (n_draws, 2) where the hip stops, NaN where it does not; how far it goes in the run.
  Eigen::MatrixXd stop_rad, use_rad;
  // (n_draws) the low back's part of the pelvis's where no thorax was seen; else empty.
  Eigen::VectorXd low_back_part;
};

/// The draws of the run on the rules' own odds, before any examination.
Pattern pattern_of_run(const RunFindings& run, const PatternAssumptions& assumptions);

/// Draws of runners of whom nothing is recorded: each hip stops with the rules' odds, by itself,
/// and where it does the relief is half-normal, so that it shows in as many as the rules take it
/// to.
Pattern pattern_before_run(const PatternAssumptions& assumptions);

/// The same once it is known where a hip ends.
Pattern with_hip_end(Pattern pattern, Side side, const HipEnd& end,
                     const PatternAssumptions& assumptions);

/// Probability that freeing either hip, or this one, would show; recalibrated. NaN when that leg,
/// or both, are not known.
double pattern_probability(const Pattern& pattern, const PatternAssumptions& assumptions,
                           std::optional<Side> side = std::nullopt);

/// Of the draws in which the hip stops: by how much the low back would extend less, with 90 %.
Estimate relief_of(const Pattern& pattern, Side side);

/// How likely a hip is to be read to end here. One that stops ends at its stop; of one that does
/// not, no more is known than that it goes on beyond its use, by a half-normal amount.
///
/// stop_rad   NaN: this draw has none
/// end        its extension is not used
double end_likelihood(double read_rad, double stop_rad, double use_rad, const HipEnd& end,
                      const PatternAssumptions& assumptions);

/// Whether freeing either hip, or this one, would show in this draw.
bool is_present(const Pattern& pattern, Eigen::Index draw, const PatternAssumptions& assumptions,
                std::optional<Side> side = std::nullopt);

/// The probability that is stated when this part of the draws has the pattern.
double recalibrated(double raw, const PatternAssumptions& assumptions);

double log_odds(double probability);

}  // namespace catena
