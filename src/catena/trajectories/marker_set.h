// Marker sets as data: what a laboratory calls its markers, and where they sit on the body.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "catena/core/error.h"

namespace catena {

// From the head down, right before left. The thorax is what carries C7 and the breast-bone.
inline constexpr std::array<std::string_view, 15> kSegments = {
    "head",           "thorax",        "pelvis",       "right_thigh", "left_thigh",
    "right_shank",    "left_shank",    "right_foot",   "left_foot",   "right_upper_arm",
    "left_upper_arm", "right_forearm", "left_forearm", "right_hand",  "left_hand"};

struct SetMarker {
  std::string label;                 // "RASI"
  std::vector<std::string> aliases;  // other spellings of it than by case and punctuation
  std::string segment;               // one of kSegments
  // "right_asis": a place that everyone finds again. Empty: put anywhere on the segment, for
  // following it only.
  std::string landmark;
  bool computed = false;       // from other markers, as joint centres are; shows nothing of its own
  bool standing_only = false;  // taken off before the run
  bool optional = false;       // may be left out altogether
};

struct MarkerSet {
  std::string name;    // "Plug-in Gait, full body"
  std::string source;  // paper or manual
  std::vector<SetMarker> markers;
};

/// Reads a marker set:
///
///     name = "..."                       source = "..."
///     standing_only = ["RMEPI", ...]     optional = [...]     computed = [...]
///     suffix = "_study"                  # of all labels; may be left out in a recording
///     [markers.right_thigh]
///     RTHI = ""                          # no landmark
///     RKNE = "right_lateral_epicondyle"
///     [aliases]
///     RKNEE = "RKNE"
///
/// source     for error places
/// errors     kBadFormat: not TOML, an unknown key or segment, a label twice, a list or alias that
///            names no marker; the place is file:line:column
Result<MarkerSet> parse_marker_set(std::string_view bytes, std::string_view source);

/// The registry: the sets that come with the program (marker_sets/*.toml).
const std::vector<MarkerSet>& known_marker_sets();

}  // namespace catena
