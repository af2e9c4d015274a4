// The colours and letters of every page and plot.
//
// Parts of the chain have hues of Okabe & Ito 2008 (distinct under every common colour blindness),
// two of them darkened until words in them can be read (contrast 4.5 and more, also on grey);
// demands run from light to dark in one ramp, and each also has a shape of its own.
#pragma once

#include <string>

#include "catena/report/svg.h"

namespace catena {

inline constexpr const char* kInk = "#1f2933";
inline constexpr const char* kMuted = "#5f6c7b";
inline constexpr const char* kRule = "#dde3e9";
inline constexpr const char* kPaper = "#ffffff";

inline constexpr const char* kHipColor = "#0072b2";
inline constexpr const char* kLowBackColor = "#b84f00";
inline constexpr const char* kLeanColor = "#007f5c";
inline constexpr const char* kPelvisColor = "#a3538a";

inline constexpr const char* kFontFamily =
    "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";

/// Colour of demand `index` of `count`, light (first) to dark (last).
std::string demand_color(int index, int count);

MarkerShape demand_shape(int index);

}  // namespace catena
