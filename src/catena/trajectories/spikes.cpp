#include "catena/trajectories/spikes.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "catena/math/statistics.h"

namespace catena {
namespace {

using Row = Eigen::RowVector3d;

/// One point's path.
class Path {
 public:
  Path(Eigen::MatrixXd& points_m, int point) : points_m_(points_m), column_(3 * point) {}

  [[nodiscard]] Row at(Eigen::Index f) const { return points_m_.block<1, 3>(f, column_); }
  [[nodiscard]] Eigen::Index size() const { return points_m_.rows(); }
  void lose(Eigen::Index first, Eigen::Index last) {
    points_m_.block(first, column_, last - first + 1, 3)
        .setConstant(std::numeric_limits<double>::quiet_NaN());
  }

  /// How far frame f is from the cubic through the two frames on either side; NaN where one of
  /// the five is lost.
  [[nodiscard]] double off_cubic_m(Eigen::Index f) const {
    if (f < 2 || f + 2 >= size()) return std::numeric_limits<double>::quiet_NaN();
    return (at(f) - (4.0 * (at(f - 1) + at(f + 1)) - at(f - 2) - at(f + 2)) / 6.0).norm();
  }

 private:
  Eigen::MatrixXd& points_m_;
  Eigen::Index column_;
};

/// The frames [first, last] bridged from two frames on either side.
struct Bridge {
  double nearest_m = 0.0;  // of the frames, to the bridge
  double farthest_m = 0.0;
  double bend_m = 0.0;  // how far the frames on either side are from being joined smoothly
};

Bridge bridge(const Path& path, Eigen::Index first, Eigen::Index last) {
  const Row from = path.at(first - 1);
  const Row to = path.at(last + 1);
  const Row slope_from = from - path.at(first - 2);
  const Row slope_to = path.at(last + 2) - to;
  const auto span = static_cast<double>(last - first + 2);
  Bridge out;
  out.nearest_m = std::numeric_limits<double>::infinity();
  for (Eigen::Index f = first; f <= last; ++f) {
    // Hermite's cubic. The slopes were measured half a frame outside.
    const double u = static_cast<double>(f - first + 1) / span;
    const Row here = (1.0 - u) * (1.0 - u) * ((1.0 + 2.0 * u) * from + u * span * slope_from) +
                     u * u * ((3.0 - 2.0 * u) * to - (1.0 - u) * span * slope_to);
    const double off_m = (path.at(f) - here).norm();
    out.nearest_m = std::min(out.nearest_m, off_m);
    out.farthest_m = std::max(out.farthest_m, off_m);
  }
  out.bend_m = (to - from - 0.5 * span * (slope_from + slope_to)).norm();
  return out;
}

double noise_m(const Path& path) {
  constexpr Eigen::Index kMostFrames = 1000;
  std::vector<double> off;
  const Eigen::Index step = std::max<Eigen::Index>(1, path.size() / kMostFrames);
  for (Eigen::Index f = 2; f + 2 < path.size(); f += step) {
    const double d = path.off_cubic_m(f);
    if (!std::isnan(d)) off.push_back(d);
  }
  return off.empty() ? 0.0 : median(off);
}

}  // namespace

std::vector<FoundSpike> lose_spikes(Eigen::MatrixXd& points_m, double rate_hz,
                                    const SpikeOptions& options) {
  std::vector<FoundSpike> found;
  const auto longest =
      std::max<Eigen::Index>(1, static_cast<Eigen::Index>(options.longest_s * rate_hz));
  for (int point = 0; 3 * point < points_m.cols(); ++point) {
    Path path(points_m, point);
    const double least_m =
        std::max(options.least_size_m, options.least_noise_ratio * noise_m(path));
    const auto limit_m = [&](Eigen::Index width) {
      const double span_s = static_cast<double>(width + 1) / rate_hz;
      return std::max(least_m, options.largest_acceleration_m_s2 * span_s * span_s / 12.0);
    };
    for (Eigen::Index f = 2; f + 2 < path.size(); ++f) {
      // The first frame of an excursion is off the frames before and after it; so are its
      // neighbours, by two thirds of that.
      if (!(path.off_cubic_m(f) > 0.3 * limit_m(1))) continue;
      for (Eigen::Index width = 1; width <= longest && f + width + 1 < path.size(); ++width) {
        const Bridge over = bridge(path, f, f + width - 1);
        const bool is_spike = over.nearest_m > 0.5 * limit_m(width) &&
                              over.farthest_m > limit_m(width) &&
                              over.bend_m < over.farthest_m / 2.0;  // false for NaN
        if (!is_spike) continue;
        path.lose(f, f + width - 1);
        found.push_back({point, f, f + width - 1, over.farthest_m});
        f += width - 1;
        break;
      }
    }
  }
  return found;
}

std::vector<FoundSpike> find_breaks(const Eigen::MatrixXd& points_m, double rate_hz,
                                    const SpikeOptions& options) {
  const double limit_m =
      std::max(options.least_break_m, options.largest_acceleration_m_s2 / (rate_hz * rate_hz));
  std::vector<FoundSpike> found;
  const Eigen::Index n = points_m.rows() - 3;
  for (int point = 0; n > 0 && 3 * point < points_m.cols(); ++point) {
    // What no speed joins: half the third difference.
    Eigen::ArrayXd squares = Eigen::ArrayXd::Zero(n);
    for (int axis = 0; axis < 3; ++axis) {
      const auto x = points_m.col(3 * point + axis).array();
      squares +=
          (0.5 * (x.segment(0, n) - x.segment(3, n)) + 1.5 * (x.segment(2, n) - x.segment(1, n)))
              .square();
    }
    for (Eigen::Index k = 0; k < n; ++k) {
      if (!(squares[k] > limit_m * limit_m)) continue;
      const Eigen::Index f = k + 1;
      const double off_m = std::sqrt(squares[k]);
      // The neighbours of a break are bent by it too.
      if (!found.empty() && found.back().point == point && f - found.back().last_frame <= 1) {
        found.back().last_frame = f + 1;
        found.back().size_m = std::max(found.back().size_m, off_m);
      } else {
        found.push_back({point, f, f + 1, off_m});
      }
    }
  }
  return found;
}

}  // namespace catena
