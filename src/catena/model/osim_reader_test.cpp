#include "catena/model/osim_reader.h"

#include <gtest/gtest.h>

#include <Eigen/Geometry>

#include "catena/model/osim_test_documents.h"

namespace catena {
namespace {

using Eigen::Vector3d;

const Joint& joint_named(const Model& model, const std::string& name) {
  static const Joint none;
  for (const Joint& joint : model.joints) {
    if (joint.name == name) return joint;
  }
  ADD_FAILURE() << "no joint " << name;
  return none;
}

TEST(OsimReader, ReadsJointsInsideBodies) {
  const Model model = must_read(old_document(
      old_body("pelvis", old_joint("PinJoint", "hinge", "ground", coordinate("angle"),
                                   "<location_in_parent>1 2 3</location_in_parent>"
                                   "<orientation_in_parent>0.1 0.2 0.3</orientation_in_parent>"
                                   "<location>4 5 6</location><orientation>0 0 0.5</orientation>"
                                   "<reverse> false </reverse>"))));
  ASSERT_EQ(model.bodies.size(), 2U);
  ASSERT_EQ(model.joints.size(), 1U);
  const Joint& joint = model.joints[0];
  EXPECT_EQ(joint.kind, JointKind::kPin);
  EXPECT_EQ(joint.parent, kGround);
  EXPECT_EQ(joint.parent_from_frame.translation, Vector3d(1, 2, 3));
  EXPECT_EQ(joint.child_from_frame.translation, Vector3d(4, 5, 6));
  // Body-fixed x, then y, then z: what rotates last stands rightmost.
  const Eigen::Matrix3d expected =
      (Eigen::AngleAxisd(0.1, Vector3d::UnitX()) * Eigen::AngleAxisd(0.2, Vector3d::UnitY()) *
       Eigen::AngleAxisd(0.3, Vector3d::UnitZ()))
          .toRotationMatrix();
  EXPECT_LT((joint.parent_from_frame.rotation - expected).norm(), 1e-15);
  EXPECT_EQ(joint.axes[2].coordinate, 0);
  EXPECT_EQ(joint.axes[2].axis, Vector3d::UnitZ());
  EXPECT_EQ(joint.axes[0].coordinate, kNone);
}

TEST(OsimReader, ReadsJointSetsWithSocketsAndOffsetFrames) {
  const std::string frames =
      "<coordinates>" + coordinate("angle") + "</coordinates><frames>" +
      offset_frame("ground_offset", "/ground", "1 0 0", "0 0 1.5707963267948966") +
      offset_frame("pelvis_offset", "/bodyset/pelvis", "0 2 0") + "</frames>";
  const Model model =
      must_read(new_document(new_body("pelvis"), new_joint("PinJoint", "hinge", "ground_offset",
                                                           "pelvis_offset", frames)));
  ASSERT_EQ(model.joints.size(), 1U);
  EXPECT_EQ(model.joints[0].parent, kGround);
  EXPECT_EQ(model.joints[0].parent_from_frame.translation, Vector3d(1, 0, 0));
  EXPECT_LT(
      (model.joints[0].parent_from_frame.rotation * Vector3d::UnitX() - Vector3d::UnitY()).norm(),
      1e-15);
  EXPECT_EQ(model.joints[0].child_from_frame.translation, Vector3d(0, 2, 0));
}

TEST(OsimReader, FollowsFramesOnFramesAndOnBodies) {
  const std::string pelvis = new_body(
      "pelvis", "<components>" + offset_frame("crest", "..", "1 0 0", "0 0 1.5707963267948966") +
                    "</components>");
  const std::string joints =
      new_joint("WeldJoint", "a", "/ground", "/bodyset/pelvis") +
      new_joint("WeldJoint", "b", "tip", "/bodyset/femur",
                "<frames>" + offset_frame("tip", "/bodyset/pelvis/crest", "1 0 0") + "</frames>");
  const Model model = must_read(new_document(pelvis + new_body("femur"), joints));
  const Joint& joint = joint_named(model, "b");
  EXPECT_EQ(joint.parent, find_body(model, "pelvis"));
  EXPECT_LT((joint.parent_from_frame.translation - Vector3d(1, 1, 0)).norm(), 1e-15);
}

TEST(OsimReader, UnderstandsEverySpellingOfSockets) {
  const auto document = [](const std::string& joint_inside, const std::string& frame_inside) {
    return "<OpenSimDocument Version=\"30510\"><Model name=\"m\"><BodySet><objects>" +
           new_body("pelvis") + "</objects></BodySet><JointSet><objects><PinJoint name=\"j\">" +
           joint_inside + "<frames><PhysicalOffsetFrame name=\"ground_offset\">" + frame_inside +
           "<translation>1 2 3</translation></PhysicalOffsetFrame></frames></PinJoint></objects>"
           "</JointSet></Model></OpenSimDocument>";
  };
  const auto old_socket = [](const std::string& socket, const std::string& to) {
    return "<Connector_PhysicalFrame_ name=\"" + socket + "\"><connectee_name>" + to +
           "</connectee_name></Connector_PhysicalFrame_>";
  };
  const std::string paths[] = {
      document("<socket_parent_frame>ground_offset</socket_parent_frame>"
               "<socket_child_frame>/bodyset/pelvis</socket_child_frame>",
               "<socket_parent>/ground</socket_parent>"),
      document("<socket_parent_frame_connectee_name>ground_offset"
               "</socket_parent_frame_connectee_name><socket_child_frame_connectee_name>"
               "../../bodyset/pelvis</socket_child_frame_connectee_name>",
               "<socket_parent_connectee_name>../../../ground</socket_parent_connectee_name>"),
      document("<connector_parent_frame_connectee_name>j/ground_offset"
               "</connector_parent_frame_connectee_name><connector_child_frame_connectee_name>"
               "pelvis</connector_child_frame_connectee_name>",
               "<connector_parent_connectee_name>ground</connector_parent_connectee_name>"),
      document("<connectors>" + old_socket("parent_frame", "ground_offset") +
                   old_socket("child_frame", "pelvis") + "</connectors>",
               "<connectors>" + old_socket("parent", "ground") + "</connectors>"),
      document("<connectors>" + old_socket("parent_body", "/m/ground_offset") +
                   old_socket("child_body", "/m/bodyset/pelvis") + "</connectors>",
               "<connectors>" + old_socket("parent", "/m/ground") + "</connectors>"),
  };
  for (const std::string& bytes : paths) {
    const Model model = must_read(bytes);
    ASSERT_EQ(model.joints.size(), 1U) << bytes;
    EXPECT_EQ(model.joints[0].parent, kGround) << bytes;
    EXPECT_EQ(model.joints[0].parent_from_frame.translation, Vector3d(1, 2, 3)) << bytes;
  }
}

TEST(OsimReader, ReadsLocationsOfJointsInTheFirstJointSets) {
  const Model model = must_read(
      "<OpenSimDocument Version=\"30500\"><Model name=\"m\"><BodySet><objects>" +
      new_body("pelvis") +
      "</objects></BodySet><JointSet><objects><WeldJoint name=\"j\"><connectors>"
      "<Connector_Body_ name=\"parent_body\"><connectee_name>ground</connectee_name>"
      "</Connector_Body_><Connector_Body_ name=\"child_body\"><connectee_name>pelvis"
      "</connectee_name></Connector_Body_></connectors>"
      "<location_in_parent>1 2 3</location_in_parent><location_in_child>4 5 6</location_in_child>"
      "</WeldJoint></objects></JointSet></Model></OpenSimDocument>");
  ASSERT_EQ(model.joints.size(), 1U);
  EXPECT_EQ(model.joints[0].parent_from_frame.translation, Vector3d(1, 2, 3));
  EXPECT_EQ(model.joints[0].child_from_frame.translation, Vector3d(4, 5, 6));
}

TEST(OsimReader, ReadsMassesAndBothWaysToWriteInertia) {
  const Model model = must_read(new_document(
      "<Body name=\"a\"><mass>3</mass><mass_center>1 2 3</mass_center>"
      "<inertia>1 2 3 0.1 0.2 0.3</inertia></Body>"
      "<Body name=\"b\"><mass>3</mass><inertia_xx>1</inertia_xx><inertia_yy>2</inertia_yy>"
      "<inertia_zz>3</inertia_zz><inertia_xy>0.1</inertia_xy><inertia_xz>0.2</inertia_xz>"
      "<inertia_yz>0.3</inertia_yz></Body>",
      new_joint("WeldJoint", "j", "/ground", "/bodyset/a") +
          new_joint("WeldJoint", "k", "/bodyset/a", "/bodyset/b")));
  ASSERT_EQ(model.bodies.size(), 3U);
  EXPECT_EQ(model.bodies[1].mass_kg, 3.0);
  EXPECT_EQ(model.bodies[1].mass_center_in_body_m, Vector3d(1, 2, 3));
  Eigen::Matrix3d expected;
  expected << 1, 0.1, 0.2, 0.1, 2, 0.3, 0.2, 0.3, 3;
  EXPECT_EQ(model.bodies[1].inertia_in_body_kg_m2, expected);
  EXPECT_EQ(model.bodies[2].inertia_in_body_kg_m2, expected);
}

TEST(OsimReader, PutsParentsBeforeChildrenAndKeepsTheFilesOrderOtherwise) {
  const std::string joints = new_joint("PinJoint", "ankle", "/bodyset/tibia", "/bodyset/foot",
                                       "<coordinates>" + coordinate("ankle_q") + "</coordinates>") +
                             new_joint("PinJoint", "knee", "/bodyset/femur", "/bodyset/tibia",
                                       "<coordinates>" + coordinate("knee_q") + "</coordinates>") +
                             new_joint("PinJoint", "hip", "/ground", "/bodyset/femur",
                                       "<coordinates>" + coordinate("hip_q") + "</coordinates>");
  const std::string markers =
      "<MarkerSet><objects><Marker name=\"toe\"><socket_parent_frame>/bodyset/foot"
      "</socket_parent_frame><location>1 2 3</location></Marker></objects></MarkerSet>";
  const Model model = must_read(
      new_document(new_body("foot") + new_body("tibia") + new_body("femur"), joints, markers));
  ASSERT_EQ(model.bodies.size(), 4U);
  EXPECT_EQ(model.bodies[1].name, "femur");
  EXPECT_EQ(model.bodies[2].name, "tibia");
  EXPECT_EQ(model.bodies[3].name, "foot");
  EXPECT_EQ(model.joints[2].name, "ankle");
  EXPECT_EQ(model.joints[2].parent, 2);
  EXPECT_EQ(model.coordinates[0].name, "ankle_q") << "coordinates keep the file's order";
  EXPECT_EQ(model.coordinates[0].joint, 2);
  EXPECT_EQ(model.joints[2].axes[2].coordinate, 0);
  EXPECT_EQ(model.markers[0].body, 3);
}

TEST(OsimReader, ReadsCouplersInAnOrderThatCanBeApplied) {
  const auto coupler = [](const std::string& name, const std::string& from, const std::string& to,
                          const std::string& flag) {
    return "<CoordinateCouplerConstraint name=\"" + name + "\">" + flag +
           "<coupled_coordinates_function><LinearFunction><coefficients>2 1</coefficients>"
           "</LinearFunction></coupled_coordinates_function><independent_coordinate_names> " +
           from + " </independent_coordinate_names><dependent_coordinate_name> " + to +
           " </dependent_coordinate_name><scale_factor>3</scale_factor>"
           "</CoordinateCouplerConstraint>";
  };
  const Model model = must_read(old_document(
      old_body("b", old_joint("BallJoint", "j", "ground",
                              coordinate("x") + coordinate("y") + coordinate("z"))),
      "<ConstraintSet><objects>" + coupler("late", "y", "z", "<isDisabled>false</isDisabled>") +
          coupler("early", "x", "y", "<isEnforced>true</isEnforced>") +
          coupler("off", "z", "x", "<isEnforced>false</isEnforced>") +
          "<PointConstraint name=\"also_off\"><isDisabled>true</isDisabled></PointConstraint>"
          "</objects></ConstraintSet>"));
  ASSERT_EQ(model.couplers.size(), 2U);
  EXPECT_EQ(model.couplers[0].name, "early");
  EXPECT_EQ(model.couplers[0].independent, 0);
  EXPECT_EQ(model.couplers[0].dependent, 1);
  EXPECT_EQ(model.couplers[1].name, "late");
  EXPECT_EQ(evaluate(model.couplers[0].function, 5.0).value, 33.0);
  ASSERT_EQ(model.assumptions.size(), 2U);
  EXPECT_EQ(model.assumptions[0],
            "CoordinateCouplerConstraint 'off' is not enforced, as the file says.");
}

TEST(OsimReader, ReadsMarkersOnBodiesAndOnFrames) {
  const std::string pelvis = new_body(
      "pelvis", "<components>" + offset_frame("crest", "..", "1 0 0", "0 0 1.5707963267948966") +
                    "</components>");
  const std::string markers =
      "<MarkerSet><objects>"
      "<Marker name=\"old\"><body> pelvis </body><location> 1 2 3 </location></Marker>"
      "<Marker name=\"on_frame\"><socket_parent_frame>/bodyset/pelvis/crest</socket_parent_frame>"
      "<location>1 0 0</location></Marker>"
      "<Marker name=\"early4\"><socket_parent_frame_connectee_name>../../bodyset/pelvis"
      "</socket_parent_frame_connectee_name><location>0 0 1</location></Marker>"
      "<Marker name=\"fixed\"><body>ground</body><location>0 0 2</location></Marker>"
      "</objects></MarkerSet>";
  const Model model = must_read(
      new_document(pelvis, new_joint("WeldJoint", "j", "/ground", "/bodyset/pelvis"), markers));
  ASSERT_EQ(model.markers.size(), 4U);
  EXPECT_EQ(model.markers[0].body, 1);
  EXPECT_EQ(model.markers[0].position_in_body_m, Vector3d(1, 2, 3));
  EXPECT_EQ(model.markers[1].body, 1);
  EXPECT_LT((model.markers[1].position_in_body_m - Vector3d(1, 1, 0)).norm(), 1e-15);
  EXPECT_EQ(model.markers[2].body, 1);
  EXPECT_EQ(model.markers[3].body, kGround);
}

TEST(OsimReader, CountsWhatItPassesOver) {
  const Model model = must_read(new_document(
      new_body("b", "<WrapObjectSet><objects><WrapCylinder/></objects></WrapObjectSet>"),
      new_joint("WeldJoint", "j", "/ground", "/bodyset/b"),
      "<ForceSet><objects><Thelen2003Muscle name=\"x\"/><Thelen2003Muscle name=\"y\"/>"
      "<CoordinateActuator/></objects></ForceSet><gravity>0 0 -9.8</gravity>"));
  const std::vector<std::string> expected = {
      "Gravity in the model does not point along -y; Catena takes y as up all the same.",
      "Forces are passed over: 1 CoordinateActuator, 2 Thelen2003Muscle.",
      "Wrap objects are passed over: 1.",
  };
  EXPECT_EQ(model.assumptions, expected);
}

TEST(MarkerSet, MovesKnownMarkersAndAddsNewOnes) {
  Model model = must_read(old_document(
      old_body("b", old_joint("PinJoint", "j", "ground", coordinate("q"))),
      "<MarkerSet><objects><Marker name=\"m1\"><body>b</body><location>0 0 0</location></Marker>"
      "</objects></MarkerSet>"));
  const std::string set =
      "<OpenSimDocument Version=\"40000\"><MarkerSet><objects>"
      "<Marker name=\"m1\"><socket_parent_frame>/bodyset/b</socket_parent_frame>"
      "<location>1 0 0</location></Marker><Marker name=\"m2\"><body>ground</body>"
      "<location>0 1 0</location></Marker></objects></MarkerSet></OpenSimDocument>";
  const Result<void> applied = apply_marker_set(model, set, "set.xml");
  ASSERT_TRUE(applied) << to_sentence(applied.error());
  ASSERT_EQ(model.markers.size(), 2U);
  EXPECT_EQ(model.markers[0].name, "m1");
  EXPECT_EQ(model.markers[0].position_in_body_m, Vector3d(1, 0, 0));
  EXPECT_EQ(model.markers[1].body, kGround);
}

}  // namespace
}  // namespace catena
