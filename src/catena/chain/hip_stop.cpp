#include "catena/chain/hip_stop.h"

#include <fmt/format.h>

#include <array>
#include <vector>

#include "catena/math/statistics.h"

namespace catena {
namespace {

Estimate over_draws(const std::vector<double>& values, double level) {
  const std::array p = {0.5 - level / 2.0, 0.5, 0.5 + level / 2.0};
  const std::vector<double> q = quantiles(values, p);
  return {q[1], q[0], q[2], level,
          fmt::format("{} posterior draws of curves that bend towards a stop", values.size())};
}

}  // namespace

HipStop find_hip_stop(const LegPosterior& known, const TakeUpDraws& draws, int n_points,
                      const TakeUpPrior& prior, double level) {
  HipStop stop;
  // Shares are averaged with the prior that holds their intervals; here both ways start even.
  const double line = known.line / (1.0 - prior.bend_probability);
  const double towards_stop = known.towards_stop / prior.bend_probability;
  const double other_way = known.other_way / prior.bend_probability;
  const double total = line + towards_stop + other_way;
  stop.line = line / total;
  stop.towards_stop = towards_stop / total;
  stop.other_way = other_way / total;
  const double shown = n_points > 3 ? prior.stop_shown : prior.stop_shown_by_three;
  stop.verdict = stop.towards_stop >= shown                 ? StopVerdict::kReached
                 : stop.towards_stop <= prior.stop_excluded ? StopVerdict::kNotReached
                                                            : StopVerdict::kUndecided;
  if (stop.verdict != StopVerdict::kReached) return stop;

  // Places of bends stand for cells of the grid, over which they are spread evenly.
  const LegAxis& axis = draws.axis;
  const double cell = (axis.high_rad - axis.low_rad) / static_cast<double>(axis.bend_rad.size());
  std::vector<double> hip;
  std::vector<double> thigh;
  std::vector<double> before;
  std::vector<double> beyond;
  for (std::size_t i = 0; i < draws.curves.size(); ++i) {
    const DrawnCurve& curve = draws.curves[i];
    if (!bends_towards_stop(curve)) continue;
    const double spread = (static_cast<double>(i) + 0.5) / static_cast<double>(draws.curves.size());
    const double x = axis.bend_rad[curve.bend] + cell * (spread - 0.5);
    thigh.push_back(axis.mean_thigh_rad + x);
    hip.push_back(axis.mean_contrasts_rad[0] + curve.offset_rad[0] + x * curve.slope[0]);
    const auto share = [&](const Eigen::Vector2d& slope) {
      return shares_of_slope(draws.has_thorax, corrected_slope(axis, slope), draws.artefacts[i])[0];
    };
    before.push_back(share(curve.slope));
    beyond.push_back(share(curve.slope + curve.bend_slope));
  }
  stop.thigh_rad = over_draws(thigh, level);
  stop.hip_rad = over_draws(hip, level);
  stop.share_before = over_draws(before, level);
  stop.share_beyond = over_draws(beyond, level);
  return stop;
}

}  // namespace catena
