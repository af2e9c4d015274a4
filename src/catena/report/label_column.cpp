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

}  // namespace

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
