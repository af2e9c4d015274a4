#include "catena/gait/coordination.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numbers>

#include "catena/gait/circular_strides.h"
#include "catena/gait/stride_sampling.h"
#include "catena/math/smoothing_spline.h"
#include "catena/math/statistics.h"

namespace catena {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kTurn = 2.0 * std::numbers::pi;
constexpr double kHalfBin = kTurn / 16.0;
// Said when a tenth of the stride or more cannot be told from noise.
constexpr double kUnsurePartToSay = 0.1;

struct Pair {
  const char* name;
  const char* label;
  const char* proximal;
  const char* distal;
  AnglePlane plane;
};

constexpr std::array<Pair, 5> kPairs = {{
    {"pelvis_low_back_sagittal", "pelvis and low back, side view", "pelvis_tilt",
     "low_back_extension", AnglePlane::kSagittal},
    {"pelvis_low_back_transverse", "pelvis and low back, from above", "pelvis_rotation",
     "low_back_rotation", AnglePlane::kTransverse},
    {"pelvis_trunk_transverse", "pelvis and trunk, from above", "pelvis_rotation", "trunk_rotation",
     AnglePlane::kTransverse},
    {"pelvis_thigh_sagittal", "pelvis and thigh, side view", "pelvis_tilt", "thigh_extension",
     AnglePlane::kSagittal},
    {"thigh_shank_sagittal", "thigh and shank, side view", "thigh_extension", "shank_angle",
     AnglePlane::kSagittal},
}};

/// One channel as coordination needs it.
struct Moving {
  const AngleChannel* channel = nullptr;
  Eigen::MatrixXd value_rad, speed_rad_s;  // (n_strides, 101)
  RoundStrides round;                      // (n_strides, 100)
  double noise_rad = 0.0;                  // SD of frames
};

/// The channels that any pair needs, smoothed together.
std::map<std::string, Moving> smoothed_channels(std::span<const AngleChannel> channels,
                                                const Eigen::VectorXd& time_s,
                                                const StrideCurves& strides,
                                                const CoordinationOptions& options) {
  std::map<std::string, Moving> moving;
  for (const Pair& pair : kPairs) {
    const AngleChannel* proximal = find_angle(channels, pair.proximal);
    const AngleChannel* distal = find_angle(channels, pair.distal);
    if (proximal == nullptr || distal == nullptr) continue;
    moving[pair.proximal].channel = proximal;
    moving[pair.distal].channel = distal;
  }
  if (moving.empty() || time_s.size() < 2) return {};
  Eigen::MatrixXd samples(time_s.size(), static_cast<Eigen::Index>(moving.size()));
  Eigen::Index column = 0;
  for (const auto& [name, one] : moving) samples.col(column++) = one.channel->angle_rad;
  const double rate_hz =
      static_cast<double>(time_s.size() - 1) / (time_s[time_s.size() - 1] - time_s[0]);
  const SplineDerivatives smooth = smoothing_spline(samples, rate_hz, options.cutoff_hz);
  const StrideSampler sampler(time_s, strides.strides);
  column = 0;
  for (auto& [name, one] : moving) {
    one.value_rad = sampler.sample(smooth.value.col(column));
    one.speed_rad_s = sampler.sample(smooth.first.col(column));
    one.round = hilbert_of(one.value_rad);
    const double shown = frame_noise_sd(samples.col(column));
    one.noise_rad =
        std::isnan(shown) ? options.noise_sd_rad : std::max(shown, options.noise_sd_rad);
    ++column;
  }
  return moving;
}

double range_of_mean(const Eigen::MatrixXd& strides) {
  const Eigen::RowVectorXd mean = strides.colwise().mean();
  return mean.maxCoeff() - mean.minCoeff();
}

/// Shares of the percents first to last - 1; NaN of none.
PatternShares shares_of(const Eigen::VectorXd& coupling_angle_rad, double first, double last) {
  PatternShares shares{};
  int n = 0;
  for (int percent = 0; percent < kStridePercents - 1; ++percent) {
    if (percent < first || percent >= last) continue;
    ++n;
    shares[static_cast<std::size_t>(coupling_pattern(coupling_angle_rad[percent]))] += 1.0;
  }
  for (double& share : shares) share = n > 0 ? share / n : kNan;
  return shares;
}

void code_vectors(const Eigen::MatrixXd& proximal, const Eigen::MatrixXd& distal,
                  double toe_off_percent, double level, Coupling& out) {
  const Eigen::ArrayXXd length =
      (proximal.array().square() + distal.array().square()).sqrt().max(1e-300);
  const CircularSummary circular =
      summarize_circular(proximal.array() / length, distal.array() / length, level);
  out.coupling_angle_rad =
      circular.mean_rad.unaryExpr([](double a) { return a < 0.0 ? a + kTurn : a; });
  out.coupling_sd_rad = circular.deviation_rad;
  out.coupling_variability_rad = circular.mean_deviation_rad;
  out.pattern_of_stride = shares_of(out.coupling_angle_rad, 0.0, 100.0);
  const bool known = std::isfinite(toe_off_percent);
  out.pattern_of_stance = shares_of(out.coupling_angle_rad, 0.0, known ? toe_off_percent : 0.0);
  out.pattern_of_swing = shares_of(out.coupling_angle_rad, known ? toe_off_percent : 100.0, 100.0);
}

/// How far noise turns the coupling angle of a single stride: the speed's noise across its
/// direction, over its length.
void weigh_noise(const Eigen::MatrixXd& proximal, const Eigen::MatrixXd& distal, double speed_noise,
                 Coupling& out) {
  const double proximal_noise = speed_noise * out.proximal_noise_rad;
  const double distal_noise = speed_noise * out.distal_noise_rad;
  out.coupling_noise_rad.resize(proximal.cols());
  int n_unsure = 0;
  double sum = 0.0;
  for (Eigen::Index k = 0; k < proximal.cols(); ++k) {
    const double p = proximal.col(k).mean();
    const double d = distal.col(k).mean();
    const double length_squared = p * p + d * d;
    const double across = std::hypot(d * proximal_noise, p * distal_noise);
    // A direction cannot be less known than not at all.
    const double noise_rad = length_squared > 0.0
                                 ? std::min(across / length_squared, std::numbers::sqrt2)
                                 : std::numbers::sqrt2;
    out.coupling_noise_rad[k] = noise_rad;
    n_unsure += noise_rad > kHalfBin ? 1 : 0;
    sum += noise_rad;
  }
  out.unsure_part = n_unsure / static_cast<double>(proximal.cols());
  out.noise_variability_rad = sum / static_cast<double>(proximal.cols());
}

/// How often the point goes round in a stride, of most strides: crossings of the half line ahead.
int cycles_of(const RoundStrides& strides) {
  std::map<int, int> count;
  const Eigen::Index n_percents = strides.along.cols();
  for (Eigen::Index i = 0; i < strides.along.rows(); ++i) {
    int turns = 0;
    Eigen::Index last = n_percents - 1;
    for (Eigen::Index k = 0; k < n_percents; last = k++) {
      const double from = strides.across(i, last);
      const double to = strides.across(i, k);
      if ((from < 0.0) == (to < 0.0)) continue;
      const double ahead = strides.along(i, last) * (to - from) -
                           (strides.along(i, k) - strides.along(i, last)) * from;
      // Along at the crossing, times how far across goes.
      if (from < 0.0 && ahead > 0.0) ++turns;
      if (from >= 0.0 && ahead < 0.0) --turns;
    }
    ++count[turns];
  }
  const auto most = std::max_element(
      count.begin(), count.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  return most == count.end() ? 0 : most->first;
}

/// The first instant again as the last.
Eigen::VectorXd closed(const Eigen::VectorXd& hundred) {
  Eigen::VectorXd out(hundred.size() + 1);
  out << hundred, hundred[0];
  return out;
}

RoundStrides rows_of(const RoundStrides& all, const std::vector<Eigen::Index>& rows) {
  return {all.along(rows, Eigen::all), all.across(rows, Eigen::all)};
}

void compare_phases(const RoundStrides& proximal, const RoundStrides& distal, double level,
                    Coupling& out) {
  out.proximal_cycles = cycles_of(proximal);
  out.distal_cycles = cycles_of(distal);
  // Noise turns the phase by its size over the amplitude, half the range.
  const auto is_told = [](double range_rad, double noise_rad) {
    return 2.0 * noise_rad < kHalfBin * range_rad;
  };
  out.phase_is_steady = out.proximal_cycles == out.distal_cycles && out.proximal_cycles > 0 &&
                        is_told(out.proximal_range_rad, out.proximal_noise_rad) &&
                        is_told(out.distal_range_rad, out.distal_noise_rad);
  // Direction of the proximal turned back by that of the distal.
  const Eigen::ArrayXXd cosine = proximal.along.array() * distal.along.array() +
                                 proximal.across.array() * distal.across.array();
  const Eigen::ArrayXXd sine = proximal.across.array() * distal.along.array() -
                               proximal.along.array() * distal.across.array();
  const Eigen::ArrayXXd length = (cosine.square() + sine.square()).sqrt().max(1e-300);
  const CircularSummary circular = summarize_circular(cosine / length, sine / length, level);
  out.relative_phase_rad = closed(circular.mean_rad);
  out.relative_phase_sd_rad = closed(circular.deviation_rad);
  out.mean_absolute_phase_rad = circular.mean_absolute_rad;
  out.phase_variability_rad = circular.mean_deviation_rad;
}

std::string word_of(const std::string& channel) {
  std::string word = channel;
  std::replace(word.begin(), word.end(), '_', ' ');
  return word;
}

void warn(Coupling& out) {
  if (!out.enough_for_pattern) {
    out.warnings.push_back(
        fmt::format("{}: {} strides; a mean pattern needs {} and variability {}.", out.label,
                    out.n_strides, kStridesForPattern, kStridesForVariability));
  } else if (!out.enough_for_variability) {
    out.warnings.push_back(fmt::format("{}: {} strides; variability needs {}.", out.label,
                                       out.n_strides, kStridesForVariability));
  }
  if (out.n_strides < 1) return;
  const bool proximal_less = out.proximal_range_rad < out.distal_range_rad;
  const std::string& least = proximal_less ? out.proximal : out.distal;
  const double range_rad = proximal_less ? out.proximal_range_rad : out.distal_range_rad;
  if (out.unsure_part >= kUnsurePartToSay) {
    out.warnings.push_back(fmt::format(
        "{}: {} moves by {:.1f} deg only. In {:.0f} % of the stride both turn so slowly that noise "
        "of {:.2f} and {:.2f} deg turns a stride's coupling angle by more than half a bin.",
        out.label, word_of(least), range_rad * kDegPerRad, 100.0 * out.unsure_part,
        out.proximal_noise_rad * kDegPerRad, out.distal_noise_rad * kDegPerRad));
  }
  const double found = out.coupling_variability_rad.value;
  if (found > 0.0 && 2.0 * std::pow(out.noise_variability_rad, 2) > found * found) {
    out.warnings.push_back(fmt::format(
        "{}: noise alone would make {:.1f} deg of the {:.1f} deg by which coupling angles vary.",
        out.label, out.noise_variability_rad * kDegPerRad, found * kDegPerRad));
  }
  if (out.phase_is_steady) return;
  if (out.proximal_cycles != out.distal_cycles) {
    out.warnings.push_back(fmt::format(
        "{}: {} goes back and forth {} times a stride and {} {} times: relative phase supposes as "
        "often and should not be read.",
        out.label, word_of(out.proximal), out.proximal_cycles, word_of(out.distal),
        out.distal_cycles));
  } else {
    out.warnings.push_back(fmt::format(
        "{}: {} moves by {:.1f} deg only, too little for its phase beside the noise: relative "
        "phase should not be read.",
        out.label, word_of(least), range_rad * kDegPerRad));
  }
}

/// Strides that are kept and known all the way in both.
std::vector<Eigen::Index> usable(const StrideCurves& strides, const Moving& a, const Moving& b) {
  std::vector<Eigen::Index> rows;
  for (std::size_t i = 0; i < strides.strides.size(); ++i) {
    const auto row = static_cast<Eigen::Index>(i);
    if (strides.left_out[i]) continue;
    if (!a.speed_rad_s.row(row).allFinite() || !b.speed_rad_s.row(row).allFinite()) continue;
    rows.push_back(row);
  }
  return rows;
}

}  // namespace

CouplingPattern coupling_pattern(double coupling_angle_rad) {
  // Opposite directions are one pattern: four bins around half a turn, the first about 0.
  const double half = std::fmod(coupling_angle_rad + kHalfBin, kTurn / 2);
  const int bin = static_cast<int>((half < 0.0 ? half + kTurn / 2 : half) / (2 * kHalfBin));
  constexpr std::array<CouplingPattern, 4> kBins = {
      CouplingPattern::kProximal, CouplingPattern::kInPhase, CouplingPattern::kDistal,
      CouplingPattern::kAntiPhase};
  return kBins[static_cast<std::size_t>(std::min(bin, 3))];
}

double frame_noise_sd(const Eigen::VectorXd& values) {
  constexpr double kMadToSd = 1.4826;            // of a normal sample
  const double of_difference = std::sqrt(70.0);  // 1, 4, 6, 4, 1
  std::vector<double> sizes;
  for (Eigen::Index k = 2; k + 2 < values.size(); ++k) {
    const double fourth =
        values[k - 2] - 4 * values[k - 1] + 6 * values[k] - 4 * values[k + 1] + values[k + 2];
    if (std::isfinite(fourth)) sizes.push_back(std::abs(fourth));
  }
  return kMadToSd * median(sizes) / of_difference;
}

double spline_speed_noise(double rate_hz, double cutoff_hz) {
  // Power of the derivative of white noise behind the amplitude 1 / (1 + a (f / cutoff)^6), which
  // is 1 / sqrt 2 at the cutoff: 2 / rate times the integral of (2 pi f)^2 amplitude^2.
  const double a = std::numbers::sqrt2 - 1.0;
  const double pi = std::numbers::pi;
  return std::sqrt(2.0 * pi * pi * pi * std::pow(cutoff_hz, 3) / (3.0 * std::sqrt(a) * rate_hz));
}

RoundStrides hilbert_of(const Eigen::MatrixXd& strides) {
  constexpr int kN = kStridePercents - 1;
  if (strides.rows() == 0) return {Eigen::MatrixXd(0, kN), Eigen::MatrixXd(0, kN)};
  RoundStrides out;
  const Eigen::RowVectorXd way = Eigen::RowVectorXd::LinSpaced(kN, 0.0, (kN - 1.0) / kN);
  out.along = strides.leftCols(kN) - (strides.col(kN) - strides.col(0)) * way;
  out.along.colwise() -=
      (0.5 * (out.along.rowwise().maxCoeff() + out.along.rowwise().minCoeff())).eval();
  // Transform of a period of even length: x convolved with 2 / n cot(pi k / n) at odd k.
  std::array<double, kN> weight{};
  for (int k = 1; k < kN; k += 2)
    weight[static_cast<std::size_t>(k)] = 2.0 / kN / std::tan(kTurn / 2 * k / kN);
  Eigen::MatrixXd transform(kN, kN);
  for (int from = 0; from < kN; ++from) {
    for (int to = 0; to < kN; ++to) {
      transform(from, to) = weight[static_cast<std::size_t>((to - from + kN) % kN)];
    }
  }
  out.across = out.along * transform;
  return out;
}

std::vector<Coupling> coordination(std::span<const AngleChannel> channels,
                                   const Eigen::VectorXd& time_s, const StrideCurves& strides,
                                   const CoordinationOptions& options) {
  const std::map<std::string, Moving> moving =
      smoothed_channels(channels, time_s, strides, options);
  std::vector<Coupling> couplings;
  for (const Pair& pair : kPairs) {
    const auto proximal = moving.find(pair.proximal);
    const auto distal = moving.find(pair.distal);
    if (proximal == moving.end() || distal == moving.end()) continue;
    Coupling out;
    out.name = pair.name;
    out.label = pair.label;
    out.proximal = pair.proximal;
    out.distal = pair.distal;
    out.plane = pair.plane;
    out.side = strides.side;
    const std::vector<Eigen::Index> rows = usable(strides, proximal->second, distal->second);
    out.n_strides = static_cast<int>(rows.size());
    out.enough_for_pattern = out.n_strides >= kStridesForPattern;
    out.enough_for_variability = out.n_strides >= kStridesForVariability;
    if (out.n_strides > 0) {
      const auto of = [&](const Eigen::MatrixXd& all) {
        return Eigen::MatrixXd(all(rows, Eigen::all));
      };
      const Eigen::MatrixXd p = of(proximal->second.speed_rad_s);
      const Eigen::MatrixXd d = of(distal->second.speed_rad_s);
      const Eigen::MatrixXd p_rad = of(proximal->second.value_rad);
      const Eigen::MatrixXd d_rad = of(distal->second.value_rad);
      out.proximal_range_rad = range_of_mean(p_rad);
      out.distal_range_rad = range_of_mean(d_rad);
      out.proximal_noise_rad = proximal->second.noise_rad;
      out.distal_noise_rad = distal->second.noise_rad;
      code_vectors(p, d, strides.mean_toe_off_percent, options.interval_level, out);
      const double rate_hz =
          static_cast<double>(time_s.size() - 1) / (time_s[time_s.size() - 1] - time_s[0]);
      weigh_noise(p, d, spline_speed_noise(rate_hz, options.cutoff_hz), out);
      compare_phases(rows_of(proximal->second.round, rows), rows_of(distal->second.round, rows),
                     options.interval_level, out);
    }
    warn(out);
    couplings.push_back(std::move(out));
  }
  return couplings;
}

}  // namespace catena
