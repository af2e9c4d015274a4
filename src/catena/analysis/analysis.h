// THE MAIN PATH: recorded runs and a model in, everything the report shows out.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "catena/core/error.h"
#include "catena/gait/gait_events.h"
#include "catena/recording/session_file.h"
#include "catena/report/results.h"
#include "catena/trajectories/ground_frame.h"

namespace catena {

struct RunInput {
  std::filesystem::path file;
  // What sets this run apart, as a person wrote it: "12 km/h", "+5 % incline"; "ramp" is a
  // recording in which the speed rises steadily. Empty: what was asked, else the speed over the
  // ground.
  std::string demand;
  RunDemand asked;     // the same in numbers, from a session
  std::string source;  // how it is known: "from the file's name"; empty: it was given
};

/// A run of which no more is known than its file and, perhaps, what a person wrote of it.
inline RunInput run_input(std::filesystem::path file, std::string demand = "") {
  RunInput run;
  run.file = std::move(file);
  run.demand = std::move(demand);
  return run;
}

/// A recording of the runner while an examiner holds a joint at its end.
struct ExamTrial {
  std::filesystem::path file;
  std::string test;  // id in the exam's catalogue
  Side side = kRight;
};

struct AnalysisInputs {
  std::vector<RunInput> runs;
  std::optional<std::filesystem::path> model;    // the runner's; none: a body is fitted
  std::optional<std::filesystem::path> generic;  // fitted instead of the built-in body
  Person person;                                 // for the fit
  std::optional<std::filesystem::path> standing;
  std::optional<std::filesystem::path> ik_setup;
  std::optional<std::filesystem::path> marker_set;
  std::optional<std::filesystem::path> labels;     // mapping of labels (.toml), see match_labels.h
  GroundFrameOptions axes;                         // what is not said is found in each recording
  EventChoice events = EventChoice::kAuto;         // where contacts are taken from
  std::optional<std::filesystem::path> reference;  // other runners to set these recordings beside
  std::optional<std::filesystem::path> exam;       // exam.toml or JSON
  std::vector<ExamTrial> exam_trials;
  std::string today;  // "2026-03-14", so that dates in the future are seen; empty: not checked
  std::vector<std::string> guesses;  // how the inputs were found: sentences for the reader
  int threads = 0;                   // 0: as many as the machine has
  std::string command;               // for the provenance
  // Called with what is being done and how far all of it has come, 0 to 1.
  std::function<void(const std::string& what, double fraction)> progress;
};

/// Reads the runs, fits the model to them (without one, the body as well), and finds for each leg
/// who puts it behind the body and who takes up the next degree.
///
/// errors     those of the readers and of inverse kinematics; kMissingData: a link of the chain
///            carries no marker; kMismatch: the recordings are not of one runner
Result<Results> analyze(const AnalysisInputs& inputs);

}  // namespace catena
