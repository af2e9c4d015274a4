#include "catena/recording/c3d_encode.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include "catena/core/text.h"
#include "catena/recording/c3d_numbers.h"
#include "catena/recording/c3d_parameters.h"

namespace catena {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
// The largest word that new scales use, as the specification advises.
constexpr double kFullScale = 32000.0;

// Every processor has reals of this size.
constexpr double kLeastScale = 1e-37;

/// Largest magnitude; 0 where all is lost.
double largest(const Eigen::Ref<const Eigen::MatrixXd>& values) {
  double most = 0.0;
  for (Eigen::Index j = 0; j < values.cols(); ++j) {
    for (Eigen::Index i = 0; i < values.rows(); ++i) {
      const double magnitude = std::abs(values(i, j));
      if (magnitude > most) most = magnitude;  // false for NaN
    }
  }
  return most;
}

/// The real number nearest to a value that a processor has.
double as_stored(C3dProcessor processor, double value) {
  if (processor != C3dProcessor::kDec) return static_cast<float>(value);
  std::uint32_t bits = 0;
  return to_dec_bits(value, bits) ? from_dec_bits(bits) : kInfinity;
}

double decoded(double word, double offset, double scale) { return (word - offset) * scale; }

/// Whether a scale comes back as itself.
bool survives(C3dProcessor processor, double scale) {
  return std::isfinite(scale) && as_stored(processor, scale) == scale;
}

/// The word that is read as this value. A value was rounded twice on its way from the word, so the
/// quotient may be a few last places off, which the offset can make visible.
template <class Store>
double word_for(double value, double offset, double scale, Store store) {
  if (scale == 0.0) return std::isnan(value) ? value : 0.0;
  const double quotient = value / scale;
  const double first = store(quotient + offset);
  if (decoded(first, offset, scale) == value || std::isnan(value)) return first;
  double below = quotient;
  double above = quotient;
  for (int step = 0; step < 3; ++step) {
    below = std::nextafter(below, -kInfinity);
    above = std::nextafter(above, kInfinity);
    for (const double near : {below, above}) {
      const double word = store(near + offset);
      if (decoded(word, offset, scale) == value) return word;
    }
  }
  return first;
}

/// Words of analog integers: whole, and of 16 bits.
struct WordRange {
  double low = -32768.0, high = 32767.0;
  explicit WordRange(bool is_unsigned) {
    if (!is_unsigned) return;
    low = 0.0;
    high = 65535.0;
  }
};

/// Smallest and largest; 0 and 0 where all is lost.
std::pair<double, double> range_of(const Eigen::Ref<const Eigen::VectorXd>& values) {
  std::pair<double, double> range(kInfinity, -kInfinity);
  for (const double value : values) {
    if (value < range.first) range.first = value;  // false for NaN
    if (value > range.second) range.second = value;
  }
  return range.first <= range.second ? range : std::pair(0.0, 0.0);
}

/// Whether a channel's scale can store its values.
bool scale_will_do(const Eigen::Ref<const Eigen::VectorXd>& values, double offset, double scale,
                   bool is_unsigned, const C3dWriteOptions& options) {
  const auto [least, most] = range_of(values);
  if (scale == 0.0) return least == 0.0 && most == 0.0;
  if (options.numbers == C3dNumbers::kReal) {
    const auto store = [&](double word) { return as_stored(options.processor, word); };
    return std::isfinite(word_for(least, offset, scale, store)) &&
           std::isfinite(word_for(most, offset, scale, store));
  }
  const WordRange range(is_unsigned);
  return std::all_of(values.begin(), values.end(), [&](double value) {
    const double word = value / scale + offset;
    // What is lost is refused later, whatever the scale.
    return std::isnan(value) || (word > range.low - 0.5 && word < range.high + 0.5 &&
                                 std::abs(word - std::nearbyint(word)) < 1e-3);
  });
}

/// Whether the channels' scales can store what is in the columns.
bool scales_will_do(const AnalogRecording& analog, const C3dChannels& channels,
                    const C3dWriteOptions& options) {
  for (Eigen::Index j = 0; j < analog.values.cols(); ++j) {
    const auto k = static_cast<std::size_t>(j);
    if (!scale_will_do(analog.values.col(j), channels.offset[k], channels.scale[k],
                       channels.is_unsigned, options)) {
      return false;
    }
  }
  return true;
}

class Encoder {
 public:
  Encoder(const C3dFile& file, const C3dCoding& coding) : file_(file), coding_(coding) {}

  Result<std::string> encode();

