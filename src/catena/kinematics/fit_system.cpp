#include "catena/kinematics/fit_system.h"

#include <Eigen/Cholesky>
#include <Eigen/Geometry>
#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <thread>

#include "catena/kinematics/forward_kinematics.h"

namespace catena {
namespace {

using Eigen::Index;
using Eigen::Matrix3d;
using Eigen::MatrixXd;
using Eigen::Vector3d;
using Eigen::VectorXd;

std::size_t at(int i) { return static_cast<std::size_t>(i); }

// Frames are summed in this many parts, whatever the number of threads.
constexpr std::size_t kParts = 8;
// Which of a segment's drivers moves its skin most is not known: each is granted this much more
// than an even share of the variance.
constexpr double kDriverShare = 1.3;
// Nothing is known beforehand of where the runner is: 100 m, 10 turns.
constexpr double kRootPrecision = 1e-4;
// A coordinate beyond its clamped range is pulled back with this SD.
constexpr double kBoundSd_rad = 0.01;

/// How the bodies move at a pose: with each variable and with each shape parameter.
struct BodyTwists {
  Pose pose;
  std::vector<Eigen::Matrix<double, 6, Eigen::Dynamic>> by_variable, by_shape;
};

/// Slope of each coordinate by the variable that it hangs on; coupled ones are set in q.
VectorXd settle(const FitProblem& problem, const Model& model, VectorXd& q) {
  VectorXd slope = VectorXd::Zero(q.size());
  for (Index c = 0; c < q.size(); ++c) {
    if (problem.plan.variable_of_coordinate[static_cast<std::size_t>(c)] != kNone) slope[c] = 1.0;
  }
  for (const CoordinateCoupler& coupler : model.couplers) {
    const ValueAndSlope value = evaluate(coupler.function, q[coupler.independent]);
    q[coupler.dependent] = value.value;
    slope[coupler.dependent] = value.slope * slope[coupler.independent];
  }
  return slope;
}

BodyTwists move_bodies(const FitProblem& problem, const Model& model, VectorXd q) {
  const auto n_variables = static_cast<Index>(problem.plan.variables.size());
  const auto n_shape = static_cast<Index>(problem.prior->shape.size());
  const VectorXd slope = settle(problem, model, q);
  BodyTwists out;
  out.pose.resize(model.bodies.size());
  out.by_variable.assign(model.bodies.size(),
                         Eigen::Matrix<double, 6, Eigen::Dynamic>::Zero(6, n_variables));
  out.by_shape.assign(model.bodies.size(),
                      Eigen::Matrix<double, 6, Eigen::Dynamic>::Zero(6, n_shape));
  std::vector<JointMotion> motions(model.joints.size());
  for (std::size_t k = 0; k < model.joints.size(); ++k) {
    const Joint& joint = model.joints[k];
    const std::size_t parent = at(joint.parent);
    motions[k] = evaluate_joint(joint, out.pose[parent], q.data());
    out.pose[k + 1] = motions[k].ground_from_child;
    auto& by_variable = out.by_variable[k + 1];
    by_variable = out.by_variable[parent];
    for (std::size_t axis = 0; axis < 6; ++axis) {
      const int coordinate = joint.axes[axis].coordinate;
      if (coordinate == kNone) continue;
      const int variable = problem.plan.variable_of_coordinate[at(coordinate)];
      if (variable == kNone) continue;
      const Vector3d turned =
          motions[k].slope[axis] * slope[coordinate] * motions[k].axis_in_ground[axis];
      if (axis < 3) {
        by_variable.col(variable).head<3>() += turned;
        by_variable.col(variable).tail<3>() += motions[k].center_in_ground.cross(turned);
      } else {
        by_variable.col(variable).tail<3>() += turned;
      }
    }
  }
  // What each parameter does at its joints, carried outwards.
  for (std::size_t i = 0; i < problem.prior->shape.size(); ++i) {
    for (const ShapeEffect& effect : problem.prior->shape[i].effects) {
      if (effect.kind == ShapeEffect::Kind::kMarkerInBody) continue;
      out.by_shape[at(effect.index) + 1].col(static_cast<Index>(i)) +=
          effect_twist(model, effect, motions[at(effect.index)], out.pose, q);
    }
  }
  for (std::size_t k = 0; k < model.joints.size(); ++k) {
    if (model.joints[k].parent != kGround)
      out.by_shape[k + 1] += out.by_shape[at(model.joints[k].parent)];
  }
  return out;
}

/// The derivative of a point by twists: w x x + v.
void add_point_rows(const Eigen::Matrix<double, 6, Eigen::Dynamic>& twists, const Vector3d& x,
                    double weight, Eigen::Ref<MatrixXd> rows) {
  rows.row(0) = weight * (twists.row(1) * x.z() - twists.row(2) * x.y() + twists.row(3));
  rows.row(1) = weight * (twists.row(2) * x.x() - twists.row(0) * x.z() + twists.row(4));
  rows.row(2) = weight * (twists.row(0) * x.y() - twists.row(1) * x.x() + twists.row(5));
}

/// What the markers themselves contribute of a shape parameter, per marker: columns (3, n_shape).
std::vector<std::vector<std::pair<Index, Vector3d>>> marker_effects(const BodyPrior& prior) {
  std::vector<std::vector<std::pair<Index, Vector3d>>> out(prior.model.markers.size());
  for (std::size_t i = 0; i < prior.shape.size(); ++i) {
    for (const ShapeEffect& effect : prior.shape[i].effects) {
      if (effect.kind != ShapeEffect::Kind::kMarkerInBody) continue;
      out[at(effect.index)].emplace_back(static_cast<Index>(i), effect.change);
    }
  }
  return out;
}

/// Sums over some of the frames.
struct Part {
  MatrixXd information;
  VectorXd pull;
  double cost = 0.0;
  std::vector<double> squares_m2, counts;
};

Vector3d marker_in_body(const FitState& state, const FitFrame& frame, std::size_t m, int body,
                        int n_drivers) {
  Vector3d place = state.place_m.col(static_cast<Index>(m));
  for (int k = 0; k < n_drivers; ++k) {
    place += frame.drivers(k, body) * state.skin_m[m].col(k);
  }
  return place;
}

/// Beliefs about a frame's pose.
void add_pose_prior(const FitProblem& problem, const FitFrame& frame, MatrixXd& H, VectorXd& g,
                    double& cost) {
  const Model& model = problem.prior->model;
  for (std::size_t v = 0; v < problem.plan.variables.size(); ++v) {
    const PoseVariable& variable = problem.plan.variables[v];
    const Coordinate& coordinate = model.coordinates[at(variable.coordinate)];
    const auto row = static_cast<Index>(v);
    const double value = frame.q[variable.coordinate];
    const bool is_root = model.joints[at(coordinate.joint)].parent == kGround;
    double precision = kRootPrecision;
    if (!is_root) {
      const double sd = frame.standing ? problem.prior->standing_sd_rad[at(variable.coordinate)]
                                       : problem.options->pose_sd_rad;
      precision = 1.0 / (sd * sd);
    }
    const double off = is_root ? 0.0 : value - problem.neutral[variable.coordinate];
    H(row, row) += precision;
    g[row] -= precision * off;
    cost += 0.5 * precision * off * off;
    const double beyond = value - std::clamp(value, variable.min, variable.max);
    if (beyond == 0.0) continue;
    const double stiff = 1.0 / (kBoundSd_rad * kBoundSd_rad);
    H(row, row) += stiff;
    g[row] -= stiff * beyond;
    cost += 0.5 * stiff * beyond * beyond;
  }
}

/// Linearises frame f and eliminates its pose. `coupling` receives L^-1 E.
void add_frame(const FitProblem& problem, const FitState& state,
               const std::vector<std::vector<std::pair<Index, Vector3d>>>& effects, std::size_t f,
               FitSystem& system, Part& part) {
  const FitFrame& frame = problem.frames[f];
  const FitLayout& layout = problem.layout;
  const auto n_variables = static_cast<Index>(problem.plan.variables.size());
  const Index n_shape = layout.n_shape;
  const BodyTwists twists = move_bodies(problem, state.model, frame.q);
  MatrixXd H = MatrixXd::Zero(n_variables, n_variables);
  VectorXd g = VectorXd::Zero(n_variables);
  MatrixXd E = MatrixXd::Zero(n_variables, layout.n_unknowns);
  MatrixXd by_pose(3, n_variables), by_shape(3, n_shape);
  for (std::size_t m = 0; m < state.model.markers.size(); ++m) {
    const Vector3d target = frame.target_m.col(static_cast<Index>(m));
    if (target.hasNaN()) continue;
    const int body = state.model.markers[m].body;
    const int n_drivers = layout.n_drivers[at(body)];
    const Matrix3d& R = twists.pose[at(body)].rotation;
    const Vector3d x = twists.pose[at(body)] * marker_in_body(state, frame, m, body, n_drivers);
    const Vector3d r = target - x;
    const double sd = state.noise_sd_m[at(body)];
    const double size = r.norm() / sd;
    const double limit = problem.options->outlier_sd;
    const double robust = size > limit ? limit / size : 1.0;
    const double weight = robust / (sd * sd);
    part.cost += size > limit ? limit * size - 0.5 * limit * limit : 0.5 * size * size;
    part.squares_m2[at(body)] += robust * r.squaredNorm();
    part.counts[at(body)] += 3.0;

    add_point_rows(twists.by_variable[at(body)], x, 1.0, by_pose);
    add_point_rows(twists.by_shape[at(body)], x, 1.0, by_shape);
    for (const auto& [i, change] : effects[m]) by_shape.col(i) += R * change;
    H.noalias() += weight * by_pose.transpose() * by_pose;
    g.noalias() += weight * by_pose.transpose() * r;
    E.leftCols(n_shape).noalias() += weight * by_pose.transpose() * by_shape;
    part.information.topLeftCorner(n_shape, n_shape).noalias() +=
        weight * by_shape.transpose() * by_shape;
    part.pull.head(n_shape).noalias() += weight * by_shape.transpose() * r;

    const Index first = layout.first_of_marker[m];
    const Eigen::Matrix<double, Eigen::Dynamic, 3> pose_place = weight * by_pose.transpose() * R;
    const Eigen::Matrix<double, 3, Eigen::Dynamic> place_shape = weight * R.transpose() * by_shape;
    const Vector3d pull = weight * R.transpose() * r;
    for (int k = 0; k <= n_drivers; ++k) {
      const double a = k == 0 ? 1.0 : frame.drivers(k - 1, body);
      const Index row = first + 3 * k;
      E.middleCols<3>(row).noalias() += a * pose_place;
      part.information.block(row, 0, 3, n_shape).noalias() += a * place_shape;
      part.pull.segment<3>(row) += a * pull;
      for (int l = 0; l <= k; ++l) {
        const double b = l == 0 ? 1.0 : frame.drivers(l - 1, body);
        part.information.block<3, 3>(row, first + 3 * l).diagonal().array() += weight * a * b;
      }
    }
  }
  add_pose_prior(problem, frame, H, g, part.cost);
  const Eigen::LLT<MatrixXd> factor(H);
  system.pose_factor[f] = factor.matrixL();
  factor.matrixL().solveInPlace(E);
  factor.matrixL().solveInPlace(g);
  part.pull.noalias() -= E.transpose() * g;
  system.pose_coupling[f] = std::move(E);
  system.pose_pull[f] = std::move(g);
}

/// Beliefs about shape, places and skin.
void add_priors(const FitProblem& problem, const FitState& state, FitSystem& system) {
  const BodyPrior& prior = *problem.prior;
  const FitLayout& layout = problem.layout;
  for (Index i = 0; i < layout.n_shape; ++i) {
    const double sd = prior.shape[static_cast<std::size_t>(i)].prior_sd;
    const double precision = 1.0 / (sd * sd);
    system.information(i, i) += precision;
    system.pull[i] -= precision * state.shape[i];
    system.cost += 0.5 * precision * state.shape[i] * state.shape[i];
  }
  for (std::size_t m = 0; m < prior.model.markers.size(); ++m) {
    const Index first = layout.first_of_marker[m];
    for (Index axis = 0; axis < 3; ++axis) {
      const double sd = prior.marker_sd_m[m][axis];
      const double precision = 1.0 / (sd * sd);
      // Shape may carry a marker along: only its departure from there counts.
      const double off = state.place_m(axis, static_cast<Index>(m)) -
                         state.model.markers[m].position_in_body_m[axis];
      system.information(first + axis, first + axis) += precision;
      system.pull[first + axis] -= precision * off;
      system.cost += 0.5 * precision * off * off;
    }
  }
  for (std::size_t b = 0; b < prior.model.bodies.size(); ++b) {
    const std::vector<int>& of_body = layout.markers_of_body[b];
    if (of_body.empty() || layout.n_drivers[b] == 0) continue;
    const auto n = static_cast<Index>(of_body.size());
    const MatrixXd K = skin_precision(prior.skin[b], problem.options->skin_coherent, n) /
                       (state.skin_scale * state.skin_scale);
    for (int k = 0; k < layout.n_drivers[b]; ++k) {
      for (Index axis = 0; axis < 3; ++axis) {
        VectorXd value(n);
        for (Index i = 0; i < n; ++i)
          value[i] = state.skin_m[at(of_body[static_cast<std::size_t>(i)])](axis, k);
        const VectorXd pulled = K * value;
        system.cost += 0.5 * value.dot(pulled);
        for (Index i = 0; i < n; ++i) {
          const Index row =
              layout.first_of_marker[at(of_body[static_cast<std::size_t>(i)])] + 3 * (k + 1) + axis;
          system.pull[row] -= pulled[i];
          for (Index j = 0; j <= i; ++j) {
            const Index col = layout.first_of_marker[at(of_body[static_cast<std::size_t>(j)])] +
                              3 * (k + 1) + axis;
            system.information(std::max(row, col), std::min(row, col)) += K(i, j);
          }
        }
      }
    }
  }
}

}  // namespace

FitLayout make_fit_layout(const BodyPrior& prior, bool with_skin) {
  FitLayout layout;
  layout.n_shape = static_cast<int>(prior.shape.size());
  layout.with_skin = with_skin;
  layout.n_drivers.assign(prior.model.bodies.size(), 0);
  layout.markers_of_body.resize(prior.model.bodies.size());
  for (std::size_t b = 0; with_skin && b < prior.model.bodies.size(); ++b) {
    layout.n_drivers[b] = static_cast<int>(prior.skin[b].drivers.size());
  }
  int next = layout.n_shape;
  for (std::size_t m = 0; m < prior.model.markers.size(); ++m) {
    const int body = prior.model.markers[m].body;
    layout.markers_of_body[at(body)].push_back(static_cast<int>(m));
    layout.first_of_marker.push_back(next);
    next += 3 * (1 + layout.n_drivers[at(body)]);
  }
  layout.n_unknowns = next;
  return layout;
}

double skin_variance_m2(const SkinPrior& prior) {
  const auto n = static_cast<double>(prior.drivers.size());
  return prior.size_m * prior.size_m / 3.0 * std::min(1.0, kDriverShare / n);
}

MatrixXd skin_precision(const SkinPrior& prior, double coherent, Index n_markers) {
  const auto n = static_cast<double>(n_markers);
  const double variance = skin_variance_m2(prior);
  // Inverse of variance ((1 - c) I + c 1 1').
  const double c = coherent;
  return (MatrixXd::Identity(n_markers, n_markers) -
          MatrixXd::Constant(n_markers, n_markers, c / (1.0 - c + n * c))) /
         (variance * (1.0 - c));
}

FitSystem linearise(const FitProblem& problem, const FitState& state) {
  const Index n = problem.layout.n_unknowns;
  const std::size_t n_frames = problem.frames.size();
  const std::size_t n_bodies = problem.prior->model.bodies.size();
  FitSystem system;
  system.pose_factor.resize(n_frames);
  system.pose_coupling.resize(n_frames);
  system.pose_pull.resize(n_frames);
  const auto effects = marker_effects(*problem.prior);
  std::vector<Part> parts(kParts);
  std::atomic<std::size_t> next = 0;
  const auto run = [&] {
    for (std::size_t p = next++; p < kParts; p = next++) {
      Part& part = parts[p];
      part.information = MatrixXd::Zero(n, n);
      part.pull = VectorXd::Zero(n);
      part.squares_m2.assign(n_bodies, 0.0);
      part.counts.assign(n_bodies, 0.0);
      const std::size_t first = n_frames * p / kParts;
      const std::size_t last = n_frames * (p + 1) / kParts;
      Index rows = 0;
      for (std::size_t f = first; f < last; ++f) {
        add_frame(problem, state, effects, f, system, part);
        rows += system.pose_coupling[f].rows();
      }
      if (rows == 0) continue;  // fewer frames than parts
      // All poses of the part at once: one large product is faster than many small ones.
      MatrixXd stacked(rows, n);
      Index row = 0;
      for (std::size_t f = first; f < last; ++f) {
        stacked.middleRows(row, system.pose_coupling[f].rows()) = system.pose_coupling[f];
        row += system.pose_coupling[f].rows();
      }
      part.information.selfadjointView<Eigen::Lower>().rankUpdate(stacked.transpose(), -1.0);
    }
  };
  const unsigned wanted = problem.options->threads > 0
                              ? static_cast<unsigned>(problem.options->threads)
                              : std::thread::hardware_concurrency();
  {
    std::vector<std::jthread> helpers;
    for (unsigned t = 1; t < std::clamp<unsigned>(wanted, 1, kParts); ++t)
      helpers.emplace_back(run);
    run();
  }
  system.information = MatrixXd::Zero(n, n);
  system.pull = VectorXd::Zero(n);
  system.squares_m2.assign(n_bodies, 0.0);
  system.counts.assign(n_bodies, 0.0);
  for (const Part& part : parts) {
    system.information += part.information;
    system.pull += part.pull;
    system.cost += part.cost;
    for (std::size_t b = 0; b < n_bodies; ++b) {
      system.squares_m2[b] += part.squares_m2[b];
      system.counts[b] += part.counts[b];
    }
  }
  add_priors(problem, state, system);
  return system;
}

void take_step(const FitSystem& system, const VectorXd& step, double length, FitProblem& problem,
               FitState& state) {
  const FitLayout& layout = problem.layout;
  const VectorXd shape_step = length * step.head(layout.n_shape);
  state.shape += shape_step;
  Model moved = reshaped(state.model, problem.prior->shape, shape_step);
  for (std::size_t m = 0; m < state.model.markers.size(); ++m) {
    const auto column = static_cast<Index>(m);
    const Index first = layout.first_of_marker[m];
    // A parameter that shifts the marker has shifted it in the model; the place goes with it.
    state.place_m.col(column) +=
        moved.markers[m].position_in_body_m - state.model.markers[m].position_in_body_m;
    state.place_m.col(column) += length * step.segment<3>(first);
    for (int k = 0; k < layout.n_drivers[at(state.model.markers[m].body)]; ++k) {
      state.skin_m[m].col(k) += length * step.segment<3>(first + 3 * (k + 1));
    }
  }
  state.model = std::move(moved);
  for (std::size_t f = 0; f < problem.frames.size(); ++f) {
    VectorXd pose_step = system.pose_pull[f] - system.pose_coupling[f] * step;
    system.pose_factor[f].triangularView<Eigen::Lower>().transpose().solveInPlace(pose_step);
    FitFrame& frame = problem.frames[f];
    for (std::size_t v = 0; v < problem.plan.variables.size(); ++v) {
      frame.q[problem.plan.variables[v].coordinate] += length * pose_step[static_cast<Index>(v)];
    }
    apply_couplers(state.model, frame.q);
  }
}

}  // namespace catena
