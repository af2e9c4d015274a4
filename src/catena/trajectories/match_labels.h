// Recorded labels under the names that a model has for its markers.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catena/core/error.h"

namespace catena {

/// What a person says of labels: the file's own, and what it is in the model.
struct LabelMap {
  std::vector<std::pair<std::string, std::string>> renames;
};

/// Reads a person's mapping of labels:
///
///     [labels]
///     RASI = "R.ASIS"     # what the recording calls RASI, the model calls R.ASIS
///
/// source     for error places
/// errors     kBadFormat: not TOML, another key, a name that is no text, two labels of one name;
///            the place is file:line:column
Result<LabelMap> parse_label_map(std::string_view bytes, std::string_view source);

struct MatchedLabels {
  std::vector<std::string> labels;  // (n_labels), each once
  std::vector<std::string> notes;   // every change, and what had to be left, one sentence each
};

/// Renames labels to the model's names: what the mapping says first; then what is the same; then
/// what is alike but for case, punctuation or prefix; then what sits on the same landmark, where
/// only one marker of either side does. Markers on no landmark are never taken for one another.
///
/// labels     of the recording
/// wanted     of the model's markers
/// whose      they are, for the notes
MatchedLabels match_labels(const std::vector<std::string>& labels,
                           const std::vector<std::string>& wanted, const LabelMap& map = {},
                           const std::string& whose = "the model's");

}  // namespace catena
