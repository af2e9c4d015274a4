#include "catena/analysis/exam_trials.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <string>
#include <utility>

#include "catena/analysis/belonging.h"
#include "catena/kinematics/forward_kinematics.h"
#include "catena/math/statistics.h"

namespace catena {
namespace {

/// The words of a file's name, in small letters: "Thomas_R_2" is thomas, r, 2.
std::vector<std::string> words_of(const std::string& name) {
  std::vector<std::string> words(1);
  for (const char c : name) {
    const auto letter = static_cast<unsigned char>(c);
    if (std::isalpha(letter) != 0) {
      words.back() += static_cast<char>(std::tolower(letter));
    } else if (!words.back().empty()) {
      words.emplace_back();
    }
  }
  return words;
}

bool has_word(const std::vector<std::string>& words, const std::string& word) {
  return std::ranges::find(words, word) != words.end();
}

/// Where the thigh lies in the pelvis's own sagittal plane; + behind.
double hip_extension_rad(const RigidTransform& pelvis, const RigidTransform& thigh) {
  return thigh_extension_rad(pelvis.rotation.transpose() * thigh.rotation);
}

/// Hip extension of every frame with a pose.
std::vector<double> hip_extensions_rad(const BodySetup& body, const Motion& motion, Side side) {
  std::vector<double> angles;
  Eigen::VectorXd q(motion.q.cols());
  Pose ground_from;
  for (Eigen::Index k = 0; k < motion.q.rows(); ++k) {
    q = motion.q.row(k);
    if (q.array().isNaN().all()) continue;
    forward_kinematics(body.model, q, ground_from);
    const auto at = [&](int index) { return ground_from[static_cast<std::size_t>(index)]; };
    const double angle = hip_extension_rad(at(body.chain.pelvis), at(body.chain.thigh[side]));
    if (std::isfinite(angle)) angles.push_back(angle);
  }
  return angles;
}

/// The trial's poses, its axes those of the runs: someone who lies down does not show which way is
/// up.
Result<FittedRun> read_trial(const ExamTrial& trial, const RunnerRecordings& recordings) {
  const BodySetup& body = recordings.body;
  const GroundFrame& ground = recordings.runs.front().ground;
  GroundFrameOptions axes;
  axes.up = ground.up.axis;
  axes.forward = ground.forward.axis;
  axes.treadmill = false;
  CATENA_TRY(run, read_run(trial.file, axes));
  name_as_the_model(run, body.model, body.labels);
  CATENA_CHECK(check_size(run, body));
  CATENA_TRY(fit, inverse_kinematics(body.model, run.trajectories, body.ik_options)
                      .map_error(placed_in(run.path)));
  run.fit = std::move(fit);
  return std::move(run);
}

}  // namespace

Result<ExamTrial> exam_trial_named(const std::filesystem::path& file) {
  const std::vector<std::string> words = words_of(file.stem().string());
  ExamTrial trial;
  trial.file = file;
  if (has_word(words, "thomas")) {
    trial.test = "modified_thomas";
  } else if (has_word(words, "prone")) {
    trial.test = "prone_hip_extension";
  }
  const bool right = has_word(words, "r") || has_word(words, "right");
  const bool left = has_word(words, "l") || has_word(words, "left");
  if (trial.test.empty() || right == left) {
    return fail(Errc::kBadOption, "the name does not say which test and side this is",
                file.string(), "call it thomas_r, thomas_l, prone_r or prone_l");
  }
  trial.side = right ? kRight : kLeft;
  return trial;
}

Result<std::vector<RecordedCapacity>> recorded_capacities(const std::vector<ExamTrial>& trials,
                                                          const RunnerRecordings& recordings) {
  std::vector<RecordedCapacity> capacities;
  for (const ExamTrial& trial : trials) {
    CATENA_TRY(run, read_trial(trial, recordings));
    const std::vector<double> held =
        hip_extensions_rad(recordings.body, run.fit.motion, trial.side);
    if (held.empty()) {
      return fail(Errc::kMissingData, "no frame shows pelvis and thigh together", run.path,
                  "record the examined position with the markers of the run");
    }
    double zero = 0.0;
    if (recordings.standing) {
      std::vector<double> standing =
          hip_extensions_rad(recordings.body, recordings.standing->fit.motion, trial.side);
      zero = median(standing);
    }
    const std::vector<double> q = quantiles(held, std::array{0.05, 0.5, 0.95});
    RecordedCapacity capacity;
    capacity.test = trial.test;
    capacity.side = trial.side;
    capacity.hip_extension_rad = {q[1] - zero, q[0] - zero, q[2] - zero, 0.90,
                                  fmt::format("{} frames of {}", held.size(), run.file)};
    capacity.file = run.file;
    capacities.push_back(std::move(capacity));
  }
  return capacities;
}

}  // namespace catena
