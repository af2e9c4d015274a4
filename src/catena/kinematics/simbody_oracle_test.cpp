// Another engine agrees: forward kinematics and Jacobians against Simbody, on which OpenSim stands.
#include <gtest/gtest.h>

#ifndef CATENA_HAS_SIMBODY

TEST(SimbodyOracle, IsInstalled) { GTEST_SKIP() << "skipped: no Simbody (libsimbody-dev)"; }

#else

#include <algorithm>
#include <array>
#include <random>
#include <string>
#include <vector>

#include "catena/core/test_data.h"
#include "catena/kinematics/forward_kinematics.h"
#include "catena/model/body_landmarks.h"
#include "catena/model/built_in_body.h"
#include "catena/model/osim_reader.h"
#include "simbody/simbody_engine.h"

namespace catena {
namespace {

simbody_engine::Frame frame(const RigidTransform& t) { return {t.rotation, t.translation}; }

simbody_engine::Function function(const ScalarFunction& f) {
  return [f](double x) {
    const ValueAndSlope result = evaluate(f, x);
    return std::pair{result.value, result.slope};
  };
}

struct Kind {
  const char* name;
  std::vector<std::size_t> axes;  // that the coordinates move, in Simbody's order
};

Kind kind_of(JointKind kind) {
  switch (kind) {
    case JointKind::kPin:
      return {"PinJoint", {2}};
    case JointKind::kWeld:
      return {"WeldJoint", {}};
    case JointKind::kBall:
      return {"BallJoint", {0, 1, 2}};
    case JointKind::kUniversal:
      return {"UniversalJoint", {0, 1}};
    case JointKind::kFree:
      return {"FreeJoint", {0, 1, 2, 3, 4, 5}};
    case JointKind::kPlanar:
      return {"PlanarJoint", {2, 3, 4}};
    case JointKind::kSlider:
      return {"SliderJoint", {3}};
    case JointKind::kGimbal:
      return {"GimbalJoint", {0, 1, 2}};
    case JointKind::kCustom:
      break;
  }
  return {"CustomJoint", {}};
}

/// The model in Simbody, with the mobilizers that OpenSim chooses.
simbody_engine::Engine engine_of(const Model& model) {
  std::vector<simbody_engine::Joint> joints;
  for (const Joint& joint : model.joints) {
    const Kind kind = kind_of(joint.kind);
    simbody_engine::Joint theirs;
    theirs.kind = kind.name;
    theirs.parent = joint.parent;
    theirs.parent_from_frame = frame(joint.parent_from_frame);
    theirs.child_from_frame = frame(joint.child_from_frame);
    for (const std::size_t i : kind.axes) theirs.coordinates.push_back(joint.axes[i].coordinate);
    for (const TransformAxis& axis : joint.axes) {
      // Of any length: Simbody makes directions unit, and so does our reading.
      theirs.axes.push_back({2.0 * axis.axis, axis.coordinate, function(axis.function)});
    }
    joints.push_back(theirs);
  }
  std::vector<simbody_engine::Coupler> couplers;
  couplers.reserve(model.couplers.size());
  for (const CoordinateCoupler& c : model.couplers) {
    couplers.push_back({c.dependent, c.independent, function(c.function)});
  }
  return {static_cast<int>(model.coordinates.size()), joints, couplers};
}

/// Largest disagreements over random poses.
struct Disagreement {
  double position_m = 0.0;
  double rotation = 0.0;
  double velocity = 0.0;          // of markers, m per unit of a coordinate
  double angular_velocity = 0.0;  // of bodies, per unit of a coordinate
  double coupler = 0.0;
};

Eigen::VectorXd random_pose(const Model& model, std::mt19937& random) {
  std::uniform_real_distribution<double> value(-1.2, 1.2);
  Eigen::VectorXd q(static_cast<Eigen::Index>(model.coordinates.size()));
  for (double& x : q) x = value(random);
  apply_couplers(model, q);
  return q;
}

void compare_places(const Model& model, const Eigen::VectorXd& q,
                    const simbody_engine::Engine& engine, Disagreement& worst) {
  const Pose pose = forward_kinematics(model, q);
  for (std::size_t b = 0; b < model.bodies.size(); ++b) {
    const simbody_engine::Frame theirs = engine.ground_from_body(static_cast<int>(b));
    worst.position_m =
        std::max(worst.position_m, (pose[b].translation - theirs.translation).norm());
    worst.rotation =
        std::max(worst.rotation, (pose[b].rotation - theirs.rotation).cwiseAbs().maxCoeff());
  }
}

void compare_speeds(const Model& model, const Eigen::VectorXd& q, simbody_engine::Engine& engine,
                    Disagreement& worst) {
  const Eigen::MatrixXd markers = marker_jacobian(model, q);
  const Eigen::MatrixXd angular = angular_jacobian(model, q);
  for (int c = 0; c < q.size(); ++c) {
    engine.set_unit_speed(c);
    for (std::size_t m = 0; m < model.markers.size(); ++m) {
      const Eigen::Vector3d ours = markers.block<3, 1>(3 * static_cast<Eigen::Index>(m), c);
      const Eigen::Vector3d theirs =
          engine.velocity(model.markers[m].body, model.markers[m].position_in_body_m);
      worst.velocity = std::max(worst.velocity, (ours - theirs).norm());
    }
    for (std::size_t b = 0; b < model.bodies.size(); ++b) {
      const Eigen::Vector3d ours = angular.block<3, 1>(3 * static_cast<Eigen::Index>(b), c);
      worst.angular_velocity = std::max(
          worst.angular_velocity, (ours - engine.angular_velocity(static_cast<int>(b))).norm());
    }
  }
}

Disagreement compare(const Model& model, int poses) {
  simbody_engine::Engine engine = engine_of(model);
  std::mt19937 random(7);
  Disagreement worst;
  for (int k = 0; k < poses; ++k) {
    const Eigen::VectorXd q = random_pose(model, random);
    engine.set_pose(q);
    worst.coupler = std::max(worst.coupler, engine.coupler_error());
    compare_places(model, q, engine, worst);
    compare_speeds(model, q, engine, worst);
  }
  return worst;
}

void expect_agreement(const Disagreement& worst, double within = 1e-10) {
  EXPECT_LT(worst.position_m, within);
  EXPECT_LT(worst.rotation, within);
  EXPECT_LT(worst.velocity, within);
  EXPECT_LT(worst.angular_velocity, within);
  EXPECT_LT(worst.coupler, within);
}

/// A joint of an .osim file with odd places and turns on both sides.
std::string joint_in_body(const std::string& body, const std::string& tag,
                          const std::string& parent, const std::string& inside = "") {
  return "<Body name=\"" + body + "\"><mass>1</mass><Joint><" + tag + " name=\"" + body +
         "_joint\"><parent_body>" + parent + "</parent_body>" +
         "<location_in_parent>0.1 -0.4 0.07</location_in_parent>"
         "<orientation_in_parent>0.3 -1.1 2.0</orientation_in_parent>"
         "<location>-0.03 0.2 0.05</location><orientation>-0.7 0.4 -1.6</orientation>" +
         inside + "</" + tag + "></Joint></Body>";
}

std::string axis(const std::string& name, const std::string& coordinate,
                 const std::string& direction, const std::string& function) {
  return "<TransformAxis name=\"" + name + "\"><coordinates>" + coordinate +
         "</coordinates><axis>" + direction + "</axis><function>" + function +
         "</function></TransformAxis>";
}

std::string custom_inside(const std::string& prefix) {
  const std::string linear = "<LinearFunction><coefficients>1 0</coefficients></LinearFunction>";
  const std::string spline =
      "<MultiplierFunction><function><SimmSpline><x>-2 -1.2 -0.3 0.1 0.8 2</x>"
      "<y>0.05 0.02 -0.01 0.03 0.01 0.04</y></SimmSpline></function><scale>1.1</scale>"
      "</MultiplierFunction>";
  const std::string polynomial =
      "<PolynomialFunction><coefficients>0.02 -0.1 0.3 0.05</coefficients></PolynomialFunction>";
  const std::string piecewise =
      "<PiecewiseLinearFunction><x>-1 0 1</x><y>0.1 0.2 0.15</y></PiecewiseLinearFunction>";
  return "<CoordinateSet><objects><Coordinate name=\"" + prefix + "a\"/><Coordinate name=\"" +
         prefix + "b\"/></objects></CoordinateSet><SpatialTransform>" +
         axis("rotation1", prefix + "a", "0.2 0.1 2", linear) +
         axis("rotation2", prefix + "b", "1 0.3 -0.2", spline) +
         axis("rotation3", prefix + "a", "0.1 1 0.1", polynomial) +
         axis("translation1", prefix + "a", "1 0.2 0", spline) +
         axis("translation2", "", "0 3 0.4", "<Constant><value>-0.02</value></Constant>") +
         axis("translation3", prefix + "b", "0 0.1 1", piecewise) + "</SpatialTransform>";
}

std::string marker_on(const std::string& body) {
  return "<Marker name=\"" + body + "\"><body>" + body +
         "</body><location>0.11 -0.23 0.31</location></Marker>";
}

/// Every kind of joint in one chain, with a branch, a coupled joint and a marker on each body.
Model chain_of_every_joint() {
  const std::vector<std::array<std::string, 3> > joints = {
      {"free", "FreeJoint", "ground"},      {"custom", "CustomJoint", "free"},
      {"pin", "PinJoint", "custom"},        {"universal", "UniversalJoint", "pin"},
      {"ball", "BallJoint", "universal"},   {"gimbal", "GimbalJoint", "ball"},
      {"planar", "PlanarJoint", "gimbal"},  {"slider", "SliderJoint", "planar"},
      {"weld", "WeldJoint", "slider"},      {"branch", "CustomJoint", "universal"},
      {"branch_tip", "BallJoint", "branch"}};
  std::string bodies;
  std::string markers;
  for (const auto& [body, tag, parent] : joints) {
    const std::string inside = tag == "CustomJoint" ? custom_inside(body + "_") : std::string();
    bodies += joint_in_body(body, tag, parent, inside);
    markers += marker_on(body);
  }
  const std::string coupler =
      "<CoordinateCouplerConstraint name=\"c\"><coupled_coordinates_function><PolynomialFunction>"
      "<coefficients>0.3 -0.4 0.1</coefficients></PolynomialFunction>"
      "</coupled_coordinates_function><independent_coordinate_names>pin_joint_coord_0"
      "</independent_coordinate_names><dependent_coordinate_name>branch_a"
      "</dependent_coordinate_name><scale_factor>1.5</scale_factor></CoordinateCouplerConstraint>";
  const Result<Model> model =
      parse_osim("<OpenSimDocument Version=\"30000\"><Model name=\"chain\"><BodySet><objects>" +
                     bodies + "</objects></BodySet><ConstraintSet><objects>" + coupler +
                     "</objects></ConstraintSet><MarkerSet><objects>" + markers +
                     "</objects></MarkerSet></Model></OpenSimDocument>",
                 "chain.osim");
  if (model) return *model;
  ADD_FAILURE() << to_sentence(model.error());
  return {};
}

TEST(SimbodyOracle, AgreesOnAChainOfEveryKindOfJoint) {
  const Model model = chain_of_every_joint();
  ASSERT_EQ(model.joints.size(), 11U);
  ASSERT_EQ(model.couplers.size(), 1U);
  expect_agreement(compare(model, 50));
}

TEST(SimbodyOracle, FindsTheSameCoupledCoordinate) {
  const Model model = chain_of_every_joint();
  const int dependent = find_coordinate(model, "branch_a");
  ASSERT_NE(dependent, kNone);
  simbody_engine::Engine engine = engine_of(model);
  std::mt19937 random(11);
  for (int k = 0; k < 5; ++k) {
    const Eigen::VectorXd q = random_pose(model, random);
    Eigen::VectorXd loose = q;
    loose[dependent] = 0.0;
    engine.set_pose(loose);
    EXPECT_LT((engine.assembled({dependent}) - q).cwiseAbs().maxCoeff(), 1e-10);
  }
}

TEST(SimbodyOracle, AgreesOnOrientationsOfFrames) {
  const Model model = chain_of_every_joint();
  const Eigen::Matrix3d parent = simbody_engine::body_fixed_xyz({0.3, -1.1, 2.0});
  const Eigen::Matrix3d child = simbody_engine::body_fixed_xyz({-0.7, 0.4, -1.6});
  EXPECT_LT((model.joints[3].parent_from_frame.rotation - parent).norm(), 1e-14);
  EXPECT_LT((model.joints[3].child_from_frame.rotation - child).norm(), 1e-14);
}

TEST(SimbodyOracle, AgreesOnTheBuiltInBodyWithEverythingInIt) {
  BodyDimensions d = proportional_dimensions(1.72, 66.0, true);
  d.knee_axis_tilt_rad = {Eigen::Vector2d(0.05, -0.03), Eigen::Vector2d(-0.02, 0.06)};
  const BuiltInBodyOptions everything = {
      .knee = KneeMotion::kFree, .low_back = LowBack::kSpread, .head = true, .mtp = true};
  for (const BuiltInBodyOptions& options : {BuiltInBodyOptions{}, everything}) {
    Model model = built_in_body(d, options);
    model.markers = as_markers(model, landmarks_of(d, options));
    expect_agreement(compare(model, 20), 1e-12);
  }
}

TEST(SimbodyOracle, AgreesOnRealModels) {
  if (test_data().empty()) GTEST_SKIP() << "skipped: no ../shared/data";
  for (const char* file :
       {"dorn2012/sprinter_scaled.osim", "bmclab-run/Rajagopal2015_scaled.osim",
        "arnold2013-synthetic/subject01/subject01.osim", "opensim-core/IK/subject01_simbody.osim",
        "opensim-core/IK/constraintTest_ikOnly.osim", "opensim-core/ID/arm26.osim",
        "opensim-core/Scale/toyLigamentModel.osim"}) {
    SCOPED_TRACE(file);
    const Result<Model> model = read_osim(test_data() / file);
    ASSERT_TRUE(model) << to_sentence(model.error());
    expect_agreement(compare(*model, 5));
  }
}

}  // namespace
}  // namespace catena

#endif
