#include "catena/recording/c3d_data.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "catena/recording/c3d_numbers.h"

namespace catena {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();
// Nobody runs that far from the origin, in mm or a larger unit; makers write numbers beyond it for
// hidden markers: Cortex 9999999, Visual3D -999999, Optotrak -3.697e28.
constexpr double kFarthest = 999999.0;
// Frames at a time: what is read of a frame fits the nearest cache, and what is written of a
// column is a few whole cache lines.
constexpr std::size_t kFrames = 32;

/// One kind of word in the file.
template <C3dProcessor P, C3dNumbers K, bool IsUnsigned = false>
struct Word {
  static constexpr std::size_t kBytes = K == C3dNumbers::kReal ? 4 : 2;
  static double load(const char* at) {
    if constexpr (K == C3dNumbers::kReal) {
      return load_real<P>(at);
    } else if constexpr (IsUnsigned) {
      return load_word<P>(at);
    } else {
      return static_cast<std::int16_t>(load_word<P>(at));
    }
  }
};

/// Where one point's numbers go, and what its words mean.
struct PointTarget {
  double* x = nullptr;  // column; y and z follow
  double multiplier = 1.0, divisor = 1.0;
  double limit = 0.0;  // of raw coordinates that can be
};

template <class Word>
std::size_t read_points(const char* frame, std::size_t frame_bytes, std::size_t n_frames,
                        const std::vector<PointTarget>& targets, float* fourth) {
  std::size_t n_beyond = 0;
  for (std::size_t first = 0; first < n_frames; first += kFrames) {
    const std::size_t n = std::min(kFrames, n_frames - first);
    for (std::size_t k = 0; k < targets.size(); ++k) {
      const PointTarget& target = targets[k];
      const char* at = frame + first * frame_bytes + 4 * Word::kBytes * k;
      double* x = target.x + first;
      double* y = x + n_frames;
      double* z = y + n_frames;
      float* w = fourth + n_frames * k + first;
      for (std::size_t i = 0; i < n; ++i, at += frame_bytes) {
        const double raw_x = Word::load(at);
        const double raw_y = Word::load(at + Word::kBytes);
        const double raw_z = Word::load(at + 2 * Word::kBytes);
        const double raw_w = Word::load(at + 3 * Word::kBytes);
        // False for NaN too, in a coordinate or in the fourth word.
        const bool possible = std::abs(raw_x) + std::abs(raw_y) + std::abs(raw_z) < target.limit;
        const double good = raw_w >= 0.0 ? 1.0 : kNaN;
        const double unit = possible ? good * target.divisor : kNaN;
        const double fourth_if_lost = raw_w < 0.0 ? raw_w : -1.0;
        n_beyond += possible ? 0U : (raw_w >= 0.0 ? 1U : 0U);
        x[i] = raw_x * target.multiplier / unit;
        y[i] = raw_y * target.multiplier / unit;
        z[i] = raw_z * target.multiplier / unit;
        w[i] = static_cast<float>(unit > 0.0 ? raw_w : fourth_if_lost);
      }
    }
  }
  return n_beyond;
}

/// Samples of one channel, of some frames.
template <class Word>
void read_channel(const char* frame, std::size_t n_frames, const C3dLayout& layout, double offset,
                  double scale, double* value) {
  const std::size_t step = layout.n_channels * Word::kBytes;
  for (std::size_t i = 0; i < n_frames; ++i, frame += layout.frame_bytes) {
    const char* at = frame;
    for (std::size_t j = 0; j < layout.samples_per_frame; ++j, at += step) {
      const double scaled = (Word::load(at) - offset) * scale;
      *value++ = std::abs(scaled) < kInfinity ? scaled : kNaN;
    }
  }
}

template <class Word>
void read_analog(const char* samples, const C3dLayout& layout, const C3dChannels& channels,
                 double* values) {
  const std::size_t n_samples = layout.n_frames * layout.samples_per_frame;
  for (std::size_t first = 0; first < layout.n_frames; first += kFrames) {
    const std::size_t n = std::min(kFrames, layout.n_frames - first);
    for (std::size_t k = 0; k < layout.n_channels; ++k) {
      read_channel<Word>(samples + first * layout.frame_bytes + k * Word::kBytes, n, layout,
                         channels.offset[k], channels.scale[k],
                         values + n_samples * k + first * layout.samples_per_frame);
    }
  }
}

template <C3dProcessor P, C3dNumbers K>
C3dDataCounts read_all(const char* data, const C3dLayout& layout,
                       const std::vector<PointTarget>& targets, const C3dChannels& channels,
                       C3dFile& out) {
  C3dDataCounts counts;
  counts.n_beyond = read_points<Word<P, K>>(data, layout.frame_bytes, layout.n_frames, targets,
                                            out.cameras_and_residual.data());
  const char* samples = data + 4 * layout.word_bytes() * layout.n_points;
  double* values = out.recording.analog.values.data();
  if (channels.is_unsigned) {
    read_analog<Word<P, K, true>>(samples, layout, channels, values);
  } else {
    read_analog<Word<P, K>>(samples, layout, channels, values);
  }
  return counts;
}

template <C3dProcessor P>
C3dDataCounts read_all(const char* data, const C3dLayout& layout,
                       const std::vector<PointTarget>& targets, const C3dChannels& channels,
                       C3dFile& out) {
  return layout.numbers == C3dNumbers::kReal
             ? read_all<P, C3dNumbers::kReal>(data, layout, targets, channels, out)
             : read_all<P, C3dNumbers::kInteger>(data, layout, targets, channels, out);
}

}  // namespace

C3dDataCounts read_c3d_data(std::string_view file, const C3dLayout& layout, double per_metre,
                            const C3dPoints& points, const C3dChannels& channels, C3dFile& out) {
  const auto n_frames = static_cast<Eigen::Index>(layout.n_frames);
  const auto n_markers = static_cast<Eigen::Index>(points.labels.size());
  Recording& recording = out.recording;
  recording.points.points_m.resize(n_frames, 3 * n_markers);
  recording.outputs = points.outputs;
  for (ModelOutput& output : recording.outputs) output.values.resize(n_frames, 3);
  out.cameras_and_residual.resize(n_frames, static_cast<Eigen::Index>(layout.n_points));
  recording.analog.values.resize(n_frames * static_cast<Eigen::Index>(layout.samples_per_frame),
                                 static_cast<Eigen::Index>(layout.n_channels));

  const bool is_real = layout.numbers == C3dNumbers::kReal;
  const double multiplier = is_real ? 1.0 : layout.point_scale;
  const double farthest = per_metre <= 1000.0 ? kFarthest / multiplier : kInfinity;
  std::vector<PointTarget> targets(layout.n_points);
  Eigen::Index marker = 0;
  for (std::size_t k = 0; k < layout.n_points; ++k) {
    if (points.output[k] >= 0) {
      Eigen::MatrixXd& values =
          recording.outputs[static_cast<std::size_t>(points.output[k])].values;
      targets[k] = {values.data(), multiplier, 1.0, kInfinity};
    } else {
      targets[k] = {recording.points.points_m.data() + 3 * marker++ * n_frames, multiplier,
                    per_metre, farthest};
    }
  }
  const char* data = file.data() + layout.data_at;
  switch (out.processor) {
    case C3dProcessor::kDec:
      return read_all<C3dProcessor::kDec>(data, layout, targets, channels, out);
    case C3dProcessor::kSgi:
      return read_all<C3dProcessor::kSgi>(data, layout, targets, channels, out);
    default:
      return read_all<C3dProcessor::kIntel>(data, layout, targets, channels, out);
  }
}

}  // namespace catena
