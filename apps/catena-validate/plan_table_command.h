// catena-validate plan-table: makes chain/plan_table.json.
#pragma once

#include <cstdint>

namespace catena {

struct PlanTableCommand {
  int sessions = 200;
  std::uint64_t seed = 1;
  int threads = 0;  // 0: as many as the machine has
};

/// The table on stdout, how far it is on stderr. Returns the exit code.
int run_plan_table_command(const PlanTableCommand& command);

}  // namespace catena
