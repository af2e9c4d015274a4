// catena: the command line. Words are declared here; what they do lies in the *_command.cpp files.
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <exception>
#include <new>
#include <string>

#include "catena/core/version.h"
#include "catena/report/language.h"
#include "commands.h"

namespace catena {
namespace {

constexpr const char* kAnalyzeHelp =
    R"(Reads recorded runs and a scaled model; says, for each leg, who puts it behind the body
(hip, low back, forward lean) and who takes up the next degree; with an examination, whether the
pattern and the pain fit together. Writes report.html (with --pdf report.pdf), result.json, tables
(.csv) and one _ik.mot per run. Without a model, a body is fitted to the recordings first.

Give the recordings and a model, or a folder: a session.toml in it says what is what (see
docs/session.md); without one, folders of OpenCap, Pose2Sim, or plain TRC and C3D files are
understood, and what was guessed is printed.

Examples:
  catena analyze run35.trc run50.trc run70.trc --model runner.osim --standing static.trc -o out
  catena analyze visit -o out)";

constexpr const char* kFitHelp =
    R"(Fits a body to a runner's own recordings: segment lengths, joint centres, where markers sit.
Writes runner.osim and ik_tasks.xml (for `catena analyze --model ... --ik-setup ...`, and OpenSim),
fit.html, fit.json, and body.svg, a picture of body and markers from three sides.

Give a standing trial, runs, or best both; or a folder or session.toml as for analyze. Without
--model the built-in body is fitted, to markers of known sets (docs/labels.md); with it, a generic
OpenSim model with markers is sized to the runner.

Examples:
  catena fit run35.trc run50.trc --standing static.trc --height 1.78 --sex m -o body
  catena fit visit -o body
  catena fit run35.trc --standing static.trc --model gait2354.osim -o body)";

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
    R"(Says what is in a file: rate, markers, gaps, force plates, events, axes, marker set,
quality, and what can and cannot be told from it. A folder stands for its recordings. Models,
motions, set-ups and session files are looked into as well.

Examples:
  catena check run35.trc runner.osim ik.mot
  catena check visit --mass 64
  catena check visit --json)";

constexpr const char* kStridesHelp =
    R"(Finds contacts and toe-offs in recordings of running or walking (.c3d, .trc, or landmarks found
in a video as .json) and measures every stride: times, lengths, speed; right, left, and what they
differ by. No body is fitted.

Examples:
  catena strides run35.c3d run50.c3d
  catena strides run35.trc --events markers --speed 3.5
  catena strides side.pose.json --height 1.81 --json)";

constexpr const char* kReferenceBuildHelp =
    R"(Makes a reference of runners, one session folder each, solved as analyze does: curves with mean
and covariance between runners, numbers with quantiles, bands for a new runner's whole curve.
docs/reference.md says what the file holds. The same recordings give the same bytes.

Example:
  catena reference build RBDS014 RBDS015 RBDS020 RBDS028 -o reference.json)";

constexpr const char* kCompareHelp =
    R"(Sets two visits of one runner against each other (two session folders), or two recordings:
where in the stride angles differ, times and lengths, and what of it cannot be told from the
measurement's error. Recordings of one demand are paired. Of two folders with an exam.toml each: what
changed of the tests and the shares, and whether the pain changed with it.

Examples:
  catena compare visit1 visit2 -o out
  catena compare old_shoes.c3d new_shoes.c3d --standing standing.c3d --same-markers)";

constexpr const char* kConvertHelp =
    R"(Writes a recording in another format, told by the output's ending: C3D to .trc (markers), .mot
(ground forces on the body, as in OpenSim's _grf.mot) and .sto (analog channels); TRC, alone or with
its forces, to .c3d; MOT and STO to each other. What is lost on the way is listed.

Example:
  catena convert run.c3d -o run.trc -o run_grf.mot
  catena convert run.c3d --all out --up auto --per-foot
  catena convert run.trc run_grf.mot -o run.c3d)";

constexpr const char* kPlanHelp =
    R"(Says what a planned set of recordings would be able to tell of who takes up the next degree, and
of a hip that stops: steady speeds, or a ramp (the treadmill's speed rising steadily). From a table
of planted sessions that comes with the program. A session that was recorded already is looked at for
its speeds and strides.

Examples:
  catena plan --speeds 2.5,3.5,4.5 --strides 10
  catena plan --ramp 9:16 --seconds 75 --km-h
  catena plan visit)";

