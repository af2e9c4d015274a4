#include "catena/gait/stride_outliers.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "catena/math/student_t.h"

namespace catena {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr int kFewestStrides = 8;

struct MeanAndSd {
  double mean = 0.0, sd = 0.0;
};

MeanAndSd mean_and_sd(const Eigen::Ref<const Eigen::VectorXd>& values,
                      const std::vector<int>& chosen) {
  const auto n = static_cast<double>(chosen.size());
  double sum = 0.0;
  for (const int i : chosen) sum += values[i];
  const double mean = sum / n;
  double squares = 0.0;
  for (const int i : chosen) squares += (values[i] - mean) * (values[i] - mean);
  return {mean, std::sqrt(squares / (n - 1))};
}

}  // namespace

double OutlierRule::critical_value(int n) {
  const auto place = static_cast<std::size_t>(n);
  if (critical_values_.size() <= place) critical_values_.resize(place + 1, kNan);
  double& value = critical_values_[place];
  if (std::isnan(value)) {
    // The steps after the first are further chances to call one; together they take up to a third
    // more (n = 30 and 45), so each is given half the rate. Two sides.
    const double dof = n - 2;
    const double t = student_t_exceeded(0.5 * rate_ / (2 * n), dof);
    value = (n - 1) * t / std::sqrt((dof + t * t) * n);
  }
  return value;
}

std::vector<OutlierRule::Outlier> OutlierRule::find(
    const Eigen::Ref<const Eigen::VectorXd>& values) {
  std::vector<int> left;
  for (Eigen::Index i = 0; i < values.size(); ++i) {
    if (!std::isnan(values[i])) left.push_back(static_cast<int>(i));
  }
  const int n_known = static_cast<int>(left.size());
  if (n_known < kFewestStrides) return {};

  // Takes away the farthest one by one; those up to the last that was too far stand out.
  std::vector<int> removed;
  std::size_t n_outliers = 0;
  for (int step = 0; step < n_known / 4; ++step) {
    const auto [mean, sd] = mean_and_sd(values, left);
    const double center = mean;
    const auto farthest = std::max_element(left.begin(), left.end(), [&](int a, int b) {
      return std::abs(values[a] - center) < std::abs(values[b] - center);
    });
    const double deviation = std::abs(values[*farthest] - center);
    const bool beyond = deviation > critical_value(static_cast<int>(left.size())) * sd;
    removed.push_back(*farthest);
    left.erase(farthest);
    if (beyond) n_outliers = removed.size();
  }
  left.insert(left.end(), removed.begin() + static_cast<std::ptrdiff_t>(n_outliers), removed.end());
  removed.resize(n_outliers);
  if (removed.empty()) return {};

  const auto [mean, sd] = mean_and_sd(values, left);
  std::vector<Outlier> outliers;
  for (const int i : removed) outliers.push_back({i, values[i] - mean, (values[i] - mean) / sd});
  return outliers;
}

Eigen::MatrixXd means_of_parts(const Eigen::MatrixXd& curves) {
  const Eigen::Index length = (curves.cols() - 1) / kStrideParts;
  Eigen::MatrixXd means(curves.rows(), kStrideParts);
  for (Eigen::Index part = 0; part < kStrideParts; ++part) {
    const Eigen::Index last = part + 1 == kStrideParts ? 1 : 0;
    means.col(part) = curves.middleCols(part * length, length + last).rowwise().mean();
  }
  return means;
}

}  // namespace catena
