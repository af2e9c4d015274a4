#include "words.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>

namespace catena {
namespace {

// What --events understands, in the order of EventChoice.
constexpr std::array<const char*, 4> kEventWords = {"auto", "plates", "markers", "file"};

}  // namespace

void add_axes(CLI::App& command, AxisWords& axes) {
  const auto is_axis = [](const std::string& word) -> std::string {
    if (word == "auto" || word == "file" || axis_named(word)) return "";
    return "'" + word + "' is no axis: give x, y, z, -x, -y, -z, auto or file";
  };
  command.add_option("--up", axes.up, "upward axis: y, z, x, -y, ...; auto: found; file: y")
      ->check(is_axis)
      ->capture_default_str();
  command
      .add_option("--forward", axes.forward,
                  "the way the runner goes: +x, -x, ...; auto: found; file: as it is")
      ->check(is_axis)
      ->capture_default_str();
  CLI::Option* belt = command.add_flag("--treadmill", axes.treadmill, "on a treadmill");
  command.add_flag("--overground", axes.overground, "through the room")->excludes(belt);
}

GroundFrameOptions options_of(const AxisWords& words) {
  GroundFrameOptions options;
  options.up = words.up == "file" ? LabAxis::kPlusY : axis_named(words.up);
  options.forward = axis_named(words.forward);
  options.keep_forward = words.forward == "file";
  if (words.treadmill || words.overground) options.treadmill = words.treadmill;
  return options;
}

void set_axes(const AxisWords& words, GroundFrameOptions& axes) {
  const GroundFrameOptions said = options_of(words);
  if (said.up) axes.up = said.up;
  if (said.forward) axes.forward = said.forward;
  if (said.treadmill) axes.treadmill = said.treadmill;
  axes.keep_forward = said.keep_forward;
}

void add_person(CLI::App& command, PersonWords& person) {
  command.add_option("--height", person.height_m, "the person's height, m")
      ->check(CLI::Range(0.5, 2.6));
  command.add_option("--mass", person.mass_kg, "the person's mass, kg")
      ->check(CLI::Range(10.0, 350.0));
  command.add_option("--sex", person.sex, "f or m, for masses and proportions")
      ->check(CLI::IsMember({"f", "m", "female", "male"}));
}

void set_person(const PersonWords& words, Person& person) {
  if (std::isfinite(words.height_m)) person.height_m = words.height_m;
  if (std::isfinite(words.mass_kg)) person.mass_kg = words.mass_kg;
  if (!words.sex.empty()) person.sex = words.sex.front() == 'f' ? Sex::kFemale : Sex::kMale;
}

void add_events(CLI::App& command, std::string& events) {
  command
      .add_option(
          "--events", events,
          "where contacts come from: plates, markers, the file's own, or auto: plates where "
          "a foot is on one, markers elsewhere")
      ->check(CLI::IsMember(std::vector<std::string>(kEventWords.begin(), kEventWords.end())))
      ->capture_default_str();
}

EventChoice event_choice(const std::string& word) {
  const auto found = std::find(kEventWords.begin(), kEventWords.end(), word);
  return static_cast<EventChoice>(found - kEventWords.begin());
}

void add_labels(CLI::App& command, std::filesystem::path& labels) {
  command.add_option("--labels", labels,
                     "mapping of labels (.toml): under [labels], lines such as RASI = \"R.ASIS\", "
                     "the recording's name and the model's");
}

void add_threads(CLI::App& command, int& threads) {
  command.add_option("--threads", threads, "0: as many as the machine has")
      ->check(CLI::Range(0, 1024));
}

std::string not_empty(const std::string& text) { return text.empty() ? "an empty name" : ""; }

Result<bool> is_session(const std::vector<std::filesystem::path>& files) {
  for (const std::filesystem::path& file : files) {
    std::error_code ignored;
    const bool is_folder = std::filesystem::is_directory(file, ignored);
    if (!is_folder && file.extension() != ".toml") continue;
    if (files.size() == 1) return true;
    return fail(Errc::kBadOption,
                is_folder ? "this is a folder, not a file" : "this is a session, not a recording",
                file.string(), "give one folder, or one session.toml, or the recordings alone");
  }
  return false;
}

}  // namespace catena
