#include "catena/chain/hip_stop.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

namespace catena {
namespace {

/// The place of the stop and the hip's share on either side of it, by the draws that stop.
void describe_bend(const TakeUpDraws& draws, double level, HipStop& stop) {
  std::vector<double> hip;
  std::vector<double> thigh;
  std::vector<double> before;
  std::vector<double> beyond;
  for (std::size_t i = 0; i < draws.curves.size(); ++i) {
    const DrawnCurve& curve = draws.curves[i];
    if (draws.kinds[i] != BendKind::kStop) continue;
    const PlaceOfBend place = bend_of_draw(draws, i);
    thigh.push_back(place.thigh_rad);
    hip.push_back(place.hip_rad);
    const auto share = [&](const Eigen::Vector2d& slope) {
      return shares_of_slope(draws.has_thorax, corrected_slope(draws.axis, slope),
                             draws.artefacts[i])[0];
    };
    before.push_back(share(curve.slope));
    beyond.push_back(share(curve.slope + curve.bend_slope));
  }
  const std::string source = fmt::format("{} posterior draws of hips that stop", thigh.size());
  stop.thigh_rad = estimate_of_draws(thigh, level, source);
  stop.hip_rad = estimate_of_draws(hip, level, source);
  stop.share_before = estimate_of_draws(before, level, source);
  stop.share_beyond = estimate_of_draws(beyond, level, source);
}

}  // namespace

HipStop find_hip_stop(const TakeUpDraws& draws, int n_points, const TakeUpPrior& prior,
                      double level) {
  HipStop stop;
  const auto part_of = [&](BendKind kind) {
    return static_cast<double>(std::ranges::count(draws.kinds, kind)) /
           static_cast<double>(draws.kinds.size());
  };
  stop.line = part_of(BendKind::kStraight);
  stop.towards_stop = part_of(BendKind::kStop);
  stop.gently = part_of(BendKind::kGentle);
  stop.other_way = part_of(BendKind::kOtherWay);
  const double shown = n_points > 3 ? prior.stop_shown : prior.stop_shown_by_three;
  stop.verdict = stop.towards_stop >= shown                 ? StopVerdict::kReached
                 : stop.towards_stop <= prior.stop_excluded ? StopVerdict::kNotReached
                                                            : StopVerdict::kUndecided;
  if (stop.verdict == StopVerdict::kReached) describe_bend(draws, level, stop);
  return stop;
}

bool may_be_stopped_throughout(const TakeUp& take_up) {
  const StopVerdict verdict = take_up.hip_stop.verdict;
  return (verdict == StopVerdict::kNotReached || verdict == StopVerdict::kUndecided) &&
         std::isfinite(take_up.hip.estimate.value) && take_up.hip.estimate.low <= 0.0;
}

}  // namespace catena
