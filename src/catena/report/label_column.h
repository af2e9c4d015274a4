// Words stacked beside a drawing, each as near as may be to the height of what it names.
#pragma once

#include <vector>

namespace catena {

/// Places for labels in a column that keep `pitch` apart, in the order of the wished places, and
/// move as little as may be in the sum of squares; all inside [low, high] where there is room.
///
/// wanted     ascending
std::vector<double> spread_labels(const std::vector<double>& wanted, double pitch, double low,
                                  double high);

}  // namespace catena
