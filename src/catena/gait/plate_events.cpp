#include "catena/gait/plate_events.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "catena/gait/foot_forces.h"
#include "catena/math/butterworth.h"

namespace catena {
namespace {

// The threshold lies this near to where the unfiltered force is surely that of a foot.
constexpr double kFarthestS = 0.08;
// After contact and before toe-off by this much the foot presses on one plate more than on others.
constexpr double kInsideS = 0.02;
// What another choice of low-pass (20 to 100 Hz) moves a contact by, on twelve treadmill trials.
constexpr double kFilterSdS = 0.002;
// What an event is off by that could only be had at the force that tells a foot.
constexpr double kUnsureSdS = 0.01;

struct FilteredPlate {
  const PlateForces* plate = nullptr;
  Eigen::VectorXd up_n;
};

double force_at(const FilteredPlate& one, double time_s) {
  const auto i =
      static_cast<Eigen::Index>(std::lround((time_s - one.plate->first_s) * one.plate->rate_hz));
  return i >= 0 && i < one.up_n.size() && std::isfinite(one.up_n(i)) ? one.up_n(i) : 0.0;
}

const FilteredPlate* pressed_most(const std::vector<FilteredPlate>& plates, double time_s) {
  return &*std::max_element(plates.begin(), plates.end(),
                            [&](const FilteredPlate& a, const FilteredPlate& b) {
                              return force_at(a, time_s) < force_at(b, time_s);
                            });
}

// Where the filtered force passes the threshold, going out of the contact (step -1 or +1) from an
// instant within it.
std::optional<double> crossing_s(const FilteredPlate& one, double inside_s, int step,
                                 double threshold_n) {
  const double rate_hz = one.plate->rate_hz, first_s = one.plate->first_s;
  auto i = static_cast<Eigen::Index>(std::lround((inside_s - first_s) * rate_hz));
  const auto most = static_cast<int>(std::ceil((kFarthestS + kInsideS) * rate_hz));
  for (int k = 0; k < most; ++k, i += step) {
    if (i + step < 0 || i + step >= one.up_n.size() || i < 0 || i >= one.up_n.size()) break;
    const double in_n = one.up_n(i), out_n = one.up_n(i + step);
    if (!(in_n >= threshold_n && out_n < threshold_n)) continue;
    const double part = (in_n - threshold_n) / (in_n - out_n);
    return first_s + (static_cast<double>(i) + step * part) / rate_hz;
  }
  return std::nullopt;
}

}  // namespace

Result<GaitEvents> plate_events(const std::vector<PlateForces>& plates, const Trajectories& points,
                                const BodyPoints& body, const PlateEventOptions& options) {
  CATENA_TRY(feet, foot_forces(plates, points, body));
  std::vector<FilteredPlate> filtered;
  for (const PlateForces& plate : plates) {
    if (plate.force_n.rows() == 0) continue;
    filtered.push_back(
        {&plate, low_pass_zero_lag(plate.force_n.col(1), plate.rate_hz, options.cutoff_hz)});
  }
  const PlateForces& first = *filtered.front().plate;
  const double last_s =
      first.first_s + static_cast<double>(first.force_n.rows() - 1) / first.rate_hz;
  const double sample_s = 1.0 / first.rate_hz;

  GaitEvents out;
  out.notes = feet.notes;
  int n_cut = 0, n_unsure = 0;
  for (const Contact& contact : feet.contacts) {
    if (contact.side == EventSide::kGeneral) continue;
    const Side side = contact.side == EventSide::kRight ? kRight : kLeft;
    const double inside_s = std::min(kInsideS, 0.25 * (contact.to_s - contact.from_s));
    const auto add = [&](GaitEventKind kind, double at_s, double within_s, int step) {
      if (at_s < first.first_s + 1.5 * sample_s || at_s > last_s - 1.5 * sample_s) {
        ++n_cut;
        return;
      }
      const FilteredPlate& plate = *pressed_most(filtered, within_s);
      const auto found_s = crossing_s(plate, within_s, step, options.threshold_n);
      if (!found_s) ++n_unsure;
      const double sd_s = found_s ? std::hypot(kFilterSdS, sample_s / std::sqrt(12.0)) : kUnsureSdS;
      out.events.push_back({side, kind, found_s.value_or(at_s), sd_s, "force plate"});
    };
    add(GaitEventKind::kContact, contact.from_s, contact.from_s + inside_s, -1);
    add(GaitEventKind::kToeOff, contact.to_s, contact.to_s - inside_s, 1);
  }
  std::stable_sort(out.events.begin(), out.events.end(),
                   [](const GaitEvent& a, const GaitEvent& b) { return a.time_s < b.time_s; });
  if (n_cut > 0) {
    out.notes.push_back(fmt::format("{} contact{} on the force plates {} outside the recording.",
                                    n_cut, n_cut == 1 ? "" : "s",
                                    n_cut == 1 ? "begins or ends" : "begin or end"));
  }
  if (n_unsure > 0) {
    out.notes.push_back(fmt::format(
        "At {} event{} the force plate does not come below {:.0f} N near the contact: the event is "
        "where it passes {:.0f} N.",
        n_unsure, n_unsure == 1 ? "" : "s", options.threshold_n,
        FootForceOptions{}.contact_force_n));
  }
  return out;
}

}  // namespace catena
