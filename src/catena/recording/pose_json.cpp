#include "catena/recording/pose_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "catena/core/file.h"
#include "catena/core/text.h"
#include "catena/recording/frame_times.h"

namespace catena {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
// A place beyond this is no pixel of any camera.
constexpr double kFarthest_px = 1e6;  // NOLINT(readability-identifier-naming)
// Half an hour of 26 landmarks at 240 Hz; a file of empty frames must not ask for more than it is.
constexpr std::size_t kMostPlaces = 12'000'000;
constexpr std::size_t kMostFrames = 4'000'000;
constexpr std::size_t kMostLabels = 1000;

// What stands in the file; places as x, y, score in turn.
struct PoseFile {
  double fps = kNaN, width_px = kNaN, height_px = kNaN;
  std::string source, view;
  std::vector<std::string> labels;
  std::vector<double> numbers;           // 3 for each place
  std::vector<std::size_t> frame_start;  // into the places; one more than frames
  std::vector<double> timestamps_s;
  bool has_people = false;  // OpenPose's key
};

// Takes the JSON as it comes: nothing is kept but the numbers that are wanted.
class PoseHandler {
 public:
  using Json = nlohmann::json;

  PoseFile file;
  std::string problem;  // what is not as it should be
  std::size_t bad_byte = std::string::npos;

  bool null() { return value(kNaN, true); }
  bool boolean(bool) { return value(kNaN, false); }
  bool number_integer(Json::number_integer_t n) { return value(static_cast<double>(n), true); }
  bool number_unsigned(Json::number_unsigned_t n) { return value(static_cast<double>(n), true); }
  bool number_float(Json::number_float_t n, const std::string&) {
    return value(std::isfinite(n) ? n : kNaN, true);
  }
  bool binary(Json::binary_t&) { return value(kNaN, false); }

  bool string(std::string& text) {
    if (depth_ == 1 && key_ == "source") file.source = printable(text.substr(0, 80));
    if (depth_ == 1 && key_ == "view") file.view = printable(text.substr(0, 80));
    if (depth_ == 2 && key_ == "keypoint_names") {
      if (file.labels.size() == kMostLabels) return stop("there are too many keypoint_names");
      file.labels.push_back(printable(text.substr(0, 80)));
      return true;
    }
    return value(kNaN, false);
  }

  bool start_object(std::size_t) {
    if (depth_ > 0 && is_wanted_list()) return stop(wrong_kind());
    ++depth_;
    return true;
  }
  bool key(std::string& name) {
    if (depth_ == 1) {
      key_ = name;
      if (name == "people") file.has_people = true;
      if (is_wanted_list() && !seen_.insert(name).second) {
        return stop("'" + name + "' stands there twice");
      }
    }
    return true;
  }
  bool end_object() {
    --depth_;
    return true;
  }

  bool start_array(std::size_t) {
    if (depth_ == 0) return stop("this JSON is a list, not an object with frames");
    ++depth_;
    if (key_ == "frames") {
      if (depth_ == 3 && !start_frame()) return false;
      if (depth_ == 4) n_in_place_ = 0;
      if (depth_ > 4) return stop(wrong_kind());
    } else if (is_wanted_list() && depth_ > 2) {
      return stop(wrong_kind());
    }
    return true;
  }
  bool end_array() {
    if (key_ == "frames" && depth_ == 4) {
      if (n_in_place_ == 0) return add_place_numbers({kNaN, kNaN, 0.0});
      if (n_in_place_ == 1) return stop(wrong_kind());
      if (n_in_place_ == 2) file.numbers.push_back(1.0);  // without a score it is believed
    }
    --depth_;
    return true;
  }

  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::detail::exception& error) {
    bad_byte = position;
    // A number that no double holds.
    if (std::string_view(error.what()).find("out_of_range") == std::string_view::npos) return false;
    problem = "a number is too large";
    return false;
  }

 private:
  bool stop(std::string what) {
    problem = std::move(what);
    return false;
  }
  [[nodiscard]] bool is_wanted_list() const {
    return key_ == "frames" || key_ == "keypoint_names" || key_ == "timestamps";
  }
  [[nodiscard]] std::string wrong_kind() const {
    if (key_ != "frames" || file.frame_start.empty()) {
      return "'" + key_ + "' is not the list that it should be";
    }
    return fmt::format("frame {} is not a list of [x, y, score]", file.frame_start.size());
  }

  bool start_frame() {
    file.frame_start.push_back(file.numbers.size() / 3);
    const bool fits =
        file.frame_start.size() <= kMostFrames && file.numbers.size() <= 3 * kMostPlaces;
    return fits || stop("there are more frames than can be read at once");
  }

