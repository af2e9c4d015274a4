// Looking into texts. Included by tests only.
#pragma once

#include <cstddef>
#include <string>

namespace catena {

/// How often `what` stands in the text.
inline std::size_t count_of(const std::string& text, const std::string& what) {
  std::size_t count = 0;
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++count;
  return count;
}

}  // namespace catena
