// A band that a whole new curve stays in with a stated probability, not each of its points alone.
#pragma once

#include <Eigen/Core>
#include <cstdint>

#include "catena/core/error.h"

namespace catena {

enum class BandMethod {
  // Samples of the sample: how far curves leave the band that others make (Lenhoff et al. 1999,
  // Gait
  // Posture 9:10; Duhamel et al. 2004, Gait Posture 20:204), with Efron's 0.632 for few curves.
  kBootstrap,
  // The difference of a new curve from the mean is a random t curve: its threshold. Rests on normal
  // scatter, and holds for few curves, at the price of their width.
  kTField,
};

/// mean +- multiplier * sd holds a whole new curve with probability `level`.
struct SimultaneousBand {
  Eigen::VectorXd mean;
  Eigen::VectorXd sd;  // between curves, n - 1
  double multiplier = 0.0;
  BandMethod method = BandMethod::kBootstrap;
  int n = 0;
};

struct BandOptions {
  double level = 0.90;
  // Below it the t field: the bootstrap is then wider than it says (docs/methods/comparing.md).
  int fewest_for_bootstrap = 20;
  int n_samples = 2000;
  std::uint64_t seed = 1;
};

/// curves     (n >= 3, n_samples), one for each runner
/// errors     kMissingData: fewer than three; kBadFormat: a value is lost
/// depends    the same curves in the same order and the same seed give the same bits
Result<SimultaneousBand> prediction_band(const Eigen::Ref<const Eigen::MatrixXd>& curves,
                                         const BandOptions& options = {});

/// How far a curve leaves the middle, at its farthest point, in SD: inside if not above the
/// multiplier. A point where no curve of the sample scatters counts only if the curve leaves it.
double farthest_in_sd(const Eigen::Ref<const Eigen::VectorXd>& curve, const SimultaneousBand& band);

/// How many of the curves lie wholly in the band that the others make (each by a tenth of the
/// bootstrap's samples).
///
/// returns    -1 where the others are fewer than three
int n_inside_when_left_out(const Eigen::Ref<const Eigen::MatrixXd>& curves,
                           const BandOptions& options = {});

}  // namespace catena
