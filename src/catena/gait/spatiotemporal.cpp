#include "catena/gait/spatiotemporal.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "catena/core/normal_estimate.h"
#include "catena/math/student_t.h"

namespace catena {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

constexpr double kMeanLevel = 0.90;
constexpr double kDifferenceLevel = 0.95;
// Neighbouring strides resemble each other: before any is seen, by a correlation of 0.3 that
// weighs as much as ten strides (docs/methods/strides.md).
constexpr double kPriorCorrelation = 0.3;
constexpr double kPriorStrides = 10.0;
constexpr double kMostCorrelation = 0.9;
constexpr int kFewestForTrend = 8;
// A trend in a sentence must be large as well as sure.
constexpr double kTrendToSay = 0.02;
constexpr double kWanderToSay_m = 0.2;  // NOLINT(readability-identifier-naming)

/// Of the normal distribution, two-sided, for the two levels that are used.
double normal_quantile(double level) { return level == kMeanLevel ? kNormal90 : kNormal95; }

double student_quantile(double level, double freedoms) {
  return freedoms > 0.0 ? student_t_exceeded(0.5 - level / 2.0, freedoms) : kNaN;
}

/// Values in order of time: their mean, and what its error is made of.
struct Sample {
  int n = 0;
  double mean = kNaN, sd = kNaN;
  double correlation = kPriorCorrelation;  // of neighbours
  double n_free = kNaN;                    // as many strides that know nothing of each other
  double se = kNaN;                        // of the mean, from the scatter
  // Of what all strides have in common, see StrideValues.
  double side_sd = 0.0, common_sd = 0.0;
  [[nodiscard]] double shared_sd() const { return std::hypot(side_sd, common_sd); }
};

/// Of neighbours, drawn towards the prior. Over n strides it comes out too low by about
/// (1 + 4 r) / n (Marriott & Pope 1954, Biometrika 41:390).
double neighbour_correlation(const std::vector<double>& values, double mean) {
  const auto n = static_cast<double>(values.size());
  double products = 0.0;
  double squares = 0.0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    squares += (values[i] - mean) * (values[i] - mean);
    if (i > 0) products += (values[i] - mean) * (values[i - 1] - mean);
  }
  if (n < 3.0 || !(squares > 0.0)) return kPriorCorrelation;
  const double raw = products / squares;
  const double corrected = n > 5.0 ? (n * raw + 1.0) / (n - 4.0) : raw;
  const double drawn = (n * corrected + kPriorStrides * kPriorCorrelation) / (n + kPriorStrides);
  // Half a standard error more: intervals that are too narrow by chance are worse than too wide.
  const double safe = drawn + 0.5 / std::sqrt(n + kPriorStrides);
  return std::clamp(safe, 0.0, kMostCorrelation);
}

/// strides    of which the values are
Sample sample_of(const std::vector<double>& values, StrideMeasure measure,
                 const std::vector<const StrideValues*>& strides) {
  Sample out;
  out.n = static_cast<int>(values.size());
  if (out.n == 0) return out;
  const auto n = static_cast<double>(out.n);
  double sum = 0.0;
  for (const double value : values) sum += value;
  out.mean = sum / n;
  for (const StrideValues* stride : strides) {
    out.side_sd += stride->side_sd.at(measure) / n;
    out.common_sd += stride->common_sd.at(measure) / n;
  }
  if (out.n < 2) return out;
  double squares = 0.0;
  for (const double value : values) squares += (value - out.mean) * (value - out.mean);
  out.sd = std::sqrt(squares / (n - 1.0));
  out.correlation = neighbour_correlation(values, out.mean);
  // Strides that follow an autoregression of first order.
  out.n_free = std::max(2.0, n * (1.0 - out.correlation) / (1.0 + out.correlation));
  out.se = out.sd / std::sqrt(out.n_free);
  return out;
}

/// value +- what the scatter and the shared error leave open, which do not depend on each other.
Estimate estimate_of(double value, double se, double freedoms, double shared_sd, double level,
                     std::string source) {
  Estimate out;
  out.value = value;
  out.level = level;
  out.source = std::move(source);
  const double half =
      std::hypot(student_quantile(level, freedoms) * se, normal_quantile(level) * shared_sd);
  out.low = value - half;
  out.high = value + half;
  return out;
}

std::string source_of(const Sample& sample) {
  if (sample.n < 2) return "one stride: no interval";
  return fmt::format(
      "error of the mean of {} strides that resemble their neighbours by {:.2f}, and the error "
      "that they share",
      sample.n, sample.correlation);
}

