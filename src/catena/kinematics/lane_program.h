// A pose plan written out flat for the kernel: no variants, no names, no axis that is not an axis
// of its frame, no body that does not move by itself.
#pragma once

#include <vector>

#include "catena/kinematics/lane_kernel.h"
#include "catena/kinematics/pose_plan.h"

namespace catena {

/// An axis whose value is no linear function of a variable: evaluated frame by frame.
struct LaneExternal {
  int value = 0;         // which of the kernel's
  int variable = kNone;  // whose function it is; none: of a coordinate that must be settled first
  int joint = 0;
  int axis = 0;
  double sign = 1.0;
};

struct LaneProgram {
  std::vector<LaneValue> values;
  std::vector<LaneShift> shifts;
  std::vector<LaneTurn> turns;
  std::vector<LaneBody> bodies;
  std::vector<LaneMarker> markers;
  std::vector<LanePart> parts;
  std::vector<LaneColumn> columns;
  std::vector<LanePair> pairs;
  std::vector<LaneExtraPair> extra_pairs;
  std::vector<LaneBound> bounds;
  std::vector<LanePull> pulls;
  std::vector<int> blank, group_first, row_first, row_columns;

  std::vector<LaneExternal> externals;
  bool must_settle = false;            // some external hangs on a coupled or prescribed coordinate
  std::vector<int> variables;          // plan's variable of each of ours; the others no joint moves
  std::vector<int> lane_of_variable;   // and back; kNone
  std::vector<int> markers_of_plan;    // plan's marker of each of ours: sorted by frame
  std::vector<int> unmoved_variables;  // plan's variables that move no marker
};

/// Whether the kernel can solve this plan: not with soft couplers, nor with a coordinate task on a
/// coordinate that moves no marker.
bool lanes_can_solve(const PosePlan& plan);

LaneProgram make_lane_program(const PosePlan& plan);

/// The kernel's view of a program, which must outlive it.
LaneTables lane_tables(const LaneProgram& program);

/// Floating-point operations of one pass over one frame, counted from the tables (a multiply-add
/// counts two, a division, a comparison or a choice one); of splines and couplers none.
double lane_flops(const LaneProgram& program);

}  // namespace catena
