#include "catena/recording/convert.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "catena/core/text.h"
#include "catena/recording/read_recording.h"
#include "catena/recording/table_file.h"
#include "catena/recording/trc.h"

namespace catena {
namespace {

using Notes = std::vector<std::string>;

bool has(const std::vector<FileFormat>& formats, FileFormat format) {
  return std::find(formats.begin(), formats.end(), format) != formats.end();
}

// Labels that a table of columns can hold: no tabs and line ends, none empty, none twice.
std::vector<std::string> column_labels(const std::vector<std::string>& labels,
                                       const std::string& noun, Notes& notes) {
  std::vector<std::string> result;
  std::set<std::string> taken;
  std::size_t n_changed = 0;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    std::string plain;
    for (const char c : trim(labels[i])) {
      plain += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? '_' : c;
    }
    if (plain.empty()) plain = noun + "_" + std::to_string(i + 1);
    std::string label = plain;
    for (int n = 2; !taken.insert(label).second; ++n) label = plain + "_" + std::to_string(n);
    if (label != labels[i]) ++n_changed;
    result.push_back(std::move(label));
  }
  if (n_changed > 0) {
    notes.push_back(counted(n_changed, noun) + (n_changed == 1 ? " was" : " were") +
                    " renamed: a column's label is neither empty, nor there twice, nor has tabs.");
  }
  return result;
}

Result<std::string> to_trc(const C3dFile& file, std::string_view name, Notes& notes) {
  if (file.recording.points.labels.empty()) {
    return fail(Errc::kMissingData, "there are no markers to be written as TRC");
  }
  PointRecording points = file.recording.points;
  points.name = name;
  points.labels = column_labels(points.labels, "marker", notes);
  TrcWriteOptions options;
  options.first_frame = file.first_frame;
  return write_trc(points, options);
}

Result<std::string> to_forces(const Recording& recording, std::string_view name,
                              const ConvertOptions& options, Notes& notes) {
  if (options.forces) {
    Table table = grf_table(*options.forces);
    table.name = name;
    return write_table(table);
  }
  if (recording.plates.empty()) {
    return fail(Errc::kMissingData, "there are no force plates whose forces could be written");
  }
  const RecordedForces forces = recorded_forces(recording, options.plates);
  const GroundForces ground = ground_forces(forces.plates, name);
  if (ground.forces.empty()) {
    return fail(Errc::kMissingData, "no force plate can be used: " + forces.notes.front());
  }
  notes.insert(notes.end(), forces.notes.begin(), forces.notes.end());
  return write_table(grf_table(ground));
}

Result<std::string> to_channels(const Recording& recording, std::string_view name, Notes& notes) {
  const AnalogRecording& analog = recording.analog;
  if (analog.labels.empty()) {
    return fail(Errc::kMissingData, "there are no analog channels to be written as STO");
  }
  Table table;
  table.name = name;
  table.labels = column_labels(analog.labels, "channel", notes);
  table.values = analog.values;
  const Eigen::Index n = analog.values.rows();
  table.time_s.resize(n);
  const double first_s = recording.points.time_s.size() > 0 ? recording.points.time_s[0] : 0.0;
  for (Eigen::Index i = 0; i < n; ++i) {
    table.time_s[i] = first_s + static_cast<double>(i) / analog.rate_hz;
  }
  const auto said = [](const std::string& unit) { return !unit.empty(); };
  if (std::any_of(analog.units.begin(), analog.units.end(), said)) {
    notes.emplace_back("Not written: the units of the analog channels.");
  }
  return write_table(table);
}

// What 32-bit reals and whole frames cannot keep of a TRC file.
void note_c3d_losses(const PointRecording& points, Notes& notes) {
  double worst_mm = 0.0;
  std::size_t n_partial = 0;
  for (Eigen::Index j = 0; j + 2 < points.points_m.cols(); j += 3) {
    for (Eigen::Index i = 0; i < points.points_m.rows(); ++i) {
      const Eigen::Vector3d p_mm = 1e3 * points.points_m.row(i).segment<3>(j);
      const auto n_lost = p_mm.array().isNaN().count();
      if (n_lost == 1 || n_lost == 2) ++n_partial;
      if (n_lost > 0) continue;
      // One by one: GCC 12 drops Eigen's cast there and back when it optimises.
      for (const double x_mm : p_mm) {
        const auto kept_mm = static_cast<double>(static_cast<float>(x_mm));
        worst_mm = std::max(worst_mm, std::abs(kept_mm - x_mm));
      }
    }
  }
  if (n_partial > 0) {
    notes.push_back(counted(n_partial, "position") +
                    " with one or two lost coordinates count as lost in C3D.");
  }
  // 1e-9 mm is what comes and goes with the unit of length.
  if (worst_mm > 1e-9) {
    notes.push_back(fmt::format(
        "Coordinates were rounded to the 32 bits of C3D, by {:.2g} mm at the most.", worst_mm));
  }
  const double frames = points.time_s.size() > 0 ? points.time_s[0] * points.rate_hz : 0.0;
  const double moved_s = (std::max(0.0, std::round(frames)) - frames) / points.rate_hz;
  if (std::abs(moved_s) > 1e-6) {
    notes.push_back(fmt::format("Times were moved by {} s: those of C3D begin with a whole frame.",
                                in_words(moved_s)));
  }
}

// What the input has and none of the outputs.
void note_not_written(const C3dFile& file, const std::vector<FileFormat>& formats, Notes& notes) {
  if (has(formats, FileFormat::kC3d)) return;
  const Recording& recording = file.recording;
  const auto note = [&](const std::string& what) { notes.push_back("Not written: " + what + "."); };
  if (!has(formats, FileFormat::kTrc) && !recording.points.labels.empty()) {
    note(counted(recording.points.labels.size(), "marker"));
  }
  if (!has(formats, FileFormat::kSto) && !recording.analog.labels.empty()) {
    note(counted(recording.analog.labels.size(), "analog channel") + " at " +
         in_words(recording.analog.rate_hz) + " Hz");
  }
  if (!has(formats, FileFormat::kMot) && !recording.plates.empty()) {
    note(counted(recording.plates.size(), "force plate"));
  }
  if (!recording.outputs.empty()) {
    note(counted(recording.outputs.size(), "model output") + " (" + recording.outputs[0].label +
         (recording.outputs.size() > 1 ? ", ...)" : ")"));
  }
  if (!recording.events.empty()) {
    note(counted(recording.events.size(), "event") + " (" + recording.events[0].label +
         (recording.events.size() > 1 ? ", ...)" : ")"));
  }
  const Eigen::MatrixXf& words = file.cameras_and_residual;
  if ((words.array() > 0.0F).any()) note("residuals and cameras of the markers");
  std::size_t n_parameters = 0;
  for (const C3dGroup& group : file.groups) n_parameters += group.parameters.size();
  if (n_parameters > 0) {
    note(counted(n_parameters, "parameter") + " of the C3D file" +
         (recording.subject.empty() ? "" : ", among them the subject's name"));
  }
}

}  // namespace

