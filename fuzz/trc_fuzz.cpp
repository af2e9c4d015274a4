// TRC: any bytes give a recording that hangs together, or one clear error.
#include <cstdint>
#include <set>
#include <string>
#include <string_view>

#include "catena/recording/trc.h"
#include "catena/trajectories/from_recording.h"
#include "require.h"

namespace catena {
namespace {

void require_consistent(const PointRecording& recording) {
  const auto n_points = static_cast<Eigen::Index>(recording.labels.size());
  const std::set<std::string> labels(recording.labels.begin(), recording.labels.end());
  require(labels.size() == recording.labels.size(), "labels differ");
  require(recording.points_m.cols() == 3 * n_points, "three columns a point");
  require(recording.points_m.rows() == recording.time_s.size(), "a time for each frame");
  require(recording.time_s.size() > 0, "there is a frame");
  require(recording.rate_hz > 0.0, "the rate is positive");
  require(!recording.points_m.array().isInf().any(), "no infinite place");
}

void read_anything(std::string_view bytes) {
  const auto recording = parse_trc(bytes, "x.trc");
  if (!recording) return require_good_sentence(recording.error());
  require_consistent(*recording);

  // What was written is read back in the same shape.
  const auto again = parse_trc(write_trc(*recording), "x.trc");
  require(again.has_value(), "what was written can be read");
  require(again->labels == recording->labels, "labels come back");
  require(again->points_m.rows() == recording->points_m.rows(), "frames come back");

  Recording whole;
  whole.points = *recording;
  const auto ground = find_ground_frame(whole);
  require(ground.has_value(), "a ground frame is found or assumed");
  const Eigen::Matrix3d turn = ground->ground_from_lab;
  require((turn * turn.transpose()).isIdentity(0.0), "the ground frame is square");
  const auto trajectories = make_trajectories(*recording, {.ground = *ground});
  if (!trajectories) require_good_sentence(trajectories.error());
}

}  // namespace
}  // namespace catena

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer calls it so.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  catena::read_anything({reinterpret_cast<const char*>(data), size});
  return 0;
}
