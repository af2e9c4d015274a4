// One runner beside others: where the curves leave the band of the others, and where the numbers
// stand among theirs.
#pragma once

#include <Eigen/Core>
#include <limits>
#include <string>
#include <vector>

#include "catena/gait/gait_profile.h"
#include "catena/gait/reference.h"

namespace catena {

/// A stretch of the stride in which a curve lies outside a band.
struct OutsideSpan {
  double from_percent = 0.0, to_percent = 0.0;
  double farthest_rad = 0.0;  // beyond the band; + above it, - below
};

struct CurveAgainstReference {
  std::string name;
  Side side = kRight;
  bool from_standing = false;
  Eigen::VectorXd mean_rad;                       // of the runner; (101) each
  Eigen::VectorXd middle_rad, low_rad, high_rad;  // of the others, at the runner's speed
  std::vector<OutsideSpan> outside;               // empty: inside from 0 to 100 %
  double level = std::numeric_limits<double>::quiet_NaN();
  int n = 0;  // runners in the band, the fewer of two speeds
  std::string sentence;
};

struct ScalarAgainstReference {
  std::string name, unit;
  Side side = kRight;
  double value = std::numeric_limits<double>::quiet_NaN();  // mean over the runner's strides
  // Part of the others that lie below, between the nearest two; 0 or 1 where all of them do not.
  double quantile = std::numeric_limits<double>::quiet_NaN();
  double low = std::numeric_limits<double>::quiet_NaN();  // least, middle and largest of the others
  double middle = std::numeric_limits<double>::quiet_NaN();
  double high = std::numeric_limits<double>::quiet_NaN();
  int n = 0;
  std::string sentence;
};

struct ReferenceComparison {
  // One sentence where nothing of the kind can be compared; empty where it was.
  std::string why_no_curves, why_no_scalars;
  double speed_m_s = std::numeric_limits<double>::quiet_NaN();  // at which it was compared
  int n_runners = 0;                                            // the fewer of two speeds
  std::vector<CurveAgainstReference> curves;
  std::vector<ScalarAgainstReference> scalars;
  std::vector<std::string> notes;  // one sentence each
};

/// Sets one recording beside a reference, between whose speeds straight lines are drawn; nothing is
/// drawn beyond them. What does not match is not compared: another gait, ground, incline or speed;
/// for angles also another convention, marker set or body.
ReferenceComparison compare_with_reference(const GaitProfile& profile, const Reference& reference);

}  // namespace catena
