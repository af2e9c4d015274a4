// What the take-up share assumes before it sees a recording: every number with its reason.
#pragma once

#include <array>

#include "catena/core/units.h"

namespace catena {

/// See docs/methods/take-up.md for the equations and for the coverage that these numbers give.
struct TakeUpPrior {
  // How far a demand's posture departs from the line, at the thigh angle reached. With this
  // probability not at all beyond the strides' scatter; else with an SD anywhere between the two
  // limits, on a log scale. In 26 public runners (52 sides, three speeds; from Fukuchi et al. 2017)
  // residuals of hip against pelvis had median 0.43 deg, RMS 0.79, 90th percentile 1.20, largest
  // 2.25, of which strides' scatter makes 0.2 to 0.3. This prior is wider at the upper end on
  // purpose (90th percentile 1.8 deg): low back against lean departs by 2 to 3 deg in the one
  // runner whose thorax is known (Dorn et al. 2012), and a prior that follows the public runners
  // (half-normal, 0.8 deg) holds too little at 1.5 deg. These numbers and the two below were chosen
  // so that 90 % intervals cover 85 to 95 % at planted SDs of 0, 0.7 and 1.5 deg.
  double on_line_probability = 0.75;
  double deviation_min_rad = 0.3 * kRadPerDeg;
  double deviation_max_rad = 6.0 * kRadPerDeg;
  // SD of the log of the ratio of the two contrasts (hip against pelvis, low back against lean),
  // about hip, low back and lean departing alike. Wide, so that each contrast is judged by its own
  // residuals: in Dorn et al. 2012 they differ by a factor of three.
  double contrast_log_ratio_sd = 2.0;
  // Correlation of the two contrasts: evenly within plus and minus this.
  double contrast_correlation_max = 0.4;
  // Correlation of right and left departures of one demand: one pelvis carries both legs. Each as
  // likely before the recording is seen; in four public runners residuals of the two legs are
  // nearly alike (Fukuchi et al. 2017).
  std::array<double, 3> legs_correlations = {0.0, 0.5, 0.9};
  // A leg's curve bends, with this probability, at one place anywhere between the least thigh angle
  // and the farthest: the hip's share then changes by an amount of this SD, towards a stop or the
  // other way, and half of low back less lean by an amount of the second. A hip that gives half of
  // each degree and stops altogether changes by 0.5; what it leaves, the low back takes, so the
  // second is half of the first.
  double bend_probability = 0.2;
  double hip_bend_sd = 0.5;
  double back_bend_sd = 0.25;
  // What a bend is told to be. Beforehand a hip stops within the range, bends gently, or gives more
  // at the far end with these probabilities, else it is straight: our choice. At its stop a hip
  // gives nothing more, with this SD of its share; one that bends gently keeps this part of its
  // slope or more, as likely anywhere up to all of it. Before it bends a hip's share is normal with
  // this mean; the SD is twice that of 26 public runners (0.65, 0.16; Fukuchi et al. 2017).
  double stop_probability = 0.25;
  double gentle_probability = 0.2;
  double other_way_probability = 0.1;
  double stop_share_sd = 0.15;
  double gentle_keeps = 1.0 / 3.0;
  double hip_share_mean = 0.65;
  double hip_share_sd = 0.3;
  [[nodiscard]] double straight_probability() const {
    return 1.0 - stop_probability - gentle_probability - other_way_probability;
  }
  // A stop is said to be reached from the first of these probabilities on (with three demands,
  // whose curve any departure bends, the second), and not reached up to the third. Chosen so that
  // hips without a stop are accused in no more than 5 % of legs in every planted cell (first family
  // of docs/hip-stop.md).
  double stop_shown = 0.62;
  double stop_shown_by_three = 0.82;
  double stop_excluded = 0.05;
  // Along a ramp the departure drifts: Matern 3/2, correlated over one of these times, each as
  // likely before the recording is seen. Nothing published says how posture drifts over a minute;
  // the three span from stride to stride to half a ramp.
  std::array<double, 3> drift_times_s = {2.0, 6.0, 30.0};

  // SD of stride scatter of each part, with the weight of so many strides: 0.7 to 0.8 deg in the
  // public runners.
  double stride_sd_rad = 0.75 * kRadPerDeg;
  double stride_sd_weight = 4.0;

  // Error that grows with the demand: by how much thigh, pelvis and thorax seem to have turned
  // forward or back from the least to the farthest demand, though they have not; SD. Skin that
  // moves by 10 to 20 mm at the thigh, 3 to 8 at the pelvis and 2 to 5 at the thorax within a
  // stride (Leardini et al. 2005, Gait Posture 21:212), and joint centres wrong by published
  // errors, do this when markers are fitted by a whole-body model: 0.35, 0.65 and 0.24 deg on 1600
  // legs of synthetic runners from 2.5 to 4.5 m/s, where it hardly depended on how far the thigh
  // went (the skin follows the knees and the other hip too) and rose evenly with the thigh's angle
  // (residual below 0.1 deg). Thigh and pelvis there correlate by -0.3, which makes 0.83 for the
  // hip; these are independent and make the same.
  double artefact_thigh_rad = 0.4 * kRadPerDeg;
  double artefact_pelvis_rad = 0.72 * kRadPerDeg;
  double artefact_thorax_rad = 0.25 * kRadPerDeg;

  // A share is given when a departure of this SD would leave it with a standard error of no more
  // than the second number, were nothing else unknown: the thigh peaks then spread enough. At 1/6
  // and three demands the interval already spans what 26 runners differ by (0.13 to 0.65).
  double typical_deviation_rad = 0.8 * kRadPerDeg;
  double largest_typical_error = 1.0 / 6.0;
};

}  // namespace catena
