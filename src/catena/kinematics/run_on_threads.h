// The same work on several threads.
#pragma once

#include <thread>
#include <vector>

namespace catena {

/// Calls `work` n times at once and waits for all; the calling thread is one of them.
template <class Work>
void run_on_threads(int n, const Work& work) {
  std::vector<std::jthread> helpers;
  for (int t = 1; t < n; ++t) helpers.emplace_back(work);
  work();
}

}  // namespace catena
