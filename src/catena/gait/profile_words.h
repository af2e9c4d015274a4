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

/// Of those that are known; NaN when none is.
double finite_mean(const Eigen::VectorXd& values);

}  // namespace catena
