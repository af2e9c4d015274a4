#include "catena/report/comparison_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <vector>

#include "catena/core/units.h"
#include "catena/gait/profile_words.h"
#include "catena/report/visit_text.h"

namespace catena {
namespace {

using Json = nlohmann::ordered_json;

/// By reason, what it keeps from being compared.
using NotCompared = std::map<std::string, std::vector<std::string>>;

void add(std::string& text, const std::string& sentence) { text += "  " + sentence + "\n"; }

// ---- JSON --------------------------------------------------------------------------------------

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json numbers(const Eigen::VectorXd& values, double scale = 1.0) {
  Json json = Json::array();
  for (const double value : values) json.push_back(number(value * scale));
  return json;
}

Json curve_json(const CurveDifference& d) {
  Json json = {{"name", d.name},
               {"side", kSideNames.at(d.side)},
               {"from_standing", d.from_standing},
               {"paired", d.is_paired},
               {"n_strides", d.n_strides},
               {"n_independent", {number(d.n_independent[0]), number(d.n_independent[1])}},
               {"first_deg", numbers(d.first_rad, kDegPerRad)},
               {"second_deg", numbers(d.second_rad, kDegPerRad)},
               {"t", numbers(d.test.t)},
               {"threshold", d.why.empty() ? number(d.test.threshold) : Json(nullptr)},
               {"degrees_of_freedom", d.why.empty() ? number(d.test.dof) : Json(nullptr)},
               {"fwhm_percent", d.why.empty() ? number(d.test.fwhm_samples) : Json(nullptr)},
               {"detectable_deg", number(d.detectable_rad * kDegPerRad)},
               {"spans", Json::array()},
               {"why", d.why.empty() ? Json(nullptr) : Json(d.why)},
               {"sentence", d.sentence}};
  for (const DifferenceSpan& span : d.spans) {
    json["spans"].push_back({{"from_percent", number(span.from_percent)},
                             {"to_percent", number(span.to_percent)},
                             {"largest_deg", number(span.largest_rad * kDegPerRad)},
                             {"p", number(span.p)},
                             {"detectable", span.is_detectable}});
  }
  return json;
}

Json scalar_json(const ScalarDifference& d) {
  return {{"name", d.name},
          {"unit", d.unit},
          {"side", kSideNames.at(d.side)},
          {"first", number(d.first)},
          {"second", number(d.second)},
          {"difference",
           {{"value", number(d.difference.value)},
            {"low", number(d.difference.low)},
            {"high", number(d.difference.high)},
            {"level", number(d.difference.level)},
            {"source", d.difference.source}}},
          {"p", number(d.p)},
          {"shared_sd", number(d.shared_sd)},
          {"shown", d.is_shown},
          {"detectable", d.is_detectable},
          {"why", d.why.empty() ? Json(nullptr) : Json(d.why)},
          {"sentence", d.sentence}};
}

}  // namespace

std::string render_comparison(const VisitComparison& comparison) {
  std::string text;
  for (const CurveComparison& pair : comparison.pairs) {
    text += fmt::format("{} -> {} (second minus first)\n", pair.first, pair.second);
    int quiet = 0;
    NotCompared not_compared;
    for (const CurveDifference& d : pair.curves) {
      if (!d.why.empty()) {
        not_compared[d.why].push_back(curve_words(d.name, d.side, d.from_standing));
      } else if (std::ranges::any_of(d.spans, is_told)) {
        add(text, d.sentence);
      } else {
        ++quiet;
      }
    }
    for (const ScalarDifference& d : pair.scalars) {
      if (!d.why.empty()) {
        not_compared[d.why].push_back(scalar_words(d.name, d.side));
      } else if (d.is_shown) {
        add(text, d.sentence);
      } else {
        ++quiet;
      }
    }
    add(text, fmt::format("{} other curves and numbers: no difference shown.", quiet));
    for (const auto& [why, names] : not_compared) {
      add(text, fmt::format("Not compared, {}: {}.", why, fmt::join(names, ", ")));
    }
    for (const std::string& note : pair.notes) add(text, "note: " + note);
    text += "\n";
  }
  for (const std::string& note : comparison.notes) text += "note: " + note + "\n";
  return text;
}

std::string render_comparison_json(const VisitComparison& comparison, const VisitChanges* changes) {
  Json json = {{"format", "catena comparison"},
               {"version", 1},
               {"visits", changes == nullptr ? Json() : Json::parse(changes_json(*changes))},
               {"pairs", Json::array()},
               {"notes", comparison.notes}};
  for (const CurveComparison& pair : comparison.pairs) {
    Json one = {{"first", pair.first},
                {"second", pair.second},
                {"curves", Json::array()},
                {"scalars", Json::array()},
                {"notes", pair.notes}};
    for (const CurveDifference& d : pair.curves) one["curves"].push_back(curve_json(d));
    for (const ScalarDifference& d : pair.scalars) one["scalars"].push_back(scalar_json(d));
    json["pairs"].push_back(std::move(one));
  }
  return json.dump(1, ' ', true, Json::error_handler_t::replace) + "\n";
}

std::string render_reference(const Reference& reference) {
  std::string text;
  for (const ReferenceCondition& condition : reference.conditions) {
    // Where no runner's sex is known, nothing is said of it.
    const std::string sexes =
        condition.n_female + condition.n_male > 0
            ? fmt::format(" ({} female, {} male)", condition.n_female, condition.n_male)
            : "";
    text +=
        fmt::format("{} {} at {:.2f} m/s: {} runners{}, {} curves, {} numbers\n",
                    kGaitNames.at(static_cast<std::size_t>(condition.gait)),
                    condition.treadmill ? "on a treadmill" : "over the ground", condition.speed_m_s,
                    condition.n_runners, sexes, condition.curves.size(), condition.scalars.size());
    int inside = 0;
    int of = 0;
    double narrowest = INFINITY;
    double widest = 0;
    for (const ReferenceCurve& curve : condition.curves) {
      narrowest = std::min(narrowest, curve.multiplier);
      widest = std::max(widest, curve.multiplier);
      if (curve.n_inside_left_out < 0) continue;
      inside += curve.n_inside_left_out;
      of += curve.n;
    }
    if (!condition.curves.empty()) {
      add(text,
          fmt::format("bands for a new runner's whole curve at {:.0f} %: +-{:.1f} to {:.1f} SD",
                      100 * reference.level, narrowest, widest));
    }
    if (of > 0) {
      add(text, fmt::format("left out in turn, a runner's curve lies inside the band of the other "
                            "{} in {} of {} ({:.0f} %)",
                            condition.n_runners - 1, inside, of, 100.0 * inside / of));
    }
    if (condition.n_runners < 20) {
      add(text,
          fmt::format("{} runners describe themselves, not runners at large", condition.n_runners));
    }
  }
  for (const std::string& note : reference.notes) text += "note: " + note + "\n";
  return text;
}

}  // namespace catena
