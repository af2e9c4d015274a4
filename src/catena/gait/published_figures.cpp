#include "catena/gait/published_figures.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>

#include "catena/core/json_node.h"
#include "catena/core/units.h"
#include "catena/gait/profile_words.h"
#include "catena/gait/published_figures_file.h"

namespace catena {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kSameSpeed = 0.05;
constexpr std::array<const char*, 3> kComparableNames = {"yes", "from standing", "no"};
constexpr std::array<const char*, 3> kSexes = {"", "female", "male"};
constexpr std::array<const char*, 2> kGrades = {"A", "B"};
constexpr std::array<const char*, 5> kTakes = {"minimum", "maximum", "range", "first", "mean"};

Result<FigureOf> read_of(const JsonNode& node) {
  FigureOf of;
  if (node.has("scalar")) {
    CATENA_TRY(scalar, node.text("scalar"));
    of.scalar = scalar;
    if (node.has("per_height")) {
      CATENA_TRY(per_height, node.truth("per_height"));
      of.per_height = per_height;
    }
    return of;
  }
  CATENA_TRY(curve, node.text("curve"));
  of.curve = curve;
  CATENA_TRY(take, node.word("take", kTakes));
  of.take = kTakes[take];
  CATENA_TRY(sign, node.number("sign", -1, 1));
  of.sign = sign;
  return of;
}

Result<FigurePoint> read_point(const JsonNode& node) {
  FigurePoint point;
  CATENA_TRY(speed, node.number_or_nan("speed_m_s"));
  point.speed_m_s = speed;
  CATENA_TRY(mean, node.number_or_nan("mean"));
  point.mean = mean;
  CATENA_TRY(sd, node.number_or_nan("sd"));
  point.sd = sd;
  CATENA_TRY(low, node.number_or_nan("low"));
  point.low = low;
  CATENA_TRY(high, node.number_or_nan("high"));
  point.high = high;
  if (std::isnan(mean) && !(low <= high)) return node.wrong("a mean or a range is needed");
  return point;
}

Result<PublishedFigure> read_figure(const JsonNode& node) {
  PublishedFigure figure;
  CATENA_TRY(name, node.text("name"));
  figure.name = name;
  CATENA_TRY(unit, node.text("unit"));
  figure.unit = unit;
  CATENA_TRY(of_node, node.at("of"));
  CATENA_TRY(of, read_of(of_node));
  figure.of = of;
  CATENA_TRY(gait, node.word("gait", kGaitNames));
  figure.gait = static_cast<Gait>(gait);
  CATENA_TRY(treadmill, node.at("treadmill"));
  figure.treadmill_known = !treadmill.is_null();
  if (figure.treadmill_known) {
    CATENA_TRY(on_treadmill, node.truth("treadmill"));
    figure.treadmill = on_treadmill;
  }
  CATENA_TRY(sex, node.word("sex", kSexes));
  figure.sex = kSexes[sex];
  CATENA_TRY(n, node.number_or_nan("n"));
  figure.n = std::isnan(n) ? 0 : static_cast<int>(n);
  CATENA_TRY(grade, node.word("grade", kGrades));
  figure.grade = *kGrades[grade];
  CATENA_TRY(comparable, node.word("comparable", kComparableNames));
  figure.comparable = static_cast<Comparable>(comparable);
  CATENA_TRY(interval, node.text_or_empty("interval"));
  figure.interval = interval;
  CATENA_TRY(source, node.text("source"));
  figure.source = source;
  CATENA_TRY(note, node.text("note"));
  figure.note = note;
  CATENA_TRY(points, node.items("points"));
  for (const JsonNode& item : points) {
    CATENA_TRY(point, read_point(item));
    figure.points.push_back(point);
  }
  if (figure.points.empty()) return node.wrong("a point is needed");
  const auto rises = [](const FigurePoint& a, const FigurePoint& b) {
    return !(a.speed_m_s < b.speed_m_s);
  };
  if (std::ranges::adjacent_find(figure.points, rises) != figure.points.end()) {
    return node.wrong("points are needed in order of rising speed");
  }
  return figure;
}

double taken(const FigureOf& of, const Eigen::VectorXd& mean_rad) {
  double value = mean_rad[0];
  if (of.take == "minimum") value = mean_rad.minCoeff();
  if (of.take == "maximum") value = mean_rad.maxCoeff();
  if (of.take == "range") value = mean_rad.maxCoeff() - mean_rad.minCoeff();
  if (of.take == "mean") value = mean_rad.mean();
  return of.sign * value * kDegPerRad;
}

/// What the recording has of it; NaN: nothing.
double value_of(const GaitProfile& profile, const PublishedFigure& figure, Side side) {
  for (const ProfileScalar& scalar : profile.scalars) {
    if (figure.of.scalar.empty() || scalar.name != figure.of.scalar || scalar.side != side)
      continue;
    return finite_mean(scalar.strides) / (figure.of.per_height ? profile.height_m : 1.0);
  }
  const bool from_standing = figure.comparable == Comparable::kFromStanding;
  for (const ProfileCurve& curve : profile.curves) {
    if (curve.name != figure.of.curve || curve.side != side ||
        (curve.from_standing != from_standing && figure.of.take != "range") ||
        curve.strides_rad.rows() == 0 || !curve.strides_rad.allFinite()) {
      continue;
    }
    return taken(figure.of, curve.strides_rad.colwise().mean().transpose());
  }
  return kNaN;
}

/// The figure at a speed, on straight lines between its own; false where it says nothing of it.
bool at_speed(const PublishedFigure& figure, double speed_m_s, FigurePoint& point) {
  if (figure.points.size() == 1 && std::isnan(figure.points[0].speed_m_s)) {
    point = figure.points[0];
    return true;
  }
  const double slowest = figure.points.front().speed_m_s;
  const double fastest = figure.points.back().speed_m_s;
  if (!(speed_m_s >= slowest * (1 - kSameSpeed) && speed_m_s <= fastest * (1 + kSameSpeed))) {
    return false;
  }
  point = speed_m_s <= slowest ? figure.points.front() : figure.points.back();
  for (std::size_t i = 0; i + 1 < figure.points.size(); ++i) {
    const FigurePoint& a = figure.points[i];
    const FigurePoint& b = figure.points[i + 1];
    if (speed_m_s < a.speed_m_s || speed_m_s > b.speed_m_s) continue;
    const double along = (speed_m_s - a.speed_m_s) / (b.speed_m_s - a.speed_m_s);
    const auto between = [&](double x, double y) { return (1 - along) * x + along * y; };
    point = {speed_m_s, between(a.mean, b.mean), between(a.sd, b.sd), between(a.low, b.low),
             between(a.high, b.high)};
  }
  return true;
}

std::string sentence_of(const PublishedFigure& figure, const PublishedComparison& c) {
  const bool is_part = figure.unit == "1";
  const auto say = [&](double value) {
    return is_part ? fmt::format("{:.3g}", value) : fmt::format("{:.1f} {}", value, figure.unit);
  };
  std::string others;
  if (std::isfinite(c.others.mean)) others += "mean " + say(c.others.mean);
  if (std::isfinite(c.others.sd) && std::isfinite(c.others.mean)) {
    others += fmt::format(", SD {:.1f}", c.others.sd);
  }
  if (std::isfinite(c.others.low)) {
    others += fmt::format("{}{:.1f} to {:.1f} ({})", others.empty() ? "" : ", ", c.others.low,
                          c.others.high, figure.interval);
  }
  return fmt::format("{}: {}; published{}: {} ({}).", scalar_words(figure.name, c.side),
                     say(c.value), figure.sex.empty() ? "" : " for the same sex", others,
                     figure.source);
}

}  // namespace

