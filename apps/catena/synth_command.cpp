#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <limits>
#include <memory>

#include "catena/core/file.h"
#include "catena/core/units.h"
#include "catena/synthetic/write.h"
#include "commands.h"
#include "outcome.h"
#include "words.h"

namespace catena {
namespace {

constexpr const char* kSynthHelp =
    R"(Makes a synthetic runner with a known answer: recordings, standing trial, model and the
planted truth.

Example:
  catena synth --speeds 2.5 3.5 4.5 --hip-stop-right 8 --seed 7 -o runner)";

struct SynthCommand {
  std::filesystem::path out;
  unsigned long long seed = 1;
  std::vector<double> speeds_m_s;
  double ramp_s = 0.0;
  int strides = 12;
  double rate_hz = 150.0;
  double deviation_deg = 0.7;
  double noise_mm = 0.5;
  std::vector<double> shares;  // hip, low back, lean
  double hip_stop_right_deg = 1e9;
  double hip_stop_left_deg = 1e9;
  double asymmetry_deg = 0.0;
  double gaps_per_minute = 0.0;
  double dropped_fraction = 0.0;
  int swapped_pairs = 0;
  double model_error = 1.0;
  bool no_artefact = false;
  bool overground = false;
};

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

}  // namespace

Command add_synth(CLI::App& app) {
  const auto c = std::make_shared<SynthCommand>();
  CLI::App* sub = app.add_subcommand("synth", kSynthHelp);
  sub->add_option("--speeds", c->speeds_m_s, "speeds, m/s")->check(CLI::Range(1.5, 10.0));
  sub->add_option("--ramp", c->ramp_s, "one run of rising speed instead, this long, s")
      ->check(CLI::Range(10.0, 600.0));
  sub->add_option("--strides", c->strides, "strides per run")->check(CLI::Range(2, 1000));
  sub->add_option("--rate", c->rate_hz, "frames per second")->check(CLI::Range(30.0, 1000.0));
  sub->add_option("--shares", c->shares, "what hip, low back and lean take up; sum 1")->expected(3);
  sub->add_option("--hip-stop-right", c->hip_stop_right_deg, "hip extension where it stops, deg")
      ->check(CLI::Range(-30.0, 90.0));
  sub->add_option("--hip-stop-left", c->hip_stop_left_deg, "hip extension where it stops, deg")
      ->check(CLI::Range(-30.0, 90.0));
  sub->add_option("--deviation", c->deviation_deg, "SD of a demand from the line, deg")
      ->check(CLI::Range(0.0, 20.0));
  sub->add_option("--asymmetry", c->asymmetry_deg, "left thigh's peak stays behind by, deg")
      ->check(CLI::Range(-20.0, 20.0));
  sub->add_option("--noise", c->noise_mm, "marker noise, mm")->check(CLI::Range(0.0, 100.0));
  sub->add_option("--gaps", c->gaps_per_minute, "gaps per marker and minute")
      ->check(CLI::Range(0.0, 1000.0));
  sub->add_option("--dropped", c->dropped_fraction, "fraction of frames with no marker")
      ->check(CLI::Range(0.0, 0.9));
  sub->add_option("--swapped", c->swapped_pairs, "pairs of labels exchanged per run")
      ->check(CLI::Range(0, 20));
  sub->add_option("--model-error", c->model_error, "how wrong the scaled model is; 0: exact")
      ->check(CLI::Range(0.0, 5.0));
  sub->add_flag("--no-artefact", c->no_artefact, "markers stay on the bone");
  sub->add_flag("--overground", c->overground, "runs across the room, not on a treadmill");
  sub->add_option("--seed", c->seed, "same seed, same runner");
  sub->add_option("-o,--out", c->out, "folder to write")->required()->check(not_empty);
  return {sub, [c](const std::string&) { return run_synth(*c); }};
}

}  // namespace catena
