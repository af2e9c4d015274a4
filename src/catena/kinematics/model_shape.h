// How a body can differ from the one before us: parameters that lengthen segments, move joints,
// turn axes and shift markers, each of them a straight-line change of a model's numbers.
#pragma once

#include <Eigen/Core>
#include <string>
#include <vector>

#include "catena/kinematics/joint_motion.h"
#include "catena/kinematics/motion.h"
#include "catena/model/model.h"

namespace catena {

/// What one unit of a parameter does.
struct ShapeEffect {
  enum class Kind {
    kJointInParent,      // moves the joint's place in its parent by `change`, in the parent, m
    kJointInChild,       // moves the joint's place in its child by `change`, in the child, m
    kAxesTurn,           // turns the joint's axes by `change`, in the parent, rad; the child's pose
                         // at neutral stays
    kTranslationsScale,  // multiplies the joint's translations k by 1 + change[k]
    kMarkerInBody,       // moves the marker by `change`, in its body, m
  };
  Kind kind = Kind::kJointInParent;
  int index = kNone;  // joint or marker
  Eigen::Vector3d change = Eigen::Vector3d::Zero();
};

/// A departure from the model; zero is the model itself.
struct ShapeParameter {
  std::string name;       // "right_thigh_length"
  double prior_sd = 1.0;  // of the departure before anything was measured; normal about zero
  std::vector<ShapeEffect> effects;
};

/// The model with the parameters at these values.
///
/// values     (n_parameters)
Model reshaped(const Model& model, const std::vector<ShapeParameter>& shape,
               const Eigen::Ref<const Eigen::VectorXd>& values);

/// What one unit of a joint's effect does to everything beyond the joint, at a pose: a twist (w, v)
/// moves a point x in ground by w x x + v.
///
/// model      as reshaped so far
/// pose       ground_from_body of each body
Eigen::Matrix<double, 6, 1> effect_twist(const Model& model, const ShapeEffect& effect,
                                         const JointMotion& joint, const Pose& pose,
                                         const Eigen::Ref<const Eigen::VectorXd>& q);

}  // namespace catena
