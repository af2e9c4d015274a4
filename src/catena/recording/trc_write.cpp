#include <string>

#include "catena/recording/text.h"
#include "catena/recording/trc.h"

namespace catena {

std::string write_trc(const PointRecording& recording, const TrcWriteOptions& options) {
  const bool metres = options.unit == LengthUnit::kMetres;
  const double per_metre = metres ? 1.0 : 1000.0;
  const Eigen::Index n_frames = recording.points_m.rows();
  const std::size_t n_points = recording.labels.size();
  std::string rate;
  append_number(rate, recording.rate_hz);
  const std::string frames = std::to_string(n_frames);

  std::string text = "PathFileType\t4\t(X/Y/Z)\t" + printable(recording.name) + ".trc\n";
  text += "DataRate\tCameraRate\tNumFrames\tNumMarkers\tUnits\tOrigDataRate\t";
  text += "OrigDataStartFrame\tOrigNumFrames\n";
  text += rate + "\t" + rate + "\t" + frames + "\t" + std::to_string(n_points) + "\t";
  text += (metres ? "m\t" : "mm\t") + rate + "\t" + std::to_string(options.first_frame) + "\t" +
          frames + "\nFrame#\tTime";
  for (const std::string& label : recording.labels) text += "\t" + label + "\t\t";
  text += "\n\t";
  for (std::size_t k = 1; k <= n_points; ++k) {
    const std::string number = std::to_string(k);
    text += "\tX" + number + "\tY" + number + "\tZ" + number;
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