  bool add_place_numbers(std::array<double, 3> place) {
    file.numbers.insert(file.numbers.end(), place.begin(), place.end());
    --depth_;
    return true;
  }

  bool value(double number, bool is_number) {
    if (depth_ == 1) {
      if (is_wanted_list()) return stop("'" + key_ + "' is not the list that it should be");
      if (key_ == "fps") file.fps = number;
      if (key_ == "width") file.width_px = number;
      if (key_ == "height") file.height_px = number;
      return true;
    }
    if (!is_wanted_list()) return true;
    if (depth_ == 2 && key_ == "timestamps") {
      if (!is_number) return stop(wrong_kind());
      file.timestamps_s.push_back(number);
      return file.timestamps_s.size() <= kMostFrames || stop("there are too many timestamps");
    }
    if (key_ != "frames" || !is_number) return stop(wrong_kind());
    if (depth_ == 2 && std::isnan(number)) {  // null: nobody was found
      return start_frame();
    }
    if (depth_ == 3 && std::isnan(number)) {  // null: this one was not found
      file.numbers.insert(file.numbers.end(), {kNaN, kNaN, 0.0});
      return true;
    }
    if (depth_ != 4) return stop(wrong_kind());
    // Some tools add a depth or an index behind the score.
    if (n_in_place_ < 3) file.numbers.push_back(number);
    ++n_in_place_;
    return true;
  }

  int depth_ = 0;
  int n_in_place_ = 0;
  std::string key_;  // of the outermost object
  std::set<std::string> seen_;
};

Result<PoseFile> read_file_text(std::string_view bytes, const std::string& source) {
  PoseHandler handler;
  const bool done = nlohmann::json::sax_parse(bytes.begin(), bytes.end(), &handler);
  if (done) return std::move(handler.file);
  const std::string again = "export the landmarks again";
  if (!handler.problem.empty()) return fail(Errc::kBadFormat, handler.problem, source, again);
  if (handler.bad_byte >= bytes.size()) {
    return fail(Errc::kBadFormat, "the JSON is cut off at its end", source, again);
  }
  return fail(Errc::kBadFormat, fmt::format("this is no JSON from byte {} on", handler.bad_byte),
              source, again);
}

Result<void> check_shape(PoseFile& file, const std::string& source) {
  const std::string wanted = "give an object with 'fps', 'keypoint_names' and 'frames'";
  if (file.has_people && file.frame_start.empty()) {
    return fail(Errc::kUnsupported, "this is a single frame as OpenPose writes it", source,
                "put the frames into one file: " + wanted);
  }
  if (file.labels.empty()) {
    return fail(Errc::kMissingData, "there are no 'keypoint_names'", source, wanted);
  }
  if (file.frame_start.empty()) {
    return fail(Errc::kMissingData, "there are no 'frames'", source, wanted);
  }
  const std::set<std::string> names(file.labels.begin(), file.labels.end());
  if (names.size() != file.labels.size()) {
    return fail(Errc::kBadFormat, "a keypoint name stands there twice", source,
                "give each landmark a name of its own");
  }
  if (file.frame_start.size() > kMostPlaces / file.labels.size()) {
    return fail(Errc::kUnsupported,
                fmt::format("{} frames of {} landmarks are more than can be read at once",
                            file.frame_start.size(), file.labels.size()),
                source, "cut the recording into parts");
  }
  file.frame_start.push_back(file.numbers.size() / 3);
  for (std::size_t i = 0; i + 1 < file.frame_start.size(); ++i) {
    const std::size_t n = file.frame_start[i + 1] - file.frame_start[i];
    if (n == 0 || n == file.labels.size()) continue;
    return fail(Errc::kBadFormat,
                fmt::format("frame {} has {} landmarks, but there are {} keypoint_names", i + 1, n,
                            file.labels.size()),
                source, "export the landmarks again, one person only");
  }
  return {};
}

/// Digits after the point that a time was written with, as far as its value shows them.
int decimals_of(double time_s) {
  double scale = 1.0;
  for (int digits = 0; digits < 9; ++digits, scale *= 10.0) {
    if (std::abs(time_s * scale - std::round(time_s * scale)) < 1e-6) return digits;
  }
  return 9;
}

