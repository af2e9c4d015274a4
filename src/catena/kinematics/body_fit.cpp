#include "catena/kinematics/body_fit.h"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <limits>

#include "catena/kinematics/fit_frames.h"
#include "catena/kinematics/fit_outcome.h"
#include "catena/kinematics/fit_system.h"
#include "catena/kinematics/forward_kinematics.h"

namespace catena {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

std::size_t at(int i) { return static_cast<std::size_t>(i); }

// The skin's and the cameras' sizes are known beforehand about as well as from this many
// markers' motions.
constexpr double kSizeBeliefs = 20.0;
// Nothing is measured better than this, whatever the residuals say: cameras are calibrated to
// about half a millimetre.
constexpr double kLeastNoise_m = 5e-4;
// A driver that hardly moves is scaled as if it moved this much, so that its gain stays small.
constexpr double kLeastDriver_rad = 0.05;
// The fit has converged when the next step promises less than this of a variance for each unknown:
// when they move by some hundredths of their own standard deviations.
constexpr double kLeastPromise = 1e-3;

MatrixXd full(const MatrixXd& lower) { return MatrixXd(lower.selfadjointView<Eigen::Lower>()); }

FitState first_state(const BodyPrior& prior, const BodyFitOptions& options) {
  FitState state;
  state.model = prior.model;
  state.shape = VectorXd::Zero(static_cast<Index>(prior.shape.size()));
  const auto n = static_cast<Index>(prior.model.markers.size());
  state.place_m.resize(3, n);
  for (Index m = 0; m < n; ++m) {
    state.place_m.col(m) = prior.model.markers[static_cast<std::size_t>(m)].position_in_body_m;
  }
  state.skin_m.resize(prior.model.markers.size());
  // As much as the skin moves, as long as that is not explained.
  for (const SkinPrior& skin : prior.skin) {
    state.noise_sd_m.push_back(std::hypot(options.noise_sd_m, skin.size_m / std::sqrt(3.0)));
  }
  return state;
}

/// The posture from which the skin's motion counts, and how far each driver moves about it.
void set_drivers(FitProblem& problem) {
  const BodyPrior& prior = *problem.prior;
  VectorXd standing = VectorXd::Zero(problem.neutral.size());
  double n_standing = 0.0;
  for (const FitFrame& frame : problem.frames) {
    if (!frame.standing) continue;
    standing += frame.q;
    n_standing += 1.0;
  }
  standing = n_standing > 0.0 ? VectorXd(standing / n_standing) : problem.neutral;
  VectorXd squares = VectorXd::Zero(standing.size());
  double n_moving = 0.0;
  for (const FitFrame& frame : problem.frames) {
    if (frame.standing) continue;
    squares += (frame.q - standing).array().square().matrix();
    n_moving += 1.0;
  }
  const VectorXd scale = (squares / std::max(1.0, n_moving)).cwiseSqrt().cwiseMax(kLeastDriver_rad);
  std::size_t most = 0;
  for (const SkinPrior& skin : prior.skin) most = std::max(most, skin.drivers.size());
  for (FitFrame& frame : problem.frames) {
    frame.drivers = MatrixXd::Zero(static_cast<Index>(most), static_cast<Index>(prior.skin.size()));
    for (std::size_t b = 0; b < prior.skin.size(); ++b) {
      for (std::size_t k = 0; k < prior.skin[b].drivers.size(); ++k) {
        const Index c = prior.skin[b].drivers[k];
        frame.drivers(static_cast<Index>(k), static_cast<Index>(b)) =
            (frame.q[c] - standing[c]) / scale[c];
      }
    }
  }
}

/// Gauss-Newton until the cost settles or `most` steps were taken; steps that raise the cost are
/// halved.
struct Descent {
  FitSystem system;
  int iterations = 0;
  bool converged = false;
};

Descent descend(FitProblem& problem, FitState& state, int most) {
  Descent out;
  out.system = linearise(problem, state);
  while (out.iterations < most) {
    ++out.iterations;
    const VectorXd step = full(out.system.information).llt().solve(out.system.pull);
    const double promised = 0.5 * step.dot(out.system.pull);
    const FitState before = state;
    const std::vector<FitFrame> frames = problem.frames;
    bool moved = false;
    for (double length = 1.0; length > 1e-3 && !moved; length *= 0.5) {
      take_step(out.system, step, length, problem, state);
      FitSystem next = linearise(problem, state);
      moved = next.cost <= out.system.cost * (1.0 + 1e-9);
      if (moved) {
        out.system = std::move(next);
      } else {
        state = before;
        problem.frames = frames;
      }
    }
    out.converged = promised < kLeastPromise * static_cast<double>(step.size());
    if (out.converged || !moved) break;
  }
  return out;
}

/// Sizes of noise and skin from what is left and what was explained (expectation maximisation, the
/// poses' and the body's share of the freedom taken into account).
void update_sizes(const FitProblem& problem, const FitSystem& system, const MatrixXd& covariance,
                  FitState& state) {
  const BodyPrior& prior = *problem.prior;
  const FitLayout& layout = problem.layout;
  double n_residuals = 0.0;
  for (const double count : system.counts) n_residuals += count;
  // Unknowns that the data, not the priors, decide.
  double n_decided = static_cast<double>(problem.frames.size() * problem.plan.variables.size());
  VectorXd prior_precision = VectorXd::Zero(layout.n_unknowns);
  for (Index i = 0; i < layout.n_shape; ++i) {
    prior_precision[i] = std::pow(prior.shape[static_cast<std::size_t>(i)].prior_sd, -2);
  }
  double contrasts = 0.0;
  double n_contrasts = 0.0;
  for (std::size_t m = 0; m < prior.model.markers.size(); ++m) {
    const Index first = layout.first_of_marker[m];
    prior_precision.segment<3>(first) = prior.marker_sd_m[m].cwiseAbs2().cwiseInverse();
  }
  for (std::size_t b = 0; b < prior.skin.size(); ++b) {
    const std::vector<int>& of_body = layout.markers_of_body[b];
    const auto n = static_cast<double>(of_body.size());
    if (layout.n_drivers[b] == 0 || of_body.size() < 2) continue;
    const SkinPrior& skin = prior.skin[b];
    // Variance of a coefficient's own part, before the scale.
    const double own = skin_variance_m2(skin) * (1.0 - problem.options->skin_coherent);
    for (int k = 0; k < layout.n_drivers[b]; ++k) {
      for (Index axis = 0; axis < 3; ++axis) {
        double mean = 0.0;
        double squares = 0.0;
        double spread = 0.0;  // trace of the covariance of the contrasts
        double together = 0.0;
        for (const int i : of_body) {
          const double value = state.skin_m[at(i)](axis, k);
          mean += value / n;
          squares += value * value;
          const Index row = layout.first_of_marker[at(i)] + 3 * (k + 1) + axis;
          spread += covariance(row, row);
          prior_precision[row] = 1.0 / (own * state.skin_scale * state.skin_scale);
          for (const int j : of_body) {
            together += covariance(row, layout.first_of_marker[at(j)] + 3 * (k + 1) + axis);
          }
        }
        contrasts += (squares - n * mean * mean + spread - together / n) / own;
        n_contrasts += n - 1.0;
      }
    }
  }
  for (Index i = 0; i < layout.n_unknowns; ++i) {
    n_decided += std::clamp(1.0 - prior_precision[i] * covariance(i, i), 0.0, 1.0);
  }
  const double free = std::max(0.1, 1.0 - n_decided / n_residuals);
  for (std::size_t b = 0; b < state.noise_sd_m.size(); ++b) {
    if (system.counts[b] == 0.0) continue;
    const double start = problem.options->noise_sd_m;
    const double variance = (system.squares_m2[b] + kSizeBeliefs * start * start) /
                            (system.counts[b] * free + kSizeBeliefs);
    state.noise_sd_m[b] = std::max(kLeastNoise_m, std::sqrt(variance));
  }
  if (layout.with_skin && n_contrasts > 0.0) {
    state.skin_scale = std::sqrt((kSizeBeliefs + contrasts) / (kSizeBeliefs + n_contrasts));
  }
}

MatrixXd covariance_of(const FitSystem& system) {
  const Index n = system.information.rows();
  return full(system.information).llt().solve(MatrixXd::Identity(n, n));
}

}  // namespace

