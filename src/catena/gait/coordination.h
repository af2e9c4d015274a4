// How two neighbouring parts of the body turn together over a stride: docs/methods/coordination.md.
#pragma once

#include <Eigen/Core>
#include <array>
#include <span>
#include <string>
#include <vector>

#include "catena/core/estimate.h"
#include "catena/core/units.h"
#include "catena/gait/clinical_angles.h"
#include "catena/gait/stride_curves.h"

namespace catena {

/// Which of the two turns, and whether the same way. Chang et al. 2008.
enum class CouplingPattern { kInPhase, kAntiPhase, kProximal, kDistal };
inline constexpr std::array<const char*, 4> kCouplingPatternNames = {"in phase", "anti-phase",
                                                                     "proximal", "distal"};

/// Eight bins of 45 degrees around a coupling angle of 0 to 2 pi.
CouplingPattern coupling_pattern(double coupling_angle_rad);

/// How many strides what is said of them needs (docs/methods/coordination.md).
inline constexpr int kStridesForPattern = 10;
inline constexpr int kStridesForVariability = 15;

struct CoordinationOptions {
  // Of the smoothing spline that gives values and speeds. Marker noise makes speeds useless
  // without; 12 Hz lies in the field's 6 to 15 Hz for running.
  double cutoff_hz = 12.0;
  // White noise of an angle, of frame to frame, SD: 0.5 mm of each of four markers that lie
  // 10 cm off their middle. Where the recording shows more, that is taken.
  double noise_sd_rad = 0.15 * kRadPerDeg;
  double interval_level = 0.90;
};

/// Parts of the stride in each pattern, in the order of CouplingPattern; sum to one. NaN where the
/// toe-off is not known.
using PatternShares = std::array<double, 4>;

/// Two angles of one leg's strides against each other.
struct Coupling {
  std::string name;              // "pelvis_low_back_sagittal"
  std::string label;             // "pelvis and low back, side view"
  std::string proximal, distal;  // channels
  AnglePlane plane = AnglePlane::kSagittal;
  Side side = kRight;
  int n_strides = 0;  // known all the way, outliers left out
  bool enough_for_pattern = false, enough_for_variability = false;
  double proximal_range_rad = 0.0, distal_range_rad = 0.0;  // of the mean curves

  // Vector coding: direction of (proximal speed, distal speed), 0 proximal alone, pi / 2 distal
  // alone. (101) each.
  Eigen::VectorXd coupling_angle_rad;  // circular mean over strides, in [0, 2 pi)
  Eigen::VectorXd coupling_sd_rad;     // angular deviation over strides, at most sqrt(2)
  PatternShares pattern_of_stride{}, pattern_of_stance{}, pattern_of_swing{};
  Estimate coupling_variability_rad;  // mean of coupling_sd over the stride

  // What noise alone makes of it.
  double proximal_noise_rad = 0.0, distal_noise_rad = 0.0;  // SD of frames, as taken
  Eigen::VectorXd coupling_noise_rad;                       // (101) SD of a stride's coupling angle
  double unsure_part = 0.0;            // of the stride where that is above half a bin, 22.5 degrees
  double noise_variability_rad = 0.0;  // variability of strides that are all alike but for noise

  // Continuous relative phase: phase of the proximal less that of the distal, 0 in phase, pi
  // anti-phase; + the proximal is ahead. (101) each.
  Eigen::VectorXd relative_phase_rad;          // circular mean over strides, in (-pi, pi]
  Eigen::VectorXd relative_phase_sd_rad;       // angular deviation over strides
  Estimate mean_absolute_phase_rad;            // of relative_phase over the stride
  Estimate phase_variability_rad;              // mean of relative_phase_sd over the stride
  int proximal_cycles = 0, distal_cycles = 0;  // turns of the phase in most strides
  // Both turn equally often, and far enough for noise: else relative phase means little.
  bool phase_is_steady = false;

  std::vector<std::string> warnings;  // one sentence each
};

/// Pelvis with low back (side view, from above), pelvis with trunk (from above), pelvis with thigh
/// and thigh with shank (side view); those whose channels are there.
///
/// channels   clinical_angles of the same side and recording
/// strides    their stride_curves: which strides there are and which are left out
/// source     vector coding: Chang et al. 2008, J Biomech 41:3101; Needham et al. 2014, J Biomech
///            47:1020. Relative phase: Lamb & Stoeckl 2014, Clin Biomech 29:484 (Hilbert transform
///            of centred angles). Resultant length free of the number of strides: Kutil 2012,
///            Statistics 46:549
std::vector<Coupling> coordination(std::span<const AngleChannel> channels,
                                   const Eigen::VectorXd& time_s, const StrideCurves& strides,
                                   const CoordinationOptions& options = {});

/// SD of white noise from frame to frame, by fourth differences, which take out what moves slowly;
/// robust. NaN for fewer than 5 frames in a row.
double frame_noise_sd(const Eigen::VectorXd& values);

/// SD of the speed that white noise of SD 1 leaves behind the smoothing spline, per second.
double spline_speed_noise(double rate_hz, double cutoff_hz);

/// Angles over strides as periods, turned into a point that goes round: `along` is the angle,
/// centred between highest and lowest, `across` its Hilbert transform. (n, 100) each.
struct RoundStrides {
  Eigen::MatrixXd along, across;
};

/// strides    (n, 101); what the end of a stride misses of its start is spread along it
RoundStrides hilbert_of(const Eigen::MatrixXd& strides);

}  // namespace catena
