// Which recordings ask the same of the leg: the demands of a session.
#pragma once

#include <string>
#include <vector>

#include "catena/analysis/body_setup.h"

namespace catena {

struct DemandOfRun {
  std::string label;
  std::string source;  // how it was found, for the reader
  bool is_ramp = false;
};

/// One demand per run: the label given, else the speed over the ground, speeds within 5 % of each
/// other being one; a run on a treadmill of unknown speed is a demand of its own.
std::vector<DemandOfRun> find_demands(const std::vector<RunInput>& inputs,
                                      const std::vector<FittedRun>& runs);

}  // namespace catena
