#include "catena/recording/toml_guard.h"

#include <string>

#include "catena/recording/text.h"

namespace catena {
namespace {

constexpr std::size_t kLargestFile_bytes = 64 << 10;

enum class Inside { kNothing, kComment, kQuotes, kSingleQuotes };

}  // namespace

Result<void> check_is_safe_toml(std::string_view bytes, std::string_view source) {
  if (bytes.size() > kLargestFile_bytes) {
    return fail(Errc::kBadFormat,
                "this is longer than such a file may be (" +
                    std::to_string(kLargestFile_bytes >> 10) + " kB)",
                std::string(source), "cut it into several");
  }
  if (bytes.substr(0, 3) == "\xef\xbb\xbf") bytes.remove_prefix(3);
  int line = 1;
  int column = 0;
  Inside inside = Inside::kNothing;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const char c = bytes[i];
    ++column;
    if (c == '\n') {
      ++line;
      column = 0;
      inside = Inside::kNothing;  // the parser itself stops at a string that is cut off here
      continue;
    }
    switch (inside) {
      case Inside::kComment:
        break;
      case Inside::kQuotes:
        if (c == '\\' && i + 1 < bytes.size() && bytes[i + 1] != '\n') {
          ++i;
          ++column;
        } else if (c == '"') {
          inside = Inside::kNothing;
        }
        break;
      case Inside::kSingleQuotes:
        if (c == '\'') inside = Inside::kNothing;
        break;
      case Inside::kNothing:
        if (c == '#') inside = Inside::kComment;
        if (c == '"') inside = Inside::kQuotes;
        if (c == '\'') inside = Inside::kSingleQuotes;
        if ((c == '"' || c == '\'') && bytes.substr(i, 3) == std::string(3, c)) {
          return fail(Errc::kBadFormat, "a text over several lines is not read here",
                      place(source, line, column), "write it in one line and single quotes");
        }
        if (static_cast<unsigned char>(c) >= 0x80) {
          return fail(Errc::kBadFormat, "a letter beyond ASCII stands outside of quotes",
                      place(source, line, column), "put the text into quotes, and save as UTF-8");
        }
        break;
    }
  }
  return {};
}

}  // namespace catena
