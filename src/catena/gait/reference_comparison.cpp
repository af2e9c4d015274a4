#include "catena/gait/reference_comparison.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "catena/core/units.h"
#include "catena/gait/profile_words.h"

namespace catena {
namespace {

using Eigen::Index;

constexpr double kSameSpeed = 0.05;
constexpr double kSameIncline = 0.25;
// So many runners describe themselves and not runners at large.
constexpr int kFewRunners = 20;
// The band of fewer is four SD and more to either side (eleven of four runners): what stays inside
// may still be far from all of them, so that it is no finding. To leave it is.
constexpr int kFewestToStayInside = 10;

/// The conditions between which the runner's speed lies, and how far along.
struct Between {
  const ReferenceCondition* slower = nullptr;
  const ReferenceCondition* faster = nullptr;
  double along = 0.0;  // 0: as the slower
};

const char* ground_of(bool treadmill) { return treadmill ? "on a treadmill" : "over the ground"; }

std::string demand_of(Gait gait, bool treadmill, double incline) {
  std::string words =
      fmt::format("{} {}", kGaitNames[static_cast<std::size_t>(gait)], ground_of(treadmill));
  if (std::abs(incline) > kSameIncline) words += fmt::format(" at {:+.1f} %", incline);
  return words;
}

double incline_of(double percent) { return std::isfinite(percent) ? percent : 0.0; }

/// The conditions of the same gait, ground and incline, slowest first.
std::vector<const ReferenceCondition*> alike(const GaitProfile& profile,
                                             const Reference& reference) {
  std::vector<const ReferenceCondition*> found;
  for (const ReferenceCondition& condition : reference.conditions) {
    if (condition.gait == profile.gait && condition.treadmill == profile.treadmill &&
        std::abs(incline_of(condition.incline_percent) - incline_of(profile.incline_percent)) <=
            kSameIncline) {
      found.push_back(&condition);
    }
  }
  std::ranges::sort(found, {}, &ReferenceCondition::speed_m_s);
  return found;
}

/// Where the runner's speed lies; else `why` says why nothing can be compared.
std::optional<Between> place(const GaitProfile& profile, const Reference& reference,
                             std::string& why) {
  if (profile.gait == Gait::kUnknown) {
    why = fmt::format("{} is neither running nor walking as far as is known.", profile.recording);
    return std::nullopt;
  }
  const std::vector<const ReferenceCondition*> found = alike(profile, reference);
  if (found.empty()) {
    why = fmt::format("The reference has no {}.", demand_of(profile.gait, profile.treadmill,
                                                            incline_of(profile.incline_percent)));
    return std::nullopt;
  }
  const double speed = profile.speed_m_s;
  if (!(speed > 0)) {
    why = fmt::format("The speed of {} is not known.", profile.recording);
    return std::nullopt;
  }
  const double slowest = found.front()->speed_m_s;
  const double fastest = found.back()->speed_m_s;
  if (speed < slowest * (1 - kSameSpeed) || speed > fastest * (1 + kSameSpeed)) {
    why = fmt::format("{:.2f} m/s lies outside the reference's {:.2f} to {:.2f} m/s.", speed,
                      slowest, fastest);
    return std::nullopt;
  }
  for (std::size_t i = 0; i + 1 < found.size(); ++i) {
    const double low = found[i]->speed_m_s;
    const double high = found[i + 1]->speed_m_s;
    if (speed <= high && high > low) {
      return Between{found[i], found[i + 1], std::clamp((speed - low) / (high - low), 0.0, 1.0)};
    }
  }
  return Between{found.back(), found.back(), 0.0};
}

std::string why_angles_differ(const GaitProfile& profile, const Reference& reference) {
  const auto differ = [&](const char* what, const std::string& mine, const std::string& theirs) {
    return fmt::format("{} is {} in {} and {} in the reference: angles cannot be compared.", what,
                       mine.empty() ? "not known" : "'" + mine + "'", profile.recording,
                       theirs.empty() ? "not known" : "'" + theirs + "'");
  };
  if (profile.convention != reference.convention || profile.convention.empty()) {
    return differ("The convention of angles", profile.convention, reference.convention);
  }
  if (profile.marker_set != reference.marker_set || profile.marker_set.empty()) {
    return differ("The marker set", profile.marker_set, reference.marker_set);
  }
  if (profile.body != reference.body || profile.body.empty()) {
    return differ("The body", profile.body, reference.body);
  }
  return "";
}

const ReferenceCurve* curve_of(const ReferenceCondition& condition, const ProfileCurve& curve) {
  for (const ReferenceCurve& other : condition.curves) {
    if (other.name == curve.name && other.side == curve.side &&
        other.from_standing == curve.from_standing) {
      return &other;
    }
  }
  return nullptr;
}

const ReferenceScalar* scalar_of(const ReferenceCondition& condition, const ProfileScalar& scalar) {
  for (const ReferenceScalar& other : condition.scalars) {
    if (other.name == scalar.name && other.side == scalar.side && other.unit == scalar.unit) {
      return &other;
    }
  }
  return nullptr;
}

std::vector<OutsideSpan> spans_outside(const CurveAgainstReference& curve) {
  std::vector<OutsideSpan> spans;
  const Index n = curve.mean_rad.size();
  const auto beyond = [&](Index i) {
    return std::max(0.0, curve.mean_rad[i] - curve.high_rad[i]) -
           std::max(0.0, curve.low_rad[i] - curve.mean_rad[i]);
  };
  for (Index i = 0; i < n; ++i) {
    const double off = beyond(i);
    if (off == 0) continue;
    const bool goes_on = !spans.empty() && i > 0 && beyond(i - 1) * off > 0;
    if (!goes_on) spans.push_back({static_cast<double>(i), static_cast<double>(i), off});
    OutsideSpan& span = spans.back();
    span.to_percent = static_cast<double>(i);
    if (std::abs(off) > std::abs(span.farthest_rad)) span.farthest_rad = off;
  }
  return spans;
}

std::string sentence_of(const CurveAgainstReference& curve) {
  const std::string name = curve_words(curve.name, curve.side, curve.from_standing);
  const std::string band = fmt::format("{:.0f} % band of {} runners", 100 * curve.level, curve.n);
  if (curve.outside.empty() && curve.n < kFewestToStayInside) {
    return fmt::format("{}: {} runners are too few for a band that says anything.", name, curve.n);
  }
  if (curve.outside.empty()) return fmt::format("{} stays inside the {}.", name, band);
  std::string spans;
  for (const OutsideSpan& span : curve.outside) {
    spans +=
        fmt::format("{}from {:.0f} to {:.0f} % by up to {:.1f} deg {}", spans.empty() ? "" : ", ",
                    span.from_percent, span.to_percent, std::abs(span.farthest_rad) * kDegPerRad,
                    span.farthest_rad > 0 ? "upwards" : "downwards");
  }
  return fmt::format("{} leaves the {} {}.", name, band, spans);
}

void compare_curves(const GaitProfile& profile, const Between& between, double level,
                    ReferenceComparison& result) {
  for (const ProfileCurve& mine : profile.curves) {
    const ReferenceCurve* slow = curve_of(*between.slower, mine);
    const ReferenceCurve* fast = curve_of(*between.faster, mine);
    if (slow == nullptr || fast == nullptr || mine.strides_rad.rows() == 0 ||
        mine.strides_rad.cols() != kStridePercents || !mine.strides_rad.allFinite()) {
      continue;
    }
    const double along = between.along;
    const Eigen::VectorXd half =
        (1 - along) * slow->multiplier * slow->sd_rad() + along * fast->multiplier * fast->sd_rad();
    CurveAgainstReference curve;
    curve.name = mine.name;
    curve.side = mine.side;
    curve.from_standing = mine.from_standing;
    curve.level = level;
    curve.n = std::min(slow->n, fast->n);
    curve.mean_rad = mine.strides_rad.colwise().mean().transpose();
    curve.middle_rad = (1 - along) * slow->mean_rad + along * fast->mean_rad;
    curve.low_rad = curve.middle_rad - half;
    curve.high_rad = curve.middle_rad + half;
    curve.outside = spans_outside(curve);
    curve.sentence = sentence_of(curve);
    result.curves.push_back(std::move(curve));
  }
}

/// The value that a part p of the others lies below, straight lines between the known ones.
double value_at(const ReferenceScalar& scalar, double p) {
  const Index last = scalar.p.size() - 1;
  for (Index i = 0; i < last; ++i) {
    if (p > scalar.p[i + 1]) continue;
    const double along = (p - scalar.p[i]) / (scalar.p[i + 1] - scalar.p[i]);
    return (1 - along) * scalar.value[i] + along * scalar.value[i + 1];
  }
  return scalar.value[last];
}

/// The part p at which values, that do not fall with p, reach `value`; the middle of those where
/// they stay at it.
template <class Function>
double quantile_of(double value, const Function& at) {
  const auto reach = [&](bool past) {
    double low = 0.0;
    double high = 1.0;
    for (int i = 0; i < 60; ++i) {
      const double middle = 0.5 * (low + high);
      const bool is_below = past ? at(middle) <= value : at(middle) < value;
      (is_below ? low : high) = middle;
    }
    return 0.5 * (low + high);
  };
  if (value < at(0.0)) return 0.0;
  if (value > at(1.0)) return 1.0;
  return 0.5 * (reach(false) + reach(true));
}

std::string sentence_of(const ScalarAgainstReference& scalar) {
  const std::string name = scalar_words(scalar.name, scalar.side);
  const std::string others = fmt::format("those of {} runners", scalar.n);
  if (scalar.value < scalar.low) return fmt::format("{} is below all {}.", name, others);
  if (scalar.value > scalar.high) return fmt::format("{} is above all {}.", name, others);
  if (scalar.n < kFewRunners) return fmt::format("{} lies among {}.", name, others);
  return fmt::format("{} is at the {:.0f}th percentile of {}.", name, 100 * scalar.quantile,
                     others);
}

void compare_scalars(const GaitProfile& profile, const Between& between,
                     ReferenceComparison& result) {
  for (const ProfileScalar& mine : profile.scalars) {
    const ReferenceScalar* slow = scalar_of(*between.slower, mine);
    const ReferenceScalar* fast = scalar_of(*between.faster, mine);
    const double value = finite_mean(mine.strides);
    if (slow == nullptr || fast == nullptr || !std::isfinite(value)) continue;
    const auto at = [&](double p) {
      return (1 - between.along) * value_at(*slow, p) + between.along * value_at(*fast, p);
    };
    ScalarAgainstReference scalar;
    scalar.name = mine.name;
    scalar.unit = mine.unit;
    scalar.side = mine.side;
    scalar.value = value;
    scalar.n = std::min(slow->n, fast->n);
    scalar.low = at(0.0);
    scalar.middle = at(0.5);
    scalar.high = at(1.0);
    scalar.quantile = quantile_of(value, at);
    scalar.sentence = sentence_of(scalar);
    result.scalars.push_back(std::move(scalar));
  }
}

void add_notes(const GaitProfile& profile, const Between& between, ReferenceComparison& result) {
  if (result.n_runners < kFewRunners) {
    result.notes.push_back(fmt::format(
        "{} runners describe themselves, not runners at large: to be outside of them is not a "
        "fault, and to be inside proves little.",
        result.n_runners));
  }
  if (!std::isfinite(profile.incline_percent)) {
    result.notes.push_back("The incline is not known and taken as level.");
  }
  const ReferenceCondition& slow = *between.slower;
  if (between.slower != between.faster) {
    result.notes.push_back(
        fmt::format("At {:.2f} m/s the reference is a straight line between {:.2f} and {:.2f} m/s.",
                    profile.speed_m_s, slow.speed_m_s, between.faster->speed_m_s));
  }
  const bool is_other_sex = (profile.sex == "female" && slow.n_female == 0 && slow.n_male > 0) ||
                            (profile.sex == "male" && slow.n_male == 0 && slow.n_female > 0);
  if (is_other_sex) {
    result.notes.push_back(
        "No runner of this sex is in the reference; pelvis and hip differ between the sexes.");
  }
}

}  // namespace

ReferenceComparison compare_with_reference(const GaitProfile& profile, const Reference& reference) {
  ReferenceComparison result;
  const std::optional<Between> between = place(profile, reference, result.why_no_scalars);
  if (!between) {
    result.why_no_curves = result.why_no_scalars;
    return result;
  }
  result.speed_m_s = profile.speed_m_s;
  result.n_runners = std::min(between->slower->n_runners, between->faster->n_runners);
  result.why_no_curves = why_angles_differ(profile, reference);
  if (result.why_no_curves.empty()) {
    compare_curves(profile, *between, reference.level, result);
    if (result.curves.empty()) result.why_no_curves = "The reference has none of these curves.";
  }
  compare_scalars(profile, *between, result);
  if (result.scalars.empty()) result.why_no_scalars = "The reference has none of these numbers.";
  add_notes(profile, *between, result);
  return result;
}

}  // namespace catena
