#include "catena/math/butterworth.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>

namespace catena {
namespace {

// y[n] = b0 x[n] + b1 x[n-1] + b2 x[n-2] - a1 y[n-1] - a2 y[n-2]
struct Section {
  double b0 = 1.0, b1 = 0.0, b2 = 0.0, a1 = 0.0, a2 = 0.0;
};

Section butterworth_section(double rate_hz, double cutoff_hz) {
  // n passes over the same section: the cutoff falls by (2^(1/n) - 1)^(1/4), here 0.802.
  const double pass_correction = std::pow(std::numbers::sqrt2 - 1.0, 0.25);
  const double k = std::tan(std::numbers::pi * cutoff_hz / rate_hz) / pass_correction;
  const double norm = 1.0 / (1.0 + std::numbers::sqrt2 * k + k * k);
  Section section;
  section.b0 = k * k * norm;
  section.b1 = 2.0 * section.b0;
  section.b2 = section.b0;
  section.a1 = 2.0 * (k * k - 1.0) * norm;
  section.a2 = (1.0 - std::numbers::sqrt2 * k + k * k) * norm;
  return section;
}

// One pass, in place, started as if the first sample had been there for ever.
void run_section(const Section& s, Eigen::VectorXd& x) {
  double state1 = (1.0 - s.b0) * x(0);
  double state2 = (s.b2 - s.a2) * x(0);
  for (double& sample : x) {
    const double in = sample;
    const double out = s.b0 * in + state1;
    state1 = s.b1 * in - s.a1 * out + state2;
    state2 = s.b2 * in - s.a2 * out;
    sample = out;
  }
}

// Continues a signal beyond both ends by turning it about its end point, which keeps value and
// slope there.
Eigen::VectorXd with_odd_reflection(const Eigen::Ref<const Eigen::VectorXd>& x, Eigen::Index pad) {
  const Eigen::Index n = x.size();
  Eigen::VectorXd padded(n + 2 * pad);
  padded.segment(pad, n) = x;
  for (Eigen::Index k = 1; k <= pad; ++k) {
    padded(pad - k) = 2.0 * x(0) - x(k);
    padded(pad + n - 1 + k) = 2.0 * x(n - 1) - x(n - 1 - k);
  }
  return padded;
}

Eigen::VectorXd filter_known(const Section& section, const Eigen::Ref<const Eigen::VectorXd>& x,
                             Eigen::Index pad_wanted) {
  const Eigen::Index pad = std::min(pad_wanted, x.size() - 1);
  Eigen::VectorXd padded = with_odd_reflection(x, pad);
  run_section(section, padded);
  padded.reverseInPlace();
  run_section(section, padded);
  padded.reverseInPlace();
  return padded.segment(pad, x.size());
}

}  // namespace

Eigen::VectorXd low_pass_zero_lag(const Eigen::Ref<const Eigen::VectorXd>& signal, double rate_hz,
                                  double cutoff_hz) {
  assert(rate_hz > 0.0 && cutoff_hz > 0.0);
  if (cutoff_hz >= 0.5 * rate_hz) return signal;

  // After two periods of the cutoff the section has forgotten its start to 1e-4 of it.
  const Section section = butterworth_section(rate_hz, cutoff_hz);
  const auto pad = static_cast<Eigen::Index>(std::ceil(2.0 * rate_hz / cutoff_hz)) + 6;

  // Each run of known samples by itself.
  Eigen::VectorXd filtered = signal;
  Eigen::Index begin = 0;
  while (begin < signal.size()) {
    if (!std::isfinite(signal(begin))) {
      ++begin;
      continue;
    }
    Eigen::Index end = begin;
    while (end < signal.size() && std::isfinite(signal(end))) ++end;
    filtered.segment(begin, end - begin) =
        filter_known(section, signal.segment(begin, end - begin), pad);
    begin = end;
  }
  return filtered;
}

}  // namespace catena