/// Right and left strides overlap in time, so that nothing is won by having both: errors are
/// added, not averaged.
Estimate both_of(const std::array<Sample, 2>& s) {
  for (const std::size_t side : {0, 1}) {
    const Sample& other = s.at(1 - side);
    if (s.at(side).n == 0) {
      return estimate_of(other.mean, other.se, other.n_free - 1.0, other.shared_sd(), kMeanLevel,
                         source_of(other));
    }
  }
  return estimate_of(0.5 * (s[0].mean + s[1].mean), 0.5 * (s[0].se + s[1].se),
                     std::min(s[0].n_free, s[1].n_free) - 1.0,
                     0.5 * (s[0].shared_sd() + s[1].shared_sd()), kMeanLevel,
                     fmt::format("midway between {} right and {} left strides", s[0].n, s[1].n));
}

void compare_sides(const std::array<Sample, 2>& s, const MeasureInfo& info, MeasureSummary& out) {
  if (!info.compares_sides || s[0].n < 2 || s[1].n < 2) return;
  // Welch's freedoms, of strides that know nothing of each other.
  const std::array<double, 2> v = {s[0].se * s[0].se, s[1].se * s[1].se};
  const double sum = v[0] + v[1];
  const double freedoms =
      sum > 0.0
          ? sum * sum / (v[0] * v[0] / (s[0].n_free - 1.0) + v[1] * v[1] / (s[1].n_free - 1.0))
          : 1.0;
  // A foot's events err in a way of their own, so these errors do not cancel; belt and scale
  // stretch both sides alike, and with them the difference.
  const double middle = 0.5 * (s[0].mean + s[1].mean);
  const double difference = s[0].mean - s[1].mean;
  const double common_sd =
      middle != 0.0 ? 0.5 * (s[0].common_sd + s[1].common_sd) * std::abs(difference / middle) : 0.0;
  const double shared_sd = std::hypot(s[0].side_sd, s[1].side_sd, common_sd);
  out.asymmetry = estimate_of(
      difference, std::sqrt(sum), freedoms, shared_sd, kDifferenceLevel,
      fmt::format("right minus left, {} and {} strides and the error of each side's events", s[0].n,
                  s[1].n));
  out.smallest_detectable = 0.5 * (out.asymmetry.high - out.asymmetry.low);
  out.distinguishable = std::abs(out.asymmetry.value) > out.smallest_detectable;
  if (info.in_percent && middle > 0.0) {
    out.asymmetry_percent = 100.0 * out.asymmetry.value / middle;
  }
}

/// One camera sees the near leg better than the far one, by an error that nobody has measured: the
/// difference stays, without an interval.
void forget_whether_sides_differ(MeasureSummary& out) {
  out.asymmetry.low = out.asymmetry.high = kNaN;
  out.asymmetry.source = "seen from one side: not judged";
  out.smallest_detectable = kNaN;
  out.distinguishable = false;
}

/// A straight line over time through both sides, each about its own mean.
struct TimedValue {
  double time_s = 0.0, value = 0.0;
};

Estimate trend_of(std::vector<TimedValue> values, double correlation) {
  Estimate out;
  out.level = kDifferenceLevel;
  if (static_cast<int>(values.size()) < kFewestForTrend) return out;
  const auto n = static_cast<double>(values.size());
  double mean_s = 0.0;
  for (const TimedValue& v : values) mean_s += v.time_s / n;
  double tt = 0.0;
  double tv = 0.0;
  for (const TimedValue& v : values) {
    tt += (v.time_s - mean_s) * (v.time_s - mean_s);
    tv += (v.time_s - mean_s) * v.value;
  }
  if (!(tt > 0.0)) return out;
  const double slope = tv / tt;
  double squares = 0.0;
  for (const TimedValue& v : values) {
    const double rest = v.value - slope * (v.time_s - mean_s);
    squares += rest * rest;
  }
  // Right and left strides overlap: half of them are new.
  const double n_free = std::max(4.0, 0.5 * n * (1.0 - correlation) / (1.0 + correlation));
  const double se = std::sqrt(squares / n / tt * n / (n_free - 2.0));
  return estimate_of(60.0 * slope, 60.0 * se, n_free - 2.0, 0.0, kDifferenceLevel,
                     fmt::format("slope over {} strides of both sides", values.size()));
}

