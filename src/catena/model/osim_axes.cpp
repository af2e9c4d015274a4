#include "catena/model/osim_axes.h"

#include <Eigen/Geometry>
#include <algorithm>
#include <pugixml.hpp>

#include "catena/model/osim_functions.h"

namespace catena {
namespace {

constexpr std::array<const char*, 6> kAxisNames = {"rotation1",    "rotation2",    "rotation3",
                                                   "translation1", "translation2", "translation3"};

/// Index of the named coordinate within the joint. A coordinate that only an axis names is added,
/// as OpenSim does.
Result<int> coordinate_of_axis(const OsimSource& source, const pugi::xml_node& node,
                               const std::string& name, JointDraft& draft) {
  const auto found = std::find_if(draft.coordinates.begin(), draft.coordinates.end(),
                                  [&name](const Coordinate& c) { return c.name == name; });
  if (found != draft.coordinates.end()) {
    return static_cast<int>(found - draft.coordinates.begin());
  }
  if (draft.coordinates.size() >= 6) {
    return fail(Errc::kBadFormat,
                "joint '" + draft.joint.name + "' has no coordinate '" + name + "'",
                source.place(node), "correct the name in this axis");
  }
  Coordinate coordinate;
  coordinate.name = name;
  draft.coordinates.push_back(coordinate);
  draft.assumptions.push_back("Coordinate '" + name + "' is named by an axis of joint '" +
                              draft.joint.name + "' only; it is free and starts at 0.");
  return static_cast<int>(draft.coordinates.size()) - 1;
}

Result<TransformAxis> read_axis(const OsimSource& source, const pugi::xml_node& node,
                                const Eigen::Vector3d& fallback, JointDraft& draft) {
  TransformAxis axis;
  CATENA_TRY(direction, read_vector3(source, node, "axis", fallback));
  if (!(direction.norm() > 1e-9)) {
    return fail(Errc::kBadFormat, "an axis of joint '" + draft.joint.name + "' has no direction",
                source.place(node), "give a vector of length 1");
  }
  axis.axis = direction.normalized();
  std::vector<std::string> names = words(node, "coordinates");
  if (names.empty()) names = words(node, "coordinate");
  if (names.size() > 1) {
    return fail(Errc::kUnsupported,
                "axis '" + name_of(node) + "' of joint '" + draft.joint.name + "' depends on " +
                    std::to_string(names.size()) + " coordinates (" + names[0] + ", " + names[1] +
                    (names.size() > 2 ? ", ..." : "") + "); Catena follows one",
                source.place(node));
  }
  if (names.size() == 1) {
    CATENA_TRY(index, coordinate_of_axis(source, node, names[0], draft));
    axis.coordinate = index;
    axis.function = LinearFunction{1.0, 0.0};
  }
  CATENA_TRY(function, read_function_in(source, node));
  if (function) axis.function = *function;
  if (axis.coordinate == kNone && !std::holds_alternative<ConstantFunction>(axis.function.shape)) {
    return fail(Errc::kBadFormat,
                "axis '" + name_of(node) + "' of joint '" + draft.joint.name +
                    "' has a function but names no coordinate",
                source.place(node), "name the coordinate, or make the function a Constant");
  }
  return axis;
}

/// Makes the axes from `known` on independent of those before, as OpenSim completes old joints.
void complete_axes(std::array<TransformAxis, 6>& axes, std::size_t first, std::size_t known) {
  if (known == 0 || known == 3) return;
  const Eigen::Vector3d& one = axes[first].axis;
  Eigen::Vector3d& two = axes[first + 1].axis;
  if (known == 1 && std::abs(std::abs(one.dot(two)) - 1.0) < 1e-4) two = axes[first + 2].axis;
  const Eigen::Vector3d cross = known == 2 ? one.cross(two) : two.cross(one);
  if (cross.norm() > 0.0) axes[first + 2].axis = cross.normalized();
}

Result<void> read_old_axes(const OsimSource& source, const std::vector<pugi::xml_node>& nodes,
                           JointDraft& draft) {
  std::array<std::size_t, 2> count = {0, 0};  // rotations, translations
  for (const pugi::xml_node& node : nodes) {
    CATENA_TRY(is_rotation, read_flag(source, node, "is_rotation", false));
    const std::size_t group = is_rotation ? 0 : 1;
    if (count[group] == 3) {
      return fail(Errc::kBadFormat,
                  "joint '" + draft.joint.name + "' has more than three " +
                      (is_rotation ? "rotations" : "translations"),
                  source.place(node));
    }
    TransformAxis& slot = draft.joint.axes[3 * group + count[group]++];
    CATENA_TRY(axis, read_axis(source, node, slot.axis, draft));
    slot = axis;
  }
  complete_axes(draft.joint.axes, 0, count[0]);
  complete_axes(draft.joint.axes, 3, count[1]);
  return {};
}

Result<void> read_new_axes(const OsimSource& source, const pugi::xml_node& transform,
                           JointDraft& draft) {
  std::size_t position = 0;
  for (const pugi::xml_node& node : transform.children("TransformAxis")) {
    const std::string name = name_of(node);
    const auto named = std::find(kAxisNames.begin(), kAxisNames.end(), name);
    const std::size_t index =
        named == kAxisNames.end() ? position : static_cast<std::size_t>(named - kAxisNames.begin());
    if (index >= 6) {
      return fail(Errc::kBadFormat, "joint '" + draft.joint.name + "' has more than six axes",
                  source.place(node));
    }
    CATENA_TRY(axis, read_axis(source, node, draft.joint.axes[index].axis, draft));
    draft.joint.axes[index] = axis;
    position = index + 1;
  }
  return {};
}

Result<void> check_axes(const OsimSource& source, const pugi::xml_node& node,
                        const JointDraft& draft) {
  const std::array<TransformAxis, 6>& axes = draft.joint.axes;
  for (std::size_t first : {std::size_t{0}, std::size_t{3}}) {
    for (std::size_t i = 0; i < 3; ++i) {
      const Eigen::Vector3d& a = axes[first + i].axis;
      const Eigen::Vector3d& b = axes[first + (i + 1) % 3].axis;
      if (a.cross(b).norm() >= 1e-5) continue;
      return fail(Errc::kBadFormat, "two axes of joint '" + draft.joint.name + "' are collinear",
                  source.place(node), "give three different directions");
    }
  }
  for (std::size_t i = 0; i < draft.coordinates.size(); ++i) {
    const auto drives = [i](const TransformAxis& a) { return a.coordinate == static_cast<int>(i); };
    if (std::any_of(axes.begin(), axes.end(), drives)) continue;
    return fail(Errc::kBadFormat,
                "coordinate '" + draft.coordinates[i].name + "' moves no axis of joint '" +
                    draft.joint.name + "'",
                source.place(node), "take it out, or name it in an axis");
  }
  return {};
}

}  // namespace

std::array<TransformAxis, 6> unmoved_axes() {
  std::array<TransformAxis, 6> axes;
  for (int i = 0; i < 6; ++i) axes[static_cast<std::size_t>(i)].axis = Eigen::Vector3d::Unit(i % 3);
  return axes;
}

Result<void> read_custom_axes(const OsimSource& source, const pugi::xml_node& node,
                              JointDraft& draft) {
  const pugi::xml_node transform = node.child("SpatialTransform");
  const pugi::xml_node old_set = node.child("TransformAxisSet");
  if (!transform && old_set) {
    std::vector<pugi::xml_node> nodes;
    for (const pugi::xml_node& axis : objects_of(old_set)) {
      if (std::string_view(axis.name()) == "TransformAxis") nodes.push_back(axis);
    }
    CATENA_CHECK(read_old_axes(source, nodes, draft));
  } else {
    CATENA_CHECK(read_new_axes(source, transform, draft));
  }
  return check_axes(source, node, draft);
}

}  // namespace catena