Result<BodyFit> fit_body(const BodyPrior& prior, const std::vector<FitTrial>& trials,
                         const BodyFitOptions& options) {
  BodyFit fit;
  fit.assumptions = prior.assumptions;
  FitState state = first_state(prior, options);
  FitProblem problem;
  problem.prior = &prior;
  problem.options = &options;
  problem.neutral = default_pose(prior.model);
  problem.frames = pick_fit_frames(prior, trials, options);
  if (problem.frames.empty()) {
    return fail(Errc::kMissingData, "no frame shows four of the body's markers", "",
                "check what the labels mean with `catena check`");
  }
  std::vector<std::string> labels;
  for (const ModelMarker& marker : prior.model.markers) labels.push_back(marker.name);
  CATENA_TRY(plan, make_pose_plan(prior.model, labels, {}));
  problem.plan = std::move(plan);
  CATENA_CHECK(start_poses(prior, problem.frames, state, fit.assumptions));

  const auto report = [&](int round) {
    if (options.progress) options.progress(round / 4.0);
  };
  // A rigid body first, then one whose skin moves with the joints.
  problem.layout = make_fit_layout(prior, false);
  Descent descent = descend(problem, state, 8);
  fit.iterations += descent.iterations;
  report(1);
  update_sizes(problem, descent.system, covariance_of(descent.system), state);
  set_drivers(problem);
  problem.layout = make_fit_layout(prior, true);
  for (std::size_t m = 0; m < state.skin_m.size(); ++m) {
    const int n_drivers = problem.layout.n_drivers[at(prior.model.markers[m].body)];
    state.skin_m[m] = Eigen::Matrix3Xd::Zero(3, n_drivers);
  }
  MatrixXd covariance;
  for (int round = 0; round < 3; ++round) {
    descent = descend(problem, state,
                      round == 2 ? std::max(1, options.max_iterations - fit.iterations) : 3);
    fit.iterations += descent.iterations;
    report(2 + round);
    if (!std::isfinite(descent.system.cost)) {
      return fail(Errc::kNotConverged, "the fit of the body ran away", "",
                  "check what the labels mean with `catena check`");
    }
    covariance = covariance_of(descent.system);
    if (round == 2) break;
    update_sizes(problem, descent.system, covariance, state);
    set_drivers(problem);
  }
  fit.converged = descent.converged;
  fit.frames = static_cast<int>(problem.frames.size());
  fit.noise_sd_m = state.noise_sd_m;
  for (std::size_t b = 0; b < fit.noise_sd_m.size(); ++b) {
    if (problem.layout.markers_of_body[b].empty()) {
      fit.noise_sd_m[b] = std::numeric_limits<double>::quiet_NaN();
    }
  }
  fit.skin_scale = state.skin_scale;
  fit.weights = weights_of(problem, state, covariance);
  read_off(problem, state, covariance, fit);
  CATENA_CHECK(follow(problem, fit));
  return fit;
}

}  // namespace catena
