// Pages of small plots: every angle over the stride, from the trunk down to the foot.
#pragma once

#include <Eigen/Core>
#include <array>
#include <string>
#include <vector>

#include "catena/gait/stride_curves.h"

namespace catena {

/// A band to draw behind a runner's curves: other runners, or the other recording.
struct BandBehind {
  std::string channel;                // "hip_flexion"
  Eigen::VectorXd low_rad, high_rad;  // (101), counted from where the page counts from
};

struct CurvePageOptions {
  bool from_standing = false;  // counted from the runner's own standing trial, where that is known
  std::vector<BandBehind> behind;
};

/// Right and left means over the stride with one SD of the strides, a line where each leaves the
/// ground; rows from the trunk down, columns side view, front view, from above. A model's own
/// coordinates are not drawn. Empty when there is no angle.
std::string draw_curve_page(const std::array<StrideCurves, 2>& curves,
                            const CurvePageOptions& options = {});

/// All strides of one leg, thin; the ones called outliers thick, with their numbers in the angles
/// that they are called for. About 10 kB a stride.
std::string draw_consistency_page(const StrideCurves& curves, const CurvePageOptions& options = {});

/// One sentence for each outlier of the leg, with its number as drawn: "Stride 7 (at 4.55 s): ...".
std::vector<std::string> outlier_sentences(const StrideCurves& curves);

}  // namespace catena
