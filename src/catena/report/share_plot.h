// Who takes up the next degree, as intervals on one axis.
#pragma once

#include <string>

#include "catena/chain/take_up.h"
#include "catena/model/chain_map.h"

namespace catena {

/// An <svg> element: each share with its interval, and in words beside it. Low back and lean stand
/// beneath the pelvis, whose parts they are. Empty when no share is known.
std::string draw_shares(const TakeUp& take_up, Side side);

}  // namespace catena
