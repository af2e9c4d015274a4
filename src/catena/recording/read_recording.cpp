#include "catena/recording/read_recording.h"

#include "catena/core/file.h"
#include "catena/recording/trc.h"

namespace catena {

Result<Recording> parse_recording(std::string_view bytes, std::string_view source) {
  CATENA_TRY(points, parse_trc(bytes, source));
  Recording recording;
  recording.format = "TRC";
  recording.points = std::move(points);
  return recording;
}

Result<Recording> read_recording(const std::filesystem::path& path) {
  CATENA_TRY(bytes, read_file(path));
  return parse_recording(bytes, path.string());
}

}  // namespace catena