constexpr const char* kExamHelp =
    R"(Asks for an examination in plain words, question by question, red flags first, and keeps the
answers in a file for analyze (docs/exam.md). Enter passes over a question; q saves and leaves;
called again it asks only what is open.

Examples:
  catena exam visit/exam.toml
  catena exam visit/exam.toml --check)";

constexpr const char* kLabelsHelp =
    "mapping of labels (.toml): under [labels], lines such as RASI = \"R.ASIS\", the recording's "
    "name and the model's";

std::string not_empty(const std::string& text) { return text.empty() ? "an empty name" : ""; }

/// The options that say how a recording's axes lie, over what the data says.
void add_axes(CLI::App& sub, AxisWords& axes) {
  const auto is_axis = [](const std::string& word) -> std::string {
    if (word == "auto" || word == "file" || axis_named(word)) return "";
    return "'" + word + "' is no axis: give x, y, z, -x, -y, -z, auto or file";
  };
  sub.add_option("--up", axes.up, "upward axis: y, z, x, -y, ...; auto: found; file: y")
      ->check(is_axis)
      ->capture_default_str();
  sub.add_option("--forward", axes.forward,
                 "the way the runner goes: +x, -x, ...; auto: found; file: as it is")
      ->check(is_axis)
      ->capture_default_str();
  CLI::Option* belt = sub.add_flag("--treadmill", axes.treadmill, "on a treadmill");
  sub.add_flag("--overground", axes.overground, "through the room")->excludes(belt);
}

void add_person(CLI::App& sub, PersonWords& person) {
  sub.add_option("--height", person.height_m, "the person's height, m")
      ->check(CLI::Range(0.5, 2.6));
  sub.add_option("--mass", person.mass_kg, "the person's mass, kg")->check(CLI::Range(10.0, 350.0));
  sub.add_option("--sex", person.sex, "f or m, for masses and proportions")
      ->check(CLI::IsMember({"f", "m", "female", "male"}));
}

void add_events(CLI::App& sub, std::string& events) {
  sub.add_option("--events", events,
                 "where contacts come from: plates, markers, the file's own, or auto: plates where "
                 "a foot is on one, markers elsewhere")
      ->check(CLI::IsMember(std::vector<std::string>(kEventWords.begin(), kEventWords.end())))
      ->capture_default_str();
}

void add_analyze(CLI::App& app, AnalyzeCommand& c) {
  CLI::App* sub = app.add_subcommand("analyze", kAnalyzeHelp);
  sub->add_option("runs", c.runs,
                  "recordings of running (.trc, .c3d); or a folder; or a session.toml")
      ->required();
  sub->add_option(
      "--model", c.model,
      "the runner's scaled model (.osim); a folder's own needs no naming; without one a body is "
      "fitted to the recordings");
  sub->add_option("--fit", c.generic, "generic model (.osim) to be fitted; else the built-in body");
  sub->add_option("--standing", c.standing, "standing trial: the runner's own zero");
  sub->add_option("--ik-setup", c.ik_setup, "OpenSim IK set-up or task file (.xml) for weights");
  sub->add_option("--marker-set", c.marker_set, "marker-set file (.xml) to put on the model");
  sub->add_option("--labels", c.labels, kLabelsHelp);
  sub->add_option("--exam", c.exam,
                  "the examination (exam.toml or JSON, made by catena exam); a folder's own "
                  "exam.toml needs no naming");
  sub->add_option("--exam-trial", c.exam_trials,
                  "the examined position itself, recorded with the run's markers: thomas_r.c3d, "
                  "prone_l.trc; removes the offset between the zeros of examination and run")
      ->expected(1)
      ->take_all();
  sub->add_option("--reference", c.reference,
                  "other runners to set these recordings beside (a file by catena reference)");
  add_events(*sub, c.events);
  std::vector<std::string> languages = language_codes();
  languages.insert(languages.begin(), "en");
  sub->add_option("--language", c.language, "of the report: en, de")
      ->check(CLI::IsMember(languages))
      ->capture_default_str();
  sub->add_option("--demand", c.demands,
                  "what each run asks, in the order of the runs: \"3.5 m/s\", \"+5 % incline\"; "
                  "\"ramp\" for rising speed. Without it the speed over the ground decides")
      ->expected(1)
      ->take_all();
  add_person(*sub, c.person);
  add_axes(*sub, c.axes);
  sub->add_option("--threads", c.threads, "0: as many as the machine has")
      ->check(CLI::Range(0, 1024));
  sub->add_flag("--pdf{yes}", c.pdf,
                "report.pdf as well, by a Chromium that is installed; --pdf=auto: only where there "
                "is one, else nothing is said; CATENA_CHROMIUM names another")
      ->check(CLI::IsMember({"yes", "no", "auto"}));
  sub->add_option("-o,--out", c.out, "folder for the report and files")
      ->required()
      ->check(not_empty);
}

