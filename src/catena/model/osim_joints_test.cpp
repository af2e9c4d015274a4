// Joints, axes and coordinates as .osim files write them.
#include "catena/model/osim_reader.h"

#include <gtest/gtest.h>

#include <Eigen/Geometry>

#include "catena/model/osim_test_documents.h"

namespace catena {
namespace {

using Eigen::Vector3d;

TEST(OsimJoints, GivesEachKindOfJointItsAxes) {
  struct Expected {
    const char* tag;
    JointKind kind;
    std::vector<int> axes;
  };
  const std::vector<Expected> all = {
      {"PinJoint", JointKind::kPin, {2}},
      {"WeldJoint", JointKind::kWeld, {}},
      {"BallJoint", JointKind::kBall, {0, 1, 2}},
      {"UniversalJoint", JointKind::kUniversal, {0, 1}},
      {"FreeJoint", JointKind::kFree, {0, 1, 2, 3, 4, 5}},
      {"PlanarJoint", JointKind::kPlanar, {2, 3, 4}},
      {"SliderJoint", JointKind::kSlider, {3}},
      {"GimbalJoint", JointKind::kGimbal, {0, 1, 2}},
  };
  for (const Expected& expected : all) {
    const Model model =
        must_read(old_document(old_body("b", old_joint(expected.tag, "j", "ground", ""))));
    ASSERT_EQ(model.joints.size(), 1U) << expected.tag;
    EXPECT_EQ(model.joints[0].kind, expected.kind);
    ASSERT_EQ(model.coordinates.size(), expected.axes.size()) << expected.tag;
    for (std::size_t i = 0; i < expected.axes.size(); ++i) {
      const TransformAxis& axis = model.joints[0].axes[static_cast<std::size_t>(expected.axes[i])];
      EXPECT_EQ(axis.coordinate, static_cast<int>(i));
      EXPECT_EQ(axis.axis, Vector3d(Vector3d::Unit(expected.axes[i] % 3)));
      EXPECT_EQ(evaluate(axis.function, 0.7).value, 0.7);
      EXPECT_EQ(model.coordinates[i].name, "j_coord_" + std::to_string(i));
      EXPECT_EQ(model.coordinates[i].kind,
                expected.axes[i] < 3 ? CoordinateKind::kRotation : CoordinateKind::kTranslation);
    }
  }
}

TEST(OsimJoints, ReadsTheSixAxesOfACustomJoint) {
  const std::string spatial =
      "<SpatialTransform>" +
      axis("rotation1", "flexion", "0 0 2",
           "<LinearFunction><coefficients>1 0</coefficients></LinearFunction>") +
      axis("rotation2", "", "1 0 0",
           "<function><Constant><value>0.1</value></Constant></function>") +
      axis("rotation3", "", "0 1 0") +
      axis("translation2", "flexion", "0 1 0",
           "<MultiplierFunction><function><MultiplierFunction><function><SimmSpline><x>0 1 2</x>"
           "<y>0 1 4</y></SimmSpline></function><scale>2</scale></MultiplierFunction></function>"
           "<scale>3</scale></MultiplierFunction>") +
      "</SpatialTransform>";
  const Model model = must_read(old_document(
      old_body("b", old_joint("CustomJoint", "j", "ground", coordinate("flexion"), spatial))));
  ASSERT_EQ(model.joints.size(), 1U);
  const auto& axes = model.joints[0].axes;
  EXPECT_EQ(axes[0].axis, Vector3d::UnitZ()) << "axes are made unit length";
  EXPECT_EQ(axes[0].coordinate, 0);
  EXPECT_EQ(evaluate(axes[1].function, 9.0).value, 0.1);
  EXPECT_EQ(axes[3].axis, Vector3d::UnitX()) << "an axis that is not there stays at rest";
  EXPECT_EQ(axes[3].coordinate, kNone);
  EXPECT_EQ(axes[4].coordinate, 0);
  EXPECT_NEAR(evaluate(axes[4].function, 1.5).value, 6.0 * 2.25, 1e-14);
}

TEST(OsimJoints, ReadsTheAxisSetsOfTheOldestFiles) {
  const auto old_axis = [](const std::string& rotation, const std::string& direction) {
    return "<TransformAxis name=\"x\"><is_rotation> " + rotation +
           " </is_rotation><coordinate> q </coordinate><axis>" + direction +
           "</axis><function><LinearFunction><coefficients>1 0</coefficients></LinearFunction>"
           "</function></TransformAxis>";
  };
  const Model model = must_read(old_document(
      old_body("b", old_joint("CustomJoint", "j", "ground", coordinate("q"),
                              "<TransformAxisSet><objects>" + old_axis("false", "0 1 0") +
                                  old_axis("true", "0 1 0") + "</objects></TransformAxisSet>"))));
  ASSERT_EQ(model.joints.size(), 1U);
  const auto& axes = model.joints[0].axes;
  EXPECT_EQ(axes[0].axis, Vector3d::UnitY());
  EXPECT_EQ(axes[0].coordinate, 0);
  EXPECT_EQ(axes[3].axis, Vector3d::UnitY());
  EXPECT_EQ(axes[3].coordinate, 0);
  EXPECT_EQ(axes[4].coordinate, kNone);
  EXPECT_GT(axes[0].axis.cross(axes[1].axis).norm(), 0.5) << "completed to independent axes";
  EXPECT_GT(axes[0].axis.cross(axes[2].axis).norm(), 0.5);
}

TEST(OsimJoints, TellsTheKindOfACoordinateAsOpenSim4Does) {
  const std::string linear = "<LinearFunction><coefficients>1 0</coefficients></LinearFunction>";
  const std::string spline = "<SimmSpline><x>0 1 2</x><y>0 1 4</y></SimmSpline>";
  const std::string spatial =
      "<coordinates>" + coordinate("turn") + coordinate("shift") + coordinate("bend") +
      "</coordinates><SpatialTransform>" + axis("rotation1", "turn", "1 0 0", linear) +
      axis("rotation2", "bend", "0 1 0", spline) + axis("rotation3", "", "0 0 1") +
      axis("translation1", "shift", "1 0 0", linear) +
      axis("translation2", "turn", "0 1 0", spline) +
      axis("translation3", "bend", "0 0 1", spline) + "</SpatialTransform>";
  const Model model = must_read(
      new_document(new_body("b"), new_joint("CustomJoint", "j", "/ground", "/bodyset/b", spatial)));
  ASSERT_EQ(model.coordinates.size(), 3U);
  EXPECT_EQ(model.coordinates[0].kind, CoordinateKind::kRotation);
  EXPECT_EQ(model.coordinates[1].kind, CoordinateKind::kTranslation);
  EXPECT_EQ(model.coordinates[2].kind, CoordinateKind::kCoupled);
}

TEST(OsimJoints, BelievesOldFilesAboutTheKindAndSaysSo) {
  const std::string spatial =
      "<SpatialTransform>" +
      axis("rotation1", "beta", "0 0 1", "<SimmSpline><x>0 1 2</x><y>0 1 4</y></SimmSpline>") +
      axis("rotation2", "", "1 0 0") + axis("rotation3", "", "0 1 0") + "</SpatialTransform>";
  const Model model = must_read(old_document(old_body(
      "b", old_joint("CustomJoint", "j", "ground",
                     coordinate("beta", "<motion_type> rotational </motion_type>"), spatial))));
  ASSERT_EQ(model.coordinates.size(), 1U);
  EXPECT_EQ(model.coordinates[0].kind, CoordinateKind::kRotation);
  ASSERT_EQ(model.assumptions.size(), 1U);
  EXPECT_NE(model.assumptions[0].find("'beta' is taken as rotational"), std::string::npos);
}

TEST(OsimJoints, ReadsWhatACoordinateMayDo) {
  const std::string inside =
      "<default_value> 0.25 </default_value><range> -1 1.5 </range><clamped> TRUE </clamped>"
      "<locked>true</locked><prescribed_function><LinearFunction><coefficients>2 1"
      "</coefficients></LinearFunction></prescribed_function><prescribed>true</prescribed>";
  const Model model = must_read(
      old_document(old_body("b", old_joint("PinJoint", "j", "ground", coordinate("q", inside)))));
  ASSERT_EQ(model.coordinates.size(), 1U);
  const Coordinate& q = model.coordinates[0];
  EXPECT_EQ(q.default_value, 0.25);
  EXPECT_EQ(q.min, -1.0);
  EXPECT_EQ(q.max, 1.5);
  EXPECT_TRUE(q.clamped);
  EXPECT_TRUE(q.locked);
  ASSERT_TRUE(q.prescribed.has_value());
  EXPECT_EQ(evaluate(q.prescribed.value_or(ScalarFunction()), 3.0).value, 7.0);
}

TEST(OsimJoints, LeavesOutAPrescribedFunctionThatIsSwitchedOff) {
  const std::string inside =
      "<prescribed_function><GCVSpline/></prescribed_function><prescribed>false</prescribed>";
  const Model model = must_read(
      old_document(old_body("b", old_joint("PinJoint", "j", "ground", coordinate("q", inside)))));
  ASSERT_EQ(model.coordinates.size(), 1U);
  EXPECT_FALSE(model.coordinates[0].prescribed.has_value());
}

TEST(OsimJoints, UsesOpenSimsDefaultsForACoordinateThatSaysNothing) {
  const Model model =
      must_read(old_document(old_body("b", old_joint("PinJoint", "j", "ground", coordinate("q")))));
  ASSERT_EQ(model.coordinates.size(), 1U);
  EXPECT_EQ(model.coordinates[0].default_value, 0.0);
  EXPECT_FALSE(model.coordinates[0].clamped);
  EXPECT_FALSE(model.coordinates[0].locked);
  EXPECT_LT(model.coordinates[0].min, -1e6);
  const Model clamped = must_read(old_document(old_body(
      "b", old_joint("PinJoint", "j", "ground", coordinate("q", "<clamped>true</clamped>")))));
  ASSERT_EQ(clamped.coordinates.size(), 1U);
  EXPECT_EQ(clamped.coordinates[0].min, -10.0);
  EXPECT_EQ(clamped.assumptions.size(), 1U);
}

TEST(OsimJoints, TakesDefaultsFromTheFileItself) {
  const Model model = must_read(old_document(
      old_body("b", old_joint("PinJoint", "j", "ground", coordinate("q"))),
      "<defaults><Coordinate name=\"default\"><clamped>true</clamped><range>-2 2</range>"
      "</Coordinate></defaults>"));
  ASSERT_EQ(model.coordinates.size(), 1U);
  EXPECT_TRUE(model.coordinates[0].clamped);
  EXPECT_EQ(model.coordinates[0].max, 2.0);
}

}  // namespace
}  // namespace catena
