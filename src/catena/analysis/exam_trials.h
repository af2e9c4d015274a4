// Recordings of a runner who is examined: where a joint ends on the run's own zero.
#pragma once

#include <filesystem>
#include <vector>

#include "catena/analysis/analysis.h"
#include "catena/analysis/runner_recordings.h"
#include "catena/findings/answer.h"

namespace catena {

/// Which test and side a recording shows, by its name: thomas_r.c3d, prone_extension_left.trc.
///
/// errors     kBadOption: the name does not say it
Result<ExamTrial> exam_trial_named(const std::filesystem::path& file);

/// Hip extension held in each recording, from the runner's own standing where there was a standing
/// trial; the pelvis may lie any way up. The middle of all frames, and between which 90 % of them
/// lie.
///
/// errors     those of the readers and of inverse kinematics; kMismatch: another runner's size
Result<std::vector<RecordedCapacity>> recorded_capacities(const std::vector<ExamTrial>& trials,
                                                          const RunnerRecordings& recordings);

}  // namespace catena