std::optional<FileFormat> format_named(std::string_view ending) {
  if (!ending.empty() && ending.front() == '.') ending.remove_prefix(1);
  const std::string word = to_lower(ending);
  if (word == "trc") return FileFormat::kTrc;
  if (word == "c3d") return FileFormat::kC3d;
  if (word == "mot") return FileFormat::kMot;
  if (word == "sto") return FileFormat::kSto;
  return std::nullopt;
}

Result<Convertible> parse_convertible(std::string_view bytes, std::string_view source) {
  Convertible input;
  if (looks_like_c3d(bytes)) {
    CATENA_TRY(file, parse_c3d(bytes, source));
    input.notes = file.recording.points.notes;
    input.file = std::move(file);
    return input;
  }
  CATENA_CHECK(check_is_text(bytes, std::string(source), "a C3D, TRC, MOT or STO file"));
  if (looks_like_trc(bytes)) {
    CATENA_TRY(points, parse_trc(bytes, source));
    input.is_trc = true;
    input.notes = points.notes;
    input.file.emplace();
    input.file->recording.format = "TRC";
    input.file->recording.points = std::move(points);
    return input;
  }
  CATENA_TRY(table, parse_table(bytes, source));
  input.notes = table.notes;
  input.table = std::move(table);
  return input;
}

