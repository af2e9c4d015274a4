// Two recordings of one runner, or the two sides of one, against each other:
// docs/methods/comparing.md.
#pragma once

#include <Eigen/Core>
#include <array>
#include <limits>
#include <string>
#include <vector>

#include "catena/core/error.h"
#include "catena/core/estimate.h"
#include "catena/core/units.h"
#include "catena/gait/gait_profile.h"
#include "catena/math/curve_t.h"

namespace catena {

struct CurveComparisonOptions {
  double alpha = 0.05;
  // The markers stayed on between the recordings, so that where they sit cancels. Never assumed of
  // two sides.
  bool same_markers = false;
  // Smaller differences cannot be told from the measurement. Markers put on anew: the upper end of
  // the 2 to 5 deg between days of McGinley et al. 2009, Gait Posture 29:360 (mostly sagittal).
  double new_markers_rad = 5 * kRadPerDeg;
  // Markers that stayed on: our judgement, about one SD of a stride (0.8 deg for peak hip extension
  // over 41 runners); no published figure.
  double same_markers_rad = 1 * kRadPerDeg;
};

/// A stretch of the stride in which the means differ by more than strides scatter.
struct DifferenceSpan {
  double from_percent = 0.0, to_percent = 0.0;
  double largest_rad = 0.0;    // second minus first
  double p = 1.0;              // of a t as high as its highest anywhere in the curve
  bool is_detectable = false;  // larger than the measurement's smallest detectable change
};

/// Whether a person is told of it: not of less than 2 % of the stride, two samples of its curve
/// (our judgement).
inline bool is_told(const DifferenceSpan& span) { return span.to_percent - span.from_percent >= 2; }

struct CurveDifference {
  std::string name;
  Side side = kRight;  // of sides against each other: kRight, which is the first
  bool from_standing = false;
  Eigen::VectorXd first_rad, second_rad;  // (101), means over the strides used
  std::array<int, 2> n_strides = {0, 0};
  std::array<double, 2> n_independent = {0.0, 0.0};  // strides resemble their neighbours
  bool is_paired = false;
  CurveTest test;  // second minus first; empty where `why` says why
  double detectable_rad = 0.0;
  std::vector<DifferenceSpan> spans;
  std::string why;       // one sentence where it could not be compared
  std::string sentence;  // for a person
};

struct ScalarDifference {
  std::string name, unit;
  Side side = kRight;
  double first = std::numeric_limits<double>::quiet_NaN();
  double second = std::numeric_limits<double>::quiet_NaN();
  Estimate difference;  // second minus first, at 1 - alpha, by scatter and shared error
  double p = std::numeric_limits<double>::quiet_NaN();  // likewise
  double shared_sd = 0.0;      // of the difference, by the error each recording's strides share
  bool is_shown = false;       // strides scatter less than that; the shared error left aside
  bool is_detectable = false;  // shown, and more than the shared error explains
  std::string why;             // one sentence where it could not be compared
  std::string sentence;
};

struct CurveComparison {
  std::string first, second;  // names of the recordings, or "right" and "left"
  std::vector<CurveDifference> curves;
  std::vector<ScalarDifference> scalars;
  std::vector<std::string> notes;  // one sentence each
};

/// Whether two recordings differ. Their strides are two samples: no stride of one belongs to one of
/// the other.
///
/// errors     kMismatch: another gait, convention, marker set or body
Result<CurveComparison> compare_recordings(const GaitProfile& first, const GaitProfile& second,
                                           const CurveComparisonOptions& options = {});

/// Whether right and left differ (left minus right). A right stride and the left one that begins
/// within it are a pair; where the times are not known the strides are two samples.
CurveComparison compare_sides(const GaitProfile& profile,
                              const CurveComparisonOptions& options = {});

}  // namespace catena
