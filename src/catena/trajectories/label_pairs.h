// Which label is meant by which: case, punctuation and prefixes of laboratories aside.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace catena {

/// Letters and digits alone, small: "R.ASIS", "r asis" and "R_Asis" are all "rasis".
std::string plain_label(std::string_view label);

/// A spelling of what label is meant to be; several may be of one target.
struct LabelTarget {
  std::string label;
  int target = 0;
};

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
LabelPairs pair_labels(const std::vector<std::string>& labels,
                       const std::vector<LabelTarget>& targets);

}  // namespace catena