Result<std::vector<PublishedFigure>> parse_published_figures(std::string_view bytes,
                                                             std::string_view source) {
  CATENA_TRY(root, JsonNode::parse(bytes, source, "see docs/reference.md"));
  CATENA_TRY(items, root.items("figures"));
  std::vector<PublishedFigure> figures;
  for (const JsonNode& item : items) {
    CATENA_TRY(figure, read_figure(item));
    figures.push_back(std::move(figure));
  }
  return figures;
}

const std::vector<PublishedFigure>& published_figures() {
  static const std::vector<PublishedFigure> figures = [] {
    auto parsed = parse_published_figures(published_figures_file(), "published_figures.json");
    assert(parsed.has_value());  // a test reads every figure
    return parsed ? *parsed : std::vector<PublishedFigure>();
  }();
  return figures;
}

std::vector<PublishedComparison> compare_with_published(const GaitProfile& profile) {
  std::vector<PublishedComparison> found;
  const bool is_level = !(std::abs(profile.incline_percent) > 0.25);
  if (!is_level) return found;
  for (const PublishedFigure& figure : published_figures()) {
    if (figure.comparable == Comparable::kNo || figure.gait != profile.gait ||
        (figure.treadmill_known && figure.treadmill != profile.treadmill) ||
        (!figure.sex.empty() && figure.sex != profile.sex)) {
      continue;
    }
    for (const Side side : kSides) {
      PublishedComparison comparison;
      comparison.figure = &figure;
      comparison.side = side;
      comparison.value = value_of(profile, figure, side);
      if (!std::isfinite(comparison.value) ||
          !at_speed(figure, profile.speed_m_s, comparison.others)) {
        continue;
      }
      comparison.sentence = sentence_of(figure, comparison);
      found.push_back(std::move(comparison));
    }
  }
  return found;
}

}  // namespace catena
