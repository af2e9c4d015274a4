// C3D: any bytes give a recording that hangs together and comes back when written, or one clear
// error.
#include <cstdint>
#include <set>
#include <string>
#include <string_view>

#include "catena/recording/c3d.h"
#include "catena/recording/c3d_equal.h"
#include "catena/recording/plate_forces.h"
#include "require.h"

namespace catena {
namespace {

void require_consistent(const C3dFile& file) {
  const Recording& recording = file.recording;
  const PointRecording& points = recording.points;
  const Eigen::Index n_frames = points.time_s.size();
  const auto n_markers = static_cast<Eigen::Index>(points.labels.size());
  std::set<std::string> labels(points.labels.begin(), points.labels.end());
  for (const ModelOutput& output : recording.outputs) {
    labels.insert(output.label);
    require(output.values.rows() == n_frames && output.values.cols() == 3, "outputs have a shape");
    require(!output.values.array().isInf().any(), "no infinite output");
  }
  const std::size_t n_points = points.labels.size() + recording.outputs.size();
  require(labels.size() == n_points, "labels differ");
  require(n_frames > 0, "there is a frame");
  require(points.rate_hz > 0.0, "the rate is positive");
  require(points.points_m.rows() == n_frames, "a row a frame");
  require(points.points_m.cols() == 3 * n_markers, "three columns a point");
  require(!points.points_m.array().isInf().any(), "no infinite place");
  require(file.cameras_and_residual.cols() == static_cast<Eigen::Index>(n_points), "fourth words");
  const AnalogRecording& analog = recording.analog;
  require(analog.values.cols() == static_cast<Eigen::Index>(analog.labels.size()), "channels");
  require(analog.units.size() == analog.labels.size(), "a unit a channel");
  require(analog.values.rows() % n_frames == 0, "as many samples for each frame");
  require(!analog.values.array().isInf().any(), "no infinite sample");
  for (const ForcePlateSetup& plate : recording.plates) {
    for (const int channel : plate.channels) {
      require(channel >= -1 && channel < analog.values.cols(), "plates have channels");
    }
    require(plate.zero_from >= 0 && plate.zero_to <= analog.values.rows(), "zeros are samples");
  }
}

void require_forces_with_a_place(const Recording& recording) {
  const RecordedForces forces = recorded_forces(recording);
  require(forces.plates.size() == recording.plates.size(), "forces of each plate");
  for (const PlateForces& plate : forces.plates) {
    const Eigen::Index n = plate.force_n.rows();
    require(n == 0 || n == recording.analog.values.rows(), "a force for each sample, or none");
    require(plate.cop_m.rows() == n && !plate.cop_m.hasNaN(), "each force has a place");
    require(!plate.free_moment_nm.hasNaN(), "each force has a moment");
  }
}

void read_anything(std::string_view bytes) {
  const auto file = parse_c3d(bytes, "x.c3d");
  if (!file) return require_good_sentence(file.error());
  require_consistent(*file);
  require_forces_with_a_place(file->recording);
  require(bytes.size() >= static_cast<std::size_t>(file->recording.points.points_m.size()) * 2,
          "no more is read than there is");

  // What was read can be written, and reads back equal.
  const auto written = write_c3d(*file, {file->processor, file->numbers});
  if (!written) {
    require_good_sentence(written.error());
    require(false, "what was read can be written");
  }
  const auto again = parse_c3d(*written, "x.c3d");
  require(again.has_value(), "what was written can be read");
  const std::string difference =
      first_difference(*file, *again, file->numbers == C3dNumbers::kInteger ? 1.0 / 30000 : 0.0);
  require(difference.empty(), difference.c_str());

  // As anything else it can be written too, or one sentence says why not.
  const C3dWriteOptions other = {static_cast<C3dProcessor>(bytes.size() % 3),
                                 bytes.size() % 2 == 0 ? C3dNumbers::kReal : C3dNumbers::kInteger};
  const auto translated = write_c3d(*file, other);
  if (!translated) return require_good_sentence(translated.error());
  require(parse_c3d(*translated, "x.c3d").has_value(), "what was translated can be read");
}

}  // namespace
}  // namespace catena

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer calls it so.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  catena::read_anything({reinterpret_cast<const char*>(data), size});
  return 0;
}
