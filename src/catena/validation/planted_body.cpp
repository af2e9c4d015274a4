#include "catena/validation/planted_body.h"

#include "catena/trajectories/from_recording.h"

namespace catena {

std::vector<LabelledTrial> PlantedRecordings::labelled() const {
  std::vector<LabelledTrial> out;
  for (std::size_t i = 0; i < trials.size(); ++i) {
    out.push_back({&trials[i], &meanings[i], with_standing && i == 0});
  }
  return out;
}

std::vector<FitTrial> PlantedRecordings::for_fit() const {
  std::vector<FitTrial> out;
  for (std::size_t i = 0; i < trials.size(); ++i) {
    out.push_back({&trials[i], with_standing && i == 0});
  }
  return out;
}

Result<PlantedRecordings> recordings_of(const SyntheticSession& session, bool with_standing,
                                        bool with_runs) {
  PlantedRecordings out;
  out.with_standing = with_standing;
  std::vector<const PointRecording*> all;
  if (with_standing) all.push_back(&session.standing);
  for (const PointRecording& run : session.runs) {
    if (with_runs) all.push_back(&run);
  }
  for (const PointRecording* recording : all) {
    CATENA_TRY(trial, make_trajectories(*recording, {}));
    out.meanings.push_back(identify_labels(trial.labels));
    out.trials.push_back(std::move(trial));
  }
  return out;
}

RunnerFacts facts_of(const SyntheticSession& session, bool know_height) {
  const SyntheticBodyOptions& body = session.truth.options.body;
  RunnerFacts facts;
  if (know_height) facts.height_m = body.height_m;
  facts.mass_kg = body.mass_kg;
  facts.female = body.female;
  return facts;
}

}  // namespace catena
