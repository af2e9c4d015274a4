#include "plan_table_command.h"

#include <fmt/core.h>

#include <cstdio>

#include "catena/validation/plan_study.h"

namespace catena {

int run_plan_table_command(const PlanTableCommand& command) {
  PlanStudyOptions options;
  options.sessions = command.sessions;
  options.seed = command.seed;
  options.threads = command.threads;
  options.progress = [](double fraction) { fmt::print(stderr, "{:.0f} %\n", 100.0 * fraction); };
  fmt::print("{}", to_json(run_plan_study(options)));
  return std::fflush(stdout) == 0 ? 0 : 1;
}

}  // namespace catena
