// Real models: each is read, or refused with the right reason; what is read can be written.
#include <gtest/gtest.h>

#include <algorithm>

#include "catena/core/file.h"
#include "catena/core/test_data.h"
#include "catena/model/chain_map.h"
#include "catena/model/osim_reader.h"
#include "catena/model/osim_writer.h"

namespace catena {
namespace {

struct Counts {
  const char* file;
  std::size_t bodies, coordinates, couplers, markers;
  int locked, clamped;
  double mass_kg;
};

// Counted in the files' XML by another program.
std::vector<Counts> models() {
  return {
      {"arnold2013-synthetic/subject01/subject01.osim", 23, 33, 2, 64, 0, 31, 72.840000},
      {"arnold2013-synthetic/subject04/subject04.osim", 23, 33, 2, 64, 0, 31, 80.300000},
      {"bmclab-run/Rajagopal2015.osim", 23, 39, 2, 66, 8, 37, 75.337000},
      {"bmclab-run/Rajagopal2015_scaled.osim", 23, 39, 2, 64, 8, 37, 70.000000},
      {"bmclab-run/Rajagopal2015_scaled2.osim", 23, 39, 2, 64, 8, 37, 70.000000},
      {"dorn2012/sprinter.osim", 23, 35, 2, 77, 2, 33, 75.337000},
      {"dorn2012/sprinter_scaled.osim", 23, 35, 2, 77, 2, 33, 76.036189},
      {"opensim-core/ID/arm26.osim", 3, 2, 0, 3, 0, 2, 3.398887},
      {"opensim-core/ID/subject01.osim", 13, 23, 0, 39, 0, 23, 72.600000},
      {"opensim-core/IK/constraintTest_ikOnly.osim", 26, 58, 8, 57, 0, 0, 75.000000},
      {"opensim-core/IK/subject01_simbody.osim", 13, 23, 0, 39, 0, 0, 72.600000},
      {"opensim-core/Scale/gait2354_simbody.osim", 13, 23, 0, 0, 0, 23, 75.164600},
      {"opensim-core/Scale/std_subject01_simbody.osim", 13, 23, 0, 39, 0, 23, 72.600000},
      {"opensim-core/Scale/std_toyLigamentModelScaled.osim", 3, 7, 0, 0, 0, 0, 2.000000},
      {"opensim-core/Scale/toyLigamentModel.osim", 3, 7, 0, 0, 0, 0, 2.000000},
  };
}

class RealModels : public ::testing::Test {
 protected:
  void SetUp() override {
    if (test_data().empty()) GTEST_SKIP() << "skipped: no ../shared/data";
  }
};

Model read(const std::string& file) {
  Result<Model> model = read_osim(test_data() / file);
  if (model) return *model;
  ADD_FAILURE() << to_sentence(model.error());
  return {};
}

template <class Things, class Predicate>
int count_if(const Things& things, Predicate predicate) {
  return static_cast<int>(std::count_if(things.begin(), things.end(), predicate));
}

TEST_F(RealModels, HaveTheirBodiesCoordinatesAndMarkers) {
  for (const Counts& expected : models()) {
    SCOPED_TRACE(expected.file);
    const Model model = read(expected.file);
    EXPECT_EQ(model.bodies.size(), expected.bodies);
    EXPECT_EQ(model.joints.size() + 1, expected.bodies);
    EXPECT_EQ(model.coordinates.size(), expected.coordinates);
    EXPECT_EQ(model.couplers.size(), expected.couplers);
    EXPECT_EQ(model.markers.size(), expected.markers);
    const auto locked = [](const Coordinate& c) { return c.locked; };
    const auto clamped = [](const Coordinate& c) { return c.clamped; };
    EXPECT_EQ(count_if(model.coordinates, locked), expected.locked);
    EXPECT_EQ(count_if(model.coordinates, clamped), expected.clamped);
    double mass_kg = 0.0;
    for (const Body& body : model.bodies) mass_kg += body.mass_kg;
    EXPECT_NEAR(mass_kg, expected.mass_kg, 5e-7);
  }
}

TEST_F(RealModels, HaveParentsBeforeChildren) {
  for (const Counts& expected : models()) {
    const Model model = read(expected.file);
    for (std::size_t j = 0; j < model.joints.size(); ++j) {
      EXPECT_LE(model.joints[j].parent, static_cast<int>(j)) << model.joints[j].name;
    }
  }
}

TEST_F(RealModels, AreEachReadOrRefusedByName) {
  int read_count = 0;
  int refused = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(test_data())) {
    if (entry.path().extension() != ".osim") continue;
    const Result<Model> model = read_osim(entry.path());
    if (model) {
      ++read_count;
      continue;
    }
    ++refused;
    EXPECT_EQ(entry.path().filename(), "subject1_abdbonepin.osim") << to_sentence(model.error());
    EXPECT_EQ(model.error().code, Errc::kUnsupported);
    EXPECT_EQ(
        model.error().what,
        "joint 'scapulothoracic' is of kind ScapulothoracicJoint, which Catena does not have");
    // Its publications hold bytes that are not UTF-8; lines are counted all the same.
    EXPECT_EQ(model.error().where, entry.path().string() + ":530");
  }
  EXPECT_GE(read_count, 15);
  EXPECT_EQ(refused, 1);
}

TEST_F(RealModels, HaveTheKneeOfTheFile) {
  const Model model = read("dorn2012/sprinter_scaled.osim");
  const auto knee = std::find_if(model.joints.begin(), model.joints.end(),
                                 [](const Joint& j) { return j.name == "walker_knee_r"; });
  ASSERT_NE(knee, model.joints.end());
  EXPECT_EQ(model.bodies[static_cast<std::size_t>(knee->parent)].name, "femur_r");
  EXPECT_EQ(knee->parent_from_frame.translation,
            Eigen::Vector3d(-0.0057542556077419581, -0.4565426100549681, -0.0022377660696774283));
  const Coordinate& angle =
      model.coordinates[static_cast<std::size_t>(find_coordinate(model, "knee_angle_r"))];
  EXPECT_EQ(angle.kind, CoordinateKind::kRotation);
  EXPECT_EQ(angle.max, 2.7925);
  const Coordinate& beta =
      model.coordinates[static_cast<std::size_t>(find_coordinate(model, "knee_angle_r_beta"))];
  EXPECT_EQ(beta.kind, CoordinateKind::kCoupled) << "OpenSim 4 writes it in radians";
  EXPECT_EQ(model.couplers[0].name, "patellofemoral_knee_angle_r_con");
}

TEST_F(RealModels, OfGaitHaveTheLinksOfTheChain) {
  for (const char* file :
       {"dorn2012/sprinter_scaled.osim", "bmclab-run/Rajagopal2015_scaled.osim",
        "opensim-core/Scale/gait2354_simbody.osim", "opensim-core/IK/constraintTest_ikOnly.osim"}) {
    SCOPED_TRACE(file);
    const Model model = read(file);
    const Result<ChainMap> chain = find_chain(model);
    ASSERT_TRUE(chain) << to_sentence(chain.error());
    const auto name = [&model](int body) {
      return body == kNone ? std::string() : model.bodies[static_cast<std::size_t>(body)].name;
    };
    EXPECT_EQ(name(chain->pelvis), "pelvis");
    EXPECT_EQ(name(chain->thigh[kRight]), "femur_r");
    EXPECT_EQ(name(chain->shank[kLeft]), "tibia_l");
    EXPECT_EQ(name(chain->thorax), "torso");
    EXPECT_NE(chain->foot[kRight], kNone);
  }
}

TEST_F(RealModels, TakeMarkerSetsOfTheirOwn) {
  Model sprinter = read("dorn2012/sprinter.osim");
  const auto dorn = read_file(test_data() / "dorn2012/markerset_dorn_sprinter.xml");
  ASSERT_TRUE(dorn);
  const Result<void> applied = apply_marker_set(sprinter, *dorn, "markerset_dorn_sprinter.xml");
  ASSERT_TRUE(applied) << to_sentence(applied.error());
  EXPECT_EQ(sprinter.markers.size(), 77U) << "the same names";

  Model gait = read("opensim-core/Scale/gait2354_simbody.osim");
  const auto set = read_file(test_data() / "opensim-core/Scale/gait2354_Scale_MarkerSet.xml");
  ASSERT_TRUE(set);
  ASSERT_TRUE(apply_marker_set(gait, *set, "gait2354_Scale_MarkerSet.xml"));
  EXPECT_EQ(gait.markers.size(), 39U);

  const auto simm = read_file(test_data() / "opensim-core/Scale/markerSet.xml");
  ASSERT_TRUE(simm);
  const auto refused = parse_marker_set(gait, *simm, "markerSet.xml");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().what, "the outermost element is <rdSet>, not <OpenSimDocument>");
}

