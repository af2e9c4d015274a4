#include "catena/trajectories/match_labels.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "catena/core/spelling.h"
#include "catena/core/text.h"
#include "catena/core/toml.h"
#include "catena/trajectories/identify_labels.h"
#include "catena/trajectories/label_pairs.h"

namespace catena {
namespace {

/// Which of the model's names each label has been given, and which are still free.
struct Naming {
  const std::vector<std::string>& labels;
  MatchedLabels& result;
  std::vector<bool> given;     // (n_labels)
  std::set<std::string> used;  // names given away

  void give(std::size_t label, const std::string& name) {
    result.labels[label] = name;
    given[label] = true;
    used.insert(name);
  }
};

void apply_map(const LabelMap& map, Naming& naming) {
  std::vector<LabelTarget> targets;
  for (std::size_t k = 0; k < map.renames.size(); ++k) {
    targets.push_back({map.renames[k].first, static_cast<int>(k)});
  }
  const LabelPairs pairs = pair_labels(naming.labels, targets);
  for (const std::string& note : pairs.notes) naming.result.notes.push_back(note);
  for (std::size_t i = 0; i < naming.labels.size(); ++i) {
    if (pairs.target_of[i] < 0) continue;
    const std::string& name = map.renames[static_cast<std::size_t>(pairs.target_of[i])].second;
    naming.give(i, name);
    naming.result.notes.push_back(fmt::format("'{}' was taken for '{}', as the mapping says.",
                                              excerpt(naming.labels[i]), excerpt(name)));
  }
}

void match_spelling(const std::vector<std::string>& wanted, const std::string& whose,
                    Naming& naming) {
  std::vector<std::string> labels;
  std::vector<std::size_t> index;
  for (std::size_t i = 0; i < naming.labels.size(); ++i) {
    if (naming.given[i]) continue;
    labels.push_back(naming.labels[i]);
    index.push_back(i);
  }
  std::vector<LabelTarget> targets;
  for (std::size_t k = 0; k < wanted.size(); ++k) {
    if (!naming.used.contains(wanted[k])) targets.push_back({wanted[k], static_cast<int>(k)});
  }
  const LabelPairs pairs = pair_labels(labels, targets);
  for (const std::string& note : pairs.notes) naming.result.notes.push_back(note);
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (pairs.target_of[i] < 0) continue;
    const std::string& name = wanted[static_cast<std::size_t>(pairs.target_of[i])];
    naming.give(index[i], name);
    if (pairs.likeness[i] == Likeness::kExact) continue;
    naming.result.notes.push_back(fmt::format(
        "'{}' was taken for {} '{}': alike but for {}.", excerpt(labels[i]), whose, excerpt(name),
        pairs.likeness[i] == Likeness::kPlain ? "case and punctuation" : "a prefix"));
  }
}

/// The one label at each landmark; none where several are.
std::map<std::string, std::size_t> label_at_landmark(const std::vector<std::string>& labels) {
  const IdentifiedLabels identified = identify_labels(labels);
  std::map<std::string, std::size_t> at;
  std::set<std::string> several;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const std::string& landmark = identified.meanings[i].landmark;
    if (landmark.empty()) continue;
    if (!at.emplace(landmark, i).second) several.insert(landmark);
  }
  for (const std::string& landmark : several) at.erase(landmark);
  return at;
}

void match_landmarks(const std::vector<std::string>& wanted, const std::string& whose,
                     Naming& naming) {
  const std::map<std::string, std::size_t> recorded = label_at_landmark(naming.labels);
  for (const auto& [landmark, k] : label_at_landmark(wanted)) {
    const auto at = recorded.find(landmark);
    if (at == recorded.end() || naming.given[at->second]) continue;
    if (naming.used.contains(wanted[k])) continue;
    naming.give(at->second, wanted[k]);
    std::string place = landmark;
    std::replace(place.begin(), place.end(), '_', ' ');
    naming.result.notes.push_back(fmt::format("'{}' was taken for {} '{}': both are the {}.",
                                              excerpt(naming.labels[at->second]), whose,
                                              excerpt(wanted[k]), place));
  }
}

/// A label that another now has must be called something else.
void keep_labels_apart(Naming& naming) {
  std::set<std::string> all(naming.used.begin(), naming.used.end());
  for (std::size_t i = 0; i < naming.labels.size(); ++i) {
    if (naming.given[i]) continue;
    std::string& label = naming.result.labels[i];
    if (!all.contains(label)) {
      all.insert(label);
      continue;
    }
    while (all.contains(label)) label += " (as recorded)";
    all.insert(label);
    naming.result.notes.push_back(
        fmt::format("'{}' of the recording is not used: another label "
                    "was given this name.",
                    excerpt(naming.labels[i])));
  }
}

}  // namespace

Result<LabelMap> parse_label_map(std::string_view bytes, std::string_view source) {
  constexpr const char* kHint = "write lines such as RASI = \"R.ASIS\" under [labels]";
  CATENA_TRY(top, parse_toml(bytes, source, kHint));
  const auto bad = [&](const toml::source_region& at, std::string what) {
    return fail(Errc::kBadFormat, std::move(what),
                place_in_toml(bytes, source, at.begin.line, at.begin.column), kHint);
  };
  for (const auto& [key, node] : top) {
    if (key.str() == "labels") continue;
    return bad(key.source(), fmt::format("there is no key '{}' in a mapping of labels",
                                         excerpt(from_ascii_toml(key.str()))));
  }
  const toml::node* labels = top.get("labels");
  if (!labels || !labels->is_table()) return bad(top.source(), "the mapping has no [labels]");

  LabelMap map;
  std::set<std::string> names;
  for (const auto& [key, node] : *labels->as_table()) {
    const std::string label = from_ascii_toml(key.str());
    const auto text = node.value_exact<std::string>();
    if (!text || text->empty()) {
      return bad(node.source(), fmt::format("the name of '{}' is no text", excerpt(label)));
    }
    const std::string name = from_ascii_toml(*text);
    if (!names.insert(name).second) {
      return bad(node.source(), fmt::format("two labels are to be '{}'", excerpt(name)));
    }
    map.renames.emplace_back(label, name);
  }
  if (map.renames.empty()) return bad(labels->source(), "the mapping names no label");
  return map;
}

MatchedLabels match_labels(const std::vector<std::string>& labels,
                           const std::vector<std::string>& wanted, const LabelMap& map,
                           const std::string& whose) {
  MatchedLabels result;
  result.labels = labels;
  Naming naming = {labels, result, std::vector<bool>(labels.size(), false), {}};
  if (!map.renames.empty()) apply_map(map, naming);
  match_spelling(wanted, whose, naming);
  match_landmarks(wanted, whose, naming);
  keep_labels_apart(naming);
  return result;
}

}  // namespace catena
