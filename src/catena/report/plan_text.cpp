#include "catena/report/plan_text.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>
#include <sstream>

namespace catena {
namespace {

using Json = nlohmann::ordered_json;

struct RunnerRow {
  const char* name;
  const char* key;
  double spread_deg;
  const std::optional<Outlook>& outlook;
};

std::array<RunnerRow, 3> rows_of(const PlanOutlook& outlook) {
  return {{{"little", "least", outlook.spread.least_deg, outlook.least},
           {"middling", "middle", outlook.spread.middle_deg, outlook.middle},
           {"far", "most", outlook.spread.most_deg, outlook.most}}};
}

std::string percent(double part) {
  return std::isnan(part) ? "not known" : fmt::format("{:.0f} %", 100.0 * part);
}

/// Lines of at most 98 columns.
std::string wrapped(const std::string& sentence) {
  constexpr std::size_t kColumns = 98;
  std::istringstream words(sentence);
  std::string text;
  std::size_t column = 0;
  for (std::string word; words >> word;) {
    if (column > 0) text += column + 1 + word.size() > kColumns ? '\n' : ' ';
    column = !text.empty() && text.back() == ' ' ? column + 1 + word.size() : word.size();
    text += word;
  }
  return text + "\n";
}

std::string two_digits(double value) {
  return std::isnan(value) ? "-" : fmt::format("{:.2f}", value);
}

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

}  // namespace

std::string render_plan(const PlanOutlook& outlook, const PlanTable& table) {
  std::string text = fmt::format("plan: {}\n\n", name_of(outlook.plan));
  text +=
      fmt::format("{:<28}{:>12}{:>16}{:>17}{:>14}{:>12}\n", "runner whose thigh goes back",
                  "further by", "share is given", "interval's width", "known within", "stop found");
  for (const RunnerRow& row : rows_of(outlook)) {
    text += fmt::format("  {:<26}{:>8.0f} deg", row.name, row.spread_deg);
    if (!row.outlook) {
      text += "   not simulated\n";
      continue;
    }
    const Outlook& o = *row.outlook;
    text += fmt::format("{:>16}{:>17}{:>14}{:>12}\n", percent(o.given), two_digits(o.width),
                        two_digits(known_within(o)), percent(o.power));
  }
  text += "\n";
  text += wrapped(fmt::format(
      "Of the hip's share: the width of its {:.0f} % interval, and to within what it would be "
      "known, "
      "the larger of half that width and the error that nine of ten stay below. The stop: a hip "
      "that stops fully {:.0f} deg before the thigh's farthest peak.",
      100.0 * table.level, table.stop_deg));
  text += "\n";
  text += wrapped(outlook.advice);
  for (const std::string& note : outlook.notes) text += wrapped("Note: " + note);
  text += "\n";
  text += wrapped(fmt::format(
      "From {} planted sessions for each plan ({}), with demands that stray from the line as those "
      "of 26 runners did (half-normal, {:.1f} deg). Runners differ: an expectation, no promise.",
      table.sessions, table.command, table.deviation_deg));
  return text;
}

std::string render_plan_json(const PlanOutlook& outlook, const PlanTable& table) {
  Json json;
  const RecordingPlan& plan = outlook.plan;
  json["plan"]["name"] = name_of(plan);
  json["plan"]["speeds_m_s"] = plan.is_ramp() ? Json(nullptr) : Json(plan.speeds_m_s);
  json["plan"]["strides"] = plan.is_ramp() ? Json(nullptr) : Json(plan.strides);
  json["plan"]["ramp_s"] = number(plan.ramp_s);
  json["plan"]["slowest_m_s"] = outlook.slowest_m_s;
  json["plan"]["fastest_m_s"] = outlook.fastest_m_s;
  for (const RunnerRow& row : rows_of(outlook)) {
    Json runner = {{"thigh", row.key}, {"spread_deg", row.spread_deg}};
    runner["simulated"] = row.outlook.has_value();
    const Outlook o = row.outlook.value_or(Outlook());
    runner["share_given"] = number(o.given);
    runner["interval_width"] = number(o.width);
    runner["known_within"] = number(known_within(o));
    runner["stop_found"] = number(o.power);
    runner["wrongly_accused"] = number(o.accused);
    json["runners"].push_back(runner);
  }
  json["advice"] = outlook.advice;
  json["notes"] = outlook.notes;
  json["table"] = {{"command", table.command},
                   {"sessions", table.sessions},
                   {"interval_level", table.level},
                   {"stop_deg", table.stop_deg},
                   {"deviation_deg", table.deviation_deg}};
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace catena
