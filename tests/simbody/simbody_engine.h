// Simbody behind a plain face, for tests: its headers do not compile as C++20, so this does not
// include ours and ours do not include it.
#pragma once

#include <Eigen/Core>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace simbody_engine {

struct Frame {
  Eigen::Matrix3d rotation = Eigen::Matrix3d::Identity();
  Eigen::Vector3d translation = Eigen::Vector3d::Zero();
};

/// Value and slope.
using Function = std::function<std::pair<double, double>(double)>;

struct Axis {
  Eigen::Vector3d direction = Eigen::Vector3d::UnitX();
  int coordinate = -1;
  Function function;
};

struct Joint {
  std::string kind;  // "PinJoint"; Simbody's own mobilizer of that kind is used
  int parent = 0;
  Frame parent_from_frame;
  Frame child_from_frame;
  std::vector<int> coordinates;  // of all but custom joints, in Simbody's order
  std::vector<Axis> axes;        // of custom joints: 3 rotations, 3 translations
};

struct Coupler {
  int dependent = 0;
  int independent = 0;
  Function function;
};

/// Bodies are counted from ground, 0; joint k carries body k + 1.
class Engine {
 public:
  Engine(int n_coordinates, const std::vector<Joint>& joints, const std::vector<Coupler>& couplers);
  ~Engine();

  void set_pose(const Eigen::VectorXd& q);
  Frame ground_from_body(int body) const;

  /// Largest error of the couplers at the pose.
  double coupler_error() const;

  /// Lets Simbody find the dependent coordinates itself; all others stay.
  Eigen::VectorXd assembled(const std::vector<int>& dependent);

  /// Moves one coordinate with unit speed, all others rest.
  void set_unit_speed(int coordinate);
  Eigen::Vector3d angular_velocity(int body) const;
  Eigen::Vector3d velocity(int body, const Eigen::Vector3d& x_in_body) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Simbody's rotation for the angles of an OpenSim frame.
Eigen::Matrix3d body_fixed_xyz(const Eigen::Vector3d& angles_rad);

}  // namespace simbody_engine
