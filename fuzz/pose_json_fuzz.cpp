// Landmarks in JSON: any bytes give a recording that hangs together, or one clear error.
#include <cstdint>
#include <set>
#include <string>
#include <string_view>

#include "catena/recording/pose_json.h"
#include "require.h"

namespace catena {
namespace {

void read_anything(std::string_view bytes) {
  const auto pose = parse_pose_json(bytes, "x.json");
  if (!pose) return require_good_sentence(pose.error());
  const auto n_points = static_cast<Eigen::Index>(pose->labels.size());
  const std::set<std::string> labels(pose->labels.begin(), pose->labels.end());
  require(labels.size() == pose->labels.size(), "labels differ");
  require(n_points > 0, "there is a landmark");
  require(pose->places_px.cols() == 2 * n_points, "two columns a landmark");
  require(pose->places_px.rows() == pose->time_s.size(), "a time for each frame");
  require(pose->time_s.size() > 0, "there is a frame");
  require(pose->time_s.array().isFinite().all(), "times are numbers");
  require(pose->rate_hz > 0.0, "the rate is positive");
  require(!pose->places_px.array().isInf().any(), "no infinite place");
  for (Eigen::Index p = 0; p < n_points; ++p) {
    const auto x_lost = pose->places_px.col(2 * p).array().isNaN();
    const auto y_lost = pose->places_px.col(2 * p + 1).array().isNaN();
    require((x_lost == y_lost).all(), "x and y are lost together");
  }
}

}  // namespace
}  // namespace catena

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer calls it so.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  catena::read_anything({reinterpret_cast<const char*>(data), size});
  return 0;
}