 private:
  bool put(double value);
  bool put_point(Eigen::Index frame, std::size_t point, const double* x, bool is_marker);
  bool put_sample(double value, std::size_t channel);
  std::size_t put_points(Eigen::Index frame);
  std::size_t put_samples(Eigen::Index frame);
  double fourth_word(Eigen::Index frame, std::size_t point, bool is_lost) const;
  Error cannot_hold(Eigen::Index frame, const std::string& what) const;

  const C3dFile& file_;
  const C3dCoding& coding_;
  const bool is_real_ = coding_.options.numbers == C3dNumbers::kReal;
  std::string bytes_;
};

/// A word at the end; false where the format does not have it.
bool Encoder::put(double value) {
  std::array<char, 4> word{};
  if (is_real_) {
    if (!store_real(coding_.options.processor, value, word.data())) return false;
    bytes_.append(word.data(), 4);
    return true;
  }
  if (!(value > -32769.0 && value < 65536.0)) return false;
  store_word(coding_.options.processor,
             static_cast<std::uint16_t>(static_cast<std::int32_t>(std::nearbyint(value))),
             word.data());
  bytes_.append(word.data(), 2);
  return true;
}

/// As read, but negative where the position is lost and only there.
double Encoder::fourth_word(Eigen::Index frame, std::size_t point, bool is_lost) const {
  const auto column = static_cast<Eigen::Index>(point);
  const Eigen::MatrixXf& words = file_.cameras_and_residual;
  const auto n_points = static_cast<Eigen::Index>(coding_.order.output.size());
  const bool known = frame < words.rows() && words.cols() == n_points;
  const double word = known ? static_cast<double>(words(frame, column)) : 0.0;
  if (is_lost) return word < 0.0 ? word : -1.0;
  return word >= 0.0 ? word : 0.0;  // a position that was filled in: no camera saw it
}

bool Encoder::put_point(Eigen::Index frame, std::size_t point, const double* x, bool is_marker) {
  const Eigen::Index n_frames = file_.recording.points.time_s.size();
  const double unit = is_marker ? coding_.per_metre : 1.0;
  const bool is_lost = std::isnan(x[0]) || std::isnan(x[n_frames]) || std::isnan(x[2 * n_frames]);
  for (int axis = 0; axis < 3; ++axis) {
    const double value = is_lost ? 0.0 : x[axis * n_frames] * unit;
    if (!put(is_real_ ? value : value / coding_.point_scale)) return false;
  }
  double fourth = fourth_word(frame, point, is_lost);
  if (!is_real_) fourth = std::clamp(fourth, -32768.0, 32767.0);
  return put(fourth);
}

bool Encoder::put_sample(double value, std::size_t channel) {
  const double offset = coding_.channels.offset[channel];
  const double scale = coding_.channels.scale[channel];
  if (is_real_) {
    const C3dProcessor processor = coding_.options.processor;
    return put(word_for(value, offset, scale,
                        [processor](double word) { return as_stored(processor, word); }));
  }
  const WordRange range(coding_.channels.is_unsigned);
  const double word = word_for(value, offset, scale, [](double w) { return std::nearbyint(w); });
  return word >= range.low && word <= range.high && put(word);
}

Error Encoder::cannot_hold(Eigen::Index frame, const std::string& what) const {
  const bool is_dec = coding_.options.processor == C3dProcessor::kDec;
  return {Errc::kUnsupported,
          what + " holds what " + (is_real_ ? "DEC's reals" : "16-bit integers") + " cannot: " +
              (is_real_ ? "2^127 or more, or lost samples" : "lost samples, or too large a number"),
          file_.recording.points.name + ": frame " + std::to_string(frame + 1),
          is_real_ && is_dec ? "write it for Intel" : "write it as reals"};
}

/// Number of the first point that could not be put, from 1; 0 where all could.
std::size_t Encoder::put_points(Eigen::Index frame) {
  const Recording& recording = file_.recording;
  const Eigen::Index n_frames = recording.points.time_s.size();
  Eigen::Index marker = 0;
  for (std::size_t k = 0; k < coding_.order.output.size(); ++k) {
    const int output = coding_.order.output[k];
    const bool is_marker = output < 0;
    const double* x = is_marker ? recording.points.points_m.data() + 3 * marker++ * n_frames
                                : recording.outputs[static_cast<std::size_t>(output)].values.data();
    if (!put_point(frame, k, x + frame, is_marker)) return k + 1;
  }
  return 0;
}

/// The same for channels.
std::size_t Encoder::put_samples(Eigen::Index frame) {
  const Eigen::MatrixXd& values = file_.recording.analog.values;
  const auto n_samples = static_cast<Eigen::Index>(coding_.samples_per_frame);
  for (Eigen::Index i = frame * n_samples; i < (frame + 1) * n_samples; ++i) {
    for (Eigen::Index c = 0; c < values.cols(); ++c) {
      const auto channel = static_cast<std::size_t>(c);
      if (!put_sample(values(i, c), channel)) return channel + 1;
    }
  }
  return 0;
}

Result<std::string> Encoder::encode() {
  const Eigen::Index n_frames = file_.recording.points.time_s.size();
  const auto n_channels = static_cast<std::size_t>(file_.recording.analog.values.cols());
  bytes_.reserve(static_cast<std::size_t>(n_frames) * (is_real_ ? 4 : 2) *
                 (4 * coding_.order.output.size() + n_channels * coding_.samples_per_frame));
  for (Eigen::Index frame = 0; frame < n_frames; ++frame) {
    if (const std::size_t point = put_points(frame); point > 0) {
      return tl::make_unexpected(cannot_hold(frame, "point " + std::to_string(point)));
    }
    if (const std::size_t channel = put_samples(frame); channel > 0) {
      return tl::make_unexpected(cannot_hold(frame, "analog channel " + std::to_string(channel)));
    }
  }
  return std::move(bytes_);
}

}  // namespace

