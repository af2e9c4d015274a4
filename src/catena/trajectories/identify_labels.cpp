#include "catena/trajectories/identify_labels.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "catena/core/spelling.h"
#include "catena/core/text.h"
#include "catena/trajectories/label_pairs.h"

namespace catena {
namespace {

// Fewer labels than this are of no set, however well they match.
constexpr int kFewestMatched = 6;
constexpr double kLeastCoverage = 0.6;
// A label that is only alike speaks a little less for a set than one that is the same.
constexpr double kAlike = 0.95;

std::vector<LabelTarget> targets_of(const MarkerSet& set) {
  std::vector<LabelTarget> targets;
  for (std::size_t m = 0; m < set.markers.size(); ++m) {
    targets.push_back({set.markers[m].label, static_cast<int>(m)});
    for (const std::string& alias : set.markers[m].aliases) {
      targets.push_back({alias, static_cast<int>(m)});
    }
  }
  return targets;
}

bool needed_in_a_run(const SetMarker& marker) {
  return !marker.standing_only && !marker.optional && !marker.computed;
}

/// How well a set explains labels: between 0 and 1; 0 when it is not this set.
double score_of(const MarkerSet& set, const LabelPairs& pairs) {
  double weight = 0.0;
  double weight_needed = 0.0;
  int n_matched = 0;
  for (std::size_t i = 0; i < pairs.target_of.size(); ++i) {
    if (pairs.target_of[i] < 0) continue;
    const double w = pairs.likeness[i] == Likeness::kExact ? 1.0 : kAlike;
    ++n_matched;
    weight += w;
    const SetMarker& marker = set.markers[static_cast<std::size_t>(pairs.target_of[i])];
    if (needed_in_a_run(marker)) weight_needed += w;
  }
  const auto n_needed =
      static_cast<double>(std::count_if(set.markers.begin(), set.markers.end(), needed_in_a_run));
  const double coverage = n_needed > 0.0 ? weight_needed / n_needed : 0.0;
  const double explained = weight / static_cast<double>(pairs.target_of.size());
  if (n_matched < kFewestMatched || coverage < kLeastCoverage) return 0.0;
  return 2.0 * coverage * explained / (coverage + explained);
}

/// What all sets say of a label: nothing where they disagree.
MarkerSet agreement_of(std::span<const MarkerSet> sets) {
  std::map<std::string, SetMarker> by_key;
  std::set<std::string> disputed;
  for (const MarkerSet& set : sets) {
    for (const LabelTarget& target : targets_of(set)) {
      SetMarker marker = set.markers[static_cast<std::size_t>(target.target)];
      marker.label = target.label;
      marker.aliases.clear();
      const std::string key = plain_label(target.label);
      const auto [at, is_new] = by_key.emplace(key, marker);
      if (is_new) continue;
      if (at->second.segment != marker.segment) disputed.insert(key);
      if (at->second.landmark != marker.landmark) at->second.landmark.clear();
      at->second.computed = at->second.computed || marker.computed;
    }
  }
  MarkerSet all;
  for (auto& [key, marker] : by_key) {
    if (!disputed.contains(key)) all.markers.push_back(std::move(marker));
  }
  return all;
}

/// Sets ready for being compared with labels.
struct PreparedSets {
  std::vector<TargetKeys> keys;  // of each set
  MarkerSet agreement;
  TargetKeys agreement_keys;
};

PreparedSets prepare(std::span<const MarkerSet> sets) {
  PreparedSets prepared;
  for (const MarkerSet& set : sets) prepared.keys.push_back(make_target_keys(targets_of(set)));
  prepared.agreement = agreement_of(sets);
  prepared.agreement_keys = make_target_keys(targets_of(prepared.agreement));
  return prepared;
}

bool is_registry(std::span<const MarkerSet> sets) {
  return sets.data() == known_marker_sets().data() && sets.size() == known_marker_sets().size();
}

const PreparedSets& prepared_registry() {
  static const PreparedSets kPrepared = prepare(known_marker_sets());
  return kPrepared;
}

std::string digits_of(std::string_view key) {
  std::string digits;
  for (const char c : key) {
    if (c >= '0' && c <= '9') digits += c;
  }
  return digits;
}

/// A slip of the finger. Numbers are none (TH1 and TH2 are two markers), nor is the side.
bool is_slip(const std::string& a, const std::string& b) {
  if (std::min(a.size(), b.size()) < 3 || digits_of(a) != digits_of(b)) return false;
  const auto is_side = [](char c) { return c == 'l' || c == 'r'; };
  if (a.front() != b.front() && is_side(a.front()) && is_side(b.front())) return false;
  const std::size_t most = std::min(a.size(), b.size()) >= 8 ? 2 : 1;
  return edit_distance(a, b) <= most;
}

void find_near_misses(const MarkerSet& set, const std::vector<bool>& found,
                      IdentifiedLabels& result) {
  std::map<std::string, std::vector<std::string>> near_label, near_marker;
  for (const std::string& label : result.unknown) {
    for (std::size_t m = 0; m < set.markers.size(); ++m) {
      if (found[m]) continue;
      const std::string& marker = set.markers[m].label;
      if (!is_slip(plain_label(label), plain_label(marker))) continue;
      near_label[label].push_back(marker);
      near_marker[marker].push_back(label);
    }
  }
  for (const auto& [label, markers] : near_label) {
    if (markers.size() != 1 || near_marker[markers.front()].size() != 1) continue;
    result.near_misses.push_back({label, markers.front()});
  }
}

void take_meaning(const SetMarker& marker, LabelMeaning& meaning) {
  meaning = {marker.segment, marker.landmark, marker.computed};
}

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// "asis" of "right_asis"; the whole of a landmark in the middle.
std::string_view without_side(std::string_view landmark) {
  if (landmark.starts_with("right_")) return landmark.substr(6);
  if (landmark.starts_with("left_")) return landmark.substr(5);
  return landmark;
}

/// How many markers a result needs on a segment.
struct Need {
  std::string_view segment;
  int n;
};

/// "right thigh (1 of 2)" for each segment that shows too few; empty when all show enough.
std::string too_few(const IdentifiedLabels& identified, std::initializer_list<Need> needs) {
  const auto points = points_by_segment(identified);
  std::string text;
  for (const Need& need : needs) {
    const auto at = points.find(std::string(need.segment));
    const int n = at == points.end() ? 0 : static_cast<int>(at->second.size());
    if (n >= need.n) continue;
    std::string segment(need.segment);
    std::replace(segment.begin(), segment.end(), '_', ' ');
    text += fmt::format("{}{} ({} of {})", text.empty() ? "" : ", ", segment, n, need.n);
  }
  return text;
}

}  // namespace

IdentifiedLabels identify_labels(const std::vector<std::string>& labels,
                                 std::span<const MarkerSet> sets) {
  IdentifiedLabels result;
  result.meanings.resize(labels.size());
  if (labels.empty()) return result;

  // The set that explains most.
  const bool known = is_registry(sets);
  const PreparedSets own = known ? PreparedSets{} : prepare(sets);
  const PreparedSets& prepared = known ? prepared_registry() : own;
  const LabelKeys keys = make_label_keys(labels);
  const MarkerSet* best = nullptr;
  LabelPairs best_pairs;
  double best_score = 0.0;
  for (std::size_t k = 0; k < sets.size(); ++k) {
    LabelPairs pairs = pair_labels(keys, prepared.keys[k]);
    const double score = score_of(sets[k], pairs);
    if (score <= best_score) continue;
    best = &sets[k];
    best_pairs = std::move(pairs);
    best_score = score;
  }

  // What it says, and what it lacks.
  if (best) {
    result.set_name = best->name;
    result.set_source = best->source;
    result.notes = best_pairs.notes;
    std::vector<bool> found(best->markers.size(), false);
    for (std::size_t i = 0; i < labels.size(); ++i) {
      if (best_pairs.target_of[i] < 0) {
        result.unknown.push_back(labels[i]);
        continue;
      }
      const auto m = static_cast<std::size_t>(best_pairs.target_of[i]);
      found[m] = true;
      ++result.n_matched;
      take_meaning(best->markers[m], result.meanings[i]);
    }
    for (std::size_t m = 0; m < best->markers.size(); ++m) {
      if (!found[m] && needed_in_a_run(best->markers[m])) {
        result.missing.push_back(best->markers[m].label);
      }
    }
    find_near_misses(*best, found, result);
  } else {
    result.unknown = labels;
  }

  // What all sets together say of the rest.
  const MarkerSet& all = prepared.agreement;
  const LabelPairs pairs = pair_labels(keys, prepared.agreement_keys);
  if (!best) result.notes = pairs.notes;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (pairs.target_of[i] < 0 || !result.meanings[i].segment.empty()) continue;
    take_meaning(all.markers[static_cast<std::size_t>(pairs.target_of[i])], result.meanings[i]);
  }
  return result;
}

