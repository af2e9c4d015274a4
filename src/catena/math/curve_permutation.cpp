// Exchanges of signs and groups. Declared in curve_t.h.
#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>

#include "catena/math/curve_t.h"
#include "catena/math/random_stream.h"

namespace catena {
namespace {

using Eigen::Index;
using Curves = Eigen::Ref<const Eigen::MatrixXd>;

Result<void> check(const Curves& curves) {
  if (curves.rows() < 3 || curves.cols() < 1) {
    return fail(Errc::kMissingData, "fewer than three curves cannot be compared");
  }
  if (!curves.allFinite()) return fail(Errc::kBadFormat, "a curve has lost values");
  return {};
}

/// The largest t, or |t|; `scatter` is what remains of the sums of squares.
double largest(const Eigen::RowVectorXd& difference, const Eigen::RowVectorXd& error_variance,
               bool two_sided) {
  double most = two_sided ? 0.0 : -std::numeric_limits<double>::infinity();
  for (Index i = 0; i < difference.size(); ++i) {
    const double d = two_sided ? std::abs(difference[i]) : difference[i];
    if (d == 0.0) {
      most = std::max(most, 0.0);
    } else if (error_variance[i] > 0) {
      most = std::max(most, d / std::sqrt(error_variance[i]));
    } else {
      most = std::max(most, std::copysign(std::numeric_limits<double>::infinity(), d));
    }
  }
  return most;
}

CurvePermutation result_of(double measured, std::vector<double>& others, bool is_exact,
                           double alpha) {
  CurvePermutation result;
  result.is_exact = is_exact;
  // Among all exchanges the measured one is one of them; among random ones it is counted in.
  if (!is_exact) others.push_back(measured);
  result.n_exchanges = static_cast<int>(others.size());
  std::ranges::sort(others);
  // Equal ones count, though rounding may have set them apart.
  const double reached = measured * (1 - 1e-9);
  const auto at_least = others.end() - std::ranges::lower_bound(others, reached);
  result.p = static_cast<double>(at_least) / static_cast<double>(others.size());
  const auto may_exceed = static_cast<std::size_t>(alpha * static_cast<double>(others.size()));
  result.threshold = others[others.size() - 1 - std::min(may_exceed, others.size() - 1)];
  return result;
}

}  // namespace

Result<CurvePermutation> permute_one_sample(const Curves& curves,
                                            const PermutationOptions& options) {
  CATENA_CHECK(check(curves));
  const Index n = curves.rows();
  const auto count = static_cast<double>(n);
  const Eigen::RowVectorXd squares = curves.colwise().squaredNorm();
  const auto statistic = [&](const Eigen::VectorXd& signs) {
    const Eigen::RowVectorXd mean = signs.transpose() * curves / count;
    const Eigen::RowVectorXd variance =
        ((squares - count * mean.cwiseAbs2()) / (count - 1)).cwiseMax(0.0);
    return largest(mean, variance / count, options.two_sided);
  };
  const bool is_exact = n < 31 && (1LL << n) <= options.most_exchanges;
  std::vector<double> others;
  Eigen::VectorXd signs = Eigen::VectorXd::Ones(n);
  const double measured = statistic(signs);
  RandomStream random(options.seed);
  const long long exchanges = is_exact ? 1LL << n : options.most_exchanges;
  for (long long k = 0; k < exchanges; ++k) {
    for (Index i = 0; i < n; ++i) {
      signs[i] = (is_exact ? (k >> i & 1) == 1 : random.uniform() < 0.5) ? -1.0 : 1.0;
    }
    others.push_back(statistic(signs));
  }
  return result_of(measured, others, is_exact, options.alpha);
}

Result<CurvePermutation> permute_two_sample(const Curves& a, const Curves& b,
                                            const PermutationOptions& options) {
  CATENA_CHECK(check(a));
  CATENA_CHECK(check(b));
  if (a.cols() != b.cols()) return fail(Errc::kMismatch, "the curves are not of one length");
  const Index n_a = a.rows();
  const Index n = n_a + b.rows();
  Eigen::MatrixXd all(n, a.cols());
  all << a, b;
  const auto count_a = static_cast<double>(n_a);
  const auto count_b = static_cast<double>(n - n_a);
  const Eigen::RowVectorXd squares = all.colwise().squaredNorm();
  const Eigen::RowVectorXd sum = all.colwise().sum();
  const auto statistic = [&](const Eigen::VectorXd& in_a) {
    const Eigen::RowVectorXd sum_a = in_a.transpose() * all;
    const Eigen::RowVectorXd mean_a = sum_a / count_a;
    const Eigen::RowVectorXd mean_b = (sum - sum_a) / count_b;
    const Eigen::RowVectorXd scatter =
        squares - count_a * mean_a.cwiseAbs2() - count_b * mean_b.cwiseAbs2();
    const Eigen::RowVectorXd error =
        scatter.cwiseMax(0.0) / static_cast<double>(n - 2) * (1 / count_a + 1 / count_b);
    return largest(mean_a - mean_b, error, options.two_sided);
  };
  double n_ways = 1.0;
  for (Index i = 0; i < n_a; ++i) {
    n_ways *= static_cast<double>(n - i) / static_cast<double>(i + 1);
  }
  const bool is_exact = std::round(n_ways) <= options.most_exchanges;
  Eigen::VectorXd in_a = Eigen::VectorXd::Zero(n);
  in_a.head(n_a).setOnes();
  const double measured = statistic(in_a);
  std::vector<double> others;
  if (is_exact) {
    do {
      others.push_back(statistic(in_a));
    } while (std::prev_permutation(in_a.begin(), in_a.end()));
    return result_of(measured, others, is_exact, options.alpha);
  }
  RandomStream random(options.seed);
  for (int k = 0; k < options.most_exchanges; ++k) {
    for (Index i = 0; i < n_a; ++i) {
      std::swap(in_a[i], in_a[i + random.index(static_cast<int>(n - i))]);
    }
    others.push_back(statistic(in_a));
  }
  return result_of(measured, others, is_exact, options.alpha);
}

}  // namespace catena
