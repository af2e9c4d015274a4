#include "progress_line.h"

#include <fmt/core.h>
#include <unistd.h>

#include <cstdio>

namespace catena {

ProgressLine::ProgressLine()
    : start_(std::chrono::steady_clock::now()), on_terminal_(isatty(STDERR_FILENO) == 1) {}

ProgressLine::~ProgressLine() {
  if (shown_) std::fputs("\r\033[K", stderr);
}

void ProgressLine::show(const std::string& what, double fraction) {
  if (!on_terminal_) return;
  const std::lock_guard lock(mutex_);
  if (std::chrono::steady_clock::now() - start_ < std::chrono::seconds(1)) return;
  shown_ = true;
  fmt::print(stderr, "\r\033[K{}  {:.0f} %", what, 100.0 * fraction);
  std::fflush(stderr);
}

}  // namespace catena
