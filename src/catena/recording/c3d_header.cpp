#include "catena/recording/c3d_header.h"

#include "catena/recording/c3d_numbers.h"

namespace catena {
namespace {

std::string at_byte(const std::string& source, std::size_t byte) {
  return source + ": byte " + std::to_string(byte);
}

}  // namespace

Result<C3dHeader> read_c3d_header(std::string_view bytes, const std::string& source) {
  if (bytes.empty()) {
    return fail(Errc::kBadFormat, "the file is empty", source, "export the recording again");
  }
  if (bytes.size() < 2 * kC3dBlock) {
    return fail(Errc::kBadFormat,
                "this is no C3D file: its " + std::to_string(bytes.size()) +
                    " bytes are less than a header and one block of parameters",
                source, "export the recording again");
  }
  if (bytes[1] != 'P') {
    return fail(Errc::kBadFormat, "this is no C3D file: its second byte is not 80",
                at_byte(source, 1), "export the recording as C3D");
  }
  C3dHeader header;
  const std::uint32_t block = static_cast<unsigned char>(bytes[0]);
  header.parameters_at = (block - 1) * kC3dBlock;
  if (block < 1 || header.parameters_at + kC3dBlock > bytes.size()) {
    return fail(Errc::kBadFormat,
                "the parameters should begin in block " + std::to_string(block) +
                    ", beyond the end of the file",
                at_byte(source, 0), "export the recording again: the file is cut off or damaged");
  }
  const std::uint32_t processor = byte_at(bytes.data() + header.parameters_at, 3);
  if (processor < 84 || processor > 86) {
    return fail(Errc::kBadFormat,
                std::to_string(processor) + " is no processor that C3D knows (84, 85 or 86)",
                at_byte(source, header.parameters_at + 3),
                "export the recording again: the file is damaged or no C3D file");
  }
  header.processor = static_cast<C3dProcessor>(processor - 84);
  header.parameters_end =
      header.parameters_at + kC3dBlock * byte_at(bytes.data() + header.parameters_at, 2);
  const auto word = [&](std::size_t n) {  // counted from 1, as in the specification
    return static_cast<int>(load_word(header.processor, bytes.data() + 2 * (n - 1)));
  };
  const auto real = [&](std::size_t n) {
    return load_real(header.processor, bytes.data() + 2 * (n - 1));
  };
  header.n_points = word(2);
  header.analog_per_frame = word(3);
  header.first_frame = word(4);
  header.last_frame = word(5);
  header.scale = real(7);
  header.data_at = word(9) > 0 ? static_cast<std::size_t>(word(9) - 1) * kC3dBlock : 0;
  header.samples_per_frame = word(10);
  header.rate_hz = real(11);
  return header;
}

}  // namespace catena
