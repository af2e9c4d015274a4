#include "catena/chain/share_reference.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>

#include "catena/chain/pelvis_share_file.h"
#include "catena/core/json_node.h"

namespace catena {
namespace {

constexpr std::size_t kQuantiles = 5;
// Their order: the words for a place depend on it.
constexpr std::array<double, kQuantiles> kParts = {0.05, 0.25, 0.50, 0.75, 0.95};
// Half a step of the group's speeds: the share changes with the range over which it is taken.
constexpr double kSameSpeed_m_s = 0.5;  // NOLINT(readability-identifier-naming)

Result<std::vector<ShareQuantile>> read_quantiles(const JsonNode& root) {
  CATENA_TRY(items, root.items("quantiles"));
  if (items.size() != kQuantiles) return root.wrong("five quantiles are needed");
  std::vector<ShareQuantile> quantiles;
  for (std::size_t i = 0; i < kQuantiles; ++i) {
    CATENA_TRY(part, items[i].number("part", 0.0, 1.0));
    CATENA_TRY(share, items[i].number("share", -10.0, 10.0));
    if (part != kParts.at(i)) {
      return items[i].wrong("the quantiles are 0.05, 0.25, 0.50, 0.75, 0.95");
    }
    if (i > 0 && !(share > quantiles.back().share)) {
      return items[i].wrong("quantiles are needed in rising order");
    }
    quantiles.push_back({part, share});
  }
  return quantiles;
}

/// "2.5, 3.5 and 4.5 m/s"
std::string list_speeds(const std::vector<double>& speeds_m_s) {
  std::string list;
  for (std::size_t i = 0; i < speeds_m_s.size(); ++i) {
    if (i > 0) list += i + 1 < speeds_m_s.size() ? ", " : " and ";
    list += fmt::format("{:.1f}", speeds_m_s[i]);
  }
  return list + " m/s";
}

/// Why the share is not set beside those of others; empty when it can be.
std::string why_not(const TakeUp& take_up, const SpeedRange& speeds, const ShareGroup& others) {
  const std::string them =
      fmt::format("The pelvis is not set beside the {} other runners", others.n_runners);
  if (!take_up.pelvis.why.empty() || !std::isfinite(take_up.pelvis.pooled_slope)) {
    return them + ": no share is known.";
  }
  if (std::isnan(speeds.slowest_m_s) || std::isnan(speeds.fastest_m_s)) {
    return them + ", who ran at several speeds: these demands are not speeds, or one is not known.";
  }
  if (!speeds.level) return them + ", who ran on the level.";
  const double slowest = others.speeds_m_s.front();
  const double fastest = others.speeds_m_s.back();
  if (std::abs(speeds.slowest_m_s - slowest) > kSameSpeed_m_s ||
      std::abs(speeds.fastest_m_s - fastest) > kSameSpeed_m_s) {
    return fmt::format(
        "{}: they ran at {:.1f} to {:.1f} m/s, these recordings are of {:.1f} to {:.1f} m/s, and "
        "shares change with the range.",
        them, slowest, fastest, speeds.slowest_m_s, speeds.fastest_m_s);
  }
  return "";
}

/// Where a value lies among the quantiles.
std::string place_of(double value, const std::vector<ShareQuantile>& q) {
  if (value < q[0].share) return "below nineteen of twenty";
  if (value < q[1].share) return "below three of four, above one of twenty";
  if (value <= q[3].share) return "within the middle half";
  if (value <= q[4].share) return "above three of four, below one of twenty";
  return "above nineteen of twenty";
}

}  // namespace

Result<ShareGroup> parse_share_group(std::string_view bytes, std::string_view source) {
  CATENA_TRY(root, JsonNode::parse(bytes, source, "see chain/share_reference.h"));
  ShareGroup group;
  CATENA_TRY(n_runners, root.count("n_runners", 1));
  CATENA_TRY(n_sides, root.count("n_sides", 1));
  CATENA_TRY(speeds, root.values("speeds_m_s"));
  CATENA_TRY(treadmill, root.truth("treadmill"));
  CATENA_TRY(strides, root.count("strides_per_speed", 1));
  CATENA_TRY(quantiles, read_quantiles(root));
  CATENA_TRY(estimator, root.text("estimator"));
  CATENA_TRY(from, root.text("source"));
  CATENA_TRY(note, root.text("note"));
  group.n_runners = n_runners;
  group.n_sides = n_sides;
  group.speeds_m_s.assign(speeds.begin(), speeds.end());
  if (!std::ranges::is_sorted(group.speeds_m_s)) {
    return root.wrong("speeds are needed in rising order");
  }
  group.treadmill = treadmill;
  group.strides_per_speed = strides;
  group.quantiles = std::move(quantiles);
  group.estimator = estimator;
  group.source = from;
  group.note = note;
  return group;
}

const ShareGroup& pelvis_share_group() {
  static const ShareGroup group = [] {
    auto parsed = parse_share_group(pelvis_share_file(), "pelvis_share.json");
    assert(parsed.has_value());  // a test reads it
    return parsed ? *parsed : ShareGroup();
  }();
  return group;
}

ShareReference compare_pelvis_share(const TakeUp& take_up, const SpeedRange& speeds,
                                    const ShareGroup& others) {
  ShareReference out;
  out.value = take_up.pelvis.pooled_slope;
  out.sentence = why_not(take_up, speeds, others);
  if (!out.sentence.empty()) return out;
  const std::vector<ShareQuantile>& q = others.quantiles;
  out.others = &others;
  out.place = fmt::format("{} of {} sides of {} runners", place_of(out.value, q), others.n_sides,
                          others.n_runners);
  out.sentence = fmt::format(
      "The pelvis's slope over all strides, {:.2f}, lies {}{} at {} (median {:.2f}, middle half "
      "{:.2f} to {:.2f}, nine of ten {:.2f} to {:.2f}). This describes; it is no verdict.",
      out.value, out.place, others.treadmill ? " on a treadmill" : "",
      list_speeds(others.speeds_m_s), q[2].share, q[1].share, q[3].share, q[0].share, q[4].share);
  return out;
}

}  // namespace catena
