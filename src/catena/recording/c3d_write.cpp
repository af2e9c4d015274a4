#include <algorithm>
#include <cmath>
#include <cstring>
#include <utility>

#include "catena/core/text.h"
#include "catena/recording/c3d.h"
#include "catena/recording/c3d_encode.h"
#include "catena/recording/c3d_layout.h"
#include "catena/recording/c3d_numbers.h"
#include "catena/recording/c3d_parameters.h"
#include "catena/recording/c3d_renew.h"

namespace catena {
namespace {

constexpr std::size_t kWordMost = 65535;

Result<void> check_shapes(const C3dFile& file) {
  const Recording& recording = file.recording;
  const Eigen::Index n_frames = recording.points.time_s.size();
  const auto n_markers = static_cast<Eigen::Index>(recording.points.labels.size());
  const std::string& name = recording.points.name;
  const char* const hint = "give each frame a row and each label its columns";
  if (n_frames < 1 || recording.points.points_m.rows() != n_frames ||
      recording.points.points_m.cols() != 3 * n_markers) {
    return fail(Errc::kMismatch, "times, labels and points do not belong together", name, hint);
  }
  for (const ModelOutput& output : recording.outputs) {
    if (output.values.rows() != n_frames || output.values.cols() != 3) {
      return fail(Errc::kMismatch, "a model output does not have three values a frame",
                  name + ": " + output.label, hint);
    }
  }
  const AnalogRecording& analog = recording.analog;
  const auto n_channels = static_cast<Eigen::Index>(analog.labels.size());
  if (analog.values.cols() != n_channels || analog.values.rows() % n_frames != 0 ||
      (n_channels > 0 && analog.values.rows() == 0)) {
    return fail(Errc::kMismatch, "analog samples are not the same whole number for each frame",
                name, hint);
  }
  if (n_markers + n_channels == 0 && recording.outputs.empty()) {
    return fail(Errc::kMissingData, "there are neither points nor analog channels", name, hint);
  }
  return {};
}

std::size_t first_frame_of(const Recording& recording) {
  const double frames = recording.points.time_s[0] * recording.points.rate_hz;
  return frames >= 0.5 && frames < 2e9 ? static_cast<std::size_t>(std::lround(frames)) + 1 : 1;
}

void set_frames(std::size_t first, std::size_t n, std::vector<C3dGroup>& groups) {
  const C3dParameter* old = find_parameter(groups, "POINT", "FRAMES");
  const bool is_real = old != nullptr && std::holds_alternative<std::vector<float>>(old->values);
  set_count(groups, "POINT", "FRAMES", is_real ? n : std::min(n, kWordMost));
  if (n > kWordMost || find_parameter(groups, "POINT", "LONG_FRAMES") != nullptr) {
    set_reals(groups, "POINT", "LONG_FRAMES", {}, {static_cast<float>(n)});
  }
  const std::size_t last = first + n - 1;
  if (last > kWordMost || find_parameter(groups, "TRIAL", "ACTUAL_START_FIELD") != nullptr ||
      find_parameter(groups, "TRIAL", "ACTUAL_END_FIELD") != nullptr) {
    const auto low_and_high = [](std::size_t value) {
      return std::vector<std::int16_t>{static_cast<std::int16_t>(value & 0xffff),
                                       static_cast<std::int16_t>(value >> 16)};
    };
    set_words(groups, "TRIAL", "ACTUAL_START_FIELD", {2}, low_and_high(first));
    set_words(groups, "TRIAL", "ACTUAL_END_FIELD", {2}, low_and_high(last));
  }
}

/// The records of a parameter section, one behind the other.
class SectionWriter {
 public:
  explicit SectionWriter(C3dProcessor processor) : processor_(processor) {}

  bool put_group(const C3dGroup& group, int id);
  bool put_parameter(const C3dParameter& parameter, int id);
  /// The whole section, in whole blocks.
  std::string finish();

 private:
  void begin(const std::string& name, bool locked, int id);
  bool end(const std::string& description);
  void put_byte(std::size_t value) { bytes_ += static_cast<char>(value); }

