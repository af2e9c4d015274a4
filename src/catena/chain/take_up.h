// The take-up share: when the leg has to go one degree further behind, who takes it up? And the hip
// stop: does hip extension stop growing while the thigh goes on?
//
// One multivariate errors-in-variables line through the demands in (hip, low back, lean) at peak
// thigh extension, of both legs together, with or without a bend. The share is the line's
// direction divided by its sum; where it bends, the direction from its one end to the other. One
// demand is one point: strides only give each point's error, and demands deviate from the line.
#pragma once

#include <Eigen/Core>
#include <array>
#include <string>
#include <vector>

#include "catena/chain/freed_hip.h"
#include "catena/chain/take_up_prior.h"
#include "catena/core/estimate.h"

namespace catena {

/// Recordings whose speed (incline, cadence, ...) differs by no more than this part are one demand.
inline constexpr double kSameDemand = 0.05;

/// All strides of one leg in one demand.
struct DemandStrides {
  std::string label;
  bool is_ramp = false;       // speed rises steadily: every stride is a demand of its own
  Eigen::VectorXd time_s;     // (n_strides) from the start of the recording
  Eigen::MatrixXd parts_rad;  // (n_strides, 3) hip, low back, lean; or (n_strides, 2) hip, pelvis
  // As parts_rad: what of each part came by pelvic rotation and drop. Empty: not known.
  Eigen::MatrixXd rest_rad = {};
};

struct LeftOut {
  std::string demand;
  double share = 0.0;
};

struct Share {
  Estimate estimate;              // NaN when not known
  std::string why;                // why it is not known, and what to record; empty when known
  double pooled_slope = 0.0;      // ordinary slope on thigh extension over all strides; NaN if none
  Estimate rest;                  // of the share, by pelvic rotation and drop; NaN when not known
  std::vector<LeftOut> left_out;  // best share with each demand (or block of a ramp) left out
};

/// One demand, or one block of a ramp, as the line sees it.
struct DemandPoint {
  std::string label;   // the demand, or "ramp, 12 to 20 s"
  std::string demand;  // the demand
  int n_strides = 0;
  Eigen::VectorXd parts_rad;  // (3) hip, low back, lean; or (2) hip, pelvis: mean over strides
  Eigen::VectorXd sd_rad;     // of that mean, from the strides' scatter
  double thigh_sd_rad = 0.0;
};

/// Where the parts lie over thigh extension, with the interval of TakeUpOptions::level.
struct TakeUpBand {
  Eigen::VectorXd thigh_rad;                      // (n) rising; empty: no band
  Eigen::MatrixXd low_rad, middle_rad, high_rad;  // (n, 3) or (n, 2)
};

enum class StopVerdict {
  kCannotBeTested,  // too few demands; HipStop::why
  kUndecided,       // can neither be shown nor ruled out with these recordings
  kNotReached,      // within the range that was recorded
  kReached,
};

/// Does hip extension stop growing while the thigh goes on?
struct HipStop {
  StopVerdict verdict = StopVerdict::kCannotBeTested;
  std::string
      why;  // why it cannot be tested or decided, beyond what probabilities say; may be empty
  // Posterior probabilities of a straight line, of a stop (beyond the bend the hip gives hardly
  // anything), of a gentle bend (less, but it goes on giving) and of a bend the other way; they sum
  // to one. NaN when it cannot be tested.
  double line = 0.0, towards_stop = 0.0, gently = 0.0, other_way = 0.0;
  // If there is a stop: where, and the hip's share on either side of it. NaN unless
  // reached. Angles are counted from the runner's own standing, as the parts are.
  Estimate hip_rad;    // hip extension at the bend
  Estimate thigh_rad;  // thigh extension at the bend
  Estimate share_before, share_beyond;
};

struct TakeUp {
  bool has_thorax = false;  // false: low_back and lean are not known, only pelvis
  Share hip, low_back, lean, pelvis;
  HipStop hip_stop;
  int n_demands = 0;
  double thigh_spread_rad = 0.0;    // of the demands' mean thigh peaks, largest less smallest
  std::vector<DemandPoint> points;  // in the order of the demands, of a ramp in time
  TakeUpBand line, bend;            // given no bend; given a stop. Empty: too few draws
  Eigen::MatrixXd draws;            // (n_draws, 3) hip, low back, lean (or 2); each row sums to 1
  FreedHip freed;                   // the same draws, if the hip's stop were taken away
  Eigen::VectorXd center_rad;       // a point on the line, (3) or (2)
  // 90 % interval of the SD of the demands' departures: the geometric mean of hip against pelvis
  // and low back against lean; zero: on the line. NaN when no share is known.
  double deviation_low_rad = 0.0;
  double deviation_high_rad = 0.0;
  std::vector<std::string> remarks;  // "fewer than five strides at 9 m/s", "hip against pelvis ..."
};

struct TakeUpOptions {
  double level = 0.90;
  int n_draws = 4000;
  unsigned seed = 1;
  // What a reader wants beside the shares and the verdict: bands, demands left out, the part by
  // rotation and drop. Studies of thousands of runners do without.
  bool details = true;
  TakeUpPrior prior;
};

/// Fits the lines of both legs and says who takes up the next degree, or why that cannot be known,
/// and whether a hip was brought to a stop.
///
/// demands    right, left: of one kind (speed, or incline, or cadence), alike labels being one
///            demand; strides with a NaN are passed over and counted in the remarks; a leg may be
///            empty
/// returns    right, left: shares with intervals from three demands or one ramp on whose thigh
///            peaks spread enough against their error; else NaN with `why`. hip + low_back + lean
///            sum to one, in the estimates and in every draw; pelvis is low_back + lean
/// depends    the same strides and seed give the same numbers; the order of demands is no matter
/// source     docs/methods/take-up.md
std::array<TakeUp, 2> estimate_take_up(const std::array<std::vector<DemandStrides>, 2>& demands,
                                       const TakeUpOptions& options = {});

}  // namespace catena
