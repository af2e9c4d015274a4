// What fitting poses needs to know of a model and a marker set, worked out once.
#pragma once

#include <Eigen/Core>
#include <array>
#include <string>
#include <vector>

#include "catena/core/error.h"
#include "catena/kinematics/inverse_kinematics.h"
#include "catena/model/model.h"

namespace catena {

/// One unknown of the fit: a coordinate that is neither locked, prescribed nor coupled.
struct PoseVariable {
  int coordinate = kNone;
  double min = -1e30;  // bounds only when the coordinate is clamped
  double max = 1e30;
};

/// A variable that moves a joint. A joint's column is the twist of its child per unit of the
/// variable; a spline knee has one column made of several axes.
struct PoseColumn {
  int joint = kNone;
  int variable = kNone;
};

struct PoseMarker {
  int body = kNone;
  double weight = 1.0;
  Eigen::Vector3d position_in_body_m = Eigen::Vector3d::Zero();
};

struct PosePull {  // coordinate task
  int variable = kNone;
  double weight = 0.0;
  double value = 0.0;
};

/// Two columns whose product enters the normal matrix, the deeper one first.
struct ColumnPair {
  int deep = 0;
  int shallow = 0;
  int row = 0;  // row >= col: where in the lower triangle
  int col = 0;
  double factor = 1.0;  // 2 when two joints share one variable
};

struct PosePlan {
  const Model* model = nullptr;
  std::vector<PoseVariable> variables;
  std::vector<int> variable_of_coordinate;  // through hard couplers; kNone when fixed
  std::vector<PoseColumn> columns;
  std::vector<std::array<int, 2>> columns_of_joint;  // [first, last) into columns
  std::vector<ColumnPair> pairs;
  std::vector<std::vector<int>> row_pattern;  // of the factor: columns below the diagonal per row
  int root_body = 1;                          // first body that is needed
  std::vector<bool> body_is_needed;           // it or a body beyond it carries a marker
  std::vector<PoseMarker> markers;
  std::vector<int> marker_index;  // model marker of each
  std::vector<int> point_index;   // point of the recording of each
  std::vector<PosePull> pulls;
  double coupler_weight = 0.0;  // infinite: couplers are enforced
};

/// errors     kMissingData: no marker of the model is in the recording; kMismatch: a task names
///            a coordinate or marker that the model has not; kUnsupported: couplers in a circle
Result<PosePlan> make_pose_plan(const Model& model, const std::vector<std::string>& labels,
                                const InverseKinematicsOptions& options);

}  // namespace catena
