// Small .osim documents for tests. Included by tests only.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "catena/model/osim_reader.h"

namespace catena {

/// The model of such a document; a failure of the test where it cannot be read.
inline Model must_read(const std::string& bytes) {
  Result<Model> model = parse_osim(bytes, "m.osim");
  if (model) return *model;
  ADD_FAILURE() << to_sentence(model.error());
  return {};
}

/// Files before 3.5: joints stand inside the bodies. `bodies` goes into <BodySet>.
inline std::string old_document(const std::string& bodies, const std::string& rest = "") {
  return "<?xml version=\"1.0\"?>\n<OpenSimDocument Version=\"20302\">\n<Model name=\"m\">\n"
         "<BodySet><objects>\n<Body name=\"ground\"><mass>0</mass><Joint/></Body>\n" +
         bodies + "</objects></BodySet>\n" + rest + "</Model>\n</OpenSimDocument>\n";
}

/// A body of such a file. `joint` is the whole joint element.
inline std::string old_body(const std::string& name, const std::string& joint) {
  return "<Body name=\"" + name + "\"><mass>1</mass>\n<Joint>" + joint + "</Joint></Body>\n";
}

inline std::string coordinate(const std::string& name, const std::string& inside = "") {
  return "<Coordinate name=\"" + name + "\">" + inside + "</Coordinate>\n";
}

inline std::string old_joint(const std::string& tag, const std::string& name,
                             const std::string& parent, const std::string& coordinates,
                             const std::string& rest = "") {
  return "<" + tag + " name=\"" + name + "\"><parent_body> " + parent + " </parent_body>\n" +
         "<CoordinateSet><objects>\n" + coordinates + "</objects></CoordinateSet>\n" + rest + "</" +
         tag + ">";
}

/// Files since 4.0: a joint set, sockets and offset frames.
inline std::string new_document(const std::string& bodies, const std::string& joints,
                                const std::string& rest = "") {
  return "<?xml version=\"1.0\"?>\n<OpenSimDocument Version=\"40000\">\n<Model name=\"m\">\n"
         "<Ground name=\"ground\"/>\n<BodySet name=\"bodyset\"><objects>\n" +
         bodies + "</objects></BodySet>\n<JointSet name=\"jointset\"><objects>\n" + joints +
         "</objects></JointSet>\n" + rest + "</Model>\n</OpenSimDocument>\n";
}

inline std::string new_body(const std::string& name, const std::string& inside = "") {
  return "<Body name=\"" + name + "\"><mass>1</mass>" + inside + "</Body>\n";
}

inline std::string new_joint(const std::string& tag, const std::string& name,
                             const std::string& parent, const std::string& child,
                             const std::string& rest = "") {
  return "<" + tag + " name=\"" + name + "\">\n<socket_parent_frame>" + parent +
         "</socket_parent_frame>\n<socket_child_frame>" + child + "</socket_child_frame>\n" + rest +
         "</" + tag + ">\n";
}

inline std::string offset_frame(const std::string& name, const std::string& parent,
                                const std::string& translation,
                                const std::string& orientation = "0 0 0") {
  return "<PhysicalOffsetFrame name=\"" + name + "\"><socket_parent>" + parent +
         "</socket_parent><translation>" + translation + "</translation><orientation>" +
         orientation + "</orientation></PhysicalOffsetFrame>\n";
}

inline std::string axis(const std::string& name, const std::string& coordinates,
                        const std::string& direction, const std::string& function = "") {
  return "<TransformAxis name=\"" + name + "\"><coordinates>" + coordinates +
         "</coordinates><axis>" + direction + "</axis>" + function + "</TransformAxis>\n";
}

}  // namespace catena
