// Small statistics that several layers need.
#pragma once

#include <Eigen/Core>
#include <span>
#include <vector>

namespace catena {

/// The value below which a part p of the sample lies, straight lines between neighbours (the
/// seventh of Hyndman & Fan 1996, Am Stat 50:361). NaN when there is none.
///
/// values     any order; NaN is passed over
/// p          0 to 1
double quantile(std::span<const double> values, double p);

/// The middle one, of an even number the upper of the two; NaN when there is none. Reorders.
///
/// values     none is NaN
double median(std::vector<double>& values);

/// The same of those that are not NaN.
double median_of_known(const Eigen::VectorXd& values);

/// Several quantiles of one sample, sorted once.
std::vector<double> quantiles(std::span<const double> values, std::span<const double> p);

}  // namespace catena
