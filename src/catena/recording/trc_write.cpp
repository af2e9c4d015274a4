#include <fmt/format.h>

#include <string>

#include "catena/core/text.h"
#include "catena/recording/trc.h"

namespace catena {

std::string write_trc(const PointRecording& recording, const TrcWriteOptions& options) {
  const bool metres = options.unit == LengthUnit::kMetres;
  const double per_metre = metres ? 1.0 : 1000.0;
  const Eigen::Index n_frames = recording.points_m.rows();
  const std::size_t n_points = recording.labels.size();
  std::string rate;
  append_number(rate, recording.rate_hz);

  std::string text = "PathFileType\t4\t(X/Y/Z)\t" + printable(recording.name) + ".trc\n";
  text += "DataRate\tCameraRate\tNumFrames\tNumMarkers\tUnits\tOrigDataRate\t";
  text += "OrigDataStartFrame\tOrigNumFrames\n";
  text += fmt::format("{0}\t{0}\t{1}\t{2}\t{3}\t{0}\t{4}\t{1}\nFrame#\tTime", rate, n_frames,
                      n_points, metres ? "m" : "mm", options.first_frame);
  for (const std::string& label : recording.labels) text += fmt::format("\t{}\t\t", label);
  text += "\n\t";
  for (std::size_t k = 1; k <= n_points; ++k) {
    text += fmt::format("\tX{0}\tY{0}\tZ{0}", k);
  }
  text += "\n\n";
  for (Eigen::Index i = 0; i < n_frames; ++i) {
    text += std::to_string(options.first_frame + i) + "\t";
    append_number(text, recording.time_s[i]);
    for (Eigen::Index j = 0; j < recording.points_m.cols(); ++j) {
      text += '\t';
      const double value = recording.points_m(i, j) * per_metre;
      if (options.decimals < 0) {
        append_number(text, value);
      } else {
        append_fixed(text, value, options.decimals);
      }
    }
    text += '\n';
  }
  return text;
}

}  // namespace catena
