// The end-to-end coverage study as a command.
#pragma once

#include <cstdint>
#include <string>

namespace catena {

struct CoverageCommand {
  int sessions = 400;
  std::uint64_t seed = 1;
  int threads = 0;
  bool wrong_priors = false;
  std::string part = "skin";  // or "no-skin", "all"
};

/// Prints the tables to stdout, progress to stderr. Returns the exit code.
int run_coverage_command(const CoverageCommand& command);

}  // namespace catena
