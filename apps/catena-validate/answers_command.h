// The study of answers as a command.
#pragma once

#include <cstdint>

namespace catena {

struct AnswersCommand {
  int cases = 5000;  // of each family
  int advised_cases = 2000;
  std::uint64_t seed = 1;
  std::uint64_t tuning_seed = 1001;
  int threads = 0;
};

/// Prints the tables of both families to stdout, progress to stderr. Returns the exit code.
int run_answers_command(const AnswersCommand& command);

}  // namespace catena
