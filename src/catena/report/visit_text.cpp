#include "catena/report/visit_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <nlohmann/json.hpp>

#include "catena/report/answer_wording.h"
#include "catena/report/comparison_text.h"
#include "catena/report/html_page.h"
#include "catena/report/number_text.h"

namespace catena {
namespace {

using Json = nlohmann::ordered_json;

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

bool is_changed(const VisitChange& change) { return change.verdict == ChangeVerdict::kChanged; }

std::string name_words(const VisitChange& change) {
  const std::string words =
      change.name == "pain_worst_0_10" ? "pain, worst of the last week" : test_words(change.name);
  return change.side ? fmt::format("{}, {}", words, kSideNames.at(*change.side)) : words;
}

std::string change_line(const VisitChange& change) {
  const int decimals = change.unit == "1" ? 2 : 1;
  const auto shown = [&](double value) { return plain_number(value, decimals, Script::kAscii); };
  const std::string unit = change.unit == "1" ? "" : " " + change.unit;
  return fmt::format("  {}: {} -> {}{} ({}; smallest detectable change {})\n",
                     capital(name_words(change)), shown(change.before), shown(change.after), unit,
                     is_changed(change) ? "changed" : "not distinguishable from measurement error",
                     shown(change.smallest_detectable));
}

std::string stop_words(StopVerdict verdict) {
  switch (verdict) {
    case StopVerdict::kReached:
      return "reached";
    case StopVerdict::kNotReached:
      return "not reached";
    case StopVerdict::kUndecided:
      return "undecided";
    case StopVerdict::kCannotBeTested:
      break;
  }
  return "cannot be tested";
}

}  // namespace

std::string changes_json(const VisitChanges& changes) {
  Json numbers = Json::array();
  for (const VisitChange& change : changes.numbers) {
    numbers.push_back({{"name", change.name},
                       {"side", change.side ? Json(kSideNames.at(*change.side)) : Json()},
                       {"unit", change.unit},
                       {"before", number(change.before)},
                       {"after", number(change.after)},
                       {"smallest_detectable", number(change.smallest_detectable)},
                       {"changed", is_changed(change)},
                       {"source", change.source},
                       {"grade", change.grade}});
  }
  Json stops = Json::array();
  for (const StopChange& stop : changes.stops) {
    stops.push_back({{"side", kSideNames.at(stop.side)},
                     {"before", stop_words(stop.before)},
                     {"after", stop_words(stop.after)},
                     {"changed", stop.changed}});
  }
  const Json json = {{"numbers", numbers},
                     {"hip_stops", stops},
                     {"probability",
                      {{"before", number(changes.probability_before)},
                       {"after", number(changes.probability_after)}}},
                     {"together", changes.together},
                     {"notes", changes.notes}};
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string render_changes(const VisitChanges& changes) {
  std::string text = "The first visit -> the second\n";
  for (const bool changed : {true, false}) {
    for (const VisitChange& change : changes.numbers) {
      if (is_changed(change) == changed) text += change_line(change);
    }
  }
  for (const StopChange& stop : changes.stops) {
    fmt::format_to(std::back_inserter(text), "  Hip stop, {}: {} -> {} ({})\n",
                   kSideNames.at(stop.side), stop_words(stop.before), stop_words(stop.after),
                   stop.changed ? "changed" : "no change shown");
  }
  if (std::isfinite(changes.probability_before) && std::isfinite(changes.probability_after)) {
    fmt::format_to(std::back_inserter(text),
                   "  Probability that the mechanical pattern is present: {} -> {} (calibrated on "
                   "simulated runners only)\n",
                   probability_text(changes.probability_before),
                   probability_text(changes.probability_after));
  }
  text += "  " + changes.together + "\n";
  for (const std::string& note : changes.notes) text += "note: " + note + "\n";
  return text;
}

}  // namespace catena
