// The runner from the side at the peak of thigh extension, with the budget's angles drawn on it.
#pragma once

#include <string>

#include "catena/model/chain_map.h"
#include "catena/report/results.h"

namespace catena {

/// An <svg> element; empty when the figure is not known.
///
/// The arcs are drawn between the vertical and straight lines at the figure's own angles, so that
/// a reader sees them add up: thigh = hip + pelvis, pelvis = low back + lean.
std::string draw_stick_figure(const StickFigure& figure, Side side, bool has_thorax);

}  // namespace catena
