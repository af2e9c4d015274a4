// A force plate that lies askew, with planted forces, and the channels that it would give: made
// from the mechanics of the plate, not from the formulae that are tested. Included by tests only.
#pragma once

#include <gtest/gtest.h>

#include <Eigen/Dense>
#include <numbers>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "catena/recording/plate_forces.h"

namespace catena {

inline constexpr double tolerance = 1e-9;

// What is planted: forces on the body at places on the surface of a plate that lies askew.
struct Planted {
  Eigen::Matrix3d lab_from_plate;  // z into the ground
  Eigen::Vector3d middle_m;
  Eigen::Vector3d surface_from_sensors_m;  // in the plate's axes
  double width_m = 0.4, length_m = 0.6;
  Eigen::MatrixX3d force_n, cop_m;
  Eigen::VectorXd free_moment_nm;  // about the normal that points up
};

inline Planted plant(unsigned seed, int n_samples = 20) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> uniform(-1.0, 1.0);
  const auto u = [&] { return uniform(random); };
  Planted p;
  const Eigen::AngleAxisd heading(3.0 * u(), Eigen::Vector3d::UnitZ());
  const Eigen::AngleAxisd tilt(0.2 * u(), Eigen::Vector3d(u(), u(), 0.0).normalized());
  const Eigen::AngleAxisd face_down(std::numbers::pi, Eigen::Vector3d::UnitX());
  p.lab_from_plate = (tilt * heading * face_down).toRotationMatrix();
  p.middle_m = {u(), u(), 0.1 * u()};
  p.surface_from_sensors_m = {0.01 * u(), 0.01 * u(), -0.04};
  p.force_n.resize(n_samples, 3);
  p.cop_m.resize(n_samples, 3);
  p.free_moment_nm.resize(n_samples);
  for (int i = 0; i < n_samples; ++i) {
    const Eigen::Vector3d force_in_plate(100 * u(), 100 * u(), -700 + 500 * u());
    const Eigen::Vector3d place(0.5 * p.width_m * u(), 0.5 * p.length_m * u(), 0.0);
    p.force_n.row(i) = p.lab_from_plate * force_in_plate;
    p.cop_m.row(i) = p.middle_m + p.lab_from_plate * place;
    p.free_moment_nm[i] = 8 * u();
  }
  return p;
}

// Force and moment about the sensors' origin in the plate's axes, N and N m, as columns.
inline Eigen::MatrixXd wrenches(const Planted& p) {
  Eigen::MatrixXd w(6, p.force_n.rows());
  const Eigen::Matrix3d plate_from_lab = p.lab_from_plate.transpose();
  for (Eigen::Index i = 0; i < w.cols(); ++i) {
    const Eigen::Vector3d f = plate_from_lab * p.force_n.row(i).transpose();
    const Eigen::Vector3d from_middle = plate_from_lab * (p.cop_m.row(i).transpose() - p.middle_m);
    const Eigen::Vector3d arm = from_middle + p.surface_from_sensors_m;
    w.col(i).head<3>() = f;
    w.col(i).tail<3>() = arm.cross(f) - Eigen::Vector3d(0, 0, p.free_moment_nm[i]);
  }
  return w;
}

inline ForcePlateSetup setup_of(const Planted& p, int type, int n_channels) {
  ForcePlateSetup setup;
  setup.type = type;
  const double x = 0.5 * p.width_m, y = 0.5 * p.length_m;
  const Eigen::Vector3d corners[] = {{x, y, 0}, {-x, y, 0}, {-x, -y, 0}, {x, -y, 0}};
  for (int k = 0; k < 4; ++k) {
    setup.corners_m.col(k) = p.middle_m + p.lab_from_plate * corners[k];
  }
  setup.origin_m = p.surface_from_sensors_m;
  for (int k = 0; k < n_channels; ++k) setup.channels.push_back(k + 2);  // two others come first
  setup.length_unit = "mm";
  return setup;
}

// channels: one column for each sample.
inline AnalogRecording recorded(const Eigen::MatrixXd& channels,
                                std::vector<std::string> units = {}) {
  AnalogRecording analog;
  analog.rate_hz = 1000.0;
  analog.values = Eigen::MatrixXd::Constant(channels.cols(), channels.rows() + 2, 7.0);
  analog.values.rightCols(channels.rows()) = channels.transpose();
  if (!units.empty()) {
    units.insert(units.begin(), {"V", "g"});
    analog.units = std::move(units);
  }
  return analog;
}

inline PlateForces must_compute(const ForcePlateSetup& setup, const AnalogRecording& analog,
                                const PlateOptions& options = {}) {
  auto result = plate_forces(setup, analog, options);
  EXPECT_TRUE(result) << to_sentence(result ? Error{} : result.error());
  return result ? *result : PlateForces{};
}

inline void expect_planted(const PlateForces& plate, const Planted& p) {
  ASSERT_EQ(plate.force_n.rows(), p.force_n.rows());
  EXPECT_LT((plate.up + p.lab_from_plate.col(2)).norm(), tolerance);
  EXPECT_LT((plate.force_n - p.force_n).cwiseAbs().maxCoeff(), 1e-6);
  EXPECT_LT((plate.cop_m - p.cop_m).cwiseAbs().maxCoeff(), tolerance);
  const Eigen::MatrixX3d moment_nm = p.free_moment_nm * plate.up.transpose();
  EXPECT_LT((plate.free_moment_nm - moment_nm).cwiseAbs().maxCoeff(), 1e-6);
}

inline Eigen::MatrixXd in_newton_millimetres(Eigen::MatrixXd w) {
  w.bottomRows<3>() *= 1000.0;
  return w;
}

// What each of a Kistler plate's channels does: a force along an axis at a place, as a wrench.
inline Eigen::MatrixXd kistler_wrench_from_channels(double a, double b) {
  struct Sensor {
    Eigen::Vector3d place, axis;
  };
  const Eigen::Vector3d x(1, 0, 0), y(0, 1, 0), z(0, 0, 1);
  const Sensor sensors[] = {{{0, b, 0}, x}, {{0, -b, 0}, x}, {{a, 0, 0}, y},   {{-a, 0, 0}, y},
                            {{a, b, 0}, z}, {{-a, b, 0}, z}, {{-a, -b, 0}, z}, {{a, -b, 0}, z}};
  Eigen::MatrixXd matrix(6, 8);
  for (int k = 0; k < 8; ++k) {
    matrix.col(k) << sensors[k].axis, sensors[k].place.cross(sensors[k].axis);
  }
  return matrix;
}

}  // namespace catena
