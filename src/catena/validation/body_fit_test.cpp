// The fit of a body against planted bodies.
#include "catena/kinematics/body_fit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "catena/kinematics/body_measures.h"
#include "catena/validation/body_fit_study.h"
#include "catena/validation/planted_body.h"

namespace catena {
namespace {

using ::testing::HasSubstr;

RunnerOptions quiet_runner(std::uint64_t seed) {
  RunnerOptions runner;
  runner.seed = seed;
  runner.speeds_m_s = {2.5, 4.5};
  runner.strides = 5;
  runner.marker_noise_mm = 0.2;
  runner.artefact.on = false;
  return runner;
}

/// The measure of a name; NaN where there is none.
double width_m(const std::vector<BodyMeasure>& measures, const std::string& name) {
  for (const BodyMeasure& m : measures) {
    if (m.name == name) return m.estimate.high - m.estimate.low;
  }
  return std::nan("");
}

double value_m(const std::vector<BodyMeasure>& measures, const std::string& name) {
  for (const BodyMeasure& m : measures) {
    if (m.name == name) return m.estimate.value;
  }
  return std::nan("");
}

double true_m(const SyntheticSession& session, const std::string& name) {
  for (const NamedLength& m : measures_of(session.body.model)) {
    if (m.name == name) return m.value_m;
  }
  return std::nan("");
}

struct Fitted {
  SyntheticSession session;
  BodyPrior prior;
  BodyFit fit;
  std::vector<BodyMeasure> measures;
};

Fitted fit_planted(const RunnerOptions& options, bool with_standing, bool with_runs,
                   int threads = 0) {
  Fitted out;
  out.session = make_session(options).value();
  const PlantedRecordings recordings = recordings_of(out.session, with_standing, with_runs).value();
  out.prior = runner_prior(recordings.labelled(), facts_of(out.session)).value();
  BodyFitOptions fit_options;
  fit_options.threads = threads;
  out.fit = fit_body(out.prior, recordings.for_fit(), fit_options).value();
  out.measures = measure_body(out.prior, out.fit);
  return out;
}

TEST(BodyFit, GivesBackAPlantedBodyWithoutSkin) {
  for (const std::uint64_t seed : {11U, 12U, 13U}) {
    const Fitted fitted = fit_planted(quiet_runner(seed), true, true);
    EXPECT_TRUE(fitted.fit.converged);
    EXPECT_LT(fitted.fit.rms_m, 1e-3);
    for (const char* name :
         {"right thigh length", "left thigh length", "right shank length", "left shank length"}) {
      const double truth = true_m(fitted.session, name);
      EXPECT_NEAR(value_m(fitted.measures, name), truth, 0.02 * truth) << name << ", " << seed;
    }
  }
}

TEST(BodyFit, MassesSumToTheRunners) {
  const Fitted fitted = fit_planted(quiet_runner(11), true, true);
  double mass_kg = 0.0;
  for (const Body& body : fitted.fit.model.bodies) mass_kg += body.mass_kg;
  EXPECT_NEAR(mass_kg, fitted.session.truth.options.body.mass_kg, 1e-6);
}

TEST(BodyFit, IsTheSameForAnyNumberOfThreads) {
  const Fitted one = fit_planted(quiet_runner(14), true, true, 1);
  const Fitted three = fit_planted(quiet_runner(14), true, true, 3);
  EXPECT_EQ(one.fit.values, three.fit.values);
  EXPECT_EQ(one.fit.covariance, three.fit.covariance);
}

TEST(BodyFit, RunsAloneOrStandingAloneLeaveWiderIntervals) {
  const RunnerOptions options = quiet_runner(15);
  const Fitted both = fit_planted(options, true, true);
  const Fitted standing = fit_planted(options, true, false);
  const Fitted runs = fit_planted(options, false, true);
  for (const char* name : {"right thigh length", "right thigh's joint in pelvis, z"}) {
    EXPECT_GT(width_m(standing.measures, name), 1.2 * width_m(both.measures, name)) << name;
    EXPECT_GE(width_m(runs.measures, name), 0.999 * width_m(both.measures, name)) << name;
  }
  for (const Fitted* fitted : {&standing, &runs}) {
    const double truth = true_m(fitted->session, "right shank length");
    EXPECT_NEAR(value_m(fitted->measures, "right shank length"), truth, 0.04 * truth);
  }
}

TEST(BodyFit, WorksWithoutThoraxAndArms) {
  SyntheticSession session = make_session(quiet_runner(16)).value();
  PlantedRecordings recordings = recordings_of(session).value();
  // Labels that nobody knows are as good as no markers.
  for (Trajectories& trial : recordings.trials) {
    for (std::size_t i = 0; i < trial.labels.size(); ++i) {
      const std::string segment = recordings.meanings[0].meanings[i].segment;
      if (segment == "thorax" || segment.ends_with("arm")) {
        trial.labels[i] = "unheard of " + std::to_string(i);
      }
    }
  }
  for (std::size_t t = 0; t < recordings.trials.size(); ++t) {
    recordings.meanings[t] = identify_labels(recordings.trials[t].labels);
  }
  const auto prior = runner_prior(recordings.labelled(), facts_of(session));
  ASSERT_TRUE(prior) << to_sentence(prior.error());
  const auto fit = fit_body(*prior, recordings.for_fit());
  ASSERT_TRUE(fit) << to_sentence(fit.error());
  const double truth = true_m(session, "right thigh length");
  EXPECT_NEAR(value_m(measure_body(*prior, *fit), "right thigh length"), truth, 0.02 * truth);
}

TEST(RunnerPrior, SaysWhatIsMissingOfPelvisAndKnees) {
  const SyntheticSession session = make_session(quiet_runner(17)).value();
  const auto without = [&](const std::vector<std::string>& labels) {
    PlantedRecordings recordings = recordings_of(session).value();
    for (std::size_t t = 0; t < recordings.trials.size(); ++t) {
      int n = 0;
      for (std::string& label : recordings.trials[t].labels) {
        if (std::find(labels.begin(), labels.end(), label) != labels.end()) {
          label = "unheard of " + std::to_string(n++);
        }
      }
      recordings.meanings[t] = identify_labels(recordings.trials[t].labels);
    }
    const auto prior = runner_prior(recordings.labelled(), {});
    return prior ? std::string() : to_sentence(prior.error());
  };
  EXPECT_THAT(without({"RASI", "LASI", "SACR"}), HasSubstr("landmarks of the pelvis"));
  EXPECT_THAT(without({"RKNL", "RKNM", "RANL", "RANM"}), HasSubstr("right knee or ankle"));
  EXPECT_EQ(without({"RTH1", "LSH2", "RPSI"}), "");
}

TEST(BodyFit, GenericModelTakesTheRunnersSize) {
  // The runner's own model, shrunk, is the generic one.
  const SyntheticSession session = make_session(quiet_runner(18)).value();
  Model small = session.user_model;
  for (Joint& joint : small.joints) {
    joint.parent_from_frame.translation *= 0.9;
    joint.child_from_frame.translation *= 0.9;
  }
  for (ModelMarker& marker : small.markers) marker.position_in_body_m *= 0.9;
  const PlantedRecordings recordings = recordings_of(session).value();
  const auto prior = generic_prior(small, {});
  ASSERT_TRUE(prior);
  const auto fit = fit_body(*prior, recordings.for_fit());
  ASSERT_TRUE(fit) << to_sentence(fit.error());
  const std::vector<BodyMeasure> measures = measure_body(*prior, *fit);
  for (const char* name : {"right thigh length", "left shank length"}) {
    const double truth = true_m(session, name);
    EXPECT_NEAR(value_m(measures, name), truth, 0.025 * truth) << name;
  }
}

TEST(BodyFitStudy, PlantedBodiesWithSkinAreFoundWithinTheirIntervals) {
  BodyFitStudyOptions options;
  options.n_sessions = 6;
  options.n_bodies = 6;
  options.run_s = 4.0;
  const auto study = study_body_fit(options);
  ASSERT_TRUE(study) << to_sentence(study.error());
  EXPECT_EQ(study->n_failed, 0);
  for (const BodyFitStudyRow& row : study->rows) {
    const bool leg = row.name.find("thigh length") != std::string::npos ||
                     row.name.find("shank length") != std::string::npos;
    if (leg) {
      EXPECT_LT(row.rms_percent, 3.0) << row.name;
    }
    if (row.name.ends_with("distance")) {
      EXPECT_LT(row.rms_error, 10.0) << row.name;
    }
    if (row.name.starts_with("angle")) {
      EXPECT_LT(row.rms_error, 2.5) << row.name;
    }
    if (leg || row.name.find("thigh's joint") != std::string::npos) {
      // Six sessions of a right 90 % hold three or more but once in a thousand times.
      EXPECT_TRUE(std::isnan(row.coverage) || row.coverage > 0.4) << row.name;
    }
  }
}

}  // namespace
}  // namespace catena
