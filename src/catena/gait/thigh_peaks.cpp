#include "catena/gait/thigh_peaks.h"

#include <Eigen/LU>
#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

#include "catena/math/butterworth.h"

namespace catena {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

// A half of what the filter may move a top by.
constexpr double kSharpTopS = 0.002;

// A top of the curve, frames [first, last] of equal height, and how far it falls on either side
// before it rises again (or the known part ends).
struct Top {
  Eigen::Index first = 0;
  Eigen::Index last = 0;
  double height_rad = -kInfinity;
  double rise_rad = 0.0;
  double fall_rad = 0.0;
};

// Goes along known samples [begin, end) and notes every top that rises or falls by the prominence:
// a top is settled once the curve has fallen that far below it, a valley once it has risen that far
// above, so tops and valleys take turns and ripples on the way make neither.
std::vector<Top> find_tops(const Eigen::VectorXd& curve, Eigen::Index begin, Eigen::Index end,
                           double prominence_rad) {
  std::vector<Top> tops;
  Top top;
  double valley = kInfinity;  // lowest since the last settled top
  for (Eigen::Index k = begin; k < end; ++k) {
    const double height = curve(k);
    if (height > top.height_rad) {
      top = {k, k, height, valley < height ? height - valley : 0.0, 0.0};
    } else if (height == top.height_rad && top.last == k - 1) {
      top.last = k;
    }
    top.fall_rad = std::max(top.fall_rad, top.height_rad - height);

    if (top.fall_rad >= prominence_rad) {
      // Settled. From here on, look for the valley and climb out of it.
      tops.push_back(top);
      valley = height;
      while (k + 1 < end && curve(k + 1) < valley + prominence_rad) {
        ++k;
        valley = std::min(valley, curve(k));
      }
      top = Top();
    } else {
      valley = std::min(valley, height);
    }
  }
  if (top.height_rad > -kInfinity) tops.push_back(top);
  return tops;
}

// Instant of a top of the filtered curve, in frames.
double top_of_filtered(const Top& top, const Eigen::VectorXd& filtered) {
  if (top.first < top.last) return 0.5 * static_cast<double>(top.first + top.last);
  const double before = filtered(top.first - 1);
  const double after = filtered(top.first + 1);
  return static_cast<double>(top.first) +
         0.5 * (after - before) / (2.0 * top.height_rad - before - after);
}

// The same on the curve as measured: the top of the cubic through all samples within
// `reach_frames` of the filtered top, by least squares. The filter moves a top that rises faster
// than it falls by up to 4 ms at a sprint; this takes that back. In noise the filtered instant is
// the better one: the cubic counts only when its own standard error, from its residuals, is small.
double top_of_measured(double top_frames, const Eigen::VectorXd& measured, double reach_frames,
                       double largest_error_frames) {
  const auto middle = static_cast<Eigen::Index>(std::lround(top_frames));
  const auto reach = static_cast<Eigen::Index>(reach_frames);
  const Eigen::Index n = 2 * reach + 1;
  if (n < 7 || middle < reach || middle + reach >= measured.size()) return top_frames;

  // y = a + b x + c x^2 + d x^3, x in frames from the middle.
  Eigen::MatrixX4d powers(n, 4);
  powers.col(0).setOnes();
  powers.col(1).setLinSpaced(n, static_cast<double>(-reach), static_cast<double>(reach));
  powers.col(2) = powers.col(1).cwiseProduct(powers.col(1));
  powers.col(3) = powers.col(2).cwiseProduct(powers.col(1));
  const Eigen::VectorXd y = measured.segment(middle - reach, n);
  const Eigen::Matrix4d inverse_normal = (powers.transpose() * powers).inverse();
  const Eigen::Vector4d fit = inverse_normal * (powers.transpose() * y);
  const double variance = (y - powers * fit).squaredNorm() / static_cast<double>(n - 4);

  // The root of b + 2 c x + 3 d x^2 that is a maximum.
  const double c = fit(2);
  const double discriminant = c * c - 3.0 * fit(3) * fit(1);
  if (!(c < 0.0 && discriminant > 0.0)) return top_frames;
  const double x = fit(1) / (-c + std::sqrt(discriminant));
  const double error_frames = 0.5 * std::sqrt(variance * inverse_normal(1, 1)) / -c;
  const bool is_sharp = error_frames < largest_error_frames && std::abs(x) <= reach_frames;
  return is_sharp ? static_cast<double>(middle) + x : top_frames;
}

ThighPeak peak_at(double top_frames, const Eigen::VectorXd& time_s, double rate_hz) {
  const auto frame = static_cast<Eigen::Index>(std::lround(top_frames));
  return {static_cast<int>(frame),
          time_s(frame) + (top_frames - static_cast<double>(frame)) / rate_hz};
}

bool counts(const Top& top, double upper_third_rad, const ThighPeakOptions& options) {
  const double larger = std::max(top.rise_rad, top.fall_rad);
  const double smaller = std::min(top.rise_rad, top.fall_rad);
  if (smaller <= 0.0) return false;  // at an end
  if (smaller >= options.min_prominence_rad) return true;
  return larger >= options.min_prominence_rad && smaller >= options.min_end_swing_rad &&
         top.height_rad >= upper_third_rad;
}

// Of two tops too near to each other only the higher stays.
std::vector<Top> apart(const std::vector<Top>& tops, double min_interval_frames) {
  std::vector<Top> by_height = tops;
  std::stable_sort(by_height.begin(), by_height.end(),
                   [](const Top& a, const Top& b) { return a.height_rad > b.height_rad; });
  std::vector<Top> kept;
  for (const Top& top : by_height) {
    const bool is_near = std::any_of(kept.begin(), kept.end(), [&](const Top& other) {
      return static_cast<double>(std::abs(top.first - other.first)) < min_interval_frames;
    });
    if (!is_near) kept.push_back(top);
  }
  std::sort(kept.begin(), kept.end(), [](const Top& a, const Top& b) { return a.first < b.first; });
  return kept;
}

}  // namespace

