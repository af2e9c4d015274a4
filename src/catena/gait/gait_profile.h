// What one recording of one runner brings to a comparison with others, or with another recording.
#pragma once

#include <Eigen/Core>
#include <string>
#include <vector>

#include "catena/gait/gait_event.h"

namespace catena {

inline constexpr int kStridePercents = 101;  // 0 to 100 % of a stride

/// One angle over the strides of one side.
struct ProfileCurve {
  std::string name;  // "hip_flexion", as in gait/clinical_angles.h
  Side side = kRight;
  Eigen::MatrixXd strides_rad;  // (n_strides, 101), without those left out as outliers
  bool from_standing = false;   // counted from the runner's own standing trial
  // (n_strides) when each begins, so that strides of right and left can be paired; empty: not known
  Eigen::VectorXd from_s = {};
};

/// One number over the strides of one side.
struct ProfileScalar {
  std::string name;  // "contact_time"
  std::string unit;  // "s", "m", "1", "steps/min", "deg"
  Side side = kRight;
  Eigen::VectorXd strides;  // (n_strides) in that unit
  // In that unit: SD of an error that all strides of the recording share (how events were found,
  // the belt's speed), which their scatter does not show.
  double shared_sd = 0.0;
};

struct GaitProfile {
  std::string runner;  // of whom; the same for all recordings of a session
  std::string recording;
  std::string sex;                       // "male", "female"; empty: not known
  double height_m = 0.0, mass_kg = 0.0;  // NaN: not known
  double speed_m_s = 0.0;                // over what the feet stand on; NaN: not known
  double incline_percent = 0.0;          // NaN: not known
  bool treadmill = false;
  Gait gait = Gait::kUnknown;
  std::string marker_set;  // as recognised; empty: not known
  std::string body;        // the model's name
  std::string convention;  // how the angles were made; only equal ones are compared
  std::vector<ProfileCurve> curves;
  std::vector<ProfileScalar> scalars;
};

}  // namespace catena
