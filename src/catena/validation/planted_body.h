// A planted session, ready for the fit: its recordings with their meanings, held together.
#pragma once

#include <vector>

#include "catena/core/error.h"
#include "catena/kinematics/body_fit.h"
#include "catena/kinematics/runner_prior.h"
#include "catena/synthetic/runner.h"

namespace catena {

/// Trajectories and meanings of a session; the views below point into it.
struct PlantedRecordings {
  std::vector<Trajectories> trials;  // the standing trial first, where it is wanted
  std::vector<IdentifiedLabels> meanings;
  bool with_standing = true;

  [[nodiscard]] std::vector<LabelledTrial> labelled() const;
  [[nodiscard]] std::vector<FitTrial> for_fit() const;
};

Result<PlantedRecordings> recordings_of(const SyntheticSession& session, bool with_standing = true,
                                        bool with_runs = true);

/// What the session tells of the person.
RunnerFacts facts_of(const SyntheticSession& session, bool know_height = true);

}  // namespace catena
