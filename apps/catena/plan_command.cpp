#include <fmt/core.h>

#include <string>
#include <utility>

#include "catena/recording/text.h"
#include "catena/report/plan_text.h"
#include "commands.h"

namespace catena {
namespace {

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

Result<RecordingPlan> plan_of(const PlanCommand& command) {
  const double m_s = command.km_h ? 1.0 / 3.6 : 1.0;
  RecordingPlan plan;
  if (command.speeds.empty() && command.ramp.empty()) {
    return fail(Errc::kBadOption, "nothing is planned", "",
                "give --speeds 2.5,3.5,4.5 or --ramp 2.5:4.5");
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

}  // namespace

int run_plan(const PlanCommand& command) {
  const auto plan = plan_of(command);
  const auto outlook = plan ? outlook_of(*plan) : tl::unexpected<Error>(plan.error());
  if (!outlook) {
    report_error(outlook.error());
    return kBadUsage;
  }
  fmt::print("{}", command.json ? render_plan_json(*outlook) : render_plan(*outlook));
  return kDone;
}

}  // namespace catena
