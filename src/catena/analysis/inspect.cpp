#include "catena/analysis/inspect.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "catena/analysis/point_quality.h"
#include "catena/analysis/session_files.h"
#include "catena/analysis/session_guess.h"
#include "catena/core/file.h"
#include "catena/core/text.h"
#include "catena/gait/foot_forces.h"
#include "catena/recording/grf_file.h"
#include "catena/recording/lost_position.h"
#include "catena/recording/plate_forces.h"
#include "catena/recording/session_metadata.h"
#include "catena/trajectories/from_recording.h"
#include "catena/trajectories/ground_frame.h"
#include "catena/trajectories/identify_labels.h"

namespace catena {
namespace fs = std::filesystem;

namespace {

constexpr double kGravity_m_s2 = 9.80665;  // NOLINT(readability-identifier-naming)
// A point that is gone for longer than this is worth a look.
constexpr double kMuchLost = 0.2;
// A person's points span about two metres, a runway some ten.
constexpr double kSmallestSpan_m = 0.2;   // NOLINT(readability-identifier-naming)
constexpr double kLargestSpan_m = 100.0;  // NOLINT(readability-identifier-naming)
// A runner's mean force is the weight, to the error of plates and of half strides at the ends.
constexpr double kLeastBodyWeights = 0.85;
constexpr double kMostBodyWeights = 1.15;

std::string some(const std::vector<Loss>& losses, std::size_t first, std::size_t last) {
  constexpr std::size_t kMost = 5;
  std::string text;
  for (std::size_t i = first; i < std::min(last, first + kMost); ++i) {
    text += (i > first ? ", " : "") + losses[i].label;
  }
  if (last - first > kMost) text += fmt::format(" and {} more", last - first - kMost);
  return text;
}

/// The losses stand worst first.
void note_losses(Inspection& result) {
  const std::vector<Loss>& losses = result.losses;
  std::size_t n_never = 0;
  while (n_never < losses.size() && losses[n_never].fraction == 1.0) ++n_never;
  std::size_t n_much = n_never;
  while (n_much < losses.size() && losses[n_much].fraction > kMuchLost) ++n_much;
  if (n_never > 0) result.problems.push_back("Never seen: " + some(losses, 0, n_never) + ".");
  if (n_much > n_never) {
    result.problems.push_back(fmt::format("Lost in more than {:.0f} % of the frames: {}.",
                                          100 * kMuchLost, some(losses, n_never, n_much)));
  }
}

void check_span(const PointRecording& points, Inspection& result) {
  const Eigen::Index step = std::max<Eigen::Index>(1, points.points_m.rows() / 500);
  Eigen::RowVector3d low = Eigen::RowVector3d::Constant(std::numeric_limits<double>::infinity());
  Eigen::RowVector3d high = -low;
  for (Eigen::Index i = 0; i < points.points_m.rows(); i += step) {
    for (Eigen::Index j = 0; j + 2 < points.points_m.cols(); j += 3) {
      const Eigen::RowVector3d p = points.points_m.row(i).segment<3>(j);
      if (!is_seen(p)) continue;
      low = low.cwiseMin(p);
      high = high.cwiseMax(p);
    }
  }
  const double span_m = (high - low).maxCoeff();
  if (!std::isfinite(span_m) || (span_m > kSmallestSpan_m && span_m < kLargestSpan_m)) return;
  result.problems.push_back(fmt::format(
      "The points span {} m: the unit may be wrong, or lost points may stand at a far place.",
      in_words(span_m)));
}

/// The labels that are seen at all: a marker that never is cannot answer anything.
std::vector<std::string> seen_labels(const Inspection& result) {
  std::vector<std::string> seen;
  for (const std::string& label : result.labels) {
    const bool never =
        std::any_of(result.losses.begin(), result.losses.end(),
                    [&](const Loss& loss) { return loss.fraction == 1.0 && loss.label == label; });
    if (!never) seen.push_back(label);
  }
  return seen;
}

void find_set(const IdentifiedLabels& labels, Inspection& result) {
  result.marker_set = {labels.set_name, labels.n_matched, labels.missing, labels.unknown,
                       near_miss_sentences(labels)};
  for (const std::string& sentence : result.marker_set.near_misses) {
    result.problems.push_back(sentence);
  }
  result.notes.insert(result.notes.end(), labels.notes.begin(), labels.notes.end());
}

void find_axes(const GroundFrame& ground, Inspection& result) {
  result.axes = {true,
                 to_text(ground.up.axis),
                 to_text(ground.forward.axis),
                 ground.treadmill,
                 ground.speed_m_s,
                 to_text(ground)};
  result.notes.insert(result.notes.end(), ground.notes.begin(), ground.notes.end());
}

/// Mean forces, and whose foot pressed.
void find_forces(const Recording& recording, const GroundFrame& ground, const BodyPoints& body,
                 Inspection& result) {
  if (recording.plates.empty()) return;
  const RecordedForces recorded = recorded_forces(recording);
  double sum_n = 0.0;
  for (const PlateForces& plate : recorded.plates) {
    PlateFinding finding;
    finding.type = plate.type;
    finding.mean_vertical_force_n = mean_vertical_force_n(plate);
    if (!std::isnan(finding.mean_vertical_force_n)) sum_n += finding.mean_vertical_force_n;
    result.plates.push_back(finding);
  }
  result.notes.insert(result.notes.end(), recorded.notes.begin(), recorded.notes.end());
  const double weights = sum_n / (result.mass_kg * kGravity_m_s2);
  // Overground the runner is in the air or beside the plates most of the time.
  if (ground.treadmill && (weights < kLeastBodyWeights || weights > kMostBodyWeights)) {
    result.problems.push_back(
        fmt::format("On a treadmill the mean vertical force is the runner's weight, but here it is "
                    "{:.2f} body weights.",
                    weights));
  }
  const auto points = make_trajectories(recording.points, {.ground = ground});
  if (!points) return;
  const auto feet = foot_forces(turned(recorded, ground.ground_from_lab).plates, *points, body);
  if (!feet) return;
  for (const Contact& contact : feet->contacts) {
    int& count = contact.side == EventSide::kRight  ? result.contacts.right
                 : contact.side == EventSide::kLeft ? result.contacts.left
                                                    : result.contacts.untold;
    ++count;
  }
}

void find_events(const Recording& recording, Inspection& result) {
  for (const RecordedEvent& event : recording.events) {
    const char* side = event.side == EventSide::kRight  ? "right"
                       : event.side == EventSide::kLeft ? "left"
                                                        : "general";
    result.events.push_back({side, event.label, event.time_s});
  }
}

/// What a recording suffices for, alone and with others.
void judge(const PointRecording& points, Inspection& result) {
  const IdentifiedLabels seen = identify_labels(seen_labels(result));
  result.cannot = what_is_lacking(seen);
  if (nobody_moves(points)) {
    result.can.emplace_back("The runner's own zero, as a standing trial: nobody moves in it.");
    return;
  }
  const auto lacks = [&](std::string_view word) {
    return std::any_of(result.cannot.begin(), result.cannot.end(), [&](const std::string& text) {
      return text.find(word) != std::string::npos;
    });
  };
  if (!seen.set_name.empty() && !lacks("budget")) {
    result.can.emplace_back(
        lacks("Low back") ? "Hip against pelvis in the leg-behind budget, with a model scaled "
                            "to the runner."
                          : "The leg-behind budget (hip, low back, lean), with a model scaled "
                            "to the runner.");
  }
  const int told = result.contacts.right + result.contacts.left;
  if (told > 0) {
    result.can.push_back(fmt::format("Contacts of the feet from the plates: {} right, {} left.",
                                     result.contacts.right, result.contacts.left));
  } else if (result.events.empty()) {
    result.cannot.emplace_back(result.plates.empty()
                                   ? "Forces: there is no force plate."
                                   : "Whose foot pressed: the plates do not tell the feet apart.");
  }
  result.cannot.emplace_back(
      "The take-up share: that takes recordings at three speeds or more, or one of rising speed.");
}

}  // namespace

Inspection inspect(const Recording& recording, const InspectOptions& options) {
  const PointRecording& points = recording.points;
  Inspection result;
  result.kind = FileKind::kRecording;
  result.format = recording.format;
  result.maker = recording.maker;
  result.subject = recording.subject;
  result.mass_kg = options.mass_kg;
  result.n_frames = static_cast<int>(points.points_m.rows());
  result.rate_hz = points.rate_hz;
  result.labels = points.labels;
  result.notes = points.notes;
  if (result.n_frames > 0) {
    result.first_s = points.time_s[0];
    result.last_s = points.time_s[points.time_s.size() - 1];
  }
  result.losses = find_losses(points, result.missing_fraction);
  note_losses(result);
  check_span(points, result);
  result.quality = assess_points(points);
  for (const std::string& twins : result.quality.twins) {
    result.problems.push_back(twins + " are one and the same point.");
  }
  result.n_outputs = static_cast<int>(recording.outputs.size());
  result.analog_channels = static_cast<int>(recording.analog.labels.size());
  result.analog_rate_hz = recording.analog.rate_hz;
  find_events(recording, result);
  if (points.labels.empty()) return result;

  const IdentifiedLabels labels = identify_labels(points.labels);
  find_set(labels, result);
  const BodyPoints body = body_points(labels);
  const auto ground = find_ground_frame(recording, body);
  if (ground) find_axes(*ground, result);
  find_forces(recording, ground ? *ground : GroundFrame{}, body, result);
  judge(points, result);
  return result;
}

Inspection inspect(const Table& table, const InspectOptions& options) {
  Inspection result;
  result.kind = FileKind::kTable;
  result.format = "MOT or STO";
  result.mass_kg = options.mass_kg;
  result.n_frames = static_cast<int>(table.values.rows());
  result.labels = table.labels;
  result.notes = table.notes;
  result.in_degrees = table.in_degrees;
  if (result.n_frames > 0) {
    result.first_s = table.time_s[0];
    result.last_s = table.time_s[result.n_frames - 1];
  }
  const double span_s = result.last_s - result.first_s;
  if (result.n_frames > 1 && span_s > 0.0) result.rate_hz = (result.n_frames - 1) / span_s;

  double sum = 0.0;
  for (std::size_t column = 0; column < table.labels.size(); ++column) {
    const auto values = table.values.col(static_cast<Eigen::Index>(column)).array();
    Eigen::Index gap = 0;
    Eigen::Index longest = 0;
    for (Eigen::Index i = 0; i < values.size(); ++i) {
      gap = std::isnan(values[i]) ? gap + 1 : 0;
      longest = std::max(longest, gap);
    }
    const double fraction =
        static_cast<double>(values.isNaN().count()) / std::max(1.0, 1.0 * result.n_frames);
    sum += fraction;
    if (fraction == 0.0) continue;
    result.losses.push_back(
        {table.labels[column], fraction, static_cast<double>(longest) / result.rate_hz});
  }
  result.missing_fraction =
      table.labels.empty() ? 0.0 : sum / static_cast<double>(table.labels.size());
  std::stable_sort(result.losses.begin(), result.losses.end(),
                   [](const Loss& a, const Loss& b) { return a.fraction > b.fraction; });
  note_losses(result);

  if (const auto forces = ground_forces(table)) {
    for (const GroundForce& force : forces->forces) {
      PlateFinding finding;
      finding.name = force.name;
      if (force.force_n.rows() > 0) finding.mean_vertical_force_n = force.force_n.col(1).mean();
      result.plates.push_back(finding);
    }
  }
  return result;
}

Result<std::vector<fs::path>> recordings_of(const fs::path& folder) {
  constexpr int kLevels = 4;
  const std::vector<std::string_view> endings = {".trc", ".c3d"};
  std::vector<fs::path> files = files_in(folder, endings);
  if (files.empty()) {
    for (const fs::path& below : folders_below(folder, kLevels)) {
      const std::vector<fs::path> more = files_in(below, endings);
      files.insert(files.end(), more.begin(), more.end());
    }
  }
  if (files.empty()) {
    return fail(Errc::kMissingData, "there is no recording (.trc or .c3d) in this folder",
                folder.string(), "name the folder that holds them, or a file");
  }
  return files;
}

Person person_of(const fs::path& folder) {
  constexpr std::size_t kMost_bytes = 1 << 20;
  if (const auto bytes = read_file(folder / "session.toml", kMost_bytes)) {
    const auto session = parse_session(*bytes, "session.toml");
    return session ? session->person : Person{};
  }
  for (const fs::path& at : {folder, folder / ".."}) {
    if (const auto bytes = read_file(at / "sessionMetadata.yaml", kMost_bytes)) {
      return parse_opencap_metadata(*bytes).person;
    }
    if (const auto bytes = read_file(at / "Config.toml", kMost_bytes)) {
      return parse_pose2sim_config(*bytes).person;
    }
  }
  return {};
}

}  // namespace catena