void add_fit(CLI::App& app, FitCommand& c) {
  CLI::App* sub = app.add_subcommand("fit", kFitHelp);
  sub->add_option("runs", c.runs,
                  "recordings of running (.trc, .c3d); or a folder; or a session.toml");
  sub->add_option("--standing", c.standing, "standing trial");
  sub->add_option("--model,--fit", c.model,
                  "generic model (.osim) to be sized; else the built-in body");
  sub->add_option("--marker-set", c.marker_set, "marker-set file (.xml) to put on the model");
  sub->add_option("--labels", c.labels, kLabelsHelp);
  add_person(*sub, c.person);
  add_axes(*sub, c.axes);
  sub->add_option("--threads", c.threads, "0: as many as the machine has")
      ->check(CLI::Range(0, 1024));
  sub->add_option("-o,--out", c.out, "folder for the model and the page")
      ->required()
      ->check(not_empty);
}

void add_ik(CLI::App& app, IkCommand& c) {
  CLI::App* sub = app.add_subcommand("ik", kIkHelp);
  sub->add_option("run", c.run, "recording (.trc, .c3d)")->required();
  sub->add_option("--model", c.model, "scaled model (.osim)")->required();
  sub->add_option("--ik-setup", c.ik_setup, "OpenSim IK set-up or task file (.xml) for weights");
  sub->add_option("--marker-set", c.marker_set, "marker-set file (.xml) to put on the model");
  sub->add_option("--labels", c.labels, kLabelsHelp);
  add_axes(*sub, c.axes);
  sub->add_option("--threads", c.threads, "0: as many as the machine has")
      ->check(CLI::Range(0, 1024));
  sub->add_option("-o,--out", c.out, "motion to write (.mot)")->required()->check(not_empty);
}

void add_synth(CLI::App& app, SynthCommand& c) {
  CLI::App* sub = app.add_subcommand("synth", kSynthHelp);
  sub->add_option("--speeds", c.speeds_m_s, "speeds, m/s")->check(CLI::Range(1.5, 10.0));
  sub->add_option("--ramp", c.ramp_s, "one run of rising speed instead, this long, s")
      ->check(CLI::Range(10.0, 600.0));
  sub->add_option("--strides", c.strides, "strides per run")->check(CLI::Range(2, 1000));
  sub->add_option("--rate", c.rate_hz, "frames per second")->check(CLI::Range(30.0, 1000.0));
  sub->add_option("--shares", c.shares, "what hip, low back and lean take up; sum 1")->expected(3);
  sub->add_option("--hip-stop-right", c.hip_stop_right_deg, "hip extension where it stops, deg")
      ->check(CLI::Range(-30.0, 90.0));
  sub->add_option("--hip-stop-left", c.hip_stop_left_deg, "hip extension where it stops, deg")
      ->check(CLI::Range(-30.0, 90.0));
  sub->add_option("--deviation", c.deviation_deg, "SD of a demand from the line, deg")
      ->check(CLI::Range(0.0, 20.0));
  sub->add_option("--asymmetry", c.asymmetry_deg, "left thigh's peak stays behind by, deg")
      ->check(CLI::Range(-20.0, 20.0));
  sub->add_option("--noise", c.noise_mm, "marker noise, mm")->check(CLI::Range(0.0, 100.0));
  sub->add_option("--gaps", c.gaps_per_minute, "gaps per marker and minute")
      ->check(CLI::Range(0.0, 1000.0));
  sub->add_option("--dropped", c.dropped_fraction, "fraction of frames with no marker")
      ->check(CLI::Range(0.0, 0.9));
  sub->add_option("--swapped", c.swapped_pairs, "pairs of labels exchanged per run")
      ->check(CLI::Range(0, 20));
  sub->add_option("--model-error", c.model_error, "how wrong the scaled model is; 0: exact")
      ->check(CLI::Range(0.0, 5.0));
  sub->add_flag("--no-artefact", c.no_artefact, "markers stay on the bone");
  sub->add_flag("--overground", c.overground, "runs across the room, not on a treadmill");
  sub->add_option("--seed", c.seed, "same seed, same runner");
  sub->add_option("-o,--out", c.out, "folder to write")->required()->check(not_empty);
}

