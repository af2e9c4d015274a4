#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>

#include "catena/analysis/plan_of_session.h"
#include "catena/core/text.h"
#include "catena/report/plan_text.h"
#include "commands.h"
#include "outcome.h"

namespace catena {
namespace {

constexpr const char* kPlanHelp =
    R"(Says what a planned set of recordings would be able to tell of who takes up the next degree, and
of a hip that stops: steady speeds, or a ramp (the treadmill's speed rising steadily). From a table
of planted sessions that comes with the program. A session that was recorded already is looked at for
its speeds and strides.

Examples:
  catena plan --speeds 2.5,3.5,4.5 --strides 10
  catena plan --ramp 9:16 --seconds 75 --km-h
  catena plan visit)";

struct PlanCommand {
  std::filesystem::path session;  // what was recorded; or empty
  std::vector<double> speeds;     // m/s, or km/h
  std::string ramp;               // "2.5:4.5", of the same unit; or empty
  double seconds = 75.0;          // of the ramp
  double strides = 10.0;          // of each leg at each speed
  bool km_h = false;
  bool json = false;
};

/// "2.5:4.5"
///
/// errors     kBadOption
Result<std::pair<double, double>> parse_range(const std::string& text) {
  const std::size_t colon = text.find(':');
  std::pair<double, double> range;
  if (colon == std::string::npos ||
      parse_number(trim(text.substr(0, colon)), range.first) != NumberKind::kNumber ||
      parse_number(trim(text.substr(colon + 1)), range.second) != NumberKind::kNumber) {
    return fail(Errc::kBadOption, fmt::format("--ramp is '{}', which is no range of speeds", text),
                "", "write the first and the last speed, such as 2.5:4.5");
  }
  return range;
}

/// What lies in a folder.
Result<RecordedPlan> recorded(const std::filesystem::path& path) {
  SessionOptions options;
  options.look_for_model = false;
  CATENA_TRY(session, find_session(path, options));
  CATENA_TRY(plan, plan_of_session(session));
  plan.notes.insert(plan.notes.begin(), session.guesses.begin(), session.guesses.end());
  return plan;
}

Result<RecordingPlan> plan_of(const PlanCommand& command) {
  const double m_s = command.km_h ? 1.0 / 3.6 : 1.0;
  RecordingPlan plan;
  if (command.speeds.empty() && command.ramp.empty()) {
    return fail(Errc::kBadOption, "nothing is planned", "",
                "give --speeds 2.5,3.5,4.5 or --ramp 2.5:4.5, or a session that was recorded");
  }
  if (command.ramp.empty()) {
    for (const double speed : command.speeds) plan.speeds_m_s.push_back(speed * m_s);
    plan.strides = command.strides;
    return plan;
  }
  CATENA_TRY(range, parse_range(command.ramp));
  plan.ramp_from_m_s = range.first * m_s;
  plan.ramp_to_m_s = range.second * m_s;
  plan.ramp_s = command.seconds;
  return plan;
}

int run_plan(const PlanCommand& command) {
  const bool is_recorded = !command.session.empty();
  RecordedPlan plan;
  if (is_recorded) {
    auto found = recorded(command.session);
    if (!found) return report_error(found.error());
    plan = std::move(*found);
    for (const std::string& note : plan.notes) fmt::print(stderr, "note: {}\n", note);
  } else {
    auto asked = plan_of(command);
    if (!asked) {
      report_error(asked.error());
      return kBadUsage;
    }
    plan.plan = std::move(*asked);
  }
  const auto outlook = outlook_of(plan.plan);
  if (!outlook) {
    report_error(outlook.error());
    return is_recorded ? kBadInput : kBadUsage;
  }
  fmt::print("{}", command.json ? render_plan_json(*outlook) : render_plan(*outlook));
  return kDone;
}

}  // namespace

Command add_plan(CLI::App& app) {
  const auto c = std::make_shared<PlanCommand>();
  CLI::App* sub = app.add_subcommand("plan", kPlanHelp);
  CLI::Option* session =
      sub->add_option("session", c->session, "a folder or session.toml that was recorded already");
  sub->add_option("--speeds", c->speeds, "steady speeds, m/s: 2.5,3.5,4.5")
      ->delimiter(',')
      ->excludes(session);
  sub->add_option("--strides", c->strides, "strides of each leg at each speed")
      ->capture_default_str();
  sub->add_option("--ramp", c->ramp, "rising speed, m/s: 2.5:4.5")
      ->excludes("--speeds")
      ->excludes(session);
  sub->add_option("--seconds", c->seconds, "how long the ramp takes")->capture_default_str();
  sub->add_flag("--km-h", c->km_h, "speeds are given in km/h");
  sub->add_flag("--json", c->json, "one JSON object on one line");
  return {sub, [c](const std::string&) { return run_plan(*c); }};
}

}  // namespace catena
