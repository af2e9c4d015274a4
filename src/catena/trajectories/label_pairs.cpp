#include "catena/trajectories/label_pairs.h"

#include <fmt/format.h>

#include <map>

#include "catena/recording/text.h"

namespace catena {
namespace {

constexpr int kSeveral = -2;  // a key that is of more than one target

// What a label may be called, each shorter than the one before.
std::vector<std::string> keys_of(const std::string& label, Likeness likeness) {
  if (likeness == Likeness::kExact) return {label};
  if (likeness == Likeness::kPlain) return {plain_label(label)};
  std::vector<std::string> keys;
  for (std::size_t i = 0; i + 1 < label.size(); ++i) {
    if (label[i] != ':' && label[i] != '_' && label[i] != ' ') continue;
    std::string key = plain_label(std::string_view(label).substr(i + 1));
    if (key.size() > 1) keys.push_back(std::move(key));
  }
  return keys;
}

std::map<std::string, int> targets_by_key(const std::vector<LabelTarget>& targets,
                                          Likeness likeness) {
  std::map<std::string, int> by_key;
  for (const LabelTarget& target : targets) {
    std::string key = likeness == Likeness::kExact ? target.label : plain_label(target.label);
    if (key.empty()) continue;
    const auto [at, is_new] = by_key.emplace(std::move(key), target.target);
    if (!is_new && at->second != target.target) at->second = kSeveral;
  }
  return by_key;
}

std::string quoted(const std::string& label) { return "'" + excerpt(label) + "'"; }

}  // namespace

std::string plain_label(std::string_view label) {
  std::string plain;
  for (const char c : label) {
    const bool digit = c >= '0' && c <= '9';
    const bool small = c >= 'a' && c <= 'z';
    const bool capital = c >= 'A' && c <= 'Z';
    const bool beyond_ascii = static_cast<unsigned char>(c) >= 0x80;
    if (capital) plain += static_cast<char>(c - 'A' + 'a');
    if (digit || small || beyond_ascii) plain += c;
  }
  return plain;
}

LabelPairs pair_labels(const std::vector<std::string>& labels,
                       const std::vector<LabelTarget>& targets) {
  LabelPairs pairs;
  pairs.target_of.assign(labels.size(), -1);
  pairs.likeness.assign(labels.size(), Likeness::kNone);
  std::map<int, std::size_t> taken;  // target to label
  for (const Likeness likeness : {Likeness::kExact, Likeness::kPlain, Likeness::kPrefix}) {
    // Which labels ask for which target?
    const Likeness of_targets = likeness == Likeness::kPrefix ? Likeness::kPlain : likeness;
    const std::map<std::string, int> by_key = targets_by_key(targets, of_targets);
    std::map<int, std::vector<std::size_t>> asking;
    for (std::size_t i = 0; i < labels.size(); ++i) {
      if (pairs.target_of[i] >= 0) continue;
      for (const std::string& key : keys_of(labels[i], likeness)) {
        const auto found = by_key.find(key);
        if (found == by_key.end() || found->second == kSeveral) continue;
        asking[found->second].push_back(i);
        break;
      }
    }
    // One may have it; two may not.
    for (const auto& [target, by] : asking) {
      const auto holder = taken.find(target);
      if (holder != taken.end() || by.size() > 1) {
        std::string all;
        for (const std::size_t i : by) all += (all.empty() ? "" : " and ") + quoted(labels[i]);
        pairs.notes.push_back(
            holder != taken.end()
                ? fmt::format("{} {} like {} but for case, punctuation or prefix; only {} is used.",
                              all, by.size() > 1 ? "are" : "is", quoted(labels[holder->second]),
                              quoted(labels[holder->second]))
                : fmt::format("{} are alike but for case, punctuation or prefix; none is used.",
                              all));
        continue;
      }
      taken[target] = by.front();
      pairs.target_of[by.front()] = target;
      pairs.likeness[by.front()] = likeness;
    }
  }
  return pairs;
}

}  // namespace catena
