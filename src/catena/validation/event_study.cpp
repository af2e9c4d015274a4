#include "catena/validation/event_study.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "catena/core/normal_estimate.h"
#include "catena/gait/marker_methods.h"
#include "catena/math/statistics.h"
#include "catena/recording/read_recording.h"
#include "catena/trajectories/clean.h"
#include "catena/trajectories/from_recording.h"
#include "catena/trajectories/identify_labels.h"

namespace catena {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
// An event of a plate and one of markers that are farther apart are not the same.
constexpr double kNearS = 0.1;

/// The one event of a plate near to a time; NaN where there is none.
double near(const std::vector<GaitEvent>& events, Side side, GaitEventKind kind, double time_s) {
  double nearest_s = kNan;
  for (const GaitEvent& event : events) {
    if (event.side != side || event.kind != kind) continue;
    if (std::abs(event.time_s - time_s) > kNearS) continue;
    if (std::isnan(nearest_s) || std::abs(event.time_s - time_s) < std::abs(nearest_s - time_s)) {
      nearest_s = event.time_s;
    }
  }
  return nearest_s;
}

}  // namespace

Result<EventTrial> read_event_trial(const std::filesystem::path& file, const std::string& runner) {
  EventTrial trial;
  trial.name = file.stem().string();
  trial.runner = runner;
  CATENA_TRY(recording, read_recording(file));
  const IdentifiedLabels labels = identify_labels(recording.points.labels);
  trial.body = body_points(labels);
  CATENA_TRY(frame, find_ground_frame(recording, trial.body));
  CATENA_TRY(raw, make_trajectories(recording.points, {.ground = frame}));
  MarkerClusters clusters;
  for (const auto& [segment, points] : points_by_segment(labels)) {
    std::vector<std::string> members;
    for (const Eigen::Index k : points) {
      members.push_back(raw.labels.at(static_cast<std::size_t>(k)));
    }
    clusters.members.push_back(members);
  }
  CATENA_TRY(cleaned, clean(raw, clusters));
  trial.points = std::move(cleaned.trajectories);
  trial.plates = turned(recorded_forces(recording), frame.ground_from_lab).plates;
  trial.file_events = recording.events;
  CATENA_TRY(gait, gait_points(trial.points, trial.body, frame));
  trial.gait = std::move(gait);
  return trial;
}

double EventErrors::bias_s() const {
  double sum = 0.0;
  for (const double e : error_s) sum += e;
  return sum / static_cast<double>(error_s.size());
}

double EventErrors::scatter_s() const {
  double sum = 0.0;
  for (const double e : error_s) sum += (e - bias_s()) * (e - bias_s());
  return std::sqrt(sum / static_cast<double>(error_s.size()));
}

double EventErrors::covered_90() const {
  double n = 0.0;
  for (std::size_t k = 0; k < error_s.size(); ++k) {
    if (std::abs(error_s[k]) <= kNormal90 * sd_s[k]) n += 1.0;
  }
  return n / static_cast<double>(error_s.size());
}

double EventErrors::worst_s() const {
  double worst = 0.0;
  for (const double e : error_s) worst = std::abs(e) > std::abs(worst) ? e : worst;
  return worst;
}

EventErrors compare_events(const GaitEvents& found, const GaitEvents& truth, GaitEventKind kind) {
  EventErrors out;
  for (const Side side : kSides) {
    double first_s = std::numeric_limits<double>::infinity(), last_s = -first_s;
    for (const GaitEvent& event : truth.events) {
      if (event.side != side || event.kind != kind) continue;
      first_s = std::min(first_s, event.time_s);
      last_s = std::max(last_s, event.time_s);
      int n = 0;
      for (const GaitEvent& other : found.events) {
        if (other.side != side || other.kind != kind) continue;
        if (std::abs(other.time_s - event.time_s) > kNearS) continue;
        if (++n > 1) continue;
        out.error_s.push_back(other.time_s - event.time_s);
        out.sd_s.push_back(other.sd_s);
      }
      if (n == 0) ++out.missed;
      if (n > 1) ++out.doubled;
    }
    for (const GaitEvent& other : found.events) {
      if (other.side != side || other.kind != kind) continue;
      if (other.time_s < first_s || other.time_s > last_s) continue;
      if (std::isnan(near(truth.events, side, kind, other.time_s))) ++out.doubled;
    }
  }
  return out;
}

