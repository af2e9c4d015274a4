// Marker sets and mappings of labels: any bytes give one that hangs together, or one clear error;
// any labels are matched without one lost or made twice.
#include <algorithm>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "catena/trajectories/identify_labels.h"
#include "catena/trajectories/marker_set.h"
#include "catena/trajectories/match_labels.h"
#include "require.h"

namespace catena {
namespace {

void require_consistent(const MarkerSet& set) {
  require(!set.name.empty() && !set.markers.empty(), "a set has a name and markers");
  std::set<std::string> labels;
  for (const SetMarker& marker : set.markers) {
    require(labels.insert(marker.label).second, "a label is there once");
    require(std::find(kSegments.begin(), kSegments.end(), marker.segment) != kSegments.end(),
            "a segment is known");
  }
}

// The lines as labels of a recording, each once.
std::vector<std::string> labels_in(std::string_view bytes) {
  constexpr std::size_t kMost = 60;
  std::set<std::string> labels;
  while (!bytes.empty() && labels.size() < kMost) {
    const std::size_t end = std::min(bytes.find('\n'), bytes.size());
    labels.emplace(bytes.substr(0, end));
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
  }
  return {labels.begin(), labels.end()};
}

void match_anything(const std::vector<std::string>& labels, const LabelMap& map,
                    const std::vector<MarkerSet>& sets) {
  const IdentifiedLabels identified = identify_labels(labels, sets);
  require(identified.meanings.size() == labels.size(), "a meaning for each label");
  const std::vector<std::string> wanted = {"RASI", "L.ASIS", "C7", "R.Knee.Lat", "sacrum"};
  const MatchedLabels matched = match_labels(labels, wanted, map);
  require(matched.labels.size() == labels.size(), "no label is lost");
  const std::set<std::string> distinct(matched.labels.begin(), matched.labels.end());
  require(distinct.size() == labels.size(), "no label is there twice");
}

void read_anything(std::string_view bytes) {
  std::vector<MarkerSet> sets;
  if (auto set = parse_marker_set(bytes, "set.toml")) {
    require_consistent(*set);
    sets.push_back(std::move(*set));
  } else {
    require_good_sentence(set.error());
  }
  const auto map = parse_label_map(bytes, "map.toml");
  if (!map) require_good_sentence(map.error());
  constexpr std::size_t kLongestForMatching = 1024;  // long inputs are slow and show no more
  if (bytes.size() > kLongestForMatching) return;
  match_anything(labels_in(bytes), map ? *map : LabelMap{}, sets);
}

}  // namespace
}  // namespace catena

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer calls it so.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  catena::read_anything({reinterpret_cast<const char*>(data), size});
  return 0;
}