  C3dProcessor processor_;
  std::string bytes_ = std::string(4, '\0');
  std::size_t link_ = 0;  // of the last record
};

void SectionWriter::begin(const std::string& name, bool locked, int id) {
  const int length = static_cast<int>(name.size());
  bytes_ += static_cast<char>(locked ? -length : length);
  bytes_ += static_cast<char>(id);
  bytes_ += name;
  link_ = bytes_.size();
  bytes_ += std::string(2, '\0');
}

bool SectionWriter::end(const std::string& description) {
  const std::size_t n = std::min<std::size_t>(description.size(), 255);
  put_byte(n);
  bytes_.append(description, 0, n);
  const std::size_t length = bytes_.size() - link_;
  if (length > kWordMost) return false;
  store_word(processor_, static_cast<std::uint16_t>(length), bytes_.data() + link_);
  return true;
}

bool SectionWriter::put_group(const C3dGroup& group, int id) {
  if (group.name.empty() || group.name.size() > 127) return false;
  begin(group.name, group.locked, -id);
  return end(group.description);
}

bool SectionWriter::put_parameter(const C3dParameter& parameter, int id) {
  if (parameter.name.empty() || parameter.name.size() > 127 || parameter.dims.size() > 7) {
    return false;
  }
  begin(parameter.name, parameter.locked, id);
  std::size_t n = 1;
  static constexpr int kTypes[] = {-1, 1, 2, 4};
  bytes_ += static_cast<char>(kTypes[parameter.values.index()]);
  put_byte(parameter.dims.size());
  for (const int dim : parameter.dims) {
    if (dim < 0 || dim > 255) return false;
    put_byte(static_cast<std::size_t>(dim));
    n *= static_cast<std::size_t>(dim);
  }
  const std::size_t n_values =
      std::visit([](const auto& values) { return values.size(); }, parameter.values);
  if (n_values != n) return false;
  if (const auto* text = std::get_if<std::string>(&parameter.values)) {
    bytes_ += *text;
  } else if (const auto* bytes = std::get_if<std::vector<std::int8_t>>(&parameter.values)) {
    bytes_.append(bytes->begin(), bytes->end());
  } else if (const auto* words = std::get_if<std::vector<std::int16_t>>(&parameter.values)) {
    for (const std::int16_t word : *words) {
      char at[2];
      store_word(processor_, static_cast<std::uint16_t>(word), at);
      bytes_.append(at, 2);
    }
  } else if (const auto* reals = std::get_if<std::vector<float>>(&parameter.values)) {
    for (const float real : *reals) {
      char at[4] = {};
      // DEC has neither infinities nor NaN: zero stands for them.
      if (!store_real(processor_, real, at)) std::memset(at, 0, 4);
      bytes_.append(at, 4);
    }
  }
  return end(parameter.description);
}

std::string SectionWriter::finish() {
  // The last record links to nothing, and a length of zero follows for those who look for that.
  if (link_ > 0) store_word(processor_, 0, bytes_.data() + link_);
  bytes_ += '\0';
  bytes_.resize((bytes_.size() + kC3dBlock - 1) / kC3dBlock * kC3dBlock, '\0');
  bytes_[0] = 1;
  bytes_[1] = 'P';
  bytes_[2] = static_cast<char>(std::min<std::size_t>(bytes_.size() / kC3dBlock, 255));
  bytes_[3] = static_cast<char>(84 + static_cast<int>(processor_));
  return std::move(bytes_);
}

Result<std::string> write_section(const std::vector<C3dGroup>& groups, C3dProcessor processor,
                                  const std::string& name) {
  const char* const hint = "write the recording without its other groups";
  if (groups.size() > 127) {
    return fail(Errc::kUnsupported,
                std::to_string(groups.size()) + " groups are more than C3D can hold (127)", name,
                hint);
  }
  SectionWriter writer(processor);
  // All groups first, as most programs write them.
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (writer.put_group(groups[i], static_cast<int>(i) + 1)) continue;
    return fail(Errc::kUnsupported, "a group has no name, or one of more than 127 bytes", name,
                hint);
  }
  for (std::size_t i = 0; i < groups.size(); ++i) {
    for (const C3dParameter& parameter : groups[i].parameters) {
      if (writer.put_parameter(parameter, static_cast<int>(i) + 1)) continue;
      return fail(Errc::kUnsupported,
                  "the parameter's name, dimensions or size are more than C3D can hold",
                  name + ": " + excerpt(groups[i].name) + ":" + excerpt(parameter.name), hint);
    }
  }
  std::string section = writer.finish();
  if (section.size() / kC3dBlock + 2 > kWordMost) {
    return fail(Errc::kUnsupported, "the parameters are more than C3D can hold (33 MB)", name,
                hint);
  }
  return section;
}

std::string write_header(const C3dFile& file, const C3dCoding& coding, std::size_t data_block) {
  const Recording& recording = file.recording;
  const C3dProcessor processor = coding.options.processor;
  std::string header(kC3dBlock, '\0');
  // Words are counted from 1, as in the specification.
  const auto put_word = [&](std::size_t n, std::size_t value) {
    store_word(processor, static_cast<std::uint16_t>(std::min(value, kWordMost)),
               header.data() + 2 * (n - 1));
  };
  const std::size_t first = first_frame_of(recording);
  const auto n_frames = static_cast<std::size_t>(recording.points.time_s.size());
  header[0] = 2;
  header[1] = 'P';
  put_word(2, coding.order.output.size());
  put_word(3, recording.analog.labels.size() * coding.samples_per_frame);
  // A range that 16 bits cannot hold begins at 1: what counts is in POINT and TRIAL then.
  const bool fits = first + n_frames - 1 <= kWordMost;
  put_word(4, fits ? first : 1);
  put_word(5, fits ? first + n_frames - 1 : std::min(n_frames, kWordMost));
  const bool is_real = coding.options.numbers == C3dNumbers::kReal;
  store_real(processor, is_real ? -coding.point_scale : coding.point_scale, header.data() + 12);
  put_word(9, data_block);
  put_word(10, coding.samples_per_frame);
  store_real(processor, recording.points.rate_hz, header.data() + 20);
  put_word(150, 12345);  // labels of header events, of which there are none, have four letters
  return header;
}

}  // namespace

