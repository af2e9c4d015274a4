#include "catena/recording/inspect.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "catena/core/file.h"
#include "catena/recording/table_file.h"
#include "catena/recording/text.h"
#include "catena/recording/trc.h"

namespace catena {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
// A point that is gone for longer than this is worth a look.
constexpr double kMuchLost = 0.2;
// A person's points span about two metres, a runway some ten.
constexpr double kSmallestSpan_m = 0.2;   // NOLINT(readability-identifier-naming)
constexpr double kLargestSpan_m = 100.0;  // NOLINT(readability-identifier-naming)

// "A, B, C and 4 more", of the losses from first to last.
std::string some_labels(const std::vector<Loss>& losses, std::size_t first, std::size_t last) {
  constexpr std::size_t kMost = 5;
  std::string text;
  for (std::size_t i = first; i < std::min(last, first + kMost); ++i) {
    text += (i > first ? ", " : "") + losses[i].label;
  }
  if (last - first > kMost) text += fmt::format(" and {} more", last - first - kMost);
  return text;
}

// The losses stand worst first.
void note_losses(Inspection& result) {
  const std::vector<Loss>& losses = result.losses;
  std::size_t n_never = 0;
  while (n_never < losses.size() && losses[n_never].fraction == 1.0) ++n_never;
  std::size_t n_much = n_never;
  while (n_much < losses.size() && losses[n_much].fraction > kMuchLost) ++n_much;
  if (n_never > 0) result.problems.push_back("never seen: " + some_labels(losses, 0, n_never));
  if (n_much > n_never) {
    result.problems.push_back(fmt::format("lost in more than {:.0f} % of the frames: {}",
                                          100 * kMuchLost, some_labels(losses, n_never, n_much)));
  }
}

void take_losses(std::vector<Loss> losses, Inspection& result) {
  double sum = 0.0;
  for (Loss& loss : losses) {
    sum += loss.fraction;
    if (loss.fraction > 0.0) result.losses.push_back(std::move(loss));
  }
  result.lost_fraction = losses.empty() ? 0.0 : sum / static_cast<double>(losses.size());
  std::stable_sort(result.losses.begin(), result.losses.end(),
                   [](const Loss& a, const Loss& b) { return a.fraction > b.fraction; });
  note_losses(result);
}

// Several labels in a line, broken before 100 columns.
void append_words(std::string& text, const std::vector<std::string>& words) {
  constexpr std::size_t kWidth = 100;
  constexpr std::string_view kIndent = "      ";
  std::size_t column = kWidth;
  for (const std::string& word : words) {
    if (column + 1 + word.size() > kWidth) {
      text += (text.back() == '\n' ? "" : "\n");
      text += kIndent;
      column = kIndent.size();
    } else {
      text += ' ';
      ++column;
    }
    text += word;
    column += word.size();
  }
  text += '\n';
}

std::string clock_line(const Inspection& inspection) {
  const bool points = inspection.kind == FileKind::kPoints;
  const char* unit = points ? "frame" : "row";
  std::string line =
      fmt::format("  {} {}{}", inspection.n_frames, unit, inspection.n_frames == 1 ? "" : "s");
  if (std::isfinite(inspection.rate_hz)) {
    line += fmt::format(" at {} Hz", in_words(inspection.rate_hz));
  }
  return line + fmt::format(", {:.3f} s long (from {:.3f} to {:.3f} s)\n",
                            inspection.last_s - inspection.first_s, inspection.first_s,
                            inspection.last_s);
}

std::string loss_line(const Inspection& inspection) {
  if (inspection.losses.empty()) return "  nothing is lost\n";
  constexpr std::size_t kMost = 5;
  std::string line =
      fmt::format("  lost: {:.1f} % of all; most in", 100 * inspection.lost_fraction);
  for (std::size_t i = 0; i < std::min(kMost, inspection.losses.size()); ++i) {
    const Loss& loss = inspection.losses[i];
    line += fmt::format("{} {} {:.1f} %", i > 0 ? "," : "", loss.label, 100 * loss.fraction);
  }
  return line + "\n";
}

}  // namespace

