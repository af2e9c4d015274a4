#include <fmt/core.h>

#include <algorithm>
#include <cstdio>
#include <limits>

#include "catena/core/file.h"
#include "catena/core/units.h"
#include "catena/synthetic/write.h"
#include "commands.h"

namespace catena {
namespace {

RunnerOptions options_of(const SynthCommand& command) {
  RunnerOptions o;
  o.seed = command.seed;
  if (!command.speeds_m_s.empty()) o.speeds_m_s = command.speeds_m_s;
  if (command.ramp_s > 0.0) {
    // From the slowest to the fastest of the speeds.
    const auto [slowest, fastest] = std::minmax_element(o.speeds_m_s.begin(), o.speeds_m_s.end());
    o.ramp = SpeedRamp{*slowest, *fastest, command.ramp_s};
  }
  o.strides = command.strides;
  o.rate_hz = command.rate_hz;
  o.deviation_sd_deg = command.deviation_deg;
  o.marker_noise_mm = command.noise_mm;
  if (command.shares.size() == 3) {
    o.shares.fill({command.shares[0], command.shares[1], command.shares[2]});
  }
  // No thigh reaches a right angle behind: such a stop is none.
  const auto stop_deg = [](double deg) {
    return deg < 90.0 ? deg : std::numeric_limits<double>::infinity();
  };
  o.hip_stop_deg = {stop_deg(command.hip_stop_right_deg), stop_deg(command.hip_stop_left_deg)};
  o.asymmetry_deg = command.asymmetry_deg;
  o.faults.gaps_per_marker_minute = command.gaps_per_minute;
  o.faults.dropped_fraction = command.dropped_fraction;
  o.faults.swapped_pairs = command.swapped_pairs;
  o.model_error = command.model_error;
  o.artefact.on = !command.no_artefact;
  o.treadmill = !command.overground;
  return o;
}

}  // namespace

int run_synth(const SynthCommand& command) {
  const Result<SyntheticSession> session = make_session(options_of(command));
  if (!session) return report_error(session.error());
  const FileSet files = session_files(*session);
  if (auto written = write_files(command.out, files); !written) {
    return report_error(written.error());
  }

  for (std::size_t side = 0; side < 2; ++side) {
    const PlantedLine& line = session->truth.lines.at(side);
    fmt::print(stderr,
               "planted, {} leg: of each further degree the hip takes {:.2f}, the low back {:.2f}, "
               "lean {:.2f}",
               side == 0 ? "right" : "left", line.shares.hip, line.shares.low_back,
               line.shares.lean);
    if (line.stop_reached) {
      fmt::print(stderr, "; the hip stops at {:.1f} deg", line.hip_stop_rad * kDegPerRad);
    }
    fmt::print(stderr, "\n");
  }
  for (const auto& [name, bytes] : files) {
    fmt::print("{}\n", (command.out / name).string());
  }
  return kDone;
}

}  // namespace catena
