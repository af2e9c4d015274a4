// The stop curve: what hip, low back and lean give as the thigh goes further behind.
#pragma once

#include <string>

#include "catena/chain/take_up.h"
#include "catena/model/chain_map.h"
#include "catena/report/results.h"

namespace catena {

/// An <svg> element: one panel a part over thigh extension, all to one scale so that steepness is
/// the share; faint dots for strides, demands with their 90 % error, the line's and the bend's
/// bands where they are probable enough, and where a stop was reached its place. Empty without
/// strides.
std::string draw_stop_curve(const Results& results, Side side);

/// An <svg> element: the mark of demand `index` of `count`, for a key beside words.
std::string draw_demand_mark(int index, int count);

}  // namespace catena