Inspection inspect(const PointRecording& recording, std::string_view file) {
  Inspection result;
  result.file = file;
  result.kind = FileKind::kPoints;
  result.n_frames = static_cast<int>(recording.points_m.rows());
  result.rate_hz = recording.rate_hz;
  result.labels = recording.labels;
  result.notes = recording.notes;
  if (result.n_frames > 0) {
    result.first_s = recording.time_s[0];
    result.last_s = recording.time_s[recording.time_s.size() - 1];
  }

  // Losses and the box of what is there.
  result.low_m.setConstant(std::numeric_limits<double>::infinity());
  result.high_m = -result.low_m;
  std::vector<Loss> losses;
  for (std::size_t point = 0; point < recording.labels.size(); ++point) {
    int n_lost = 0;
    for (Eigen::Index i = 0; i < recording.points_m.rows(); ++i) {
      const Eigen::Vector3d p =
          recording.points_m.row(i).segment<3>(static_cast<Eigen::Index>(3 * point));
      if (p.hasNaN() || p.isZero(0.0)) {
        ++n_lost;
        continue;
      }
      result.low_m = result.low_m.cwiseMin(p);
      result.high_m = result.high_m.cwiseMax(p);
    }
    losses.push_back({recording.labels[point], n_lost / std::max(1.0, 1.0 * result.n_frames)});
  }
  take_losses(std::move(losses), result);

  const double span_m = (result.high_m - result.low_m).maxCoeff();
  if (!std::isfinite(span_m)) {
    result.low_m.setConstant(kNaN);
    result.high_m.setConstant(kNaN);
  } else if (span_m < kSmallestSpan_m || span_m > kLargestSpan_m) {
    result.problems.push_back(
        fmt::format("the points span {} m: the unit may be wrong, or lost points may stand at a "
                    "far place",
                    in_words(span_m)));
  }
  return result;
}

Inspection inspect(const Table& table, std::string_view file) {
  Inspection result;
  result.file = file;
  result.kind = FileKind::kTable;
  result.n_frames = static_cast<int>(table.values.rows());
  result.labels = table.labels;
  result.notes = table.notes;
  result.in_degrees = table.in_degrees;
  result.rate_hz = kNaN;
  result.low_m.setConstant(kNaN);
  result.high_m.setConstant(kNaN);
  if (result.n_frames > 0) {
    result.first_s = table.time_s[0];
    result.last_s = table.time_s[result.n_frames - 1];
  }
  const double span_s = result.last_s - result.first_s;
  if (result.n_frames > 1 && span_s > 0.0) result.rate_hz = (result.n_frames - 1) / span_s;

  std::vector<Loss> losses;
  for (std::size_t column = 0; column < table.labels.size(); ++column) {
    const auto n_lost = table.values.col(static_cast<Eigen::Index>(column)).array().isNaN().count();
    losses.push_back(
        {table.labels[column], static_cast<double>(n_lost) / std::max(1.0, 1.0 * result.n_frames)});
  }
  take_losses(std::move(losses), result);
  return result;
}

Result<Inspection> inspect_file(const std::filesystem::path& path) {
  CATENA_TRY(bytes, read_file(path));
  const std::string source = path.string();
  if (auto done = check_is_text(bytes, source, "a TRC, MOT or STO file"); !done) {
    return tl::make_unexpected(done.error());
  }
  LineReader lines(bytes);
  lines.next_filled();
  if (to_lower(trim(lines.line()).substr(0, 12)) == "pathfiletype") {
    CATENA_TRY(recording, parse_trc(bytes, source));
    return inspect(recording, source);
  }
  CATENA_TRY(table, parse_table(bytes, source));
  return inspect(table, source);
}

std::string to_text(const Inspection& inspection) {
  const bool points = inspection.kind == FileKind::kPoints;
  std::string text = inspection.file;
  if (points) {
    text += ": positions of points (TRC)\n";
  } else {
    text += fmt::format(": a table over time (MOT or STO), angles in {}\n",
                        inspection.in_degrees ? "degrees" : "radians");
  }
  text += clock_line(inspection);
  text += fmt::format("  {} {}{}:\n", inspection.labels.size(), points ? "point" : "column",
                      inspection.labels.size() == 1 ? "" : "s");
  append_words(text, inspection.labels);
  text += loss_line(inspection);
  if (inspection.low_m.allFinite()) {
    text += fmt::format("  space: x {:.2f} to {:.2f}, y {:.2f} to {:.2f}, z {:.2f} to {:.2f} m\n",
                        inspection.low_m.x(), inspection.high_m.x(), inspection.low_m.y(),
                        inspection.high_m.y(), inspection.low_m.z(), inspection.high_m.z());
  }
  for (const std::string& note : inspection.notes) text += "  note: " + note + "\n";
  for (const std::string& problem : inspection.problems) text += "  problem: " + problem + "\n";
  return text;
}

}  // namespace catena
