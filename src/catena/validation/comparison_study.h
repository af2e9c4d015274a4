// Do tests of curves find a difference where there is none as often as they say, and do bands hold
// as many new curves as they say?
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace catena {

/// Curves without a difference: in how many sets one is found.
struct NullRow {
  double fwhm_percent = 0.0;  // infinity: curves that differ by an offset
  int n = 0;                  // curves of a group
  int n_sets = 0;
  double one_sample = 0.0, two_samples = 0.0, welch = 0.0;
};

/// `n_sets` planted sets for every smoothness and number of curves; 5 % is meant.
std::vector<NullRow> null_study(const std::vector<double>& fwhm_percent, const std::vector<int>& n,
                                int n_sets, std::uint64_t seed);

/// Two recordings of one runner, strides of which resemble the last one: in how many pairs of
/// recordings a difference is found.
struct FollowingRow {
  std::string kind;  // how strides resemble each other
  int n = 0;         // strides of a recording
  double as_independent = 0.0, as_counted = 0.0;
};

std::vector<FollowingRow> following_study(int n_sets, std::uint64_t seed);

/// Bands of n curves at 90 %, and the part of new curves that stay inside.
struct BandRow {
  double fwhm_percent = 0.0;
  int n = 0;
  double t_field = 0.0, t_field_width = 0.0;      // part inside; half width in SD
  double bootstrap = 0.0, bootstrap_width = 0.0;  // NaN for fewer than six curves
  double pointwise = 0.0;                         // +- 1.96 SD
};

std::vector<BandRow> band_study(const std::vector<double>& fwhm_percent, const std::vector<int>& n,
                                int n_bands, std::uint64_t seed);

std::string to_markdown(const std::vector<NullRow>& rows);
std::string to_markdown(const std::vector<FollowingRow>& rows);
std::string to_markdown(const std::vector<BandRow>& rows);

}  // namespace catena
