#include "catena/gait/thigh_peaks.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

#include "catena/math/butterworth.h"

namespace catena {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

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
void find_tops(const Eigen::VectorXd& curve, Eigen::Index begin, Eigen::Index end,
               double prominence_rad, std::vector<Top>& tops) {
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
}

// Frame and instant of a top, from a parabola through its neighbours when it is one sample wide.
ThighPeak peak_of(const Top& top, const Eigen::VectorXd& curve, const Eigen::VectorXd& time_s,
                  double rate_hz) {
  const Eigen::Index frame = (top.first + top.last) / 2;
  double offset_frames =
      0.5 * static_cast<double>(top.first + top.last) - static_cast<double>(frame);
  if (top.first == top.last) {
    const double before = curve(frame - 1);
    const double after = curve(frame + 1);
    offset_frames = 0.5 * (after - before) / (2.0 * top.height_rad - before - after);
  }
  return {static_cast<int>(frame), time_s(frame) + offset_frames / rate_hz};
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
std::vector<Top> apart(std::vector<Top> tops, double min_interval_frames) {
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

  // Tops of each known part, and the range of the whole.
  std::vector<Top> tops;
  double lowest = kInfinity;
  double highest = -kInfinity;
  Eigen::Index begin = 0;
  while (begin < curve.size()) {
    Eigen::Index end = begin;
    while (end < curve.size() && std::isfinite(curve(end))) ++end;
    if (end > begin) {
      find_tops(curve, begin, end, options.min_prominence_rad, tops);
      lowest = std::min(lowest, curve.segment(begin, end - begin).minCoeff());
      highest = std::max(highest, curve.segment(begin, end - begin).maxCoeff());
    }
    begin = std::max(end, begin + 1);
  }

  // Those that count, far enough from each other.
  const double upper_third_rad = highest - (highest - lowest) / 3.0;
  std::erase_if(tops, [&](const Top& top) { return !counts(top, upper_third_rad, options); });
  std::vector<ThighPeak> peaks;
  for (const Top& top : apart(std::move(tops), options.min_interval_s * rate_hz)) {
    peaks.push_back(peak_of(top, curve, time_s, rate_hz));
  }
  return peaks;
}

}  // namespace catena
