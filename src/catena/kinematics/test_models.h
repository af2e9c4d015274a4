// Small models made by hand, for tests of this layer.
#pragma once

#include <Eigen/Core>
#include <random>
#include <string>

#include "catena/model/model.h"

namespace catena::test {

inline int add_coordinate(Model& model, const std::string& name, int joint, CoordinateKind kind) {
  Coordinate c;
  c.name = name;
  c.joint = joint;
  c.kind = kind;
  model.coordinates.push_back(c);
  return static_cast<int>(model.coordinates.size()) - 1;
}

inline void set_axis(Joint& joint, std::size_t k, const Eigen::Vector3d& axis, int coordinate,
                     ScalarFunction function = LinearFunction{1.0, 0.0}) {
  joint.axes[k] = {axis.normalized(), coordinate, std::move(function)};
}

/// On every body but the last.
inline void add_five_markers_a_body(Model& m) {
  std::mt19937 random(7);
  std::uniform_real_distribution<double> spread(-0.1, 0.1);
  for (int body = 1; body < static_cast<int>(m.bodies.size()) - 1; ++body) {
    for (int i = 0; i < 5; ++i) {
      const Eigen::Vector3d at(spread(random), spread(random) - 0.1, spread(random));
      m.markers.push_back(
          {m.bodies[static_cast<std::size_t>(body)].name + "_" + std::to_string(i), body, at});
    }
  }
}

/// Pelvis (six coordinates, turns z-x-y), two legs: hip with three skew axes, knee whose spline
/// carries the shank along with the flexion, ankle about an oblique axis; a kneecap coupled to the
/// right knee. Five markers on each body but the kneecap, which has none.
inline Model two_legs() {
  const Eigen::Vector3d x(1, 0, 0), y(0, 1, 0), z(0, 0, 1);
  Model m;
  m.name = "two_legs";
  m.bodies = {{"ground"}, {"pelvis"}};
  Joint root;
  root.name = "ground_pelvis";
  const char* turns[] = {"pelvis_tilt", "pelvis_list", "pelvis_rotation"};
  const char* moves[] = {"pelvis_tx", "pelvis_ty", "pelvis_tz"};
  const Eigen::Vector3d turn_axes[] = {z, x, y};
  const Eigen::Vector3d move_axes[] = {x, y, z};
  for (std::size_t k = 0; k < 3; ++k) {
    set_axis(root, k, turn_axes[k], add_coordinate(m, turns[k], 0, CoordinateKind::kRotation));
  }
  for (std::size_t k = 0; k < 3; ++k) {
    set_axis(root, k + 3, move_axes[k],
             add_coordinate(m, moves[k], 0, CoordinateKind::kTranslation));
  }
  m.joints.push_back(root);

  Eigen::VectorXd knots(5), forward(5), down(5);
  knots << -2.1, -1.2, -0.6, 0.0, 0.2;
  forward << -0.003, 0.004, 0.005, 0.001, -0.002;
  down << -0.41, -0.404, -0.399, -0.396, -0.3955;
  for (const double side : {1.0, -1.0}) {
    const std::string s = side > 0 ? "_r" : "_l";
    const auto joint = [&](const char* name, int parent, const Eigen::Vector3d& at) {
      Joint j;
      j.name = name + s;
      j.parent = parent;
      j.parent_from_frame.translation = at;
      return j;
    };
    m.bodies.push_back({"femur" + s});
    Joint hip = joint("hip", 1, {-0.06, -0.08, 0.085 * side});
    const int h = static_cast<int>(m.joints.size());
    set_axis(hip, 0, z, add_coordinate(m, "hip_flexion" + s, h, CoordinateKind::kRotation));
    set_axis(hip, 1, {1.0, 0.05, 0.02 * side},
             add_coordinate(m, "hip_adduction" + s, h, CoordinateKind::kRotation),
             LinearFunction{side, 0.0});
    set_axis(hip, 2, y, add_coordinate(m, "hip_rotation" + s, h, CoordinateKind::kRotation),
             LinearFunction{side, 0.0});
    m.joints.push_back(hip);
    const int femur = static_cast<int>(m.bodies.size()) - 1;

    m.bodies.push_back({"tibia" + s});
    Joint knee = joint("knee", femur, {0, 0, 0});
    const int k = static_cast<int>(m.joints.size());
    const int angle = add_coordinate(m, "knee_angle" + s, k, CoordinateKind::kRotation);
    set_axis(knee, 0, {0.03, 0.02 * side, 1.0}, angle);
    set_axis(knee, 3, x, angle, make_simm_spline(knots, forward));
    set_axis(knee, 4, y, angle, ScalarFunction(make_simm_spline(knots, down), 1.02));
    m.joints.push_back(knee);
    const int tibia = static_cast<int>(m.bodies.size()) - 1;

    m.bodies.push_back({"foot" + s});
    Joint ankle = joint("ankle", tibia, {0, -0.42, 0});
    ankle.child_from_frame.translation = {0.05, 0.04, 0.01 * side};
    set_axis(ankle, 0, {-0.1, -0.17 * side, 0.98},
             add_coordinate(m, "ankle_angle" + s, static_cast<int>(m.joints.size()),
                            CoordinateKind::kRotation));
    m.joints.push_back(ankle);
  }
  m.bodies.push_back({"patella_r"});
  Joint kneecap;
  kneecap.name = "kneecap_r";
  kneecap.parent = 2;
  const int beta = add_coordinate(m, "knee_angle_r_beta", static_cast<int>(m.joints.size()),
                                  CoordinateKind::kRotation);
  set_axis(kneecap, 0, z, beta);
  m.joints.push_back(kneecap);
  m.couplers.push_back({"kneecap", beta, find_coordinate(m, "knee_angle_r"),
                        PolynomialFunction{Eigen::Vector3d(0.1, 0.8, 0.02)}});

  add_five_markers_a_body(m);
  return m;
}

/// A pose within the ranges of running, coupled coordinates settled by the caller.
inline Eigen::VectorXd random_pose(const Model& model, std::mt19937& random, double size = 0.6) {
  std::uniform_real_distribution<double> spread(-size, size);
  Eigen::VectorXd q(static_cast<Eigen::Index>(model.coordinates.size()));
  for (Eigen::Index i = 0; i < q.size(); ++i) q[i] = spread(random);
  return q;
}

}  // namespace catena::test
