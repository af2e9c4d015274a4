#include "catena/kinematics/pose_solver.h"

#include <Eigen/Geometry>
#include <algorithm>
#include <cmath>

namespace catena {
namespace {

using Vector6d = Eigen::Matrix<double, 6, 1>;
using Matrix6d = Eigen::Matrix<double, 6, 6>;

// A pivot this small beside the weights, in m^2 per rad^2, means that no marker sees the variable.
constexpr double kUnseenPivot = 1e-9;

std::size_t index(int i) { return static_cast<std::size_t>(i); }

/// Fixed, prescribed and coupled coordinates from the variables, and their slopes by them.
void settle_coordinates(const PosePlan& plan, double time_s, Eigen::VectorXd& q,
                        PoseWorkspace& work) {
  const Model& model = *plan.model;
  for (std::size_t c = 0; c < model.coordinates.size(); ++c) {
    const Coordinate& coordinate = model.coordinates[c];
    const auto row = static_cast<Eigen::Index>(c);
    if (coordinate.prescribed) {
      q[row] = evaluate(*coordinate.prescribed, time_s).value;
    } else if (coordinate.locked) {
      q[row] = coordinate.default_value;
    }
    work.coordinate_slope[c] = plan.variable_of_coordinate[c] == kNone ? 0.0 : 1.0;
  }
  if (std::isfinite(plan.coupler_weight)) return;
  for (const CoordinateCoupler& coupler : model.couplers) {
    const ValueAndSlope at = evaluate(coupler.function, q[coupler.independent]);
    q[coupler.dependent] = at.value;
    work.coordinate_slope[index(coupler.dependent)] =
        at.slope * work.coordinate_slope[index(coupler.independent)];
  }
}

void place_bodies(const PosePlan& plan, const Eigen::VectorXd& q, PoseWorkspace& work) {
  const Model& model = *plan.model;
  for (std::size_t k = 0; k < model.joints.size(); ++k) {
    if (!plan.body_is_needed[k + 1]) continue;
    work.joints[k] = evaluate_joint(model.joints[k],
                                    work.ground_from_body[index(model.joints[k].parent)], q.data());
    work.ground_from_body[k + 1] = work.joints[k].ground_from_child;
  }
}

/// Sums the markers of each body: cost, pull and Gram matrix of its six rigid motions about
/// `origin`. The Gram matrix has the form of a rigid body's inertia with weights for masses.
double sum_markers(const PosePlan& plan, const FrameTargets& targets, const Eigen::Vector3d& origin,
                   PoseWorkspace& work, double& weight_seen) {
  for (std::size_t b = 0; b < work.body_gram.size(); ++b) {
    if (!plan.body_is_needed[b]) continue;
    work.body_gram[b].setZero();
    work.body_pull[b].setZero();
    work.body_cross[b].setZero();
  }
  double cost = 0.0;
  weight_seen = 0.0;
  for (std::size_t m = 0; m < plan.markers.size(); ++m) {
    const PoseMarker& marker = plan.markers[m];
    const Eigen::Vector3d target = targets.points_m.segment<3>(3 * static_cast<Eigen::Index>(m));
    if (!(target.x() == target.x() && target.y() == target.y() && target.z() == target.z())) {
      continue;
    }
    const auto b = index(marker.body);
    const Eigen::Vector3d at = work.ground_from_body[b] * marker.position_in_body_m;
    const Eigen::Vector3d x = at - origin;
    const Eigen::Vector3d r = target - at;
    const double w = marker.weight;
    cost += w * r.squaredNorm();
    weight_seen += w;
    work.body_pull[b].head<3>() += w * x.cross(r);
    work.body_pull[b].tail<3>() += w * r;
    work.body_cross[b].noalias() += (w * x) * r.transpose();
    Matrix6d& G = work.body_gram[b];
    const Eigen::Vector3d h = w * x;
    G.topLeftCorner<3, 3>().noalias() -= h * x.transpose();
    G.topLeftCorner<3, 3>().diagonal().array() += h.dot(x);
    G(0, 4) -= h.z(), G(0, 5) += h.y(), G(1, 3) += h.z();
    G(1, 5) -= h.x(), G(2, 3) -= h.y(), G(2, 4) += h.x();
    G(3, 3) += w;
  }
  return cost;
}

/// Completes the Gram matrices and adds each body's sums to its parent's, leaves first.
void compose_bodies(const PosePlan& plan, PoseWorkspace& work) {
  const Model& model = *plan.model;
  for (std::size_t b = model.bodies.size() - 1; b > 0; --b) {
    if (!plan.body_is_needed[b]) continue;
    const auto parent = index(model.joints[b - 1].parent);
    if (parent == kGround) continue;
    work.body_gram[parent] += work.body_gram[b];
    work.body_pull[parent] += work.body_pull[b];
    work.body_cross[parent] += work.body_cross[b];
  }
  for (std::size_t b = 1; b < model.bodies.size(); ++b) {
    if (!plan.body_is_needed[b]) continue;
    Matrix6d& G = work.body_gram[b];
    G.bottomLeftCorner<3, 3>() = G.topRightCorner<3, 3>().transpose();
    G(4, 4) = G(5, 5) = G(3, 3);
    work.body_cross[b].diagonal().array() -= work.body_cross[b].trace();
  }
}

void find_column_twists(const PosePlan& plan, const Eigen::Vector3d& origin, PoseWorkspace& work) {
  const Model& model = *plan.model;
  for (std::size_t c = 0; c < plan.columns.size(); ++c) {
    const PoseColumn& column = plan.columns[c];
    const Joint& joint = model.joints[index(column.joint)];
    const JointMotion& motion = work.joints[index(column.joint)];
    Vector6d twist = Vector6d::Zero();
    for (std::size_t k = 0; k < 6; ++k) {
      const int coordinate = joint.axes[k].coordinate;
      if (coordinate == kNone) continue;
      if (plan.variable_of_coordinate[index(coordinate)] != column.variable) continue;
      const double slope = motion.slope[k] * work.coordinate_slope[index(coordinate)];
      const Eigen::Vector3d axis = slope * motion.axis_in_ground[k];
      if (k < 3) {
        twist.head<3>() += axis;
        twist.tail<3>() += (motion.center_in_ground - origin).cross(axis);
      } else {
        twist.tail<3>() += axis;
      }
    }
    work.column_twist[c] = twist;
    const std::size_t body = index(column.joint) + 1;
    work.column_momentum[c].noalias() = work.body_gram[body] * twist;
    // How the residuals' pull changes as the joints nearer to the root turn this column:
    // sum of w (dx/dq) x r.
    work.column_bend[c] = work.body_cross[body] * twist.head<3>() +
                          twist.tail<3>().cross(work.body_pull[body].tail<3>());
  }
}

/// Coordinate tasks and soft couplers; W is the weight of the markers seen.
double add_pulls(const PosePlan& plan, const Eigen::VectorXd& q, double W, PoseWorkspace& work) {
  double cost = 0.0;
  for (const PosePull& pull : plan.pulls) {
    const double error = q[plan.variables[index(pull.variable)].coordinate] - pull.value;
    cost += W * pull.weight * error * error;
    work.gradient[pull.variable] += W * pull.weight * error;
    work.H(pull.variable, pull.variable) += W * pull.weight;
  }
  if (!std::isfinite(plan.coupler_weight)) return cost;
  const double w = W * plan.coupler_weight;
  for (const CoordinateCoupler& coupler : plan.model->couplers) {
    const ValueAndSlope at = evaluate(coupler.function, q[coupler.independent]);
    const double error = q[coupler.dependent] - at.value;
    const int d = plan.variable_of_coordinate[index(coupler.dependent)];
    const int i = plan.variable_of_coordinate[index(coupler.independent)];
    cost += w * error * error;
    if (d != kNone) {
      work.gradient[d] += w * error;
      work.H(d, d) += w;
    }
    if (i != kNone) {
      work.gradient[i] -= w * error * at.slope;
      work.H(i, i) += w * at.slope * at.slope;
    }
    if (d != kNone && i != kNone) work.H(std::max(d, i), std::min(d, i)) -= w * at.slope;
  }
  return cost;
}

/// Cost, gradient, Gauss-Newton matrix and its second-order part at q, by composite sums over the
/// tree. The second-order part leaves out the curvature of spline joints, which is small.
double linearise(const PosePlan& plan, const FrameTargets& targets, Eigen::VectorXd& q,
                 PoseWorkspace& work, double& weight_seen) {
  settle_coordinates(plan, targets.time_s, q, work);
  place_bodies(plan, q, work);
  // Twists are taken about the root: sums of squares far from the lab's origin lose digits.
  const Eigen::Vector3d origin = work.ground_from_body[index(plan.root_body)].translation;
  double cost = sum_markers(plan, targets, origin, work, weight_seen);
  compose_bodies(plan, work);
  find_column_twists(plan, origin, work);

  work.H.setZero();
  work.bend.setZero();
  work.gradient.setZero();
  for (std::size_t c = 0; c < plan.columns.size(); ++c) {
    const PoseColumn& column = plan.columns[c];
    work.gradient[column.variable] -=
        work.column_twist[c].dot(work.body_pull[index(column.joint) + 1]);
  }
  for (const ColumnPair& pair : plan.pairs) {
    const Vector6d& shallow = work.column_twist[index(pair.shallow)];
    work.H(pair.row, pair.col) += pair.factor * shallow.dot(work.column_momentum[index(pair.deep)]);
    work.bend(pair.row, pair.col) +=
        pair.factor * shallow.head<3>().dot(work.column_bend[index(pair.deep)]);
  }
  cost += add_pulls(plan, q, weight_seen, work);
  return cost;
}

/// The matrix of one step: Newton's where `newton`, else Gauss-Newton with damping.
struct StepModel {
  bool newton = false;
  double damping = 0.0;
  double smallest_pivot = 0.0;
};

void choose_matrix(const PosePlan& plan, const StepModel& model, PoseWorkspace& work) {
  for (Eigen::Index k = 0; k < work.M.rows(); ++k) {
    work.M(k, k) = model.newton ? work.H(k, k) - work.bend(k, k) : work.H(k, k);
    work.M(k, k) += model.damping * work.H(k, k);
    for (const int i : plan.row_pattern[static_cast<std::size_t>(k)]) {
      work.M(k, i) = model.newton ? work.H(k, i) - work.bend(k, i) : work.H(k, i);
    }
  }
}

/// Factors M = L' L over the variables not held, last to first (Featherstone 2005). In Gauss-Newton
/// a variable whose pivot vanishes joins the unobservable ones; false: Newton's matrix is not
/// positive there.
bool factor(const PosePlan& plan, const StepModel& model, PoseWorkspace& work) {
  const auto n = static_cast<Eigen::Index>(plan.variables.size());
  Eigen::MatrixXd& L = work.L;
  L = work.M;
  for (Eigen::Index k = n - 1; k >= 0; --k) {
    const auto row = static_cast<std::size_t>(k);
    if (work.held[row]) continue;
    if (!(L(k, k) > model.smallest_pivot)) {
      if (model.newton && work.H(k, k) > model.smallest_pivot) return false;
      work.held[row] = work.unobservable[row] = true;
      continue;
    }
    L(k, k) = std::sqrt(L(k, k));
    const std::vector<int>& pattern = plan.row_pattern[row];
    for (const int i : pattern) L(k, i) /= L(k, k);
    for (const int i : pattern) {
      if (work.held[index(i)]) continue;
      for (const int j : pattern) {
        if (j > i) break;
        L(i, j) -= L(k, i) * L(k, j);
      }
    }
  }
  return true;
}

/// Solves M x = b over the variables not held; held ones keep the value they have in x.
void solve_factored(const PosePlan& plan, const Eigen::VectorXd& b, Eigen::VectorXd& x,
                    PoseWorkspace& work) {
  const auto n = static_cast<Eigen::Index>(plan.variables.size());
  Eigen::VectorXd& y = work.scratch;
  y = b;
  for (Eigen::Index k = n - 1; k >= 0; --k) {
    if (work.held[static_cast<std::size_t>(k)]) continue;
    y[k] /= work.L(k, k);
    for (const int i : plan.row_pattern[static_cast<std::size_t>(k)]) y[i] -= work.L(k, i) * y[k];
  }
  for (Eigen::Index k = 0; k < n; ++k) {
    if (work.held[static_cast<std::size_t>(k)]) continue;
    double sum = y[k];
    for (const int i : plan.row_pattern[static_cast<std::size_t>(k)]) {
      if (!work.held[index(i)]) sum -= work.L(k, i) * x[i];
    }
    x[k] = sum / work.L(k, k);
  }
}

/// M times d, from the lower triangle.
void multiply(const PosePlan& plan, const Eigen::MatrixXd& M, const Eigen::VectorXd& d,
              Eigen::VectorXd& out) {
  for (Eigen::Index k = 0; k < d.size(); ++k) {
    double sum = M(k, k) * d[k];
    for (const int i : plan.row_pattern[static_cast<std::size_t>(k)]) {
      sum += M(k, i) * d[i];
      out[i] += M(k, i) * d[k];
    }
    out[k] = sum;
  }
}

/// The step that minimises the quadratic model within the bounds (primal active set: each round
/// either meets one more bound or lets go of the one that pulls the wrong way most). False: the
/// model has no minimum.
bool bounded_step(const PosePlan& plan, const Eigen::VectorXd& q, const StepModel& model,
                  PoseWorkspace& work) {
  const auto n = static_cast<Eigen::Index>(plan.variables.size());
  const auto room = [&](Eigen::Index v, bool up) {
    const PoseVariable& variable = plan.variables[static_cast<std::size_t>(v)];
    return (up ? variable.max : variable.min) - q[variable.coordinate];
  };
  choose_matrix(plan, model, work);
  Eigen::VectorXd& d = work.step;
  d.setZero();
  std::fill(work.unobservable.begin(), work.unobservable.end(), false);
  std::vector<bool>& held = work.held;
  for (Eigen::Index v = 0; v < n; ++v) {
    const double g = work.gradient[v];
    held[static_cast<std::size_t>(v)] = work.frozen[static_cast<std::size_t>(v)] ||
                                        (g > 0.0 && room(v, false) >= 0.0) ||
                                        (g < 0.0 && room(v, true) <= 0.0);
  }
  for (Eigen::Index round = 0; round < 4 * n + 4; ++round) {
    if (!factor(plan, model, work)) return false;
    // Held variables stay where they are in d: move their share of M d to the right-hand side.
    Eigen::VectorXd& fixed = work.fixed;
    fixed = d;
    for (Eigen::Index v = 0; v < n; ++v) {
      if (!held[static_cast<std::size_t>(v)]) fixed[v] = 0.0;
    }
    multiply(plan, work.M, fixed, work.multiplier);
    work.right = -work.gradient - work.multiplier;
    work.candidate = d;
    solve_factored(plan, work.right, work.candidate, work);

    // Walk towards the candidate until the first bound.
    double reach = 1.0;
    Eigen::Index met = -1;
    for (Eigen::Index v = 0; v < n; ++v) {
      const double move = work.candidate[v] - d[v];
      if (held[static_cast<std::size_t>(v)] || move == 0.0) continue;
      const double left = room(v, move > 0.0) - d[v];
      if (std::abs(move) * reach > std::abs(left)) {
        reach = std::abs(left / move);
        met = v;
      }
    }
    d += reach * (work.candidate - d);
    if (met >= 0) {
      held[static_cast<std::size_t>(met)] = true;
      continue;
    }
    // Let go of the bound whose multiplier has the wrong sign most, if any.
    multiply(plan, work.M, d, work.multiplier);
    work.multiplier += work.gradient;
    Eigen::Index worst = -1;
    double most = 1e-14;
    for (Eigen::Index v = 0; v < n; ++v) {
      const auto row = static_cast<std::size_t>(v);
      if (!held[row] || work.unobservable[row] || work.frozen[row]) continue;
      const bool at_upper = d[v] >= room(v, true) && !(d[v] <= room(v, false));
      const double wrong = at_upper ? work.multiplier[v] : -work.multiplier[v];
      if (wrong > most) {
        most = wrong;
        worst = v;
      }
    }
    if (worst < 0) return true;
    held[static_cast<std::size_t>(worst)] = false;
  }
  return true;
}

void move_variables(const PosePlan& plan, const Eigen::VectorXd& step, double factor_of_step,
                    Eigen::VectorXd& q) {
  for (std::size_t v = 0; v < plan.variables.size(); ++v) {
    const PoseVariable& variable = plan.variables[v];
    double& value = q[variable.coordinate];
    value = std::clamp(value + factor_of_step * step[static_cast<Eigen::Index>(v)], variable.min,
                       variable.max);
  }
}

}  // namespace

PoseWorkspace make_pose_workspace(const PosePlan& plan) {
  const Model& model = *plan.model;
  const auto n = static_cast<Eigen::Index>(plan.variables.size());
  PoseWorkspace work;
  work.joints.resize(model.joints.size());
  work.ground_from_body.resize(model.bodies.size());
  work.body_gram.resize(model.bodies.size());
  work.body_pull.resize(model.bodies.size());
  work.body_cross.resize(model.bodies.size());
  work.column_bend.resize(plan.columns.size());
  work.column_twist.resize(plan.columns.size());
  work.column_momentum.resize(plan.columns.size());
  work.coordinate_slope.resize(model.coordinates.size());
  work.H = work.bend = work.M = work.L = Eigen::MatrixXd::Zero(n, n);
  work.gradient = work.step = work.candidate = work.multiplier = work.scratch = work.fixed =
      work.right = Eigen::VectorXd::Zero(n);
  work.guess = work.trial =
      Eigen::VectorXd::Zero(static_cast<Eigen::Index>(model.coordinates.size()));
  work.held.assign(plan.variables.size(), false);
  work.unobservable = work.frozen = work.held;
  return work;
}

double pose_cost(const PosePlan& plan, const FrameTargets& targets, Eigen::VectorXd& q,
                 PoseWorkspace& work) {
  double weight_seen = 0.0;
  return linearise(plan, targets, q, work, weight_seen);
}

PoseOutcome solve_pose(const PosePlan& plan, const FrameTargets& targets,
                       const PoseSolverOptions& options, Eigen::VectorXd& q, PoseWorkspace& work) {
  // A step longer than this, in rad or m, leaves the range where the linear picture holds.
  constexpr double kLongestStep = 0.7;
  PoseOutcome outcome;
  move_variables(plan, work.step, 0.0, q);  // into the bounds
  double weight_seen = 0.0;
  double cost = linearise(plan, targets, q, work, weight_seen);
  StepModel model{true, 0.0, kUnseenPivot * weight_seen};
  Eigen::VectorXd& trial = work.trial;
  while (outcome.iterations < options.max_iterations) {
    ++outcome.iterations;
    // Newton's step where the cost curves upwards in every direction, else Gauss-Newton's.
    if (!bounded_step(plan, q, model, work)) {
      model.newton = false;
      bounded_step(plan, q, model, work);
    }
    const double length = work.step.size() == 0 ? 0.0 : work.step.lpNorm<Eigen::Infinity>();
    trial = q;
    move_variables(plan, work.step, std::min(1.0, kLongestStep / std::max(length, 1e-300)), trial);
    const double trial_cost = linearise(plan, targets, trial, work, weight_seen);
    const bool small = length <= options.step_tolerance && model.damping < 1e-3;
    // Rounding may raise the cost of a tiny step in its last digits.
    if (trial_cost <= cost * (1.0 + 1e-13) + 1e-30 || small) {
      q = trial;
      cost = trial_cost;
      model.damping = model.damping < 1e-6 ? 0.0 : 0.1 * model.damping;
      model.newton = model.damping == 0.0;
      if (small) {
        outcome.converged = true;
        break;
      }
    } else {
      if (!model.newton) model.damping = std::max(10.0 * model.damping, 1e-4);
      model.newton = false;
      linearise(plan, targets, q, work, weight_seen);
      if (model.damping > 1e12) break;
    }
  }
  outcome.cost = cost;
  outcome.known = weight_seen > 0.0;
  return outcome;
}

}  // namespace catena
