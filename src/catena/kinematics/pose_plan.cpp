#include "catena/kinematics/pose_plan.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace catena {
namespace {

std::size_t index(int i) { return static_cast<std::size_t>(i); }

/// The coordinate that this one hangs on in the end; none where couplers run in a circle.
int first_leader(const std::vector<int>& leader, int coordinate) {
  for (std::size_t steps = 0; steps <= leader.size(); ++steps) {
    if (leader[index(coordinate)] == kNone) return coordinate;
    coordinate = leader[index(coordinate)];
  }
  return kNone;
}

/// Chooses the unknowns and follows hard couplers back to the coordinate that they hang on.
Result<void> choose_variables(const Model& model, bool couplers_are_hard, PosePlan& plan) {
  const std::size_t n = model.coordinates.size();
  std::vector<int> leader(n, kNone);
  if (couplers_are_hard) {
    for (const CoordinateCoupler& c : model.couplers) leader[index(c.dependent)] = c.independent;
  }
  plan.variable_of_coordinate.assign(n, kNone);

  // Unknowns are numbered from the root outwards, so that the normal matrix keeps the tree's shape.
  const auto number = [&](int coordinate) {
    const Coordinate& c = model.coordinates[index(coordinate)];
    if (c.locked || c.prescribed || leader[index(coordinate)] != kNone) return;
    if (plan.variable_of_coordinate[index(coordinate)] != kNone) return;
    PoseVariable variable{coordinate, -1e30, 1e30};
    if (c.clamped) {
      variable.min = c.min;
      variable.max = c.max;
    }
    plan.variable_of_coordinate[index(coordinate)] = static_cast<int>(plan.variables.size());
    plan.variables.push_back(variable);
  };
  for (const Joint& joint : model.joints) {
    for (const TransformAxis& axis : joint.axes) {
      if (axis.coordinate == kNone) continue;
      const int coordinate = first_leader(leader, axis.coordinate);
      if (coordinate == kNone) {
        return fail(Errc::kUnsupported, "the coordinate couplers run in a circle",
                    "coordinate " + model.coordinates[index(axis.coordinate)].name,
                    "leave one of them out");
      }
      number(coordinate);
      plan.variable_of_coordinate[index(axis.coordinate)] =
          plan.variable_of_coordinate[index(coordinate)];
    }
  }
  return {};
}

Result<void> match_markers(const Model& model, const std::vector<std::string>& labels,
                           const InverseKinematicsOptions& options, PosePlan& plan) {
  std::map<std::string, double> weights;
  for (const MarkerTask& task : options.marker_tasks) weights[task.marker] = task.weight;
  int n_shared = 0;
  for (std::size_t m = 0; m < model.markers.size(); ++m) {
    const ModelMarker& marker = model.markers[m];
    const auto label = std::find(labels.begin(), labels.end(), marker.name);
    if (label == labels.end()) continue;
    ++n_shared;
    const auto task = weights.find(marker.name);
    const double weight = task == weights.end() ? options.default_marker_weight : task->second;
    if (!(weight > 0.0)) continue;
    plan.markers.push_back({marker.body, weight, marker.position_in_body_m});
    plan.marker_index.push_back(static_cast<int>(m));
    plan.point_index.push_back(static_cast<int>(label - labels.begin()));
  }
  if (!plan.markers.empty()) return {};
  if (n_shared > 0) {
    return fail(Errc::kMissingData,
                "none of the " + std::to_string(n_shared) +
                    " markers that model and recording share has a weight above 0",
                "model " + model.name, "give them weights in the inverse kinematics set-up");
  }
  const std::string ours = model.markers.empty() ? "none" : model.markers.front().name + ", ...";
  const std::string theirs = labels.empty() ? "none" : labels.front() + ", ...";
  return fail(Errc::kMissingData,
              "no marker of the model (" + ours + ") is in the recording (" + theirs + ")",
              "model " + model.name, "rename the labels or use a model with this marker set");
}

Result<void> match_coordinate_tasks(const Model& model, const InverseKinematicsOptions& options,
                                    PosePlan& plan) {
  for (const CoordinateTask& task : options.coordinate_tasks) {
    const int coordinate = find_coordinate(model, task.coordinate);
    if (coordinate == kNone) {
      return fail(Errc::kMismatch, "a task names a coordinate that the model has not",
                  "coordinate " + task.coordinate, "use the set-up that belongs to this model");
    }
    const int variable = plan.variable_of_coordinate[index(coordinate)];
    const bool is_itself =
        variable != kNone && plan.variables[index(variable)].coordinate == coordinate;
    if (is_itself && task.weight > 0.0) plan.pulls.push_back({variable, task.weight, task.value});
  }
  return {};
}

void find_columns(const Model& model, PosePlan& plan) {
  plan.body_is_needed.assign(model.bodies.size(), false);
  for (const PoseMarker& marker : plan.markers) plan.body_is_needed[index(marker.body)] = true;
  for (std::size_t b = model.bodies.size() - 1; b > 0; --b) {
    if (plan.body_is_needed[b]) plan.body_is_needed[index(model.joints[b - 1].parent)] = true;
  }
  for (std::size_t b = model.bodies.size() - 1; b > 0; --b) {
    if (plan.body_is_needed[b]) plan.root_body = static_cast<int>(b);
  }
  for (std::size_t k = 0; k < model.joints.size(); ++k) {
    const int first = static_cast<int>(plan.columns.size());
    std::set<int> seen;
    // Translations lie nearer to the root than the rotations of the same joint.
    for (const std::size_t slot : {3U, 4U, 5U, 0U, 1U, 2U}) {
      const TransformAxis& axis = model.joints[k].axes[slot];
      if (!plan.body_is_needed[k + 1] || axis.coordinate == kNone) continue;
      const int variable = plan.variable_of_coordinate[index(axis.coordinate)];
      if (variable == kNone || !seen.insert(variable).second) continue;
      plan.columns.push_back({static_cast<int>(k), variable});
    }
    plan.columns_of_joint.push_back({first, static_cast<int>(plan.columns.size())});
  }
}

/// Lists the products of columns that move a common body: a column with itself and with every
/// column nearer to the root.
void find_pairs(const Model& model, PosePlan& plan) {
  for (int deep = 0; deep < static_cast<int>(plan.columns.size()); ++deep) {
    const PoseColumn& a = plan.columns[index(deep)];
    const auto add = [&](int shallow) {
      const PoseColumn& b = plan.columns[index(shallow)];
      const bool doubled = deep != shallow && a.variable == b.variable;
      plan.pairs.push_back({deep, shallow, std::max(a.variable, b.variable),
                            std::min(a.variable, b.variable), doubled ? 2.0 : 1.0});
    };
    for (int c = plan.columns_of_joint[index(a.joint)][0]; c <= deep; ++c) add(c);
    for (int body = model.joints[index(a.joint)].parent; body != kGround;
         body = model.joints[index(body - 1)].parent) {
      const std::array<int, 2>& range = plan.columns_of_joint[index(body - 1)];
      for (int c = range[0]; c < range[1]; ++c) add(c);
    }
  }
}

/// Symbolic factorisation L' L, eliminating from the last variable to the first: on a tree numbered
/// from the root there is no fill (Featherstone 2005, IJRR 24:487); couplers may add some.
void find_row_pattern(const Model& model, PosePlan& plan) {
  const std::size_t n = plan.variables.size();
  std::vector<std::set<int>> pattern(n);
  const auto join = [&](int i, int j) {
    if (i != j && i != kNone && j != kNone) pattern[index(std::max(i, j))].insert(std::min(i, j));
  };
  for (const ColumnPair& pair : plan.pairs) join(pair.row, pair.col);
  if (std::isfinite(plan.coupler_weight)) {
    for (const CoordinateCoupler& c : model.couplers) {
      join(plan.variable_of_coordinate[index(c.dependent)],
           plan.variable_of_coordinate[index(c.independent)]);
    }
  }
  for (std::size_t k = n; k-- > 0;) {
    for (const int i : pattern[k]) {
      for (const int j : pattern[k]) join(i, j);
    }
  }
  for (const std::set<int>& row : pattern) plan.row_pattern.emplace_back(row.begin(), row.end());
}

}  // namespace

Result<PosePlan> make_pose_plan(const Model& model, const std::vector<std::string>& labels,
                                const InverseKinematicsOptions& options) {
  PosePlan plan;
  plan.model = &model;
  plan.coupler_weight = options.coupler_weight;
  if (auto done = choose_variables(model, !std::isfinite(options.coupler_weight), plan); !done) {
    return tl::make_unexpected(done.error());
  }
  if (auto done = match_markers(model, labels, options, plan); !done) {
    return tl::make_unexpected(done.error());
  }
  if (auto done = match_coordinate_tasks(model, options, plan); !done) {
    return tl::make_unexpected(done.error());
  }
  find_columns(model, plan);
  find_pairs(model, plan);
  find_row_pattern(model, plan);
  return plan;
}

}  // namespace catena
