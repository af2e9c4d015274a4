// Other runners to compare with, as data: docs/reference.md says what the file holds.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "catena/core/error.h"
#include "catena/gait/gait_profile.h"
#include "catena/math/simultaneous_band.h"

namespace catena {

/// An angle of one side over the runners of a condition, one mean curve each.
struct ReferenceCurve {
  std::string name;
  Side side = kRight;
  bool from_standing = false;
  int n = 0;                    // runners
  Eigen::VectorXd mean_rad;     // (101)
  Eigen::MatrixXd factors_rad;  // (at most n - 1, 101): their squares' sum is the covariance
  double multiplier = 0.0;      // mean +- multiplier * sd holds a new runner's whole curve
  BandMethod method = BandMethod::kTField;
  int n_inside_left_out = -1;  // runners inside the band of the others; -1: too few to say

  [[nodiscard]] Eigen::VectorXd sd_rad() const;
};

/// A number of one side over the runners of a condition, one mean each, by its quantiles.
struct ReferenceScalar {
  std::string name, unit;
  Side side = kRight;
  int n = 0;
  Eigen::VectorXd p, value;  // p from 0 to 1; up to 21 runners each is one of them
};

/// Runners who did the same.
struct ReferenceCondition {
  Gait gait = Gait::kRunning;
  bool treadmill = false;
  double incline_percent = std::numeric_limits<double>::quiet_NaN();  // NaN: not known
  double speed_m_s = 0.0;                                             // mean of the runners
  int n_runners = 0, n_female = 0, n_male = 0;
  std::vector<ReferenceCurve> curves;
  std::vector<ReferenceScalar> scalars;
};

struct Reference {
  std::string source;      // who was recorded, where; for people
  std::string convention;  // of the angles
  std::string marker_set, body;
  double level = 0.90;  // probability with which a band holds a whole new curve
  std::uint64_t seed = 1;
  std::vector<ReferenceCondition> conditions;  // by gait, belt, incline, speed
  std::vector<std::string> notes;              // what was left out and why: one sentence each
};

struct ReferenceOptions {
  std::string source;
  double level = 0.90;
  std::uint64_t seed = 1;
};

/// Makes a reference of runners, each with all recordings of one session.
///
/// Recordings within 5 % of speed, of one gait, ground and incline are one condition; conditions of
/// fewer than three runners are left out and noted. The order of the runners plays no part.
///
/// errors     kMismatch: conventions, marker sets or bodies differ; kMissingData: no condition has
///            three runners
Result<Reference> build_reference(const std::vector<std::vector<GaitProfile>>& runners,
                                  const ReferenceOptions& options = {});

/// The file (JSON): the same reference gives the same bytes.
std::string write_reference(const Reference& reference);

/// Reads such a file.
///
/// source     for error places
/// errors     kBadFormat: not JSON, a key missing or of another type, a number that cannot be; the
///            place is source: key; kUnsupported: a later version of the format
Result<Reference> parse_reference(std::string_view bytes, std::string_view source);

}  // namespace catena
