// The frame loop of inverse kinematics takes no memory: a longer recording takes as many pieces as
// a shorter one. Counted by standing in for malloc, which Eigen and operator new both call.
#include <gtest/gtest.h>

#include <atomic>
#include <cmath>
#include <cstddef>
#include <random>

#include "catena/kinematics/forward_kinematics.h"
#include "catena/kinematics/inverse_kinematics.h"
#include "catena/kinematics/test_models.h"

#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__)

namespace {
std::atomic<bool> counts = false;
std::atomic<long> allocations = 0;
}  // namespace

// The C library's own, under the name by which it may be reached when malloc is replaced.
extern "C" void* __libc_malloc(std::size_t size);  // NOLINT

extern "C" void* malloc(std::size_t size) {
  if (counts) ++allocations;
  return __libc_malloc(size);
}

namespace catena {
namespace {

/// Noisy markers of a smooth motion; every tenth frame loses some.
Trajectories long_motion(const Model& model, Eigen::Index n_frames) {
  std::mt19937 random(3);
  const Eigen::VectorXd middle = test::random_pose(model, random, 0.2);
  std::normal_distribution<double> noise(0.0, 0.003);
  Trajectories t;
  t.name = "planted";
  t.rate_hz = 100.0;
  for (const ModelMarker& marker : model.markers) t.labels.push_back(marker.name);
  t.time_s = Eigen::VectorXd::LinSpaced(n_frames, 0.0, 0.01 * static_cast<double>(n_frames - 1));
  t.points_m.resize(n_frames, 3 * static_cast<Eigen::Index>(t.labels.size()));
  for (Eigen::Index f = 0; f < n_frames; ++f) {
    Eigen::VectorXd q = middle.array() + 0.3 * std::sin(0.05 * static_cast<double>(f));
    apply_couplers(model, q);
    t.points_m.row(f) = marker_positions(model, forward_kinematics(model, q)).transpose();
    for (Eigen::Index i = 0; i < t.points_m.cols(); ++i) t.points_m(f, i) += noise(random);
    if (f % 10 == 9) t.points_m.block<1, 6>(f, 0).setConstant(std::nan(""));
  }
  return t;
}

long allocations_of(const Model& model, const Trajectories& t,
                    const InverseKinematicsOptions& options) {
  allocations = 0;
  counts = true;
  const auto fit = inverse_kinematics(model, t, options);
  counts = false;
  EXPECT_TRUE(fit);
  return allocations;
}

TEST(InverseKinematics, TakesNoMemoryInTheFrameLoop) {
  const Model model = test::two_legs();
  // Long enough for the guide to be cut into as many pieces.
  const Trajectories shorter = long_motion(model, 1000);
  const Trajectories longer = long_motion(model, 4000);
  InverseKinematicsOptions options;
  options.threads = 1;
  for (const int lanes : {0, 1}) {
    options.lanes = lanes;
    allocations_of(model, shorter, options);  // what is made once
    const long of_shorter = allocations_of(model, shorter, options);
    EXPECT_GT(of_shorter, 10);
    EXPECT_LE(allocations_of(model, longer, options), of_shorter) << "lanes " << lanes;
  }
}

}  // namespace
}  // namespace catena

#endif
