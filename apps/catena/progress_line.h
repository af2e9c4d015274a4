// A line on the terminal for what takes longer than a second.
#pragma once

#include <chrono>
#include <functional>
#include <mutex>
#include <string>

namespace catena {

/// Shows "fitting run.trc  43 %" on stderr once a second has passed, and only on a terminal.
class ProgressLine {
 public:
  ProgressLine();
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  void show(const std::string& what, double fraction);

 private:
  std::mutex mutex_;
  std::chrono::steady_clock::time_point start_;
  bool on_terminal_ = false;
  bool shown_ = false;
};

}  // namespace catena
