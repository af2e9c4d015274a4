// A leg of three rigid segments that swings as in running, for the tests of this layer.
#pragma once

#include <Eigen/Geometry>
#include <cmath>
#include <limits>
#include <numbers>
#include <string>
#include <vector>

#include "catena/math/random_stream.h"
#include "catena/trajectories/marker_clusters.h"
#include "catena/trajectories/trajectories.h"

namespace catena {

struct SwingingLeg {
  Trajectories standing;
  Trajectories running;
  MarkerClusters clusters;
};

/// Where the labels of swinging_leg sit on segments that hang from their upper joint: x forward, y
/// up, z to the right. Pelvis with five (P1 to P5), thigh and shank with four each, foot with
/// three.
inline Eigen::Matrix3Xd places_on_leg() {
  return (Eigen::MatrixX3d(16, 3) << 0.00, 0.10, 0.02,  // pelvis
          0.01, 0.09, -0.24,                            //
          -0.17, 0.11, -0.06,                           //
          -0.16, 0.10, -0.17,                           //
          -0.05, 0.16, 0.05,                            //
          0.08, -0.18, 0.05,                            // thigh
          0.02, -0.20, 0.10,                            //
          0.07, -0.30, 0.03,                            //
          0.00, -0.33, 0.08,                            //
          0.05, -0.15, 0.03,                            // shank
          0.00, -0.16, 0.07,                            //
          0.04, -0.26, 0.02,                            //
          -0.01, -0.28, 0.06,                           //
          -0.05, -0.05, 0.00,                           // foot
          0.15, -0.06, -0.04,                           //
          0.12, -0.07, 0.05)
      .finished()
      .transpose();
}

/// The points of the leg at one time; swing 1 runs, 0 stands.
inline Eigen::Matrix3Xd leg_at(double time_s, double swing) {
  const double phase = 2.0 * std::numbers::pi * 1.4 * time_s;
  const double lean[4] = {
      0.1 * swing * std::sin(2.0 * phase), swing * (0.2 + 0.6 * std::sin(phase)),
      swing * (-0.5 + 0.9 * std::sin(phase + 1.2)), swing * (-0.5 + 1.2 * std::sin(phase + 1.4))};
  const Eigen::Index first_of[5] = {0, 5, 9, 13, 16};
  Eigen::Vector3d joint(3.0 * swing * time_s, 1.0 + 0.05 * swing * std::sin(2.0 * phase), 0.1);
  Eigen::Matrix3Xd points = places_on_leg();
  for (int k = 0; k < 4; ++k) {
    const Eigen::Matrix3d turn =
        (Eigen::AngleAxisd(0.1 * swing * std::sin(phase + k), Eigen::Vector3d::UnitY()) *
         Eigen::AngleAxisd(lean[k], Eigen::Vector3d::UnitZ()))
            .toRotationMatrix();
    for (Eigen::Index m = first_of[k]; m < first_of[k + 1]; ++m) {
      const Eigen::Vector3d here = joint + turn * points.col(m);
      points.col(m) = here;
    }
    if (k > 0) joint += turn * Eigen::Vector3d(0.0, -0.42, 0.0);
  }
  return points;
}

/// Noise 0.3 mm, no skin.
inline SwingingLeg swinging_leg(Eigen::Index n_frames = 600, double rate_hz = 150.0,
                                double noise_m = 0.0003) {
  SwingingLeg leg;
  leg.clusters.members = {{"P1", "P2", "P3", "P4", "P5"},
                          {"T1", "T2", "T3", "T4"},
                          {"S1", "S2", "S3", "S4"},
                          {"F1", "F2", "F3"}};
  leg.clusters.joined = {{0, 1}, {1, 2}, {2, 3}};
  RandomStream noise(3);
  for (Trajectories* out : {&leg.standing, &leg.running}) {
    const bool stands = out == &leg.standing;
    out->rate_hz = rate_hz;
    for (const auto& members : leg.clusters.members) {
      out->labels.insert(out->labels.end(), members.begin(), members.end());
    }
    const Eigen::Index n = stands ? 100 : n_frames;
    out->time_s = Eigen::VectorXd::LinSpaced(n, 0.0, static_cast<double>(n - 1) / rate_hz);
    out->points_m.resize(n, 3 * static_cast<Eigen::Index>(out->labels.size()));
    for (Eigen::Index f = 0; f < n; ++f) {
      const Eigen::Matrix3Xd points = leg_at(out->time_s[f], stands ? 0.0 : 1.0);
      for (Eigen::Index i = 0; i < points.size(); ++i) {
        out->points_m(f, i) = points.reshaped()[i] + noise_m * noise.normal();
      }
    }
  }
  return leg;
}

/// Exchanges what two labels hold in frames [first, last].
inline void swap_points(Eigen::MatrixXd& points_m, int one, int other, Eigen::Index first,
                        Eigen::Index last) {
  const Eigen::MatrixXd kept = points_m.block(first, 3 * one, last - first + 1, 3);
  points_m.block(first, 3 * one, last - first + 1, 3) =
      points_m.block(first, 3 * other, last - first + 1, 3).eval();
  points_m.block(first, 3 * other, last - first + 1, 3) = kept;
}

inline void lose_points(Eigen::MatrixXd& points_m, int point, Eigen::Index first,
                        Eigen::Index last) {
  points_m.block(first, 3 * point, last - first + 1, 3)
      .setConstant(std::numeric_limits<double>::quiet_NaN());
}

}  // namespace catena
