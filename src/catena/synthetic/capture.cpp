#include "catena/synthetic/capture.h"

#include <algorithm>
#include <cmath>

#include "catena/core/units.h"
#include "catena/kinematics/forward_kinematics.h"

namespace catena {
namespace {

constexpr double kLost = std::numeric_limits<double>::quiet_NaN();

void lose(PointRecording& recording, Eigen::Index marker, Eigen::Index first, Eigen::Index last) {
  recording.points_m.block(first, 3 * marker, last - first + 1, 3).setConstant(kLost);
}

void swap_labels(PointRecording& recording, const SyntheticBody& body, const FaultOptions& faults,
                 RandomStream stream, std::vector<PlantedSwap>& swaps, int index) {
  // Labellers confuse neighbours on one segment.
  const auto& markers = body.model.markers;
  std::vector<std::pair<std::size_t, std::size_t>> pairs;
  for (std::size_t a = 0; a < markers.size(); ++a) {
    for (std::size_t b = a + 1; b < markers.size(); ++b) {
      if (markers[a].body == markers[b].body) pairs.emplace_back(a, b);
    }
  }
  const auto n_frames = static_cast<int>(recording.points_m.rows());
  for (int k = 0; k < faults.swapped_pairs && !pairs.empty(); ++k) {
    const auto [a, b] =
        pairs[static_cast<std::size_t>(stream.index(static_cast<int>(pairs.size())))];
    // No marker is swapped twice.
    std::erase_if(pairs, [a, b](const auto& p) {
      return p.first == a || p.second == a || p.first == b || p.second == b;
    });
    PlantedSwap swap = {.recording = index,
                        .first_marker = markers[a].name,
                        .second_marker = markers[b].name,
                        .first_frame = 0,
                        .last_frame = n_frames - 1};
    const double length = stream.uniform(0.2, 0.5);
    const double start = stream.uniform(0.0, 1.0 - length);
    if (k % 2 == 1) {
      swap.first_frame = static_cast<int>(start * n_frames);
      swap.last_frame = static_cast<int>((start + length) * n_frames) - 1;
    }
    const Eigen::Index rows = swap.last_frame - swap.first_frame + 1;
    const auto at = [&](std::size_t m) {
      return recording.points_m.block(swap.first_frame, 3 * static_cast<Eigen::Index>(m), rows, 3);
    };
    const Eigen::MatrixXd kept = at(a);
    at(a) = at(b).eval();
    at(b) = kept;
    swaps.push_back(swap);
  }
}

void add_gaps(PointRecording& recording, const FaultOptions& faults, RandomStream stream,
              std::vector<PlantedGap>& gaps, int index) {
  const Eigen::Index n_frames = recording.points_m.rows();
  const double minutes = static_cast<double>(n_frames) / recording.rate_hz / 60.0;
  for (std::size_t m = 0; m < recording.labels.size(); ++m) {
    RandomStream own = stream.child(recording.labels[m]);
    // Waiting times between gaps are exponential.
    double at_min = 0.0;
    while (faults.gaps_per_marker_minute > 0.0) {
      at_min -= std::log(1.0 - own.uniform()) / faults.gaps_per_marker_minute;
      if (at_min >= minutes) break;
      const double length_s = own.uniform(1.0 / recording.rate_hz, faults.longest_gap_s);
      const auto first =
          std::min(n_frames - 1, static_cast<Eigen::Index>(at_min * 60.0 * recording.rate_hz));
      const auto last =
          std::min(n_frames - 1, first + static_cast<Eigen::Index>(length_s * recording.rate_hz));
      lose(recording, static_cast<Eigen::Index>(m), first, last);
      gaps.push_back({index, recording.labels[m], static_cast<int>(first), static_cast<int>(last)});
    }
  }
}

}  // namespace

PointRecording record_markers(const SyntheticBody& body, const Motion& motion,
                              const RunningMotion* run, const SkinMotion* skin) {
  const Model& model = body.model;
  PointRecording recording;
  recording.name = motion.name;
  recording.rate_hz = motion.rate_hz;
  for (const ModelMarker& marker : model.markers) recording.labels.push_back(marker.name);
  recording.time_s = motion.time_s;
  recording.points_m.resize(motion.q.rows(), 3 * static_cast<Eigen::Index>(model.markers.size()));
  for (Eigen::Index frame = 0; frame < motion.q.rows(); ++frame) {
    const Eigen::VectorXd q = motion.q.row(frame);
    const Pose pose = forward_kinematics(model, q);
    Eigen::Matrix3Xd moved =
        Eigen::Matrix3Xd::Zero(3, static_cast<Eigen::Index>(model.markers.size()));
    if (run != nullptr && skin != nullptr) {
      moved = skin->displacement_m(q, run->since_contact_s(motion.time_s[frame]));
    }
    for (std::size_t m = 0; m < model.markers.size(); ++m) {
      const auto column = static_cast<Eigen::Index>(m);
      const ModelMarker& marker = model.markers[m];
      const Eigen::Vector3d place_in_body = marker.position_in_body_m + moved.col(column);
      recording.points_m.block<1, 3>(frame, 3 * column) =
          (pose[static_cast<std::size_t>(marker.body)] * place_in_body).transpose();
    }
  }
  return recording;
}

void add_marker_noise(PointRecording& recording, double sd_m, RandomStream stream) {
  for (Eigen::Index column = 0; column < recording.points_m.cols(); ++column) {
    RandomStream own = stream.child(recording.labels[static_cast<std::size_t>(column / 3)],
                                    static_cast<std::uint64_t>(column % 3));
    for (Eigen::Index frame = 0; frame < recording.points_m.rows(); ++frame) {
      recording.points_m(frame, column) += sd_m * own.normal();
    }
  }
}

void add_faults(PointRecording& recording, const SyntheticBody& body, const FaultOptions& faults,
                int recording_index, SyntheticTruth& truth) {
  const RandomStream stream =
      RandomStream(truth.options.seed).child("faults", static_cast<std::uint64_t>(recording_index));
  swap_labels(recording, body, faults, stream.child("swaps"), truth.swaps, recording_index);
  add_gaps(recording, faults, stream.child("gaps"), truth.gaps, recording_index);
  RandomStream drops = stream.child("drops");
  for (Eigen::Index frame = 0; frame < recording.points_m.rows(); ++frame) {
    if (drops.uniform() >= faults.dropped_fraction) continue;
    recording.points_m.row(frame).setConstant(kLost);
    truth.drops.push_back({recording_index, static_cast<int>(frame)});
  }
}

Model scaled_model(const SyntheticBody& body, const RunnerOptions& options,
                   const Eigen::VectorXd& standing) {
  if (options.model_error == 0.0) return body.model;
  const RandomStream stream = RandomStream(options.seed).child("scaled model");
  Model model = make_synthetic_body(
                    believed_dimensions(body.dimensions, options.model_error, stream.child("size")),
                    options.body)
                    .model;
  // Where the laboratory believes each segment to be while the runner stands: the pelvis frame
  // hangs on palpated bones, the thigh's on hip and knee centres.
  RandomStream frames = stream.child("frames");
  const auto error = [&](double sd_deg) {
    return options.model_error * sd_deg * kRadPerDeg * frames.normal();
  };
  const RunnerCoordinates index(model);
  Eigen::VectorXd q = standing;
  const double pelvis = error(4.0);
  q[index.tilt] += pelvis;
  q[index.list] += error(1.0);
  q[index.rotation] += error(1.5);
  q[index.lumbar_extension] += error(2.0) - pelvis;
  q[index.lumbar_bending] += error(1.5);
  q[index.lumbar_rotation] += error(2.0);
  for (std::size_t side = 0; side < 2; ++side) {
    q[index.hip_flexion.at(side)] += error(1.0) - pelvis;
    q[index.hip_adduction.at(side)] += error(1.0);
    q[index.hip_rotation.at(side)] += error(5.0);
    q[index.knee.at(side)] += error(1.5);
  }
  const Pose believed = forward_kinematics(model, q);
  const Pose real = forward_kinematics(body.model, standing);
  for (std::size_t m = 0; m < model.markers.size(); ++m) {
    const auto b = static_cast<std::size_t>(model.markers[m].body);
    model.markers[m].position_in_body_m =
        inverse(believed[b]) * (real[b] * body.model.markers[m].position_in_body_m);
  }
  return model;
}

}  // namespace catena
