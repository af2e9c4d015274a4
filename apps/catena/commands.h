// What each command of the program does once its words are understood. Each returns the exit code.
#pragma once

#include <array>
#include <filesystem>
#include <limits>
#include <string>
#include <vector>

#include "catena/core/error.h"
#include "catena/gait/gait_events.h"
#include "catena/recording/session_file.h"
#include "catena/trajectories/ground_frame.h"

namespace catena {

enum ExitCode { kDone = 0, kBadInput = 1, kBadUsage = 2, kNotConverged = 3 };

/// "catena: run.trc:7: 3 columns are missing; export the file again" on stderr.
int report_error(const Error& error);

/// How the recordings' axes lie, as typed; checked while parsing.
struct AxisWords {
  // "y", "+x", "-z", ...; "auto": found from the data; "file": as the file has it
  std::string up = "auto";
  std::string forward = "auto";
  bool treadmill = false;
  bool overground = false;
};
GroundFrameOptions options_of(const AxisWords& words);
/// What is said goes before what a session says.
void set_axes(const AxisWords& words, GroundFrameOptions& axes);

/// What is said of the person.
struct PersonWords {
  // NaN, or empty: not said
  double height_m = std::numeric_limits<double>::quiet_NaN();
  double mass_kg = std::numeric_limits<double>::quiet_NaN();
  std::string sex;  // "f", "m", "female", "male"
};
/// What is said goes before what is known.
void set_person(const PersonWords& words, Person& person);

/// What --events understands, in the order of EventChoice; checked while parsing.
inline constexpr std::array<const char*, 4> kEventWords = {"auto", "plates", "markers", "file"};
EventChoice event_choice(const std::string& word);

struct AnalyzeCommand {
  std::vector<std::filesystem::path> runs;  // recordings; or one folder or session.toml
  std::vector<std::string> demands;         // none, or one per run
  std::filesystem::path model;
  std::filesystem::path generic;  // model to be fitted
  std::filesystem::path standing;
  std::filesystem::path ik_setup;
  std::filesystem::path marker_set;
  std::filesystem::path labels;
  std::filesystem::path reference;
  std::filesystem::path exam;
  std::vector<std::filesystem::path> exam_trials;
  std::filesystem::path out;
  std::string events = "auto";
  std::string language = "en";  // of the report
  std::string pdf = "no";  // "no", "yes", "auto": where there is a Chromium; checked while parsing
  PersonWords person;
  AxisWords axes;
  int threads = 0;
  std::string command_line;
};
int run_analyze(const AnalyzeCommand& command);

/// Whether what was given is a session and not a list of recordings.
///
/// errors     kBadOption: a session and something else
Result<bool> is_session(const std::vector<std::filesystem::path>& files);

struct FitCommand {
  std::vector<std::filesystem::path> runs;  // recordings; or one folder or session.toml
  std::filesystem::path model;
  std::filesystem::path standing;
  std::filesystem::path marker_set;
  std::filesystem::path labels;
  std::filesystem::path out;
  PersonWords person;
  AxisWords axes;
  int threads = 0;
  std::string command_line;
};
int run_fit(const FitCommand& command);

struct IkCommand {
  std::filesystem::path run;
  std::filesystem::path model;
  std::filesystem::path ik_setup;
  std::filesystem::path marker_set;
  std::filesystem::path labels;
  std::filesystem::path out;
  AxisWords axes = {"file", "file", false, false};
  int threads = 0;
};
int run_ik(const IkCommand& command);

struct SynthCommand {
  std::filesystem::path out;
  unsigned long long seed = 1;
  std::vector<double> speeds_m_s;
  double ramp_s = 0.0;
  int strides = 12;
  double rate_hz = 150.0;
  double deviation_deg = 0.7;
  double noise_mm = 0.5;
  std::vector<double> shares;  // hip, low back, lean
  double hip_stop_right_deg = 1e9;
  double hip_stop_left_deg = 1e9;
  double asymmetry_deg = 0.0;
  double gaps_per_minute = 0.0;
  double dropped_fraction = 0.0;
  int swapped_pairs = 0;
  double model_error = 1.0;
  bool no_artefact = false;
  bool overground = false;
};
int run_synth(const SynthCommand& command);

struct CheckCommand {
  std::vector<std::filesystem::path> files;  // and folders
  double mass_kg = std::numeric_limits<double>::quiet_NaN();
  bool json = false;
};
int run_check(const CheckCommand& command);

struct StridesCommand {
  std::vector<std::filesystem::path> files;  // and folders
  std::string events = "auto";
  // NaN: not said
  double height_m = std::numeric_limits<double>::quiet_NaN();
  double speed_m_s = std::numeric_limits<double>::quiet_NaN();
  double least_score = 0.3;
  AxisWords axes;
  bool json = false;
};
int run_strides(const StridesCommand& command);

struct ConvertCommand {
  std::vector<std::filesystem::path> in;  // a recording or table; forces beside a TRC file
  std::vector<std::filesystem::path> outs;
  std::filesystem::path all;  // a folder for every format that fits; or empty
  AxisWords axes = {"file", "file", false, false};
  bool zero_plates = false;
  bool per_foot = false;
};
int run_convert(const ConvertCommand& command);

struct ReferenceBuildCommand {
  std::vector<std::filesystem::path> sessions;  // a folder or session.toml for each runner
  std::filesystem::path out;                    // file to write
  std::string source;
  double level = 0.90;
  int threads = 0;
};
int run_reference_build(const ReferenceBuildCommand& command);

struct CompareCommand {
  std::filesystem::path before, after;  // two sessions, or two recordings
  std::filesystem::path standing;       // of two recordings, as is the model
  std::filesystem::path model;
  std::filesystem::path out;  // folder; empty: nothing is written
  PersonWords person;
  AxisWords axes;
  bool same_markers = false;
  int threads = 0;
};
int run_compare(const CompareCommand& command);

struct ExamCommand {
  std::filesystem::path file = "exam.toml";
  bool json = false;   // in a new file, or for --check
  bool check = false;  // look only
};
int run_exam(const ExamCommand& command);

struct PlanCommand {
  std::filesystem::path session;  // what was recorded; or empty
  std::vector<double> speeds;     // m/s, or km/h
  std::string ramp;               // "2.5:4.5", of the same unit; or empty
  double seconds = 75.0;          // of the ramp
  double strides = 10.0;          // of each leg at each speed
  bool km_h = false;
  bool json = false;
};
int run_plan(const PlanCommand& command);

}  // namespace catena
