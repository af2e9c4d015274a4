// What cleaning did to a recording, one entry for each repair.
#pragma once

#include <string>
#include <vector>

namespace catena {

enum class RepairKind {
  kSwap,           // labels were exchanged, and were put right
  kSuspectedSwap,  // labels may be exchanged; left as recorded
  kSpike,          // positions far off the path were taken as lost
  kGapByCluster,   // lost positions filled from the segment's other markers
  kGapBySpline,    // lost positions filled from the frames before and after
  kLeftLost,       // lost positions that nobody can tell
  kBreak,          // a path breaks off and goes on elsewhere; left as recorded
};

/// "swap", "suspected swap", "spike", "gap filled by cluster", ...
const char* name_of(RepairKind kind);

struct Repair {
  RepairKind kind = RepairKind::kLeftLost;
  std::vector<std::string> markers;
  int first_frame = 0;  // from 0
  int last_frame = 0;
  int n_frames = 0;  // touched ones between the two
  double first_s = 0.0;
  double last_s = 0.0;
  // Swap: how far its segments' markers were from their places before (RMS). Spike, break: the
  // farthest from the path. Gap filled by cluster: the RMS error of the same fill on frames that
  // were seen, where that is known. Else NaN.
  double size_m = 0.0;
};

/// Repairs that change what a label means, found or suspected: to be looked at by a person.
std::vector<Repair> of_labels(const std::vector<Repair>& repairs);
/// All others.
std::vector<Repair> of_paths(const std::vector<Repair>& repairs);

/// All repairs of one recording in few words: "labels of R.MT1 and R.MT5 were exchanged and are put
/// right (4.00 to 12.00 s, 1200 frames); 3 gaps filled (R.Heel; the longest 30 frames, 0.20 s)".
/// Empty when nothing was done.
std::string in_few_words(const std::vector<Repair>& repairs);

}  // namespace catena
