// How far the skin over each body of a model moves in running, and with which joints.
#pragma once

#include <vector>

#include "catena/kinematics/body_fit.h"

namespace catena {

/// One for each body: the published size for its segment, and the coordinates of the joints that
/// bound it, seen across bodies without markers.
std::vector<SkinPrior> skin_priors(const Model& model);

}  // namespace catena
