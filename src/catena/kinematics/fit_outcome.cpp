#include "catena/kinematics/fit_outcome.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "catena/kinematics/fit_frames.h"

namespace catena {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

std::size_t at(int i) { return static_cast<std::size_t>(i); }

/// The skin's mean drivers over all frames but the standing ones: where running has the markers.
MatrixXd mean_drivers(const std::vector<FitFrame>& frames) {
  MatrixXd sum = MatrixXd::Zero(frames.front().drivers.rows(), frames.front().drivers.cols());
  double n = 0.0;
  for (const FitFrame& frame : frames) {
    if (frame.standing) continue;
    sum += frame.drivers;
    n += 1.0;
  }
  return n > 0.0 ? MatrixXd(sum / n) : sum;
}

/// Mass centres and inertias grow with the segments: with the distance between a body's own joint
/// and the first one beyond it. Masses stay.
void stretch_masses(const Model& before, Model& after) {
  for (std::size_t b = 1; b < after.bodies.size(); ++b) {
    for (std::size_t k = 0; k < after.joints.size(); ++k) {
      if (after.joints[k].parent != static_cast<int>(b)) continue;
      const auto length_m = [&](const Model& model) {
        return (model.joints[k].parent_from_frame.translation -
                model.joints[b - 1].child_from_frame.translation)
            .norm();
      };
      if (!(length_m(before) > 0.0)) continue;
      const double ratio = length_m(after) / length_m(before);
      after.bodies[b].mass_center_in_body_m *= ratio;
      after.bodies[b].inertia_in_body_kg_m2 *= ratio * ratio;
      break;
    }
  }
}

}  // namespace

void read_off(const FitProblem& problem, const FitState& state, const MatrixXd& covariance,
              BodyFit& fit) {
  const FitLayout& layout = problem.layout;
  const MatrixXd mean = mean_drivers(problem.frames);
  fit.model = state.model;
  stretch_masses(problem.prior->model, fit.model);
  fit.values = state.shape;
  const auto n_markers = static_cast<Index>(state.model.markers.size());
  MatrixXd pick = MatrixXd::Zero(layout.n_shape + 3 * n_markers, layout.n_unknowns);
  pick.topLeftCorner(layout.n_shape, layout.n_shape).setIdentity();
  for (Index m = 0; m < n_markers; ++m) {
    const int body = state.model.markers[static_cast<std::size_t>(m)].body;
    Eigen::Vector3d place = state.place_m.col(m);
    for (int k = 0; k <= layout.n_drivers[at(body)]; ++k) {
      const double a = k == 0 ? 1.0 : mean(k - 1, body);
      if (k > 0) place += a * state.skin_m[static_cast<std::size_t>(m)].col(k - 1);
      pick.block<3, 3>(layout.n_shape + 3 * m,
                       layout.first_of_marker[static_cast<std::size_t>(m)] + 3 * k)
          .diagonal()
          .setConstant(a);
    }
    fit.model.markers[static_cast<std::size_t>(m)].position_in_body_m = place;
  }
  fit.covariance = kUnknownSizes * kUnknownSizes * (pick * covariance * pick.transpose());
}

std::vector<MarkerTask> weights_of(const FitProblem& problem, const FitState& state,
                                   const MatrixXd& covariance) {
  const Model& model = problem.prior->model;
  const FitLayout& layout = problem.layout;
  VectorXd weights = VectorXd::Zero(static_cast<Index>(model.markers.size()));
  for (std::size_t b = 0; b < model.bodies.size(); ++b) {
    const std::vector<int>& of_body = layout.markers_of_body[b];
    if (of_body.empty()) continue;
    const auto n = static_cast<double>(of_body.size());
    const double noise_m2 = state.noise_sd_m[b] * state.noise_sd_m[b];
    VectorXd own_m2 = VectorXd::Constant(static_cast<Index>(of_body.size()), noise_m2);
    double shared_m2 = 0.0;
    for (Index k = 0; k < 3 * layout.n_drivers[b]; ++k) {
      const auto gain = [&](int m) { return state.skin_m[at(m)](k % 3, k / 3); };
      const auto row = [&](int m) { return layout.first_of_marker[at(m)] + 3 + k; };
      double mean = 0.0;
      double mean_variance = 0.0;
      for (const int i : of_body) {
        mean += gain(i) / n;
        for (const int j : of_body) mean_variance += covariance(row(i), row(j)) / (n * n);
      }
      shared_m2 += (mean * mean + mean_variance) / 3.0;
      for (std::size_t i = 0; i < of_body.size(); ++i) {
        const double off = gain(of_body[i]) - mean;
        const double off_variance = covariance(row(of_body[i]), row(of_body[i])) - mean_variance;
        own_m2[static_cast<Index>(i)] += (off * off + std::max(0.0, off_variance)) / 3.0;
      }
    }
    const double together_m2 = shared_m2 + 1.0 / own_m2.cwiseInverse().sum();
    for (std::size_t i = 0; i < of_body.size(); ++i) {
      const auto row = static_cast<Index>(i);
      weights[of_body[i]] = 1.0 / own_m2[row] / own_m2.cwiseInverse().sum() / together_m2;
    }
  }
  weights /= weights.maxCoeff();
  std::vector<MarkerTask> tasks;
  for (std::size_t m = 0; m < model.markers.size(); ++m) {
    tasks.push_back({model.markers[m].name, weights[static_cast<Index>(m)]});
  }
  return tasks;
}

Result<void> follow(const FitProblem& problem, BodyFit& fit) {
  InverseKinematicsOptions options;
  options.threads = 1;
  options.chunk_frames = 1;
  options.marker_tasks = fit.weights;
  CATENA_TRY(ik, inverse_kinematics(fit.model, as_recording(fit.model, problem.frames), options));
  fit.markers.assign(fit.model.markers.size(), {});
  double squares = 0.0;
  double n = 0.0;
  for (std::size_t m = 0; m < fit.markers.size(); ++m) {
    const Index row = fit.values.size() + static_cast<Index>(3 * m);
    fit.markers[m].place_sd_m = fit.covariance.diagonal().segment<3>(row).cwiseSqrt();
    fit.markers[m].rms_m = std::numeric_limits<double>::quiet_NaN();
  }
  for (Index j = 0; j < ik.residual_m.cols(); ++j) {
    FittedMarker& marker = fit.markers[at(ik.marker_index[static_cast<std::size_t>(j)])];
    double of_marker = 0.0;
    for (Index f = 0; f < ik.residual_m.rows(); ++f) {
      const double r = ik.residual_m(f, j);
      if (std::isnan(r)) continue;
      ++marker.frames;
      of_marker += r * r;
    }
    squares += of_marker;
    n += marker.frames;
    marker.rms_m = std::sqrt(of_marker / marker.frames);
  }
  fit.rms_m = std::sqrt(squares / n);
  return {};
}

}  // namespace catena
