#include "catena/trajectories/label_tracking.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>

namespace catena {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

constexpr double kLeastJump_m = 0.010;  // NOLINT(readability-identifier-naming)
constexpr double kClearlyNearer = 3.0;
// Longer than this a straight line does not follow a running leg: at 50 m/s2 it is 60 mm off.
constexpr double kLongestLoss_s = 0.05;  // NOLINT(readability-identifier-naming)

/// Frames over which a path is continued while its label is lost.
Eigen::Index longest_loss(double rate_hz) {
  return static_cast<Eigen::Index>(kLongestLoss_s * rate_hz);
}

/// One pass over the frames, forwards or backwards in time.
class Follower {
 public:
  Follower(LabelledPoints& labelled, double rate_hz, bool forwards)
      : labelled_(labelled),
        n_frames_(labelled.points_m.rows()),
        n_points_(static_cast<int>(labelled.sources.size())),
        longest_loss_(longest_loss(rate_hz)),
        forwards_(forwards) {}

  void run() {
    for (const Eigen::Index step : suspect_steps()) {
      // Each exchange settles two labels or more.
      for (int k = 0; k < n_points_; ++k) {
        const std::vector<int> moved = best_exchange(step);
        if (moved.empty()) break;
        if (forwards_) {
          exchange(labelled_, moved, step, n_frames_ - 1);
        } else {
          exchange(labelled_, moved, 0, n_frames_ - 1 - step);
        }
      }
    }
  }

 private:
  // Frames are counted in the direction of the pass.
  [[nodiscard]] Eigen::RowVector3d at(Eigen::Index step, int point) const {
    return labelled_.points_m.block<1, 3>(forwards_ ? step : n_frames_ - 1 - step, 3 * point);
  }
  [[nodiscard]] bool seen(Eigen::Index step, int point) const {
    return !std::isnan(labelled_.points_m(forwards_ ? step : n_frames_ - 1 - step, 3 * point));
  }

  /// Where a label's path leads at this frame; NaN when it was lost for too long.
  [[nodiscard]] Eigen::RowVector3d expected(Eigen::Index step, int point) const {
    for (Eigen::Index last = step - 1; last >= 0 && step - last <= longest_loss_ + 1; --last) {
      if (!seen(last, point)) continue;
      const Eigen::RowVector3d here = at(last, point);
      if (last == 0 || !seen(last - 1, point)) return Eigen::RowVector3d::Constant(kNaN);
      return here + static_cast<double>(step - last) * (here - at(last - 1, point));
    }
    return Eigen::RowVector3d::Constant(kNaN);
  }

  /// Frames in which some label leaves its path or comes back.
  [[nodiscard]] std::vector<Eigen::Index> suspect_steps() const {
    std::vector<char> suspect(static_cast<std::size_t>(n_frames_), 0);
    for (int point = 0; point < n_points_; ++point) {
      for (Eigen::Index step = 2; step < n_frames_; ++step) {
        if (!seen(step, point)) continue;
        const bool back = !seen(step - 1, point);
        const bool left =
            (at(step, point) - 2.0 * at(step - 1, point) + at(step - 2, point)).norm() >
            kLeastJump_m;
        if (back || left) suspect[static_cast<std::size_t>(step)] = 1;
      }
    }
    std::vector<Eigen::Index> steps;
    for (Eigen::Index step = 0; step < n_frames_; ++step) {
      if (suspect[static_cast<std::size_t>(step)] != 0) steps.push_back(step);
    }
    return steps;
  }

  struct Offsets {
    double sum_m = 0.0;
    int n = 0;
    void add(double off_m) {
      if (std::isnan(off_m)) return;
      sum_m += off_m;
      ++n;
    }
    [[nodiscard]] double mean_m() const { return n == 0 ? kNaN : sum_m / n; }
  };

  /// How much nearer to the paths the points lie once each takes the next one's position; 0 when
  /// that cannot be said or they were near enough.
  [[nodiscard]] double gain(const std::vector<int>& cycle,
                            const std::vector<Eigen::RowVector3d>& paths,
                            const std::vector<Eigen::RowVector3d>& here) const {
    Offsets now;
    Offsets then;
    for (std::size_t k = 0; k < cycle.size(); ++k) {
      const auto point = static_cast<std::size_t>(cycle[k]);
      const auto next = static_cast<std::size_t>(cycle[(k + 1) % cycle.size()]);
      now.add((here[point] - paths[point]).norm());
      then.add((here[next] - paths[point]).norm());
    }
    if (now.n == 0 || then.n < now.n || now.mean_m() < kLeastJump_m) return 0.0;
    return now.mean_m() / std::max(then.mean_m(), 1e-6);
  }