std::vector<ThighPeak> find_thigh_peaks(const Eigen::VectorXd& thigh_extension_rad,
                                        const Eigen::VectorXd& time_s, double rate_hz,
                                        const ThighPeakOptions& options) {
  assert(thigh_extension_rad.size() == time_s.size() && rate_hz > 0.0);
  const Eigen::VectorXd curve = low_pass_zero_lag(thigh_extension_rad, rate_hz, options.cutoff_hz);

  // Within half a period of the cutoff from an end the filtered curve rests as much on the guess of
  // how it goes on as on what was measured.
  const double margin_frames = 0.5 * rate_hz / options.cutoff_hz;

  // Tops of each known part, and the range of the whole.
  std::vector<Top> tops;
  double lowest = kInfinity;
  double highest = -kInfinity;
  Eigen::Index begin = 0;
  while (begin < curve.size()) {
    Eigen::Index end = begin;
    while (end < curve.size() && std::isfinite(curve(end))) ++end;
    if (end > begin) {
      std::vector<Top> here = find_tops(curve, begin, end, options.min_prominence_rad);
      std::erase_if(here, [&](const Top& top) {
        return static_cast<double>(std::min(top.first - begin, end - 1 - top.last)) < margin_frames;
      });
      tops.insert(tops.end(), here.begin(), here.end());
      lowest = std::min(lowest, curve.segment(begin, end - begin).minCoeff());
      highest = std::max(highest, curve.segment(begin, end - begin).maxCoeff());
    }
    begin = std::max(end, begin + 1);
  }

  // Those that count, far enough from each other.
  const double upper_third_rad = highest - (highest - lowest) / 3.0;
  std::erase_if(tops, [&](const Top& top) { return !counts(top, upper_third_rad, options); });
  std::vector<ThighPeak> peaks;
  for (const Top& top : apart(tops, options.min_interval_s * rate_hz)) {
    const double top_frames = top_of_measured(top_of_filtered(top, curve), thigh_extension_rad,
                                              0.5 * margin_frames, kSharpTopS * rate_hz);
    peaks.push_back(peak_at(top_frames, time_s, rate_hz));
  }
  return peaks;
}

}  // namespace catena
