// What a person reads of a profile's curves and numbers.
#pragma once

#include <Eigen/Core>
#include <string>

#include "catena/model/chain_map.h"

namespace catena {

/// "Right hip flexion (from standing)"
std::string curve_words(const std::string& name, Side side, bool from_standing);

/// "Right contact time"
std::string scalar_words(const std::string& name, Side side);

/// How a number is shown to people: a stride measure as kMeasures says, another as it is.
struct ShownUnit {
  std::string words;  // " ms", with its space; empty for a plain number
  double per_unit = 1.0;
  int decimals = -1;  // -1: three digits

  /// With its sign.
  [[nodiscard]] std::string difference(double value) const;
};

ShownUnit shown_unit(const std::string& name, const std::string& unit);

/// Of those that are known; NaN when none is.
double finite_mean(const Eigen::VectorXd& values);

}  // namespace catena
