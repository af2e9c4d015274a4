#include "catena/model/osim_writer.h"

#include <gtest/gtest.h>

#include <Eigen/Geometry>
#include <numbers>

#include "catena/model/osim_reader.h"
#include "catena/model/osim_test_documents.h"

namespace catena {
namespace {

Model two_bodies() {
  return must_read(old_document(
      old_body("a", old_joint("FreeJoint", "root", "ground", "")) +
          old_body("b", old_joint("PinJoint", "hinge", "a",
                                  coordinate("q", "<clamped>true</clamped><range>-1 2</range>"))),
      "<MarkerSet><objects><Marker name=\"m\"><body>b</body><location>0.1 0.2 0.3</location>"
      "</Marker></objects></MarkerSet>"));
}

TEST(OsimWriter, WritesAVersion4DocumentWithSockets) {
  const std::string text = write_osim(two_bodies());
  EXPECT_NE(text.find("<OpenSimDocument Version=\"40000\">"), std::string::npos);
  EXPECT_NE(text.find("<FreeJoint name=\"root\">"), std::string::npos);
  EXPECT_NE(text.find("<socket_parent_frame>ground_offset</socket_parent_frame>"),
            std::string::npos);
  EXPECT_NE(text.find("<socket_parent>/bodyset/a</socket_parent>"), std::string::npos);
  EXPECT_NE(text.find("<socket_parent_frame>/bodyset/b</socket_parent_frame>"), std::string::npos);
}

TEST(OsimWriter, KeepsEveryKindOfFunction) {
  Model model = two_bodies();
  const Eigen::VectorXd x = Eigen::VectorXd::LinSpaced(4, -1.0, 2.0);
  const Eigen::VectorXd y = (x.array() * 1.7).sin();
  const std::vector<ScalarFunction> functions = {
      ScalarFunction(ConstantFunction{0.1}, 3.0),
      ScalarFunction(LinearFunction{1.0 / 3.0, 1e-300}),
      ScalarFunction(PolynomialFunction{y}, -2.0),
      ScalarFunction(make_simm_spline(x, y), 1.0 / 7.0),
      ScalarFunction(PiecewiseLinearFunction{x, y}),
  };
  for (const ScalarFunction& function : functions) {
    model.couplers = {{.name = "c", .dependent = 0, .independent = 6, .function = function}};
    model.coordinates[1].prescribed = function;
    const Model again = must_read(write_osim(model));
    ASSERT_EQ(again.couplers.size(), 1U);
    EXPECT_EQ(again.couplers[0].independent, 6);
    ASSERT_TRUE(again.coordinates[1].prescribed.has_value());
    for (const double at : {-3.0, -0.4, 0.0, 1.3, 5.0}) {
      EXPECT_EQ(evaluate(again.couplers[0].function, at).value, evaluate(function, at).value);
      EXPECT_EQ(evaluate(again.coordinates[1].prescribed.value_or(ScalarFunction()), at).slope,
                evaluate(function, at).slope);
    }
  }
}

TEST(OsimWriter, KeepsOrientationsUpToTheQuarterTurn) {
  Model model = two_bodies();
  for (const double y : {0.3, -1.2, std::numbers::pi / 2.0, -std::numbers::pi / 2.0, 3.0}) {
    for (const double x : {0.0, 0.7, 3.1}) {
      const Eigen::Matrix3d turn = (Eigen::AngleAxisd(x, Eigen::Vector3d::UnitX()) *
                                    Eigen::AngleAxisd(y, Eigen::Vector3d::UnitY()) *
                                    Eigen::AngleAxisd(0.4, Eigen::Vector3d::UnitZ()))
                                       .toRotationMatrix();
      model.joints[1].parent_from_frame.rotation = turn;
      const Model again = must_read(write_osim(model));
      EXPECT_LT((again.joints[1].parent_from_frame.rotation - turn).cwiseAbs().maxCoeff(), 1e-15);
    }
  }
}

TEST(OsimWriter, EscapesNames) {
  Model model = two_bodies();
  model.markers[0].name = "<\"a\" & b>";
  EXPECT_EQ(must_read(write_osim(model)).markers[0].name, "<\"a\" & b>");
}

TEST(OsimWriter, KeepsNamesThatLookLikePaths) {
  Model model = two_bodies();
  model.bodies[1].name = "L4/L5";
  model.bodies[2].name = "..";
  model.joints[1].name = "L5/S1";
  const Model again = must_read(write_osim(model));
  ASSERT_EQ(again.bodies.size(), 3U);
  EXPECT_EQ(again.bodies[1].name, "L4/L5");
  EXPECT_EQ(again.joints[1].name, "L5/S1");
  EXPECT_EQ(again.joints[1].parent, 1);
  EXPECT_EQ(again.markers[0].body, 2);
}

TEST(OsimWriter, KeepsCoordinatesInTheirOrder) {
  const std::string joints = new_joint("PinJoint", "second", "/bodyset/a", "/bodyset/b",
                                       "<coordinates>" + coordinate("first_q") + "</coordinates>") +
                             new_joint("PinJoint", "first", "/ground", "/bodyset/a",
                                       "<coordinates>" + coordinate("second_q") + "</coordinates>");
  const Model model = must_read(new_document(new_body("a") + new_body("b"), joints));
  ASSERT_EQ(model.coordinates[0].name, "first_q");
  const Model again = must_read(write_osim(model));
  EXPECT_EQ(again.coordinates[0].name, "first_q");
  EXPECT_EQ(again.coordinates[0].joint, 1);
  EXPECT_EQ(again.joints[0].name, "first");
}

}  // namespace
}  // namespace catena
