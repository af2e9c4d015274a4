#include "catena/chain/take_up.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <set>
#include <span>

#include "catena/chain/take_up_line.h"
#include "catena/chain/take_up_points.h"
#include "catena/core/units.h"
#include "catena/math/statistics.h"

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
  const double error = typical_share_error(data, prior);
  if (error <= prior.largest_typical_error) return "";
  const auto [least, most] = std::ranges::minmax(
      points, {}, [](const TakeUpPoint& point) { return point.parts_rad.sum(); });
  const double spread_deg = (most.parts_rad.sum() - least.parts_rad.sum()) * kDegPerRad;
  const std::string peaks = points.size() <= 6 ? fmt::format(" ({})", list_peaks(points)) : "";
  return fmt::format(
      "the thigh's peaks spread over {:.1f} deg only{}, too little against the {:.1f} deg by which "
      "demands stray from a line; {}",
      spread_deg, peaks, prior.typical_deviation_rad * kDegPerRad, kWhatToRecord);
}

/// The best share with each point left out in turn.
void leave_out(const TakeUpPoints& data, const TakeUpPrior& prior, TakeUp& take_up) {
  for (std::size_t k = 0; k < data.points.size(); ++k) {
    TakeUpPoints rest = data;
    rest.points.erase(rest.points.begin() + static_cast<std::ptrdiff_t>(k));
    // Demands that hardly differ leave a line that could point anywhere.
    if (!(typical_share_error(rest, prior) <= 1.0)) {
      take_up.remarks.push_back(
          fmt::format("Without {} the others spread too little for a line.", data.points[k].label));
      continue;
    }
    const Eigen::VectorXd shares = mean_shares(fit_take_up_line(rest, prior));
    for (const auto& [part, share] : parts_of(take_up)) {
      share->left_out.push_back({data.points[k].label, part_of(shares, part)});
    }
  }
}

void set_estimates(const TakeUpLine& line, const TakeUpOptions& options, TakeUp& take_up) {
  const Eigen::VectorXd shares = mean_shares(line);
  const double tail = (1.0 - options.level) / 2.0;
  const std::string source =
      fmt::format("line through the demands; {:.0f} to {:.0f} % of {} posterior draws",
                  100.0 * tail, 100.0 * (1.0 - tail), options.n_draws);
  for (const auto& [part, share] : parts_of(take_up)) {
    if (!take_up.has_thorax && (part == kLowBack || part == kLean)) continue;
    std::vector<double> of_part(static_cast<std::size_t>(take_up.draws.rows()));
    for (std::size_t i = 0; i < of_part.size(); ++i) {
      of_part[i] = part_of(take_up.draws.row(static_cast<Eigen::Index>(i)).transpose(), part);
    }
    const std::vector<double> ends = quantiles(of_part, std::array{tail, 1.0 - tail});
    share->estimate = {part_of(shares, part), ends[0], ends[1], options.level, source};
  }
  take_up.deviation_low_rad = deviation_quantile_rad(line, 0.05);
  take_up.deviation_high_rad = deviation_quantile_rad(line, 0.95);
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

TakeUp take_up_of_leg(const std::vector<DemandStrides>& demands, const TakeUpOptions& options) {
  TakeUp take_up;
  take_up.hip_stop.why = "the test of a bend is not built yet";
  take_up.hip_stop.line = take_up.hip_stop.towards_stop = take_up.hip_stop.other_way = kNan;
  TakeUpPoints data = take_up_points(demands);
  take_up.has_thorax = data.has_thorax;
  take_up.remarks = data.remarks;
  take_up.draws.resize(0, data.has_thorax ? 3 : 2);
  take_up.center_rad = Eigen::VectorXd::Constant(data.has_thorax ? 3 : 2, kNan);
  take_up.deviation_low_rad = take_up.deviation_high_rad = kNan;

  // What is counted and described, whatever can be known.
  std::set<int> seen;
  double least = std::numeric_limits<double>::infinity();
  double most = -least;
  for (const TakeUpPoint& point : data.points) {
    seen.insert(point.demand);
    least = std::min(least, point.parts_rad.sum());
    most = std::max(most, point.parts_rad.sum());
  }
  take_up.n_demands = static_cast<int>(seen.size());
  if (!seen.empty()) take_up.thigh_spread_rad = most - least;
  const Eigen::VectorXd pooled = pooled_slopes(data.strides_rad);
  for (const auto& [part, share] : parts_of(take_up)) share->pooled_slope = part_of(pooled, part);

  // Can a share be given?
  const std::string why = why_unknown(data, take_up.n_demands, options.prior);
  for (const auto& [part, share] : parts_of(take_up)) share->why = why;
  if (!why.empty()) return take_up;
  if (!take_up.has_thorax) {
    take_up.low_back.why = take_up.lean.why =
        "the thorax was not seen, so low back and lean cannot be told apart; put markers on C7, T8 "
        "and the sternum";
  }

  // The line, its draws, and what they come to.
  const TakeUpLine line = fit_take_up_line(data, options.prior);
  take_up.center_rad = center_of_line_rad(line);
  take_up.draws = draw_shares(line, options.prior, options.n_draws,
                              RandomStream(options.seed).child("take-up"));
  set_estimates(line, options, take_up);
  leave_out(data, options.prior, take_up);
  note_what_is_known(take_up);
  note_what_decides(take_up);
  return take_up;
}

}  // namespace

std::array<TakeUp, 2> estimate_take_up(const std::array<std::vector<DemandStrides>, 2>& demands,
                                       const TakeUpOptions& options) {
  return {take_up_of_leg(demands[0], options), take_up_of_leg(demands[1], options)};
}

}  // namespace catena
