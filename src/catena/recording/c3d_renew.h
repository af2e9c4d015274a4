// Parameters made to say what a recording holds: everything else stays as it was.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "catena/core/error.h"
#include "catena/recording/c3d.h"
#include "catena/recording/c3d_layout.h"
#include "catena/recording/c3d_meaning.h"

namespace catena {

/// Sets of parameters. A group or parameter that is not there is made; one that is there keeps its
/// place, description and, where the value allows, its kind of number.
void set_count(std::vector<C3dGroup>& groups, std::string_view group, std::string_view name,
               std::size_t value);
void set_reals(std::vector<C3dGroup>& groups, std::string_view group, std::string_view name,
               std::vector<int> dims, std::vector<float> values);
void set_words(std::vector<C3dGroup>& groups, std::string_view group, std::string_view name,
               std::vector<int> dims, std::vector<std::int16_t> values);
/// Lists of any length, in NAME, NAME2, ... of at most 255 entries each; no more of them remain
/// than are needed.
///
/// errors     kUnsupported: a text of more than 255 bytes
Result<void> set_texts(std::vector<C3dGroup>& groups, std::string_view group, std::string_view name,
                       const std::vector<std::string>& texts);
void set_long_reals(std::vector<C3dGroup>& groups, std::string_view group, std::string_view name,
                    const std::vector<float>& values);

/// The order in which points are written.
struct C3dOrder {
  std::vector<int> output;  // of each point: index into the outputs, or -1: the next marker
};

/// Renews LABELS and the lists of outputs unless they already say what the recording holds. Points
/// keep their order while there are as many markers and outputs as before; else markers come first.
///
/// errors     kUnsupported: a label that is too long, more than 65535 points
Result<C3dOrder> renew_points(const Recording& recording, std::vector<C3dGroup>& groups);

/// Renews names and units of channels unless they already are right.
Result<void> renew_channels(const AnalogRecording& analog, std::vector<C3dGroup>& groups);

/// Renews plates, events, subject and maker, each unless it already is right.
Result<void> renew_meaning(const Recording& recording, const C3dLayout& layout, double per_metre,
                           std::vector<C3dGroup>& groups);

}  // namespace catena
