#include "catena/findings/repetition.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "catena/core/units.h"

namespace catena {
namespace {

constexpr double kMetresPerKilometre = 1000.0;

double relative_error(const Estimate& e) { return (e.high - e.low) / (2.0 * e.value); }

/// A product or quotient of positive numbers that err independently: relative errors add as
/// squares.
Estimate combined(double value, double relative, const std::string& source) {
  if (!std::isfinite(value) || !std::isfinite(relative)) return {};
  return {value, value * (1.0 - relative), value * (1.0 + relative), 0.90, source};
}

Estimate times(const Estimate& e, double factor) {
  return {e.value * factor, e.low * factor, e.high * factor, e.level, e.source};
}

RepetitionOfDemand repetition_of(const RecordingLoad& load) {
  RepetitionOfDemand out;
  out.recording = load.recording;
  out.demand = load.demand;
  const Estimate& length = load.stride_length_m;
  out.strides_per_km = combined(kMetresPerKilometre / length.value, relative_error(length),
                                "stride length of this recording");
  const Estimate excursion = times(load.low_back_excursion_rad, kDegPerRad);
  out.excursion_deg_per_stride = excursion;
  // Forward and back again in every stride.
  out.excursion_deg_per_km =
      combined(2.0 * excursion.value * out.strides_per_km.value,
               std::hypot(relative_error(excursion), relative_error(length)),
               "range of low back extension in a stride, twice, by strides per kilometre");
  return out;
}

/// "1.12 (90 % 1.05 to 1.19)"
std::string with_interval(const Estimate& e) {
  return fmt::format("{:.2f} (90 % {:.2f} to {:.2f})", e.value, e.low, e.high);
}

std::string sentence_of(const std::vector<RepetitionOfDemand>& demands) {
  const RepetitionOfDemand& first = demands.front();
  const RepetitionOfDemand& last = demands.back();
  const bool has_back = std::isfinite(first.excursion_deg_per_km.value);
  if (!std::isfinite(first.strides_per_km.value)) {
    return "How many strides one leg takes in a kilometre is not known: no whole stride was timed "
           "and measured.";
  }
  const std::string strides = fmt::format("At {} one leg takes {:.0f} strides in a kilometre",
                                          first.demand, first.strides_per_km.value);
  if (demands.size() < 2) return strides + ".";
  const std::string what =
      has_back ? "the low back's movement by distance" : "the number of strides by distance";
  const Estimate& relative = last.relative_per_km;
  if (!std::isfinite(relative.value)) return strides + ".";
  if (relative.low <= 1.0 && relative.high >= 1.0) {
    return fmt::format("{}; at {} {} is not distinguishable from that, relative to your own.",
                       strides, last.demand, what);
  }
  return fmt::format("{}; at {} {} is {} times your own at {}.", strides, last.demand, what,
                     with_interval(relative), first.demand);
}

}  // namespace

Repetition repetition_of(const std::vector<RecordingLoad>& loads,
                         const std::optional<Examination>& exam) {
  Repetition repetition;
  for (const RecordingLoad& load : loads) {
    if (!(load.stride_length_m.value > 0.0)) continue;
    repetition.demands.push_back(repetition_of(load));
  }
  if (repetition.demands.empty()) {
    repetition.sentence = "Strides by distance are not known: no recording has a speed.";
    return repetition;
  }
  const RepetitionOfDemand first = repetition.demands.front();
  const bool has_back = std::isfinite(first.excursion_deg_per_km.value);
  for (RepetitionOfDemand& demand : repetition.demands) {
    const Estimate& own = has_back ? first.excursion_deg_per_km : first.strides_per_km;
    const Estimate& here = has_back ? demand.excursion_deg_per_km : demand.strides_per_km;
    demand.relative_per_km =
        combined(here.value / own.value, std::hypot(relative_error(here), relative_error(own)),
                 "against the runner's own first recording");
    if (!exam) continue;
    const Training& training = exam->training;
    if (std::isfinite(training.km_per_session)) {
      demand.strides_per_session = times(demand.strides_per_km, training.km_per_session);
    }
    if (std::isfinite(training.km_per_week)) {
      demand.strides_per_week = times(demand.strides_per_km, training.km_per_week);
      demand.excursion_deg_per_week = times(demand.excursion_deg_per_km, training.km_per_week);
    }
  }
  repetition.sentence = sentence_of(repetition.demands);
  return repetition;
}

}  // namespace catena
