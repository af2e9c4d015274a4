#include "catena/validation/answer_score.h"

#include <Eigen/Core>
#include <Eigen/LU>
#include <algorithm>
#include <cmath>
#include <limits>

namespace catena {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

double kept_off_the_ends(double probability) { return std::clamp(probability, 1e-3, 1.0 - 1e-3); }

/// By ranks; equal probabilities share theirs.
double area_under_curve(std::vector<StatedProbability> stated) {
  std::ranges::sort(stated, {}, &StatedProbability::probability);
  double ranks_of_present = 0.0;
  double n_present = 0.0;
  for (std::size_t first = 0; first < stated.size();) {
    std::size_t end = first;
    while (end < stated.size() && stated[end].probability == stated[first].probability) ++end;
    const double rank = 0.5 * static_cast<double>(first + 1 + end);
    for (; first < end; ++first) {
      if (!stated[first].present) continue;
      ranks_of_present += rank;
      n_present += 1.0;
    }
  }
  const double n_absent = static_cast<double>(stated.size()) - n_present;
  if (n_present == 0.0 || n_absent == 0.0) return kNan;
  return (ranks_of_present - 0.5 * n_present * (n_present + 1.0)) / (n_present * n_absent);
}

}  // namespace

ProbabilityScore score_probabilities(std::span<const StatedProbability> stated) {
  ProbabilityScore score;
  score.n = static_cast<int>(stated.size());
  const double n = score.n;
  for (const auto& [probability, present] : stated) {
    const auto step = static_cast<std::size_t>(std::clamp(10.0 * probability, 0.0, 9.0));
    ProbabilityBin& bin = score.bins.at(step);
    ++bin.n;
    bin.stated += probability;
    bin.present += present ? 1.0 : 0.0;
    score.base_rate += (present ? 1.0 : 0.0) / n;
    const double error = probability - (present ? 1.0 : 0.0);
    score.brier += error * error / n;
  }
  for (ProbabilityBin& bin : score.bins) {
    score.calibration_error += std::abs(bin.stated - bin.present) / n;
    bin.stated /= bin.n;  // NaN where there is none
    bin.present /= bin.n;
  }
  const double of_base_rate = score.base_rate * (1.0 - score.base_rate);
  score.brier_skill = of_base_rate > 0.0 ? 1.0 - score.brier / of_base_rate : kNan;
  score.area_under_curve = area_under_curve({stated.begin(), stated.end()});
  if (stated.empty()) score.base_rate = score.calibration_error = score.brier = kNan;
  return score;
}

Recalibration fit_recalibration(std::span<const StatedProbability> stated) {
  const auto n_present = std::ranges::count(stated, true, &StatedProbability::present);
  if (n_present == 0 || n_present == std::ssize(stated)) return {};
  Eigen::Vector2d fitted(0.0, 1.0);
  constexpr int kSteps = 50;
  for (int k = 0; k < kSteps; ++k) {
    Eigen::Vector2d gradient = Eigen::Vector2d::Zero();
    // A touch of it keeps the step finite where all log odds are alike.
    Eigen::Matrix2d curvature = 1e-9 * Eigen::Matrix2d::Identity();
    for (const auto& [probability, present] : stated) {
      const double p = kept_off_the_ends(probability);
      const Eigen::Vector2d x(1.0, std::log(p / (1.0 - p)));
      const double now = 1.0 / (1.0 + std::exp(-fitted.dot(x)));
      gradient += ((present ? 1.0 : 0.0) - now) * x;
      curvature += now * (1.0 - now) * x * x.transpose();
    }
    const Eigen::Vector2d step = curvature.inverse() * gradient;
    fitted += step;
    if (step.norm() < 1e-10) break;
  }
  return {fitted[0], fitted[1]};
}

double recalibrated(double probability, const Recalibration& by) {
  const double p = kept_off_the_ends(probability);
  return 1.0 / (1.0 + std::exp(-by.shift - by.slope * std::log(p / (1.0 - p))));
}

double bits_gained(double before, double after, bool present) {
  const auto of_truth = [present](double probability) {
    const double p = kept_off_the_ends(probability);
    return present ? p : 1.0 - p;
  };
  return std::log2(of_truth(after) / of_truth(before));
}

}  // namespace catena
