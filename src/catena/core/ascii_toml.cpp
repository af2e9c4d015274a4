#include "catena/core/ascii_toml.h"

#include <algorithm>

#include "catena/core/text.h"

namespace catena {
namespace {

constexpr std::size_t kLargestFile_bytes = 64 << 10;
// Every level of nesting takes a dot, but for 256 of brackets; toml++ calls itself once a level.
constexpr std::ptrdiff_t kMostDots = 8000;
constexpr std::string_view kDigits = "0123456789ABCDEF";
constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

bool is_plain(char c) { return static_cast<unsigned char>(c) < 0x80 && c != '@'; }

std::string_view without_mark(std::string_view bytes) {
  if (bytes.substr(0, 3) == kByteOrderMark) bytes.remove_prefix(3);
  return bytes;
}

}  // namespace

Result<std::string> to_ascii_toml(std::string_view bytes, std::string_view source) {
  if (bytes.size() > kLargestFile_bytes) {
    return fail(Errc::kBadFormat,
                "this is longer than such a file may be (" +
                    std::to_string(kLargestFile_bytes >> 10) + " kB)",
                std::string(source), "cut it into several");
  }
  if (std::count(bytes.begin(), bytes.end(), '.') > kMostDots) {
    return fail(Errc::kBadFormat,
                "this has more dots than such a file may have (" + std::to_string(kMostDots) + ")",
                std::string(source), "cut it into several");
  }
  std::string ascii;
  for (const char c : without_mark(bytes)) {
    if (is_plain(c)) {
      ascii += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    ascii += '@';
    ascii += kDigits[byte >> 4];
    ascii += kDigits[byte & 15];
  }
  return ascii;
}

std::string from_ascii_toml(std::string_view text) {
  std::string bytes;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::size_t high = i + 2 < text.size() ? kDigits.find(text[i + 1]) : std::string::npos;
    const std::size_t low = i + 2 < text.size() ? kDigits.find(text[i + 2]) : std::string::npos;
    if (text[i] == '@' && high != std::string::npos && low != std::string::npos) {
      bytes += static_cast<char>(high * 16 + low);
      i += 2;
    } else {
      bytes += text[i];
    }
  }
  return bytes;
}

std::string place_in_toml(std::string_view bytes, std::string_view source, unsigned line,
                          unsigned column) {
  LineReader lines(bytes);
  for (unsigned i = 0; i < line && lines.next(); ++i) {
  }
  // Columns are characters, in the file and in ASCII: those inside a character count once.
  unsigned in_ascii = 1;
  unsigned in_file = 1;
  for (const char c : lines.line()) {
    if (in_ascii >= column) break;
    in_ascii += is_plain(c) ? 1 : 3;
    const bool continues = (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
    in_file += continues ? 0 : 1;
  }
  if (in_ascii < column) in_file += column - in_ascii;
  return place(source, static_cast<int>(line), static_cast<int>(in_file));
}

}  // namespace catena