void add_check(CLI::App& app, CheckCommand& c) {
  CLI::App* sub = app.add_subcommand("check", kCheckHelp);
  sub->add_option("files", c.files, "recordings, folders of them, motions, models, set-ups")
      ->required();
  sub->add_option("--mass", c.mass_kg, "the person's mass in kg, for forces in body weights")
      ->check(CLI::Range(10.0, 350.0));
  sub->add_flag("--json", c.json, "one JSON object on one line for each file (docs/session.md)");
}

void add_strides(CLI::App& app, StridesCommand& c) {
  CLI::App* sub = app.add_subcommand("strides", kStridesHelp);
  sub->add_option("files", c.files, "recordings (.c3d, .trc, .json), or folders of them")
      ->required();
  add_events(*sub, c.events);
  sub->add_option("--height", c.height_m,
                  "the person's height, m: the scale of a video's landmarks")
      ->check(CLI::Range(0.5, 2.6));
  sub->add_option("--speed", c.speed_m_s, "the treadmill's speed, m/s; else found from the feet")
      ->check(CLI::Range(0.2, 15.0));
  sub->add_option("--score", c.least_score, "landmarks of a lower score are lost")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  add_axes(*sub, c.axes);
  sub->add_flag("--json", c.json,
                "one JSON object on one line for each file (docs/strides.schema.json)");
}

void add_convert(CLI::App& app, ConvertCommand& c) {
  CLI::App* sub = app.add_subcommand("convert", kConvertHelp);
  sub->add_option("in", c.in,
                  "recording or table (.c3d, .trc, .mot, .sto); beside a .trc its forces (.mot)")
      ->required()
      ->expected(1, 2);
  sub->add_option("-o,--out", c.outs, "file to write; may be given several times")
      ->expected(1)
      ->take_all()
      ->check(not_empty);
  sub->add_option("--all", c.all, "folder for NAME.trc, NAME_grf.mot and NAME_analog.sto")
      ->check(not_empty);
  add_axes(*sub, c.axes);
  sub->add_flag("--zero-plates", c.zero_plates,
                "take off what force plates read where the file says that they are unloaded");
  sub->add_flag("--per-foot", c.per_foot,
                "forces of the right and left foot in the .mot, not of each plate");
}

void add_reference(CLI::App& app, ReferenceBuildCommand& c) {
  CLI::App* group = app.add_subcommand("reference", "Other runners to compare with, as a file.");
  group->require_subcommand(1);
  CLI::App* sub = group->add_subcommand("build", kReferenceBuildHelp);
  sub->add_option("sessions", c.sessions, "a folder (or session.toml) for each runner")->required();
  sub->add_option("-o,--out", c.out, "file to write (.json)")->required()->check(not_empty);
  sub->add_option("--source", c.source, "who was recorded and where, in your words");
  sub->add_option("--level", c.level, "probability with which a band holds a new runner's curve")
      ->check(CLI::Range(0.5, 0.99))
      ->capture_default_str();
  sub->add_option("--threads", c.threads, "0: as many as the machine has")
      ->check(CLI::Range(0, 1024));
}

void add_compare(CLI::App& app, CompareCommand& c) {
  CLI::App* sub = app.add_subcommand("compare", kCompareHelp);
  sub->add_option("before", c.before, "a session folder, or a recording")->required();
  sub->add_option("after", c.after, "the same of the other visit")->required();
  sub->add_option("--standing", c.standing, "standing trial of both recordings");
  sub->add_option("--model", c.model, "the runner's scaled model (.osim) for both recordings");
  sub->add_flag("--same-markers", c.same_markers, "the markers stayed on in between");
  add_person(*sub, c.person);
  add_axes(*sub, c.axes);
  sub->add_option("--threads", c.threads, "0: as many as the machine has")
      ->check(CLI::Range(0, 1024));
  sub->add_option("-o,--out", c.out, "folder for comparison.json")->check(not_empty);
}

void add_plan(CLI::App& app, PlanCommand& c) {
  CLI::App* sub = app.add_subcommand("plan", kPlanHelp);
  CLI::Option* session =
      sub->add_option("session", c.session, "a folder or session.toml that was recorded already");
  sub->add_option("--speeds", c.speeds, "steady speeds, m/s: 2.5,3.5,4.5")
      ->delimiter(',')
      ->excludes(session);
  sub->add_option("--strides", c.strides, "strides of each leg at each speed")
      ->capture_default_str();
  sub->add_option("--ramp", c.ramp, "rising speed, m/s: 2.5:4.5")
      ->excludes("--speeds")
      ->excludes(session);
  sub->add_option("--seconds", c.seconds, "how long the ramp takes")->capture_default_str();
  sub->add_flag("--km-h", c.km_h, "speeds are given in km/h");
  sub->add_flag("--json", c.json, "one JSON object on one line");
}

