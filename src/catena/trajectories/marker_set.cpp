#include "catena/trajectories/marker_set.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <map>

#include "catena/core/spelling.h"
#include "catena/core/text.h"
#include "catena/core/toml.h"
#include "catena/trajectories/marker_set_files.h"

namespace catena {
namespace {

constexpr std::array<std::string_view, 8> kKeys = {
    "name", "source", "suffix", "standing_only", "optional", "computed", "markers", "aliases"};

/// One file on its way to a marker set.
class Reader {
 public:
  Reader(std::string_view bytes, std::string_view source) : bytes_(bytes), source_(source) {}

  Result<MarkerSet> read(const toml::table& top) {
    CATENA_CHECK(check_keys(top));
    CATENA_CHECK(read_text(top, "name", set_.name));
    CATENA_CHECK(read_text(top, "source", set_.source));
    CATENA_CHECK(read_markers(top));
    CATENA_CHECK(read_aliases(top));
    CATENA_CHECK(read_list(top, "standing_only", &SetMarker::standing_only));
    CATENA_CHECK(read_list(top, "optional", &SetMarker::optional));
    CATENA_CHECK(read_list(top, "computed", &SetMarker::computed));
    std::string suffix;
    if (top.contains("suffix")) {
      CATENA_CHECK(read_text(top, "suffix", suffix));
      drop_suffix(suffix);
    }
    return set_;
  }

 private:
  [[nodiscard]] tl::unexpected<Error> bad(const toml::source_region& at, std::string what,
                                          std::string hint = "") const {
    return fail(Errc::kBadFormat, std::move(what),
                place_in_toml(bytes_, source_, at.begin.line, at.begin.column), std::move(hint));
  }

  Result<void> check_keys(const toml::table& top) const {
    for (const auto& [key, node] : top) {
      const std::string word = from_ascii_toml(key.str());
      if (std::find(kKeys.begin(), kKeys.end(), word) != kKeys.end()) continue;
      const std::string meant = nearest_word(word, kKeys);
      return bad(key.source(), fmt::format("there is no key '{}' in a marker set", excerpt(word)),
                 meant.empty() ? "known are name, source, markers and aliases"
                               : "did you mean " + meant + "?");
    }
    return {};
  }

  Result<void> read_text(const toml::table& top, std::string_view key, std::string& to) const {
    const toml::node* node = top.get(key);
    if (!node) return bad(top.source(), fmt::format("the marker set has no {}", key));
    const auto text = node->value_exact<std::string>();
    if (!text || text->empty()) {
      return bad(node->source(), fmt::format("{} is no text", key), "write it in quotes");
    }
    to = printable(from_ascii_toml(*text));
    return {};
  }

  Result<void> add_marker(const toml::key& key, const toml::node& node, std::string_view segment) {
    SetMarker marker;
    marker.label = from_ascii_toml(key.str());
    marker.segment = segment;
    const auto landmark = node.value_exact<std::string>();
    if (!landmark) {
      return bad(node.source(),
                 fmt::format("the landmark of '{}' is no text", excerpt(marker.label)),
                 "write a name such as \"right_asis\", or \"\" for none");
    }
    marker.landmark = from_ascii_toml(*landmark);
    if (trim(marker.label).empty()) return bad(key.source(), "a marker has no label");
    if (!index_.emplace(marker.label, set_.markers.size()).second) {
      return bad(key.source(), fmt::format("the label '{}' is there twice", excerpt(marker.label)),
                 "leave one out");
    }
    set_.markers.push_back(std::move(marker));
    return {};
  }

  Result<void> read_markers(const toml::table& top) {
    const toml::node* markers = top.get("markers");
    if (!markers || !markers->is_table()) {
      return bad(top.source(), "the marker set has no markers",
                 "write them under [markers.pelvis] and the other segments");
    }
    for (const auto& [segment, members] : *markers->as_table()) {
      const std::string word = from_ascii_toml(segment.str());
      if (std::find(kSegments.begin(), kSegments.end(), word) == kSegments.end()) {
        const std::string meant = nearest_word(word, kSegments);
        return bad(segment.source(), fmt::format("there is no segment '{}'", excerpt(word)),
                   meant.empty() ? "write one such as pelvis, thorax or right_thigh"
                                 : "did you mean " + meant + "?");
      }
      if (!members.is_table()) {
        return bad(members.source(), fmt::format("{} holds no labels", word));
      }
      for (const auto& [label, landmark] : *members.as_table()) {
        CATENA_CHECK(add_marker(label, landmark, word));
      }
    }
    if (set_.markers.empty()) return bad(markers->source(), "the marker set has no markers");
    return {};
  }

  Result<void> read_aliases(const toml::table& top) {
    const toml::node* aliases = top.get("aliases");
    if (!aliases) return {};
    if (!aliases->is_table()) return bad(aliases->source(), "aliases are no table");
    for (const auto& [alias, node] : *aliases->as_table()) {
      const auto label = node.value_exact<std::string>();
      if (!label) return bad(node.source(), "an alias is of no label", "write the label in quotes");
      CATENA_TRY(marker, find(*label, node.source()));
      const std::string word = from_ascii_toml(alias.str());
      if (!index_.emplace(word, static_cast<std::size_t>(marker - set_.markers.data())).second) {
        return bad(alias.source(), fmt::format("the label '{}' is there twice", excerpt(word)));
      }
      marker->aliases.push_back(word);
    }
    return {};
  }

  Result<void> read_list(const toml::table& top, std::string_view key, bool SetMarker::* flag) {
    const toml::node* list = top.get(key);
    if (!list) return {};
    if (!list->is_array()) {
      return bad(list->source(), fmt::format("{} is no list", key), "write [\"A\", \"B\"]");
    }
    for (const toml::node& node : *list->as_array()) {
      const auto label = node.value_exact<std::string>();
      if (!label) return bad(node.source(), fmt::format("{} holds what is no label", key));
      CATENA_TRY(marker, find(*label, node.source()));
      marker->*flag = true;
    }
    return {};
  }

  Result<SetMarker*> find(const std::string& ascii, const toml::source_region& at) {
    const std::string label = from_ascii_toml(ascii);
    const auto found = index_.find(label);
    if (found == index_.end()) {
      return bad(at, fmt::format("the set has no marker '{}'", excerpt(label)),
                 "write it under its segment");
    }
    return &set_.markers[found->second];
  }

  void drop_suffix(std::string_view suffix) {
    for (SetMarker& marker : set_.markers) {
      if (!marker.label.ends_with(suffix) || marker.label.size() == suffix.size()) continue;
      marker.aliases.push_back(marker.label.substr(0, marker.label.size() - suffix.size()));
    }
  }

  std::string_view bytes_, source_;
  MarkerSet set_;
  std::map<std::string, std::size_t> index_;  // labels and aliases
};

std::vector<MarkerSet> parse_registry() {
  std::vector<MarkerSet> sets;
  for (const EmbeddedFile& file : marker_set_files()) {
    Result<MarkerSet> set = parse_marker_set(file.text, file.name);
    assert(set.has_value());  // a test reads them all
    if (set) sets.push_back(std::move(*set));
  }
  return sets;
}

}  // namespace

Result<MarkerSet> parse_marker_set(std::string_view bytes, std::string_view source) {
  CATENA_TRY(top, parse_toml(bytes, source,
                             "write lines such as RASI = \"right_asis\" under [markers.pelvis]"));
  return Reader(bytes, source).read(top);
}

const std::vector<MarkerSet>& known_marker_sets() {
  static const std::vector<MarkerSet> kSets = parse_registry();
  return kSets;
}

}  // namespace catena
