#include "catena/trajectories/label_pairs.h"

#include <fmt/format.h>

#include <map>

#include "catena/core/text.h"

namespace catena {
namespace {

constexpr int kSeveral = -2;  // a key that is of more than one target

// What a label is called after each of its separators, longest first.
std::vector<std::string> suffixes_of(std::string_view label) {
  std::vector<std::string> suffixes;
  for (std::size_t i = 0; i + 1 < label.size(); ++i) {
    if (label[i] != ':' && label[i] != '_' && label[i] != ' ') continue;
    std::string suffix = plain_label(label.substr(i + 1));
    if (suffix.size() > 1) suffixes.push_back(std::move(suffix));
  }
  return suffixes;
}

void add_key(const std::string& key, int target, std::unordered_map<std::string, int>& keys) {
  const auto [at, is_new] = keys.emplace(key, target);
  if (!is_new && at->second != target) at->second = kSeveral;
}

// The target that a label asks for at this likeness; -1: none.
int asked_for(const LabelKeys& labels, std::size_t i, Likeness likeness,
              const TargetKeys& targets) {
  const auto find = [](const std::unordered_map<std::string, int>& keys, const std::string& key) {
    const auto found = keys.find(key);
    return found == keys.end() || found->second == kSeveral ? -1 : found->second;
  };
  if (likeness == Likeness::kExact) return find(targets.exact, labels.labels[i]);
  if (likeness == Likeness::kPlain) return find(targets.plain, labels.plain[i]);
  for (const std::string& suffix : labels.suffixes[i]) {
    const int target = find(targets.plain, suffix);
    if (target >= 0) return target;
  }
  return -1;
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

TargetKeys make_target_keys(const std::vector<LabelTarget>& targets) {
  TargetKeys keys;
  for (const LabelTarget& target : targets) {
    const std::string plain = plain_label(target.label);
    if (plain.empty()) continue;
    add_key(target.label, target.target, keys.exact);
    add_key(plain, target.target, keys.plain);
  }
  return keys;
}

LabelKeys make_label_keys(const std::vector<std::string>& labels) {
  LabelKeys keys;
  keys.labels = labels;
  for (const std::string& label : labels) {
    keys.plain.push_back(plain_label(label));
    keys.suffixes.push_back(suffixes_of(label));
  }
  return keys;
}

LabelPairs pair_labels(const std::vector<std::string>& labels,
                       const std::vector<LabelTarget>& targets) {
  return pair_labels(make_label_keys(labels), make_target_keys(targets));
}

LabelPairs pair_labels(const LabelKeys& keys, const TargetKeys& targets) {
  const std::vector<std::string>& labels = keys.labels;
  LabelPairs pairs;
  pairs.target_of.assign(labels.size(), -1);
  pairs.likeness.assign(labels.size(), Likeness::kNone);
  std::map<int, std::size_t> taken;  // target to label
  for (const Likeness likeness : {Likeness::kExact, Likeness::kPlain, Likeness::kPrefix}) {
    // Which labels ask for which target?
    std::map<int, std::vector<std::size_t>> asking;
    for (std::size_t i = 0; i < labels.size(); ++i) {
      if (pairs.target_of[i] >= 0) continue;
      const int target = asked_for(keys, i, likeness, targets);
      if (target >= 0) asking[target].push_back(i);
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
