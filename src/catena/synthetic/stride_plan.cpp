#include "catena/synthetic/stride_plan.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "catena/core/units.h"

namespace catena {
namespace {

/// How one leg's posture leaves the line over a run: two independent contrasts, hip against
/// pelvis, and low back against lean.
class Departure {
 public:
  Departure(const RunnerOptions& options, const RunSpeed& speed, RandomStream stream) {
    const double sd = options.deviation_sd_deg * kRadPerDeg;
    drifts_ = speed.from_m_s != speed.to_m_s;
    for (std::size_t contrast = 0; contrast < 2; ++contrast) {
      constant_.at(contrast) = sd * stream.normal();
      // Waves of 15 s to twice the run, of random phase; their sum has the SD asked for.
      for (Wave& wave : waves_.at(contrast)) {
        const double slowest = std::log(2.0 * std::max(speed.duration_s, 10.0));
        wave.period_s = std::exp(stream.uniform(std::log(15.0), slowest));
        wave.phase = stream.uniform(0.0, 2.0 * std::numbers::pi);
        wave.amplitude = sd * std::sqrt(2.0 / static_cast<double>(kWaves));
      }
    }
  }

  [[nodiscard]] SagittalPosture at(double time_s) const {
    const double hip = contrast_at(0, time_s);
    // With this factor hip, low back and lean all have the same SD.
    const double back = std::sqrt(0.75) * contrast_at(1, time_s);
    return {hip, -hip / 2.0 + back, -hip / 2.0 - back};
  }

 private:
  static constexpr std::size_t kWaves = 4;
  struct Wave {
    double period_s = 0.0;
    double phase = 0.0;
    double amplitude = 0.0;
  };

  [[nodiscard]] double contrast_at(std::size_t contrast, double time_s) const {
    if (!drifts_) return constant_.at(contrast);
    double sum = 0.0;
    for (const Wave& w : waves_.at(contrast)) {
      sum += w.amplitude * std::sin(2.0 * std::numbers::pi * time_s / w.period_s + w.phase);
    }
    return sum;
  }

  bool drifts_ = false;
  std::array<double, 2> constant_{};
  std::array<std::array<Wave, kWaves>, 2> waves_;
};

/// Stride to stride scatter at a peak.
struct Scatter {
  double thigh = 0.0;
  double pelvis = 0.0;
  double lean = 0.0;
};

Scatter draw_scatter(const RunnerOptions& options, RandomStream& stream) {
  // Correlation of tilt with the thigh that makes the slope within a speed 0.64 at the default SDs.
  constexpr double kTogether = 0.56;
  const double a = stream.normal();
  const double b = stream.normal();
  Scatter s;
  s.thigh = options.thigh_sd_deg * kRadPerDeg * a;
  s.pelvis = options.pelvis_sd_deg * kRadPerDeg *
             (kTogether * a + std::sqrt(1.0 - kTogether * kTogether) * b);
  s.lean = options.lean_sd_deg * kRadPerDeg * stream.normal();
  return s;
}

}  // namespace

std::vector<RunSpeed> planned_runs(const RunnerOptions& options, const RunnerStyle& style) {
  if (options.ramp) {
    return {{options.ramp->from_m_s, options.ramp->to_m_s, options.ramp->duration_s}};
  }
  std::vector<RunSpeed> runs;
  for (const double speed : options.speeds_m_s) {
    // One stride more than asked: the first and the last are cut by the recording's ends.
    const double rate_hz = stride_rate_hz(speed) * style.cadence_factor;
    const double seconds =
        options.seconds > 0.0 ? options.seconds : (options.strides + 1) / rate_hz;
    runs.push_back({speed, speed, seconds});
  }
  return runs;
}

StridePlan plan_strides(const RunnerOptions& options, const RunnerStyle& style,
                        const RunSpeed& speed, int recording) {
  const RandomStream stream =
      RandomStream(options.seed).child("strides", static_cast<std::uint64_t>(recording));
  RandomStream timing = stream.child("timing");
  RandomStream scatter_stream = stream.child("scatter");
  const std::array<Departure, 2> departures = {Departure(options, speed, stream.child("right")),
                                               Departure(options, speed, stream.child("left"))};
  StridePlan plan = {.speed = speed, .peaks = {}};

  const auto add_peak = [&](std::size_t side, double time_s) {
    PlantedPeak peak = {.recording = recording, .side = static_cast<int>(side), .time_s = time_s};
    peak.speed_m_s = speed.at(std::clamp(time_s, 0.0, speed.duration_s));
    peak.deviation = departures.at(side).at(time_s);
    const Scatter s = draw_scatter(options, scatter_stream);
    // The hip makes good what scatter does to the pelvis, and the low back what it does to the
    // lean.
    const SagittalPosture departure = {peak.deviation.hip + s.thigh - s.pelvis,
                                       peak.deviation.low_back + s.pelvis - s.lean,
                                       peak.deviation.lean + s.lean};
    const double planned_rad = peak_thigh_extension_rad(options, peak.speed_m_s, side);
    peak.posture = posture_on_line(style.lines.at(side), planned_rad, departure);
    plan.peaks.push_back(peak);
  };

  double time_s = -2.0 / stride_rate_hz(speed.from_m_s) + timing.uniform(0.0, 0.5);
  while (true) {
    const double at = speed.at(std::clamp(time_s, 0.0, speed.duration_s));
    const double stride_s = (1.0 + options.stride_time_sd * timing.normal()) /
                            (stride_rate_hz(at) * style.cadence_factor);
    const double half = 0.5 + options.stride_time_sd / 2.0 * timing.normal();
    add_peak(0, time_s);
    add_peak(1, time_s + half * stride_s);
    if (time_s > speed.duration_s + 1.5 * stride_s) return plan;
    time_s += stride_s;
  }
}

}  // namespace catena
