#include "catena/gait/foot_swings.h"

#include <algorithm>
#include <cmath>

#include "catena/math/statistics.h"

namespace catena {
namespace {

// A turn is settled once the foot has come back by this part of its range: swings of one runner
// differ by less, and wobbles are smaller.
constexpr double kTurnPart = 0.35;
// At an end of the recording a turn counts from this far on: what noise leaves after the filter is
// smaller.
constexpr double kEndTurnPart = 0.02;

struct Turn {
  Eigen::Index frame = 0;
  bool front = false;
  bool seen = true;  // the foot was seen to come and to go
};

// The turns within known frames [begin, end), fronts and rears in turn.
std::vector<Turn> turns_of(const Eigen::VectorXd& x, Eigen::Index begin, Eigen::Index end,
                           double settled_m, double at_end_m) {
  std::vector<Turn> turns;
  Eigen::Index high = begin, low = begin;
  int going = 0;  // forward +1, back -1, not yet known 0
  for (Eigen::Index k = begin; k < end; ++k) {
    if (x(k) > x(high)) high = k;
    if (x(k) < x(low)) low = k;
    if (going >= 0 && x(k) < x(high) - settled_m) {
      // Before the first turn: seen when it was seen to rise.
      const bool seen =
          going > 0 || x(high) - x.segment(begin, high - begin + 1).minCoeff() > at_end_m;
      turns.push_back({high, true, seen});
      going = -1;
      low = k;
    } else if (going <= 0 && x(k) > x(low) + settled_m) {
      const bool seen =
          going < 0 || x.segment(begin, low - begin + 1).maxCoeff() - x(low) > at_end_m;
      turns.push_back({low, false, seen});
      going = 1;
      high = k;
    }
  }
  // The last turn is not settled: seen when it came back a little.
  if (going > 0) turns.push_back({high, true, x(high) - x(end - 1) > at_end_m});
  if (going < 0) turns.push_back({low, false, x(end - 1) - x(low) > at_end_m});
  return turns;
}

// Where the parabola through a turn and its neighbours has its top.
double between_frames(const Eigen::VectorXd& x, Eigen::Index k) {
  if (k == 0 || k + 1 >= x.size()) return static_cast<double>(k);
  const double curve = x(k - 1) - 2.0 * x(k) + x(k + 1);
  const double shift = curve != 0.0 ? 0.5 * (x(k - 1) - x(k + 1)) / curve : 0.0;
  return static_cast<double>(k) + (std::abs(shift) < 1.0 ? shift : 0.0);  // NaN too
}

}  // namespace

std::vector<BackSwing> back_swings(const Eigen::VectorXd& ahead_m, double shortest_m) {
  std::vector<double> known;
  for (const double x : ahead_m) {
    if (std::isfinite(x)) known.push_back(x);
  }
  if (known.empty()) return {};
  const std::vector<double> range = quantiles(known, std::vector<double>{0.05, 0.95});
  const double range_m = range[1] - range[0];
  if (range_m < shortest_m) return {};

  std::vector<BackSwing> swings;
  Eigen::Index begin = 0;
  while (begin < ahead_m.size()) {
    Eigen::Index end = begin;
    while (end < ahead_m.size() && std::isfinite(ahead_m(end))) ++end;
    if (end > begin) {
      const std::vector<Turn> turns =
          turns_of(ahead_m, begin, end, kTurnPart * range_m, kEndTurnPart * range_m);
      for (std::size_t k = 0; k < turns.size(); ++k) {
        const double at = between_frames(ahead_m, turns[k].frame);
        if (turns[k].front) {
          const bool last = k + 1 == turns.size();
          const double rear =
              last ? static_cast<double>(end - 1) : between_frames(ahead_m, turns[k + 1].frame);
          if (rear - at < 1.0) continue;  // the end itself
          swings.push_back({at, rear, turns[k].seen, !last && turns[k + 1].seen});
        } else if (k == 0 && at - static_cast<double>(begin) >= 1.0) {
          swings.push_back({static_cast<double>(begin), at, false, turns[k].seen});
        }
      }
    }
    begin = std::max(end, begin + 1);
  }
  return swings;
}

}  // namespace catena
