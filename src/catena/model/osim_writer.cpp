#include "catena/model/osim_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <variant>
#include <vector>

#include "catena/model/osim_frames.h"

namespace catena {
namespace {

std::string escaped(const std::string& text) {
  std::string result;
  for (const char c : text) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      default:
        result += c;
    }
  }
  return result;
}

std::string numbers(const Eigen::Ref<const Eigen::VectorXd>& values) {
  std::string text;
  for (const double value : values) text += fmt::format("{}{}", text.empty() ? "" : " ", value);
  return text;
}

const char* flag(bool value) { return value ? "true" : "false"; }

/// Body-fixed x-y-z angles; near a quarter turn about y, where x and z turn about one axis, the
/// product is still the rotation.
Eigen::Vector3d xyz_angles_rad(const Eigen::Matrix3d& r) {
  const double x = std::atan2(-r(1, 2), r(2, 2));
  const double y = std::atan2(r(0, 2), std::hypot(r(0, 0), r(0, 1)));
  const double c = std::cos(x);
  const double s = std::sin(x);
  return {x, y, std::atan2(c * r(1, 0) + s * r(2, 0), c * r(1, 1) + s * r(2, 1))};
}

/// Elements with their indentation.
class Xml {
 public:
  void open(const std::string& tag, const std::string& name = "") {
    line("<" + tag + (name.empty() ? "" : " name=\"" + escaped(name) + "\"") + ">");
    open_.push_back(tag);
  }
  void close() {
    const std::string tag = open_.back();
    open_.pop_back();
    line("</" + tag + ">");
  }
  void leaf(const std::string& tag, const std::string& text) {
    line("<" + tag + ">" + escaped(text) + "</" + tag + ">");
  }
  void line(const std::string& text) { text_ += std::string(open_.size(), '\t') + text + "\n"; }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
  std::vector<std::string> open_;
};

std::string body_path(const Model& model, int body) {
  if (body == kGround) return "/ground";
  return "/bodyset/" + path_part(model.bodies[static_cast<std::size_t>(body)].name);
}

void write_shape(Xml& xml, const ConstantFunction& f) {
  xml.open("Constant");
  xml.leaf("value", fmt::format("{}", f.value));
  xml.close();
}

void write_shape(Xml& xml, const LinearFunction& f) {
  xml.open("LinearFunction");
  xml.leaf("coefficients", fmt::format("{} {}", f.slope, f.intercept));
  xml.close();
}

void write_shape(Xml& xml, const PolynomialFunction& f) {
  xml.open("PolynomialFunction");
  xml.leaf("coefficients", numbers(f.coefficients));
  xml.close();
}

template <class PointFunction>
void write_points(Xml& xml, const std::string& tag, const PointFunction& f) {
  xml.open(tag);
  xml.leaf("x", numbers(f.x));
  xml.leaf("y", numbers(f.y));
  xml.close();
}

void write_shape(Xml& xml, const SimmSpline& f) { write_points(xml, "SimmSpline", f); }

void write_shape(Xml& xml, const PiecewiseLinearFunction& f) {
  write_points(xml, "PiecewiseLinearFunction", f);
}

void write_function(Xml& xml, const ScalarFunction& function) {
  const auto write = [&xml](const auto& shape) { write_shape(xml, shape); };
  if (function.scale == 1.0) {
    std::visit(write, function.shape);
    return;
  }
  xml.open("MultiplierFunction");
  xml.open("function");
  std::visit(write, function.shape);
  xml.close();
  xml.leaf("scale", fmt::format("{}", function.scale));
  xml.close();
}

void write_body(Xml& xml, const Body& body) {
  const Eigen::Matrix3d& i = body.inertia_in_body_kg_m2;
  xml.open("Body", body.name);
  xml.leaf("mass", fmt::format("{}", body.mass_kg));
  xml.leaf("mass_center", numbers(body.mass_center_in_body_m));
  xml.leaf("inertia",
           fmt::format("{} {} {} {} {} {}", i(0, 0), i(1, 1), i(2, 2), i(0, 1), i(0, 2), i(1, 2)));
  xml.close();
}

void write_coordinate(Xml& xml, const Coordinate& coordinate) {
  xml.open("Coordinate", coordinate.name);
  xml.leaf("default_value", fmt::format("{}", coordinate.default_value));
  xml.leaf("range", fmt::format("{} {}", coordinate.min, coordinate.max));
  xml.leaf("clamped", flag(coordinate.clamped));
  xml.leaf("locked", flag(coordinate.locked));
  if (coordinate.prescribed) {
    xml.open("prescribed_function");
    write_function(xml, *coordinate.prescribed);
    xml.close();
  }
  xml.leaf("prescribed", flag(coordinate.prescribed.has_value()));
  xml.close();
}

void write_frame(Xml& xml, const std::string& name, const std::string& parent,
                 const RigidTransform& parent_from_frame) {
  xml.open("PhysicalOffsetFrame", name);
  xml.leaf("socket_parent", parent);
  xml.leaf("translation", numbers(parent_from_frame.translation));
  xml.leaf("orientation", numbers(xyz_angles_rad(parent_from_frame.rotation)));
  xml.close();
}