std::string why_unknown(StrideMeasure measure, const Spatiotemporal& s, const GaitPoints& points) {
  const MeasureInfo& info = kMeasures.at(measure);
  if (s.strides.empty()) return "No complete stride was found.";
  if (!applies(measure, s.gait)) {
    return s.gait == Gait::kUnknown ? "It is not known whether this is running or walking."
                                    : fmt::format("There is none in {}.",
                                                  kGaitNames.at(static_cast<std::size_t>(s.gait)));
  }
  const bool no_heel = points.heel_m[0].rows() == 0 && points.heel_m[1].rows() == 0;
  const bool no_toe = points.toe_m[0].rows() == 0 && points.toe_m[1].rows() == 0;
  if (measure == kStepWidth && points.is_planar) return "The runner is seen from one side only.";
  if ((measure == kStrideLength || measure == kStepLength || measure == kStepWidth) && no_heel &&
      no_toe) {
    return "No point of the feet is known.";
  }
  if (measure == kOverstride &&
      (no_heel || (points.hip_m[0].rows() == 0 && points.hip_m[1].rows() == 0))) {
    return no_heel ? "No heel is known." : "No hip is known.";
  }
  if ((measure == kVerticalOscillation || measure == kSpeed) && points.pelvis_m.rows() == 0) {
    return "No point of the pelvis is known.";
  }
  if (info.is_distance && std::isnan(s.belt.speed_m_s))
    return "The treadmill's speed is not known.";
  return "The points that it needs were lost, or an event is missing, in every stride.";
}

MeasureSummary summarize(StrideMeasure measure, const Spatiotemporal& s, const GaitPoints& points) {
  const MeasureInfo& info = kMeasures.at(measure);
  MeasureSummary out;
  std::array<Sample, 2> samples;
  std::vector<TimedValue> timed;
  for (const Side side : kSides) {
    std::vector<double> values;
    std::vector<const StrideValues*> of;
    for (const StrideValues& stride : s.strides) {
      if (stride.stride.side != side || stride.stride.gait != s.gait) continue;
      if (!applies(measure, s.gait)) continue;
      const double value = stride.value.at(measure);
      if (std::isnan(value)) {
        ++out.n_lost.at(side);
        continue;
      }
      values.push_back(value);
      of.push_back(&stride);
    }
    samples.at(side) = sample_of(values, measure, of);
    const Sample& sample = samples.at(side);
    for (std::size_t i = 0; i < values.size(); ++i) {
      timed.push_back({0.5 * (of[i]->stride.from_s + of[i]->stride.to_s), values[i] - sample.mean});
    }
    out.n.at(side) = sample.n;
    out.stride_sd.at(side) = sample.sd;
    if (sample.n > 0) {
      out.side.at(side) = estimate_of(sample.mean, sample.se, sample.n_free - 1.0,
                                      sample.shared_sd(), kMeanLevel, source_of(sample));
    }
  }
  if (out.n[0] + out.n[1] == 0) {
    out.why = why_unknown(measure, s, points);
    return out;
  }
  out.both = both_of(samples);
  compare_sides(samples, info, out);
  if (points.is_planar) forget_whether_sides_differ(out);
  out.trend_per_min = trend_of(timed, std::max(samples[0].correlation, samples[1].correlation));
  out.drifts = out.trend_per_min.low > 0.0 || out.trend_per_min.high < 0.0;
  return out;
}

Gait gait_of_most(const std::vector<StrideValues>& strides) {
  std::array<int, kGaitNames.size()> n{};
  for (const StrideValues& stride : strides) ++n.at(static_cast<std::size_t>(stride.stride.gait));
  // What is known goes before what is not.
  const bool none_known = n[1] + n[2] == 0;
  if (none_known) return Gait::kUnknown;
  return n[1] >= n[2] ? Gait::kRunning : Gait::kWalking;
}

