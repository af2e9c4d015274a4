// Which label is meant by which: case, punctuation and prefixes of laboratories aside.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace catena {

/// Letters and digits alone, small: "R.ASIS", "r asis" and "R_Asis" are all "rasis".
std::string plain_label(std::string_view label);

/// A spelling of what label is meant to be; several may be of one target.
struct LabelTarget {
  std::string label;
  int target = 0;
};

/// Targets by what may be written for them; made once for many lists of labels.
struct TargetKeys {
  std::unordered_map<std::string, int> exact, plain;  // -2: of more than one target
};
TargetKeys make_target_keys(const std::vector<LabelTarget>& targets);

/// Labels by what they may mean; made once for many sets.
struct LabelKeys {
  std::vector<std::string> labels;
  std::vector<std::string> plain;                  // (n_labels)
  std::vector<std::vector<std::string>> suffixes;  // (n_labels) plain, without longer prefixes
};
LabelKeys make_label_keys(const std::vector<std::string>& labels);

// From near to far.
enum class Likeness {
  kNone,
  kExact,   // letter by letter
  kPlain,   // but for case, blanks and punctuation
  kPrefix,  // and for a prefix that ends in ':', '_' or a blank: "Subject 1:LASI", "Run_LASI"
};

struct LabelPairs {
  std::vector<int> target_of;      // (n_labels) -1: none
  std::vector<Likeness> likeness;  // (n_labels)
  std::vector<std::string> notes;  // labels that were left out because another is as near
};

/// Gives each target at most one label and each label at most one target, the nearest first. Two
/// labels that are equally near to one target are both left out, and noted; so is a label that is
/// another's but for case or prefix.
LabelPairs pair_labels(const LabelKeys& labels, const TargetKeys& targets);
LabelPairs pair_labels(const std::vector<std::string>& labels,
                       const std::vector<LabelTarget>& targets);

}  // namespace catena
