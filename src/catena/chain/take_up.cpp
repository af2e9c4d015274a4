#include "catena/chain/take_up.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <optional>
#include <set>

#include "catena/chain/bend_kinds.h"
#include "catena/chain/hip_stop.h"
#include "catena/chain/take_up_draws.h"
#include "catena/chain/take_up_points.h"
#include "catena/chain/take_up_posterior.h"
#include "catena/core/normal_estimate.h"
#include "catena/core/units.h"

namespace catena {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr const char* kWhatToRecord =
    "record a ramp (the treadmill's speed rising steadily for 60 to 90 s), else five speeds, else "
    "three, from the slowest to the fastest run that is comfortable";

/// Column of a part in a row of shares; the pelvis is all but the hip.
enum Part { kHip, kLowBack, kLean, kPelvis };
constexpr std::array kPartNames = {"the hip", "the low back", "forward lean", "the pelvis"};

double part_of(const Eigen::Ref<const Eigen::VectorXd>& shares, Part part) {
  if (part == kPelvis) return shares.tail(shares.size() - 1).sum();
  return shares.size() == 3 || part == kHip ? shares[part] : kNan;
}

std::array<std::pair<Part, Share*>, 4> parts_of(TakeUp& take_up) {
  return {{{kHip, &take_up.hip},
           {kLowBack, &take_up.low_back},
           {kLean, &take_up.lean},
           {kPelvis, &take_up.pelvis}}};
}

Share& share_of(TakeUp& take_up, Part part) {
  return *parts_of(take_up).at(static_cast<std::size_t>(part)).second;
}

/// Ordinary least-squares slope of each part on thigh extension over all strides.
Eigen::VectorXd pooled_slopes(const Eigen::MatrixXd& strides_rad) {
  const Eigen::Index width = strides_rad.cols();
  if (strides_rad.rows() < 2) return Eigen::VectorXd::Constant(width, kNan);
  const Eigen::MatrixXd centred = strides_rad.rowwise() - strides_rad.colwise().mean();
  const Eigen::VectorXd x = centred.rowwise().sum();
  if (!(x.squaredNorm() > 0.0)) return Eigen::VectorXd::Constant(width, kNan);
  return centred.transpose() * x / x.squaredNorm();
}

/// "13.5 deg at T25, 18.6 at T35"
std::string list_peaks(const std::vector<TakeUpPoint>& points) {
  std::string list;
  for (const TakeUpPoint& point : points) {
    if (!list.empty()) list += ", ";
    list += fmt::format("{:.1f} deg at {}", point.parts_rad.sum() * kDegPerRad, point.label);
  }
  return list;
}

/// The demands' thigh peaks, those apart by no more than `apart_rad` being one place.
int count_places(const std::vector<TakeUpPoint>& points, double apart_rad) {
  std::vector<double> thighs;
  for (const TakeUpPoint& point : points) thighs.push_back(point.parts_rad.sum());
  std::ranges::sort(thighs);
  int places = 0;
  double first = -std::numeric_limits<double>::infinity();
  for (const double thigh : thighs) {
    if (thigh - first <= apart_rad) continue;
    first = thigh;
    ++places;
  }
  return places;
}

/// Why no share can be given, and what to record; empty when it can.
std::string why_unknown(const TakeUpPoints& data, int n_demands, const TakeUpPrior& prior) {
  const std::vector<TakeUpPoint>& points = data.points;
  const bool has_ramp = std::ranges::any_of(points, &TakeUpPoint::in_ramp);
  if (points.empty()) return fmt::format("no stride could be used; {}", kWhatToRecord);
  if (n_demands == 1 && !has_ramp) {
    return fmt::format("one demand shows no change; {}", kWhatToRecord);
  }
  if (n_demands == 2 && !has_ramp) {
    return fmt::format(
        "two demands fix a line but show nothing of how far demands stray from it; {}",
        kWhatToRecord);
  }
  const std::string peaks = points.size() <= 6 ? fmt::format(" ({})", list_peaks(points)) : "";
  // Two demands depart from each other by the root of two times what one departs from the line.
  const double apart_rad = kNormal90 * std::numbers::sqrt2 * prior.typical_deviation_rad;
  if (!has_ramp && count_places(points, apart_rad) < 3) {
    return fmt::format(
        "the thigh goes no further behind in some demands than in others{}: peaks that differ by "
        "less than {:.1f} deg, by which demands stray, are one place, and a line needs three; {}",
        peaks, apart_rad * kDegPerRad, kWhatToRecord);
  }
  if (typical_share_error(data, prior) <= prior.largest_typical_error) return "";
  const auto [least, most] = std::ranges::minmax(
      points, {}, [](const TakeUpPoint& point) { return point.parts_rad.sum(); });
  const double spread_deg = (most.parts_rad.sum() - least.parts_rad.sum()) * kDegPerRad;
  return fmt::format(
      "the thigh's peaks spread over {:.1f} deg only{}, too little against the {:.1f} deg by which "
      "demands stray from a line; {}",
      spread_deg, peaks, prior.typical_deviation_rad * kDegPerRad, kWhatToRecord);
}

/// What is counted and described, whatever can be known.
void describe_points(const TakeUpPoints& data, TakeUp& take_up) {
  take_up.has_thorax = data.has_thorax;
  take_up.remarks = data.remarks;
  const Eigen::Index width = data.has_thorax ? 3 : 2;
  take_up.draws.resize(0, width);
  take_up.center_rad = Eigen::VectorXd::Constant(width, kNan);
  take_up.deviation_low_rad = take_up.deviation_high_rad = kNan;

  std::set<std::string> seen;
  double least = std::numeric_limits<double>::infinity();
  double most = -least;
  for (const TakeUpPoint& point : data.points) {
    seen.insert(point.demand);
    least = std::min(least, point.parts_rad.sum());
    most = std::max(most, point.parts_rad.sum());
    const double n = point.n_strides;
    take_up.points.push_back({point.label, point.demand, point.n_strides, point.parts_rad,
                              (data.stride_covariance.diagonal() / n).cwiseSqrt(),
                              std::sqrt(data.stride_covariance.sum() / n)});
  }
  take_up.n_demands = static_cast<int>(seen.size());
  if (!seen.empty()) take_up.thigh_spread_rad = most - least;
  const Eigen::VectorXd pooled = pooled_slopes(data.strides_rad);
  for (const auto& [part, share] : parts_of(take_up)) share->pooled_slope = part_of(pooled, part);
}

/// What is left out together: a demand, or a quarter of a ramp.
std::string group_of(const TakeUpPoint& point, const TakeUpPoints& data) {
  if (!point.in_ramp) return point.demand;
  const auto blocks = std::ranges::count(data.points, point.demand, &TakeUpPoint::demand);
  return fmt::format("quarter {} of the {}", 4 * point.block / blocks + 1, point.demand);
}

/// The best share of both legs with each group of points left out in turn.
void leave_out(const std::array<TakeUpPoints, 2>& data, const std::array<bool, 2>& fitted,
               const TakeUpPrior& prior, std::array<TakeUp, 2>& legs) {
  std::vector<std::string> groups;
  for (std::size_t leg = 0; leg < 2; ++leg) {
    if (!fitted.at(leg)) continue;
    for (const TakeUpPoint& point : data.at(leg).points) {
      const std::string group = group_of(point, data.at(leg));
      if (std::ranges::find(groups, group) == groups.end()) groups.push_back(group);
    }
  }
  for (const std::string& group : groups) {
    std::array<TakeUpPoints, 2> rest = data;
    std::array<bool, 2> still = fitted;
    for (std::size_t leg = 0; leg < 2; ++leg) {
      std::erase_if(rest.at(leg).points, [&](const TakeUpPoint& point) {
        return group_of(point, data.at(leg)) == group;
      });
      // Demands that hardly differ leave a line that could point anywhere.
      still.at(leg) = fitted.at(leg) && typical_share_error(rest.at(leg), prior) <= 1.0;
      if (fitted.at(leg) && !still.at(leg)) {
        legs.at(leg).remarks.push_back(
            fmt::format("Without {} the others spread too little for a line.", group));
      }
    }
    if (!still[0] && !still[1]) continue;
    const TakeUpPosterior posterior = take_up_posterior(rest, still, false, prior);
    for (std::size_t leg = 0; leg < 2; ++leg) {
      if (!still.at(leg)) continue;
      const Eigen::VectorXd shares =
          shares_of_slope(posterior.has_thorax,
                          corrected_slope(posterior.axes.at(leg), posterior.legs.at(leg).chord));
      for (const auto& [part, share] : parts_of(legs.at(leg))) {
        share->left_out.push_back({group, part_of(shares, part)});
      }
    }
  }
}

void set_estimates(const LegPosterior& known, const TakeUpDraws& draws,
                   const TakeUpOptions& options, TakeUp& take_up) {
  const Eigen::VectorXd shares =
      shares_of_slope(draws.has_thorax, corrected_slope(draws.axis, known.chord));
  const double tail_percent = 100.0 * (1.0 - options.level) / 2.0;
  const std::string source =
      fmt::format("curve through the demands; {:.0f} to {:.0f} % of {} posterior draws",
                  tail_percent, 100.0 - tail_percent, options.n_draws);
  take_up.draws = shares_of_draws(draws);
  for (const auto& [part, share] : parts_of(take_up)) {
    if (!take_up.has_thorax && (part == kLowBack || part == kLean)) continue;
    std::vector<double> of_part(static_cast<std::size_t>(take_up.draws.rows()));
    for (std::size_t i = 0; i < of_part.size(); ++i) {
      of_part[i] = part_of(take_up.draws.row(static_cast<Eigen::Index>(i)).transpose(), part);
    }
    share->estimate = estimate_of_draws(of_part, options.level, source);
    share->estimate.value = part_of(shares, part);
  }
  Eigen::Vector2d center = Eigen::Vector2d::Zero();
  for (const DrawnCurve& curve : draws.curves) center += contrasts_at(draws.axis, curve, 0.0);
  center = draws.axis.mean_contrasts_rad + center / static_cast<double>(draws.curves.size());
  take_up.center_rad = parts_from_contrasts(draws.has_thorax, draws.axis.mean_thigh_rad, center);
}

/// The rest of one part against all else of the thigh's angle; nothing when it is not known.
std::optional<std::vector<DemandStrides>> rest_against_all_else(std::vector<DemandStrides> demands,
                                                                Part wanted) {
  for (DemandStrides& demand : demands) {
    const Eigen::Index width = demand.parts_rad.cols();
    const bool known = demand.rest_rad.rows() == demand.parts_rad.rows() &&
                       demand.rest_rad.cols() == width &&
                       (width == 3 || wanted == kHip || wanted == kPelvis);
    if (!known) return std::nullopt;
    Eigen::MatrixXd pair(demand.parts_rad.rows(), 2);
    pair.col(0) = wanted == kPelvis
                      ? Eigen::VectorXd(demand.rest_rad.rightCols(width - 1).rowwise().sum())
                      : Eigen::VectorXd(demand.rest_rad.col(wanted));
    pair.col(1) = demand.parts_rad.rowwise().sum() - pair.col(0);
    demand.parts_rad = pair;
  }
  return demands;
}

/// Slopes of the first of two parts on straight lines; NaN for a leg that is not fitted.
std::array<Estimate, 2> slopes_of_first(const std::array<std::vector<DemandStrides>, 2>& pairs,
                                        const std::array<bool, 2>& fitted,
                                        const TakeUpOptions& options) {
  constexpr int kDraws = 1000;
  const TakeUpPosterior posterior =
      take_up_posterior(take_up_points(pairs), fitted, false, options.prior);
  const std::array<TakeUpDraws, 2> draws =
      draw_take_up(posterior, kDraws, RandomStream(options.seed).child("rest"));
  std::array<Estimate, 2> slopes;
  for (std::size_t leg = 0; leg < 2; ++leg) {
    if (!fitted.at(leg)) continue;
    const LegAxis& axis = draws.at(leg).axis;
    std::vector<double> drawn;
    for (const DrawnCurve& curve : draws.at(leg).curves) {
      drawn.push_back(chord_slope(axis, curve)[0]);
    }
    slopes.at(leg) = estimate_of_draws(drawn, options.level,
                                       "line of the part by pelvic rotation and drop alone");
    slopes.at(leg).value = corrected_slope(axis, posterior.legs.at(leg).chord)[0];
  }
  return slopes;
}

/// The part of the shares that pelvic rotation and drop carry: each part's rest, taken for a part
/// of the thigh's angle by itself, on straight lines.
void set_rests(const std::array<std::vector<DemandStrides>, 2>& demands,
               const std::array<bool, 2>& fitted, const TakeUpOptions& options,
               std::array<TakeUp, 2>& legs) {
  for (const Part wanted : {kHip, kLowBack, kLean, kPelvis}) {
    std::array<std::vector<DemandStrides>, 2> pairs = demands;
    bool known = true;
    for (std::size_t leg = 0; leg < 2 && known; ++leg) {
      if (!fitted.at(leg)) continue;
      const auto of_leg = rest_against_all_else(demands.at(leg), wanted);
      known = of_leg.has_value();
      if (known) pairs.at(leg) = *of_leg;
    }
    if (!known) continue;
    const std::array<Estimate, 2> slopes = slopes_of_first(pairs, fitted, options);
    for (std::size_t leg = 0; leg < 2; ++leg) {
      if (fitted.at(leg)) share_of(legs.at(leg), wanted).rest = slopes.at(leg);
    }
  }
}

/// A hip that gives nothing anywhere in the range is not said to be free.
void note_stop_before_the_range(TakeUp& take_up) {
  if (!may_be_stopped_throughout(take_up)) return;
  take_up.hip_stop.verdict = StopVerdict::kUndecided;
  take_up.hip_stop.why =
      "the hip's share is not distinguishable from none over the whole range: a stop before the "
      "least demand would look the same; record slower demands, too";
}

/// What the intervals say about each other, in words.
void note_what_is_known(TakeUp& take_up) {
  const auto width = [](const Share& share) { return share.estimate.high - share.estimate.low; };
  if (!take_up.has_thorax) return;
  const double hip = width(take_up.hip);
  const double divided = std::max(width(take_up.low_back), width(take_up.lean));
  const bool hip_is_known = take_up.hip.estimate.low > 0.0 && take_up.hip.estimate.high < 1.0;
  if (hip_is_known && divided > 1.5 * hip && divided > 0.4) {
    take_up.remarks.emplace_back(
        "Hip against pelvis is known here, low back against lean hardly: between demands they "
        "change places.");
  } else if (hip > 0.8 && divided > 0.8) {
    take_up.remarks.emplace_back(
        "The demands stray so far from a line that the shares are hardly known.");
  }
}

/// Names the demands without which a share would leave its own interval: the result leans on them.
void note_what_decides(TakeUp& take_up) {
  for (const auto& [part, share] : parts_of(take_up)) {
    if (part == kPelvis || !share->why.empty()) continue;  // the pelvis mirrors the hip
    for (const LeftOut& out : share->left_out) {
      const Estimate& whole = share->estimate;
      if (out.share >= whole.low && out.share <= whole.high) continue;
      take_up.remarks.push_back(fmt::format(
          "Without {} the share of {} would be {:.2f}, outside its interval: the result leans on "
          "that demand.",
          out.demand, kPartNames.at(static_cast<std::size_t>(part)), out.share));
    }
  }
}

}  // namespace

