#include "coverage_command.h"

#include <fmt/core.h>

#include <cstdio>
#include <vector>

#include "catena/validation/coverage.h"

namespace catena {

int run_coverage_command(const CoverageCommand& command) {
  CoverageOptions options;
  options.sessions = command.sessions;
  options.seed = command.seed;
  options.threads = command.threads;
  options.artefact = !command.no_artefact;

  std::vector<CoverageRow> rows;
  std::size_t failed = 0;
  const std::vector<CoverageCell> cells = coverage_cells();
  for (const CoverageCell& cell : cells) {
    fmt::print(stderr, "{} of {}: {}, deviation {:.1f} deg\n", rows.size() + 1, cells.size(),
               cell.design, cell.deviation_sd_deg);
    rows.push_back(run_coverage(cell, options));
    for (const std::string& failure : rows.back().failures) {
      fmt::print(stderr, "  failed: {}\n", failure);
    }
    failed += rows.back().failures.size();
  }
  fmt::print("{}", to_markdown(rows));
  if (failed > 0) fmt::print("\n{} sessions could not be analysed and are not counted.\n", failed);
  return 0;
}

}  // namespace catena
