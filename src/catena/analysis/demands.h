// Which recordings ask the same of the leg: the demands of a session, and which of them are of one
// kind.
#pragma once

#include <limits>
#include <string>
#include <vector>

#include "catena/analysis/analysis.h"
#include "catena/chain/share_reference.h"
#include "catena/gait/spatiotemporal.h"

namespace catena {

/// What sets the demands of a series apart. Speed and incline change the lean differently, so one
/// line is never fitted through demands of two kinds.
enum class DemandKind { kSpeed, kIncline, kCadence, kStrideLength, kCondition };

struct DemandOfRun {
  std::string label;
  std::string source;  // how it was found, for the reader
  bool is_ramp = false;
  bool in_series = true;  // one of the demands from which the take-up is estimated
  // Of the recording, said or seen; one and the same unless it is a ramp. NaN: not known.
  double from_m_s = std::numeric_limits<double>::quiet_NaN();
  double to_m_s = std::numeric_limits<double>::quiet_NaN();
  double incline_percent = 0.0;
};

struct Demands {
  std::vector<DemandOfRun> of_runs;
  DemandKind kind = DemandKind::kSpeed;  // of the series
  std::vector<std::string> notes;        // one sentence each, for the reader
};

/// What a person wrote of a demand: "3.5 m/s", "12 km/h", "+5 % incline", "172 steps/min",
/// "2.4 m stride", "ramp"; anything else is a condition in their own words.
RunDemand parse_demand(const std::string& text);

/// What a person, or a file's name, said of a run.
RunDemand said_demand(const RunInput& input);

/// By how much the belt rises whose normal the file has for up; zero where up is gravity's.
double belt_rise_rad(const RunDemand& demand);

/// How fast a run is seen to be, over what the feet stand on.
struct SeenSpeed {
  double speed_m_s = 0.0;  // NaN: not known
  bool of_belt = false;    // found from the standing feet
  // At the recording's beginning and end, where a belt is seen to change its speed steadily (see
  // belt_speed_of_feet); else NaN.
  double from_m_s = std::numeric_limits<double>::quiet_NaN();
  double to_m_s = std::numeric_limits<double>::quiet_NaN();
};

/// Of a belt, as the standing feet show it.
SeenSpeed seen_of_belt(const Spatiotemporal& run, double first_s, double last_s);

/// One demand per run: what was given, else the speed that is seen; a run of which nothing is known
/// is a demand of its own. Speeds (and inclines, cadences, stride lengths) within 5 % of each other
/// are one, if all else is alike. A run of which no speed was said and whose belt changes its speed
/// steadily by more than a fifth is taken for a ramp, and a note says so. Each ramp is a demand of
/// its own.
///
/// The series for the take-up is the largest set of demands that differ in one thing only; the
/// other runs are shown, but not fitted with it, and a note says so.
///
/// names      of the runs
/// seen       speeds of the runs
Demands find_demands(const std::vector<RunInput>& inputs, const std::vector<std::string>& names,
                     const std::vector<SeenSpeed>& seen);

/// From the slowest to the fastest recording of the series; not known unless it is one of speeds,
/// of which each is known.
SpeedRange speeds_of_series(const Demands& demands);

}  // namespace catena
