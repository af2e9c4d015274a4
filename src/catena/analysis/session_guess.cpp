#include "catena/analysis/session_guess.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "catena/analysis/session_files.h"
#include "catena/core/file.h"
#include "catena/core/text.h"
#include "catena/recording/lost_position.h"
#include "catena/recording/session_metadata.h"

namespace catena {
namespace fs = std::filesystem;

namespace {

constexpr int kLevelsOfOpenCap = 4;   // MarkerData/DETECTOR/CAMERAS/PostAugmentation
constexpr int kLevelsOfPose2Sim = 2;  // SESSION/PARTICIPANT/TRIAL

/// The folder's name, also of "." and "runner/".
std::string name_of(const fs::path& folder) {
  std::error_code code;
  const fs::path whole = fs::canonical(folder, code);
  return printable((code ? folder : whole).filename().string());
}

bool begins_with(const std::string& text, std::string_view beginning) {
  return text.compare(0, beginning.size(), beginning) == 0;
}

bool ends_with(const std::string& text, std::string_view end) {
  return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

// --- OpenCap

/// The folder whose recordings are the session's: MarkerData itself or, below it, the one with
/// augmented markers, which the models are made for.
Result<fs::path> opencap_markers(const fs::path& folder) {
  const fs::path top = folder / "MarkerData";
  std::vector<fs::path> augmented;
  std::vector<fs::path> others;
  for (const fs::path& below : folders_below(top, kLevelsOfOpenCap)) {
    if (files_in(below, {".trc"}).empty()) continue;
    if (below == top) return top;
    const std::string name = below.filename().string();
    if (begins_with(name, "PreAugmentation")) continue;
    (begins_with(name, "PostAugmentation") ? augmented : others).push_back(below);
  }
  const std::vector<fs::path>& found = augmented.empty() ? others : augmented;
  if (found.size() == 1) return found.front();
  if (found.empty()) {
    return fail(Errc::kMissingData, "there is no recording (.trc) in MarkerData", folder.string(),
                "export the session again");
  }
  return fail(
      Errc::kMismatch,
      fmt::format("there are {} sets of markers: {}", found.size(), names_of(found, folder)),
      folder.string(), "name the recordings of one of them, with --model and --standing");
}

/// Models scaled to the runner: the one that sessionMetadata.yaml tells of, else all.
std::vector<fs::path> opencap_models(const fs::path& folder, const std::string& named) {
  std::vector<fs::path> models;
  for (const fs::path& below : folders_below(folder / "OpenSimData", kLevelsOfOpenCap)) {
    const std::vector<fs::path> here = files_in(below, {".osim"});
    models.insert(models.end(), here.begin(), here.end());
  }
  // Generic models and those with contact spheres may lie beside the scaled one.
  const auto only = [&](const auto& keep) {
    std::vector<fs::path> kept;
    std::copy_if(models.begin(), models.end(), std::back_inserter(kept), keep);
    if (!kept.empty()) models = kept;
  };
  if (models.size() > 1) {
    only([](const fs::path& model) { return ends_with(model.stem().string(), "_scaled"); });
  }
  if (models.size() > 1 && !named.empty()) {
    only([&](const fs::path& model) { return model.stem().string() == named + "_scaled"; });
  }
  return models;
}

// --- Pose2Sim

/// "T01_0-100_filt_butterworth_LSTM" is "T01": without what was done to the trial.
std::string trial_of(std::string stem) {
  const std::size_t augmented = stem.find("_LSTM");
  if (augmented != std::string::npos) stem.erase(augmented, 5);
  const std::size_t filtered = stem.find("_filt_");
  if (filtered != std::string::npos) {
    const std::size_t end = stem.find('_', filtered + 6);
    stem.erase(filtered, end == std::string::npos ? end : end - filtered);
  }
  // The frames that were kept: "_0-100".
  const std::size_t frames = stem.rfind('_');
  if (frames != std::string::npos && frames + 1 < stem.size() &&
      stem.find_first_not_of("0123456789-", frames + 1) == std::string::npos &&
      stem.find('-', frames) != std::string::npos) {
    stem.erase(frames);
  }
  return stem;
}

int rank_of(const std::string& stem) {
  return (stem.find("_LSTM") != std::string::npos ? 2 : 0) +
         (stem.find("_filt_") != std::string::npos ? 1 : 0);
}

struct Pose2SimTrial {
  fs::path folder;
  fs::path recording;
  std::vector<fs::path> models;
};

/// The recording of one trial folder.
///
/// errors     kMismatch: of several persons
Result<Pose2SimTrial> read_trial(const fs::path& folder) {
  Pose2SimTrial trial{folder, {}, files_in(folder / "kinematics", {".osim"})};
  std::map<std::string, std::vector<fs::path>> by_name;
  std::vector<fs::path> files = files_in(folder / "pose-3d", {".trc"});
  if (files.empty()) files = files_in(folder / "pose-3d", {".c3d"});
  for (const fs::path& file : files) by_name[trial_of(file.stem().string())].push_back(file);
  if (by_name.size() > 1) {
    return fail(Errc::kMismatch,
                fmt::format("pose-3d holds {} recordings, of several persons perhaps: {}",
                            by_name.size(), names_of(files, folder / "pose-3d")),
                folder.string(), "name the recordings of one person, with --model");
  }
  if (by_name.empty()) return trial;
  const auto has_model = [&](const fs::path& file) {
    return std::any_of(trial.models.begin(), trial.models.end(),
                       [&](const fs::path& model) { return model.stem() == file.stem(); });
  };
  const auto worth = [&](const fs::path& file) {
    return std::pair{has_model(file), rank_of(file.stem().string())};
  };
  const std::vector<fs::path>& variants = by_name.begin()->second;
  trial.recording =
      *std::max_element(variants.begin(), variants.end(),
                        [&](const fs::path& a, const fs::path& b) { return worth(a) < worth(b); });
  if (has_model(trial.recording)) {
    std::erase_if(trial.models,
                  [&](const fs::path& model) { return model.stem() != trial.recording.stem(); });
  }
  return trial;
}

/// Config.toml of a trial or, for what it leaves out, of the folders above it.
void read_config(const fs::path& trial, const fs::path& top, Session& session) {
  fs::path folder = trial;
  for (int level = 0; level <= kLevelsOfPose2Sim + 1; ++level, folder = folder.parent_path()) {
    if (const auto bytes = read_file(folder / "Config.toml", 1 << 20)) {
      const SessionMetadata config = parse_pose2sim_config(*bytes);
      const bool new_mass = config.person.mass_kg && !session.person.mass_kg;
      const bool new_height = config.person.height_m && !session.person.height_m;
      if (new_mass) session.person.mass_kg = config.person.mass_kg;
      if (new_height) session.person.height_m = config.person.height_m;
      if (new_mass || new_height || !config.notes.empty()) {
        note_person("Config.toml", config.notes, session);
      }
    }
    if (folder == top || folder == folder.parent_path()) return;
  }
}

std::vector<fs::path> trials_of(const fs::path& folder) {
  std::vector<fs::path> trials;
  for (const fs::path& below : folders_below(folder, kLevelsOfPose2Sim)) {
    std::error_code ignored;
    if (fs::is_directory(below / "pose-3d", ignored)) trials.push_back(below);
  }
  return trials;
}

}  // namespace

Result<Session> guess_opencap(const fs::path& folder, const SessionOptions& options) {
  Session session;
  session.folder = folder;
  CATENA_TRY(markers, opencap_markers(folder));
  session.guesses.push_back(
      fmt::format("This looks like a session of OpenCap; recordings are "
                  "taken from {}.",
                  names_of({markers}, folder)));
  std::string model;
  if (const auto bytes = read_file(folder / "sessionMetadata.yaml", 1 << 20)) {
    SessionMetadata metadata = parse_opencap_metadata(*bytes);
    session.person = metadata.person;
    model = metadata.model;
    note_person("sessionMetadata.yaml", metadata.notes, session);
  }
  CATENA_CHECK(sort_recordings(files_in(markers, {".trc"}), options, session));
  CATENA_CHECK(choose_model(opencap_models(folder, model), options, session));
  return session;
}

bool is_pose2sim(const fs::path& folder) { return !trials_of(folder).empty(); }

Result<Session> guess_pose2sim(const fs::path& folder, const SessionOptions& options) {
  Session session;
  session.folder = folder;
  const std::vector<fs::path> trials = trials_of(folder);
  session.guesses.emplace_back(
      "This looks like a project of Pose2Sim; recordings are taken from "
      "pose-3d.");
  // Trials of one participant lie in one folder.
  std::vector<fs::path> participants;
  std::vector<fs::path> recordings;
  std::vector<fs::path> models;
  for (const fs::path& folder_of_trial : trials) {
    const fs::path parent = folder_of_trial.parent_path();
    if (participants.empty() || participants.back() != parent) participants.push_back(parent);
    CATENA_TRY(trial, read_trial(folder_of_trial));
    if (trial.recording.empty()) continue;
    recordings.push_back(trial.recording);
    models.insert(models.end(), trial.models.begin(), trial.models.end());
  }
  if (participants.size() > 1) {
    return fail(Errc::kMismatch,
                fmt::format("there are trials in {} folders, of several persons perhaps: {}",
                            participants.size(), names_of(participants, folder)),
                folder.string(), "name the folder of one person");
  }
  if (recordings.empty()) {
    return fail(Errc::kMissingData, "there is no recording (.trc) in pose-3d", folder.string(),
                "run Pose2Sim's triangulation first");
  }
  read_config(trials.front(), folder, session);
  CATENA_CHECK(sort_recordings(recordings, options, session));
  CATENA_CHECK(choose_model(models, options, session));
  return session;
}

Result<Session> guess_plain(const fs::path& folder, const SessionOptions& options) {
  Session session;
  session.folder = folder;
  std::vector<fs::path> recordings = files_in(folder, {".trc", ".c3d"});
  std::vector<fs::path> twins;
  for (const fs::path& file : recordings) {
    const bool has_trc =
        std::any_of(recordings.begin(), recordings.end(), [&](const fs::path& other) {
          return other.stem() == file.stem() && to_lower(other.extension().string()) == ".trc";
        });
    if (has_trc && to_lower(file.extension().string()) != ".trc") twins.push_back(file);
  }
  std::erase_if(recordings, [&](const fs::path& file) {
    return std::find(twins.begin(), twins.end(), file) != twins.end();
  });
  if (recordings.empty()) {
    std::vector<fs::path> elsewhere;
    for (const fs::path& below : folders_in(folder)) {
      if (!files_in(below, {".trc", ".c3d"}).empty()) elsewhere.push_back(below);
    }
    return fail(
        Errc::kMissingData, "there is no recording (.trc or .c3d) in this folder", folder.string(),
        elsewhere.empty()
            ? "name the folder that holds a runner's recordings, or write a session.toml"
            : fmt::format("name the folder of one runner, such as {}", elsewhere.front().string()));
  }
  session.guesses.push_back(
      fmt::format("All recordings of the folder {} are taken for those of "
                  "one runner.",
                  name_of(folder)));
  if (!twins.empty()) {
    session.guesses.push_back(fmt::format("Left out, because there is a TRC file of this name: {}.",
                                          names_of(twins, folder)));
  }
  CATENA_CHECK(sort_recordings(recordings, options, session));
  CATENA_CHECK(choose_model(files_in(folder, {".osim"}), options, session));
  return session;
}

bool nobody_moves(const PointRecording& recording) {
  constexpr double kMostSway_m = 0.15;  // NOLINT(readability-identifier-naming)
  constexpr Eigen::Index kMostFrames = 400;
  constexpr double kOfPoints = 0.75;
  const Eigen::Index step = std::max<Eigen::Index>(1, recording.points_m.rows() / kMostFrames);
  // Each point's widest way, without the 5 % of the frames at either end.
  std::vector<double> ways_m;
  std::vector<double> places;
  for (Eigen::Index point = 0; 3 * point < recording.points_m.cols(); ++point) {
    double widest = -1.0;
    for (Eigen::Index axis = 0; axis < 3; ++axis) {
      places.clear();
      for (Eigen::Index i = 0; i < recording.points_m.rows(); i += step) {
        const Eigen::RowVector3d p = recording.points_m.row(i).segment<3>(3 * point);
        if (is_seen(p)) places.push_back(p[axis]);
      }
      if (places.empty()) break;
      const auto tail = static_cast<std::ptrdiff_t>((places.size() - 1) / 20);
      const auto low = places.begin() + tail;
      const auto high = places.end() - 1 - tail;
      std::nth_element(places.begin(), low, places.end());
      std::nth_element(low, high, places.end());
      widest = std::max(widest, *high - *low);
    }
    if (widest >= 0.0) ways_m.push_back(widest);
  }
  if (ways_m.empty()) return false;
  const auto at = ways_m.begin() +
                  static_cast<std::ptrdiff_t>(kOfPoints * static_cast<double>(ways_m.size() - 1));
  std::nth_element(ways_m.begin(), at, ways_m.end());
  return *at < kMostSway_m;
}

}  // namespace catena
