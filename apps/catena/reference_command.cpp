#include <fmt/core.h>

#include "catena/analysis/reference_build.h"
#include "catena/core/file.h"
#include "catena/report/comparison_text.h"
#include "commands.h"
#include "progress_line.h"

namespace catena {

int run_reference_build(const ReferenceBuildCommand& command) {
  ReferenceBuildInputs inputs;
  inputs.sessions = command.sessions;
  inputs.options.source = command.source;
  inputs.options.level = command.level;
  inputs.threads = command.threads;
  const Result<ReferenceBuild> build = [&] {
    ProgressLine line;
    inputs.progress = [&](const std::string& what, double fraction) { line.show(what, fraction); };
    return build_reference_of_sessions(inputs);
  }();
  if (!build) return report_error(build.error());
  for (const std::string& note : build->notes) fmt::print(stderr, "note: {}\n", note);
  const std::filesystem::path folder =
      command.out.has_parent_path() ? command.out.parent_path() : std::filesystem::path(".");
  const FileSet files = {{command.out.filename().string(), write_reference(build->reference)}};
  if (auto written = write_files(folder, files); !written) return report_error(written.error());
  fmt::print("{}\nreference: {}\n", render_reference(build->reference), command.out.string());
  return kDone;
}

}  // namespace catena
