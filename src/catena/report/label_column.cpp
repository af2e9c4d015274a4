#include "catena/report/label_column.h"

#include <algorithm>
#include <cassert>

namespace catena {
namespace {

// Labels that touch each other and move as one.
struct Block {
  double sum = 0.0;  // of the wished places, each less what its rank in the column asks for
  int n = 0;
  double mean() const { return sum / n; }
};

// Rounded up from the widths of DejaVu Sans Bold, one of the widest that browsers fall back on.
double letter_width(char c) {
  constexpr std::string_view kNarrow = "ijlI.,:;'|!()[] ";
  constexpr std::string_view kWide = "mwMW@%";
  if ((static_cast<unsigned char>(c) & 0xc0) == 0x80) return 0.0;  // goes on with a letter
  if (kNarrow.find(c) != std::string_view::npos) return 0.42;
  if (kWide.find(c) != std::string_view::npos) return 1.05;
  if (c == 'r' || c == 't' || c == 'f') return 0.50;
  return c >= 'A' && c <= 'Z' ? 0.78 : 0.70;
}

}  // namespace

double text_width(std::string_view text) {
  double width = 0.0;
  for (const char c : text) width += letter_width(c);
  return width;
}

std::string shortened_to(const std::string& text, double width) {
  if (text_width(text) <= width) return text;
  const double room = width - letter_width('w');  // the ellipsis is as wide
  std::size_t end = 0;
  for (std::size_t k = 0; k < text.size(); ++k) {
    const bool goes_on = (static_cast<unsigned char>(text[k]) & 0xc0) == 0x80;
    if (!goes_on && text_width(std::string_view(text).substr(0, k)) <= room) end = k;
  }
  return text.substr(0, end) + "\u2026";
}

// Taking k * pitch off label k turns "keep a pitch apart" into "never descend": isotonic
// regression, by pooling neighbours that violate it.
std::vector<double> spread_labels(const std::vector<double>& wanted, double pitch, double low,
                                  double high) {
  assert(std::is_sorted(wanted.begin(), wanted.end()));
  const double room = std::max(low, high - pitch * static_cast<double>(wanted.size() - 1));
  std::vector<Block> blocks;
  for (std::size_t k = 0; k < wanted.size(); ++k) {
    blocks.push_back({wanted[k] - pitch * static_cast<double>(k), 1});
    while (blocks.size() > 1 && blocks[blocks.size() - 2].mean() > blocks.back().mean()) {
      const Block last = blocks.back();
      blocks.pop_back();
      blocks.back().sum += last.sum;
      blocks.back().n += last.n;
    }
  }
  std::vector<double> places;
  for (const Block& block : blocks) {
    for (int i = 0; i < block.n; ++i) {
      const double lifted = std::clamp(block.mean(), low, room);
      places.push_back(lifted + pitch * static_cast<double>(places.size()));
    }
  }
  return places;
}

}  // namespace catena
