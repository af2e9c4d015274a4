#include "catena/validation/standing_model.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "catena/kinematics/inverse_kinematics.h"
#include "catena/synthetic/runner.h"
#include "catena/trajectories/from_recording.h"

namespace catena {
namespace {

/// A capture without noise in which the markers stay on the bone.
///
/// variation  0: every landmark lies where it should
SyntheticSession clean_session(double variation) {
  RunnerOptions options;
  options.body.variation = variation;
  options.artefact.on = false;
  options.marker_noise_mm = 0.0;
  options.speeds_m_s = {3.0};
  options.strides = 4;
  return make_session(options).value();
}

std::vector<StandingMarker> leg_and_pelvis_markers(const SyntheticSession& session) {
  std::vector<StandingMarker> markers;
  for (const ModelMarker& marker : session.body.model.markers) {
    const std::string& body = session.body.model.bodies[static_cast<std::size_t>(marker.body)].name;
    if (body == "torso" || body.starts_with("humerus") || body.starts_with("ulna")) continue;
    const bool cluster =
        marker.name.find("TH") != std::string::npos || marker.name.find("SH") != std::string::npos;
    markers.push_back({marker.name, body, cluster ? "" : marker.name});
  }
  return markers;
}

TEST(StandingModel, FindsThighAndShankLengthsOfASyntheticRunner) {
  const SyntheticSession session = clean_session(0.0);
  const Trajectories standing = make_trajectories(session.standing).value();
  StandingPerson person{session.body.dimensions.height_m, session.body.dimensions.mass_kg, false};
  const Result<Model> model =
      model_from_standing(standing, leg_and_pelvis_markers(session), person);
  ASSERT_TRUE(model) << to_sentence(model.error());
  for (const char* side : {"_r", "_l"}) {
    const auto length = [&](const Model& of, const char* joint) {
      const int body = find_body(of, std::string(joint) + side);
      return of.joints[static_cast<std::size_t>(body - 1)].parent_from_frame.translation.norm();
    };
    // The malleoli lie 4 mm above the centre of the ankle that they stand for.
    EXPECT_NEAR(length(*model, "tibia"), length(session.body.model, "tibia"), 0.005) << side;
    EXPECT_NEAR(length(*model, "talus"), length(session.body.model, "talus"), 0.006) << side;
  }
}

TEST(StandingModel, MeetsTheMarkersOfARunWithinTheErrorOfItsJointCentres) {
  const SyntheticSession session = clean_session(1.0);
  const Trajectories standing = make_trajectories(session.standing).value();
  StandingPerson person{session.body.dimensions.height_m, session.body.dimensions.mass_kg, false};
  const Model model =
      model_from_standing(standing, leg_and_pelvis_markers(session), person).value();
  const Trajectories run = make_trajectories(session.runs[0]).value();
  const InverseKinematics ik = inverse_kinematics(model, run).value();
  EXPECT_LT(std::sqrt(ik.rms_m.array().square().mean()), 0.010);
}

TEST(StandingModel, NamesTheLandmarkThatIsNotThere) {
  const SyntheticSession session = clean_session(1.0);
  std::vector<StandingMarker> markers = leg_and_pelvis_markers(session);
  std::erase_if(markers, [](const StandingMarker& m) { return m.label == "LKNM"; });
  const auto model = model_from_standing(make_trajectories(session.standing).value(), markers, {});
  ASSERT_FALSE(model);
  EXPECT_EQ(model.error().what, "the landmark LKNM is not there");
}

}  // namespace
}  // namespace catena
