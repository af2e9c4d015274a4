// The verdict on the hip stop as a small drawing, to be seen before its words are read.
#pragma once

#include <string>

#include "catena/chain/take_up.h"

namespace catena {

/// An <svg> element. Reached: a curve that bends flat; not reached: a straight one; neither shown
/// nor ruled out: both, dashed; cannot be tested: points only.
std::string draw_stop_glyph(StopVerdict verdict);

}  // namespace catena
