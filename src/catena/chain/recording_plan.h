// What a planned set of recordings would be able to tell, before anybody runs.
#pragma once

#include <array>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "catena/chain/plan_table.h"
#include "catena/core/error.h"

namespace catena {

/// Steady speeds, or one ramp.
struct RecordingPlan {
  std::vector<double> speeds_m_s;  // empty: a ramp
  double strides = 10.0;           // of each leg at each speed
  double ramp_from_m_s = std::numeric_limits<double>::quiet_NaN();
  double ramp_to_m_s = std::numeric_limits<double>::quiet_NaN();
  double ramp_s = std::numeric_limits<double>::quiet_NaN();

  [[nodiscard]] bool is_ramp() const { return speeds_m_s.empty(); }
};

/// How far the thigh's peak goes from the slowest speed to the fastest in runners whose thigh goes
/// least, middling, and most.
///
/// source     20, 26, 32, 39, 45 deg behind vertical at 2.5, 3.5, 4.5, 7 and 9 m/s (Fukuchi et al.
///            2017, PeerJ 5:e3298; Dorn et al. 2012, J Exp Biol 215:1944); over 2.5 to 4.5 m/s 26
///            runners had 5 to 16 deg, median 12. The line is prolonged down to 2 m/s
struct ThighSpread {
  double least_deg = 0.0, middle_deg = 0.0, most_deg = 0.0;
};
ThighSpread expected_spread(double slowest_m_s, double fastest_m_s);

struct PlanOutlook {
  RecordingPlan plan;
  double slowest_m_s = 0.0, fastest_m_s = 0.0;
  ThighSpread spread;
  std::optional<Outlook> least, middle, most;  // middle is always there; none: not in the table
  std::string advice;                          // one sentence
  std::vector<std::string> notes;              // one sentence each
};

/// Looks a plan up in the table, and what would tell more.
///
/// errors     kBadOption: a plan that the table does not hold, or that shows no change
Result<PlanOutlook> outlook_of(const RecordingPlan& plan, const PlanTable& table = plan_table());

/// "5 speeds from 2.5 to 4.5 m/s (9.0 to 16.2 km/h), 10 strides each"
std::string name_of(const RecordingPlan& plan);

}  // namespace catena
