// The take-up share: when the leg has to go one degree further behind, who takes it up?
//
// One multivariate errors-in-variables line through the demands in (hip, low back, lean) at peak
// thigh extension. The share is the line's direction divided by its sum. One demand is one point:
// strides only give each point's error, and demands deviate from the line.
#pragma once

#include <Eigen/Core>
#include <string>
#include <vector>

#include "catena/chain/take_up_prior.h"
#include "catena/core/estimate.h"

namespace catena {

/// All strides of one leg in one demand.
struct DemandStrides {
  std::string label;
  bool is_ramp = false;       // speed rises steadily: every stride is a demand of its own
  Eigen::VectorXd time_s;     // (n_strides) from the start of the recording
  Eigen::MatrixXd parts_rad;  // (n_strides, 3) hip, low back, lean; or (n_strides, 2) hip, pelvis
};

struct LeftOut {
  std::string demand;
  double share = 0.0;
};

struct Share {
  Estimate estimate;              // NaN when not known
  std::string why;                // why it is not known, and what to record; empty when known
  double pooled_slope = 0.0;      // ordinary slope on thigh extension over all strides; NaN if none
  std::vector<LeftOut> left_out;  // best share with each demand (or block of a ramp) left out
};

struct TakeUp {
  bool has_thorax = false;  // false: low_back and lean are not known, only pelvis
  Share hip, low_back, lean, pelvis;
  int n_demands = 0;
  double thigh_spread_rad = 0.0;  // of the demands' mean thigh peaks, largest less smallest
  Eigen::MatrixXd draws;          // (n_draws, 3) hip, low back, lean (or 2); each row sums to 1
  Eigen::VectorXd center_rad;     // a point on the line, (3) or (2)
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
  TakeUpPrior prior;
};

/// Fits the line and says who takes up the next degree, or why that cannot be known.
///
/// demands    of one kind (speed, or incline, or cadence) and one leg; strides with a NaN are
/// passed
///            over and counted in the remarks
/// returns    shares with intervals from three demands or one ramp on whose thigh peaks spread
/// enough
///            against their error; else NaN with `why`. hip + low_back + lean sum to one, in the
///            estimates and in every draw; pelvis is low_back + lean
/// depends    the same strides and seed give the same numbers; the order of demands is no matter
/// source     docs/methods/take-up.md
TakeUp estimate_take_up(const std::vector<DemandStrides>& demands,
                        const TakeUpOptions& options = {});

}  // namespace catena
