// The coverage study on planted strides as a command.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace catena {

struct TakeUpPointsCommand {
  int sessions = 400;
  std::uint64_t seed = 1;
  int threads = 0;
  std::string part = "promise";
};

/// Names that `part` may have: each part of the study, and "all".
std::vector<std::string> take_up_points_parts();

/// Prints the tables to stdout, progress to stderr. Returns the exit code.
int run_take_up_points_command(const TakeUpPointsCommand& command);

}  // namespace catena
