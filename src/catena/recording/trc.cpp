#include "catena/recording/trc.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

#include "catena/core/file.h"
#include "catena/core/text.h"
#include "catena/recording/frame_times.h"
#include "catena/recording/number_row.h"
#include "catena/recording/trc_header.h"

namespace catena {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr std::string_view kWanted = "a TRC file";

// Table column (from 0) in words: "frame number", "time", "RASI y".
std::string column_in_words(const TrcHeader& header, std::size_t column) {
  if (column == 0) return "frame number";
  if (column == 1) return "time";
  return excerpt(header.labels[(column - 2) / 3]) + " " + "xyz"[(column - 2) % 3];
}

Result<void> check_row(const NumberRow& row, bool rows_end_in_tab, const TrcHeader& header,
                       const std::string& source, int line) {
  const std::size_t n_columns = row.values().size();
  if (row.bad_column() < n_columns) {
    const bool comma = row.bad_field().find(',') != std::string_view::npos;
    return fail(Errc::kBadFormat,
                "'" + excerpt(row.bad_field()) + "' is not a number (" +
                    column_in_words(header, row.bad_column()) + ")",
                place(source, line, static_cast<int>(row.bad_column()) + 1),
                comma ? "export with decimal points and tabs" : "correct it, or leave it blank");
  }
  // In files whose rows all end in a tab, a last field that is blank only because of that tab is
  // not there.
  std::size_t n_there = row.n_read();
  if (rows_end_in_tab && !row.ends_in_tab() && std::isnan(row.values()[n_there - 1])) --n_there;
  const std::size_t n_missing = n_columns - n_there;
  if (n_missing > 0) {
    return fail(Errc::kBadFormat,
                std::to_string(n_missing) + (n_missing == 1 ? " column is" : " columns are") +
                    " missing: the row has " + std::to_string(n_there) + " of the " +
                    std::to_string(n_columns) + " for frame, time and " +
                    std::to_string(header.labels.size()) + " points",
                place(source, line, static_cast<int>(n_there)),
                "export the file again, or delete the row if the file was cut off there");
  }
  return {};
}

// The table as read, before frames that are missing from it are put in.
struct TrcRows {
  TimeColumn time;
  std::vector<double> points_m;  // (n_rows, 3 n_points), row after row
  int rows_with_more = 0;
};

Result<TrcRows> read_rows(LineReader& lines, const std::string& source, const TrcHeader& header) {
  const std::size_t n_columns = 2 + 3 * header.labels.size();
  const std::string_view table = lines.rest();
  const bool tabbed = table.find('\t') != std::string_view::npos;
  // A row takes at least a byte a column, so the table cannot be larger than the file allows,
  // whatever NumFrames says.
  const auto n_lines = static_cast<std::size_t>(std::count(table.begin(), table.end(), '\n')) + 2;
  const std::size_t most_rows = std::min(n_lines, table.size() / (n_columns - 1) + 2);
  TrcRows rows;
  rows.points_m.reserve(most_rows * (n_columns - 2));
  NumberRow row(n_columns);
  row.watch(1);
  bool rows_end_in_tab = false;
  while (lines.next_filled()) {
    if (tabbed) {
      row.read_tabbed(lines.line());
    } else {
      row.read_blank_separated(lines.line());
    }
    if (rows.time.time_s.empty()) rows_end_in_tab = row.ends_in_tab();
    if (auto done = check_row(row, rows_end_in_tab, header, source, lines.number()); !done) {
      return tl::make_unexpected(done.error());
    }
    const std::vector<double>& values = row.values();
    for (std::size_t j = 2; j < n_columns; ++j) {
      rows.points_m.push_back(values[j] / header.units_per_metre);
    }
    rows.time.time_s.push_back(values[1]);
    rows.time.line.push_back(lines.number());
    rows.time.decimals = std::max(rows.time.decimals, used_decimals(row.watched_field()));
    if (row.has_more()) ++rows.rows_with_more;
  }
  return rows;
}

// Puts the rows on the even clock, with lost frames where the file has none.
void lay_out(const FrameTimes& times, const TrcRows& rows, PointRecording& recording) {
  recording.rate_hz = times.rate_hz;
  recording.time_s.resize(times.n_frames);
  for (int i = 0; i < times.n_frames; ++i) {
    recording.time_s[i] = times.first_s + i / times.rate_hz;
  }
  const std::size_t n_rows = times.frame.size();
  const std::size_t n_columns = 3 * recording.labels.size();
  recording.points_m.resize(times.n_frames, static_cast<Eigen::Index>(n_columns));
  if (times.n_frames != static_cast<int>(n_rows)) recording.points_m.setConstant(kNaN);
  // In blocks, because rows are contiguous on one side and columns on the other.
  constexpr std::size_t kBlock = 32;
  for (std::size_t first = 0; first < n_rows; first += kBlock) {
    const std::size_t last = std::min(first + kBlock, n_rows);
    for (std::size_t j = 0; j < n_columns; ++j) {
      double* column = recording.points_m.col(static_cast<Eigen::Index>(j)).data();
      for (std::size_t i = first; i < last; ++i) {
        column[times.frame[i]] = rows.points_m[i * n_columns + j];
      }
    }
  }
}

}  // namespace

Result<PointRecording> parse_trc(std::string_view bytes, std::string_view source_view) {
  const std::string source(source_view);
  if (auto done = check_is_text(bytes, source, kWanted); !done) {
    return tl::make_unexpected(done.error());
  }
  LineReader lines(bytes);
  CATENA_TRY(header, read_trc_header(lines, source));
  CATENA_TRY(rows, read_rows(lines, source, header));
  const auto n_rows = static_cast<double>(rows.time.time_s.size());
  if (rows.time.time_s.empty()) {
    return fail(Errc::kMissingData, "there are no frames below the header",
                place(source, lines.number()), "export the recording again");
  }

  CATENA_TRY(times, settle_times(rows.time, header.rate_hz, source));

  PointRecording recording;
  recording.name = stem_of(source);
  recording.labels = std::move(header.labels);
  recording.notes = std::move(header.notes);
  if (!std::isnan(header.claimed_frames) && header.claimed_frames != n_rows) {
    recording.notes.push_back(
        "The header says " + in_words(header.claimed_frames) + " frames, the file has " +
        in_words(n_rows) +
        (header.claimed_frames > n_rows ? ": export it again if it was cut off." : "."));
  }
  if (rows.rows_with_more > 0) {
    recording.notes.push_back(std::to_string(rows.rows_with_more) +
                              " frames hold unlabelled points right of the labelled ones; these "
                              "were left out.");
  }
  recording.notes.insert(recording.notes.end(), times.notes.begin(), times.notes.end());
  lay_out(times, rows, recording);
  return recording;
}

Result<PointRecording> read_trc(const std::filesystem::path& path) {
  CATENA_TRY(bytes, read_file(path));
  return parse_trc(bytes, path.string());
}

}  // namespace catena
