#include "coverage_command.h"

#include <fmt/core.h>

#include <cstdio>
#include <string>
#include <vector>

#include "catena/validation/coverage.h"

namespace catena {

int run_coverage_command(const CoverageCommand& command) {
  CoverageOptions options;
  options.sessions = command.sessions;
  options.seed = command.seed;
  options.threads = command.threads;
  options.artefact = !command.no_artefact;

  // Each row is printed when it is done: the study takes minutes.
  std::size_t failed = 0;
  std::size_t done = 0;
  const std::vector<CoverageCell> cells = coverage_cells();
  for (const CoverageCell& cell : cells) {
    fmt::print(stderr, "{} of {}: {}, deviation {:.1f} deg\n", done + 1, cells.size(), cell.design,
               cell.deviation_sd_deg);
    const CoverageRow row = run_coverage(cell, options);
    fmt::print("{}{}", done == 0 ? coverage_table_head() : "", to_markdown(row));
    std::fflush(stdout);
    for (const std::string& failure : row.failures) fmt::print(stderr, "  failed: {}\n", failure);
    failed += row.failures.size();
    ++done;
  }
  if (failed > 0) fmt::print("\n{} sessions could not be analysed and are not counted.\n", failed);
  return 0;
}

}  // namespace catena
