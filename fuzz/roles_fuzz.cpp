// Tables of joints: any bytes give one that hangs together, or one clear error.
#include <cmath>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "catena/model/joint_roles.h"
#include "require.h"

namespace catena {
namespace {

void read_anything(std::string_view bytes) {
  const auto roles = parse_joint_roles(bytes, "roles.csv");
  if (!roles) return require_good_sentence(roles.error());
  for (const JointDirection& line : *roles) {
    require(!line.joint.empty() && !line.coordinate.empty(), "a line has its names");
    require(find_direction(*roles, line.joint, line.direction) == &line, "a line is there once");
    require(line.sign >= -1 && line.sign <= 1, "a sign is one");
    if (!line.capacity) continue;
    require(std::isfinite(line.capacity->value_rad), "a capacity is a number");
    require(!line.capacity->source.empty(), "a capacity has a source");
  }
}

}  // namespace
}  // namespace catena

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer calls it so.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  catena::read_anything({reinterpret_cast<const char*>(data), size});
  return 0;
}