double renew_point_scale(const C3dFile& file, double per_metre, const C3dWriteOptions& options,
                         std::vector<C3dGroup>& groups) {
  const bool is_real = options.numbers == C3dNumbers::kReal;
  double most = largest(file.recording.points.points_m) * per_metre;
  for (const ModelOutput& output : file.recording.outputs) {
    most = std::max(most, largest(output.values));
  }
  const std::vector<double> old = numbers_of(groups, "POINT", "SCALE");
  double scale = old.empty() ? 0.0 : std::abs(old[0]);
  if (scale == 0.0 || !survives(options.processor, scale) ||
      (!is_real && !(most < 32767.5 * scale))) {
    scale = static_cast<float>(most > 0.0 ? most / kFullScale : 0.1);
    scale = std::max(scale, kLeastScale);
  }
  set_reals(groups, "POINT", "SCALE", {}, {static_cast<float>(is_real ? -scale : scale)});
  return scale;
}

C3dChannels renew_analog_scales(const AnalogRecording& analog, const C3dWriteOptions& options,
                                std::vector<C3dGroup>& groups) {
  const auto n = static_cast<std::size_t>(analog.values.cols());
  std::vector<std::string> notes;
  const auto is_missing = [&](const char* name) {
    return find_parameter(groups, "ANALOG", name) == nullptr;
  };
  // What is not said counts as 1 and 0; other programs want to read it.
  if (is_missing("GEN_SCALE")) set_reals(groups, "ANALOG", "GEN_SCALE", {}, {1.0F});
  if (is_missing("SCALE")) {
    set_long_reals(groups, "ANALOG", "SCALE", std::vector<float>(n, 1.0F));
  }
  const auto set_offsets = [&] {
    for (std::size_t first = 0, part = 1; first == 0 || first < n; first += 255, ++part) {
      const std::size_t size = std::min<std::size_t>(n - first, 255);
      set_words(groups, "ANALOG", nth_name("OFFSET", static_cast<int>(part)),
                {static_cast<int>(size)}, std::vector<std::int16_t>(size, 0));
    }
  };
  if (is_missing("OFFSET")) set_offsets();
  C3dChannels channels = name_channels(groups, n, notes);
  std::vector<double> factors = joined_numbers(groups, "ANALOG", "SCALE");
  const std::vector<double> general = numbers_of(groups, "ANALOG", "GEN_SCALE");
  factors.insert(factors.end(), general.begin(), general.end());
  const bool all_survive = std::all_of(factors.begin(), factors.end(), [&](double factor) {
    return !std::isfinite(factor) || survives(options.processor, factor);
  });
  if (all_survive && scales_will_do(analog, channels, options)) return channels;
  std::vector<float> scales;
  for (Eigen::Index j = 0; j < analog.values.cols(); ++j) {
    const double extent = largest(analog.values.col(j));
    const bool is_integer = options.numbers == C3dNumbers::kInteger;
    const double scale = is_integer && extent > 0.0 ? extent / kFullScale : 1.0;
    scales.push_back(static_cast<float>(std::max(scale, kLeastScale)));
  }
  set_reals(groups, "ANALOG", "GEN_SCALE", {}, {1.0F});
  set_long_reals(groups, "ANALOG", "SCALE", scales);
  set_offsets();
  if (!text_of(groups, "ANALOG", "FORMAT").empty()) {
    // A text of this length is always short enough.
    if (!set_texts(groups, "ANALOG", "FORMAT", {"SIGNED"})) return channels;
  }
  return name_channels(groups, n, notes);
}

Result<std::string> encode_c3d_data(const C3dFile& file, const C3dCoding& coding) {
  return Encoder(file, coding).encode();
}

}  // namespace catena
