// Whether curves differ, sample by sample, with one answer for the whole curve.
#pragma once

#include <Eigen/Core>
#include <array>
#include <cstdint>
#include <vector>

#include "catena/core/error.h"
#include "catena/math/random_field.h"

namespace catena {

/// A stretch in which t stays beyond the threshold.
struct CurveCluster {
  double from = 0.0, to = 0.0;  // where t crosses the threshold, in samples from the first
  int peak = 0;                 // the sample farthest beyond it
  double peak_t = 0.0;
  double p = 1.0;  // of an excursion this wide in random curves; at most alpha
};

struct CurveTest {
  Eigen::VectorXd difference;  // of the means, or the mean from zero
  Eigen::VectorXd t;           // 0 where nothing differs and nothing scatters
  double dof = 0.0;
  double resels = 0.0;        // length of the curves in full widths at half maximum
  double fwhm_samples = 0.0;  // infinity: the curves scatter by an offset only
  double threshold = 0.0;     // |t| that random curves exceed anywhere with probability alpha
  double p = 1.0;             // of a |t| as large as the largest
  std::vector<CurveCluster> clusters;
};

struct CurveTestOptions {
  double alpha = 0.05;
  bool two_sided = true;  // false: looks for positive differences only
  SmoothnessEstimate smoothness = SmoothnessEstimate::kNormalisedResiduals;
  // How many independent curves each sample is worth (see effective_count); 0: as many as it has.
  std::array<double, 2> effective_n = {0.0, 0.0};
  bool equal_variances = false;  // of two samples; true: pooled, as in the textbook
};

/// Whether curves are zero on average: statistical parametric mapping in one dimension.
///
/// curves     (n >= 3, n_samples >= 2)
/// errors     kMissingData: fewer than three curves, or effectively so; kBadFormat: a value is lost
/// source     Friston et al. 1995, Hum Brain Mapp 2:189; Pataky 2010, J Biomech 43:1976; Pataky et
///            al. 2013, J Biomech 46:2394
Result<CurveTest> one_sample_t(const Eigen::Ref<const Eigen::MatrixXd>& curves,
                               const CurveTestOptions& options = {});

/// Whether a - b is zero on average; row i of a belongs to row i of b. Only effective_n[0] is used.
///
/// errors     kMismatch: not as many; those of one_sample_t
Result<CurveTest> paired_t(const Eigen::Ref<const Eigen::MatrixXd>& a,
                           const Eigen::Ref<const Eigen::MatrixXd>& b,
                           const CurveTestOptions& options = {});

/// Whether the means of a and b are the same. Without equal variances t is Welch's, with one number
/// of degrees of freedom for the whole curve from the variances' means along it.
///
/// errors     kMismatch: other lengths; those of one_sample_t
Result<CurveTest> two_sample_t(const Eigen::Ref<const Eigen::MatrixXd>& a,
                               const Eigen::Ref<const Eigen::MatrixXd>& b,
                               const CurveTestOptions& options = {});

/// How many independent curves a row of curves in order of time is worth: n (1 - r) / (1 + r), r
/// their correlation with the next one, not below 0; corrected for its bias in short rows. Holds
/// for what fades from curve to curve like a power; a slow drift is worth less than this says.
///
/// source     Bartlett 1946, Suppl J R Stat Soc 8:27; bias: Marriott & Pope 1954, Biometrika 41:390
double effective_count(const Eigen::Ref<const Eigen::MatrixXd>& curves);

/// What exchanging signs or groups says, which needs no theory of smoothness.
struct CurvePermutation {
  double threshold = 0.0;  // |t| that at most alpha of the exchanges exceed anywhere
  double p = 1.0;          // part of exchanges whose largest |t| is at least the measured one
  int n_exchanges = 0;
  bool is_exact = false;  // every possible one was made
};

struct PermutationOptions {
  double alpha = 0.05;
  bool two_sided = true;
  int most_exchanges = 10000;  // all of them when there are no more; else so many at random
  std::uint64_t seed = 1;
};

/// One sample, or paired differences: signs of whole curves are exchanged.
///
/// source     Nichols & Holmes 2002, Hum Brain Mapp 15:1 (largest statistic)
Result<CurvePermutation> permute_one_sample(const Eigen::Ref<const Eigen::MatrixXd>& curves,
                                            const PermutationOptions& options = {});

/// Two samples: curves are exchanged between the groups; t with pooled variance.
Result<CurvePermutation> permute_two_sample(const Eigen::Ref<const Eigen::MatrixXd>& a,
                                            const Eigen::Ref<const Eigen::MatrixXd>& b,
                                            const PermutationOptions& options = {});

}  // namespace catena
