#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <string>

#include "catena/analysis/inspect.h"
#include "catena/analysis/strides_of_file.h"
#include "catena/report/strides_text.h"
#include "commands.h"

namespace catena {
namespace {

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

}  // namespace

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

}  // namespace catena
