#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <memory>
#include <string>

#include "catena/analysis/inspect.h"
#include "catena/analysis/strides_of_file.h"
#include "catena/report/strides_text.h"
#include "commands.h"
#include "outcome.h"
#include "words.h"

namespace catena {
namespace {

constexpr const char* kStridesHelp =
    R"(Finds contacts and toe-offs in recordings of running or walking (.c3d, .trc, or landmarks found
in a video as .json) and measures every stride: times, lengths, speed; right, left, and what they
differ by. No body is fitted.

Examples:
  catena strides run35.c3d run50.c3d
  catena strides run35.trc --events markers --speed 3.5
  catena strides side.pose.json --height 1.81 --json)";

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

/// One file's table or object on standard output.
int show(const std::filesystem::path& file, const RecordingStridesOptions& options, bool json) {
  const Result<RecordingStrides> strides = strides_of_file(file, options);
  if (strides) {
    fmt::print("{}", json ? render_strides_json(*strides) : render_strides(*strides));
    return kDone;
  }
  if (json) fmt::print("{}", render_strides_json(file.string(), strides.error()));
  return report_error(strides.error());
}

int run_strides(const StridesCommand& command) {
  RecordingStridesOptions options;
  options.events = event_choice(command.events);
  options.height_m = command.height_m;
  options.belt_speed_m_s = command.speed_m_s;
  options.least_score = command.least_score;
  options.axes = options_of(command.axes);
  int worst = kDone;
  for (const std::filesystem::path& named : command.files) {
    std::error_code ignored;
    if (!std::filesystem::is_directory(named, ignored)) {
      worst = std::max(worst, show(named, options, command.json));
      continue;
    }
    const auto files = recordings_of(named);
    if (!files) {
      worst = std::max(worst, report_error(files.error()));
      continue;
    }
    for (const std::filesystem::path& file : *files) {
      worst = std::max(worst, show(file, options, command.json));
    }
  }
  return worst;
}

}  // namespace

Command add_strides(CLI::App& app) {
  const auto c = std::make_shared<StridesCommand>();
  CLI::App* sub = app.add_subcommand("strides", kStridesHelp);
  sub->add_option("files", c->files, "recordings (.c3d, .trc, .json), or folders of them")
      ->required();
  add_events(*sub, c->events);
  sub->add_option("--height", c->height_m,
                  "the person's height, m: the scale of a video's landmarks")
      ->check(CLI::Range(0.5, 2.6));
  sub->add_option("--speed", c->speed_m_s, "the treadmill's speed, m/s; else found from the feet")
      ->check(CLI::Range(0.2, 15.0));
  sub->add_option("--score", c->least_score, "landmarks of a lower score are lost")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  add_axes(*sub, c->axes);
  sub->add_flag("--json", c->json,
                "one JSON object on one line for each file (docs/strides.schema.json)");
  return {sub, [c](const std::string&) { return run_strides(*c); }};
}

}  // namespace catena
