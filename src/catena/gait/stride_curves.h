// Angles over the strides of one leg: every stride, their mean with its bands, what stands out.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "catena/core/estimate.h"
#include "catena/gait/clinical_angles.h"
#include "catena/gait/gait_event.h"
#include "catena/gait/gait_profile.h"

namespace catena {

struct StrideCurveOptions {
  double level = 0.95;           // of both bands of the mean
  double interval_level = 0.90;  // of numbers: peaks, ranges
  // Of the band that holds for whole curves; none: no such band. 400 leave its width uncertain by
  // three in a hundred.
  int bootstrap_draws = 400;
  std::uint64_t seed = 1;
  // Chance that a recording of one leg whose strides are all alike has any stride called an
  // outlier, whatever the number of channels.
  double false_outlier_rate = 0.05;
};

/// Over strides, each (101), rad. Every stride is one observation: what is said holds for this
/// runner in this recording. NaN where fewer than two strides are known.
struct CurveSummary {
  int n_strides = 0;  // known at one percent at least
  // Of each stride with the next, over all percents; 0 at least. The bands count fewer strides for
  // it: n (1 - r) / (1 + r).
  double neighbour_correlation = 0.0;
  Eigen::VectorXd mean_rad, sd_rad;
  Eigen::VectorXd pointwise_half_rad;  // mean +- this holds at each percent alone
  Eigen::VectorXd whole_half_rad;      // mean +- this holds at all percents together
};

/// One number of each stride, read from its curve.
struct CurveValue {
  std::string name;            // "maximum", "minimum", "range", "at_contact", "at_toe_off",
                               // "stance_maximum", "stance_minimum"
  Eigen::VectorXd value_rad;   // (n_strides); NaN of a stride that is not known all the way
  Eigen::VectorXd at_percent;  // (n_strides) where; NaN for a range
  Estimate mean_rad;           // over the strides that are kept, Student's t
  double sd_rad = 0.0;
  double mean_at_percent = 0.0;
};

struct StrideCurve {
  AngleMeaning angle;
  Side side = kRight;
  Eigen::MatrixXd strides_rad;  // (n_strides, 101) counted from the model's frames; NaN where lost
  // Mean in the runner's own standing trial: strides_rad less this is relative to standing. NaN:
  // there is none, or it does not show this angle.
  double standing_rad = 0.0;
  CurveSummary kept;  // without outliers: what is shown
  CurveSummary all;   // with them; equal to kept when there are none
  std::vector<CurveValue> values;
};

/// A stride that is not like the others. Nothing is dropped in silence: `all` has it.
struct StrideOutlier {
  int stride = 0;       // index into strides
  double from_s = 0.0;  // its contact
  std::string channel;  // the one that differs most; "stride_time" for its duration
  std::vector<std::string> other_channels;  // that differ too far as well
  std::string reason;                       // one sentence
};

/// Of one leg in one recording.
struct StrideCurves {
  Side side = kRight;
  std::vector<Stride> strides;  // of this leg; their order is the rows' of every curve
  std::vector<bool> left_out;   // (n_strides) outliers
  std::vector<StrideOutlier> outliers;
  Eigen::VectorXd toe_off_percent;  // (n_strides); NaN where not known
  double mean_toe_off_percent = 0.0;
  std::vector<StrideCurve> curves;
  std::vector<std::string> notes;  // gaps, too few strides: one sentence each
};

/// Cuts channels into strides of 101 points, from contact to the next contact of the same foot.
///
/// channels   of one side and one recording; any that may share strides: clinical angles, a
///            model's coordinates
/// time_s     (n_frames) of the channels
/// strides    those of the other side are passed over
/// standing   the same channels of the standing trial, found by name; may be empty
/// source     bands: Telschow & Schwartzman 2022, J Stat Plan Inference 216:70 (multiplier-t
///            bootstrap with Rademacher weights)
StrideCurves stride_curves(std::span<const AngleChannel> channels, const Eigen::VectorXd& time_s,
                           std::span<const Stride> strides,
                           std::span<const AngleChannel> standing = {},
                           const StrideCurveOptions& options = {});

/// The curve of that name, or null.
const StrideCurve* find_curve(const StrideCurves& curves, const std::string& name);

/// Its strides without outliers, (n, 101), less standing where that is asked for and known: what a
/// profile holds.
Eigen::MatrixXd kept_strides(const StrideCurves& curves, const StrideCurve& curve,
                             bool from_standing);

}  // namespace catena
