// Models to OpenSim: a version 4.0 .osim document.
#pragma once

#include <string>

#include "catena/model/model.h"

namespace catena {

/// The model as an .osim document. Reading it again gives the same model; numbers are written so
/// that no bit is lost, but orientations pass through body-fixed x-y-z angles (1e-15). What the
/// format has no place for is left out: the assumptions, and the kind of a custom joint's
/// coordinate, which OpenSim 4 tells from the joint's functions.
std::string write_osim(const Model& model);

}  // namespace catena
