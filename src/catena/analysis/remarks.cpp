#include "catena/analysis/remarks.h"

#include <fmt/format.h>

#include <algorithm>

#include "catena/core/version.h"

namespace catena {

std::vector<std::string> warnings_of(const RunnerRecordings& recordings, const Demands& demands,
                                     const Results& results) {
  const auto& [body, standing, runs] = recordings;
  std::vector<std::string> out;
  if (standing) out = standing->warnings;
  if (!results.has_thorax) {
    out.emplace_back(
        "Some recording shows fewer than three markers on the thorax, or hides them most of the "
        "time: low back and forward lean cannot be told apart, only their sum, the pelvis, is "
        "given.");
  }
  for (std::size_t i = 0; i < runs.size(); ++i) {
    out.insert(out.end(), runs[i].warnings.begin(), runs[i].warnings.end());
    const RecordingResult& shown = results.recordings[i];
    if (shown.n_strides[kRight] + shown.n_strides[kLeft] > 0) continue;
    out.push_back(fmt::format("{}: No stride was found, so it adds nothing.", runs[i].file));
  }
  out.insert(out.end(), demands.notes.begin(), demands.notes.end());
  return out;
}

std::vector<std::string> assumptions_of(const AnalysisInputs& inputs,
                                        const RunnerRecordings& recordings,
                                        const Results& results) {
  const auto& [body, standing, runs] = recordings;
  std::vector<std::string> out = inputs.guesses;
  out.insert(out.end(), body.assumptions.begin(), body.assumptions.end());
  const auto add_once = [&](const std::string& note) {
    if (std::find(out.begin(), out.end(), note) == out.end()) out.push_back(note);
  };
  for (const std::string& warning : results.warnings) add_once(warning);
  if (standing) {
    for (const std::string& note : standing->notes) add_once(note);
  } else {
    add_once("No standing trial was given: posture is counted from the model's upright pose.");
  }
  for (const FittedRun& run : runs) {
    for (const std::string& note : run.notes) add_once(note);
  }
  for (const RecordingResult& recording : results.recordings) {
    for (const std::string& note : gait_notes(recording.gait)) {
      add_once(recording.file + ": " + note);
    }
    if (recording.demand_source != "given") {
      add_once(fmt::format("{}: demand \"{}\", {}.", recording.file, recording.demand,
                           recording.demand_source));
    }
  }
  return out;
}

Provenance provenance_of(const AnalysisInputs& inputs, const RunnerRecordings& recordings) {
  const auto& [body, standing, runs] = recordings;
  Provenance out;
  out.version = kVersion;
  out.command = inputs.command;
  out.model_file = body.model_file;
  out.model_sha256 = body.model_sha256;
  out.inputs = body.inputs;
  if (standing) out.inputs.emplace_back(standing->file, standing->sha256);
  for (const FittedRun& run : runs) out.inputs.emplace_back(run.file, run.sha256);
  return out;
}

}  // namespace catena