void add_exam(CLI::App& app, ExamCommand& c) {
  CLI::App* sub = app.add_subcommand("exam", kExamHelp);
  sub->add_option("file", c.file, "where the answers are kept (.toml, .json)")
      ->check(not_empty)
      ->capture_default_str();
  sub->add_flag("--check", c.check,
                "say what is in it, how exact it is and what could not be used; ask nothing");
  sub->add_flag("--json", c.json, "write JSON (docs/exam.schema.json)");
}

/// One sentence on stderr; help and version on stdout.
int explain(const CLI::App& app, const CLI::ParseError& error, int argc, char** argv) {
  if (error.get_exit_code() == 0) return app.exit(error);
  const std::string first = argc > 1 ? argv[1] : "";
  const auto commands = app.get_subcommands([](const CLI::App*) { return true; });
  const bool is_command = std::any_of(commands.begin(), commands.end(), [&](const CLI::App* known) {
    return known->get_name() == first;
  });
  std::string what = error.what();
  if (!is_command && !first.empty() && first.front() != '-') {
    what = "there is no command '" + first +
           "'; use analyze, fit, ik, synth, check, strides, exam, plan, compare, reference or "
           "convert";
  } else if (!is_command && error.get_name() == "RequiredError") {
    what =
        "a command is missing; use analyze, fit, ik, synth, check, strides, exam, plan, compare, "
        "reference or convert";
  }
  std::replace(what.begin(), what.end(), '\n', ' ');
  fmt::print(stderr, "catena: {}; see catena {}--help\n", what, is_command ? first + " " : "");
  return kBadUsage;
}

int run(int argc, char** argv) {
  CLI::App app{
      "Catena: are your hips to blame for your low back pain? Educational; never a diagnosis."};
  app.require_subcommand(1);
  app.set_version_flag("--version", std::string("catena ") + kVersion);
  AnalyzeCommand analyze;
  FitCommand fit;
  IkCommand ik;
  SynthCommand synth;
  CheckCommand check;
  StridesCommand strides;
  CompareCommand compare;
  ReferenceBuildCommand reference;
  ConvertCommand convert;
  PlanCommand plan;
  ExamCommand exam;
  add_analyze(app, analyze);
  add_fit(app, fit);
  add_ik(app, ik);
  add_synth(app, synth);
  add_check(app, check);
  add_strides(app, strides);
  add_compare(app, compare);
  add_reference(app, reference);
  add_convert(app, convert);
  add_plan(app, plan);
  add_exam(app, exam);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return explain(app, error, argc, argv);
  }
  for (int i = 0; i < argc; ++i) {
    analyze.command_line += (i == 0 ? "catena" : std::string(" ") + argv[i]);
  }
  fit.command_line = analyze.command_line;
  if (app.got_subcommand("analyze")) return run_analyze(analyze);
  if (app.got_subcommand("fit")) return run_fit(fit);
  if (app.got_subcommand("ik")) return run_ik(ik);
  if (app.got_subcommand("synth")) return run_synth(synth);
  if (app.got_subcommand("strides")) return run_strides(strides);
  if (app.got_subcommand("compare")) return run_compare(compare);
  if (app.got_subcommand("reference")) return run_reference_build(reference);
  if (app.got_subcommand("plan")) return run_plan(plan);
  if (app.got_subcommand("exam")) return run_exam(exam);
  if (app.got_subcommand("convert")) return run_convert(convert);
  return run_check(check);
}

}  // namespace
}  // namespace catena

int main(int argc, char** argv) {
  const auto give_up = [](const char* what) {
    std::fprintf(stderr, "catena: %s\n", what);
    return static_cast<int>(catena::kBadInput);
  };
  try {
    const int code = catena::run(argc, argv);
    if (std::fflush(stdout) == 0) return code;
    return give_up("the result could not be written to the standard output; is the disk full?");
  } catch (const std::bad_alloc&) {
    return give_up("the memory does not suffice; analyse fewer or shorter recordings at a time");
  } catch (const std::exception& error) {
    return give_up(error.what());
  }
}