Result<FrameTimes> times_of(const PoseFile& file, const std::string& source) {
  const std::size_t n_frames = file.frame_start.size() - 1;
  std::vector<double> stamps_s = file.timestamps_s;
  if (!stamps_s.empty() && stamps_s.size() != n_frames) {
    return fail(Errc::kBadFormat,
                fmt::format("there are {} timestamps for {} frames", stamps_s.size(), n_frames),
                source, "export the landmarks again, or leave the timestamps out");
  }
  double rate_hz = file.fps;
  if (std::isnan(rate_hz) && n_frames > 1 && stamps_s.size() == n_frames) {
    rate_hz = static_cast<double>(n_frames - 1) / (stamps_s.back() - stamps_s.front());
  }
  if (!(rate_hz >= kLowestRate_hz && rate_hz <= kHighestRate_hz)) {
    return fail(Errc::kBadFormat,
                "the frame rate is not known: neither 'fps' nor timestamps say it", source,
                "add \"fps\": with the video's frames per second");
  }
  if (stamps_s.empty()) {
    for (std::size_t i = 0; i < n_frames; ++i) {
      stamps_s.push_back(static_cast<double>(i) / rate_hz);
    }
  }
  TimeColumn column;
  for (std::size_t i = 0; i < n_frames; ++i) {
    column.line.push_back(static_cast<int>(i) + 1);
    if (!file.timestamps_s.empty()) {
      column.decimals = std::max(column.decimals, decimals_of(stamps_s[i]));
    }
  }
  if (file.timestamps_s.empty()) column.decimals = 15;
  column.time_s = std::move(stamps_s);
  return settle_times(column, rate_hz, source).map_error(placed_in(source));
}

void lay_out(const PoseFile& file, const FrameTimes& times, PoseRecording& out) {
  const auto n_points = static_cast<Eigen::Index>(file.labels.size());
  out.rate_hz = times.rate_hz;
  out.time_s.resize(times.n_frames);
  for (int i = 0; i < times.n_frames; ++i) out.time_s[i] = times.first_s + i / times.rate_hz;
  out.places_px = Eigen::MatrixXd::Constant(times.n_frames, 2 * n_points, kNaN);
  for (std::size_t row = 0; row < times.frame.size(); ++row) {
    if (file.frame_start[row + 1] == file.frame_start[row]) {
      ++out.n_empty_frames;
      continue;
    }
    for (Eigen::Index p = 0; p < n_points; ++p) {
      const double* place =
          file.numbers.data() + 3 * (file.frame_start[row] + static_cast<std::size_t>(p));
      const bool is_place = std::abs(place[0]) < kFarthest_px && std::abs(place[1]) < kFarthest_px;
      // OpenPose's sign for "not found".
      if (!is_place || (place[0] == 0.0 && place[1] == 0.0)) continue;
      if (!(place[2] >= out.least_score)) {
        ++out.n_doubted;
        continue;
      }
      out.places_px.row(times.frame[row]).segment<2>(2 * p) << place[0], place[1];
    }
  }
}

}  // namespace

bool looks_like_json(std::string_view bytes) {
  LineReader lines(bytes);
  if (!lines.next_filled()) return false;
  const char first = trim(lines.line()).front();
  return first == '{' || first == '[';
}

Result<PoseRecording> parse_pose_json(std::string_view bytes, std::string_view source_view,
                                      const PoseOptions& options) {
  const std::string source(source_view);
  if (!(options.least_score >= 0.0)) {
    return fail(Errc::kBadOption, "the least score is below zero", source, "give 0 to 1");
  }
  if (!looks_like_json(bytes)) {
    return fail(Errc::kBadFormat, "this is not JSON", source, "give landmarks as JSON");
  }
  CATENA_TRY(file, read_file_text(bytes, source));
  CATENA_CHECK(check_shape(file, source));
  CATENA_TRY(times, times_of(file, source));
  PoseRecording out;
  out.name = stem_of(source);
  out.source = file.source;
  out.view = file.view;
  out.width_px = file.width_px;
  out.height_px = file.height_px;
  out.labels = file.labels;
  out.least_score = options.least_score;
  out.notes = times.notes;
  lay_out(file, times, out);
  const auto n_places = static_cast<double>(out.places_px.size()) / 2.0;
  if (out.n_doubted > 0) {
    out.notes.push_back(fmt::format(
        "{} of {:.0f} places ({:.1f} %) were found with a score below {} and count as lost.",
        out.n_doubted, n_places, 100.0 * static_cast<double>(out.n_doubted) / n_places,
        in_words(out.least_score)));
  }
  if (out.n_empty_frames > 0) {
    out.notes.push_back(counted(static_cast<std::size_t>(out.n_empty_frames), "frame") +
                        " without a person.");
  }
  return out;
}

Result<PoseRecording> read_pose_json(const std::filesystem::path& path,
                                     const PoseOptions& options) {
  constexpr std::size_t kMost_bytes = std::size_t{1} << 28;
  CATENA_TRY(bytes, read_file(path, kMost_bytes));
  return parse_pose_json(bytes, path.string(), options);
}

}  // namespace catena
