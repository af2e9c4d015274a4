#include "catena/validation/comparison_study.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "catena/math/curve_t.h"
#include "catena/math/simultaneous_band.h"
#include "catena/math/test_curves.h"

namespace catena {
namespace {

using test::smooth_curves;

constexpr int kSamples = 101;

/// A stream of its own for each cell, so that a table with more rows has the same numbers.
RandomStream stream_of(std::uint64_t seed, const char* purpose, double fwhm, int n) {
  const double part = std::isinf(fwhm) ? 9999.0 : fwhm;
  return RandomStream(seed).child(purpose, static_cast<std::uint64_t>(1000 * n + part));
}

bool finds(const tl::expected<CurveTest, Error>& test) { return test && !test->clusters.empty(); }

/// Strides whose departures are the last one's times r, and something new.
Eigen::MatrixXd fading(RandomStream& random, int n, double r) {
  Eigen::MatrixXd strides = smooth_curves(random, n, kSamples, 18);
  for (int i = 1; i < n; ++i) {
    strides.row(i) = r * strides.row(i - 1) + std::sqrt(1 - r * r) * strides.row(i);
  }
  return strides;
}

/// Strides with a slow drift beside what is new: a random walk whose last step is as far from its
/// first as single strides scatter.
Eigen::MatrixXd drifting(RandomStream& random, int n) {
  Eigen::MatrixXd strides = smooth_curves(random, n, kSamples, 18);
  Eigen::RowVectorXd drift = Eigen::RowVectorXd::Zero(kSamples);
  for (int i = 0; i < n; ++i) {
    strides.row(i) += drift;
    drift += smooth_curves(random, 1, kSamples, 18) / std::sqrt(static_cast<double>(n));
  }
  return strides;
}

std::string width_of(double fwhm) {
  return std::isinf(fwhm) ? "offset" : fmt::format("{:g}", fwhm);
}

}  // namespace

std::vector<NullRow> null_study(const std::vector<double>& fwhm_percent, const std::vector<int>& n,
                                int n_sets, std::uint64_t seed) {
  CurveTestOptions pooled;
  pooled.equal_variances = true;
  std::vector<NullRow> rows;
  for (const double fwhm : fwhm_percent) {
    for (const int count : n) {
      RandomStream random = stream_of(seed, "null", fwhm, count);
      NullRow row{fwhm, count, n_sets};
      const double part = 1.0 / n_sets;
      for (int k = 0; k < n_sets; ++k) {
        const Eigen::MatrixXd a = smooth_curves(random, count, kSamples, fwhm);
        const Eigen::MatrixXd b = smooth_curves(random, count, kSamples, fwhm);
        row.one_sample += finds(one_sample_t(a)) ? part : 0;
        row.two_samples += finds(two_sample_t(a, b, pooled)) ? part : 0;
        row.welch += finds(two_sample_t(a, b)) ? part : 0;
      }
      rows.push_back(row);
    }
  }
  return rows;
}

std::vector<FollowingRow> following_study(int n_sets, std::uint64_t seed) {
  std::vector<FollowingRow> rows;
  const auto add = [&](const std::string& kind, int n, auto make) {
    RandomStream random = stream_of(seed, kind.c_str(), 0, n);
    FollowingRow row{kind, n};
    for (int k = 0; k < n_sets; ++k) {
      const Eigen::MatrixXd a = make(random, n);
      const Eigen::MatrixXd b = make(random, n);
      CurveTestOptions counted;
      counted.effective_n = {effective_count(a), effective_count(b)};
      row.as_independent += finds(two_sample_t(a, b)) ? 1.0 / n_sets : 0;
      row.as_counted += finds(two_sample_t(a, b, counted)) ? 1.0 / n_sets : 0;
    }
    rows.push_back(row);
  };
  for (const int n : {20, 40, 80}) {
    for (const double r : {0.0, 0.3, 0.6}) {
      add(fmt::format("r = {:.1f}", r), n,
          [r](RandomStream& random, int count) { return fading(random, count, r); });
    }
    add("drift", n, drifting);
  }
  return rows;
}

std::vector<BandRow> band_study(const std::vector<double>& fwhm_percent, const std::vector<int>& n,
                                int n_bands, std::uint64_t seed) {
  constexpr int kNew = 50;
  std::vector<BandRow> rows;
  for (const double fwhm : fwhm_percent) {
    for (const int count : n) {
      RandomStream random = stream_of(seed, "band", fwhm, count);
      BandRow row{fwhm, count};
      BandOptions options;
      options.n_samples = 400;
      const bool has_bootstrap = count >= 6;
      if (!has_bootstrap) {
        row.bootstrap = row.bootstrap_width = std::numeric_limits<double>::quiet_NaN();
      }
      for (int k = 0; k < n_bands; ++k) {
        const Eigen::MatrixXd curves = smooth_curves(random, count, kSamples, fwhm);
        const Eigen::MatrixXd fresh = smooth_curves(random, kNew, kSamples, fwhm);
        options.seed = static_cast<std::uint64_t>(k);
        options.fewest_for_bootstrap = count + 1;
        const SimultaneousBand field = *prediction_band(curves, options);
        options.fewest_for_bootstrap = 6;
        const SimultaneousBand sampled = *prediction_band(curves, options);
        row.t_field_width += field.multiplier / n_bands;
        if (has_bootstrap) row.bootstrap_width += sampled.multiplier / n_bands;
        for (int j = 0; j < kNew; ++j) {
          const double distance = farthest_in_sd(fresh.row(j).transpose(), field);
          const double part = 1.0 / kNew / n_bands;
          row.t_field += distance <= field.multiplier ? part : 0;
          if (has_bootstrap) row.bootstrap += distance <= sampled.multiplier ? part : 0;
          row.pointwise += distance <= 1.96 ? part : 0;
        }
      }
      rows.push_back(row);
    }
  }
  return rows;
}

std::string to_markdown(const std::vector<NullRow>& rows) {
  std::string text =
      "| FWHM, % of the curve | curves | sets | one sample, % | two samples, % | Welch, % |\n"
      "|---|---|---|---|---|---|\n";
  for (const NullRow& row : rows) {
    text += fmt::format("| {} | {} | {} | {:.1f} | {:.1f} | {:.1f} |\n", width_of(row.fwhm_percent),
                        row.n, row.n_sets, 100 * row.one_sample, 100 * row.two_samples,
                        100 * row.welch);
  }
  return text;
}

std::string to_markdown(const std::vector<FollowingRow>& rows) {
  std::string text =
      "| strides resemble the last | strides | taken for independent, % | as Catena counts, % |\n"
      "|---|---|---|---|\n";
  for (const FollowingRow& row : rows) {
    text += fmt::format("| {} | {} | {:.1f} | {:.1f} |\n", row.kind, row.n,
                        100 * row.as_independent, 100 * row.as_counted);
  }
  return text;
}

std::string to_markdown(const std::vector<BandRow>& rows) {
  std::string text =
      "| FWHM, % | runners | t field: inside, % | half width, SD | bootstrap: inside, % | half "
      "width, SD | +-1.96 SD: inside, % |\n|---|---|---|---|---|---|---|\n";
  const auto part = [](double x) { return std::isnan(x) ? "-" : fmt::format("{:.0f}", 100 * x); };
  const auto width = [](double x) { return std::isnan(x) ? "-" : fmt::format("{:.1f}", x); };
  for (const BandRow& row : rows) {
    text += fmt::format("| {} | {} | {} | {} | {} | {} | {} |\n", width_of(row.fwhm_percent), row.n,
                        part(row.t_field), width(row.t_field_width), part(row.bootstrap),
                        width(row.bootstrap_width), part(row.pointwise));
  }
  return text;
}

}  // namespace catena
