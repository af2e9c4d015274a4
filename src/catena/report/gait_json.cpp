#include "catena/report/gait_json.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "catena/core/units.h"
#include "catena/report/strides_text.h"

namespace catena {
namespace {

using Json = nlohmann::ordered_json;

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json degrees(double value_rad) { return number(value_rad * kDegPerRad); }

Json degrees(const Eigen::VectorXd& values_rad) {
  Json list = Json::array();
  // Ten thousandths of a degree are enough, and half as long.
  for (const double value : values_rad) {
    list.push_back(number(std::round(value * kDegPerRad * 1e4) / 1e4));
  }
  return list;
}

Json estimate_deg(const Estimate& estimate) {
  return {{"value", degrees(estimate.value)},
          {"low", degrees(estimate.low)},
          {"high", degrees(estimate.high)},
          {"level", number(estimate.level)},
          {"source", estimate.source}};
}

Json estimate_of(const Estimate& estimate) {
  return {{"value", number(estimate.value)},
          {"low", number(estimate.low)},
          {"high", number(estimate.high)},
          {"level", number(estimate.level)},
          {"source", estimate.source}};
}

Json curve_json(const StrideCurve& curve) {
  Json json = {{"name", curve.angle.name},
               {"label", curve.angle.label},
               {"plus", curve.angle.plus},
               {"side", kSideNames.at(curve.side)},
               {"n_strides", curve.kept.n_strides},
               {"standing_deg", degrees(curve.standing_rad)},
               {"mean_deg", degrees(curve.kept.mean_rad)},
               {"sd_deg", degrees(curve.kept.sd_rad)},
               {"whole_band_half_deg", degrees(curve.kept.whole_half_rad)},
               {"mean_with_outliers_deg", degrees(curve.all.mean_rad)}};
  json["values"] = Json::object();
  for (const CurveValue& value : curve.values) {
    json["values"][value.name] = {{"mean_deg", estimate_deg(value.mean_rad)},
                                  {"sd_deg", degrees(value.sd_rad)},
                                  {"at_percent", number(value.mean_at_percent)}};
  }
  return json;
}

Json outlier_json(const StrideOutlier& outlier, Side side) {
  return {{"side", kSideNames.at(side)},
          {"stride", outlier.stride + 1},
          {"from_s", number(outlier.from_s)},
          {"channel", outlier.channel},
          {"other_channels", outlier.other_channels},
          {"reason", outlier.reason}};
}

Json curve_difference_json(const CurveDifference& curve) {
  Json spans = Json::array();
  for (const DifferenceSpan& span : curve.spans) {
    spans.push_back({{"from_percent", span.from_percent},
                     {"to_percent", span.to_percent},
                     {"largest_deg", degrees(span.largest_rad)},
                     {"p", number(span.p)},
                     {"distinguishable", span.is_detectable}});
  }
  return {{"name", curve.name},
          {"side", kSideNames.at(curve.side)},
          {"from_standing", curve.from_standing},
          {"n_strides", curve.n_strides},
          {"paired", curve.is_paired},
          {"smallest_detectable_deg", degrees(curve.detectable_rad)},
          {"spans", spans},
          {"sentence", curve.sentence},
          {"why", curve.why.empty() ? Json(nullptr) : Json(curve.why)}};
}

Json scalar_difference_json(const ScalarDifference& scalar) {
  return {{"name", scalar.name},
          {"unit", scalar.unit},
          {"side", kSideNames.at(scalar.side)},
          {"first", number(scalar.first)},
          {"second", number(scalar.second)},
          {"difference", estimate_of(scalar.difference)},
          {"p", number(scalar.p)},
          {"sentence", scalar.sentence}};
}

Json coupling_json(const Coupling& coupling) {
  const auto patterns = [](const PatternShares& shares) {
    Json json;
    for (std::size_t k = 0; k < shares.size(); ++k) {
      json[kCouplingPatternNames.at(k)] = number(shares.at(k));
    }
    return json;
  };
  return {{"name", coupling.name},
          {"label", coupling.label},
          {"side", kSideNames.at(coupling.side)},
          {"n_strides", coupling.n_strides},
          {"enough_for_pattern", coupling.enough_for_pattern},
          {"enough_for_variability", coupling.enough_for_variability},
          {"coupling_angle_deg", degrees(coupling.coupling_angle_rad)},
          {"coupling_sd_deg", degrees(coupling.coupling_sd_rad)},
          {"pattern_of_stride", patterns(coupling.pattern_of_stride)},
          {"pattern_of_stance", patterns(coupling.pattern_of_stance)},
          {"pattern_of_swing", patterns(coupling.pattern_of_swing)},
          {"coupling_variability_deg", estimate_deg(coupling.coupling_variability_rad)},
          {"noise_variability_deg", degrees(coupling.noise_variability_rad)},
          {"unsure_part", number(coupling.unsure_part)},
          {"relative_phase_deg", degrees(coupling.relative_phase_rad)},
          {"mean_absolute_phase_deg", estimate_deg(coupling.mean_absolute_phase_rad)},
          {"phase_variability_deg", estimate_deg(coupling.phase_variability_rad)},
          {"phase_is_steady", coupling.phase_is_steady},
          {"warnings", coupling.warnings}};
}

Json against_reference_json(const ReferenceComparison& compared) {
  Json curves = Json::array();
  for (const CurveAgainstReference& curve : compared.curves) {
    Json outside = Json::array();
    for (const OutsideSpan& span : curve.outside) {
      outside.push_back({{"from_percent", span.from_percent},
                         {"to_percent", span.to_percent},
                         {"farthest_deg", degrees(span.farthest_rad)}});
    }
    curves.push_back({{"name", curve.name},
                      {"side", kSideNames.at(curve.side)},
                      {"from_standing", curve.from_standing},
                      {"n_runners", curve.n},
                      {"level", number(curve.level)},
                      {"middle_deg", degrees(curve.middle_rad)},
                      {"low_deg", degrees(curve.low_rad)},
                      {"high_deg", degrees(curve.high_rad)},
                      {"outside", outside},
                      {"sentence", curve.sentence}});
  }
  Json scalars = Json::array();
  for (const ScalarAgainstReference& scalar : compared.scalars) {
    scalars.push_back({{"name", scalar.name},
                       {"unit", scalar.unit},
                       {"side", kSideNames.at(scalar.side)},
                       {"value", number(scalar.value)},
                       {"quantile", number(scalar.quantile)},
                       {"least", number(scalar.low)},
                       {"middle", number(scalar.middle)},
                       {"largest", number(scalar.high)},
                       {"n_runners", scalar.n},
                       {"sentence", scalar.sentence}});
  }
  const auto why = [](const std::string& text) {
    return text.empty() ? Json(nullptr) : Json(text);
  };
  return {{"speed_m_s", number(compared.speed_m_s)},
          {"n_runners", compared.n_runners},
          {"why_no_curves", why(compared.why_no_curves)},
          {"why_no_scalars", why(compared.why_no_scalars)},
          {"curves", curves},
          {"scalars", scalars},
          {"notes", compared.notes}};
}

Json published_json(const PublishedComparison& compared) {
  const FigurePoint& others = compared.others;
  return {{"name", compared.figure->name},
          {"unit", compared.figure->unit},
          {"side", kSideNames.at(compared.side)},
          {"value", number(compared.value)},
          {"mean", number(others.mean)},
          {"sd", number(others.sd)},
          {"low", number(others.low)},
          {"high", number(others.high)},
          {"n_runners", compared.figure->n},
          {"grade", std::string(1, compared.figure->grade)},
          {"source", compared.figure->source},
          {"sentence", compared.sentence}};
}

}  // namespace

std::string gait_json(const RecordingGait& gait) {
  Json json;
  json["events"] = Json::parse(events_json(gait.events));
  json["incomplete_strides"] = {{"right", gait.strides.n_incomplete[kRight]},
                                {"left", gait.strides.n_incomplete[kLeft]}};
  json["spatiotemporal"] = Json::parse(spatiotemporal_json(gait.spatiotemporal));
  json["curves"] = Json::array();
  json["outlier_strides"] = Json::array();
  for (const Side side : kSides) {
    for (const StrideCurve& curve : gait.curves.at(side).curves) {
      json["curves"].push_back(curve_json(curve));
    }
    for (const StrideOutlier& outlier : gait.curves.at(side).outliers) {
      json["outlier_strides"].push_back(outlier_json(outlier, side));
    }
  }
  json["coordination"] = Json::array();
  for (const std::vector<Coupling>& couplings : gait.couplings) {
    for (const Coupling& coupling : couplings) {
      json["coordination"].push_back(coupling_json(coupling));
    }
  }
  json["right_against_left"] = {
      {"curves", Json::array()}, {"scalars", Json::array()}, {"notes", gait.sides.notes}};
  for (const CurveDifference& curve : gait.sides.curves) {
    json["right_against_left"]["curves"].push_back(curve_difference_json(curve));
  }
  for (const ScalarDifference& scalar : gait.sides.scalars) {
    json["right_against_left"]["scalars"].push_back(scalar_difference_json(scalar));
  }
  json["against_reference"] =
      gait.compared ? against_reference_json(*gait.compared) : Json(nullptr);
  json["published"] = Json::array();
  for (const PublishedComparison& compared : gait.published) {
    json["published"].push_back(published_json(compared));
  }
  json["gait_notes"] = gait_notes(gait);
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace catena
