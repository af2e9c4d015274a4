// Words stacked beside a drawing, each as near as may be to the height of what it names.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace catena {

/// About how wide a bold sans-serif text is, for a size of 1; ordinary text is a little narrower.
double text_width(std::string_view text);

/// The text, or as much of its beginning as is no wider, with an ellipsis. Never breaks a letter.
std::string shortened_to(const std::string& text, double width);

/// Places for labels in a column that keep `pitch` apart, in the order of the wished places, and
/// move as little as may be in the sum of squares; all inside [low, high] where there is room.
///
/// wanted     ascending
std::vector<double> spread_labels(const std::vector<double>& wanted, double pitch, double low,
                                  double high);

}  // namespace catena
