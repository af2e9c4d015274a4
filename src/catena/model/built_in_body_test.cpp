#include "catena/model/built_in_body.h"

#include <gtest/gtest.h>

#include <Eigen/Eigenvalues>
#include <cmath>
#include <string>
#include <vector>

#include "catena/model/body_landmarks.h"
#include "catena/model/chain_map.h"
#include "catena/model/osim_reader.h"
#include "catena/model/osim_writer.h"
#include "catena/model/segment_masses.h"

namespace catena {
namespace {

using Eigen::Vector3d;

/// Every part that can be asked for, one option at a time and all together.
std::vector<BuiltInBodyOptions> every_option() {
  return {{},
          {.knee = KneeMotion::kLocked},
          {.knee = KneeMotion::kFree},
          {.low_back = LowBack::kSpread},
          {.arms = false},
          {.feet = false},
          {.head = true},
          {.subtalar = false},
          {.mtp = true},
          {.knee = KneeMotion::kFree, .low_back = LowBack::kSpread, .head = true, .mtp = true}};
}

/// Origins of all bodies in ground when every angle is zero: no body is turned.
std::vector<Vector3d> origins(const Model& model) {
  std::vector<Vector3d> at = {Vector3d::Zero()};
  for (const Joint& joint : model.joints) {
    const Vector3d parent = at[static_cast<std::size_t>(joint.parent)];
    at.emplace_back(parent + joint.parent_from_frame.translation -
                    joint.child_from_frame.translation);
  }
  return at;
}

/// The whole standing body as one.
MassProperties standing_whole(const Model& model) {
  const std::vector<Vector3d> at = origins(model);
  std::vector<MassProperties> parts;
  for (std::size_t b = 1; b < model.bodies.size(); ++b) {
    const Body& part = model.bodies[b];
    parts.push_back({part.mass_kg, at[b] + part.mass_center_in_body_m, part.inertia_in_body_kg_m2});
  }
  return together(parts);
}

BodyDimensions uneven() {
  BodyDimensions d = proportional_dimensions(1.63, 57.0, true);
  d.thigh_length_m = {0.39, 0.40};
  d.hip_in_pelvis_m[1].x() -= 0.004;
  d.knee_axis_tilt_rad[0] = {0.03, -0.05};
  d.knee_axis_tilt_rad[1] = {-0.02, 0.04};
  return d;
}

TEST(BuiltInBody, WeighsWhatThePersonDoesWhateverItsParts) {
  for (const bool female : {false, true}) {
    for (const BuiltInBodyOptions& options : every_option()) {
      const Model model = built_in_body(proportional_dimensions(1.80, 71.0, female), options);
      EXPECT_NEAR(standing_whole(model).mass_kg, 71.0, 1e-12);
    }
  }
}

TEST(BuiltInBody, HasOneCentreAndInertiaWhateverItIsCutInto) {
  // Feet and arms that are left out lie elsewhere; every other cut leaves the standing body alone.
  const BodyDimensions d = uneven();
  const MassProperties whole = standing_whole(built_in_body(d));
  for (const BuiltInBodyOptions& options : every_option()) {
    if (!options.feet) continue;
    const MassProperties cut = standing_whole(built_in_body(d, options));
    EXPECT_LT((cut.center_m - whole.center_m).norm(), 1e-12);
    EXPECT_LT((cut.inertia_kg_m2 - whole.inertia_kg_m2).cwiseAbs().maxCoeff(), 1e-10);
  }
}

/// Moments that some matter has: each positive, none larger than the two others together.
void expect_material(const Model& model) {
  for (std::size_t b = 1; b < model.bodies.size(); ++b) {
    const Body& part = model.bodies[b];
    EXPECT_GT(part.mass_kg, 0.0) << part.name;
    const Vector3d moments = Eigen::SelfAdjointEigenSolver<Eigen::Matrix3d>(
                                 part.inertia_in_body_kg_m2, Eigen::EigenvaluesOnly)
                                 .eigenvalues();
    EXPECT_GT(moments[0], 0.0) << part.name;
    EXPECT_GT(moments[0] + moments[1], moments[2]) << part.name;
  }
}

TEST(BuiltInBody, GivesEveryBodyAnInertiaThatMatterCanHave) {
  for (const bool female : {false, true}) {
    for (const double height_m : {1.50, 1.75, 2.00}) {
      for (const BuiltInBodyOptions& options : every_option()) {
        expect_material(built_in_body(proportional_dimensions(height_m, 68.0, female), options));
      }
    }
  }
}

TEST(BuiltInBody, StandsOnTheGroundAsTallAsThePersonIs) {
  for (const bool female : {false, true}) {
    const BodyDimensions d = proportional_dimensions(1.68, 60.0, female);
    const Model model = built_in_body(d);
    const std::vector<Vector3d> at = origins(model);
    const int height = find_coordinate(model, "pelvis_ty");
    const double pelvis_m = model.coordinates[static_cast<std::size_t>(height)].default_value;
    double top_m = 0.0;
    for (const BodyLandmark& landmark : landmarks_of(d)) {
      const Vector3d place = at[static_cast<std::size_t>(find_body(model, landmark.body))] +
                             landmark.position_in_body_m + Vector3d(0.0, pelvis_m, 0.0);
      EXPECT_GT(place.y(), 0.0) << landmark.name;
      EXPECT_LE(place.y(), 1.68 + 1e-12) << landmark.name;
      if (landmark.name == "top_of_head") top_m = place.y();
    }
    EXPECT_NEAR(top_m, 1.68, 1e-12);
    const auto y = [&](const char* name) {
      return at[static_cast<std::size_t>(find_body(model, name))].y() + pelvis_m;
    };
    EXPECT_NEAR(y("calcn_r"), 0.4 * d.ankle_height_m, 1e-12);
    EXPECT_NEAR(y("humerus_l"), 0.818 * 1.68, 1e-12);
  }
}

TEST(BuiltInBody, PutsTheCentreOfMassWherePeopleHaveIt) {
  // 55 to 57 % of the height in standing (Winter 2009; women lower than men).
  for (const bool female : {false, true}) {
    const Model model = built_in_body(proportional_dimensions(1.75, 70.0, female));
    const double sole =
        -model.coordinates[static_cast<std::size_t>(find_coordinate(model, "pelvis_ty"))]
             .default_value;
    const double share = (standing_whole(model).center_m.y() - sole) / 1.75;
    EXPECT_GT(share, 0.53);
    EXPECT_LT(share, 0.59);
  }
}

TEST(BuiltInBody, IsItsOwnMirror) {
  for (const BuiltInBodyOptions& options : every_option()) {
    const Model model = built_in_body(proportional_dimensions(1.75, 70.0, false), options);
    const std::vector<Vector3d> at = origins(model);
    for (std::size_t b = 1; b < model.bodies.size(); ++b) {
      std::string twin = model.bodies[b].name;
      if (twin.ends_with("_l")) continue;
      if (twin.ends_with("_r")) twin.replace(twin.size() - 2, 2, "_l");
      const auto other = static_cast<std::size_t>(find_body(model, twin));
      const auto mirror = [](const Vector3d& v) { return Vector3d(v.x(), v.y(), -v.z()); };
      EXPECT_LT((at[other] - mirror(at[b])).norm(), 1e-15) << twin;
      EXPECT_LT((model.bodies[other].mass_center_in_body_m -
                 mirror(model.bodies[b].mass_center_in_body_m))
                    .norm(),
                1e-15)
          << twin;
      const Joint& ours = model.joints[b - 1];
      const Joint& theirs = model.joints[other - 1];
      for (std::size_t k = 0; k < 3; ++k) {
        if (other == b || ours.axes[k].coordinate == kNone) continue;
        // A turn is mirrored when its axis is, the other way round.
        EXPECT_LT((theirs.axes[k].axis + mirror(ours.axes[k].axis)).norm(), 1e-15) << twin << k;
      }
    }
  }
}

TEST(BuiltInBody, HasWhatWasAskedForAndNoMore) {
  const BodyDimensions d = proportional_dimensions(1.75, 70.0, false);
  const auto has = [&](const BuiltInBodyOptions& options, const char* coordinate) {
    return find_coordinate(built_in_body(d, options), coordinate) != kNone;
  };
  const auto locked = [&](const BuiltInBodyOptions& options, const char* name) {
    const Model model = built_in_body(d, options);
    return model.coordinates.at(static_cast<std::size_t>(find_coordinate(model, name))).locked;
  };
  EXPECT_FALSE(has({}, "knee_rotation_r"));
  EXPECT_TRUE(locked({.knee = KneeMotion::kLocked}, "knee_rotation_r"));
  EXPECT_TRUE(locked({.knee = KneeMotion::kLocked}, "knee_adduction_l"));
  EXPECT_FALSE(locked({.knee = KneeMotion::kFree}, "knee_adduction_l"));
  EXPECT_FALSE(has({.arms = false}, "arm_flex_r"));
  EXPECT_FALSE(has({.feet = false}, "ankle_angle_l"));
  EXPECT_FALSE(has({}, "neck_extension"));
  EXPECT_TRUE(has({.head = true}, "neck_extension"));
  EXPECT_TRUE(locked({.subtalar = false}, "subtalar_angle_r"));
  EXPECT_TRUE(locked({}, "mtp_angle_l"));
  EXPECT_TRUE(has({.low_back = LowBack::kSpread}, "lumbar_extension"));
  EXPECT_TRUE(has({.low_back = LowBack::kSpread}, "L1_L2_AR"));
  for (const BuiltInBodyOptions& options : every_option()) {
    EXPECT_TRUE(find_chain(built_in_body(d, options)));
  }
}

void expect_same(const ScalarFunction& a, const ScalarFunction& b) {
  EXPECT_EQ(a.shape.index(), b.shape.index());
  for (const double x : {-1.7, -0.31, -0.04, 0.0, 0.013, 0.09, 0.7}) {
    EXPECT_EQ(evaluate(a, x).value, evaluate(b, x).value);
    EXPECT_EQ(evaluate(a, x).slope, evaluate(b, x).slope);
  }
}

void expect_same(const Joint& a, const Joint& b) {
  EXPECT_EQ(a.name, b.name);
  EXPECT_EQ(a.kind, b.kind);
  EXPECT_EQ(a.parent, b.parent);
  EXPECT_EQ(a.parent_from_frame.translation, b.parent_from_frame.translation);
  EXPECT_EQ(a.parent_from_frame.rotation, b.parent_from_frame.rotation);
  EXPECT_EQ(a.child_from_frame.translation, b.child_from_frame.translation);
  for (std::size_t k = 0; k < 6; ++k) {
    // Reading makes an axis unit length again.
    EXPECT_LT((a.axes.at(k).axis - b.axes.at(k).axis).norm(), 1e-15) << a.name << k;
    EXPECT_EQ(a.axes.at(k).coordinate, b.axes.at(k).coordinate);
    expect_same(a.axes.at(k).function, b.axes.at(k).function);
  }
}

TEST(BuiltInBody, ComesBackFromItsOsimFileTheSame) {
  const BodyDimensions d = uneven();
  for (const BuiltInBodyOptions& options : every_option()) {
    Model model = built_in_body(d, options);
    model.markers = as_markers(model, landmarks_of(d, options));
    const Result<Model> again = parse_osim(write_osim(model), "body.osim");
    ASSERT_TRUE(again) << to_sentence(again.error());
    EXPECT_TRUE(again->assumptions.empty());
    EXPECT_EQ(again->name, model.name);
    ASSERT_EQ(again->bodies.size(), model.bodies.size());
    for (std::size_t b = 0; b < model.bodies.size(); ++b) {
      EXPECT_EQ(again->bodies[b].name, model.bodies[b].name);
      EXPECT_EQ(again->bodies[b].mass_kg, model.bodies[b].mass_kg);
      EXPECT_EQ(again->bodies[b].mass_center_in_body_m, model.bodies[b].mass_center_in_body_m);
      EXPECT_EQ(again->bodies[b].inertia_in_body_kg_m2, model.bodies[b].inertia_in_body_kg_m2);
    }
    ASSERT_EQ(again->joints.size(), model.joints.size());
    for (std::size_t j = 0; j < model.joints.size(); ++j) {
      expect_same(again->joints[j], model.joints[j]);
    }
    ASSERT_EQ(again->coordinates.size(), model.coordinates.size());
    for (std::size_t c = 0; c < model.coordinates.size(); ++c) {
      const Coordinate& a = again->coordinates[c];
      const Coordinate& b = model.coordinates[c];
      EXPECT_EQ(a.name, b.name);
      EXPECT_EQ(a.joint, b.joint);
      EXPECT_EQ(a.kind, b.kind) << a.name;
      EXPECT_EQ(a.default_value, b.default_value);
      EXPECT_EQ(a.min, b.min);
      EXPECT_EQ(a.max, b.max);
      EXPECT_EQ(a.locked, b.locked);
    }
    ASSERT_EQ(again->couplers.size(), model.couplers.size());
    for (std::size_t c = 0; c < model.couplers.size(); ++c) {
      EXPECT_EQ(again->couplers[c].dependent, model.couplers[c].dependent);
      EXPECT_EQ(again->couplers[c].independent, model.couplers[c].independent);
      expect_same(again->couplers[c].function, model.couplers[c].function);
    }
    ASSERT_EQ(again->markers.size(), model.markers.size());
    for (std::size_t m = 0; m < model.markers.size(); ++m) {
      EXPECT_EQ(again->markers[m].body, model.markers[m].body);
      EXPECT_EQ(again->markers[m].position_in_body_m, model.markers[m].position_in_body_m);
    }
  }
}

}  // namespace
}  // namespace catena
