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
};

/// The draws of the run on the rules' own odds, before any examination.
Pattern pattern_of_run(const RunFindings& run, const PatternAssumptions& assumptions);

/// The same once it is known where a hip ends.
Pattern with_hip_end(Pattern pattern, Side side, const HipEnd& end,
                     const PatternAssumptions& assumptions);

/// Probability that freeing either hip, or this one, would show; recalibrated. NaN when that leg,
/// or both, are not known.
double pattern_probability(const Pattern& pattern, const PatternAssumptions& assumptions,
                           std::optional<Side> side = std::nullopt);

/// Of the draws in which the hip stops: by how much the low back would extend less, with 90 %.
Estimate relief_of(const Pattern& pattern, Side side);

/// What a measurement of a hip's end would tell, before it is made.
struct Expected {
  double bits = 0.0;                  // mutual information with the pattern
  double if_early_probability = 0.0;  // were the hip found to end at the lower quarter of what
                                      // is to be expected; the upper quarter
  double if_late_probability = 0.0;
};
///
/// end        its extension is not used
Expected expect_hip_end(const Pattern& pattern, Side side, const HipEnd& end,
                        const PatternAssumptions& assumptions);

/// What a yes or no would tell that comes with these probabilities.
Expected expect_yes_or_no(double probability, double yes_if_present, double yes_if_absent);

double log_odds(double probability);

}  // namespace catena
