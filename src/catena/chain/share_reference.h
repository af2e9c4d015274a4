// The pelvis's share beside that of other runners: chain/pelvis_share.json. A place among others
// describes; it is no verdict. For the low back and for lean no such group has been published.
#pragma once

#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "catena/chain/take_up.h"
#include "catena/core/error.h"

namespace catena {

inline constexpr std::string_view kNoReferenceForLowBackAndLean =
    "For low back and lean no reference exists: of no group of runners have they been published.";

struct ShareQuantile {
  double part = 0.0;   // of the sides that lie below
  double share = 0.0;  // ordinary slope
};

/// What is known of the shares of a group of runners.
struct ShareGroup {
  int n_runners = 0;
  int n_sides = 0;
  std::vector<double> speeds_m_s;  // rising
  bool treadmill = false;
  int strides_per_speed = 0;
  std::vector<ShareQuantile> quantiles;  // rising: 0.05, 0.25, 0.50, 0.75, 0.95
  std::string estimator, source, note;
};

/// Reads such a file.
///
/// errors     kBadFormat, with the place
Result<ShareGroup> parse_share_group(std::string_view bytes, std::string_view source);

/// The group that comes with the program.
const ShareGroup& pelvis_share_group();

/// The speeds through which a share was taken. NaN: the demands are not speeds, or one is not
/// known.
struct SpeedRange {
  double slowest_m_s = std::numeric_limits<double>::quiet_NaN();
  double fastest_m_s = std::numeric_limits<double>::quiet_NaN();
  bool level = true;  // no incline
};

/// A runner's pelvis share beside that of others, by the same ordinary slope.
struct ShareReference {
  const ShareGroup* others = nullptr;  // pelvis_share_group(); null: not compared
  double value = std::numeric_limits<double>::quiet_NaN();  // the runner's own `pooled_slope`
  std::string place;     // "within the middle half of 52 sides of 26 runners"; empty: not compared
  std::string sentence;  // all of it for the reader, or why nothing can be compared
};

/// Sets the pelvis's pooled_slope beside the group's quantiles, where a share is given and the
/// runner's slowest and fastest speeds lie within 0.5 m/s of the group's.
ShareReference compare_pelvis_share(const TakeUp& take_up, const SpeedRange& speeds,
                                    const ShareGroup& others = pelvis_share_group());

}  // namespace catena
