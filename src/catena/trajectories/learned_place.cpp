#include "catena/trajectories/learned_place.h"

#include <Eigen/Cholesky>
#include <array>
#include <cmath>

#include "catena/math/rigid_fit.h"
#include "catena/trajectories/body_shape.h"

namespace catena {
namespace {

// What is learned from is itself known to about this: noise and glue. Ridge regression with this
// much noise does not follow what is smaller.
constexpr double kNoise_m = 0.002;  // NOLINT(readability-identifier-naming)

/// One frame as seen from the segment.
struct Seen {
  RigidTransform ground_from_segment;
  Eigen::VectorXd around_m;
};

std::optional<Seen> look(const LearnedPlace& learned, const Eigen::MatrixXd& points_m,
                         Eigen::Index frame) {
  const Eigen::Matrix3Xd mates = points_at(points_m, frame, learned.mates);
  if (mates.hasNaN()) return std::nullopt;
  Seen seen;
  seen.ground_from_segment = fit_rigid(learned.mates_m, mates).images_from_places;
  const RigidTransform segment_from_ground = inverse(seen.ground_from_segment);
  const Eigen::Matrix3Xd around =
      (segment_from_ground.rotation * points_at(points_m, frame, learned.around)).colwise() +
      segment_from_ground.translation;
  if (around.hasNaN()) return std::nullopt;
  seen.around_m = around.reshaped();
  return seen;
}

/// Sums for least squares.
struct Moments {
  double n = 0.0;
  Eigen::MatrixXd xx, xy;
};

Eigen::MatrixXd solve(const Moments& moments) {
  Eigen::MatrixXd xx = moments.xx;
  xx.diagonal().array() += moments.n * kNoise_m * kNoise_m;
  return xx.ldlt().solve(moments.xy);
}

}  // namespace

std::optional<LearnedPlace> learn_place(const Eigen::MatrixXd& points_m, int point,
                                        const std::vector<int>& mates,
                                        const std::vector<int>& others) {
  constexpr Eigen::Index kMostFrames = 500;
  constexpr Eigen::Index kFramesPerNumber = 3;
  constexpr std::size_t kParts = 10;
  LearnedPlace learned;
  learned.mates = mates;
  learned.around = mates;
  learned.around.insert(learned.around.end(), others.begin(), others.end());
  const Eigen::Index last = points_m.rows() - 1;
  learned.mates_m = cluster_shape(points_m, mates, some_frames(0, last, 20)).places_m;

  // What the frames show.
  std::vector<Eigen::VectorXd> x;
  std::vector<Eigen::Vector3d> y;
  for (const Eigen::Index f : some_frames(0, last, kMostFrames)) {
    const Eigen::Vector3d here = points_m.block<1, 3>(f, 3 * point).transpose();
    if (here.hasNaN()) continue;
    const std::optional<Seen> seen = look(learned, points_m, f);
    if (!seen) continue;
    x.push_back(seen->around_m);
    y.emplace_back(inverse(seen->ground_from_segment) * here);
  }
  const auto n_numbers = 3 * static_cast<Eigen::Index>(learned.around.size());
  const auto n = static_cast<Eigen::Index>(x.size());
  if (n < kFramesPerNumber * n_numbers || n < 10) return std::nullopt;
  learned.mean_m = Eigen::VectorXd::Zero(n_numbers);
  for (std::size_t i = 0; i < x.size(); ++i) {
    learned.mean_m += x[i] / static_cast<double>(n);
    learned.center_m += y[i] / static_cast<double>(n);
  }

  // Two halves in alternating parts; together they are all.
  std::array<Moments, 2> halves;
  for (Moments& half : halves) {
    half.xx = Eigen::MatrixXd::Zero(n_numbers, n_numbers);
    half.xy = Eigen::MatrixXd::Zero(n_numbers, 3);
  }
  const auto half_of = [&](std::size_t i) { return kParts * i / x.size() % 2; };
  for (std::size_t i = 0; i < x.size(); ++i) {
    Moments& half = halves.at(half_of(i));
    const Eigen::VectorXd dx = x[i] - learned.mean_m;
    half.xx.selfadjointView<Eigen::Lower>().rankUpdate(dx);
    half.xy += dx * (y[i] - learned.center_m).transpose();
    half.n += 1.0;
  }
  const std::array<Eigen::MatrixXd, 2> slopes = {solve(halves[0]), solve(halves[1])};
  double squares = 0.0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const Eigen::MatrixXd& told_by = slopes.at(1 - half_of(i));
    const Eigen::Vector3d told = learned.center_m + told_by.transpose() * (x[i] - learned.mean_m);
    squares += (told - y[i]).squaredNorm();
  }
  learned.error_m = std::sqrt(squares / static_cast<double>(n));
  learned.slopes =
      solve({halves[0].n + halves[1].n, halves[0].xx + halves[1].xx, halves[0].xy + halves[1].xy});
  return learned;
}

std::optional<Eigen::Vector3d> place_in(const LearnedPlace& learned,
                                        const Eigen::MatrixXd& points_m, Eigen::Index frame) {
  const std::optional<Seen> seen = look(learned, points_m, frame);
  if (!seen) return std::nullopt;
  const Eigen::Vector3d place =
      learned.center_m + learned.slopes.transpose() * (seen->around_m - learned.mean_m);
  return seen->ground_from_segment * place;
}

}  // namespace catena
