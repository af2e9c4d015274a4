// For tests only: a chain of thorax, pelvis and two thighs as a model, rooted and turned in
// whatever way a test asks for, and motions of it with every rotation known.
#pragma once

#include <Eigen/Core>
#include <Eigen/Geometry>
#include <array>
#include <cmath>
#include <random>
#include <string>
#include <vector>

#include "catena/core/rotation.h"
#include "catena/kinematics/motion.h"
#include "catena/model/chain_map.h"
#include "catena/model/model.h"

namespace catena::test {

/// Orientations in ground at one frame, and where the pelvis is.
struct Links {
  Eigen::Matrix3d thorax = Eigen::Matrix3d::Identity();
  Eigen::Matrix3d pelvis = Eigen::Matrix3d::Identity();
  std::array<Eigen::Matrix3d, 2> thigh = {Eigen::Matrix3d::Identity(), Eigen::Matrix3d::Identity()};
  Eigen::Vector3d pelvis_m = Eigen::Vector3d::Zero();
};

struct TestRunner {
  Model model;
  ChainMap chain;
  std::array<int, 3> order = {2, 0, 1};  // axes of every joint's rotations
  bool thorax_rooted = false;
};

/// Three rotations about the given axes, then three translations along x, y, z.
inline int add_link(TestRunner& runner, const std::string& name, int parent) {
  Model& model = runner.model;
  Joint joint;
  joint.name = name + "_joint";
  joint.kind = JointKind::kCustom;
  joint.parent = parent;
  for (int k = 0; k < 6; ++k) {
    TransformAxis& axis = joint.axes[static_cast<std::size_t>(k)];
    const int direction = k < 3 ? runner.order[static_cast<std::size_t>(k)] : k - 3;
    axis.axis = Eigen::Vector3d::Unit(direction);
    axis.coordinate = static_cast<int>(model.coordinates.size());
    axis.function = LinearFunction{1.0, 0.0};
    Coordinate coordinate;
    coordinate.name = name + "_" + std::to_string(k);
    coordinate.joint = static_cast<int>(model.joints.size());
    coordinate.kind = k < 3 ? CoordinateKind::kRotation : CoordinateKind::kTranslation;
    model.coordinates.push_back(coordinate);
  }
  model.joints.push_back(joint);
  Body body;
  body.name = name;
  model.bodies.push_back(body);
  return static_cast<int>(model.bodies.size()) - 1;
}

inline TestRunner make_test_runner(bool thorax_rooted, const std::array<int, 3>& order,
                                   bool has_thorax = true) {
  TestRunner runner;
  runner.order = order;
  runner.thorax_rooted = thorax_rooted;
  Body ground;
  ground.name = "ground";
  runner.model.bodies.push_back(ground);
  if (thorax_rooted) {
    runner.chain.thorax = add_link(runner, "torso", kGround);
    runner.chain.pelvis = add_link(runner, "pelvis", runner.chain.thorax);
  } else {
    runner.chain.pelvis = add_link(runner, "pelvis", kGround);
    if (has_thorax) runner.chain.thorax = add_link(runner, "torso", runner.chain.pelvis);
  }
  runner.chain.thigh[kRight] = add_link(runner, "femur_r", runner.chain.pelvis);
  runner.chain.thigh[kLeft] = add_link(runner, "femur_l", runner.chain.pelvis);
  return runner;
}

/// The coordinates that put every link where it is asked to be.
inline Motion motion_of(const TestRunner& runner, const std::vector<Links>& frames,
                        double rate_hz) {
  Motion motion;
  motion.name = "test run";
  motion.rate_hz = rate_hz;
  const auto n_frames = static_cast<Eigen::Index>(frames.size());
  motion.time_s =
      Eigen::VectorXd::LinSpaced(n_frames, 0.0, static_cast<double>(n_frames - 1)) / rate_hz;
  motion.q.setZero(n_frames, static_cast<Eigen::Index>(runner.model.coordinates.size()));
  for (Eigen::Index k = 0; k < n_frames; ++k) {
    const Links& links = frames[static_cast<std::size_t>(k)];
    const auto set = [&](int body, const Eigen::Matrix3d& parent_from_child) {
      const Eigen::Vector3d angles =
          parent_from_child.eulerAngles(runner.order[0], runner.order[1], runner.order[2]);
      motion.q.row(k).segment(6 * (body - 1), 3) = angles.transpose();
    };
    if (runner.thorax_rooted) {
      set(runner.chain.thorax, links.thorax);
      set(runner.chain.pelvis, links.thorax.transpose() * links.pelvis);
    } else {
      set(runner.chain.pelvis, links.pelvis);
      if (runner.chain.thorax != kNone) {
        set(runner.chain.thorax, links.pelvis.transpose() * links.thorax);
      }
    }
    motion.q.row(k).segment(3, 3) = links.pelvis_m.transpose();  // of the root, at the same place
    for (const Side side : kSides) {
      set(runner.chain.thigh[side], links.pelvis.transpose() * links.thigh[side]);
    }
  }
  return motion;
}

/// A lively made-up run: every link turns about all three axes, the thighs swing as in running.
inline std::vector<Links> lively_run(int n_frames, double rate_hz, unsigned seed) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> uniform(-1.0, 1.0);
  // Amplitudes about x, y, z of each link in its parent, rad; larger than any runner's.
  const auto wave = [&](const Eigen::Vector3d& amplitude_rad) {
    std::array<Eigen::Vector3d, 4> parts;
    for (Eigen::Vector3d& part : parts) {
      part = Eigen::Vector3d(uniform(random), uniform(random), uniform(random))
                 .cwiseProduct(amplitude_rad);
    }
    return parts;
  };
  const auto thorax = wave({0.15, 0.3, 0.2});
  const auto pelvis = wave({0.15, 0.3, 0.2});
  const std::array<std::array<Eigen::Vector3d, 4>, 2> thigh = {wave({0.2, 0.2, 0.2}),
                                                               wave({0.2, 0.2, 0.2})};
  std::vector<Links> frames(static_cast<std::size_t>(n_frames));
  for (std::size_t k = 0; k < frames.size(); ++k) {
    const double phase = 2.0 * M_PI * 1.4 * static_cast<double>(k) / rate_hz;
    const auto at = [&](const std::array<Eigen::Vector3d, 4>& parts, double shift) {
      return Eigen::Vector3d(parts[0] * std::sin(phase + shift) + parts[1] * std::cos(phase) +
                             0.5 * parts[2] * std::sin(2 * phase + shift) + 0.5 * parts[3]);
    };
    Links& links = frames[k];
    links.thorax = rotation_from_vector(at(thorax, 0.3) - Eigen::Vector3d(0, 0, 0.15));
    links.pelvis = links.thorax * rotation_from_vector(at(pelvis, 1.0));
    for (const Side side : kSides) {
      const double swing = side == kRight ? phase : phase + M_PI;
      const Eigen::Vector3d hip =
          at(thigh[side], 2.0) + Eigen::Vector3d(0, 0, 0.2 - 0.6 * std::sin(swing));
      links.thigh[side] = links.pelvis * rotation_from_vector(hip);
    }
  }
  return frames;
}

}  // namespace catena::test
