#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <memory>
#include "catena/analysis/reference_build.h"
#include "catena/core/file.h"
#include "catena/report/comparison_text.h"
#include "commands.h"
#include "outcome.h"
#include "progress_line.h"
#include "words.h"

namespace catena {
namespace {

constexpr const char* kReferenceBuildHelp =
    R"(Makes a reference of runners, one session folder each, solved as analyze does: curves with mean
and covariance between runners, numbers with quantiles, bands for a new runner's whole curve.
docs/reference.md says what the file holds. The same recordings give the same bytes.

Example:
  catena reference build RBDS014 RBDS015 RBDS020 RBDS028 -o reference.json)";

struct ReferenceBuildCommand {
  std::vector<std::filesystem::path> sessions;  // a folder or session.toml for each runner
  std::filesystem::path out;                    // file to write
  std::string source;
  double level = 0.90;
  int threads = 0;
};

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
  if (auto written = write_file(command.out, write_reference(build->reference)); !written) {
    return report_error(written.error());
  }
  fmt::print("{}\nreference: {}\n", render_reference(build->reference), command.out.string());
  return kDone;
}

}  // namespace

Command add_reference(CLI::App& app) {
  const auto c = std::make_shared<ReferenceBuildCommand>();
  CLI::App* group = app.add_subcommand("reference", "Other runners to compare with, as a file.");
  group->require_subcommand(1);
  CLI::App* sub = group->add_subcommand("build", kReferenceBuildHelp);
  sub->add_option("sessions", c->sessions, "a folder (or session.toml) for each runner")
      ->required();
  sub->add_option("-o,--out", c->out, "file to write (.json)")->required()->check(not_empty);
  sub->add_option("--source", c->source, "who was recorded and where, in your words");
  sub->add_option("--level", c->level, "probability with which a band holds a new runner's curve")
      ->check(CLI::Range(0.5, 0.99))
      ->capture_default_str();
  add_threads(*sub, c->threads);
  return {group, [c](const std::string&) { return run_reference_build(*c); }};
}

}  // namespace catena