std::array<TakeUp, 2> estimate_take_up(const std::array<std::vector<DemandStrides>, 2>& demands,
                                       const TakeUpOptions& options) {
  std::array<TakeUp, 2> legs;
  const std::array<TakeUpPoints, 2> data = take_up_points(demands);

  // Can a share be given, and a stop be looked for?
  std::array<bool, 2> fitted{};
  for (std::size_t leg = 0; leg < 2; ++leg) {
    TakeUp& take_up = legs.at(leg);
    describe_points(data.at(leg), take_up);
    const std::string why = why_unknown(data.at(leg), take_up.n_demands, options.prior);
    fitted.at(leg) = why.empty();
    for (const auto& [part, share] : parts_of(take_up)) share->why = why;
    take_up.hip_stop.why = why;
    HipStop& stop = take_up.hip_stop;
    stop.line = stop.towards_stop = stop.gently = stop.other_way = kNan;
    if (why.empty() && !take_up.has_thorax) {
      take_up.low_back.why = take_up.lean.why =
          "the thorax was not seen, so low back and lean cannot be told apart; put markers on C7, "
          "T8 and the sternum";
    }
  }
  if (!fitted[0] && !fitted[1]) return legs;

  // The curves of both legs, their draws, and what they come to.
  const TakeUpPosterior posterior = take_up_posterior(data, fitted, true, options.prior);
  const std::array<TakeUpDraws, 2> draws =
      draw_take_up(posterior, options.n_draws, RandomStream(options.seed).child("take-up"));
  const std::array<TakeUpDraws, 2> told =
      tell_bends(draws, options.prior, RandomStream(options.seed).child("kinds"));
  for (std::size_t leg = 0; leg < 2; ++leg) {
    if (!fitted.at(leg)) continue;
    TakeUp& take_up = legs.at(leg);
    set_estimates(posterior.legs.at(leg), draws.at(leg), options, take_up);
    take_up.hip_stop = find_hip_stop(told.at(leg), static_cast<int>(data.at(leg).points.size()),
                                     options.prior, options.level);
    note_stop_before_the_range(take_up);
    take_up.freed = free_hip(told.at(leg), options.prior);
    if (options.details) {
      take_up.line = band_of_draws(told.at(leg), options.level, BendKind::kStraight);
      take_up.bend = band_of_draws(told.at(leg), options.level, BendKind::kStop);
    }
    take_up.deviation_low_rad = deviation_quantile_rad(posterior, 0.05);
    take_up.deviation_high_rad = deviation_quantile_rad(posterior, 0.95);
  }
  if (!options.details) return legs;
  set_rests(demands, fitted, options, legs);
  leave_out(data, fitted, options.prior, legs);
  for (TakeUp& take_up : legs) {
    if (!std::isfinite(take_up.hip.estimate.value)) continue;
    note_what_is_known(take_up);
    note_what_decides(take_up);
  }
  return legs;
}

}  // namespace catena
