#include "catena/analysis/analysis.h"

#include "catena/analysis/belonging.h"
#include "catena/analysis/demands.h"
#include "catena/analysis/exam_trials.h"
#include "catena/analysis/findings_of_run.h"
#include "catena/analysis/gait_of_run.h"
#include "catena/analysis/legs.h"
#include "catena/analysis/recording_result.h"
#include "catena/analysis/remarks.h"
#include "catena/analysis/runner_recordings.h"
#include "catena/core/file.h"
#include "catena/core/sha256.h"
#include "catena/exam/exam_file.h"

namespace catena {
namespace {

/// The body's poses in all recordings, which must be of one runner.
Result<void> find_poses(const AnalysisInputs& inputs, RunnerRecordings& recordings) {
  auto& [body, standing, runs] = recordings;
  std::vector<FittedRun*> all;
  if (standing) all.push_back(&*standing);
  for (FittedRun& run : runs) all.push_back(&run);
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto progress = [&](double fraction) {
      if (!inputs.progress) return;
      inputs.progress("fitting " + all[i]->file,
                      (static_cast<double>(i) + fraction) / static_cast<double>(all.size()));
    };
    if (i > 0) {
      CATENA_CHECK(check_same_runner(*all.front(), *all[i], body));
    }
    CATENA_CHECK(fit_run(*all[i], body, progress));
  }
  if (standing) {
    CATENA_CHECK(check_stands(*standing));
  }
  return {};
}

/// Where the thorax is not seen in every recording, it is left out of all of them.
bool agree_on_thorax(RunnerRecordings& recordings) {
  auto& [body, standing, runs] = recordings;
  bool seen = !standing || thorax_is_seen(*standing, body);
  for (const FittedRun& run : runs) seen = seen && thorax_is_seen(run, body);
  for (FittedRun& run : runs) {
    run.segments.has_thorax = seen;
    leave_out_hidden(run, body);
  }
  if (standing) {
    standing->segments.has_thorax = seen;
    leave_out_hidden(*standing, body);
  }
  return seen;
}

/// Other runners, and the file that they come from.
struct OtherRunners {
  Reference runners;
  std::string sha256;
};

Result<std::optional<OtherRunners>> read_other_runners(const AnalysisInputs& inputs) {
  if (!inputs.reference) return std::nullopt;
  CATENA_TRY(bytes, read_file(*inputs.reference));
  CATENA_TRY(runners, parse_reference(bytes, inputs.reference->string()));
  return OtherRunners{std::move(runners), sha256_hex(bytes)};
}

/// Contacts, strides and their curves of every run, and what each run asked of the leg.
Result<Demands> find_strides(const AnalysisInputs& inputs, const RunnerRecordings& recordings,
                             const Reference* others, Results& results) {
  const auto& [body, standing, runs] = recordings;
  std::vector<RecordingGait> gaits;
  std::vector<std::string> names;
  std::vector<SeenSpeed> speeds;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const GaitOfRunOptions options = {.events = inputs.events,
                                      .demand = said_demand(inputs.runs[i]),
                                      .person = inputs.person,
                                      .reference = others};
    CATENA_TRY(gait, gait_of_run(runs[i], standing, body, options));
    names.push_back(runs[i].name);
    const Eigen::VectorXd& time_s = runs[i].fit.motion.time_s;
    speeds.push_back(runs[i].ground.treadmill
                         ? seen_of_belt(gait.spatiotemporal, time_s[0], time_s[time_s.size() - 1])
                         : SeenSpeed{.speed_m_s = runs[i].segments.speed_m_s});
    gaits.push_back(std::move(gait));
  }
  Demands demands = find_demands(inputs.runs, names, speeds);
  for (std::size_t i = 0; i < runs.size(); ++i) {
    results.recordings.push_back(describe(runs[i], standing, body, demands.of_runs[i]));
    results.recordings.back().gait = std::move(gaits[i]);
  }
  return demands;
}

/// The examination, and the hash of its file.
struct ReadExam {
  Examination exam;
  std::string sha256;
};

Result<std::optional<ReadExam>> read_exam(const AnalysisInputs& inputs) {
  if (!inputs.exam) return std::nullopt;
  CATENA_TRY(bytes, read_file(*inputs.exam));
  CATENA_TRY(exam, parse_exam(bytes, inputs.exam->string(), {.today = inputs.today}));
  const auto other = note_of_person(exam, inputs.person.name, inputs.person.id);
  if (other) exam.notes.push_back(*other);
  return ReadExam{std::move(exam), sha256_hex(bytes)};
}

Results begin_results(const BodySetup& body) {
  Results results;
  results.model_name = body.model.name;
  for (const Coordinate& coordinate : body.model.coordinates) {
    results.coordinate_names.push_back(coordinate.name);
    results.coordinate_is_rotation.push_back(coordinate.kind == CoordinateKind::kRotation);
  }
  return results;
}

}  // namespace

Result<Results> analyze(const AnalysisInputs& inputs) {
  if (inputs.runs.empty()) {
    return fail(Errc::kBadOption, "no run was given", "", "name at least one recording");
  }
  CATENA_TRY(others, read_other_runners(inputs));
  CATENA_TRY(exam, read_exam(inputs));

  // Recordings in, a body and its poses out.
  CATENA_TRY(recordings, read_runner(inputs));
  CATENA_CHECK(find_poses(inputs, recordings));
  const auto& [body, standing, runs] = recordings;

  Results results = begin_results(body);
  results.has_thorax = agree_on_thorax(recordings);
  results.has_standing = standing.has_value();
  if (standing) results.standing_repairs = standing->repairs;

  // Poses in, contacts, strides and demands out.
  CATENA_TRY(demands,
             find_strides(inputs, recordings, others ? &others->runners : nullptr, results));

  // Strides in, budgets, shares and stops out.
  results.legs = analyze_legs(recordings, demands);
  const SpeedRange speeds = speeds_of_series(demands);
  for (const Side side : kSides) {
    LegResult& leg = results.legs[side];
    leg.pelvis_reference = compare_pelvis_share(leg.take_up, speeds);
    for (const StrideResult& stride : leg.strides) {
      ++results.recordings[static_cast<std::size_t>(stride.recording)].n_strides[side];
    }
  }
  if (results.legs[kRight].strides.empty() && results.legs[kLeft].strides.empty()) {
    return fail(Errc::kMissingData, "no stride was found: no peak of thigh extension in any run",
                runs.front().path, "give recordings of running or walking, a stride or longer");
  }

  // All of it and the examination in, the answer out; safety comes first.
  if (exam) results.examination = exam->exam;
  results.safety = assess_safety(results.examination.value_or(Examination()));
  CATENA_TRY(recorded, recorded_capacities(inputs.exam_trials, recordings));
  results.answer = find_answer(findings_of_run(results), results.examination, recorded);

  results.warnings = warnings_of(recordings, demands, results);
  results.assumptions = assumptions_of(inputs, recordings, results);
  results.provenance = provenance_of(inputs, recordings);
  if (exam) {
    results.provenance.inputs.emplace_back(inputs.exam->filename().string(), exam->sha256);
  }
  if (others) {
    results.reference_source = others->runners.source;
    results.provenance.inputs.emplace_back(inputs.reference->filename().string(), others->sha256);
  }
  return results;
}

}  // namespace catena
