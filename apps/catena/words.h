// Words that several commands understand, and what they mean.
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

namespace CLI {
class App;
}

namespace catena {

/// How the recordings' axes lie, as typed; checked while parsing.
struct AxisWords {
  // "y", "+x", "-z", ...; "auto": found from the data; "file": as the file has it
  std::string up = "auto";
  std::string forward = "auto";
  bool treadmill = false;
  bool overground = false;
};
void add_axes(CLI::App& command, AxisWords& axes);
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
void add_person(CLI::App& command, PersonWords& person);
/// What is said goes before what is known.
void set_person(const PersonWords& words, Person& person);

/// --events, as typed: "auto", "plates", "markers" or "file"; checked while parsing.
void add_events(CLI::App& command, std::string& events);
EventChoice event_choice(const std::string& word);

/// --labels
void add_labels(CLI::App& command, std::filesystem::path& labels);

/// --threads
void add_threads(CLI::App& command, int& threads);

/// For CLI11: what is wrong with a file's name; empty: nothing.
std::string not_empty(const std::string& text);

/// Whether what was given is a session and not a list of recordings.
///
/// errors     kBadOption: a session and something else
Result<bool> is_session(const std::vector<std::filesystem::path>& files);

}  // namespace catena
