// Does the fit of a body give back planted bodies, and do its intervals hold what they promise?
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "catena/core/error.h"
#include "catena/kinematics/body_fit.h"
#include "catena/synthetic/runner.h"

namespace catena {

struct BodyFitStudyOptions {
  int n_sessions = 400;
  int n_bodies = 20;  // sexes in turn, heights even over 1.50 to 2.00 m; sessions go round them
  double noise_mm = 3.0;
  bool artefact = true;
  bool with_standing = true;
  bool know_height = true;
  double run_s = 10.0;  // of each of three runs
  int threads = 0;
  std::uint64_t seed = 1;
};

/// One quantity over all sessions.
struct BodyFitStudyRow {
  std::string name;
  int n = 0;
  double mean_error = 0.0;  // mm, or deg for angles
  double rms_error = 0.0;
  double largest_percent = 0.0;  // of lengths: the largest error, and the RMS
  double rms_percent = 0.0;
  double mean_sd = 0.0;   // as stated, mm
  double coverage = 0.0;  // part of the sessions whose 90 % interval holds the truth; NaN: angles
};

struct BodyFitStudy {
  std::vector<BodyFitStudyRow> rows;
  int n_failed = 0;
  double median_fit_s = 0.0;  // wall clock, for the reader; nothing is decided by it
};

/// Plants runners, records them, fits a body from labels alone, and compares. Points of the pelvis
/// are counted in the frame by its bony ASIS and PSIS, angles from the own standing posture.
///
/// depends    the same seed gives the same rows on every machine (but the time)
Result<BodyFitStudy> study_body_fit(const BodyFitStudyOptions& options);

/// The planted runner of one session.
RunnerOptions planted_runner(const BodyFitStudyOptions& options, int session);

std::string to_markdown(const BodyFitStudy& study);

}  // namespace catena
