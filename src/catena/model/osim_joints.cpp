#include "catena/model/osim_joints.h"

#include <Eigen/Geometry>
#include <algorithm>
#include <array>
#include <cmath>
#include <pugixml.hpp>

#include "catena/model/osim_axes.h"
#include "catena/model/osim_functions.h"

namespace catena {
namespace {

/// Which of the six axes (x y z rotation, x y z translation) the coordinates of a joint drive.
struct JointRecipe {
  const char* tag;
  JointKind kind;
  std::vector<int> axes;
};

const std::vector<JointRecipe>& recipes() {
  static const std::vector<JointRecipe> all = {
      {"CustomJoint", JointKind::kCustom, {}},
      {"PinJoint", JointKind::kPin, {2}},
      {"WeldJoint", JointKind::kWeld, {}},
      {"BallJoint", JointKind::kBall, {0, 1, 2}},
      {"UniversalJoint", JointKind::kUniversal, {0, 1}},
      {"FreeJoint", JointKind::kFree, {0, 1, 2, 3, 4, 5}},
      {"PlanarJoint", JointKind::kPlanar, {2, 3, 4}},
      {"SliderJoint", JointKind::kSlider, {3}},
      {"GimbalJoint", JointKind::kGimbal, {0, 1, 2}},
  };
  return all;
}

Result<void> read_range(const OsimSource& source, const pugi::xml_node& node,
                        Coordinate& coordinate, std::vector<std::string>& assumptions) {
  CATENA_TRY(range, read_numbers(source, node, "range"));
  if (range.size() == 2) {
    coordinate.min = range[0];
    coordinate.max = range[1];
  } else if (range.size() != 0) {
    return fail(Errc::kBadFormat,
                "the range of coordinate '" + coordinate.name + "' is not two numbers",
                source.place(property(node, "range")), "give its least and its largest value");
  } else if (coordinate.clamped) {
    // OpenSim leaves out what is at its default.
    coordinate.min = -10.0;
    coordinate.max = 10.0;
    assumptions.push_back("Coordinate '" + coordinate.name +
                          "' is clamped but has no range; OpenSim's default, -10 to 10, is used.");
  }
  if (coordinate.clamped && coordinate.min > coordinate.max) {
    return fail(Errc::kBadFormat,
                "the range of coordinate '" + coordinate.name + "' ends before it begins",
                source.place(property(node, "range")), "give its least value first");
  }
  const double inside =
      std::clamp(coordinate.default_value, std::min(coordinate.min, coordinate.max),
                 std::max(coordinate.min, coordinate.max));
  if (coordinate.clamped && !coordinate.locked && inside != coordinate.default_value) {
    coordinate.default_value = inside;
    assumptions.push_back("The default value of coordinate '" + coordinate.name +
                          "' lies outside its range and is moved to the range's end.");
  }
  return {};
}

Result<Coordinate> read_coordinate(const OsimSource& source, const pugi::xml_node& node,
                                   std::vector<std::string>& assumptions) {
  Coordinate coordinate;
  coordinate.name = name_of(node);
  if (coordinate.name.empty()) {
    return fail(Errc::kBadFormat, "this coordinate has no name", source.place(node));
  }
  CATENA_TRY(default_value, read_number(source, node, "default_value", 0.0));
  CATENA_TRY(clamped, read_flag(source, node, "clamped", false));
  CATENA_TRY(locked, read_flag(source, node, "locked", false));
  CATENA_TRY(prescribed, read_flag(source, node, "prescribed", false));
  coordinate.default_value = default_value;
  coordinate.clamped = clamped;
  coordinate.locked = locked;
  if (prescribed) {
    // Without a function OpenSim drops the flag, and so do we.
    const pugi::xml_node holder = property(node, "prescribed_function");
    CATENA_TRY(function, read_function_in(source, holder));
    coordinate.prescribed = function;
  }
  CATENA_CHECK(read_range(source, node, coordinate, assumptions));
  return coordinate;
}

Result<void> read_coordinates(const OsimSource& source, const pugi::xml_node& node,
                              JointDraft& draft) {
  std::vector<pugi::xml_node> nodes = objects_of(node.child("CoordinateSet"));
  for (const pugi::xml_node& child : node.child("coordinates").children("Coordinate")) {
    nodes.push_back(child);
  }
  if (nodes.size() > 6) {
    return fail(Errc::kBadFormat,
                describe(node) + " has " + std::to_string(nodes.size()) +
                    " coordinates; a joint has six at most",
                source.place(node));
  }
  for (const pugi::xml_node& child : nodes) {
    CATENA_TRY(coordinate, read_coordinate(source, child, draft.assumptions));
    draft.coordinates.push_back(coordinate);
  }
  return {};
}

Result<void> apply_recipe(const OsimSource& source, const pugi::xml_node& node,
                          const JointRecipe& recipe, JointDraft& draft) {
  if (draft.coordinates.size() > recipe.axes.size()) {
    return fail(Errc::kBadFormat,
                describe(node) + " has " + std::to_string(draft.coordinates.size()) +
                    " coordinates; this kind of joint has " + std::to_string(recipe.axes.size()),
                source.place(node));
  }
  while (draft.coordinates.size() < recipe.axes.size()) {
    Coordinate coordinate;
    coordinate.name = draft.joint.name + "_coord_" + std::to_string(draft.coordinates.size());
    draft.coordinates.push_back(coordinate);
  }
  for (std::size_t i = 0; i < recipe.axes.size(); ++i) {
    TransformAxis& axis = draft.joint.axes[static_cast<std::size_t>(recipe.axes[i])];
    axis.coordinate = static_cast<int>(i);
    axis.function = LinearFunction{1.0, 0.0};
    draft.coordinates[i].kind =
        recipe.axes[i] < 3 ? CoordinateKind::kRotation : CoordinateKind::kTranslation;
  }
  return {};
}

/// How OpenSim 4 tells the kind of a custom joint's coordinate: by the functions that it drives.
CoordinateKind kind_by_axes(const Joint& joint, int coordinate) {
  CoordinateKind kind = CoordinateKind::kCoupled;
  for (std::size_t i = 0; i < joint.axes.size(); ++i) {
    const TransformAxis& axis = joint.axes[i];
    const auto* linear = std::get_if<LinearFunction>(&axis.function.shape);
    if (axis.coordinate != coordinate || linear == nullptr) continue;
    if (std::abs(linear->slope) != 1.0 || axis.function.scale != 1.0) continue;
    kind = i < 3 ? CoordinateKind::kRotation : CoordinateKind::kTranslation;
  }
  return kind;
}

/// Files before 4.0 say the kind themselves, and draft files of their time follow it.
void set_custom_kinds(const pugi::xml_node& node, JointDraft& draft) {
  std::vector<pugi::xml_node> nodes = objects_of(node.child("CoordinateSet"));
  for (std::size_t i = 0; i < draft.coordinates.size(); ++i) {
    Coordinate& coordinate = draft.coordinates[i];
    coordinate.kind = kind_by_axes(draft.joint, static_cast<int>(i));
    const std::string said = i < nodes.size() ? word(nodes[i], "motion_type") : std::string();
    const CoordinateKind derived = coordinate.kind;
    if (said == "rotational") coordinate.kind = CoordinateKind::kRotation;
    if (said == "translational") coordinate.kind = CoordinateKind::kTranslation;
    if (said == "coupled") coordinate.kind = CoordinateKind::kCoupled;
    if (coordinate.kind != derived) {
      draft.assumptions.push_back("Coordinate '" + coordinate.name + "' is taken as " + said +
                                  ", as the file says; OpenSim 4 would tell it otherwise from "
                                  "the joint's functions.");
    }
  }
}

}  // namespace

bool is_joint(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  return node.type() == pugi::node_element && name.size() > 5 &&
         name.substr(name.size() - 5) == "Joint";
}

Result<JointDraft> read_joint(const OsimSource& source, const pugi::xml_node& node,
                              const std::string& fallback_name) {
  const std::string tag = node.name();
  const auto recipe = std::find_if(recipes().begin(), recipes().end(),
                                   [&tag](const JointRecipe& r) { return r.tag == tag; });
  if (recipe == recipes().end()) {
    return fail(Errc::kUnsupported,
                "joint '" + name_of(node) + "' is of kind " + tag + ", which Catena does not have",
                source.place(node), "replace it with a CustomJoint or another common joint");
  }
  CATENA_TRY(reversed, read_flag(source, node, "reverse", false));
  if (reversed) {
    return fail(Errc::kUnsupported, describe(node) + " is reversed (child to parent)",
                source.place(node), "turn the joint round in OpenSim and set reverse to false");
  }
  JointDraft draft;
  draft.joint.kind = recipe->kind;
  draft.joint.name = name_of(node).empty() ? fallback_name : name_of(node);
  draft.joint.axes = unmoved_axes();
  CATENA_CHECK(read_coordinates(source, node, draft));
  if (recipe->kind == JointKind::kCustom) {
    CATENA_CHECK(read_custom_axes(source, node, draft));
    set_custom_kinds(node, draft);
  } else {
    CATENA_CHECK(apply_recipe(source, node, *recipe, draft));
  }
  return draft;
}

}  // namespace catena
