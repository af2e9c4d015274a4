#include "catena/findings/expected_information.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace catena {
namespace {

// More draws say no more of a tenth, and cost.
constexpr Eigen::Index kDraws = 400;
constexpr int kReadings = 41;

double entropy_bits(double p) {
  const auto term = [](double q) { return q > 0.0 ? -q * std::log2(q) : 0.0; };
  return term(p) + term(1.0 - p);
}

/// From how often each reading, low to high, comes without the pattern and with it: (n, 2), sums to
/// one.
Expected expect_of(const Eigen::MatrixXd& chance, const PatternAssumptions& assumptions) {
  Expected expected;
  expected.bits = entropy_bits(chance.col(1).sum());
  for (Eigen::Index k = 0; k < chance.rows(); ++k) {
    const double here = chance.row(k).sum();
    if (here > 0.0) expected.bits -= here * entropy_bits(chance(k, 1) / here);
  }
  expected.bits = std::max(0.0, expected.bits);
  const auto after_tenth = [&](Eigen::Index first, Eigen::Index step) {
    constexpr double kTenth = 0.1;
    Eigen::RowVector2d seen = Eigen::RowVector2d::Zero();
    for (Eigen::Index k = first; k >= 0 && k < chance.rows() && seen.sum() < kTenth; k += step) {
      seen += chance.row(k);
    }
    return recalibrated(seen[1] / seen.sum(), assumptions);
  };
  expected.if_low_probability = after_tenth(0, 1);
  expected.if_high_probability = after_tenth(chance.rows() - 1, -1);
  return expected;
}

/// Adds up how often each reading is to be expected.
///
/// likelihood of a draw and a reading
template <class Likelihood>
Eigen::MatrixXd chance_of(const Pattern& pattern, const Eigen::VectorXd& readings,
                          const PatternAssumptions& assumptions, const Likelihood& likelihood) {
  Eigen::MatrixXd chance = Eigen::MatrixXd::Zero(readings.size(), 2);
  const Eigen::Index step = std::max<Eigen::Index>(1, pattern.weight.size() / kDraws);
  for (Eigen::Index i = 0; i < pattern.weight.size(); i += step) {
    const Eigen::Index column = is_present(pattern, i, assumptions) ? 1 : 0;
    Eigen::VectorXd of_draw(readings.size());
    for (Eigen::Index k = 0; k < readings.size(); ++k) of_draw[k] = likelihood(i, readings[k]);
    const double sum = of_draw.sum();
    if (sum > 0.0) chance.col(column) += pattern.weight[i] / sum * of_draw;
  }
  return chance / chance.sum();
}

/// A reading that may say nothing of the running hip moves nothing then.
Eigen::MatrixXd as_far_as_it_speaks(Eigen::MatrixXd chance, double speaks) {
  const double before = chance.col(1).sum();
  for (Eigen::Index k = 0; k < chance.rows(); ++k) {
    const double here = chance.row(k).sum();
    const double present = speaks * chance(k, 1) + (1.0 - speaks) * before * here;
    chance.row(k) << here - present, present;
  }
  return chance;
}

}  // namespace

Expected expect_hip_end(const Pattern& pattern, Side side, const HipEnd& end,
                        const PatternAssumptions& assumptions) {
  if (pattern.weight.size() == 0 || !pattern.known.at(side)) return {};
  double low = std::numeric_limits<double>::infinity();
  double high = -low;
  for (Eigen::Index i = 0; i < pattern.weight.size(); ++i) {
    const double stop = pattern.stop_rad(i, side);
    low = std::min(low, std::isfinite(stop) ? stop : pattern.use_rad(i, side));
    high = std::max(high, pattern.use_rad(i, side));
  }
  const Eigen::VectorXd readings =
      Eigen::VectorXd::LinSpaced(kReadings, low - 3.0 * end.sd_rad,
                                 high + 3.0 * std::hypot(end.sd_rad, assumptions.spare_sd_rad));
  const Eigen::MatrixXd chance =
      chance_of(pattern, readings, assumptions, [&](Eigen::Index i, double reading) {
        return end_likelihood(reading, pattern.stop_rad(i, side), pattern.use_rad(i, side), end,
                              assumptions);
      });
  return expect_of(as_far_as_it_speaks(chance, end.speaks), assumptions);
}

Expected expect_relief(const Pattern& pattern, double sd_rad, double speaks,
                       const PatternAssumptions& assumptions) {
  if (pattern.weight.size() == 0 || !(sd_rad > 0.0)) return {};
  const Eigen::VectorXd relief = pattern.relief_rad.rowwise().maxCoeff();
  const Eigen::VectorXd readings = Eigen::VectorXd::LinSpaced(
      kReadings, relief.minCoeff() - 3.0 * sd_rad, relief.maxCoeff() + 3.0 * sd_rad);
  const Eigen::MatrixXd chance =
      chance_of(pattern, readings, assumptions, [&](Eigen::Index i, double reading) {
        const double z = (reading - relief[i]) / sd_rad;
        return std::exp(-0.5 * z * z);
      });
  return expect_of(as_far_as_it_speaks(chance, speaks), assumptions);
}

Expected expect_low_back_part(const Pattern& pattern, const PatternAssumptions& assumptions) {
  if (pattern.weight.size() == 0 || pattern.low_back_part.size() == 0) return {};
  // Once seen it is known to about a tenth.
  constexpr int kParts = 7;
  const double least = pattern.low_back_part.minCoeff();
  const double most = pattern.low_back_part.maxCoeff();
  const auto place = [&](double part) {
    const double along = most > least ? (part - least) / (most - least) : 0.0;
    return std::min<int>(kParts - 1, static_cast<int>(kParts * along));
  };
  const Eigen::VectorXd parts = Eigen::VectorXd::LinSpaced(kParts, 0.0, kParts - 1.0);
  return expect_of(chance_of(pattern, parts, assumptions,
                             [&](Eigen::Index i, double part) {
                               const int at = place(pattern.low_back_part[i]);
                               return static_cast<int>(std::lround(part)) == at ? 1.0 : 0.0;
                             }),
                   assumptions);
}

}  // namespace catena
