#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <map>
#include <memory>

#include "catena/core/file.h"
#include "catena/gait/foot_forces.h"
#include "catena/recording/convert.h"
#include "catena/recording/forces_to_plates.h"
#include "catena/trajectories/from_recording.h"
#include "catena/trajectories/identify_labels.h"
#include "commands.h"
#include "outcome.h"
#include "words.h"

namespace catena {
namespace {

constexpr const char* kConvertHelp =
    R"(Writes a recording in another format, told by the output's ending: C3D to .trc (markers), .mot
(ground forces on the body, as in OpenSim's _grf.mot) and .sto (analog channels); TRC, alone or with
its forces, to .c3d; MOT and STO to each other. What is lost on the way is listed.

Example:
  catena convert run.c3d -o run.trc -o run_grf.mot
  catena convert run.c3d --all out --up auto --per-foot
  catena convert run.trc run_grf.mot -o run.c3d)";

struct ConvertCommand {
  std::vector<std::filesystem::path> in;  // a recording or table; forces beside a TRC file
  std::vector<std::filesystem::path> outs;
  std::filesystem::path all;  // a folder for every format that fits; or empty
  AxisWords axes = {"file", "file", false, false};
  bool zero_plates = false;
  bool per_foot = false;
};

struct Output {
  std::filesystem::path path;
  FileFormat format = FileFormat::kTrc;
};

/// What each output is to be, by its ending.
Result<std::vector<Output>> outputs_of(const ConvertCommand& command) {
  std::vector<Output> outputs;
  std::error_code ignored;
  for (const std::filesystem::path& path : command.outs) {
    const auto format = format_named(path.extension().string());
    if (!path.has_filename() || std::filesystem::is_directory(path, ignored)) {
      return fail(Errc::kBadOption, "--out names a folder, not a file", path.string(),
                  "name a file, or give the folder with --all");
    }
    if (!format) {
      return fail(Errc::kBadOption, "its ending says no format that can be written", path.string(),
                  "end it in .trc, .c3d, .mot or .sto");
    }
    const bool twice = std::any_of(outputs.begin(), outputs.end(),
                                   [&](const Output& other) { return other.path == path; });
    if (twice) return fail(Errc::kBadOption, "it is to be written twice", path.string());
    outputs.push_back({path, *format});
  }
  return outputs;
}

/// No output may be the file that is read.
Result<void> check_not_input(const ConvertCommand& command, const std::vector<Output>& outputs) {
  std::error_code ignored;
  for (const Output& output : outputs) {
    const bool is_read = std::any_of(command.in.begin(), command.in.end(), [&](const auto& in) {
      return std::filesystem::equivalent(output.path, in, ignored);
    });
    if (!is_read) continue;
    return fail(Errc::kBadOption, "--out names the file that is read", output.path.string(),
                "give the output a name of its own");
  }
  return {};
}

/// The file in ground, where the person asked for that; else as it is, and which way it lies.
Result<void> turn_as_told(const AxisWords& axes, Convertible& input) {
  if (axes.up == "file" && axes.forward == "file") {
    if (!input.file || input.is_trc) return {};
    const auto frame = find_ground_frame(input.file->recording, {}, {});
    if (!frame || frame->up.certainty != Certainty::kSure || frame->up.axis == LabAxis::kPlusY) {
      return {};
    }
    input.notes.push_back("The axes of the file were kept: " + to_text(frame->up.axis) +
                          " is up; --up auto turns them into OpenSim's.");
    return {};
  }
  if (!input.file) return turn(input, Eigen::Matrix3d::Identity());  // says why not
  CATENA_TRY(frame, find_ground_frame(input.file->recording, {}, options_of(axes)));
  CATENA_CHECK(turn(input, frame.ground_from_lab));
  input.notes.push_back("Turned into ground: " + to_text(frame) + ".");
  input.notes.insert(input.notes.end(), frame.notes.begin(), frame.notes.end());
  return {};
}

/// Forces of the right and the left foot, in the axes that the input has.
Result<GroundForces> forces_per_foot(const Convertible& input, const PlateOptions& options,
                                     std::vector<std::string>& notes) {
  if (!input.file || input.file->recording.plates.empty()) {
    return fail(Errc::kMissingData, "there are no force plates whose forces could be written");
  }
  const Recording& recording = input.file->recording;
  const BodyPoints body = body_points(identify_labels(recording.points.labels));
  CATENA_TRY(frame, find_ground_frame(recording, body, {}));
  CATENA_TRY(points, make_trajectories(recording.points, {.ground = frame}));
  RecordedForces forces = recorded_forces(recording, options);
  for (PlateForces& plate : forces.plates) plate = turned(plate, frame.ground_from_lab);
  CATENA_TRY(feet, foot_forces(forces.plates, points, body));
  for (GroundForce& foot : feet.forces.forces) {
    for (Eigen::MatrixX3d* vectors : {&foot.force_n, &foot.cop_m, &foot.free_moment_nm}) {
      *vectors = (*vectors * frame.ground_from_lab).eval();
    }
  }
  const auto times = [&](EventSide side) {
    const auto n = std::count_if(feet.contacts.begin(), feet.contacts.end(),
                                 [&](const Contact& contact) { return contact.side == side; });
    return std::to_string(n) + (n == 1 ? " time" : " times");
  };
  notes.insert(notes.end(), forces.notes.begin(), forces.notes.end());
  notes.push_back(fmt::format("The right foot steps on a force plate {}, the left foot {}.",
                              times(EventSide::kRight), times(EventSide::kLeft)));
  notes.insert(notes.end(), feet.notes.begin(), feet.notes.end());
  return std::move(feet.forces);
}

/// What is to be converted, with the forces beside it.
Result<Convertible> read_inputs(const ConvertCommand& command) {
  const std::filesystem::path& path = command.in.front();
  CATENA_TRY(bytes, read_file(path));
  CATENA_TRY(input, parse_convertible(bytes, path.string()));
  if (command.in.size() < 2) return std::move(input);
  if (!input.is_trc) {
    return fail(Errc::kUnsupported, "forces can be put beside the markers of a TRC file only",
                path.string(), "give the .trc file first, then its _grf.mot");
  }
  const std::string beside = command.in[1].string();
  CATENA_TRY(forces, read_grf(beside));
  Recording& recording = input.file->recording;
  recording.points.notes.clear();
  CATENA_CHECK(add_force_plates(forces, recording).map_error(placed_in(beside)));
  for (const auto* notes : {&forces.notes, &recording.points.notes}) {
    input.notes.insert(input.notes.end(), notes->begin(), notes->end());
  }
  return std::move(input);
}

struct Written {
  std::vector<Output> outputs;
  std::vector<std::string> notes;
};

Result<Written> convert_files(const ConvertCommand& command) {
  Written written;
  CATENA_TRY(outputs, outputs_of(command));
  CATENA_TRY(input, read_inputs(command));
  const std::filesystem::path& in = command.in.front();
  const auto in_input = placed_in(in.string());
  if (!command.all.empty()) {
    const std::vector<FileFormat> formats = all_formats(input);
    if (formats.empty()) {
      return fail(Errc::kUnsupported, "there are neither markers nor analog channels to be written",
                  in.string(), "name the output with --out");
    }
    for (const FileFormat format : formats) {
      const char* ending = format == FileFormat::kTrc   ? ".trc"
                           : format == FileFormat::kMot ? "_grf.mot"
                                                        : "_analog.sto";
      outputs.push_back({command.all / (in.stem().string() + ending), format});
    }
  }
  CATENA_CHECK(check_not_input(command, outputs));
  CATENA_CHECK(turn_as_told(command.axes, input).map_error(in_input));
  std::vector<ConvertTarget> targets;
  for (const Output& output : outputs) {
    targets.push_back({output.format, output.path.stem().string()});
  }
  ConvertOptions options;
  options.plates.subtract_baseline = command.zero_plates;
  const bool wants_forces = std::any_of(outputs.begin(), outputs.end(), [](const Output& output) {
    return output.format == FileFormat::kMot;
  });
  if (command.per_foot && wants_forces) {
    CATENA_TRY(forces, forces_per_foot(input, options.plates, input.notes).map_error(in_input));
    options.forces = std::move(forces);
  }
  CATENA_TRY(converted, convert(input, targets, options).map_error(in_input));

  // Files of one folder are written together.
  std::map<std::filesystem::path, FileSet> folders;
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    const std::filesystem::path& path = outputs[i].path;
    folders[path.has_parent_path() ? path.parent_path() : "."].emplace_back(
        path.filename().string(), std::move(converted.contents[i]));
  }
  for (const auto& [folder, files] : folders) CATENA_CHECK(write_files(folder, files));
  written.outputs = std::move(outputs);
  written.notes = std::move(converted.notes);
  return written;
}

int run_convert(const ConvertCommand& command) {
  if (command.outs.empty() && command.all.empty()) {
    return report_error({Errc::kBadOption, "nothing is to be written", "",
                         "name a file with --out, or a folder with --all"});
  }
  const Result<Written> written = convert_files(command);
  if (!written) return report_error(written.error());
  for (const std::string& note : written->notes) fmt::print(stderr, "note: {}\n", note);
  for (const Output& output : written->outputs) fmt::print("{}\n", output.path.string());
  return kDone;
}

}  // namespace

Command add_convert(CLI::App& app) {
  const auto c = std::make_shared<ConvertCommand>();
  CLI::App* sub = app.add_subcommand("convert", kConvertHelp);
  sub->add_option("in", c->in,
                  "recording or table (.c3d, .trc, .mot, .sto); beside a .trc its forces (.mot)")
      ->required()
      ->expected(1, 2);
  sub->add_option("-o,--out", c->outs, "file to write; may be given several times")
      ->expected(1)
      ->take_all()
      ->check(not_empty);
  sub->add_option("--all", c->all, "folder for NAME.trc, NAME_grf.mot and NAME_analog.sto")
      ->check(not_empty);
  add_axes(*sub, c->axes);
  sub->add_flag("--zero-plates", c->zero_plates,
                "take off what force plates read where the file says that they are unloaded");
  sub->add_flag("--per-foot", c->per_foot,
                "forces of the right and left foot in the .mot, not of each plate");
  return {sub, [c](const std::string&) { return run_convert(*c); }};
}

}  // namespace catena