std::vector<std::string> near_miss_sentences(const IdentifiedLabels& identified) {
  std::vector<std::string> sentences;
  for (const NearMiss& miss : identified.near_misses) {
    sentences.push_back(fmt::format("'{}' is not in the set {}; did you mean '{}'?",
                                    excerpt(miss.label), identified.set_name, miss.meant));
  }
  return sentences;
}

std::vector<std::string> what_is_lacking(const IdentifiedLabels& identified) {
  if (identified.set_name.empty()) {
    return {"The labels are of no known marker set, so what they suffice for is not known."};
  }
  std::vector<std::string> sentences;
  // Three markers fix a segment; a thigh or shank has the joint above it for a third.
  std::string few = too_few(identified, {{"pelvis", 3}, {"right_thigh", 2}, {"left_thigh", 2}});
  if (!few.empty()) {
    sentences.push_back(
        fmt::format("The leg-behind budget cannot be read: too few markers on {}.", few));
  }
  few = too_few(identified, {{"thorax", 3}});
  if (!few.empty()) {
    sentences.push_back(
        fmt::format("Low back and forward lean cannot be told apart: too few markers on {}.", few));
  }
  few = too_few(identified,
                {{"right_shank", 2}, {"left_shank", 2}, {"right_foot", 2}, {"left_foot", 2}});
  if (!few.empty()) {
    sentences.push_back(
        fmt::format("Knee and ankle cannot be followed: too few markers on {}.", few));
  }
  few = too_few(identified, {{"right_foot", 1}, {"left_foot", 1}});
  if (!few.empty()) {
    sentences.push_back(
        fmt::format("Which foot is on the ground cannot be seen: too few markers on {}.", few));
  }
  return sentences;
}