BeltSpeed belt_of(const GaitStrides& strides, const GaitPoints& points,
                  const SpatiotemporalOptions& options, Spatiotemporal& out) {
  if (points.belt_speed_m_s == 0.0 && std::isnan(options.belt_speed_m_s)) return {};
  const BeltSpeed seen = belt_speed_of_feet(strides, points);
  if (!std::isnan(options.belt_speed_m_s)) {
    const double said = options.belt_speed_m_s;
    out.belt_by = "given";
    if (std::abs(seen.speed_m_s - said) > 0.05 * said + 2.0 * seen.sd_m_s) {
      out.notes.push_back(
          fmt::format("A belt speed of {:.2f} m/s was given, but the standing feet go {:.2f} m/s; "
                      "the given one is used.",
                      said, seen.speed_m_s));
    }
    BeltSpeed belt;
    belt.speed_m_s = said;
    belt.sd_m_s = options.said_speed_error * said;
    belt.by_points = false;
    return belt;
  }
  if (!std::isnan(seen.speed_m_s)) {
    out.belt_by = seen.rise_m_s2 == 0.0 ? "found from the standing feet"
                                        : "a ramp, found from the standing feet";
    return seen;
  }
  if (!std::isnan(points.belt_speed_m_s)) {
    out.belt_by = "found from feet near the ground";
    BeltSpeed belt;
    belt.speed_m_s = points.belt_speed_m_s;
    belt.sd_m_s = 0.03 * points.belt_speed_m_s;
    return belt;
  }
  out.belt_by = "not known";
  BeltSpeed unknown;
  unknown.speed_m_s = unknown.sd_m_s = kNaN;
  return unknown;
}

/// How far the runner has moved on the belt, by a straight line over time.
void note_wander(const GaitPoints& points, Spatiotemporal& out) {
  if (out.belt_by.empty() || out.strides.empty()) return;
  const auto n_frames = points.pelvis_m.rows();
  for (const int axis : {0, 2}) {
    if (axis == 2 && points.is_planar) continue;
    double n = 0.0, t = 0.0, x = 0.0, tt = 0.0, tx = 0.0;
    for (Eigen::Index i = 0; i < n_frames; ++i) {
      const double place_m = points.pelvis_m(i, axis);
      if (std::isnan(place_m)) continue;
      const double time_s = points.time_s[i] - points.time_s[0];
      n += 1.0;
      t += time_s;
      x += place_m;
      tt += time_s * time_s;
      tx += time_s * place_m;
    }
    const double spread = n * tt - t * t;
    if (n < 2.0 || !(spread > 0.0)) continue;
    const double moved_m =
        (n * tx - t * x) / spread * (points.time_s[n_frames - 1] - points.time_s[0]);
    if (std::abs(moved_m) < kWanderToSay_m) continue;
    const char* way = axis == 0 ? (moved_m > 0.0 ? "forward" : "backward")
                                : (moved_m > 0.0 ? "to the right" : "to the left");
    out.notes.push_back(fmt::format("The runner drifts {} on the belt, by {:.2f} m in all.", way,
                                    std::abs(moved_m)));
  }
}

void note_trends(Spatiotemporal& out) {
  if (out.strides.empty()) return;
  const double minutes =
      (out.strides.back().stride.to_s - out.strides.front().stride.from_s) / 60.0;
  for (const StrideMeasure measure : {kSpeed, kCadence}) {
    const MeasureSummary& summary = out.measures.at(measure);
    const double change = summary.trend_per_min.value * minutes / summary.both.value;
    if (!summary.drifts || !(std::abs(change) > kTrendToSay)) continue;
    out.notes.push_back(fmt::format(
        "The {} {} by {:.0f} % over the recording: means are not of one condition.",
        kMeasures.at(measure).label, change > 0.0 ? "rises" : "falls", 100.0 * std::abs(change)));
  }
}

}  // namespace

Spatiotemporal spatiotemporal(const GaitStrides& strides, const GaitPoints& points,
                              const SpatiotemporalOptions& options) {
  Spatiotemporal out;
  out.is_scaled = points.is_scaled;
  out.is_planar = points.is_planar;
  out.belt = belt_of(strides, points, options, out);
  out.strides = measure_strides(strides, points, out.belt);
  out.gait = gait_of_most(out.strides);
  const auto n_other =
      std::count_if(out.strides.begin(), out.strides.end(),
                    [&](const StrideValues& stride) { return stride.stride.gait != out.gait; });
  if (n_other > 0) {
    out.notes.push_back(
        fmt::format("{} of {} strides are not summed up: they are not known to be {}.", n_other,
                    out.strides.size(), kGaitNames.at(static_cast<std::size_t>(out.gait))));
  }
  if (points.is_planar) {
    out.notes.emplace_back(
        "Right and left are not judged against each other: one camera sees the near leg better "
        "than the far one.");
  }
  if (!points.is_scaled) {
    out.notes.emplace_back(
        "Lengths and speeds rest on an assumed height of the person; times and percentages do "
        "not.");
  }
  for (std::size_t k = 0; k < kMeasureCount; ++k) {
    out.measures.at(k) = summarize(static_cast<StrideMeasure>(k), out, points);
  }
  note_wander(points, out);
  note_trends(out);
  return out;
}

}  // namespace catena
