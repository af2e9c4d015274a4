// What planted sessions of many plans came to: chain/plan_table.json, made by
// `catena-validate plan-table`. The program only looks it up.
#pragma once

#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catena/core/error.h"

namespace catena {

/// What a planned set of recordings would be able to tell of one leg.
struct Outlook {
  double given = std::numeric_limits<double>::quiet_NaN();  // part of sessions with a share
  double width = std::numeric_limits<double>::quiet_NaN();  // median, of the hip's 90 % interval;
                                                            // NaN: no session had a share
  double power = std::numeric_limits<double>::quiet_NaN();  // part of the hip stops that are found;
                                                            // NaN: not simulated
  double accused = std::numeric_limits<double>::quiet_NaN();  // part of the hips without a stop
  double error = std::numeric_limits<double>::quiet_NaN();    // of the hip's share: nine of ten err
                                                              // by less; NaN as the width
};

/// To within what the hip's share would be known: half the interval, or the error where the
/// interval promises too much, as it does with few demands.
double known_within(const Outlook& outlook);

/// One plan of the table: so many speeds, or a ramp of so many seconds.
struct PlanCell {
  bool is_ramp = false;
  double size = 0.0;        // speeds; or seconds of the ramp
  double strides = 0.0;     // of each leg at each speed; of a ramp not used: 0
  double spread_deg = 0.0;  // of the thigh's peaks, from the slowest speed to the fastest
  Outlook outlook;
};

struct PlanTable {
  std::string command;          // that made it
  int sessions = 0;             // planted for each cell
  double stop_deg = 0.0;        // the planted stop lies so far inside the range of the thigh
  double deviation_deg = 0.0;   // scale of the half-normal from which departures are drawn
  double level = 0.0;           // of the interval
  std::vector<PlanCell> cells;  // a full grid of speeds, and one of ramps
};

/// Reads such a table.
///
/// errors     kBadFormat, with the place; cells that make no full grid
Result<PlanTable> parse_plan_table(std::string_view bytes, std::string_view source);

/// The table that comes with the program.
const PlanTable& plan_table();

/// Between the cells on straight lines: in the speeds or seconds, in one over the strides and in
/// one over the spread. None outside the table.
std::optional<Outlook> look_up(const PlanTable& table, const PlanCell& plan);

/// Least and largest of each axis of the table.
struct PlanLimits {
  double least_size = 0.0, largest_size = 0.0;
  double least_strides = 0.0, largest_strides = 0.0;
  double least_spread_deg = 0.0, largest_spread_deg = 0.0;
};
PlanLimits limits_of(const PlanTable& table, bool is_ramp);

}  // namespace catena
