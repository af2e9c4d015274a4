// Which bodies of a model are the links of the leg-behind chain.
#pragma once

#include <array>

#include "catena/core/error.h"
#include "catena/core/side.h"
#include "catena/model/model.h"

namespace catena {

/// Body indices. The long axis of a thigh is the -y axis of its body frame and "upright" is y up
/// (ISB and every OpenSim gait model); a constant turn between that axis and the line from hip to
/// knee cancels in every difference.
struct ChainMap {
  int thorax = kNone;  // kNone: a model of pelvis and legs only
  int pelvis = kNone;
  std::array<int, 2> thigh = {kNone, kNone};
  std::array<int, 2> shank = {kNone, kNone};
  std::array<int, 2> foot = {kNone, kNone};
};

/// Finds the links by the names that models give them (pelvis; torso, thorax, trunk; femur_r,
/// thigh_r; tibia_r, shank_r; calcn_r, foot_r).
///
/// errors     kMissingData: no pelvis or no thigh, naming the bodies that the model has
Result<ChainMap> find_chain(const Model& model);

}  // namespace catena