void write_axes(Xml& xml, const Model& model, const Joint& joint) {
  constexpr std::array<const char*, 6> kNames = {"rotation1",    "rotation2",    "rotation3",
                                                 "translation1", "translation2", "translation3"};
  xml.open("SpatialTransform");
  for (std::size_t i = 0; i < 6; ++i) {
    const TransformAxis& axis = joint.axes[i];
    xml.open("TransformAxis", kNames[i]);
    xml.leaf("coordinates",
             axis.coordinate == kNone
                 ? std::string()
                 : model.coordinates[static_cast<std::size_t>(axis.coordinate)].name);
    xml.leaf("axis", numbers(axis.axis));
    write_function(xml, axis.function);
    xml.close();
  }
  xml.close();
}

/// The same order as JointKind.
constexpr std::array<const char*, 9> kJointTags = {"CustomJoint", "PinJoint",       "WeldJoint",
                                                   "BallJoint",   "UniversalJoint", "FreeJoint",
                                                   "PlanarJoint", "SliderJoint",    "GimbalJoint"};

void write_joint(Xml& xml, const Model& model, std::size_t index) {
  const Joint& joint = model.joints[index];
  const int child = static_cast<int>(index) + 1;
  const auto frame_name = [&model](int body) {
    return path_part(model.bodies[static_cast<std::size_t>(body)].name) + "_offset";
  };
  const std::string parent_frame = frame_name(joint.parent);
  const std::string child_frame = frame_name(child);
  xml.open(kJointTags[static_cast<std::size_t>(joint.kind)], joint.name);
  xml.leaf("socket_parent_frame", parent_frame);
  xml.leaf("socket_child_frame", child_frame);
  xml.open("coordinates");
  for (const Coordinate& coordinate : model.coordinates) {
    if (coordinate.joint == static_cast<int>(index)) write_coordinate(xml, coordinate);
  }
  xml.close();
  xml.open("frames");
  write_frame(xml, parent_frame, body_path(model, joint.parent), joint.parent_from_frame);
  write_frame(xml, child_frame, body_path(model, child), joint.child_from_frame);
  xml.close();
  if (joint.kind == JointKind::kCustom) write_axes(xml, model, joint);
  xml.close();
}

/// Joints in the order of their coordinates, so that reading finds these in the same order.
std::vector<std::size_t> joint_order(const Model& model) {
  std::vector<std::size_t> key(model.joints.size(), model.coordinates.size());
  for (std::size_t c = model.coordinates.size(); c-- > 0;) {
    key[static_cast<std::size_t>(model.coordinates[c].joint)] = c;
  }
  std::vector<std::size_t> order(model.joints.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&key](std::size_t a, std::size_t b) { return key[a] < key[b]; });
  return order;
}

void write_coupler(Xml& xml, const Model& model, const CoordinateCoupler& coupler) {
  const auto name = [&model](int index) {
    return model.coordinates[static_cast<std::size_t>(index)].name;
  };
  ScalarFunction shape = coupler.function;
  shape.scale = 1.0;
  xml.open("CoordinateCouplerConstraint", coupler.name);
  xml.leaf("isEnforced", "true");
  xml.open("coupled_coordinates_function");
  write_function(xml, shape);
  xml.close();
  xml.leaf("independent_coordinate_names", name(coupler.independent));
  xml.leaf("dependent_coordinate_name", name(coupler.dependent));
  xml.leaf("scale_factor", fmt::format("{}", coupler.function.scale));
  xml.close();
}

void open_set(Xml& xml, const std::string& tag, const std::string& name) {
  xml.open(tag, name);
  xml.open("objects");
}

void close_set(Xml& xml) {
  xml.close();
  xml.line("<groups />");
  xml.close();
}

}  // namespace

std::string write_osim(const Model& model) {
  Xml xml;
  xml.line("<?xml version=\"1.0\" encoding=\"UTF-8\" ?>");
  xml.line("<OpenSimDocument Version=\"40000\">");
  xml.open("Model", model.name);
  xml.line("<Ground name=\"ground\" />");
  xml.leaf("gravity", "0 -9.80665 0");
  xml.leaf("length_units", "meters");
  xml.leaf("force_units", "N");

  open_set(xml, "BodySet", "bodyset");
  for (std::size_t b = 1; b < model.bodies.size(); ++b) write_body(xml, model.bodies[b]);
  close_set(xml);

  open_set(xml, "JointSet", "jointset");
  for (const std::size_t joint : joint_order(model)) write_joint(xml, model, joint);
  close_set(xml);

  open_set(xml, "ConstraintSet", "constraintset");
  for (const CoordinateCoupler& coupler : model.couplers) write_coupler(xml, model, coupler);
  close_set(xml);

  open_set(xml, "MarkerSet", "markerset");
  for (const ModelMarker& marker : model.markers) {
    xml.open("Marker", marker.name);
    xml.leaf("socket_parent_frame", body_path(model, marker.body));
    xml.leaf("location", numbers(marker.position_in_body_m));
    xml.leaf("fixed", "false");
    xml.close();
  }
  close_set(xml);

  xml.close();
  xml.line("</OpenSimDocument>");
  return xml.take();
}

}  // namespace catena
