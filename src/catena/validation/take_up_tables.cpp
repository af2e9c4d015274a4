#include "catena/validation/take_up_tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "catena/core/units.h"

namespace catena {
namespace {

constexpr std::array<const char*, 4> kQuantities = {"hip", "low back", "lean", "pelvis"};

std::string dash_if_nan(double value, const char* format) {
  return std::isfinite(value) ? fmt::format(fmt::runtime(format), value) : " - |";
}

std::string rule_of(const std::string& head) {
  std::string rule;
  for (auto n = std::count(head.begin(), head.end(), '|'); n > 0; --n) rule += "---|";
  return rule;
}

}  // namespace

std::string prior_words(double factor) {
  if (factor == 1.0) return "right";
  return factor > 1.0 ? fmt::format("x {:.0f}", factor) : fmt::format("/ {:.0f}", 1.0 / factor);
}

std::string shares_head() {
  std::string head = " legs | cannot tell |";
  for (const char* name : kQuantities) head += fmt::format(" {} held |", name);
  head += " standard error |";
  for (const char* name : kQuantities) head += fmt::format(" {} width |", name);
  for (const char* name : kQuantities) head += fmt::format(" {} mean error |", name);
  return head;
}

std::string shares_rule() { return rule_of(shares_head()); }

std::string shares_cells(std::span<const ScoredLeg> legs) {
  std::array<ShareCounts, 4> counts;
  for (std::size_t k = 0; k < 4; ++k) counts.at(k) = count_shares(legs, k);
  std::string text = fmt::format(
      " {} | {:.1f} % |", counts[0].n_legs,
      100.0 * (1.0 - static_cast<double>(counts[0].n_given) / std::max(1, counts[0].n_legs)));
  double largest_error = 0.0;
  for (const ShareCounts& c : counts) {
    text += dash_if_nan(100.0 * c.coverage, " {:.1f} % |");
    largest_error = std::max(largest_error, c.coverage_error);
  }
  text += fmt::format(" {:.1f} % |", 100.0 * largest_error);
  for (const ShareCounts& c : counts) text += dash_if_nan(c.median_width, " {:.2f} |");
  for (const ShareCounts& c : counts) text += dash_if_nan(c.bias, " {:+.3f} |");
  return text;
}

std::string stops_head() {
  return " legs | of which | reached | standard error | not reached | undecided | cannot be tested "
         "| the stop's thigh angle held | width, deg |";
}

std::string stops_rule() { return rule_of(stops_head()); }

std::string stops_cells(std::span<const ScoredLeg> legs, bool that_stop) {
  const StopCounts counts = count_verdicts(legs, that_stop);
  if (counts.n_legs == 0) return "";
  std::string text = fmt::format(" {} | {} |", counts.n_legs, that_stop ? "stop" : "do not stop");
  for (const double part : {counts.reached, counts.reached_error, counts.not_reached,
                            counts.undecided, counts.cannot_be_tested}) {
    text += fmt::format(" {:.1f} % |", 100.0 * part);
  }
  text += dash_if_nan(100.0 * counts.coverage, " {:.1f} % |");
  text += dash_if_nan(counts.median_width_rad * kDegPerRad, " {:.1f} |");
  return text;
}

std::string count_words(std::span<const std::vector<ScoredLeg>> rows) {
  int n = 0;
  int below = 0;
  int above = 0;
  double least = 1.0;
  double most = 0.0;
  int n_free = 0;
  int accusing = 0;
  double accused = 0.0;
  for (const std::vector<ScoredLeg>& legs : rows) {
    for (std::size_t k = 0; k < kQuantities.size(); ++k) {
      const double coverage = count_shares(legs, k).coverage;
      if (std::isnan(coverage)) continue;
      ++n;
      below += coverage < 0.85 ? 1 : 0;
      above += coverage > 0.95 ? 1 : 0;
      least = std::min(least, coverage);
      most = std::max(most, coverage);
    }
    const StopCounts free = count_verdicts(legs, false);
    if (free.n_legs == 0) continue;
    ++n_free;
    accusing += free.reached > 0.05 ? 1 : 0;
    accused = std::max(accused, free.reached);
  }
  return fmt::format(
      "Of {} coverages {} lie from 85 to 95 %, {} below (least {:.1f} %), {} above (most {:.1f} "
      "%). "
      "Of {} rows with hips that do not stop {} accuse more than 5 % (most {:.1f} %).\n",
      n, n - below - above, below, 100.0 * least, above, 100.0 * most, n_free, accusing,
      100.0 * accused);
}

}  // namespace catena
