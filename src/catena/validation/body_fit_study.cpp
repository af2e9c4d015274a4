#include "catena/validation/body_fit_study.h"

#include <fmt/format.h>

#include <Eigen/Geometry>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <map>
#include <numbers>

#include "catena/core/units.h"
#include "catena/kinematics/body_measures.h"
#include "catena/kinematics/forward_kinematics.h"
#include "catena/kinematics/inverse_kinematics.h"
#include "catena/math/statistics.h"
#include "catena/trajectories/from_recording.h"
#include "catena/validation/planted_body.h"

namespace catena {
namespace {

using Eigen::Index;
using Eigen::Vector3d;

/// Errors of one quantity in one session.
struct Outcome {
  double error = 0.0;
  double truth = 0.0;
  double sd = std::numeric_limits<double>::quiet_NaN();
  bool held = false;
};

using Outcomes = std::map<std::string, std::vector<Outcome>>;

/// The truth of each measure of the fitted body; those of the pelvis in the frame by its bony
/// landmarks.
std::map<std::string, double> true_measures(const SyntheticBody& body) {
  std::map<std::string, double> out;
  for (const NamedLength& measure : measures_of(body.model)) out[measure.name] = measure.value_m;
  // x' and y' of a point in the frame whose x axis runs from the PSIS to the ASIS.
  const double c = std::cos(body.dimensions.psis_drop_rad);
  const double s = std::sin(body.dimensions.psis_drop_rad);
  for (auto& [name, x] : out) {
    const std::size_t end = name.rfind(", x");
    if (end == std::string::npos || end + 3 != name.size()) continue;
    double& y = out.at(name.substr(0, end) + ", y");
    const double forward = c * x - s * y;
    y = s * x + c * y;
    x = forward;
  }
  return out;
}

void compare_measures(const SyntheticBody& body, const BodyPrior& prior, const BodyFit& fit,
                      Outcomes& outcomes) {
  const std::map<std::string, double> truth = true_measures(body);
  for (const BodyMeasure& measure : measure_body(prior, fit)) {
    const auto planted = truth.find(measure.name);
    if (planted == truth.end()) continue;
    const Estimate& e = measure.estimate;
    outcomes[measure.name].push_back({1e3 * (e.value - planted->second), 1e3 * planted->second,
                                      1e3 * (e.high - e.low) / 3.29,
                                      e.low <= planted->second && planted->second <= e.high});
  }
  for (const char* side : {"right thigh", "left thigh"}) {
    double squares = 0.0;
    for (const char* axis : {"x", "y", "z"}) {
      const std::string name = std::string(side) + "'s joint in pelvis, " + axis;
      squares += std::pow(outcomes[name].back().error, 2);
    }
    outcomes[std::string(side) + "'s joint in pelvis, distance"].push_back(
        {std::sqrt(squares), 0.0});
  }
}

/// Root-mean-square errors of the joint angles of all runs, each counted from the mean of the own
/// standing trial.
Result<void> compare_angles(const SyntheticSession& session, const BodyFit& fit,
                            Outcomes& outcomes) {
  InverseKinematicsOptions ik;
  ik.threads = 1;
  ik.marker_tasks = fit.weights;
  CATENA_TRY(standing, make_trajectories(session.standing, {}));
  CATENA_TRY(stood, inverse_kinematics(fit.model, standing, ik));
  for (const char* name : {"pelvis_tilt", "pelvis_list", "pelvis_rotation", "lumbar_extension",
                           "lumbar_bending", "lumbar_rotation", "hip_flexion_r", "hip_adduction_r",
                           "hip_rotation_r", "knee_angle_r", "ankle_angle_r"}) {
    const int ours = find_coordinate(fit.model, name);
    const int theirs = find_coordinate(session.body.model, name);
    const double zero = stood.motion.q.col(ours).mean();
    double squares = 0.0;
    double n = 0.0;
    for (std::size_t r = 0; r < session.runs.size(); ++r) {
      CATENA_TRY(run, make_trajectories(session.runs[r], {}));
      // A second is as good as all of it.
      Trajectories piece = run;
      const Index rows = std::min<Index>(run.points_m.rows(), 150);
      piece.points_m = run.points_m.topRows(rows);
      piece.time_s = run.time_s.head(rows);
      CATENA_TRY(ran, inverse_kinematics(fit.model, piece, ik));
      for (Index f = 0; f < rows; ++f) {
        const double truth = session.motions[r].q(f, theirs) - session.standing_pose[theirs];
        const double off =
            std::remainder(ran.motion.q(f, ours) - zero - truth, 2.0 * std::numbers::pi);
        if (std::isnan(off)) continue;
        squares += off * off;
        n += 1.0;
      }
    }
    outcomes["angle " + std::string(name)].push_back({kDegPerRad * std::sqrt(squares / n), 0.0});
  }
  return {};
}

Result<double> run_session(const BodyFitStudyOptions& options, int index, Outcomes& outcomes) {
  CATENA_TRY(session, make_session(planted_runner(options, index)));
  CATENA_TRY(recordings, recordings_of(session, options.with_standing));
  const auto start = std::chrono::steady_clock::now();
  CATENA_TRY(prior, runner_prior(recordings.labelled(), facts_of(session, options.know_height)));
  BodyFitOptions fit_options;
  fit_options.threads = options.threads;
  CATENA_TRY(fit, fit_body(prior, recordings.for_fit(), fit_options));
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  compare_measures(session.body, prior, fit, outcomes);
  outcomes["marker RMS"].push_back({1e3 * fit.rms_m, 0.0});
  outcomes["skin scale"].push_back({fit.skin_scale, 0.0});
  outcomes["iterations"].push_back({static_cast<double>(fit.iterations), 0.0});
  CATENA_CHECK(compare_angles(session, fit, outcomes));
  return seconds;
}

BodyFitStudyRow summarize(const std::string& name, const std::vector<Outcome>& outcomes) {
  BodyFitStudyRow row;
  row.name = name;
  row.n = static_cast<int>(outcomes.size());
  const double n = row.n;
  double percent2 = 0.0;
  for (const Outcome& o : outcomes) {
    row.mean_error += o.error / n;
    row.rms_error += o.error * o.error / n;
    row.mean_sd += o.sd / n;
    row.coverage += (o.held ? 1.0 : 0.0) / n;
    const double percent = o.truth == 0.0 ? 0.0 : 100.0 * std::abs(o.error / o.truth);
    row.largest_percent = std::max(row.largest_percent, percent);
    percent2 += percent * percent / n;
  }
  row.rms_error = std::sqrt(row.rms_error);
  row.rms_percent = std::sqrt(percent2);
  if (std::isnan(row.mean_sd)) row.coverage = std::numeric_limits<double>::quiet_NaN();
  return row;
}

}  // namespace

RunnerOptions planted_runner(const BodyFitStudyOptions& options, int session) {
  const int body = session % options.n_bodies;
  RunnerOptions runner;
  runner.seed = options.seed + static_cast<std::uint64_t>(session);
  runner.body.female = body % 2 == 1;
  runner.body.height_m =
      1.50 + 0.50 * static_cast<double>(body) / std::max(1, options.n_bodies - 1);
  runner.body.mass_kg = 22.0 * runner.body.height_m * runner.body.height_m;
  runner.speeds_m_s = {2.5, 3.5, 4.5};
  runner.seconds = options.run_s;
  runner.marker_noise_mm = options.noise_mm;
  runner.artefact.on = options.artefact;
  return runner;
}

Result<BodyFitStudy> study_body_fit(const BodyFitStudyOptions& options) {
  Outcomes outcomes;
  std::vector<double> seconds;
  BodyFitStudy study;
  for (int i = 0; i < options.n_sessions; ++i) {
    const auto took_s = run_session(options, i, outcomes);
    if (!took_s) {
      ++study.n_failed;
      continue;
    }
    seconds.push_back(*took_s);
  }
  if (seconds.empty()) {
    return fail(Errc::kNotConverged, "no session could be fitted", "body fit study", "");
  }
  study.median_fit_s = median(seconds);
  for (const auto& [name, of_name] : outcomes) study.rows.push_back(summarize(name, of_name));
  return study;
}

std::string to_markdown(const BodyFitStudy& study) {
  std::string out =
      "| quantity | n | mean error | RMS error | RMS % | largest % | stated SD | 90 % held |\n"
      "|---|---|---|---|---|---|---|---|\n";
  for (const BodyFitStudyRow& row : study.rows) {
    const bool length = row.rms_percent > 0.0;
    out += fmt::format("| {} | {} | {:.2f} | {:.2f} | {} | {} | {} | {} |\n", row.name, row.n,
                       row.mean_error, row.rms_error,
                       length ? fmt::format("{:.2f}", row.rms_percent) : "",
                       length ? fmt::format("{:.2f}", row.largest_percent) : "",
                       std::isnan(row.mean_sd) ? "" : fmt::format("{:.2f}", row.mean_sd),
                       std::isnan(row.coverage) ? "" : fmt::format("{:.1f}", 100.0 * row.coverage));
  }
  out += fmt::format("\nLengths in mm, angles in degrees. {} sessions failed.\n", study.n_failed);
  return out;
}

}  // namespace catena
