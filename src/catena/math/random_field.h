// How high smooth random curves rise: what a t curve of n random curves is likely to reach
// somewhere, and how wide it stays above a height.
#pragma once

#include <Eigen/Core>

namespace catena {

enum class SmoothnessEstimate {
  // Length of the path of the residuals scaled to unit length, sample by sample. Without bias for
  // the t curve whatever the number of curves (Worsley et al. 1999, Hum Brain Mapp 8:98).
  kNormalisedResiduals,
  // Mean slope of the residuals over their size, the last sample's slope taken for zero: what SPM8
  // and spm1d print. Kept to compare with them; its resels are about 1 + 1/(2 dof) times too many.
  kResidualSlopes,
};

/// Number of resolution elements (resels) along curves: their length divided by the full width at
/// half maximum (FWHM) of the Gaussian kernel that would make white noise as smooth as they are.
///
/// residuals  (n_curves, n_samples) with each group's mean taken away. A sample at which all of
///            them are zero adds nothing
/// source     Kiebel et al. 1999, NeuroImage 10:756; Worsley et al. 1999, Hum Brain Mapp 8:98
double resel_count(const Eigen::Ref<const Eigen::MatrixXd>& residuals,
                   SmoothnessEstimate estimate = SmoothnessEstimate::kNormalisedResiduals);

/// Probability that a random t curve is above `t` anywhere. Good for t above about 2; below, it is
/// too large, as two excursions count twice.
///
/// dof        infinity: a Gaussian curve
/// resels     0: the curve is one number, and this is Student's distribution
/// source     expected Euler characteristic: Adler & Hasofer 1976; Worsley et al. 1996, Hum Brain
///            Mapp 4:58, table II; Friston et al. 1994, Hum Brain Mapp 1:210
double probability_of_peak(double t, double dof, double resels);

/// The height that a random t curve exceeds anywhere with probability alpha.
double peak_threshold(double alpha, double dof, double resels);

/// Probability that a random t curve has an excursion above `t` that is `extent_resels` wide or
/// wider.
///
/// source     Friston et al. 1994, Hum Brain Mapp 1:210, equations 11 and 14, one dimension; the
///            width of an excursion is then distributed as of a parabola
double probability_of_cluster(double extent_resels, double t, double dof, double resels);

}  // namespace catena