BodyPoints body_points(const IdentifiedLabels& identified) {
  BodyPoints body;
  std::map<std::string, Eigen::Index> right, left;  // landmarks of pelvis and thorax
  for (std::size_t i = 0; i < identified.meanings.size(); ++i) {
    const LabelMeaning& meaning = identified.meanings[i];
    const auto point = static_cast<Eigen::Index>(i);
    const std::string_view place = without_side(meaning.landmark);
    if (meaning.segment == "pelvis") {
      if (!meaning.computed) body.pelvis.push_back(point);
      if (place == "asis") body.pelvis_front.push_back(point);
      if (is_one_of(place, {"psis", "sacrum"})) body.pelvis_back.push_back(point);
    }
    if (meaning.segment == "pelvis" || meaning.segment == "thorax") {
      if (meaning.landmark.starts_with("right_")) right.emplace(place, point);
      if (meaning.landmark.starts_with("left_")) left.emplace(place, point);
    }
    for (std::size_t side = 0; side < 2; ++side) {
      if (meaning.segment != (side == 0 ? "right_foot" : "left_foot")) continue;
      body.feet.at(side).push_back(point);
      if (is_one_of(place, {"heel", "upper_heel", "lower_heel", "lateral_heel", "medial_heel"})) {
        body.heels.at(side).push_back(point);
      }
      if (is_one_of(place, {"toe", "toe_tip", "great_toe", "second_toe", "small_toe",
                            "first_metatarsal", "second_metatarsal", "fifth_metatarsal"})) {
        body.toes.at(side).push_back(point);
      }
      if (is_one_of(place, {"first_metatarsal", "second_metatarsal", "fifth_metatarsal"})) {
        body.balls.at(side).push_back(point);
      }
    }
  }
  for (const auto& [place, point] : right) {
    const auto other = left.find(place);
    if (other == left.end()) continue;
    body.right_of_pair.push_back(point);
    body.left_of_pair.push_back(other->second);
  }
  return body;
}

std::map<std::string, std::vector<Eigen::Index>> points_by_segment(
    const IdentifiedLabels& identified) {
  std::map<std::string, std::vector<Eigen::Index>> points;
  for (std::size_t i = 0; i < identified.meanings.size(); ++i) {
    const LabelMeaning& meaning = identified.meanings[i];
    if (meaning.segment.empty() || meaning.computed) continue;
    points[meaning.segment].push_back(static_cast<Eigen::Index>(i));
  }
  return points;
}

}  // namespace catena
