#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <atomic>
#include <cstdio>
#include <map>
#include <memory>
#include <optional>
#include <thread>

#include "catena/analysis/inspect.h"
#include "catena/report/inspection_text.h"
#include "commands.h"
#include "outcome.h"

namespace catena {
namespace {

constexpr const char* kCheckHelp =
    R"(Says what is in a file: rate, markers, gaps, force plates, events, axes, marker set,
quality, and what can and cannot be told from it. A folder stands for its recordings. Models,
motions, set-ups and session files are looked into as well.

Examples:
  catena check run35.trc runner.osim ik.mot
  catena check visit --mass 64
  catena check visit --json)";

struct CheckCommand {
  std::vector<std::filesystem::path> files;  // and folders
  double mass_kg = std::numeric_limits<double>::quiet_NaN();
  bool json = false;
};

struct FileToCheck {
  std::filesystem::path path;
  std::optional<Error> error;  // where a folder holds nothing to check
};

/// The files that were named, and those of the folders that were.
std::vector<FileToCheck> files_of(const std::vector<std::filesystem::path>& named) {
  std::vector<FileToCheck> files;
  for (const std::filesystem::path& path : named) {
    std::error_code ignored;
    if (!std::filesystem::is_directory(path, ignored)) {
      files.push_back({path, {}});
      continue;
    }
    const auto found = recordings_of(path);
    if (!found) {
      files.push_back({path, found.error()});
      continue;
    }
    for (const std::filesystem::path& file : *found) files.push_back({file, {}});
  }
  return files;
}

/// The person's mass: as said, else as the folders of the files say.
std::vector<InspectOptions> options_for(const std::vector<FileToCheck>& files, double mass_kg) {
  std::map<std::filesystem::path, double> mass_of_folder;
  std::vector<InspectOptions> options(files.size());
  for (std::size_t i = 0; i < files.size(); ++i) {
    options[i].mass_kg = mass_kg;
    if (mass_kg > 0.0) continue;
    const std::filesystem::path folder = files[i].path.parent_path();
    if (!mass_of_folder.contains(folder)) {
      const Person person = person_of(folder.empty() ? "." : folder);
      mass_of_folder[folder] = person.mass_kg.value_or(std::numeric_limits<double>::quiet_NaN());
    }
    options[i].mass_kg = mass_of_folder[folder];
  }
  return options;
}

int run_check(const CheckCommand& command) {
  const std::vector<FileToCheck> files = files_of(command.files);
  const std::vector<InspectOptions> options = options_for(files, command.mass_kg);

  // Files are looked into side by side and shown in their order.
  std::vector<std::optional<Result<Inspection>>> found(files.size());
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (std::size_t i = next++; i < files.size(); i = next++) {
      found[i] = files[i].error ? Result<Inspection>(tl::make_unexpected(*files[i].error))
                                : inspect_file(files[i].path, options[i]);
    }
  };
  const std::size_t n_threads = std::clamp<std::size_t>(
      std::min<std::size_t>(std::thread::hardware_concurrency(), files.size()), 1, 64);
  {
    std::vector<std::jthread> helpers;
    for (std::size_t i = 1; i < n_threads; ++i) helpers.emplace_back(work);
    work();
  }

  int worst = kDone;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const Result<Inspection>& inspection = *found[i];
    if (inspection) {
      fmt::print("{}", command.json ? render_inspection_json(*inspection)
                                    : render_inspection(*inspection));
      continue;
    }
    if (command.json) {
      fmt::print("{}", render_inspection_json(files[i].path.string(), inspection.error()));
    }
    worst = report_error(inspection.error());
  }
  return worst;
}

}  // namespace

Command add_check(CLI::App& app) {
  const auto c = std::make_shared<CheckCommand>();
  CLI::App* sub = app.add_subcommand("check", kCheckHelp);
  sub->add_option("files", c->files, "recordings, folders of them, motions, models, set-ups")
      ->required();
  sub->add_option("--mass", c->mass_kg, "the person's mass in kg, for forces in body weights")
      ->check(CLI::Range(10.0, 350.0));
  sub->add_flag("--json", c->json, "one JSON object on one line for each file (docs/session.md)");
  return {sub, [c](const std::string&) { return run_check(*c); }};
}

}  // namespace catena
