#include "catena/analysis/strides_of_file.h"

#include <cmath>
#include <vector>

#include "catena/analysis/shared_labels.h"
#include "catena/core/file.h"
#include "catena/gait/picture_points.h"
#include "catena/gait/strides.h"
#include "catena/recording/plate_forces.h"
#include "catena/recording/read_recording.h"
#include "catena/trajectories/clean.h"
#include "catena/trajectories/from_recording.h"

namespace catena {
namespace {

// What a tool writes that knows of two dimensions only.
constexpr double kFlat_m = 1e-6;  // NOLINT(readability-identifier-naming)
constexpr double kNoSpeed = std::numeric_limits<double>::quiet_NaN();

void add(const std::vector<std::string>& from, std::vector<std::string>& to) {
  to.insert(to.end(), from.begin(), from.end());
}

/// Whether every point stays at one and the same z.
bool lies_in_a_plane(const Trajectories& points) {
  double low = std::numeric_limits<double>::infinity();
  double high = -low;
  for (Eigen::Index j = 2; j < points.points_m.cols(); j += 3) {
    for (Eigen::Index i = 0; i < points.points_m.rows(); ++i) {
      const double z_m = points.points_m(i, j);
      if (std::isnan(z_m)) continue;
      low = std::min(low, z_m);
      high = std::max(high, z_m);
    }
    if (high - low > kFlat_m) return false;
  }
  return true;
}

/// From events on it is the same for all recordings.
void sum_up(GaitEvents events, const GaitPoints& points, const RecordingStridesOptions& options,
            RecordingStrides& out) {
  out.n_frames = static_cast<int>(points.time_s.size());
  out.rate_hz = points.rate_hz;
  out.first_s = points.time_s[0];
  out.last_s = points.time_s[points.time_s.size() - 1];
  out.events = std::move(events);
  out.strides = strides_of(out.events, out.first_s, out.last_s);
  out.spatiotemporal =
      spatiotemporal(out.strides, points, {.belt_speed_m_s = options.belt_speed_m_s});
  out.treadmill = !out.spatiotemporal.belt_by.empty();
}

Result<RecordingStrides> of_points(std::string_view bytes, const std::string& source,
                                   const RecordingStridesOptions& options) {
  const auto in_this_file = placed_in(source);
  CATENA_TRY(recording, parse_recording(bytes, source));
  const IdentifiedLabels meaning = identify_labels(recording.points.labels);
  const BodyPoints body = body_points(meaning);
  CATENA_TRY(ground, find_ground_frame(recording, body, options.axes).map_error(in_this_file));
  CATENA_TRY(points,
             make_trajectories(recording.points, {.ground = ground}).map_error(in_this_file));
  CATENA_TRY(cleaned, clean(points, clusters_of(points.labels, meaning)).map_error(in_this_file));
  CATENA_TRY(out, strides_of_recording(recording, cleaned.trajectories, meaning, ground, options)
                      .map_error(in_this_file));
  // Before what was found of the events.
  std::vector<std::string> notes = points.notes;
  const std::string repairs = in_few_words(cleaned.repairs);
  if (!repairs.empty()) notes.push_back("Repaired: " + repairs + ".");
  add(out.notes, notes);
  out.notes = std::move(notes);
  return out;
}

}  // namespace

Result<RecordingStrides> strides_of_recording(const Recording& recording,
                                              const Trajectories& points,
                                              const IdentifiedLabels& meaning,
                                              const GroundFrame& ground,
                                              const RecordingStridesOptions& options) {
  const BodyPoints body = body_points(meaning);
  CATENA_TRY(gait, gait_points(points, body, ground));
  gait.is_planar = lies_in_a_plane(points);
  const RecordedForces forces = turned(recorded_forces(recording), ground.ground_from_lab);
  const EventInputs inputs = {&gait, &points, &body, &forces.plates, &recording.events};
  CATENA_TRY(events, gait_events(inputs, {.choice = options.events}));
  RecordingStrides out;
  out.format = recording.format;
  out.marker_set = meaning.set_name;
  out.axes = to_text(ground);
  add(forces.notes, out.notes);
  add(gait.notes, out.notes);
  sum_up(std::move(events), gait, options, out);
  return out;
}

Result<RecordingStrides> strides_of_pose(const PoseRecording& pose,
                                         const RecordingStridesOptions& options) {
  if (options.events == EventChoice::kPlates || options.events == EventChoice::kFile) {
    return fail(Errc::kBadOption, "landmarks in pictures come without plates and events", pose.name,
                "leave --events out, or give markers");
  }
  CATENA_TRY(picture, picture_points(pose, {options.height_m}));
  if (options.axes.treadmill) {
    picture.points.belt_speed_m_s = *options.axes.treadmill ? kNoSpeed : 0.0;
  }
  CATENA_TRY(events, gait_events({.gait = &picture.points}, {.choice = EventChoice::kMarkers}));
  RecordingStrides out;
  out.format = pose.source.empty() ? "pose JSON" : "pose JSON (" + pose.source + ")";
  out.marker_set = picture.marker_set;
  out.axes = std::string("seen by one camera, the runner facing ") +
             (picture.faces_left ? "left" : "right");
  add(pose.notes, out.notes);
  add(picture.notes, out.notes);
  sum_up(std::move(events), picture.points, options, out);
  return out;
}

Result<RecordingStrides> strides_of_bytes(std::string_view bytes, const std::filesystem::path& file,
                                          const RecordingStridesOptions& options) {
  const std::string source = file.string();
  const auto read = [&]() -> Result<RecordingStrides> {
    if (!looks_like_json(bytes)) return of_points(bytes, source, options);
    CATENA_TRY(pose, parse_pose_json(bytes, source, {options.least_score}));
    return strides_of_pose(pose, options).map_error(placed_in(source));
  };
  CATENA_TRY(out, read());
  out.file = source;
  if (out.events.events.empty()) {
    return fail(Errc::kMissingData, "no foot is seen to meet or leave the ground", source,
                "give a recording of running or walking in which the feet are seen");
  }
  return std::move(out);
}

Result<RecordingStrides> strides_of_file(const std::filesystem::path& file,
                                         const RecordingStridesOptions& options) {
  CATENA_TRY(bytes, read_file(file));
  return strides_of_bytes(bytes, file, options);
}

}  // namespace catena