Result<void> turn(Convertible& input, const Eigen::Matrix3d& ground_from_lab) {
  if (!input.file) {
    return fail(Errc::kUnsupported, "the columns of a table cannot be turned into other axes", "",
                "leave --up and --forward away");
  }
  Recording& recording = input.file->recording;
  Eigen::MatrixXd& points_m = recording.points.points_m;
  for (Eigen::Index j = 0; j + 2 < points_m.cols(); j += 3) {
    points_m.middleCols<3>(j) = (points_m.middleCols<3>(j) * ground_from_lab.transpose()).eval();
  }
  // The corners say how a plate lies; its channels and its origin are in its own axes.
  for (ForcePlateSetup& plate : recording.plates) {
    plate.corners_m = (ground_from_lab * plate.corners_m).eval();
  }
  if (!recording.outputs.empty()) {
    input.notes.push_back(counted(recording.outputs.size(), "model output") +
                          " stayed in the axes of the file.");
  }
  for (C3dGroup& group : input.file->groups) {
    if (!equal_ignoring_case(group.name, "POINT")) continue;
    // They name the laboratory's axes along the screen's.
    std::erase_if(group.parameters, [](const C3dParameter& parameter) {
      return equal_ignoring_case(parameter.name, "X_SCREEN") ||
             equal_ignoring_case(parameter.name, "Y_SCREEN");
    });
  }
  return {};
}

std::vector<FileFormat> all_formats(const Convertible& input) {
  if (!input.file) return {};
  const Recording& recording = input.file->recording;
  std::vector<FileFormat> formats;
  if (!recording.points.labels.empty()) formats.push_back(FileFormat::kTrc);
  const RecordedForces forces = recorded_forces(recording);
  const bool pressed = std::any_of(forces.plates.begin(), forces.plates.end(),
                                   [](const PlateForces& p) { return p.force_n.rows() > 0; });
  if (pressed) formats.push_back(FileFormat::kMot);
  if (!recording.analog.labels.empty()) formats.push_back(FileFormat::kSto);
  return formats;
}

Result<Converted> convert(const Convertible& input, const std::vector<ConvertTarget>& targets,
                          const ConvertOptions& options) {
  Converted result;
  result.notes = input.notes;
  std::vector<FileFormat> formats;
  for (const auto& [format, name] : targets) {
    formats.push_back(format);
    Result<std::string> content;
    if (input.table) {
      if (format == FileFormat::kTrc || format == FileFormat::kC3d) {
        return fail(Errc::kUnsupported, "a table has no markers that TRC or C3D could hold", "",
                    "write a table as .mot or .sto");
      }
      Table table = *input.table;
      table.name = name;
      content = write_table(table);
    } else if (format == FileFormat::kTrc) {
      content = to_trc(*input.file, name, result.notes);
    } else if (format == FileFormat::kC3d) {
      if (input.is_trc) note_c3d_losses(input.file->recording.points, result.notes);
      content = write_c3d(*input.file, {input.file->processor, input.file->numbers});
    } else if (format == FileFormat::kMot) {
      content = to_forces(input.file->recording, name, options, result.notes);
    } else {
      content = to_channels(input.file->recording, name, result.notes);
    }
    if (!content) return tl::make_unexpected(content.error());
    result.contents.push_back(std::move(*content));
  }
  if (input.file) note_not_written(*input.file, formats, result.notes);
  return result;
}

}  // namespace catena
