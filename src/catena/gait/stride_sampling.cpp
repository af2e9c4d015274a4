#include "catena/gait/stride_sampling.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace catena {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

/// Lagrange's cubic through -1, 0, 1, 2 at u in [0, 1].
std::array<double, 4> cubic_weights(double u) {
  return {-u * (u - 1) * (u - 2) / 6, (u + 1) * (u - 1) * (u - 2) / 2, -(u + 1) * u * (u - 2) / 2,
          (u + 1) * u * (u - 1) / 6};
}

/// Between two known samples of which an outer neighbour is lost: parabola, else straight line.
double beside_lost(double before, double left, double right, double after, double u) {
  if (u == 0.0) return left;
  const double line = left + u * (right - left);
  if (std::isfinite(before)) return line + u * (u - 1) / 2 * (before - 2 * left + right);
  if (std::isfinite(after)) return line + u * (u - 1) / 2 * (left - 2 * right + after);
  return line;
}

double between(const double* values, Eigen::Index n, Eigen::Index frame, double part) {
  const double before = frame > 0 ? values[frame - 1] : kNan;
  const double right = frame + 1 < n ? values[frame + 1] : kNan;
  const double after = frame + 2 < n ? values[frame + 2] : kNan;
  return beside_lost(before, values[frame], right, after, part);
}

}  // namespace

double value_between(const Eigen::Ref<const Eigen::VectorXd>& values, double place) {
  const Eigen::Index n = values.size();
  if (!(place >= 0.0) || !(place <= static_cast<double>(n - 1))) return kNan;
  const auto frame = static_cast<Eigen::Index>(place);
  const double part = place - static_cast<double>(frame);
  if (frame > 0 && frame + 2 < n) {
    const std::array<double, 4> w = cubic_weights(part);
    const double cubic = w[0] * values[frame - 1] + w[1] * values[frame] +
                         w[2] * values[frame + 1] + w[3] * values[frame + 2];
    if (std::isfinite(cubic)) return cubic;
  }
  return between(values.data(), n, frame, part);
}

StrideSampler::StrideSampler(const Eigen::VectorXd& time_s, std::span<const Stride> strides)
    : n_strides_(static_cast<Eigen::Index>(strides.size())), n_frames_(time_s.size()) {
  places_.resize(strides.size() * kStridePercents);
  const double first_s = n_frames_ > 0 ? time_s[0] : 0.0;
  const double rate_hz =
      n_frames_ > 1 ? static_cast<double>(n_frames_ - 1) / (time_s[n_frames_ - 1] - first_s) : 1.0;
  // Rounding of times must not put an instant on the first or last frame outside.
  constexpr double kSlack = 1e-6;
  const auto last = static_cast<double>(n_frames_ - 1);
  std::size_t k = 0;
  for (const Stride& stride : strides) {
    for (int percent = 0; percent < kStridePercents; ++percent, ++k) {
      const double at_s = stride.from_s + (stride.to_s - stride.from_s) * percent / 100.0;
      double frame = (at_s - first_s) * rate_hz;
      if (!(frame >= -kSlack && frame <= last + kSlack)) {
        places_[k].frame = -1;
        continue;
      }
      frame = std::clamp(frame, 0.0, last);
      places_[k].frame = static_cast<Eigen::Index>(frame);
      places_[k].part = frame - static_cast<double>(places_[k].frame);
      places_[k].weights = cubic_weights(places_[k].part);
    }
  }
}

Eigen::MatrixXd StrideSampler::sample(const Eigen::VectorXd& values) const {
  Eigen::MatrixXd sampled(n_strides_, kStridePercents);
  std::size_t k = 0;
  for (Eigen::Index i = 0; i < n_strides_; ++i) {
    for (int percent = 0; percent < kStridePercents; ++percent, ++k) {
      const Place& place = places_[k];
      double value = kNan;
      if (place.frame > 0 && place.frame + 2 < n_frames_) {
        const double* v = values.data() + place.frame - 1;
        value = place.weights[0] * v[0] + place.weights[1] * v[1] + place.weights[2] * v[2] +
                place.weights[3] * v[3];
      }
      if (!std::isfinite(value) && place.frame >= 0) {
        value = between(values.data(), n_frames_, place.frame, place.part);
      }
      sampled(i, percent) = value;
    }
  }
  return sampled;
}

CurvePeak highest(const Eigen::Ref<const Eigen::RowVectorXd>& curve, int first_percent,
                  int last_percent) {
  const auto part = curve.segment(first_percent, last_percent - first_percent + 1);
  if (part.size() == 0 || !part.allFinite()) return {kNan, kNan};
  Eigen::Index at = 0;
  double value = part.maxCoeff(&at);
  double percent = static_cast<double>(at + first_percent);
  const Eigen::Index k = at + first_percent;
  if (at > 0 && at + 1 < part.size()) {
    const double slope = (curve[k + 1] - curve[k - 1]) / 2;
    const double bend = curve[k + 1] - 2 * curve[k] + curve[k - 1];
    if (bend < 0.0) {
      percent -= slope / bend;
      value -= slope * slope / (2 * bend);
    }
  }
  return {value, percent};
}

CurvePeak lowest(const Eigen::Ref<const Eigen::RowVectorXd>& curve, int first_percent,
                 int last_percent) {
  const Eigen::RowVectorXd turned = -curve;
  const CurvePeak peak = highest(turned, first_percent, last_percent);
  return {-peak.value, peak.percent};
}

}  // namespace catena
