#include "catena/trajectories/from_recording.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <limits>

namespace catena {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

// No point of a body is accelerated like this (200 g): what moves so has jumped.
constexpr double kJump_m_s2 = 2000.0;  // NOLINT(readability-identifier-naming)

// Ground axis k is sign[k] times the file's axis from[k].
struct Turn {
  std::array<int, 3> from = {0, 1, 2};
  std::array<double, 3> sign = {1.0, 1.0, 1.0};
};

Turn turn_of(UpAxis up) {
  if (up == UpAxis::kZ) return {{0, 2, 1}, {1.0, 1.0, -1.0}};
  if (up == UpAxis::kX) return {{1, 0, 2}, {-1.0, 1.0, 1.0}};
  return {};
}

char letter(UpAxis up) { return "xyz"[static_cast<int>(up)]; }

struct LostCounts {
  int zeros = 0, far = 0, partial = 0;
};

// Copies one point, turned; where it is lost all three coordinates become NaN.
void copy_point(const PointRecording& recording, Eigen::Index point, const Turn& turn,
                double farthest_m, LostCounts& lost, Eigen::MatrixXd& points_m) {
  for (Eigen::Index i = 0; i < points_m.rows(); ++i) {
    const Eigen::RowVector3d p = recording.points_m.row(i).segment<3>(3 * point);
    const int n_lost = static_cast<int>(p.array().isNaN().count());
    const bool zero = n_lost == 0 && p.isZero(0.0);
    // Negated so that an infinite coordinate counts too.
    const bool far = n_lost == 0 && !(p.cwiseAbs().maxCoeff() < farthest_m);
    if (n_lost == 1 || n_lost == 2) ++lost.partial;
    if (zero) ++lost.zeros;
    if (far) ++lost.far;
    const bool keep = n_lost == 0 && !zero && !far;
    for (int k = 0; k < 3; ++k) {
      const auto axis = static_cast<std::size_t>(k);
      points_m(i, 3 * point + k) = keep ? turn.sign[axis] * p[turn.from[axis]] : kNaN;
    }
  }
}

void note_lost(const LostCounts& lost, std::vector<std::string>& notes) {
  const auto note = [&](int n, const char* what) {
    if (n > 0) notes.push_back(fmt::format("{} position{} {} as lost.", n, n > 1 ? "s" : "", what));
  };
  note(lost.zeros, "at exactly 0 0 0 counted");
  note(lost.far, "farther away than any laboratory counted");
  note(lost.partial, "with only one or two coordinates counted");
}

// Positions between neighbours that they cannot have been reached from.
void note_jumps(const Trajectories& trajectories, std::vector<std::string>& notes) {
  const double limit_m = kJump_m_s2 / (trajectories.rate_hz * trajectories.rate_hz);
  int n_jumps = 0;
  double farthest_m = 0.0;
  std::size_t worst_point = 0;
  Eigen::Index worst_frame = 0;
  for (std::size_t point = 0; point < trajectories.labels.size(); ++point) {
    const auto p = trajectories.points_m.middleCols<3>(static_cast<Eigen::Index>(3 * point));
    bool in_jump = false;
    for (Eigen::Index i = 1; i + 1 < p.rows(); ++i) {
      const double bend_m = (p.row(i - 1) - 2.0 * p.row(i) + p.row(i + 1)).norm();
      const bool jumps = bend_m > limit_m;  // false for NaN
      if (jumps && !in_jump) ++n_jumps;
      in_jump = jumps;
      if (jumps && bend_m > farthest_m) {
        farthest_m = bend_m;
        worst_point = point;
        worst_frame = i;
      }
    }
  }
  if (n_jumps == 0) return;
  notes.push_back(
      fmt::format("Points jump as no body does, {} time{}; the farthest is {}, {:.0f} mm "
                  "at {:.3f} s. Nothing was changed.",
                  n_jumps, n_jumps > 1 ? "s" : "", trajectories.labels[worst_point],
                  1e3 * farthest_m, trajectories.time_s[worst_frame]));
}

double median(std::vector<double>& values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

}  // namespace

Result<Trajectories> make_trajectories(const PointRecording& recording,
                                       const TrajectoryOptions& options) {
  const auto n_points = static_cast<Eigen::Index>(recording.labels.size());
  assert(recording.points_m.cols() == 3 * n_points);
  assert(recording.points_m.rows() == recording.time_s.size());
  Trajectories result;
  result.name = recording.name;
  result.rate_hz = recording.rate_hz;
  result.labels = recording.labels;
  result.time_s = recording.time_s;
  result.notes = recording.notes;

  // Turn upright, mark what is lost.
  if (options.up_axis != UpAxis::kY) {
    result.notes.push_back(
        fmt::format("The file's {} axis was turned up.", letter(options.up_axis)));
  }
  result.points_m.resize(recording.points_m.rows(), recording.points_m.cols());
  LostCounts lost;
  const Turn turn = turn_of(options.up_axis);
  for (Eigen::Index point = 0; point < n_points; ++point) {
    copy_point(recording, point, turn, options.farthest_m, lost, result.points_m);
  }
  note_lost(lost, result.notes);
  if (result.points_m.array().isNaN().all()) {
    return fail(Errc::kMissingData, "every position of every point is lost", recording.name,
                "record again, or export with the points labelled");
  }

  // What looks wrong but is left as it is.
  const std::optional<UpAxis> likely = likely_up_axis(recording);
  if (likely && *likely != options.up_axis) {
    result.notes.push_back(
        fmt::format("The points reach farthest along {}, but {} was taken as up.", letter(*likely),
                    letter(options.up_axis)));
  }
  note_jumps(result, result.notes);
  return result;
}

std::optional<UpAxis> likely_up_axis(const PointRecording& recording) {
  // Extent of each frame along each axis; some frames are enough.
  constexpr Eigen::Index kMostFrames = 200;
  constexpr int kFewestPoints = 8;
  const Eigen::Index n_frames = recording.points_m.rows();
  const Eigen::Index step = std::max<Eigen::Index>(1, n_frames / kMostFrames);
  std::array<std::vector<double>, 3> extents_m;
  for (Eigen::Index i = 0; i < n_frames; i += step) {
    std::array<double, 3> low = {1e9, 1e9, 1e9};
    std::array<double, 3> high = {-1e9, -1e9, -1e9};
    int n_seen = 0;
    for (Eigen::Index j = 0; j + 2 < recording.points_m.cols(); j += 3) {
      const Eigen::RowVector3d p = recording.points_m.row(i).segment<3>(j);
      if (!(p.cwiseAbs().maxCoeff() < 9e3) || p.hasNaN() || p.isZero(0.0)) continue;
      ++n_seen;
      for (std::size_t k = 0; k < 3; ++k) {
        low[k] = std::min(low[k], p[static_cast<Eigen::Index>(k)]);
        high[k] = std::max(high[k], p[static_cast<Eigen::Index>(k)]);
      }
    }
    if (n_seen < kFewestPoints) continue;
    for (std::size_t k = 0; k < 3; ++k) extents_m[k].push_back(high[k] - low[k]);
  }
  if (extents_m[0].empty()) return std::nullopt;
  std::array<double, 3> typical_m{};
  for (std::size_t k = 0; k < 3; ++k) typical_m[k] = median(extents_m[k]);
  const auto tallest = static_cast<std::size_t>(
      std::max_element(typical_m.begin(), typical_m.end()) - typical_m.begin());
  for (std::size_t k = 0; k < 3; ++k) {
    if (k != tallest && typical_m[tallest] < 1.2 * typical_m[k]) return std::nullopt;
  }
  return static_cast<UpAxis>(tallest);
}

}  // namespace catena