void expect_same(const RigidTransform& a, const RigidTransform& b) {
  EXPECT_EQ(a.translation, b.translation);
  EXPECT_LT((a.rotation - b.rotation).cwiseAbs().maxCoeff(), 2e-15);
}

void expect_same(const ScalarFunction& a, const ScalarFunction& b) {
  ASSERT_EQ(a.shape.index(), b.shape.index());
  for (const double x : {-20.0, -1.1, -0.3, 0.0, 0.2, 0.9, 1.7, 30.0}) {
    EXPECT_EQ(evaluate(a, x).value, evaluate(b, x).value);
    EXPECT_EQ(evaluate(a, x).slope, evaluate(b, x).slope);
  }
}

void expect_same_joint(const Joint& a, const Joint& b) {
  EXPECT_EQ(a.name, b.name);
  EXPECT_EQ(a.kind, b.kind);
  EXPECT_EQ(a.parent, b.parent);
  expect_same(a.parent_from_frame, b.parent_from_frame);
  expect_same(a.child_from_frame, b.child_from_frame);
  for (std::size_t i = 0; i < 6; ++i) {
    EXPECT_LT((a.axes[i].axis - b.axes[i].axis).norm(), 3e-16);
    EXPECT_EQ(a.axes[i].coordinate, b.axes[i].coordinate);
    expect_same(a.axes[i].function, b.axes[i].function);
  }
}

