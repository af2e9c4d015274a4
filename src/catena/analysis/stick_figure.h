// The runner's own figure at peak thigh extension.
#pragma once

#include "catena/analysis/body_setup.h"
#include "catena/report/results.h"

namespace catena {

/// Joint centres at the stride nearest to the mean thigh extension of the demand that goes
/// farthest behind; not known without strides.
StickFigure draw_stick_figure(const BodySetup& body, const std::vector<FittedRun>& runs, Side side,
                              const LegResult& leg, const std::vector<std::string>& demands);

}  // namespace catena
