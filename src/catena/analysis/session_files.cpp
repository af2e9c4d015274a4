#include "catena/analysis/session_files.h"

#include <fmt/format.h>

#include <algorithm>

#include "catena/analysis/name_clues.h"
#include "catena/analysis/session_guess.h"
#include "catena/core/text.h"
#include "catena/recording/read_recording.h"

namespace catena {
namespace fs = std::filesystem;

namespace {

/// No folder of recordings is this full; a home folder given by mistake may be.
constexpr std::size_t kMostEntries = 20000;

bool is_hidden(const fs::path& path) {
  const std::string name = path.filename().string();
  return name.empty() || name.front() == '.';
}

template <class Keep>
std::vector<fs::path> entries_of(const fs::path& folder, Keep keep) {
  std::vector<fs::path> found;
  std::error_code code;
  std::size_t seen = 0;
  for (fs::directory_iterator entry(folder, code); !code && entry != fs::directory_iterator();
       entry.increment(code)) {
    if (++seen > kMostEntries) break;
    if (!is_hidden(entry->path()) && keep(*entry)) found.push_back(entry->path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

bool same_file(const fs::path& a, const fs::path& b) {
  std::error_code ignored;
  return fs::equivalent(a, b, ignored);
}

/// The recordings in which nobody moves; those that cannot be read are none.
std::vector<fs::path> quiet_ones(const std::vector<fs::path>& recordings) {
  std::vector<fs::path> quiet;
  for (const fs::path& file : recordings) {
    const auto recording = read_recording(file);
    if (recording && nobody_moves(recording->points)) quiet.push_back(file);
  }
  return quiet;
}

}  // namespace

std::vector<fs::path> files_in(const fs::path& folder,
                               const std::vector<std::string_view>& endings) {
  return entries_of(folder, [&](const fs::directory_entry& entry) {
    std::error_code ignored;
    const std::string ending = to_lower(entry.path().extension().string());
    // Pipes and devices are never opened unasked.
    return std::find(endings.begin(), endings.end(), ending) != endings.end() &&
           entry.is_regular_file(ignored);
  });
}

std::vector<fs::path> folders_in(const fs::path& folder) {
  return entries_of(folder, [](const fs::directory_entry& entry) {
    std::error_code ignored;
    return entry.is_directory(ignored);
  });
}

std::vector<fs::path> folders_below(const fs::path& folder, int levels) {
  std::vector<fs::path> all = {folder};
  if (levels == 0) return all;
  for (const fs::path& below : folders_in(folder)) {
    const std::vector<fs::path> more = folders_below(below, levels - 1);
    all.insert(all.end(), more.begin(), more.end());
  }
  return all;
}

std::string names_of(const std::vector<fs::path>& files, const fs::path& seen_from,
                     std::size_t most) {
  std::string text;
  for (std::size_t i = 0; i < std::min(most, files.size()); ++i) {
    const fs::path relative = files[i].lexically_relative(seen_from);
    text += (i > 0 ? ", " : "") + printable((relative.empty() ? files[i] : relative).string());
  }
  if (files.size() > most) text += fmt::format(" and {} more", files.size() - most);
  return text;
}

Result<void> sort_recordings(const std::vector<fs::path>& recordings, const SessionOptions& options,
                             Session& session) {
  const auto is_standing = [](const fs::path& file) {
    return is_standing_name(file.stem().string());
  };
  std::vector<fs::path> standing;
  std::vector<fs::path> runs;
  std::partition_copy(recordings.begin(), recordings.end(), std::back_inserter(standing),
                      std::back_inserter(runs), is_standing);
  std::string by = "by its name";
  if (options.standing) {
    session.standing = options.standing;
    std::erase_if(runs, [&](const fs::path& run) { return same_file(run, *options.standing); });
  } else {
    // A trial for calibration may be one in which the runner moves on purpose.
    if (standing.size() > 1) {
      const std::vector<fs::path> named = standing;
      standing = quiet_ones(named);
      std::vector<fs::path> moving;
      std::set_difference(named.begin(), named.end(), standing.begin(), standing.end(),
                          std::back_inserter(moving));
      if (!moving.empty()) {
        session.guesses.push_back(
            fmt::format("Left out, named as a standing trial but not one to be read as such: {}.",
                        names_of(moving, session.folder)));
      }
    }
    if (standing.empty()) {
      standing = quiet_ones(runs);
      by = "nobody moves in it";
    }
    if (standing.size() > 1) {
      return fail(Errc::kMismatch,
                  fmt::format("{} recordings may be the standing trial: {}", standing.size(),
                              names_of(standing, session.folder)),
                  session.folder.string(),
                  fmt::format("name one with --standing, such as --standing {}, or write a "
                              "session.toml",
                              standing.front().string()));
    }
    if (!standing.empty()) {
      session.standing = standing.front();
      std::erase(runs, standing.front());
      session.guesses.push_back(
          fmt::format("Standing trial: {} ({}).", names_of(standing, session.folder), by));
    } else {
      session.guesses.emplace_back("No standing trial was found.");
    }
  }
  if (runs.empty()) {
    return fail(Errc::kMissingData,
                session.standing ? fmt::format("beside the standing trial ({}) there is no "
                                               "recording, so there is nothing to analyse",
                                               session.standing->filename().string())
                                 : "there is no recording of running",
                session.folder.string(), "add recordings of running, TRC or C3D");
  }

  std::vector<std::string> stems;
  for (const fs::path& run : runs) stems.push_back(run.stem().string());
  const std::vector<double> speeds = speeds_from_names(stems);
  std::string told;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    SessionRun run{runs[i], {}, ""};
    if (!speeds.empty()) {
      run.demand.speed_m_s = speeds[i];
      run.demand_source = "from the file's name";
      told += fmt::format("{}{:.4g}", i > 0 ? ", " : "", speeds[i]);
    }
    session.runs.push_back(std::move(run));
  }
  session.guesses.push_back(fmt::format("{}: {}.", runs.size() == 1 ? "Run" : "Runs",
                                        names_of(runs, session.folder, 12)));
  if (!speeds.empty()) {
    session.guesses.push_back(fmt::format("Speeds from the files' names: {} m/s.", told));
  }
  return {};
}

Result<void> choose_model(const std::vector<fs::path>& models, const SessionOptions& options,
                          Session& session) {
  if (options.model) {
    session.model = options.model;
    return {};
  }
  if (!options.look_for_model) return {};
  if (models.size() > 1) {
    const auto scaled = std::find_if(models.begin(), models.end(), [](const fs::path& model) {
      return to_lower(model.stem().string()).find("scaled") != std::string::npos;
    });
    return fail(Errc::kMismatch,
                fmt::format("{} models may be the runner's: {}", models.size(),
                            names_of(models, session.folder)),
                session.folder.string(),
                fmt::format("name the one that was scaled to the runner with --model, such as "
                            "--model {}",
                            (scaled == models.end() ? models.front() : *scaled).string()));
  }
  if (models.empty()) {
    session.guesses.emplace_back("No model (.osim) was found: a body is fitted to the recordings.");
    return {};
  }
  session.model = models.front();
  session.guesses.push_back(fmt::format("Model: {}.", names_of(models, session.folder)));
  return {};
}

void note_person(const std::string& file, const std::vector<std::string>& notes, Session& session) {
  std::string known;
  if (session.person.mass_kg) known += fmt::format("{:.4g} kg", *session.person.mass_kg);
  if (session.person.height_m) {
    known += fmt::format("{}{:.4g} m", known.empty() ? "" : ", ", *session.person.height_m);
  }
  if (!known.empty()) session.guesses.push_back(fmt::format("{}: {}.", file, known));
  for (const std::string& note : notes) session.guesses.push_back(file + ": " + note);
}

}  // namespace catena
