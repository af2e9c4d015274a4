#include "catena/findings/findings_fixture.h"

#include <cmath>
#include <limits>

#include "catena/core/normal_estimate.h"
#include "catena/core/units.h"
#include "catena/math/random_stream.h"

namespace catena {
namespace {

constexpr Eigen::Index kDraws = 2000;
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

Estimate estimate_of(const PlantedShare& share) {
  return {share.value, share.low, share.high, 0.90, "planted"};
}

StopVerdict verdict_of(const PlantedLeg& planted, const TakeUpPrior& prior) {
  if (planted.hip.low <= 0.0) return StopVerdict::kUndecided;
  if (planted.stop_probability >= prior.stop_shown) return StopVerdict::kReached;
  return planted.stop_probability <= prior.stop_excluded ? StopVerdict::kNotReached
                                                         : StopVerdict::kUndecided;
}

}  // namespace

LegFindings plant_leg(const PlantedLeg& planted, bool has_thorax, unsigned seed) {
  LegFindings leg;
  TakeUp& take_up = leg.take_up;
  take_up.has_thorax = has_thorax;
  if (!planted.known) {
    take_up.hip.why = "planted without a share";
    return leg;
  }
  const TakeUpPrior prior;
  take_up.hip.estimate = estimate_of(planted.hip);
  const PlantedShare pelvis = {1.0 - planted.hip.value, 1.0 - planted.hip.high,
                               1.0 - planted.hip.low};
  take_up.pelvis.estimate = estimate_of(pelvis);
  if (has_thorax) {
    take_up.low_back.estimate = estimate_of(planted.low_back);
    take_up.lean.estimate = estimate_of(planted.lean);
  }
  HipStop& stop = take_up.hip_stop;
  stop.towards_stop = planted.stop_probability;
  stop.line = 1.0 - planted.stop_probability;
  stop.verdict = verdict_of(planted, prior);
  if (stop.verdict == StopVerdict::kReached) {
    stop.hip_rad = normal_estimate(planted.stop_at_deg * kRadPerDeg,
                                   planted.stop_sd_deg * kRadPerDeg, "planted");
  }
  const double use_rad = planted.use_deg * kRadPerDeg;
  leg.hip_use_rad = {use_rad, use_rad - 0.3 * kRadPerDeg, use_rad + 0.3 * kRadPerDeg, 0.90,
                     "planted"};

  FreedHip& freed = take_up.freed;
  freed.stop_prior = prior.stop_probability;
  freed.stop_hip_rad = Eigen::VectorXd::Constant(kDraws, kNan);
  freed.low_back_rad = Eigen::VectorXd::Zero(kDraws);
  freed.hip_farthest_rad = Eigen::VectorXd::Constant(kDraws, use_rad);
  RandomStream stream(seed);
  for (Eigen::Index i = 0; i < kDraws; ++i) {
    const double relief = planted.relief_deg + planted.relief_sd_deg * stream.normal();
    const double at = planted.stop_at_deg + planted.stop_sd_deg * stream.normal();
    if (!(stream.uniform() < planted.stop_probability)) continue;
    freed.stop_hip_rad[i] = at * kRadPerDeg;
    freed.low_back_rad[i] = relief * kRadPerDeg;
  }
  return leg;
}

}  // namespace catena
