// For tests only: profiles of planted runners.
#pragma once

#include <cmath>
#include <numbers>
#include <string>
#include <vector>

#include "catena/core/units.h"
#include "catena/gait/gait_profile.h"
#include "catena/math/random_stream.h"
#include "catena/math/test_curves.h"

namespace catena::test {

struct PlantedRunner {
  std::string name = "runner";
  double speed_m_s = 2.5;
  int n_strides = 20;
  double between_deg = 4.0;  // SD of runners about the same curve
  double within_deg = 1.0;   // SD of strides about the runner
  double offset_deg = 0.0;
};

/// Angles about a cosine whose size grows with speed: 10 deg at 2.5 m/s, 14 at 3.5.
inline GaitProfile planted_profile(RandomStream& random, const PlantedRunner& planted) {
  GaitProfile profile;
  profile.runner = planted.name;
  profile.recording = planted.name + "_" + std::to_string(static_cast<int>(10 * planted.speed_m_s));
  profile.sex = "male";
  profile.height_m = 1.75;
  profile.mass_kg = 70;
  profile.speed_m_s = planted.speed_m_s;
  profile.treadmill = true;
  profile.gait = Gait::kRunning;
  profile.marker_set = "planted markers";
  profile.body = "planted body";
  profile.convention = "planted angles";
  const double size = 4 * planted.speed_m_s;
  for (const Side side : kSides) {
    for (const char* name : {"hip_flexion", "pelvis_tilt"}) {
      ProfileCurve curve;
      curve.name = name;
      curve.side = side;
      const Eigen::MatrixXd runner =
          planted.between_deg * smooth_curves(random, 1, kStridePercents, 25);
      curve.strides_rad =
          planted.within_deg * smooth_curves(random, planted.n_strides, kStridePercents, 15);
      for (int i = 0; i < kStridePercents; ++i) {
        const double cosine = std::cos(2 * std::numbers::pi * i / 100.0);
        curve.strides_rad.col(i).array() += size * cosine + runner(0, i) + planted.offset_deg;
      }
      curve.strides_rad *= kRadPerDeg;
      profile.curves.push_back(curve);
      curve.from_standing = true;
      curve.strides_rad.array() += 5 * kRadPerDeg;
      profile.curves.push_back(curve);
    }
    ProfileScalar scalar = {"contact_time", "s", side, Eigen::VectorXd(planted.n_strides)};
    const double own = 0.25 + 0.01 * random.normal();
    for (double& x : scalar.strides) x = own + 0.005 * random.normal();
    profile.scalars.push_back(scalar);
    profile.scalars.push_back({"duty_factor", "1", side, scalar.strides / 0.7});
  }
  return profile;
}

}  // namespace catena::test