void expect_same_coordinate(const Coordinate& a, const Coordinate& b) {
  EXPECT_EQ(a.name, b.name);
  EXPECT_EQ(a.joint, b.joint);
  EXPECT_EQ(a.default_value, b.default_value);
  EXPECT_EQ(a.min, b.min);
  EXPECT_EQ(a.max, b.max);
  EXPECT_EQ(a.clamped, b.clamped);
  EXPECT_EQ(a.locked, b.locked);
  EXPECT_EQ(a.prescribed.has_value(), b.prescribed.has_value());
}

TEST_F(RealModels, AreTheSameAfterWritingAndReading) {
  for (const Counts& counts : models()) {
    SCOPED_TRACE(counts.file);
    const Model a = read(counts.file);
    const Result<Model> again = parse_osim(write_osim(a), "written.osim");
    ASSERT_TRUE(again) << to_sentence(again.error());
    const Model& b = *again;
    EXPECT_EQ(a.name, b.name);
    ASSERT_EQ(a.bodies.size(), b.bodies.size());
    for (std::size_t i = 0; i < a.bodies.size(); ++i) {
      EXPECT_EQ(a.bodies[i].name, b.bodies[i].name);
      EXPECT_EQ(a.bodies[i].mass_kg, b.bodies[i].mass_kg);
      EXPECT_EQ(a.bodies[i].mass_center_in_body_m, b.bodies[i].mass_center_in_body_m);
      EXPECT_EQ(a.bodies[i].inertia_in_body_kg_m2, b.bodies[i].inertia_in_body_kg_m2);
    }
    for (std::size_t i = 0; i < a.joints.size(); ++i) expect_same_joint(a.joints[i], b.joints[i]);
    ASSERT_EQ(a.coordinates.size(), b.coordinates.size());
    for (std::size_t i = 0; i < a.coordinates.size(); ++i) {
      expect_same_coordinate(a.coordinates[i], b.coordinates[i]);
    }
    ASSERT_EQ(a.couplers.size(), b.couplers.size());
    for (std::size_t i = 0; i < a.couplers.size(); ++i) {
      EXPECT_EQ(a.couplers[i].dependent, b.couplers[i].dependent);
      EXPECT_EQ(a.couplers[i].independent, b.couplers[i].independent);
      expect_same(a.couplers[i].function, b.couplers[i].function);
    }
    ASSERT_EQ(a.markers.size(), b.markers.size());
    for (std::size_t i = 0; i < a.markers.size(); ++i) {
      EXPECT_EQ(a.markers[i].name, b.markers[i].name);
      EXPECT_EQ(a.markers[i].body, b.markers[i].body);
      EXPECT_EQ(a.markers[i].position_in_body_m, b.markers[i].position_in_body_m);
    }
  }
}

}  // namespace
}  // namespace catena
