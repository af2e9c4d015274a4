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

std::vector<CoverageRow> run_part(bool artefact, bool stop, const CoverageOptions& options) {
  std::vector<CoverageCell> cells = coverage_cells(artefact);
  std::erase_if(cells, [&](const CoverageCell& c) { return (c.stop_inside_deg > 0.0) != stop; });
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
  if (command.wrong_priors) options.prior_factors = {1.0, 3.0, 1.0 / 3.0};

  for (const bool artefact : {true, false}) {
    if (command.part == (artefact ? "no-skin" : "skin")) continue;
    for (const bool stop : {false, true}) {
      const std::vector<CoverageRow> rows = run_part(artefact, stop, options);
      fmt::print("## {}, {}\n\n", artefact ? "Skin motion" : "Markers that stay on the bone",
                 stop ? "both hips stop" : "no stop");
      std::size_t failed = 0;
      for (const double factor : options.prior_factors) {
        std::vector<std::vector<ScoredLeg>> legs;
        for (const CoverageRow& row : rows) {
          if (row.prior_factor == factor) legs.push_back(scored_legs(row));
        }
        fmt::print("Priors {}. {}\n", prior_words(factor), count_words(legs));
      }
      fmt::print("{}\n{}\n", coverage_shares_table(rows), coverage_stops_table(rows));
      for (const CoverageRow& row : rows) {
        if (row.prior_factor != options.prior_factors.front()) continue;
        failed += row.failures.size();
        for (const std::string& text : row.failures) fmt::print(stderr, "  failed: {}\n", text);
      }
      if (failed > 0) {
        fmt::print("{} sessions could not be analysed and are not counted.\n\n", failed);
      }
      std::fflush(stdout);
    }
  }
  return 0;
}

}  // namespace catena
