// A body as a tree of rigid segments: what an .osim file says of joints, markers and masses.
#pragma once

#include <Eigen/Core>
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "catena/core/rigid_transform.h"
#include "catena/model/scalar_function.h"

namespace catena {

inline constexpr int kGround = 0;
inline constexpr int kNone = -1;

struct Body {
  std::string name;
  double mass_kg = 0.0;
  Eigen::Vector3d mass_center_in_body_m = Eigen::Vector3d::Zero();
  Eigen::Matrix3d inertia_in_body_kg_m2 = Eigen::Matrix3d::Zero();  // about the mass centre
};

/// One of the six axes of a joint: a rotation about, or a translation along, `axis`, by
/// `function` of one coordinate (or of none: then the function is constant).
struct TransformAxis {
  Eigen::Vector3d axis = Eigen::Vector3d::UnitX();  // unit length
  int coordinate = kNone;                           // index into Model::coordinates
  ScalarFunction function = ConstantFunction{0.0};
};

/// How an .osim file names the joint; the motion itself is always in `Joint::axes`.
enum class JointKind { kCustom, kPin, kWeld, kBall, kUniversal, kFree, kPlanar, kSlider, kGimbal };

/// Joint k carries body k + 1. Its transform is
///   parent_from_child = parent_from_frame * frame_motion(q) * inverse(child_from_frame)
/// where frame_motion has rotation R(axis0) R(axis1) R(axis2), body-fixed in that order, and
/// translation sum of the last three axes, in the parent's joint frame. Every joint kind of
/// OpenSim is written in this form (Ball, Free and Gimbal: x-y-z; Universal: x-y; Pin: z;
/// Planar: z, tx, ty; Slider: tx).
struct Joint {
  std::string name;
  JointKind kind = JointKind::kWeld;
  int parent = kGround;  // body index; smaller than the child's
  RigidTransform parent_from_frame;
  RigidTransform child_from_frame;
  std::array<TransformAxis, 6> axes;  // 3 rotations, then 3 translations
};

enum class CoordinateKind { kRotation, kTranslation, kCoupled };

struct Coordinate {
  std::string name;
  int joint = kNone;
  CoordinateKind kind = CoordinateKind::kRotation;  // kRotation in rad, kTranslation in m
  double default_value = 0.0;
  double min = -1e30;
  double max = 1e30;
  bool clamped = false;                      // the solver keeps it within [min, max]
  bool locked = false;                       // stays at default_value
  std::optional<ScalarFunction> prescribed;  // of time in s; overrides everything else
};

/// dependent = function(independent), always.
struct CoordinateCoupler {
  std::string name;
  int dependent = kNone;
  int independent = kNone;
  ScalarFunction function;
};

struct ModelMarker {
  std::string name;
  int body = kGround;
  Eigen::Vector3d position_in_body_m = Eigen::Vector3d::Zero();
};

/// Constant once read; poses and results live elsewhere.
struct Model {
  std::string name;
  std::vector<Body> bodies;                 // [0] is ground; parents stand before children
  std::vector<Joint> joints;                // joints[k] carries bodies[k + 1]
  std::vector<Coordinate> coordinates;      // in the file's order
  std::vector<CoordinateCoupler> couplers;  // one that others depend on stands before them
  std::vector<ModelMarker> markers;
  std::vector<std::string> assumptions;  // what was passed over or assumed, one sentence each
};

/// Index of the named thing, or kNone. Names are matched exactly.
int find_body(const Model& model, const std::string& name);
int find_coordinate(const Model& model, const std::string& name);
int find_marker(const Model& model, const std::string& name);

}  // namespace catena
