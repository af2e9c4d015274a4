#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <memory>

#include "catena/core/file.h"
#include "catena/kinematics/ik_setup.h"
#include "catena/kinematics/inverse_kinematics.h"
#include "catena/model/osim_reader.h"
#include "catena/recording/read_recording.h"
#include "catena/report/motion_report.h"
#include "catena/trajectories/from_recording.h"
#include "catena/trajectories/identify_labels.h"
#include "catena/trajectories/match_labels.h"
#include "commands.h"
#include "outcome.h"
#include "progress_line.h"
#include "words.h"

namespace catena {
namespace {

constexpr const char* kIkHelp =
    R"(Fits a model to one recording by inverse kinematics and writes a motion that OpenSim reads.

Example:
  catena ik run.trc --model runner.osim --ik-setup setup_ik.xml -o run_ik.mot)";

struct IkCommand {
  std::filesystem::path run;
  std::filesystem::path model;
  std::filesystem::path ik_setup;
  std::filesystem::path marker_set;
  std::filesystem::path labels;
  std::filesystem::path out;
  AxisWords axes = {"file", "file", false, false};
  int threads = 0;
};

struct Fitted {
  Model model;
  InverseKinematics fit;
  std::vector<std::string> notes;
};

/// The file's own frame, so that the motion can be laid beside what other programs make of the same
/// file, unless the person asks for another.
Result<GroundFrame> choose_frame(const Recording& recording, const AxisWords& words) {
  if (words.up == "file" && words.forward == "file") return GroundFrame{};
  const IdentifiedLabels meaning = identify_labels(recording.points.labels);
  return find_ground_frame(recording, body_points(meaning), options_of(words));
}

/// The recording's labels become those of the model's markers; each change is a note.
Result<void> name_as_the_model(const Model& model, const std::filesystem::path& map_file,
                               Trajectories& trajectories) {
  LabelMap map;
  if (!map_file.empty()) {
    CATENA_TRY(bytes, read_file(map_file));
    CATENA_TRY(read, parse_label_map(bytes, map_file.string()));
    map = read;
  }
  std::vector<std::string> wanted;
  for (const ModelMarker& marker : model.markers) wanted.push_back(marker.name);
  const MatchedLabels matched = match_labels(trajectories.labels, wanted, map);
  trajectories.labels = matched.labels;
  trajectories.notes.insert(trajectories.notes.end(), matched.notes.begin(), matched.notes.end());
  return {};
}

Result<Fitted> fit(const IkCommand& command) {
  Fitted out;
  CATENA_TRY(model, read_osim(command.model));
  if (!command.marker_set.empty()) {
    CATENA_TRY(bytes, read_file(command.marker_set));
    if (auto done = apply_marker_set(model, bytes, command.marker_set.string()); !done) {
      return tl::make_unexpected(done.error());
    }
  }
  if (model.markers.empty()) {
    return fail(Errc::kMissingData, "the model has no markers", command.model.string(),
                "give a model with its markers, or a marker set with --marker-set");
  }
  InverseKinematicsOptions options;
  if (!command.ik_setup.empty()) {
    CATENA_TRY(setup, read_ik_setup(command.ik_setup));
    CATENA_TRY(chosen,
               options_from_setup(setup, model).map_error(placed_in(command.ik_setup.string())));
    options = chosen;
    out.notes = setup.notes;
  }
  CATENA_TRY(recording, read_recording(command.run));
  const auto in_run = placed_in(command.run.string());
  CATENA_TRY(ground, choose_frame(recording, command.axes).map_error(in_run));
  CATENA_TRY(trajectories,
             make_trajectories(recording.points, {.ground = ground}).map_error(in_run));
  CATENA_CHECK(name_as_the_model(model, command.labels, trajectories));
  ProgressLine line;
  options.threads = command.threads;
  options.progress = [&](double fraction) { line.show("fitting", fraction); };
  CATENA_TRY(ik,
             inverse_kinematics(model, trajectories, options).map_error([&](const Error& error) {
               return error.code == Errc::kMissingData ? in_run(error) : error;
             }));
  for (const auto* notes :
       {&model.assumptions, &trajectories.notes, &trajectories.asides, &ik.assumptions}) {
    out.notes.insert(out.notes.end(), notes->begin(), notes->end());
  }
  out.model = std::move(model);
  out.fit = std::move(ik);
  return out;
}

/// The motion must be a file of its own: never a folder, and never one of the inputs.
Result<void> check_output(const IkCommand& command) {
  std::error_code ignored;
  if (!command.out.has_filename() || std::filesystem::is_directory(command.out, ignored)) {
    return fail(Errc::kBadOption, "--out names a folder, not a file", command.out.string(),
                "add the name of the motion, such as run_ik.mot");
  }
  for (const auto& input :
       {command.run, command.model, command.ik_setup, command.marker_set, command.labels}) {
    if (!std::filesystem::equivalent(command.out, input, ignored)) continue;
    return fail(Errc::kBadOption, "--out names a file that is read here", command.out.string(),
                "give the motion a name of its own");
  }
  return {};
}

int run_ik(const IkCommand& command) {
  if (auto free = check_output(command); !free) return report_error(free.error());
  const Result<Fitted> fitted = fit(command);
  if (!fitted) return report_error(fitted.error());
  const InverseKinematics& ik = fitted->fit;
  std::vector<std::string> names;
  std::vector<bool> rotates;
  for (const Coordinate& coordinate : fitted->model.coordinates) {
    names.push_back(coordinate.name);
    rotates.push_back(coordinate.kind == CoordinateKind::kRotation);
  }
  const std::string motion = render_motion(ik.motion, names, rotates);
  if (auto written = write_file(command.out, motion); !written) {
    return report_error(written.error());
  }

  for (const std::string& note : fitted->notes) fmt::print(stderr, "note: {}\n", note);
  const auto n = static_cast<std::ptrdiff_t>(ik.converged.size());
  const auto converged = std::count(ik.converged.begin(), ik.converged.end(), true);
  double sum = 0.0;
  std::ptrdiff_t known = 0;
  for (const double rms : ik.rms_m) {
    if (std::isnan(rms)) continue;
    sum += rms * rms;
    ++known;
  }
  fmt::print("{} frames, {} markers, marker RMS {:.1f} mm, {} of {} frames converged\n{}\n", n,
             ik.marker_index.size(), 1000.0 * std::sqrt(sum / static_cast<double>(known)),
             converged, n, command.out.string());
  if (converged * 100 >= n * 99) return kDone;
  fmt::print(stderr,
             "catena: {}: {} of {} frames showed too few markers or could not be fitted; look at "
             "the gaps in the recording before you use the motion\n",
             command.run.string(), n - converged, n);
  return kNotConverged;
}

}  // namespace

Command add_ik(CLI::App& app) {
  const auto c = std::make_shared<IkCommand>();
  CLI::App* sub = app.add_subcommand("ik", kIkHelp);
  sub->add_option("run", c->run, "recording (.trc, .c3d)")->required();
  sub->add_option("--model", c->model, "scaled model (.osim)")->required();
  sub->add_option("--ik-setup", c->ik_setup, "OpenSim IK set-up or task file (.xml) for weights");
  sub->add_option("--marker-set", c->marker_set, "marker-set file (.xml) to put on the model");
  add_labels(*sub, c->labels);
  add_axes(*sub, c->axes);
  add_threads(*sub, c->threads);
  sub->add_option("-o,--out", c->out, "motion to write (.mot)")->required()->check(not_empty);
  return {sub, [c](const std::string&) { return run_ik(*c); }};
}

}  // namespace catena
