// Sessions of a study side by side.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <thread>

#include "catena/kinematics/run_on_threads.h"

namespace catena {

/// Calls run(i) once for every i of 0 .. n - 1, in no order.
///
/// threads    0: as many as the machine has
template <class Run>
void for_each_session(std::size_t n, int threads, const Run& run) {
  std::atomic<std::size_t> next = 0;
  const int n_threads =
      threads > 0 ? threads : static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
  run_on_threads(n_threads, [&] {
    for (std::size_t i = next++; i < n; i = next++) run(i);
  });
}

}  // namespace catena
