// Fingerprints of files, so that a result can say what it was made from.
#pragma once

#include <string>
#include <string_view>

namespace catena {

/// SHA-256 of the bytes, 64 hexadecimal digits.
std::string sha256_hex(std::string_view bytes);

}  // namespace catena
