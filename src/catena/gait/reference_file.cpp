// The reference as JSON. Declared in reference.h.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

#include "catena/core/json_node.h"
#include "catena/core/units.h"
#include "catena/gait/reference.h"

namespace catena {
namespace {

using Json = nlohmann::ordered_json;
using Eigen::Index;

constexpr const char* kFormat = "catena reference";
constexpr int kVersion = 1;
constexpr std::array<const char*, 2> kMethodNames = {"bootstrap", "t field"};

// ---- Writing -----------------------------------------------------------------------------------

Json numbers(const Eigen::Ref<const Eigen::VectorXd>& values, double scale = 1.0) {
  Json json = Json::array();
  for (const double value : values) json.push_back(value * scale);
  return json;
}

Json curve_json(const ReferenceCurve& curve) {
  Json factors = Json::array();
  for (Index k = 0; k < curve.factors_rad.rows(); ++k) {
    factors.push_back(numbers(curve.factors_rad.row(k).transpose(), kDegPerRad));
  }
  Json left_out = nullptr;
  if (curve.n_inside_left_out >= 0) left_out = curve.n_inside_left_out;
  return {{"name", curve.name},
          {"side", kSideNames[curve.side]},
          {"from_standing", curve.from_standing},
          {"n", curve.n},
          {"band",
           {{"multiplier", curve.multiplier},
            {"method", kMethodNames[static_cast<std::size_t>(curve.method)]},
            {"n_inside_left_out", left_out}}},
          {"mean_deg", numbers(curve.mean_rad, kDegPerRad)},
          {"factors_deg", factors}};
}

Json condition_json(const ReferenceCondition& condition) {
  Json json = {{"gait", kGaitNames[static_cast<std::size_t>(condition.gait)]},
               {"treadmill", condition.treadmill},
               {"incline_percent", condition.incline_percent},
               {"speed_m_s", condition.speed_m_s},
               {"n_runners", condition.n_runners},
               {"n_female", condition.n_female},
               {"n_male", condition.n_male},
               {"curves", Json::array()},
               {"scalars", Json::array()}};
  for (const ReferenceCurve& curve : condition.curves) json["curves"].push_back(curve_json(curve));
  for (const ReferenceScalar& scalar : condition.scalars) {
    json["scalars"].push_back({{"name", scalar.name},
                               {"unit", scalar.unit},
                               {"side", kSideNames[scalar.side]},
                               {"n", scalar.n},
                               {"p", numbers(scalar.p)},
                               {"value", numbers(scalar.value)}});
  }
  return json;
}

// ---- Reading -----------------------------------------------------------------------------------

Result<ReferenceCurve> read_curve(const JsonNode& node) {
  ReferenceCurve curve;
  CATENA_TRY(name, node.text("name"));
  CATENA_TRY(side, node.word("side", kSideNames));
  CATENA_TRY(from_standing, node.truth("from_standing"));
  CATENA_TRY(n, node.count("n", 2));
  CATENA_TRY(band, node.at("band"));
  CATENA_TRY(multiplier, band.number("multiplier", 0, 1e9));
  CATENA_TRY(method, band.word("method", kMethodNames));
  CATENA_TRY(left_out, band.at("n_inside_left_out"));
  if (!left_out.is_null()) {
    CATENA_TRY(inside, band.count("n_inside_left_out"));
    if (inside > n) return left_out.wrong("more runners are inside than there are");
    curve.n_inside_left_out = inside;
  }
  CATENA_TRY(mean, node.values("mean_deg", kStridePercents));
  CATENA_TRY(factors, node.items("factors_deg"));
  if (factors.size() >= static_cast<std::size_t>(n)) {
    return node.at("factors_deg")->wrong("there are more factors than runners less one");
  }
  curve.factors_rad.resize(static_cast<Index>(factors.size()), kStridePercents);
  for (std::size_t k = 0; k < factors.size(); ++k) {
    CATENA_TRY(factor, factors[k].values(kStridePercents));
    curve.factors_rad.row(static_cast<Index>(k)) = kRadPerDeg * factor.transpose();
  }
  curve.name = name;
  curve.side = static_cast<Side>(side);
  curve.from_standing = from_standing;
  curve.n = n;
  curve.multiplier = multiplier;
  curve.method = static_cast<BandMethod>(method);
  curve.mean_rad = kRadPerDeg * mean;
  return curve;
}

Result<ReferenceScalar> read_scalar(const JsonNode& node) {
  ReferenceScalar scalar;
  CATENA_TRY(name, node.text("name"));
  CATENA_TRY(unit, node.text("unit"));
  CATENA_TRY(side, node.word("side", kSideNames));
  CATENA_TRY(n, node.count("n", 1));
  CATENA_TRY(p, node.values("p"));
  CATENA_TRY(value, node.values("value", static_cast<std::size_t>(p.size())));
  const bool rises = std::is_sorted(p.begin(), p.end(), std::less_equal<>());
  if (p[0] != 0 || p[p.size() - 1] > 1 || (p.size() > 1 && (p[p.size() - 1] != 1 || !rises))) {
    return node.at("p")->wrong("probabilities that rise from 0 to 1 are needed");
  }
  if (!std::is_sorted(value.begin(), value.end())) {
    return node.at("value")->wrong("values that do not fall are needed");
  }
  scalar.name = name;
  scalar.unit = unit;
  scalar.side = static_cast<Side>(side);
  scalar.n = n;
  scalar.p = p;
  scalar.value = value;
  return scalar;
}

Result<ReferenceCondition> read_condition(const JsonNode& node) {
  ReferenceCondition condition;
  CATENA_TRY(gait, node.word("gait", kGaitNames));
  condition.gait = static_cast<Gait>(gait);
  CATENA_TRY(treadmill, node.truth("treadmill"));
  condition.treadmill = treadmill;
  CATENA_TRY(incline, node.number("incline_percent", -100, 100));
  condition.incline_percent = incline;
  CATENA_TRY(speed, node.number("speed_m_s", 0.01, 20));
  condition.speed_m_s = speed;
  CATENA_TRY(n_runners, node.count("n_runners", 1));
  condition.n_runners = n_runners;
  CATENA_TRY(n_female, node.count("n_female"));
  condition.n_female = n_female;
  CATENA_TRY(n_male, node.count("n_male"));
  condition.n_male = n_male;
  CATENA_TRY(curves, node.items("curves"));
  for (const JsonNode& item : curves) {
    CATENA_TRY(curve, read_curve(item));
    condition.curves.push_back(std::move(curve));
  }
  CATENA_TRY(scalars, node.items("scalars"));
  for (const JsonNode& item : scalars) {
    CATENA_TRY(scalar, read_scalar(item));
    condition.scalars.push_back(std::move(scalar));
  }
  return condition;
}

}  // namespace

std::string write_reference(const Reference& reference) {
  Json json = {{"format", kFormat},
               {"version", kVersion},
               {"source", reference.source},
               {"convention", reference.convention},
               {"marker_set", reference.marker_set},
               {"body", reference.body},
               {"level", reference.level},
               {"seed", reference.seed},
               {"notes", reference.notes},
               {"conditions", Json::array()}};
  for (const ReferenceCondition& condition : reference.conditions) {
    json["conditions"].push_back(condition_json(condition));
  }
  // One line: numbers are written so that they read back as the same ones.
  return json.dump(-1, ' ', true, Json::error_handler_t::replace) + "\n";
}

Result<Reference> parse_reference(std::string_view bytes, std::string_view source) {
  CATENA_TRY(root,
             JsonNode::parse(bytes, source, "give a file that `catena reference build` wrote"));
  CATENA_TRY(format, root.text("format"));
  if (format != kFormat) return root.wrong("this is another kind of file");
  CATENA_TRY(version, root.count("version", 1));
  if (version > kVersion) {
    return fail(
        Errc::kUnsupported,
        fmt::format("the reference is of version {}, and this program knows {}", version, kVersion),
        std::string(source), "take a newer program");
  }
  Reference reference;
  CATENA_TRY(said, root.text("source"));
  reference.source = said;
  CATENA_TRY(convention, root.text("convention"));
  reference.convention = convention;
  CATENA_TRY(marker_set, root.text("marker_set"));
  reference.marker_set = marker_set;
  CATENA_TRY(body, root.text("body"));
  reference.body = body;
  CATENA_TRY(level, root.number("level", 0.01, 0.9999));
  reference.level = level;
  CATENA_TRY(seed, root.unsigned_number("seed"));
  reference.seed = seed;
  CATENA_TRY(notes, root.items("notes"));
  for (const JsonNode& note : notes) {
    CATENA_TRY(sentence, note.text());
    reference.notes.push_back(sentence);
  }
  CATENA_TRY(conditions, root.items("conditions"));
  for (const JsonNode& node : conditions) {
    CATENA_TRY(condition, read_condition(node));
    reference.conditions.push_back(std::move(condition));
  }
  return reference;
}

}  // namespace catena