EventErrors pooled(const std::vector<EventErrors>& errors) {
  EventErrors out;
  for (const EventErrors& one : errors) {
    out.error_s.insert(out.error_s.end(), one.error_s.begin(), one.error_s.end());
    out.sd_s.insert(out.sd_s.end(), one.sd_s.begin(), one.sd_s.end());
    out.missed += one.missed;
    out.doubled += one.doubled;
  }
  return out;
}

std::vector<MethodOnTrial> methods_on_trial(const EventTrial& trial) {
  std::vector<MethodOnTrial> out(kContactMethods + kToeOffMethods);
  std::vector<std::vector<double>> errors_s(out.size());
  const auto plates = plate_events(trial.plates, trial.points, trial.body);
  if (!plates) return out;
  const MarkerEventOptions options;
  const GaitPaths paths = gait_paths(trial.gait, options.path_cutoff_hz, options.impact_cutoff_hz,
                                     options.shortest_swing_m);
  const double first_s = trial.gait.time_s(0), part = options.errors.fastest_down_part;
  const GaitEvents found = marker_events(trial.gait);
  for (const Side side : kSides) {
    for (const BackSwing& swing : paths.swings.at(side)) {
      if (!swing.front_seen || !swing.rear_seen) continue;
      const auto seconds = [&](double frame) { return first_s + frame / trial.gait.rate_hz; };
      // The combination tells which event of the plate is meant.
      const auto within = [&](GaitEventKind kind) {
        for (const GaitEvent& event : found.events) {
          if (event.side != side || event.kind != kind) continue;
          if (event.time_s > seconds(swing.front_frame) - 0.05 &&
              event.time_s < seconds(swing.rear_frame) + 0.05) {
            return near(plates->events, side, kind, event.time_s);
          }
        }
        return kNan;
      };
      const double contact_s = within(GaitEventKind::kContact);
      const double toe_off_s = within(GaitEventKind::kToeOff);
      if (std::isnan(contact_s) || std::isnan(toe_off_s)) continue;
      const auto contacts = contact_frames(paths, side, swing);
      const auto toe_offs = toe_off_frames(paths, side, swing);
      for (std::size_t k = 0; k < out.size(); ++k) {
        const bool of_contact = k < kContactMethods;
        double error_s = of_contact ? seconds(contacts.at(k)) - contact_s
                                    : seconds(toe_offs.at(k - kContactMethods)) - toe_off_s;
        if (k == kPelvisFastestDown) error_s -= part * (toe_off_s - contact_s);
        if (std::isnan(error_s)) {
          ++out[k].n_none;
        } else {
          errors_s[k].push_back(error_s);
        }
      }
    }
  }
  for (std::size_t k = 0; k < out.size(); ++k) {
    out[k].n = static_cast<int>(errors_s[k].size());
    out[k].late_s = median(errors_s[k]);
    for (double& e : errors_s[k]) e = std::abs(e - out[k].late_s);
    out[k].scatter_s = 1.4826 * median(errors_s[k]);
  }
  return out;
}

MethodErrors learn_lateness(const std::vector<EventTrial>& trials) {
  std::vector<double> sum_s(kContactMethods + kToeOffMethods, 0.0);
  std::vector<double> n(sum_s.size(), 0.0);
  for (const EventTrial& trial : trials) {
    const auto methods = methods_on_trial(trial);
    for (std::size_t k = 0; k < methods.size(); ++k) {
      if (methods[k].n == 0) continue;
      sum_s[k] += methods[k].late_s;
      n[k] += 1.0;
    }
  }
  MethodErrors errors = measured_errors();
  for (std::size_t k = 0; k < sum_s.size(); ++k) {
    if (n[k] == 0.0) continue;
    MethodError& error = k < kContactMethods ? errors.running_contact.at(k)
                                             : errors.running_toe_off.at(k - kContactMethods);
    error.late_s = sum_s[k] / n[k];
  }
  return errors;
}

}  // namespace catena
