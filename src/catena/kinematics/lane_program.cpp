#include "catena/kinematics/lane_program.h"

#include <Eigen/Geometry>
#include <algorithm>
#include <cmath>
#include <utility>

#include "catena/core/rigid_transform.h"
#include "catena/kinematics/joint_motion.h"

namespace catena {
namespace {

std::size_t index(int i) { return static_cast<std::size_t>(i); }

template <class T>
int count(const std::vector<T>& list) {
  return static_cast<int>(list.size());
}

void copy3(const Eigen::Vector3d& from, double* to) {
  for (int i = 0; i < 3; ++i) to[i] = from[i];
}

/// Where a body of the model lies: fixed in one of the kernel's frames.
struct Placed {
  int lane_body = 0;
  RigidTransform lane_from_body;
};

struct Builder {
  const PosePlan& plan;
  LaneProgram& program;
  std::vector<Placed> placed;                // of each body of the model
  std::vector<std::array<int, 6>> value_of;  // kernel's value of each joint axis; kNone: constant
  std::vector<std::array<int, 6>> axis_of;   // kernel's turn or shift
};

/// Constant axes are folded into the frames around them.
bool is_constant(const Builder& builder, const TransformAxis& axis) {
  if (axis.coordinate == kNone) return true;
  const Coordinate& c = builder.plan.model->coordinates[index(axis.coordinate)];
  return c.locked && !c.prescribed;
}

double constant_value(const Builder& builder, const TransformAxis& axis) {
  const double x = axis.coordinate == kNone
                       ? 0.0
                       : builder.plan.model->coordinates[index(axis.coordinate)].default_value;
  return evaluate(axis.function, x).value;
}

/// Adds the value of a joint axis, turned round when sign is -1.
int add_value(Builder& builder, int joint, int slot, double sign) {
  const PosePlan& plan = builder.plan;
  const TransformAxis& axis = plan.model->joints[index(joint)].axes[index(slot)];
  const int v = plan.variable_of_coordinate[index(axis.coordinate)];
  const auto* line = std::get_if<LinearFunction>(&axis.function.shape);
  LaneValue value;
  value.slope = 0.0;
  const int made = count(builder.program.values);
  if (v != kNone && plan.variables[index(v)].coordinate == axis.coordinate && line != nullptr) {
    value.variable = builder.program.lane_of_variable[index(v)];
    value.slope = sign * axis.function.scale * line->slope;
    value.intercept = sign * axis.function.scale * line->intercept;
  } else {
    const bool is_own = v != kNone && plan.variables[index(v)].coordinate == axis.coordinate;
    builder.program.externals.push_back(
        {made, is_own ? builder.program.lane_of_variable[index(v)] : kNone, joint, slot, sign});
    builder.program.must_settle = builder.program.must_settle || !is_own;
  }
  builder.program.values.push_back(value);
  builder.value_of[index(joint)][index(slot)] = made;
  return made;
}

/// Makes a turn of a joint axis. `pending` is the constant rotation from the joint's frame as it is
/// into the kernel's: R * pending * turn(a) = R * turn(pending a) * pending, and where pending a
/// is no axis of the frame, R * C * turn(z) * C' * pending with C z = pending a.
void add_turn(Builder& builder, int joint, int slot, Eigen::Matrix3d& pending) {
  const TransformAxis& axis = builder.plan.model->joints[index(joint)].axes[index(slot)];
  const Eigen::Vector3d a = pending * axis.axis;
  LaneTurn turn;
  double sign = 1.0;
  Eigen::Index largest = 0;
  a.cwiseAbs().maxCoeff(&largest);
  const double side = a[largest] > 0.0 ? 1.0 : -1.0;
  if ((a - side * Eigen::Vector3d::Unit(largest)).norm() < 1e-14) {
    turn.axis = static_cast<int>(largest);
    sign = side;
  } else {
    const Eigen::Matrix3d C =
        Eigen::Quaterniond::FromTwoVectors(Eigen::Vector3d::UnitZ(), a).toRotationMatrix();
    turn.axis = 2;
    turn.has_before = true;
    for (int i = 0; i < 9; ++i) turn.before[i] = C(i % 3, i / 3);
    pending = C.transpose() * pending;
  }
  turn.value = add_value(builder, joint, slot, sign);
  builder.axis_of[index(joint)][index(slot)] = count(builder.program.turns);
  builder.program.turns.push_back(turn);
}

void add_joint(Builder& builder, int joint_index) {
  const Joint& joint = builder.plan.model->joints[index(joint_index)];
  const Placed& parent = builder.placed[index(joint.parent)];
  const RigidTransform lane_from_frame = parent.lane_from_body * joint.parent_from_frame;
  LaneBody body;
  body.parent = parent.lane_body;
  body.shift_first = count(builder.program.shifts);
  body.turn_first = count(builder.program.turns);
  Eigen::Vector3d offset = lane_from_frame.translation;
  for (int slot = 3; slot < 6; ++slot) {
    const TransformAxis& axis = joint.axes[index(slot)];
    const Eigen::Vector3d along = lane_from_frame.rotation * axis.axis;
    if (is_constant(builder, axis)) {
      offset += constant_value(builder, axis) * along;
      continue;
    }
    LaneShift shift;
    shift.value = add_value(builder, joint_index, slot, 1.0);
    copy3(along, shift.axis);
    builder.axis_of[index(joint_index)][index(slot)] = count(builder.program.shifts);
    builder.program.shifts.push_back(shift);
  }
  Eigen::Matrix3d pending = lane_from_frame.rotation;
  for (int slot = 0; slot < 3; ++slot) {
    const TransformAxis& axis = joint.axes[index(slot)];
    if (is_constant(builder, axis)) {
      pending = pending * axis_rotation(axis.axis, constant_value(builder, axis));
    } else {
      add_turn(builder, joint_index, slot, pending);
    }
  }
  body.shift_last = count(builder.program.shifts);
  body.turn_last = count(builder.program.turns);
  copy3(offset, body.offset);

  Placed& child = builder.placed[index(joint_index) + 1];
  const RigidTransform frame_from_child = inverse(joint.child_from_frame);
  if (body.shift_first == body.shift_last && body.turn_first == body.turn_last) {
    child = {parent.lane_body, RigidTransform{pending, offset} * frame_from_child};
    return;
  }
  child = {count(builder.program.bodies),
           RigidTransform{pending, Eigen::Vector3d::Zero()} * frame_from_child};
  builder.program.bodies.push_back(body);
}

void add_markers(Builder& builder) {
  LaneProgram& program = builder.program;
  for (int b = 0; b < count(program.bodies); ++b) {
    program.bodies[index(b)].marker_first = count(program.markers);
    for (int m = 0; m < count(builder.plan.markers); ++m) {
      const PoseMarker& marker = builder.plan.markers[index(m)];
      const Placed& at = builder.placed[index(marker.body)];
      if (at.lane_body != b) continue;
      LaneMarker made;
      copy3(at.lane_from_body * marker.position_in_body_m, made.at);
      program.markers.push_back(made);
      program.markers_of_plan.push_back(m);
    }
    program.bodies[index(b)].marker_last = count(program.markers);
  }
}

void add_columns(Builder& builder) {
  const PosePlan& plan = builder.plan;
  LaneProgram& program = builder.program;
  for (const PoseColumn& from : plan.columns) {
    LaneColumn column;
    column.body = builder.placed[index(from.joint) + 1].lane_body;
    column.variable = program.lane_of_variable[index(from.variable)];
    column.part_first = count(program.parts);
    for (int slot = 0; slot < 6; ++slot) {
      const int value = builder.value_of[index(from.joint)][index(slot)];
      if (value == kNone) continue;
      const int coordinate = plan.model->joints[index(from.joint)].axes[index(slot)].coordinate;
      if (plan.variable_of_coordinate[index(coordinate)] != from.variable) continue;
      program.parts.push_back({slot >= 3, builder.axis_of[index(from.joint)][index(slot)], value});
    }
    column.part_last = count(program.parts);
    const LanePart& first = program.parts[index(column.part_first)];
    column.is_one_turn = column.part_last == column.part_first + 1 && !first.is_shift &&
                         program.values[index(first.value)].variable != kNone;
    column.slope = program.values[index(first.value)].slope;
    LaneBody& body = program.bodies[index(column.body)];
    if (body.column_last == 0) body.column_first = count(program.columns);
    program.columns.push_back(column);
    body.column_last = count(program.columns);
  }
}

/// Where the entries of the matrix lie; kNone where it is empty.
struct EntryTable {
  int n = 0;
  std::vector<int> of;
  int& at(int row, int column) { return of[index(row * n + column)]; }
};

/// The factor's pattern: of each row, the plan's last column and what that column's row has. On a
/// tree these are all ancestors; where couplers join branches it adds a few entries that stay zero.
EntryTable add_rows(Builder& builder) {
  LaneProgram& program = builder.program;
  const int n = count(program.variables);
  EntryTable entry{n, std::vector<int>(index(n * n), kNone)};
  program.row_first.push_back(0);
  for (int k = 0; k < n; ++k) {
    entry.at(k, k) = k;
    const std::vector<int>& pattern = builder.plan.row_pattern[index(program.variables[index(k)])];
    if (!pattern.empty()) {
      const int last = program.lane_of_variable[index(pattern.back())];
      for (int i = program.row_first[index(last)]; i < program.row_first[index(last) + 1]; ++i) {
        program.row_columns.push_back(program.row_columns[index(i)]);
      }
      program.row_columns.push_back(last);
    }
    for (int i = program.row_first[index(k)]; i < count(program.row_columns); ++i) {
      entry.at(k, program.row_columns[index(i)]) = n + i;
    }
    program.row_first.push_back(count(program.row_columns));
  }
  return entry;
}

/// Variables that the elimination takes together.
void add_groups(LaneProgram& program) {
  constexpr int kLargest = 3;
  const auto& first = program.row_first;
  for (int k = 0; k < count(program.variables); ++k) {
    const int length = first[index(k) + 1] - first[index(k)];
    const bool goes_on = length > 0 && program.row_columns[index(first[index(k) + 1] - 1)] == k - 1;
    const bool has_room = !program.group_first.empty() && k - program.group_first.back() < kLargest;
    if (!goes_on || !has_room) program.group_first.push_back(k);
  }
  program.group_first.push_back(count(program.variables));
}

/// The pairs of columns, in the kernel's order: from the last column to the first.
void add_pairs(Builder& builder, EntryTable entry) {
  enum class State : char { kBlank, kSet, kAdded };
  LaneProgram& program = builder.program;
  std::vector<State> state(program.variables.size() + program.row_columns.size(), State::kBlank);
  auto pair = builder.plan.pairs.rbegin();
  for (int c = count(program.columns) - 1; c >= 0; --c) {
    LaneColumn& column = program.columns[index(c)];
    std::vector<LanePair> turning;
    std::vector<LanePair> shifting;
    column.extra_first = count(program.extra_pairs);
    for (; pair != builder.plan.pairs.rend() && pair->deep == c; ++pair) {
      const int at = entry.at(program.lane_of_variable[index(pair->row)],
                              program.lane_of_variable[index(pair->col)]);
      State& of_entry = state[index(at)];
      if (of_entry != State::kBlank || pair->factor != 1.0) {
        program.extra_pairs.push_back({pair->shallow, at, pair->factor});
        if (of_entry == State::kBlank) of_entry = State::kAdded;
        continue;
      }
      of_entry = State::kSet;
      const LaneColumn& shallow = program.columns[index(pair->shallow)];
      bool turns = false;
      for (int p = shallow.part_first; p < shallow.part_last; ++p) {
        turns = turns || !program.parts[index(p)].is_shift;
      }
      (turns ? turning : shifting).push_back({pair->shallow, at});
    }
    column.extra_last = count(program.extra_pairs);
    column.pair_first = count(program.pairs);
    program.pairs.insert(program.pairs.end(), turning.rbegin(), turning.rend());
    column.pair_turn_last = count(program.pairs);
    program.pairs.insert(program.pairs.end(), shifting.rbegin(), shifting.rend());
    column.pair_last = count(program.pairs);
  }
  for (int e = 0; e < count(state); ++e) {
    if (state[index(e)] != State::kSet) program.blank.push_back(e);
  }
}

/// Who adds to whom, from the leaves inwards.
void mark_children(LaneProgram& program) {
  for (int b = count(program.bodies) - 1; b > 0; --b) {
    LaneBody& parent = program.bodies[index(program.bodies[index(b)].parent)];
    program.bodies[index(b)].is_last_child = !parent.has_children;
    parent.has_children = true;
  }
}

void choose_lane_variables(const PosePlan& plan, LaneProgram& program) {
  std::vector<bool> moves(plan.variables.size(), false);
  for (const PoseColumn& column : plan.columns) moves[index(column.variable)] = true;
  program.lane_of_variable.assign(plan.variables.size(), kNone);
  for (int v = 0; v < count(plan.variables); ++v) {
    if (!moves[index(v)]) {
      program.unmoved_variables.push_back(v);
      continue;
    }
    program.lane_of_variable[index(v)] = count(program.variables);
    program.variables.push_back(v);
    program.bounds.push_back({plan.variables[index(v)].min, plan.variables[index(v)].max});
  }
}

}  // namespace

bool lanes_can_solve(const PosePlan& plan) {
  if (std::isfinite(plan.coupler_weight)) return false;
  return std::all_of(plan.pulls.begin(), plan.pulls.end(), [&](const PosePull& pull) {
    return std::any_of(plan.columns.begin(), plan.columns.end(),
                       [&](const PoseColumn& column) { return column.variable == pull.variable; });
  });
}

LaneProgram make_lane_program(const PosePlan& plan) {
  LaneProgram program;
  choose_lane_variables(plan, program);
  Builder builder{plan, program, {}, {}, {}};
  builder.placed.resize(plan.model->bodies.size());
  std::array<int, 6> none = {};
  none.fill(kNone);
  builder.value_of.assign(plan.model->joints.size(), none);
  builder.axis_of = builder.value_of;
  program.bodies.emplace_back();  // ground
  for (int k = 0; k < count(plan.model->joints); ++k) {
    if (plan.body_is_needed[index(k) + 1]) add_joint(builder, k);
  }
  add_markers(builder);
  add_columns(builder);
  add_pairs(builder, add_rows(builder));
  add_groups(program);
  mark_children(program);
  for (const PosePull& pull : plan.pulls) {
    program.pulls.push_back(
        {program.lane_of_variable[index(pull.variable)], pull.weight, pull.value});
  }
  return program;
}

LaneTables lane_tables(const LaneProgram& program) {
  LaneTables t;
  t.n_values = count(program.values);
  t.n_turns = count(program.turns);
  t.n_shifts = count(program.shifts);
  t.n_bodies = count(program.bodies);
  t.n_markers = count(program.markers);
  t.n_columns = count(program.columns);
  t.n_variables = count(program.variables);
  t.n_entries = t.n_variables + count(program.row_columns);
  t.n_pulls = count(program.pulls);
  t.n_blank = count(program.blank);
  t.origin_body = std::min(1, t.n_bodies - 1);
  t.values = program.values.data();
  t.shifts = program.shifts.data();
  t.turns = program.turns.data();
  t.bodies = program.bodies.data();
  t.markers = program.markers.data();
  t.parts = program.parts.data();
  t.columns = program.columns.data();
  t.pairs = program.pairs.data();
  t.extra_pairs = program.extra_pairs.data();
  t.bounds = program.bounds.data();
  t.pulls = program.pulls.data();
  t.blank = program.blank.data();
  t.n_groups = count(program.group_first) - 1;
  t.group_first = program.group_first.data();
  t.row_first = program.row_first.data();
  t.row_columns = program.row_columns.data();
  return t;
}

double lane_flops(const LaneProgram& program) {
  // A turn: 40 for sine and cosine, 18 for two columns of the rotation, 45 for a constant one
  // before it. A frame: 18 for its origin, 22 for adding its sums to its parent's. A shift: 6 + 15.
  double flops = 2.0 * count(program.values) + 58.0 * count(program.turns) +
                 40.0 * (count(program.bodies) - 1) + 21.0 * count(program.shifts);
  for (const LaneTurn& turn : program.turns) flops += turn.has_before ? 45.0 : 0.0;
  // A marker: 18 its place, 6 residual and arm, 6 by its weight, 5 + 6 distance and cost, 37 sums.
  flops += 78.0 * count(program.markers);
  // A column: 15 twist, 12 gradient, 42 momentum, 27 + 6 bend, 12 diagonal; a pair: 11, or 5 with
  // a column that only shifts.
  flops += 114.0 * count(program.columns) + 13.0 * count(program.extra_pairs);
  for (const LaneColumn& column : program.columns) {
    flops += 11.0 * (column.pair_turn_last - column.pair_first) +
             5.0 * (column.pair_last - column.pair_turn_last);
  }
  // Elimination: 2 each; rows: 1 + 2 + 2 an entry for factor and both substitutions; bounds and
  // the step: 25 a variable.
  for (std::size_t k = 0; k < program.variables.size(); ++k) {
    const double length = program.row_first[k + 1] - program.row_first[k];
    flops += length * (length + 1.0) + 5.0 * length + 25.0;
  }
  return flops;
}

}  // namespace catena
