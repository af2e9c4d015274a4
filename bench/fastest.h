// How long work takes at its best.
#pragma once

#include <algorithm>
#include <chrono>
#include <functional>
#include <limits>

namespace catena {

/// The fastest of some repeats, s.
inline double fastest_s(int repeats, const std::function<void()>& work) {
  double best = std::numeric_limits<double>::infinity();
  for (int k = 0; k < repeats; ++k) {
    const auto start = std::chrono::steady_clock::now();
    work();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    best = std::min(best, took.count());
  }
  return best;
}

}  // namespace catena
