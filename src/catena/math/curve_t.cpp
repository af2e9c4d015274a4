#include "catena/math/curve_t.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

namespace catena {
namespace {

using Eigen::Index;
using Curves = Eigen::Ref<const Eigen::MatrixXd>;

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// One group of curves.
struct Group {
  Eigen::RowVectorXd mean;
  Eigen::RowVectorXd variance;  // of one curve
  Eigen::MatrixXd residuals;
  double n = 0.0;  // independent curves
};

Result<Group> group_of(const Curves& curves, double effective_n) {
  const auto n = static_cast<double>(curves.rows());
  const double counted = effective_n > 0 ? std::min(effective_n, n) : n;
  if (curves.rows() < 3 || counted < 3) {
    return fail(Errc::kMissingData,
                fmt::format("{} curves, worth {:.1f} independent ones, are too few to compare",
                            curves.rows(), counted),
                "", "record at least three, better twenty strides");
  }
  if (curves.cols() < 2) return fail(Errc::kMissingData, "the curves have no length");
  if (!curves.allFinite()) return fail(Errc::kBadFormat, "a curve has lost values");
  Group group;
  group.n = counted;
  group.mean = curves.colwise().mean();
  group.residuals = curves.rowwise() - group.mean;
  // Curves that resemble their neighbours scatter too little about their own mean: the sum of
  // squares is worth n - n / n_effective of them.
  group.variance = group.residuals.colwise().squaredNorm() / (n - n / counted);
  return group;
}

/// Where t is above the threshold; `sign` -1 looks below its negative.
void add_clusters(const Eigen::VectorXd& t, double sign, const CurveTestOptions& options,
                  CurveTest& test) {
  const double threshold = test.threshold;
  const auto height = [&](Index i) { return sign * t[i]; };
  const Index n = t.size();
  for (Index first = 0; first < n; ++first) {
    if (height(first) <= threshold) continue;
    Index last = first;
    Index peak = first;
    while (last + 1 < n && height(last + 1) > threshold) {
      ++last;
      if (height(last) > height(peak)) peak = last;
    }
    CurveCluster cluster;
    cluster.from = static_cast<double>(first);
    cluster.to = static_cast<double>(last);
    // An infinite t has crossed at its own sample.
    if (first > 0 && std::isfinite(height(first))) {
      cluster.from -= (height(first) - threshold) / (height(first) - height(first - 1));
    }
    if (last + 1 < n && std::isfinite(height(last))) {
      cluster.to += (height(last) - threshold) / (height(last) - height(last + 1));
    }
    cluster.peak = static_cast<int>(peak);
    cluster.peak_t = t[peak];
    const double extent =
        std::isinf(test.fwhm_samples) ? 0.0 : (cluster.to - cluster.from) / test.fwhm_samples;
    const double p = probability_of_cluster(extent, threshold, test.dof, test.resels);
    cluster.p = std::min(options.alpha, options.two_sided ? 2 * p : p);
    test.clusters.push_back(cluster);
    first = last;
  }
}

CurveTest finish(Eigen::VectorXd difference, const Eigen::VectorXd& error_variance, double dof,
                 const Curves& residuals, const CurveTestOptions& options) {
  CurveTest test;
  test.dof = dof;
  test.t = difference;
  for (Index i = 0; i < difference.size(); ++i) {
    if (error_variance[i] > 0) {
      test.t[i] /= std::sqrt(error_variance[i]);
    } else if (difference[i] != 0) {
      test.t[i] = std::copysign(kInfinity, difference[i]);
    }
  }
  test.difference = std::move(difference);
  test.resels = resel_count(residuals, options.smoothness);
  test.fwhm_samples =
      test.resels > 0 ? static_cast<double>(residuals.cols() - 1) / test.resels : kInfinity;
  const double tails = options.two_sided ? 2.0 : 1.0;
  test.threshold = peak_threshold(options.alpha / tails, dof, test.resels);
  const double highest =
      options.two_sided ? test.t.cwiseAbs().maxCoeff() : std::max(0.0, test.t.maxCoeff());
  test.p = std::min(1.0, tails * probability_of_peak(highest, dof, test.resels));
  add_clusters(test.t, 1.0, options, test);
  if (options.two_sided) add_clusters(test.t, -1.0, options, test);
  std::ranges::sort(test.clusters, {}, &CurveCluster::from);
  return test;
}

}  // namespace

Result<CurveTest> one_sample_t(const Curves& curves, const CurveTestOptions& options) {
  assert(options.alpha > 0 && options.alpha < 0.5);
  CATENA_TRY(group, group_of(curves, options.effective_n[0]));
  return finish(group.mean.transpose(), group.variance.transpose() / group.n, group.n - 1,
                group.residuals, options);
}

Result<CurveTest> paired_t(const Curves& a, const Curves& b, const CurveTestOptions& options) {
  if (a.rows() != b.rows() || a.cols() != b.cols()) {
    return fail(Errc::kMismatch,
                fmt::format("{} curves cannot be paired with {}", a.rows(), b.rows()));
  }
  return one_sample_t(a - b, options);
}

Result<CurveTest> two_sample_t(const Curves& a, const Curves& b, const CurveTestOptions& options) {
  assert(options.alpha > 0 && options.alpha < 0.5);
  if (a.cols() != b.cols()) {
    return fail(Errc::kMismatch, fmt::format("curves of {} samples cannot be compared with such "
                                             "of {}",
                                             a.cols(), b.cols()));
  }
  CATENA_TRY(one, group_of(a, options.effective_n[0]));
  CATENA_TRY(two, group_of(b, options.effective_n[1]));
  Eigen::MatrixXd residuals(a.rows() + b.rows(), a.cols());
  Eigen::VectorXd error;
  double dof = one.n + two.n - 2;
  if (options.equal_variances) {
    residuals << one.residuals, two.residuals;
    error = ((one.n - 1) * one.variance + (two.n - 1) * two.variance).transpose() / dof *
            (1 / one.n + 1 / two.n);
  } else {
    // So that their squares add up to the difference's error variance.
    residuals << one.residuals / std::sqrt(one.n * (one.n - 1)),
        two.residuals / std::sqrt(two.n * (two.n - 1));
    const Eigen::RowVectorXd error_one = one.variance / one.n;
    const Eigen::RowVectorXd error_two = two.variance / two.n;
    error = (error_one + error_two).transpose();
    const double v1 = error_one.mean();
    const double v2 = error_two.mean();
    if (v1 + v2 > 0) {
      dof = (v1 + v2) * (v1 + v2) / (v1 * v1 / (one.n - 1) + v2 * v2 / (two.n - 1));
    }
  }
  return finish((one.mean - two.mean).transpose(), error, dof, residuals, options);
}

double effective_count(const Curves& curves) {
  const auto n = static_cast<double>(curves.rows());
  if (curves.rows() < 6) return n;
  const Eigen::MatrixXd residuals = curves.rowwise() - curves.colwise().mean();
  const double scatter = residuals.squaredNorm();
  if (!(scatter > 0)) return n;
  const Index pairs = curves.rows() - 1;
  const double measured =
      residuals.topRows(pairs).cwiseProduct(residuals.bottomRows(pairs)).sum() / scatter;
  // Expected of the measured: r - (1 + 4 r) / n.
  const double r = std::clamp((n * measured + 1) / (n - 4), 0.0, 0.95);
  return n * (1 - r) / (1 + r);
}

}  // namespace catena
