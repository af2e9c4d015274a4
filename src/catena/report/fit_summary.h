// Everything that the fit of a body to a runner found: what fit.html shows and fit.json holds.
#pragma once

#include <array>
#include <limits>
#include <string>
#include <vector>

#include "catena/core/estimate.h"
#include "catena/report/body_picture.h"
#include "catena/report/results.h"
#include "catena/trajectories/repair.h"

namespace catena {

inline constexpr double kNotKnown = std::numeric_limits<double>::quiet_NaN();

/// One segment of the body. Left and right are segments of their own.
struct FitSegment {
  std::string name;      // for a person: "right thigh"
  std::string body;      // in the model: "femur_r"
  std::string measured;  // what the length is: "hip centre to knee centre"
  Estimate length_m;     // NaN: it has none
  // How much of the length is this runner's own: one less the ratio of its variance after the fit
  // to that before. 0: the prior alone; 1: the recordings alone; NaN: not known.
  double measured_share = kNotKnown;
  int n_markers = 0;                // on it, seen
  double marker_rms_m = kNotKnown;  // over all trials and frames
  std::string worst_marker;         // largest RMS over all trials
  double worst_marker_rms_m = kNotKnown;
};

struct FitJoint {
  std::string name;  // "right hip"
  // The segment in whose axes the centre is given, from its origin: "pelvis".
  std::string frame;
  std::array<Estimate, 3> center_m;   // forward, up, to the right
  double measured_share = kNotKnown;  // as of a length, over the three together
};

struct FitMarker {
  std::string label;
  std::string segment;        // for a person
  std::vector<double> rms_m;  // by trial, in the order of the trials; NaN: not seen there
  bool used = true;
  std::string why_not;  // "on no known segment"; only of a marker that was not used
};

/// A recording that the body was fitted to.
struct FitRecording {
  std::string name;
  std::string file;  // without folder
  bool is_standing = false;
  std::string axes;  // how the file's axes lie, for a person
  int frames = 0;
  int frames_used = 0;  // in the fit
  double rate_hz = 0.0;
  double marker_rms_m = kNotKnown;  // over the frames used
  std::string worst_marker;
  double worst_marker_rms_m = kNotKnown;
  std::vector<Repair> repairs;
};

struct FitSummary {
  std::string model_name;  // of the runner
  // What was fitted: "the built-in body, female, 1.68 m and 58 kg", "gait2354_simbody.osim".
  std::string body;
  std::string marker_set;  // empty: of no known set
  bool has_thorax = false;
  Estimate height_m, mass_kg;  // source: "given", "assumed: ..."

  std::vector<FitRecording> trials;
  std::vector<FitSegment> segments;
  std::vector<FitJoint> joints;
  std::vector<FitMarker> markers;
  BodyPicture picture;

  double marker_rms_m = kNotKnown;  // over all trials, frames used and markers used
  int iterations = 0;
  bool converged = false;
  double solve_s = kNotKnown;  // of the fit alone, by the clock

  std::vector<std::string> warnings;     // to be looked at before the body is used
  std::vector<std::string> assumptions;  // the warnings too
  Provenance provenance;                 // its model is the one fitted; empty: the built-in body
};

}  // namespace catena
