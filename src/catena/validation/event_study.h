// How far events from markers are from those of force plates, and what each method errs by.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "catena/core/error.h"
#include "catena/gait/gait_events.h"

namespace catena {

/// A recording ready for finding events.
struct EventTrial {
  std::string name;    // file name without folder and ending
  std::string runner;  // whom it is of
  Trajectories points;
  BodyPoints body;
  std::vector<PlateForces> plates;  // in ground
  std::vector<RecordedEvent> file_events;
  GaitPoints gait;
};

/// Reads, turns and repairs a recording as an analysis does, without fitting a body.
Result<EventTrial> read_event_trial(const std::filesystem::path& file, const std::string& runner);

struct EventErrors {
  std::vector<double> error_s, sd_s;  // of each event that both have: found less true; as stated
  int missed = 0;                     // true ones without a found one within 0.1 s
  int doubled = 0;  // found ones, between the first and last true ones, that are nobody's

  [[nodiscard]] double bias_s() const;
  [[nodiscard]] double scatter_s() const;   // SD about the bias
  [[nodiscard]] double covered_90() const;  // part of errors within 1.645 of their sd_s
  [[nodiscard]] double worst_s() const;
};

EventErrors compare_events(const GaitEvents& found, const GaitEvents& truth, GaitEventKind kind);

/// The errors of several recordings together.
EventErrors pooled(const std::vector<EventErrors>& errors);

/// What each method is late by against the plates of these trials, the mean over trials of their
/// medians, in place of measured_errors' values for running; SDs and walking stay as they are.
MethodErrors learn_lateness(const std::vector<EventTrial>& trials);

/// Median error of each method on one trial, and its scatter within (1.48 times the median
/// deviation); contact methods first.
struct MethodOnTrial {
  double late_s = 0.0, scatter_s = 0.0;
  int n = 0, n_none = 0;
};
std::vector<MethodOnTrial> methods_on_trial(const EventTrial& trial);

}  // namespace catena
