// When the peaks of thigh extension come, and the posture planted at each.
#pragma once

#include <vector>

#include "catena/synthetic/runner.h"
#include "catena/synthetic/runner_style.h"

namespace catena {

/// Speed over one run, steady or rising.
struct RunSpeed {
  double from_m_s = 0.0;
  double to_m_s = 0.0;
  double duration_s = 0.0;
  [[nodiscard]] double at(double time_s) const {
    return from_m_s + (to_m_s - from_m_s) * time_s / duration_s;
  }
};

/// The peaks of one run in order of time, right and left in turn, from two strides before the
/// recording starts to two strides after it ends.
struct StridePlan {
  RunSpeed speed;
  std::vector<PlantedPeak> peaks;
};

/// The runs that the options ask for.
std::vector<RunSpeed> planned_runs(const RunnerOptions& options, const RunnerStyle& style);

StridePlan plan_strides(const RunnerOptions& options, const RunnerStyle& style,
                        const RunSpeed& speed, int recording);

}  // namespace catena
