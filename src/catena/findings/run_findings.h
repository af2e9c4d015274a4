// What the findings take from an analysed run: the part of the results that the rules read.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "catena/chain/take_up.h"
#include "catena/core/estimate.h"
#include "catena/core/side.h"

namespace catena {

/// One leg. Angles are counted from the runner's own standing where there was a standing trial.
struct LegFindings {
  TakeUp take_up;
  Estimate hip_use_rad;       // peak hip extension at the farthest demand
  Estimate low_back_use_rad;  // low back extension at that peak; NaN without a thorax
  Estimate lean_rad;          // forward lean at that peak, from gravity; NaN without a thorax
  Estimate ankle_use_rad;     // peak dorsiflexion in stance; NaN where the foot is not seen
  Estimate hip_rotation_in_use_rad, hip_rotation_out_use_rad;  // largest internal, external
};

/// One number of a recording that repeats with every stride.
struct RecordingLoad {
  std::string recording, demand;
  Estimate cadence_steps_min, speed_m_s, stride_length_m;
  Estimate low_back_excursion_rad;  // range of low back extension over a stride; NaN without thorax
};

/// A quantity whose sides are compared or that has none, by its name in the rules.
struct NamedFinding {
  std::string name;  // "overstride_deg"
  Estimate value;
  double smallest_detectable = 0.0;  // NaN: not known
};

struct RunFindings {
  bool has_run = false;
  bool has_thorax = false;
  bool has_standing = false;
  int n_demands = 0;
  std::array<LegFindings, 2> legs;   // right, left
  std::vector<RecordingLoad> loads;  // slowest first
  std::vector<NamedFinding> others;
};

}  // namespace catena
