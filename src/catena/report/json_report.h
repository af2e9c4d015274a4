// The result for programs: what docs/result.schema.json describes.
#pragma once

#include <string>

#include "catena/report/results.h"

namespace catena {

/// The schema's version that render_json writes. Later work only adds to it.
inline constexpr const char* kResultSchemaVersion = "1.0";

/// UTF-8 text, keys in a fixed order; NaN and infinity become null, bytes that are no UTF-8 become
/// U+FFFD.
std::string render_json(const Results& results);

}  // namespace catena
