#include "comparisons_command.h"

#include <fmt/core.h>

#include <limits>
#include <vector>

#include "catena/validation/comparison_study.h"

namespace catena {

int run_comparisons_study(int n_sets, std::uint64_t seed) {
  const std::vector<double> widths = {
      2, 4, 8, 12, 16, 25, 40, 80, std::numeric_limits<double>::infinity()};
  fmt::print("{}\n", to_markdown(null_study(widths, {4, 6, 10, 20, 40}, n_sets, seed)));
  fmt::print("{}\n", to_markdown(following_study(n_sets, seed)));
  fmt::print("{}", to_markdown(band_study({10, 16, 30, std::numeric_limits<double>::infinity()},
                                          {4, 6, 10, 15, 20, 28, 40}, n_sets / 20 + 1, seed)));
  return 0;
}

}  // namespace catena
