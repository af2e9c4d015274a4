#include "catena/recording/read_recording.h"

#include <utility>

#include "catena/core/file.h"
#include "catena/core/text.h"
#include "catena/recording/c3d.h"
#include "catena/recording/pose_json.h"
#include "catena/recording/trc.h"

namespace catena {

bool looks_like_c3d(std::string_view bytes) {
  return bytes.size() > 1 && bytes[1] == 'P' &&
         bytes.substr(0, 512).find('\0') != std::string_view::npos;
}

bool looks_like_trc(std::string_view bytes) {
  LineReader lines(bytes);
  return lines.next_filled() && to_lower(trim(lines.line()).substr(0, 12)) == "pathfiletype";
}

Result<Recording> parse_recording(std::string_view bytes, std::string_view source) {
  if (looks_like_c3d(bytes)) {
    CATENA_TRY(file, parse_c3d(bytes, source));
    return std::move(file.recording);
  }
  if (looks_like_json(bytes)) {
    return fail(Errc::kUnsupported,
                "this is JSON: landmarks of one camera have two dimensions only",
                std::string(source), "give it to catena strides, or name a marker recording");
  }
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
