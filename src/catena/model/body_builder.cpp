#include "catena/model/body_builder.h"

#include <array>
#include <cassert>
#include <cmath>

#include "catena/core/units.h"

namespace catena {
namespace {

int add_coordinate(Model& model, const Angle& angle) {
  Coordinate c;
  c.name = angle.name;
  c.joint = static_cast<int>(model.joints.size());
  c.min = angle.min_deg * kRadPerDeg;
  c.max = angle.max_deg * kRadPerDeg;
  c.locked = angle.locked;
  model.coordinates.push_back(c);
  return static_cast<int>(model.coordinates.size()) - 1;
}

/// An axis for an unused rotation that is parallel to no axis in use, as OpenSim demands.
Eigen::Vector3d free_axis(const std::vector<Angle>& angles, std::size_t k) {
  // A hinge is near z here (knee, ankle, elbow) or near x (subtalar).
  const bool near_x = !angles.empty() && std::abs(angles.front().axis.x()) > 0.5;
  if (k == 2) return Eigen::Vector3d::UnitY();
  return near_x ? Eigen::Vector3d::UnitZ() : Eigen::Vector3d::UnitX();
}

}  // namespace

void add_body(Model& model, const std::string& name, const MassProperties& mass,
              const NewJoint& hung_by) {
  const std::vector<Angle>& angles = hung_by.angles;
  assert(angles.size() <= 3);
  Joint joint;
  joint.name = hung_by.name;
  joint.kind = angles.empty() ? JointKind::kWeld : JointKind::kCustom;
  joint.parent = find_body(model, hung_by.parent);
  assert(joint.parent != kNone);
  joint.parent_from_frame.translation = hung_by.place_in_parent_m;
  for (std::size_t k = 0; k < 3; ++k) {
    const Eigen::Vector3d unit = Eigen::Vector3d::Unit(static_cast<Eigen::Index>(k));
    if (k < angles.size()) {
      joint.axes[k] = {angles[k].axis, add_coordinate(model, angles[k]), LinearFunction{1.0, 0.0}};
    } else {
      joint.axes[k] = {angles.empty() ? unit : free_axis(angles, k), kNone, ConstantFunction{0.0}};
    }
    joint.axes[k + 3] = {unit, kNone, ConstantFunction{0.0}};
  }
  model.joints.push_back(joint);
  model.bodies.push_back({.name = name,
                          .mass_kg = mass.mass_kg,
                          .mass_center_in_body_m = mass.center_m,
                          .inertia_in_body_kg_m2 = mass.inertia_kg_m2});
}

}  // namespace catena
