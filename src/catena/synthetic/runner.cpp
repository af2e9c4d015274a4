#include "catena/synthetic/runner.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "catena/core/units.h"
#include "catena/synthetic/capture.h"
#include "catena/synthetic/runner_style.h"
#include "catena/synthetic/running_motion.h"
#include "catena/synthetic/skin_motion.h"
#include "catena/synthetic/stride_plan.h"

namespace catena {
namespace {

tl::unexpected<Error> bad(const std::string& what, const std::string& hint) {
  return fail(Errc::kBadOption, what, "synthetic runner", hint);
}

std::string run_name(const RunSpeed& speed) {
  if (speed.from_m_s == speed.to_m_s) return fmt::format("run_{:.2f}", speed.from_m_s);
  return fmt::format("ramp_{:.2f}_{:.2f}", speed.from_m_s, speed.to_m_s);
}

bool is_size(const SizeRange& r) { return r.low_mm >= 0.0 && r.high_mm >= r.low_mm; }

bool is_share(double x) { return x >= 0.0 && x <= 1.0; }

Result<void> check_measurement(const RunnerOptions& o) {
  if (!(o.rate_hz >= 20.0 && o.rate_hz <= 2000.0)) {
    return bad(fmt::format("a rate of {} Hz", o.rate_hz), "give 20 to 2000 Hz");
  }
  const ArtefactOptions& a = o.artefact;
  for (const SizeRange& range : {a.thigh, a.pelvis, a.shank, a.torso, a.other}) {
    if (!is_size(range)) {
      return bad("a skin-motion range that is negative or upside down", "give low <= high, in mm");
    }
  }
  if (!is_share(a.coherent) || !is_share(a.with_joint_angle) ||
      !is_share(o.faults.dropped_fraction)) {
    return bad("a share outside 0 to 1", "shares of variance and of frames lie between 0 and 1");
  }
  if (!(o.marker_noise_mm >= 0.0) || !(o.model_error >= 0.0) || o.faults.swapped_pairs < 0 ||
      !(o.faults.gaps_per_marker_minute >= 0.0) || !(o.faults.longest_gap_s >= 0.0)) {
    return bad("a negative noise, error or number of faults", "give zero to leave it out");
  }
  return {};
}

Result<void> check(const RunnerOptions& o) {
  for (const SagittalShares& s : o.shares) {
    if (!(std::abs(s.hip + s.low_back + s.lean - 1.0) < 1e-6)) {
      return bad(fmt::format("shares {}, {}, {} do not sum to one", s.hip, s.low_back, s.lean),
                 "hip, low back and lean together take the whole degree");
    }
  }
  const auto is_speed = [](double v) { return v >= 1.5 && v <= 10.0; };
  if (o.ramp) {
    if (!is_speed(o.ramp->from_m_s) || !is_speed(o.ramp->to_m_s) ||
        o.ramp->from_m_s == o.ramp->to_m_s || !(o.ramp->duration_s >= 5.0)) {
      return bad("a ramp that is too short or leaves 1.5 to 10 m/s", "try 2.5 to 4.5 m/s in 75 s");
    }
  } else if (o.speeds_m_s.empty() ||
             !std::all_of(o.speeds_m_s.begin(), o.speeds_m_s.end(), is_speed)) {
    return bad("no speed, or one outside 1.5 to 10 m/s", "try 2.5, 3.5 and 4.5 m/s");
  }
  std::set<std::string> names;
  for (const double v : o.speeds_m_s) {
    if (!o.ramp && !names.insert(run_name({v, v})).second) {
      return bad(fmt::format("two runs at {:.2f} m/s", v), "give speeds 0.01 m/s apart or more");
    }
  }
  if (!o.ramp && o.seconds <= 0.0 && o.strides < 1) {
    return bad("no strides", "give a number of strides or of seconds above zero");
  }
  if (!(o.body.height_m > 1.0 && o.body.height_m < 2.5) || !(o.body.mass_kg > 20.0)) {
    return bad("a body that nobody has", "height lies between 1 and 2.5 m, mass above 20 kg");
  }
  if (!(o.deviation_sd_deg >= 0.0) || !(o.thigh_sd_deg >= 0.0) || !(o.pelvis_sd_deg >= 0.0) ||
      !(o.lean_sd_deg >= 0.0) || !(o.stride_time_sd >= 0.0 && o.stride_time_sd <= 0.05)) {
    return bad("a negative spread, or strides of unequal times by more than 5 %",
               "give zero to leave it out");
  }
  if (!std::isfinite(o.asymmetry_deg) || std::isnan(o.hip_stop_deg[0] + o.hip_stop_deg[1])) {
    return bad("an asymmetry or hip stop that is no number", "give degrees");
  }
  return check_measurement(o);
}

Eigen::VectorXd frame_times(double duration_s, double rate_hz) {
  const auto n = static_cast<Eigen::Index>(std::floor(duration_s * rate_hz)) + 1;
  return Eigen::VectorXd::LinSpaced(n, 0.0, static_cast<double>(n - 1)) / rate_hz;
}

Motion sample(const RunningMotion& run, const std::string& name, double duration_s,
              double rate_hz) {
  Motion motion;
  motion.name = name;
  motion.rate_hz = rate_hz;
  motion.time_s = frame_times(duration_s, rate_hz);
  for (Eigen::Index frame = 0; frame < motion.time_s.size(); ++frame) {
    const Eigen::VectorXd q = run.at(motion.time_s[frame]);
    if (frame == 0) motion.q.resize(motion.time_s.size(), q.size());
    motion.q.row(frame) = q;
  }
  return motion;
}

/// Two seconds of standing still.
PointRecording record_standing(const SyntheticSession& session, const RunnerOptions& options) {
  Motion motion;
  motion.name = "standing";
  motion.rate_hz = options.rate_hz;
  motion.time_s = frame_times(2.0, options.rate_hz);
  motion.q = session.standing_pose.transpose().replicate(motion.time_s.size(), 1);
  PointRecording recording = record_markers(session.body, motion, nullptr, nullptr);
  add_marker_noise(recording, 1e-3 * options.marker_noise_mm,
                   RandomStream(options.seed).child("standing noise"));
  return recording;
}

void note_peaks(const StridePlan& plan, SyntheticTruth& truth) {
  for (const PlantedPeak& peak : plan.peaks) {
    if (peak.time_s < 0.0 || peak.time_s > plan.speed.duration_s) continue;
    truth.peaks.push_back(peak);
    PlantedLine& line = truth.lines.at(static_cast<std::size_t>(peak.side));
    line.stop_reached = line.stop_reached || peak.posture.hip >= line.hip_stop_rad;
  }
}

void note_footfalls(const RunningMotion& run, int recording, double duration_s,
                    SyntheticTruth& truth) {
  for (int side = 0; side < 2; ++side) {
    for (const Footfall& foot : run.footfalls().at(static_cast<std::size_t>(side))) {
      if (foot.toe_off_s < 0.0 || foot.contact_s > duration_s) continue;
      truth.footfalls.push_back({recording, side, foot.contact_s, foot.toe_off_s});
    }
  }
}

}  // namespace

Result<SyntheticSession> make_session(const RunnerOptions& options) {
  if (Result<void> fine = check(options); !fine) return tl::make_unexpected(fine.error());
  SyntheticSession session;
  RunnerOptions asked = options;
  asked.body.seed = options.seed;
  SyntheticTruth& truth = session.truth;
  truth.options = asked;

  // The runner, standing, and what the laboratory takes them for.
  session.body = make_synthetic_body(asked.body);
  const RunnerStyle style = draw_style(asked, RandomStream(asked.seed).child("style"));
  truth.lines = style.lines;
  truth.standing = style.standing;
  session.standing_pose = standing_pose(session.body, style);
  session.standing = record_standing(session, asked);
  session.user_model = scaled_model(session.body, asked, session.standing_pose);
  for (const ModelMarker& marker : session.body.model.markers) truth.markers.push_back(marker.name);

  // Every run's motion.
  std::vector<RunningMotion> runs;
  for (const RunSpeed& speed : planned_runs(asked, style)) {
    const int index = static_cast<int>(runs.size());
    const StridePlan plan = plan_strides(asked, style, speed, index);
    runs.emplace_back(session.body, asked, style, plan);
    truth.runs.push_back({run_name(speed), speed.from_m_s, speed.to_m_s, speed.duration_s});
    session.motions.push_back(
        sample(runs.back(), run_name(speed), speed.duration_s, asked.rate_hz));
    note_peaks(plan, truth);
    note_footfalls(runs.back(), index, speed.duration_s, truth);
  }

  // What the cameras see of it.
  const std::size_t middle = runs.size() / 2;
  const SkinMotion skin(session.body, asked, session.standing_pose, runs[middle],
                        truth.runs[middle].duration_s / 2.0);
  truth.artefact_rms_m = skin.rms_m();
  for (std::size_t i = 0; i < runs.size(); ++i) {
    PointRecording recording = record_markers(session.body, session.motions[i], &runs[i], &skin);
    add_marker_noise(recording, 1e-3 * asked.marker_noise_mm,
                     RandomStream(asked.seed).child("noise", i));
    add_faults(recording, session.body, asked.faults, static_cast<int>(i), truth);
    session.runs.push_back(std::move(recording));
  }
  return session;
}

}  // namespace catena
