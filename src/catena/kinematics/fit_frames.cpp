#include "catena/kinematics/fit_frames.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "catena/kinematics/forward_kinematics.h"
#include "catena/kinematics/inverse_kinematics.h"
#include "catena/math/statistics.h"

namespace catena {
namespace {

using Eigen::Index;
using Eigen::Vector3d;

// A marker known no better than this does not take part in the first poses.
constexpr double kKnownPlace_m = 0.06;
// Pull of every joint towards upright in the first poses, beside a marker's weight, in m^2/rad^2:
// half a radian weighs as much as 5 mm at every marker. It decides what no marker shows.
constexpr double kUprightPull = 1e-4;
// A frame whose markers lie this many times farther off than in most frames is not the runner's.
constexpr double kOddFrame = 4.0;
// One that lies this many times farther off is tried again.
constexpr double kBadFrame = 1.7;

/// Column of each of the model's markers in a recording, or kNone.
std::vector<Index> columns_of(const Model& model, const Trajectories& trajectories) {
  std::vector<Index> columns;
  for (const ModelMarker& marker : model.markers) {
    const auto& labels = trajectories.labels;
    const auto found = std::find(labels.begin(), labels.end(), marker.name);
    columns.push_back(found == labels.end() ? kNone : found - labels.begin());
  }
  return columns;
}

FitFrame frame_of(const FitTrial& trial, const std::vector<Index>& columns, Index row) {
  FitFrame frame;
  frame.standing = trial.standing;
  frame.target_m = Eigen::Matrix3Xd::Constant(3, static_cast<Index>(columns.size()),
                                              std::numeric_limits<double>::quiet_NaN());
  for (std::size_t m = 0; m < columns.size(); ++m) {
    if (columns[m] == kNone) continue;
    frame.target_m.col(static_cast<Index>(m)) =
        trial.trajectories->points_m.row(row).segment<3>(3 * columns[m]).transpose();
  }
  return frame;
}

Index n_seen(const FitFrame& frame) {
  Index n = 0;
  for (Index m = 0; m < frame.target_m.cols(); ++m) n += frame.target_m.col(m).hasNaN() ? 0 : 1;
  return n;
}

/// The frame with most markers in each of n windows of a trial.
void pick_from(const FitTrial& trial, const Model& model, int n, std::vector<FitFrame>& frames) {
  const std::vector<Index> columns = columns_of(model, *trial.trajectories);
  const Index n_rows = trial.trajectories->points_m.rows();
  const Index n_windows = std::min<Index>(n, n_rows);
  for (Index w = 0; w < n_windows; ++w) {
    const Index first = n_rows * w / n_windows;
    const Index last = n_rows * (w + 1) / n_windows;
    // The middle first, then outwards; a few are enough to find one with all markers.
    const Index step = std::max<Index>(1, (last - first) / 16);
    const Index middle = (first + last) / 2;
    FitFrame best;
    Index most = 3;
    for (Index away = 0; away <= (last - first) / 2; away += step) {
      for (const Index row : {middle + away, middle - away}) {
        if (row < first || row >= last) continue;
        FitFrame frame = frame_of(trial, columns, row);
        const Index seen = n_seen(frame);
        if (seen <= most) continue;
        most = seen;
        best = std::move(frame);
      }
      if (most == static_cast<Index>(columns.size())) break;
    }
    if (best.target_m.cols() > 0) frames.push_back(std::move(best));
  }
}

InverseKinematicsOptions first_options(const BodyPrior& prior, bool all_markers) {
  InverseKinematicsOptions options;
  options.threads = 1;       // so few frames
  options.chunk_frames = 1;  // too far apart to carry a motion on from one to the next
  for (std::size_t m = 0; m < prior.model.markers.size(); ++m) {
    const bool known = prior.marker_sd_m[m].maxCoeff() < kKnownPlace_m;
    options.marker_tasks.push_back({prior.model.markers[m].name, known || all_markers ? 1.0 : 0.0});
  }
  for (const Coordinate& c : prior.model.coordinates) {
    if (c.kind != CoordinateKind::kRotation || c.locked) continue;
    if (prior.model.joints[static_cast<std::size_t>(c.joint)].parent == kGround) continue;
    options.coordinate_tasks.push_back({c.name, kUprightPull, c.default_value});
  }
  return options;
}

/// Puts markers that may be anywhere where the poses show them; standing frames are trusted most.
void place_unknown(const BodyPrior& prior, const std::vector<FitFrame>& frames, FitState& state) {
  std::vector<Pose> poses;
  for (const FitFrame& frame : frames) {
    poses.push_back(frame.q.hasNaN() ? Pose{} : forward_kinematics(state.model, frame.q));
  }
  for (std::size_t m = 0; m < prior.model.markers.size(); ++m) {
    if (prior.marker_sd_m[m].maxCoeff() < kKnownPlace_m) continue;
    const auto body = static_cast<std::size_t>(prior.model.markers[m].body);
    std::array<std::vector<double>, 3> seen;
    for (const bool standing : {true, false}) {
      if (!seen[0].empty()) break;
      for (std::size_t f = 0; f < frames.size(); ++f) {
        const Vector3d target = frames[f].target_m.col(static_cast<Index>(m));
        if (frames[f].standing != standing || poses[f].empty() || target.hasNaN()) continue;
        const Vector3d place = inverse(poses[f][body]) * target;
        for (std::size_t axis = 0; axis < 3; ++axis)
          seen.at(axis).push_back(place[static_cast<Index>(axis)]);
      }
    }
    for (std::size_t axis = 0; axis < 3 && !seen[0].empty(); ++axis) {
      state.place_m(static_cast<Index>(axis), static_cast<Index>(m)) = median(seen.at(axis));
    }
  }
}

double usual_size(const Eigen::VectorXd& rms_m) {
  std::vector<double> sizes;
  for (const double rms : rms_m) {
    if (!std::isnan(rms)) sizes.push_back(rms);
  }
  return sizes.empty() ? 0.0 : median(sizes);
}

/// Frames that fit badly may have been started from too different a pose: each of them is solved
/// anew by itself, from many starts.
Result<void> try_again(const Model& model, const Trajectories& recording,
                       const InverseKinematicsOptions& options, double usual_m,
                       InverseKinematics& ik) {
  for (Index f = 0; f < ik.rms_m.size(); ++f) {
    if (!(ik.rms_m[f] > kBadFrame * usual_m)) continue;
    Trajectories one = recording;
    one.time_s = recording.time_s.segment(f, 1);
    one.points_m = recording.points_m.row(f);
    CATENA_TRY(alone, inverse_kinematics(model, one, options));
    if (!(alone.rms_m[0] < ik.rms_m[f])) continue;
    ik.rms_m[f] = alone.rms_m[0];
    ik.motion.q.row(f) = alone.motion.q.row(0);
  }
  return {};
}

}  // namespace

std::vector<FitFrame> pick_fit_frames(const BodyPrior& prior, const std::vector<FitTrial>& trials,
                                      const BodyFitOptions& options) {
  std::vector<FitFrame> frames;
  int n_runs = 0;
  for (const FitTrial& trial : trials) {
    if (trial.standing) pick_from(trial, prior.model, options.standing_frames, frames);
    n_runs += trial.standing ? 0 : 1;
  }
  for (const FitTrial& trial : trials) {
    if (trial.standing) continue;
    pick_from(trial, prior.model, std::max(1, options.run_frames / n_runs), frames);
  }
  return frames;
}

Trajectories as_recording(const Model& model, const std::vector<FitFrame>& frames) {
  Trajectories out;
  out.name = "frames of the fit";
  out.rate_hz = 1.0;
  const auto n = static_cast<Index>(frames.size());
  out.time_s = Eigen::VectorXd::LinSpaced(n, 0.0, static_cast<double>(n - 1));
  for (const ModelMarker& marker : model.markers) out.labels.push_back(marker.name);
  out.points_m.resize(n, static_cast<Index>(3 * model.markers.size()));
  for (Index f = 0; f < n; ++f) {
    const Eigen::Matrix3Xd& target = frames[static_cast<std::size_t>(f)].target_m;
    out.points_m.row(f) = Eigen::Map<const Eigen::RowVectorXd>(target.data(), target.size());
  }
  return out;
}

Result<void> start_poses(const BodyPrior& prior, std::vector<FitFrame>& frames, FitState& state,
                         std::vector<std::string>& assumptions) {
  const Trajectories recording = as_recording(prior.model, frames);
  CATENA_TRY(first, inverse_kinematics(state.model, recording, first_options(prior, false)));
  for (std::size_t f = 0; f < frames.size(); ++f) {
    frames[f].q = first.motion.q.row(static_cast<Index>(f)).transpose();
  }
  place_unknown(prior, frames, state);

  // Now all markers have a place.
  Model placed = state.model;
  for (std::size_t m = 0; m < placed.markers.size(); ++m) {
    placed.markers[m].position_in_body_m = state.place_m.col(static_cast<Index>(m));
  }
  CATENA_TRY(second, inverse_kinematics(placed, recording, first_options(prior, true)));
  const double usual_m = usual_size(second.rms_m);
  CATENA_CHECK(try_again(placed, recording, first_options(prior, true), usual_m, second));
  std::vector<FitFrame> kept;
  for (std::size_t f = 0; f < frames.size(); ++f) {
    const auto row = static_cast<Index>(f);
    if (!(second.rms_m[row] <= kOddFrame * usual_m)) continue;
    frames[f].q = second.motion.q.row(row).transpose();
    if (frames[f].q.hasNaN()) continue;
    kept.push_back(frames[f]);
  }
  const auto stands = [](const FitFrame& frame) { return frame.standing; };
  if (std::any_of(frames.begin(), frames.end(), stands) &&
      std::none_of(kept.begin(), kept.end(), stands)) {
    assumptions.emplace_back(
        "No frame of the standing trial resembles the body; it is fitted to the runs alone.");
  }
  if (kept.size() < frames.size()) {
    assumptions.push_back(std::to_string(frames.size() - kept.size()) + " of " +
                          std::to_string(frames.size()) +
                          " frames picked for the fit were left out: no pose of the body "
                          "resembles them.");
  }
  frames = std::move(kept);
  if (frames.empty()) {
    return fail(Errc::kMissingData, "no frame resembles a pose of the body", "",
                "check what the labels mean with `catena check`");
  }
  return {};
}

}  // namespace catena
