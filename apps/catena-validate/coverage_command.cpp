#include "coverage_command.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

#include "catena/validation/coverage.h"
#include "catena/validation/take_up_tables.h"

namespace catena {
namespace {

std::vector<CoverageRow> run_part(bool artefact, const CoverageOptions& options) {
  const std::vector<CoverageCell> cells = coverage_cells(artefact);
  std::vector<CoverageRow> rows;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    fmt::print(stderr, "{} of {}: {}, deviation {:.1f} deg\n", i + 1, cells.size(), cells[i].design,
               cells[i].deviation_sd_deg);
    for (CoverageRow& row : run_coverage(cells[i], options)) rows.push_back(std::move(row));
  }
  // Rows of one prior together, the right one first.
  std::stable_sort(rows.begin(), rows.end(), [&](const CoverageRow& a, const CoverageRow& b) {
    const auto place = [&](const CoverageRow& row) {
      return std::ranges::find(options.prior_factors, row.prior_factor);
    };
    return place(a) < place(b);
  });
  return rows;
}

}  // namespace

int run_coverage_command(const CoverageCommand& command) {
  CoverageOptions options;
  options.sessions = command.sessions;
  options.seed = command.seed;
  options.threads = command.threads;
  options.prior_factors = {1.0, 3.0, 1.0 / 3.0};

  for (const bool artefact : {true, false}) {
    if (command.part == (artefact ? "no-skin" : "skin")) continue;
    const std::vector<CoverageRow> rows = run_part(artefact, options);
    fmt::print("### {}\n\n", artefact ? "With skin motion" : "Markers that stay on the bone");
    std::size_t failed = 0;
    for (const double factor : options.prior_factors) {
      std::vector<std::vector<ScoredLeg>> legs;
      for (const CoverageRow& row : rows) {
        if (row.prior_factor == factor) legs.push_back(scored_legs(row));
      }
      fmt::print("Priors {}. {}\n", prior_words(factor), count_words(legs));
    }
    fmt::print("{}\n{}\n", coverage_shares_table(rows), coverage_stops_table(rows));
    std::fflush(stdout);
    for (const CoverageRow& row : rows) {
      if (row.prior_factor != options.prior_factors.front()) continue;
      failed += row.failures.size();
      for (const std::string& failure : row.failures) fmt::print(stderr, "  failed: {}\n", failure);
    }
    if (failed > 0) fmt::print("{} sessions could not be analysed and are not counted.\n", failed);
  }
  return 0;
}

}  // namespace catena
