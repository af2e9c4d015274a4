// catena: the command line. Words are declared here; what they do lies in the *_command.cpp files.
#include <CLI/CLI.hpp>
#include <string>

#include "catena/core/version.h"
#include "commands.h"

namespace catena {
namespace {

constexpr const char* kAnalyzeHelp =
    R"(Reads recorded runs and a scaled model; says, for each leg, who puts it behind the body
(hip, low back, forward lean) and who takes up the next degree. Writes report.html, result.json,
curves.csv and one _ik.mot per run.

Example:
  catena analyze run35.trc run50.trc run70.trc --model runner.osim --standing static.trc -o out)";

constexpr const char* kIkHelp =
    R"(Fits a model to one recording by inverse kinematics and writes a motion that OpenSim reads.

Example:
  catena ik run.trc --model runner.osim --ik-setup setup_ik.xml -o run_ik.mot)";

constexpr const char* kSynthHelp =
    R"(Makes a synthetic runner with a known answer: recordings, standing trial, model and the
planted truth.

Example:
  catena synth --speeds 2.5 3.5 4.5 --hip-stop-right 8 --seed 7 -o runner)";

constexpr const char* kCheckHelp =
    R"(Says what is in a file and what is missing.

Example:
  catena check run35.trc runner.osim ik.mot)";

void add_analyze(CLI::App& app, AnalyzeCommand& c) {
  CLI::App* sub = app.add_subcommand("analyze", kAnalyzeHelp);
  sub->add_option("runs", c.runs, "recordings of running (.trc)")->required();
  sub->add_option("--model", c.model, "scaled model (.osim)")->required();
  sub->add_option("--standing", c.standing, "standing trial (.trc): the runner's own zero");
  sub->add_option("--ik-setup", c.ik_setup, "OpenSim IK set-up or task file (.xml) for weights");
  sub->add_option("--marker-set", c.marker_set, "marker-set file (.xml) to put on the model");
  sub->add_option("--demand", c.demands,
                  "what each run asks, in the order of the runs: \"3.5 m/s\", \"+5 % incline\"; "
                  "\"ramp\" for rising speed. Without it the speed over the ground decides")
      ->expected(1)
      ->take_all();
  sub->add_option("--up", c.up_axis, "upward axis of the recordings: y, z or x")
      ->check(CLI::IsMember({"x", "y", "z"}))
      ->capture_default_str();
  sub->add_option("--threads", c.threads, "0: as many as the machine has")
      ->check(CLI::NonNegativeNumber);
  sub->add_option("-o,--out", c.out, "folder for the report and files")->required();
}

void add_ik(CLI::App& app, IkCommand& c) {
  CLI::App* sub = app.add_subcommand("ik", kIkHelp);
  sub->add_option("run", c.run, "recording (.trc)")->required();
  sub->add_option("--model", c.model, "scaled model (.osim)")->required();
  sub->add_option("--ik-setup", c.ik_setup, "OpenSim IK set-up or task file (.xml) for weights");
  sub->add_option("--marker-set", c.marker_set, "marker-set file (.xml) to put on the model");
  sub->add_option("--up", c.up_axis, "upward axis of the recording: y, z or x")
      ->check(CLI::IsMember({"x", "y", "z"}))
      ->capture_default_str();
  sub->add_option("--threads", c.threads, "0: as many as the machine has")
      ->check(CLI::NonNegativeNumber);
  sub->add_option("-o,--out", c.out, "motion to write (.mot)")->required();
}

void add_synth(CLI::App& app, SynthCommand& c) {
  CLI::App* sub = app.add_subcommand("synth", kSynthHelp);
  sub->add_option("--speeds", c.speeds_m_s, "speeds, m/s")->check(CLI::Range(1.5, 10.0));
  sub->add_option("--ramp", c.ramp_s, "one run of rising speed instead, this long, s")
      ->check(CLI::Range(10.0, 600.0));
  sub->add_option("--strides", c.strides, "strides per run")->check(CLI::Range(2, 1000));
  sub->add_option("--rate", c.rate_hz, "frames per second")->check(CLI::Range(30.0, 1000.0));
  sub->add_option("--shares", c.shares, "what hip, low back and lean take up; sum 1")->expected(3);
  sub->add_option("--hip-stop-right", c.hip_stop_right_deg, "hip extension where it stops, deg");
  sub->add_option("--hip-stop-left", c.hip_stop_left_deg, "hip extension where it stops, deg");
  sub->add_option("--deviation", c.deviation_deg, "SD of a demand from the line, deg")
      ->check(CLI::NonNegativeNumber);
  sub->add_option("--asymmetry", c.asymmetry_deg, "left thigh's peak stays behind by, deg");
  sub->add_option("--noise", c.noise_mm, "marker noise, mm")->check(CLI::NonNegativeNumber);
  sub->add_option("--gaps", c.gaps_per_minute, "gaps per marker and minute")
      ->check(CLI::NonNegativeNumber);
  sub->add_option("--dropped", c.dropped_fraction, "fraction of frames with no marker")
      ->check(CLI::Range(0.0, 0.9));
  sub->add_option("--swapped", c.swapped_pairs, "pairs of labels exchanged per run")
      ->check(CLI::Range(0, 20));
  sub->add_option("--model-error", c.model_error, "how wrong the scaled model is; 0: exact")
      ->check(CLI::NonNegativeNumber);
  sub->add_flag("--no-artefact", c.no_artefact, "markers stay on the bone");
  sub->add_flag("--overground", c.overground, "runs across the room, not on a treadmill");
  sub->add_option("--seed", c.seed, "same seed, same runner");
  sub->add_option("-o,--out", c.out, "folder to write")->required();
}

void add_check(CLI::App& app, CheckCommand& c) {
  CLI::App* sub = app.add_subcommand("check", kCheckHelp);
  sub->add_option("files", c.files, "recordings, motions, models")->required();
}

int run(int argc, char** argv) {
  CLI::App app{
      "Catena: are your hips to blame for your low back pain? Educational; never a diagnosis."};
  app.require_subcommand(1);
  app.set_version_flag("--version", std::string("catena ") + kVersion);
  AnalyzeCommand analyze;
  IkCommand ik;
  SynthCommand synth;
  CheckCommand check;
  add_analyze(app, analyze);
  add_ik(app, ik);
  add_synth(app, synth);
  add_check(app, check);
  try {
    app.parse(argc, argv);
    if (!analyze.demands.empty() && analyze.demands.size() != analyze.runs.size()) {
      throw CLI::ValidationError(
          "--demand",
          "give one for each of the " + std::to_string(analyze.runs.size()) + " runs, or none");
    }
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kDone : kBadUsage;
  }
  for (int i = 0; i < argc; ++i) {
    analyze.command_line += (i == 0 ? "catena" : std::string(" ") + argv[i]);
  }
  if (app.got_subcommand("analyze")) return run_analyze(analyze);
  if (app.got_subcommand("ik")) return run_ik(ik);
  if (app.got_subcommand("synth")) return run_synth(synth);
  return run_check(check);
}

}  // namespace
}  // namespace catena

int main(int argc, char** argv) { return catena::run(argc, argv); }
