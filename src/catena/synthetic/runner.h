// A runner with a planted answer: markers as a laboratory would record them, and the truth that an
// analysis should find. Shares no formula with the estimators beyond the kinematics.
#pragma once

#include <Eigen/Core>
#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "catena/core/error.h"
#include "catena/kinematics/motion.h"
#include "catena/model/model.h"
#include "catena/recording/point_recording.h"
#include "catena/synthetic/body.h"

namespace catena {

/// What each part takes of one more degree of thigh extension, in angles seen from the side; sums
/// to one. Pelvic rotation and drop at the peak are alike at all speeds, so that shares of the
/// three-dimensional budget differ from these by no more than about 0.01.
struct SagittalShares {
  double hip = 0.50;
  double low_back = 0.33;
  double lean = 0.17;
};

/// Speed rising steadily.
struct SpeedRamp {
  double from_m_s = 2.5;
  double to_m_s = 4.5;
  double duration_s = 75.0;
};

/// Sizes are drawn evenly between the two.
struct SizeRange {
  double low_mm = 0.0;
  double high_mm = 0.0;
};

/// Skin motion: how far a marker leaves its place on the bone, root-mean-square over a stride at
/// the middle demand, counted from the standing posture.
///
/// source     thigh 10 to 20 mm, pelvis 3 to 8 mm, shank 5 to 10 mm: Leardini et al. 2005, Gait
///            Posture 21:212; Peters et al. 2010, Gait Posture 31:1
struct ArtefactOptions {
  bool on = true;
  SizeRange thigh = {10.0, 20.0};
  SizeRange pelvis = {3.0, 8.0};
  SizeRange shank = {5.0, 10.0};
  SizeRange torso = {2.0, 5.0};
  SizeRange other = {2.0, 5.0};  // feet and arms
  // Share of each displacement's variance that a segment's markers have in common. The rigid part
  // holds most of it (Barre et al. 2013, IEEE Trans Biomed Eng 60:3131).
  double coherent = 0.7;
  // Share of the variance that follows the neighbouring joint angles; the rest is the wobble after
  // each contact.
  double with_joint_angle = 0.9;
};

/// What goes wrong in a capture. All off by default.
struct FaultOptions {
  double gaps_per_marker_minute = 0.0;
  double longest_gap_s = 0.25;
  double dropped_fraction = 0.0;  // of frames in which no marker was seen
  int swapped_pairs = 0;  // per run; every other pair for the whole run, the rest for a while
};

struct RunnerOptions {
  std::uint64_t seed = 1;
  SyntheticBodyOptions body;  // its seed is not used: the runner's is
  // One run each, unless there is a ramp.
  std::vector<double> speeds_m_s = {2.5, 3.0, 3.5, 4.0, 4.5};
  std::optional<SpeedRamp> ramp;
  int strides = 12;      // per run at one speed
  double seconds = 0.0;  // above zero: the length of such a run instead
  double rate_hz = 150.0;
  bool treadmill = true;

  std::array<SagittalShares, 2> shares;  // right, left
  // Hip extension at which the hip stops; beyond it the low back takes all. From gravity, as
  // every planted angle.
  std::array<double, 2> hip_stop_deg = {std::numeric_limits<double>::infinity(),
                                        std::numeric_limits<double>::infinity()};
  // Peak thigh extension grows with speed as in Dorn et al. 2012 and Fukuchi et al. 2017 (20 deg at
  // 2.5 m/s, 26 at 3.5, 32 at 4.5, 45 at 9). The scale stretches it about its value at 3.5 m/s:
  // in 26 public runners the spread over 2.5 to 4.5 m/s was 5 to 16 deg, median 12.
  double thigh_spread_scale = 1.0;
  double asymmetry_deg = 0.0;  // the left thigh's peak stays behind the right's by this much
  // How far a demand's posture departs from the line, the thigh's peak held: the SD of each of hip,
  // low back and lean, which sum to nothing. Constant over a run; on a ramp a slow drift.
  double deviation_sd_deg = 0.7;
  // Stride to stride at the peak: SD of thigh, pelvis and lean. Thigh and pelvis scatter together
  // (slope of tilt on thigh within a speed 0.64 in 26 public runners).
  double thigh_sd_deg = 0.7;
  double pelvis_sd_deg = 0.8;
  double lean_sd_deg = 0.7;
  double stride_time_sd = 0.015;  // of a stride's duration

