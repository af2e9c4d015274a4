#pragma once

#include <cstdint>

namespace catena {

/// Tables of docs/methods/comparing.md to stdout.
int run_comparisons_study(int n_sets, std::uint64_t seed);

}  // namespace catena
