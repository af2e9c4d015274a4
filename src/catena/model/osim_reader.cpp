#include "catena/model/osim_reader.h"

#include <pugixml.hpp>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "catena/core/file.h"
#include "catena/model/osim_constraints.h"
#include "catena/model/osim_frames.h"
#include "catena/model/osim_joints.h"
#include "catena/model/osim_markers.h"
#include "catena/model/osim_passed_over.h"
#include "catena/model/osim_tree.h"
#include "catena/model/osim_xml.h"

namespace catena {
namespace {

// The largest published models are a few megabytes.
constexpr std::size_t kLargestFileBytes = std::size_t{256} << 20;
constexpr int kOldestVersion = 10800;
constexpr int kNewestVersion = 49999;

/// A joint and, in files before 3.5, the body that it stands in.
struct JointNode {
  pugi::xml_node node;
  int owner = kNone;
};

struct Reading {
  const OsimSource& source;
  pugi::xml_node model;
  FrameTable frames;
  ModelDraft draft;
};

/// Objects of a set, and those of that kind among the model's other components.
Result<std::vector<pugi::xml_node>> objects_in(const Reading& reading, const char* set) {
  const pugi::xml_node node = reading.model.child(set);
  const std::string file = node.attribute("file").value();
  if (!file.empty()) {
    return fail(Errc::kUnsupported,
                "<" + std::string(set) + "> stands in another file, '" + file + "'",
                reading.source.place(node), "open and save the model in OpenSim to have one file");
  }
  return objects_of(node);
}

Result<Eigen::Matrix3d> read_inertia(const OsimSource& source, const pugi::xml_node& node) {
  CATENA_TRY(six, read_numbers(source, node, "inertia"));
  if (six.size() == 0) {
    six = Eigen::VectorXd::Zero(6);
    int i = 0;
    for (const char* name :
         {"inertia_xx", "inertia_yy", "inertia_zz", "inertia_xy", "inertia_xz", "inertia_yz"}) {
      CATENA_TRY(value, read_number(source, node, name, 0.0));
      six[i++] = value;
    }
  }
  if (six.size() != 6) {
    return fail(Errc::kBadFormat,
                "<inertia> of " + describe(node) + " holds " + std::to_string(six.size()) +
                    " numbers instead of six",
                source.place(property(node, "inertia")));
  }
  Eigen::Matrix3d inertia;
  inertia << six[0], six[3], six[4],  //
      six[3], six[1], six[5],         //
      six[4], six[5], six[2];
  return inertia;
}

Result<Body> read_body(Reading& reading, const pugi::xml_node& node) {
  Body body;
  body.name = name_of(node);
  if (body.name.empty()) {
    return fail(Errc::kBadFormat, "this body has no name", reading.source.place(node));
  }
  CATENA_TRY(mass, read_number(reading.source, node, "mass", 0.0));
  CATENA_TRY(center, read_vector3(reading.source, node, "mass_center", Eigen::Vector3d::Zero()));
  CATENA_TRY(inertia, read_inertia(reading.source, node));
  if (mass < 0.0) {
    return fail(Errc::kBadFormat, "body '" + body.name + "' has a negative mass",
                reading.source.place(property(node, "mass")));
  }
  if (body.name != "ground" && !property(node, "mass")) {
    reading.draft.model.assumptions.push_back("Body '" + body.name +
                                              "' has no mass in the file; 0 kg is assumed.");
  }
  body.mass_kg = mass;
  body.mass_center_in_body_m = center;
  body.inertia_in_body_kg_m2 = inertia;
  return body;
}

Result<void> read_bodies(Reading& reading, std::vector<JointNode>& joints) {
  CATENA_TRY(nodes, objects_in(reading, "BodySet"));
  for (const pugi::xml_node& extra : reading.model.child("components").children("Body")) {
    nodes.push_back(extra);
  }
  ModelDraft& draft = reading.draft;
  Body ground;
  ground.name = "ground";
  draft.model.bodies.push_back(ground);
  draft.body_places.push_back(reading.source.place(reading.model));
  CATENA_CHECK(
      reading.frames.add_body(reading.source, reading.model.child("Ground"), "ground", kGround));
  std::unordered_set<std::string> names = {"ground"};
  for (const pugi::xml_node& node : nodes) {
    if (std::string_view(node.name()) != "Body") {
      return fail(Errc::kUnsupported, describe(node) + " is not a rigid body",
                  reading.source.place(node));
    }
    // Files before 3.5 list ground among the bodies; it weighs nothing whatever they say.
    if (name_of(node) == "ground") continue;
    CATENA_TRY(body, read_body(reading, node));
    if (!names.insert(path_part(body.name)).second) {
      return fail(Errc::kBadFormat, "there are two bodies named '" + body.name + "'",
                  reading.source.place(node), "rename one");
    }
    const int index = static_cast<int>(draft.model.bodies.size());
    draft.model.bodies.push_back(body);
    draft.body_places.push_back(reading.source.place(node));
    CATENA_CHECK(reading.frames.add_body(reading.source, node, body.name, index));
    const pugi::xml_node joint = first_element(node.child("Joint"));
    if (joint) joints.push_back({joint, index});
  }
  return {};
}

/// Joints of the joint set, and the frames that stand anywhere outside bodies.
Result<void> read_joint_nodes(Reading& reading, std::vector<JointNode>& joints) {
  CATENA_TRY(nodes, objects_in(reading, "JointSet"));
  std::vector<pugi::xml_node> others = objects_of(reading.model.child("ComponentSet"));
  for (const pugi::xml_node& child : reading.model.child("components").children()) {
    (is_joint(child) ? nodes : others).push_back(child);
  }
  for (const pugi::xml_node& node : nodes) {
    joints.push_back({node, kNone});
    CATENA_CHECK(reading.frames.add_frames_in(reading.source, node,
                                              "/jointset/" + path_part(name_of(node))));
  }
  for (const pugi::xml_node& node : others) {
    if (std::string_view(node.name()) != "PhysicalOffsetFrame") continue;
    CATENA_CHECK(reading.frames.add_frame(reading.source, node,
                                          "/componentset/" + path_part(name_of(node))));
  }
  return {};
}

Result<RigidTransform> read_offset(const OsimSource& source, const pugi::xml_node& node,
                                   const char* location, const char* orientation) {
  CATENA_TRY(translation, read_vector3(source, node, location, Eigen::Vector3d::Zero()));
  CATENA_TRY(angles_rad, read_vector3(source, node, orientation, Eigen::Vector3d::Zero()));
  return RigidTransform{rotation_from_xyz(angles_rad), translation};
}

std::string body_at_socket(const pugi::xml_node& node, const std::string& end) {
  for (const std::string& socket : {end + "_frame", end + "_body"}) {
    const std::string connected = connectee(node, socket);
    if (!connected.empty()) return connected;
  }
  return content(node.child((end + "_body").c_str()));
}

/// Fills in which bodies the joint connects, and where; returns the child body.
Result<int> connect_joint(const Reading& reading, const JointNode& joint_node, Joint& joint) {
  const pugi::xml_node& node = joint_node.node;
  const std::string place = reading.source.place(node);
  const std::string path = "/jointset/" + path_part(name_of(node));
  const std::string parent = body_at_socket(node, "parent");
  const std::string child = body_at_socket(node, "child");
  if (parent.empty() || (child.empty() && joint_node.owner == kNone)) {
    return fail(Errc::kMissingData,
                "joint '" + joint.name + "' names no " + (parent.empty() ? "parent" : "child"),
                place, "say which body it connects");
  }
  CATENA_TRY(on_parent, reading.frames.resolve(parent, path, place));
  FrameOnBody on_child{joint_node.owner, {}};
  if (joint_node.owner == kNone) {
    CATENA_TRY(resolved, reading.frames.resolve(child, path, place));
    on_child = resolved;
  }
  const bool old_names = !property(node, "location_in_child");
  CATENA_TRY(parent_offset,
             read_offset(reading.source, node, "location_in_parent", "orientation_in_parent"));
  CATENA_TRY(child_offset,
             read_offset(reading.source, node, old_names ? "location" : "location_in_child",
                         old_names ? "orientation" : "orientation_in_child"));
  joint.parent = on_parent.body;
  joint.parent_from_frame = on_parent.body_from_frame * parent_offset;
  joint.child_from_frame = on_child.body_from_frame * child_offset;
  return on_child.body;
}

Result<void> add_coordinates(Reading& reading, const JointNode& joint_node, JointDraft& motion,
                             std::unordered_set<std::string>& names) {
  Model& model = reading.draft.model;
  const int first = static_cast<int>(model.coordinates.size());
  for (TransformAxis& axis : motion.joint.axes) {
    if (axis.coordinate != kNone) axis.coordinate += first;
  }
  for (Coordinate& coordinate : motion.coordinates) {
    if (!names.insert(coordinate.name).second) {
      return fail(Errc::kBadFormat, "there are two coordinates named '" + coordinate.name + "'",
                  reading.source.place(joint_node.node), "rename one");
    }
    coordinate.joint = static_cast<int>(model.joints.size());
    model.coordinates.push_back(coordinate);
  }
  model.assumptions.insert(model.assumptions.end(), motion.assumptions.begin(),
                           motion.assumptions.end());
  return {};
}

Result<void> read_joints(Reading& reading, const std::vector<JointNode>& nodes) {
  ModelDraft& draft = reading.draft;
  std::unordered_set<std::string> joint_names;
  std::unordered_set<std::string> coordinate_names;
  for (const JointNode& joint_node : nodes) {
    const std::string owner =
        joint_node.owner == kNone
            ? std::string("joint")
            : draft.model.bodies[static_cast<std::size_t>(joint_node.owner)].name + "_joint";
    CATENA_TRY(motion, read_joint(reading.source, joint_node.node, owner));
    if (!joint_names.insert(motion.joint.name).second) {
      return fail(Errc::kBadFormat, "there are two joints named '" + motion.joint.name + "'",
                  reading.source.place(joint_node.node), "rename one");
    }
    CATENA_TRY(child, connect_joint(reading, joint_node, motion.joint));
    CATENA_CHECK(add_coordinates(reading, joint_node, motion, coordinate_names));
    draft.model.joints.push_back(std::move(motion.joint));
    draft.child.push_back(child);
    draft.joint_places.push_back(reading.source.place(joint_node.node));
  }
  return {};
}

/// What Catena takes for granted of the whole document.
Result<void> note_conventions(Reading& reading) {
  std::vector<std::string>& assumptions = reading.draft.model.assumptions;
  CATENA_TRY(gravity, read_vector3(reading.source, reading.model, "gravity",
                                   Eigen::Vector3d(0.0, -9.80665, 0.0)));
  if (!(gravity.y() < 0.0) || gravity.x() != 0.0 || gravity.z() != 0.0) {
    assumptions.push_back(
        "Gravity in the model does not point along -y; Catena takes y as up all the same.");
  }
  const std::string units = word(reading.model, "length_units");
  if (!units.empty() && units != "meters" && units != "m" && units != "metres") {
    assumptions.push_back("The model says its length units are '" + units +
                          "'; OpenSim and Catena read metres all the same.");
  }
  for (std::string& sentence : passed_over(reading.model)) assumptions.push_back(sentence);
  return {};
}

Result<pugi::xml_node> find_document(const OsimSource& source, const pugi::xml_document& document) {
  const pugi::xml_node root = first_element(document);
  if (std::string_view(root.name()) != "OpenSimDocument") {
    return fail(
        Errc::kBadFormat,
        "the outermost element is <" + std::string(root.name()) + ">, not <OpenSimDocument>",
        source.place(root), "give a file that OpenSim 2 or later has saved");
  }
  const int version = root.attribute("Version").as_int(-1);
  if (version < kOldestVersion || version > kNewestVersion) {
    return fail(Errc::kUnsupported,
                "the document's version is '" + std::string(root.attribute("Version").value()) +
                    "'; Catena reads 10901 (1.09) to 4.x",
                source.place(root), "open and save the file in OpenSim 4");
  }
  return root;
}

Result<pugi::xml_node> find_model(const OsimSource& source, const pugi::xml_document& document) {
  CATENA_TRY(root, find_document(source, document));
  const pugi::xml_node model = root.child("Model");
  if (!model) {
    const std::string found = first_element(root).name();
    return fail(
        Errc::kMissingData,
        "there is no <Model> in this document" + (found.empty() ? "" : ", but <" + found + ">"),
        source.place(root), "give the model's .osim file");
  }
  if (!model.child("BodySet") && !model.child("components")) {
    return fail(Errc::kMissingData, "the model has no bodies", source.place(model),
                "give the model's whole .osim file");
  }
  return model;
}

/// <MarkerSet> of a marker-set file, with or without the document around it.
Result<pugi::xml_node> find_marker_set(const OsimSource& source,
                                       const pugi::xml_document& document) {
  const pugi::xml_node root = first_element(document);
  if (std::string_view(root.name()) == "MarkerSet") return root;
  CATENA_TRY(outer, find_document(source, document));
  const pugi::xml_node set = outer.child("MarkerSet");
  if (set) return set;
  return fail(Errc::kMissingData,
              "there is no <MarkerSet> in this document, but <" +
                  std::string(first_element(outer).name()) + ">",
              source.place(outer), "give a marker-set file");
}

Error printable(Error error) {
  error.what = fit_to_print(error.what);
  if (error.hint.empty()) error.hint = "correct this line, or the model in OpenSim";
  return error;
}

Result<Model> parse_model(std::string_view bytes, const OsimSource& source) {
  pugi::xml_document document;
  CATENA_CHECK(load_xml(document, bytes, source));
  CATENA_TRY(model_node, find_model(source, document));
  Reading reading{source, model_node, {}, {}};
  ModelDraft& draft = reading.draft;
  draft.model.name = name_of(model_node);

  std::vector<JointNode> joint_nodes;
  CATENA_CHECK(read_bodies(reading, joint_nodes));
  CATENA_CHECK(read_joint_nodes(reading, joint_nodes));
  CATENA_CHECK(read_joints(reading, joint_nodes));

  CATENA_TRY(constraints, objects_in(reading, "ConstraintSet"));
  CATENA_CHECK(read_constraints(source, constraints, draft));

  CATENA_TRY(marker_nodes, objects_in(reading, "MarkerSet"));
  CATENA_TRY(markers, read_markers(source, marker_nodes, reading.frames));
  draft.model.markers = markers;

  CATENA_CHECK(order_bodies(draft));
  CATENA_CHECK(order_couplers(draft));
  CATENA_CHECK(note_conventions(reading));
  for (std::string& sentence : draft.model.assumptions) sentence = fit_to_print(sentence);
  return std::move(draft.model);
}

Result<std::vector<ModelMarker>> parse_markers(const Model& model, std::string_view bytes,
                                               const OsimSource& source) {
  pugi::xml_document document;
  CATENA_CHECK(load_xml(document, bytes, source));
  CATENA_TRY(set, find_marker_set(source, document));
  FrameTable frames;
  CATENA_CHECK(frames.add_body(source, {}, "ground", kGround));
  for (std::size_t b = 1; b < model.bodies.size(); ++b) {
    CATENA_CHECK(frames.add_body(source, {}, model.bodies[b].name, static_cast<int>(b)));
  }
  return read_markers(source, objects_of(set), frames);
}

}  // namespace

Result<Model> parse_osim(std::string_view bytes, std::string_view source) {
  return parse_model(bytes, OsimSource(bytes, source)).map_error(printable);
}

Result<Model> read_osim(const std::filesystem::path& path) {
  CATENA_TRY(bytes, read_file(path, kLargestFileBytes));
  return parse_osim(bytes, path.string());
}

Result<std::vector<ModelMarker>> parse_marker_set(const Model& model, std::string_view bytes,
                                                  std::string_view source) {
  return parse_markers(model, bytes, OsimSource(bytes, source)).map_error(printable);
}

Result<void> apply_marker_set(Model& model, std::string_view bytes, std::string_view source) {
  CATENA_TRY(markers, parse_marker_set(model, bytes, source));
  std::unordered_map<std::string, std::size_t> index;
  for (std::size_t i = 0; i < model.markers.size(); ++i) index[model.markers[i].name] = i;
  for (const ModelMarker& marker : markers) {
    const auto known = index.find(marker.name);
    if (known == index.end()) {
      model.markers.push_back(marker);
    } else {
      model.markers[known->second] = marker;
    }
  }
  return {};
}

}  // namespace catena