  double marker_noise_mm = 0.5;  // SD per axis
  ArtefactOptions artefact;
  FaultOptions faults;
  // How wrong the user's scaled model is, in units of published errors of joint centres and of
  // anatomical frames. 0: the user's model is the runner's body itself.
  double model_error = 1.0;
};

/// Sagittal angles from gravity, rad: hip extension +, low back extension +, forward lean +.
struct SagittalPosture {
  double hip = 0.0;
  double low_back = 0.0;
  double lean = 0.0;
  [[nodiscard]] double pelvis() const { return low_back + lean; }
  [[nodiscard]] double thigh() const { return hip + low_back + lean; }
};

/// A true peak of thigh extension.
struct PlantedPeak {
  int recording = 0;
  int side = 0;  // 0 right, 1 left
  double time_s = 0.0;
  double speed_m_s = 0.0;
  SagittalPosture posture = {};    // what the body did
  SagittalPosture deviation = {};  // of the demand from the line; thigh() is zero
};

/// A foot's time on the ground, whole or in part within its recording.
struct PlantedFootfall {
  int recording = 0;
  int side = 0;  // 0 right, 1 left
  double contact_s = 0.0, toe_off_s = 0.0;
};

/// What the line says for one leg: posture = center + shares * (thigh - center.thigh()).
struct PlantedLine {
  SagittalShares shares;
  SagittalPosture center;
  double hip_stop_rad = std::numeric_limits<double>::infinity();
  bool stop_reached = false;  // by any peak of any run
};

struct PlantedRun {
  std::string name;
  double from_m_s = 0.0;
  double to_m_s = 0.0;
  double duration_s = 0.0;
};

/// A marker lost over frames [first_frame, last_frame].
struct PlantedGap {
  int recording = 0;
  std::string marker;
  int first_frame = 0;
  int last_frame = 0;
};

/// Two markers whose labels were exchanged over frames [first_frame, last_frame].
struct PlantedSwap {
  int recording = 0;
  std::string first_marker, second_marker;
  int first_frame = 0;
  int last_frame = 0;
};

struct PlantedDrop {
  int recording = 0;
  int frame = 0;
};

struct SyntheticTruth {
  RunnerOptions options;
  std::array<PlantedLine, 2> lines;  // right, left
  std::vector<PlantedRun> runs;
  std::vector<PlantedPeak> peaks;          // by recording, then time
  std::vector<PlantedFootfall> footfalls;  // by recording, then right before left, then time
  SagittalPosture standing;
  std::vector<std::string> markers;
  Eigen::VectorXd artefact_rms_m;  // (n_markers) as asked; zero where off
  std::vector<PlantedGap> gaps;
  std::vector<PlantedSwap> swaps;
  std::vector<PlantedDrop> drops;
};

struct SyntheticSession {
  SyntheticBody body;  // the runner
  Model user_model;    // what the laboratory scaled to the runner
  PointRecording standing;
  std::vector<PointRecording> runs;
  SyntheticTruth truth;
  Eigen::VectorXd standing_pose;  // of body.model
  std::vector<Motion> motions;    // true coordinates of body.model in each run
};

/// Makes a runner and a visit to the laboratory.
///
/// errors     kBadOption: shares that do not sum to one, no speed, a rate or a size that is not
///            positive
/// depends    the same options give the same session on every machine; turning one knob leaves
///            the draws of all others as they were
Result<SyntheticSession> make_session(const RunnerOptions& options = {});

}  // namespace catena
