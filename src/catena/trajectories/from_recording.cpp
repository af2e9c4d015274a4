#include "catena/trajectories/from_recording.h"

#include <fmt/format.h>

#include <cassert>
#include <cmath>
#include <limits>

namespace catena {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

// Fewer than this of all positions taken as lost are nothing to look at.
constexpr double kFewLost = 0.01;

struct LostCounts {
  int zeros = 0, far = 0, partial = 0;
};

// Copies one point, turned; where it is lost all three coordinates become NaN.
void copy_point(const PointRecording& recording, Eigen::Index point, const Eigen::Matrix3d& turn,
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
    if (!keep) {
      points_m.row(i).segment<3>(3 * point).setConstant(kNaN);
      continue;
    }
    // Coordinates change places and sign: all that is added to them is zero.
    points_m.row(i).segment<3>(3 * point) = p * turn.transpose();
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

  // Turn into ground, mark what is lost.
  const GroundFrame& ground = options.ground;
  result.notes.insert(result.notes.end(), ground.notes.begin(), ground.notes.end());
  if (!ground.ground_from_lab.isIdentity(0.0)) {
    result.asides.push_back(
        fmt::format("Turned to the ground frame while reading: {}.", to_text(ground)));
  }
  result.points_m.resize(recording.points_m.rows(), recording.points_m.cols());
  LostCounts lost;
  for (Eigen::Index point = 0; point < n_points; ++point) {
    copy_point(recording, point, ground.ground_from_lab, options.farthest_m, lost, result.points_m);
  }
  const double n_taken = lost.zeros + lost.far + lost.partial;
  const auto n_positions = static_cast<double>(result.points_m.rows() * n_points);
  note_lost(lost, n_taken < kFewLost * n_positions ? result.asides : result.notes);
  if (result.points_m.array().isNaN().all()) {
    return fail(Errc::kMissingData, "every position of every point is lost", recording.name,
                "record again, or export with the points labelled");
  }
  return result;
}

}  // namespace catena