  /// The exchange that makes the labels' paths clearly smoother here; empty when none does.
  [[nodiscard]] std::vector<int> best_exchange(Eigen::Index step) const {
    std::vector<Eigen::RowVector3d> paths;
    std::vector<Eigen::RowVector3d> here;
    std::vector<int> off;  // labels that left their path
    for (int point = 0; point < n_points_; ++point) {
      paths.push_back(expected(step, point));
      here.push_back(at(step, point));
      if ((here.back() - paths.back()).norm() > kLeastJump_m) off.push_back(point);
    }
    double best_gain = kClearlyNearer;
    std::vector<int> best;
    const auto consider = [&](const std::vector<int>& cycle) {
      const double g = gain(cycle, paths, here);
      if (g <= best_gain) return;
      best_gain = g;
      best = cycle;
    };
    for (const int i : off) {
      for (int j = 0; j < n_points_; ++j) {
        if (j != i) consider({i, j});
      }
    }
    if (!best.empty() || off.size() > 8) return best;
    for (const int i : off) {
      for (const int j : off) {
        for (const int k : off) {
          if (i < j && i < k && j != k) consider({i, j, k});
        }
      }
    }
    return best;
  }

  LabelledPoints& labelled_;
  Eigen::Index n_frames_;
  int n_points_;
  Eigen::Index longest_loss_;
  bool forwards_;
};

/// Undoes exchanges of the whole recording: of labels that changed places, each means what it
/// meant in most frames.
void keep_to_the_majority(LabelledPoints& labelled) {
  const int n_points = static_cast<int>(labelled.sources.size());
  const Eigen::Index n_frames = labelled.points_m.rows();
  for (int pass = 0; pass < n_points; ++pass) {
    bool done = true;
    for (int i = 0; i < n_points && done; ++i) {
      // The label that holds, most of the time, what label i held in the file.
      std::vector<Eigen::Index> frames(static_cast<std::size_t>(n_points), 0);
      for (int p = 0; p < n_points; ++p) {
        const std::vector<int>& from = labelled.sources[static_cast<std::size_t>(p)];
        frames[static_cast<std::size_t>(p)] = std::count(from.begin(), from.end(), i);
      }
      const int holder =
          static_cast<int>(std::max_element(frames.begin(), frames.end()) - frames.begin());
      if (holder == i || 2 * frames[static_cast<std::size_t>(holder)] <= n_frames) continue;
      exchange(labelled, {i, holder}, 0, n_frames - 1);
      done = false;
    }
    if (done) break;
  }
}

}  // namespace

LabelledPoints unchanged(const Eigen::MatrixXd& points_m) {
  LabelledPoints labelled;
  labelled.points_m = points_m;
  const Eigen::Index n_points = points_m.cols() / 3;
  for (int point = 0; point < n_points; ++point) {
    labelled.sources.emplace_back(static_cast<std::size_t>(points_m.rows()), point);
  }
  return labelled;
}

void exchange(LabelledPoints& labelled, const std::vector<int>& points, Eigen::Index first,
              Eigen::Index last) {
  const auto frames = [&](int point) {
    return labelled.points_m.block(first, 3 * point, last - first + 1, 3);
  };
  const auto begin = static_cast<std::ptrdiff_t>(first);
  const auto end = static_cast<std::ptrdiff_t>(last) + 1;
  for (std::size_t k = 0; k + 1 < points.size(); ++k) {
    const int one = points[k];
    const int next = points[k + 1];
    const Eigen::MatrixXd kept = frames(one);
    frames(one) = frames(next).eval();
    frames(next) = kept;
    std::vector<int>& from = labelled.sources[static_cast<std::size_t>(one)];
    std::swap_ranges(from.begin() + begin, from.begin() + end,
                     labelled.sources[static_cast<std::size_t>(next)].begin() + begin);
  }
}

std::vector<Piece> pieces_of(const LabelledPoints& labelled, int point, double rate_hz) {
  // Farther than a running foot is bent away from a straight line between two frames.
  const double break_m = std::max(0.03, 500.0 / (rate_hz * rate_hz));
  const Eigen::Index long_loss = longest_loss(rate_hz);
  const auto path = labelled.points_m.middleCols<3>(3 * point);
  const auto off_line_m = [&](Eigen::Index from, Eigen::Index over, Eigen::Index to) {
    if (from < 0 || from >= path.rows()) return kNaN;
    return (path.row(to) - 2.0 * path.row(over) + path.row(from)).norm();
  };
  std::vector<Piece> pieces;
  for (Eigen::Index f = 0; f < path.rows(); ++f) {
    if (std::isnan(path(f, 0))) continue;
    bool goes_on = !pieces.empty() && f - pieces.back().last <= long_loss + 1;
    if (goes_on && pieces.back().last == f - 1) {
      goes_on = !(off_line_m(f - 2, f - 1, f) > break_m && off_line_m(f + 1, f, f - 1) > break_m);
    }
    if (goes_on) {
      pieces.back().last = f;
    } else {
      pieces.push_back({f, f});
    }
  }
  return pieces;
}

void follow_labels(LabelledPoints& labelled, double rate_hz) {
  Follower(labelled, rate_hz, true).run();
  // The first frames have nothing before them; seen from the end they have.
  Follower(labelled, rate_hz, false).run();
  keep_to_the_majority(labelled);
}

}  // namespace catena
