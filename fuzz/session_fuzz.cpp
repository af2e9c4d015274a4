// session.toml and what other programs say of the person: any bytes give a session that hangs
// together, or one clear error.
#include <cmath>
#include <cstdint>
#include <string_view>

#include "catena/recording/session_file.h"
#include "catena/recording/session_metadata.h"
#include "require.h"

namespace catena {
namespace {

void require_within(const std::optional<double>& value, double low, double high) {
  require(!value || (*value >= low && *value <= high), "a number is one that can be");
}

void require_consistent(const Person& person) {
  require_within(person.age_years, 0, 200);
  require_within(person.height_m, 0.1, 3.0);
  require_within(person.mass_kg, 1, 1000);
}

void read_anything(std::string_view bytes) {
  require_consistent(parse_opencap_metadata(bytes).person);
  require_consistent(parse_pose2sim_config(bytes).person);
  const auto session = parse_session(bytes, "session.toml");
  if (!session) return require_good_sentence(session.error());
  require_consistent(session->person);
  require(!session->runs.empty(), "there is a run");
  for (const SessionFileRun& run : session->runs) {
    require(!run.file.path.empty() && !run.file.where.empty(), "a run has a file");
    require_within(run.demand.speed_m_s, 0.1, 20);
    require_within(run.demand.incline_percent, -100, 100);
    require_within(run.demand.cadence_steps_min, 1, 1000);
    require(!(run.demand.ramp && run.demand.speed_m_s), "a ramp has no one speed");
  }
}

}  // namespace
}  // namespace catena

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer calls it so.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  catena::read_anything({reinterpret_cast<const char*>(data), size});
  return 0;
}