Result<std::string> write_c3d(const C3dFile& file, const C3dWriteOptions& options) {
  CATENA_CHECK(check_shapes(file));
  const Recording& recording = file.recording;
  const auto n_frames = static_cast<std::size_t>(recording.points.time_s.size());
  const std::size_t n_channels = recording.analog.labels.size();
  std::vector<C3dGroup> groups = file.groups;
  C3dCoding coding;
  coding.options = options;
  coding.samples_per_frame =
      n_channels > 0 ? static_cast<std::size_t>(recording.analog.values.rows()) / n_frames : 0;
  if (n_channels * coding.samples_per_frame > kWordMost) {
    return fail(Errc::kUnsupported,
                std::to_string(n_channels * coding.samples_per_frame) +
                    " analog samples a frame are more than C3D can hold (65535)",
                recording.points.name, "leave out channels");
  }

  // The groups say what the recording holds.
  CATENA_TRY(order, renew_points(recording, groups));
  coding.order = std::move(order);
  const std::size_t n_points = coding.order.output.size();
  if (find_parameter(groups, "POINT", "UNITS") == nullptr) {
    CATENA_CHECK(set_texts(groups, "POINT", "UNITS", {"mm"}));
  }
  if (n_points > 0) {
    std::vector<std::string> notes;
    CATENA_TRY(unit, units_per_metre(groups, recording.points.name, notes));
    coding.per_metre = unit;
  }
  coding.point_scale = renew_point_scale(file, coding.per_metre, options, groups);
  CATENA_CHECK(renew_channels(recording.analog, groups));
  coding.channels = renew_analog_scales(recording.analog, options, groups);
  C3dLayout layout;
  layout.n_frames = n_frames;
  layout.n_channels = n_channels;
  layout.samples_per_frame = coding.samples_per_frame;
  layout.first_frame = static_cast<int>(first_frame_of(recording));
  CATENA_CHECK(renew_meaning(recording, layout, coding.per_metre, groups));
  set_count(groups, "POINT", "USED", n_points);
  set_reals(groups, "POINT", "RATE", {}, {static_cast<float>(recording.points.rate_hz)});
  set_frames(first_frame_of(recording), n_frames, groups);
  set_count(groups, "ANALOG", "USED", n_channels);
  set_reals(groups, "ANALOG", "RATE", {},
            {static_cast<float>(recording.points.rate_hz *
                                static_cast<double>(std::max<std::size_t>(
                                    coding.samples_per_frame, n_channels > 0 ? 1 : 0)))});

  // Where the data begin stands in the parameters, whose length does not depend on it.
  set_count(groups, "POINT", "DATA_START", 0);
  CATENA_TRY(draft, write_section(groups, options.processor, recording.points.name));
  const std::size_t data_block = 2 + draft.size() / kC3dBlock;
  set_count(groups, "POINT", "DATA_START", data_block);
  CATENA_TRY(section, write_section(groups, options.processor, recording.points.name));
  CATENA_TRY(data, encode_c3d_data(file, coding));
  std::string bytes = write_header(file, coding, data_block);
  bytes += section;
  bytes += data;
  bytes.resize((bytes.size() + kC3dBlock - 1) / kC3dBlock * kC3dBlock, '\0');
  return bytes;
}

}  // namespace catena
