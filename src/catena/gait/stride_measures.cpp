#include "catena/gait/stride_measures.h"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <numbers>

#include "catena/math/statistics.h"

namespace catena {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

// The part of a contact over which a foot stands still: the front is down, the heel not yet up.
constexpr double kStandsFrom = 0.30;
constexpr double kStandsTo = 0.50;
constexpr int kStandSamples = 9;
// For a slope the longer the better. A belt gives way as a foot lands on it and catches up again:
// on the public treadmill of Fukuchi et al. 2017 by 3 and 2 %, all markers of the foot alike. From
// a fifth to three fifths of the contact the two nearly cancel; what is left is in the error.
constexpr double kSlopeFrom = 0.20;
constexpr double kSlopeTo = 0.60;
constexpr double kFootSpeedError = 0.015;
constexpr std::size_t kFewestContacts = 3;
constexpr int kHarmonics = 4;

/// A path read between its frames.
class Path {
 public:
  Path(const Eigen::MatrixX3d& places_m, const GaitPoints& points)
      : places_m_(places_m),
        first_s_(points.time_s.size() > 0 ? points.time_s[0] : 0.0),
        rate_hz_(points.rate_hz) {}

  [[nodiscard]] bool exists() const { return places_m_.rows() > 0; }

  /// A cubic through the four frames around; a straight line where the outer two are not there.
  [[nodiscard]] Eigen::RowVector3d at(double time_s) const {
    const Eigen::RowVector3d none = Eigen::RowVector3d::Constant(kNaN);
    const double frame = (time_s - first_s_) * rate_hz_;
    const auto last = static_cast<double>(places_m_.rows() - 1);
    // A thousandth of a frame beyond the ends is rounding. Negated for NaN.
    if (!(frame > -1e-3 && frame < last + 1e-3) || last < 1.0) return none;
    const auto i = static_cast<Eigen::Index>(std::clamp(std::floor(frame), 0.0, last - 1.0));
    const double u = frame - static_cast<double>(i);
    // On a frame the next one may be lost.
    if (std::abs(u) < 1e-9) return places_m_.row(i);
    const Eigen::RowVector3d b = places_m_.row(i);
    const Eigen::RowVector3d c = places_m_.row(i + 1);
    if (i > 0 && i + 2 < places_m_.rows()) {
      const Eigen::RowVector3d a = places_m_.row(i - 1);
      const Eigen::RowVector3d d = places_m_.row(i + 2);
      // Of a runner seen from one side z is lost throughout.
      if (!std::isnan(a[0]) && !std::isnan(d[0])) {
        return b + 0.5 * u * (c - a + u * (2 * a - 5 * b + 4 * c - d + u * (3 * (b - c) + d - a)));
      }
    }
    return b + u * (c - b);
  }

 private:
  const Eigen::MatrixX3d& places_m_;
  double first_s_, rate_hz_;
};

/// z is not known of a runner seen from one side; its NaN must not hide x and y.
Eigen::RowVector3d in_plane(Eigen::RowVector3d place, bool is_planar) {
  if (is_planar) place[2] = 0.0;
  return place;
}

/// What goes up and down with the pelvis and lies in its middle: between the hip centres where
/// these are seen about as often as the pelvis. A marker 8 cm to the side of it goes up and down by
/// another centimetre as the pelvis lists, more on one foot and less on the other.
Eigen::MatrixX3d middle_of_pelvis(const GaitPoints& points) {
  constexpr double kSeenAsOften = 0.9;
  if (points.hip_m[0].rows() == 0 || points.hip_m[1].rows() == 0) return points.pelvis_m;
  Eigen::MatrixX3d middle_m = 0.5 * (points.hip_m[0] + points.hip_m[1]);
  const auto n_seen = [](const Eigen::MatrixX3d& path) {
    return static_cast<double>((!path.col(1).array().isNaN()).count());
  };
  const bool seen =
      n_seen(middle_m) > 0.0 && n_seen(middle_m) >= kSeenAsOften * n_seen(points.pelvis_m);
  return seen ? middle_m : points.pelvis_m;
}

/// Everything that a stride's measures are read from.
class StrideMeter {
 public:
  StrideMeter(const GaitPoints& points, const BeltSpeed& belt)
      : points_(points),
        middle_m_(middle_of_pelvis(points)),
        belt_(belt),
        pelvis_(points.pelvis_m, points),
        heel_{Path(points.heel_m[0], points), Path(points.heel_m[1], points)},
        toe_{Path(points.toe_m[0], points), Path(points.toe_m[1], points)},
        hip_{Path(points.hip_m[0], points), Path(points.hip_m[1], points)} {}

  [[nodiscard]] StrideValues measure(const Stride& stride) const {
    StrideValues out;
    out.stride = stride;
    out.value.fill(kNaN);
    measure_times(out);
    measure_lengths(out);
    measure_heights(out);
    measure_overstride(out);
    measure_speed(out);
    // What a belt of known speed adds does not rest on the scale of the points.
    std::array<double, kMeasureCount> by_belt{};
    if (!belt_.by_points) {
      by_belt[kStrideLength] = belt_.way_m(stride.to_s) - belt_.way_m(stride.from_s);
      by_belt[kStepLength] = belt_.way_m(stride.to_s) - belt_.way_m(stride.other_contact_s);
      by_belt[kSpeed] = by_belt[kStrideLength] / (stride.to_s - stride.from_s);
    }
    for (std::size_t k = 0; k < kMeasureCount; ++k) {
      if (!applies(static_cast<StrideMeasure>(k), stride.gait)) out.value.at(k) = kNaN;
      if (!kMeasures.at(k).is_distance || std::isnan(out.value.at(k))) continue;
      const double of_scale = points_.length_sd * (out.value.at(k) - by_belt.at(k));
      out.common_sd.at(k) = std::hypot(out.common_sd.at(k), of_scale);
    }
    return out;
  }

  /// How fast the foot's front goes backwards in the middle of a contact.
  [[nodiscard]] double foot_speed_m_s(const Stride& stride) const {
    const Path& path = toe_[stride.side].exists() ? toe_[stride.side] : heel_[stride.side];
    if (!path.exists()) return kNaN;
    const double contact_s = stride.toe_off_s - stride.from_s;
    double sum_tx = 0.0;
    double sum_tt = 0.0;
    for (int k = 0; k < kStandSamples; ++k) {
      const double middle = k / (kStandSamples - 1.0) - 0.5;
      const double part = kSlopeFrom + (kSlopeTo - kSlopeFrom) * (middle + 0.5);
      sum_tx += middle * path.at(stride.from_s + part * contact_s)[0];
      sum_tt += middle * middle;
    }
    return -sum_tx / sum_tt / ((kSlopeTo - kSlopeFrom) * contact_s);
  }

 private:
  void measure_times(StrideValues& out) const {
    const Stride& s = out.stride;
    const double stride_s = s.to_s - s.from_s;
    const double contact_s = s.toe_off_s - s.from_s;
    const double contact_sd_s = std::hypot(s.from_sd_s, s.toe_off_sd_s);
    out.value[kStrideTime] = stride_s;
    out.value[kCadence] = 2.0 * 60.0 / stride_s;
    out.value[kStepTime] = s.to_s - s.other_contact_s;
    out.value[kContactTime] = contact_s;
    out.value[kFlightTime] = s.other_contact_s - s.toe_off_s;
    out.value[kDoubleSupport] = (s.other_toe_off_s - s.from_s) + (s.toe_off_s - s.other_contact_s);
    out.value[kDutyFactor] = contact_s / stride_s;
    // An error that all contacts of a foot share cancels between two of them, not between feet. Of
    // the other foot's events no error is known here: they are found in the same way.
    out.side_sd[kStepTime] = std::hypot(s.to_sd_s, s.from_sd_s);
    out.side_sd[kContactTime] = contact_sd_s;
    out.side_sd[kFlightTime] = contact_sd_s;
    out.side_sd[kDoubleSupport] = std::sqrt(2.0) * contact_sd_s;
    out.side_sd[kDutyFactor] = contact_sd_s / stride_s;
  }

  /// Where a foot is, on the belt or the ground, on the mean over parts of a contact.
  [[nodiscard]] Eigen::RowVector3d place(Side side, double contact_s, double duration_s,
                                         double from_part, double to_part) const {
    Eigen::RowVector3d sum = Eigen::RowVector3d::Zero();
    const Path& heel = heel_[side];
    const Path& toe = toe_[side];
    if (!heel.exists() && !toe.exists()) return sum * kNaN;
    for (int k = 0; k < kStandSamples; ++k) {
      const double part = from_part + (to_part - from_part) * k / (kStandSamples - 1.0);
      const double time_s = contact_s + part * duration_s;
      // Both where both are known: neither end of the foot stands for the whole time.
      const Eigen::RowVector3d back = heel.exists() ? heel.at(time_s) : toe.at(time_s);
      const Eigen::RowVector3d front = toe.exists() ? toe.at(time_s) : heel.at(time_s);
      sum += in_plane(0.5 * (back + front), points_.is_planar);
      sum[0] += belt_.way_m(time_s);
    }
    return sum / kStandSamples;
  }

  struct Places {
    Eigen::RowVector3d from, to, other;
    [[nodiscard]] bool are_known() const { return !(from + to + other).hasNaN(); }
  };

  /// Where the feet stand. Where that is not seen of all three contacts, as of the last one of a
  /// short recording, where they land: all three alike, so that the foot's own turn cancels.
  [[nodiscard]] Places places_of(const Stride& s) const {
    const double contact_s = s.toe_off_s - s.from_s;
    const Side other = s.side == kRight ? kLeft : kRight;
    const auto places = [&](double from_part, double to_part) -> Places {
      return {place(s.side, s.from_s, contact_s, from_part, to_part),
              place(s.side, s.to_s, contact_s, from_part, to_part),
              place(other, s.other_contact_s, contact_s, from_part, to_part)};
    };
    const Places standing = places(kStandsFrom, kStandsTo);
    return standing.are_known() ? standing : places(0.0, 0.0);
  }

  /// The way is the line from this foot's place to its next one, as in Huxham et al. 2006: a frame
  /// that lies a degree off would shift the width by 2 cm, one way on the right, the other on the
  /// left.
  void measure_lengths(StrideValues& out) const {
    const Stride& s = out.stride;
    const auto [from, to, other] = places_of(s);
    const Eigen::Vector2d way(to[0] - from[0], to[2] - from[2]);
    const double length_m = way.norm();
    const Eigen::Vector2d along = way / length_m;
    const Eigen::Vector2d step(to[0] - other[0], to[2] - other[2]);
    out.value[kStrideLength] = length_m;
    out.value[kStepLength] = step.dot(along);
    // To the right of (x, z) is (-z, x).
    const double right_of_other_m = step.dot(Eigen::Vector2d(-along[1], along[0]));
    if (!points_.is_planar) {
      out.value[kStepWidth] = s.side == kRight ? right_of_other_m : -right_of_other_m;
    }
    out.common_sd[kStrideLength] = belt_.sd_m_s * (s.to_s - s.from_s);
    out.common_sd[kStepLength] = belt_.sd_m_s * std::abs(s.to_s - s.other_contact_s);
  }

  /// Height of the pelvis as a slope and four harmonics over the stride: noise and frames that lie
  /// beside the turning points leave its range as it is.
  void measure_heights(StrideValues& out) const {
    const Stride& s = out.stride;
    if (middle_m_.rows() == 0 || std::isnan(s.other_contact_s)) return;
    constexpr int kTerms = 2 + 2 * kHarmonics;
    const auto basis = [&](double phase) {
      Eigen::Matrix<double, kTerms, 1> b;
      b[0] = 1.0;
      b[1] = phase - 0.5;
      for (int k = 1; k <= kHarmonics; ++k) {
        const double angle = 2.0 * std::numbers::pi * k * phase;
        b[2 * k] = std::cos(angle);
        b[2 * k + 1] = std::sin(angle);
      }
      return b;
    };
    Eigen::Matrix<double, kTerms, kTerms> normal = Eigen::Matrix<double, kTerms, kTerms>::Zero();
    Eigen::Matrix<double, kTerms, 1> right = Eigen::Matrix<double, kTerms, 1>::Zero();
    const double first_s = points_.time_s[0];
    const double stride_s = s.to_s - s.from_s;
    const auto begin = static_cast<Eigen::Index>(
        std::max(0.0, std::ceil((s.from_s - first_s) * points_.rate_hz - 1e-6)));
    const auto end = std::min<Eigen::Index>(
        middle_m_.rows(),
        static_cast<Eigen::Index>(std::ceil((s.to_s - first_s) * points_.rate_hz - 1e-6)));
    Eigen::Index n = 0;
    for (Eigen::Index i = begin; i < end; ++i) {
      const double height_m = middle_m_(i, 1);
      if (std::isnan(height_m)) continue;
      const auto b = basis((points_.time_s[i] - s.from_s) / stride_s);
      normal += b * b.transpose();
      right += b * height_m;
      ++n;
    }
    // Four fifths of the frames, and more of them than terms.
    if (n <= kTerms || 5 * n < 4 * (end - begin) ||
        static_cast<double>(n) < 0.8 * stride_s * points_.rate_hz) {
      return;
    }
    Eigen::Matrix<double, kTerms, 1> height = normal.ldlt().solve(right);
    height[1] = 0.0;  // a path that rises is no bounce
    const double step_part = (s.other_contact_s - s.from_s) / stride_s;
    double lowest = std::numeric_limits<double>::infinity();
    double highest = -lowest;
    constexpr int kSamples = 60;
    for (int k = 0; k <= kSamples; ++k) {
      const double height_m = height.dot(basis(step_part * k / kSamples));
      lowest = std::min(lowest, height_m);
      highest = std::max(highest, height_m);
    }
    out.value[kVerticalOscillation] = highest - lowest;
  }

  void measure_overstride(StrideValues& out) const {
    const Stride& s = out.stride;
    const Path& heel = heel_[s.side];
    const Path& hip = hip_[s.side];
    if (!heel.exists() || !hip.exists()) return;
    const auto ahead_m = [&](double time_s) { return heel.at(time_s)[0] - hip.at(time_s)[0]; };
    out.value[kOverstride] = ahead_m(s.from_s);
    // The heel comes back under the hip at about the runner's speed: 5 ms are 2 cm.
    const double step_s = 0.5 / points_.rate_hz;
    const double speed_m_s = (ahead_m(s.from_s + step_s) - ahead_m(s.from_s - step_s)) / step_s / 2;
    out.side_sd[kOverstride] = std::abs(speed_m_s) * s.from_sd_s;
    if (std::isnan(speed_m_s)) out.value[kOverstride] = kNaN;
  }

  void measure_speed(StrideValues& out) const {
    const Stride& s = out.stride;
    if (!pelvis_.exists()) return;
    const double on_belt_m = (pelvis_.at(s.to_s) - pelvis_.at(s.from_s))[0];
    const double of_belt_m = belt_.way_m(s.to_s) - belt_.way_m(s.from_s);
    out.value[kSpeed] = (on_belt_m + of_belt_m) / (s.to_s - s.from_s);
    out.common_sd[kSpeed] = belt_.sd_m_s;
  }

  const GaitPoints& points_;
  Eigen::MatrixX3d middle_m_;  // of the pelvis, for heights
  BeltSpeed belt_;
  Path pelvis_;
  std::array<Path, 2> heel_, toe_, hip_;
};

}  // namespace

bool applies(StrideMeasure measure, Gait gait) {
  if (measure == kFlightTime) return gait == Gait::kRunning;
  if (measure == kDoubleSupport) return gait == Gait::kWalking;
  return true;
}

std::vector<StrideValues> measure_strides(const GaitStrides& strides, const GaitPoints& points,
                                          const BeltSpeed& belt) {
  const StrideMeter meter(points, belt);
  std::vector<StrideValues> out;
  out.reserve(strides.strides.size());
  for (const Stride& stride : strides.strides) out.push_back(meter.measure(stride));
  return out;
}

BeltSpeed belt_speed_of_feet(const GaitStrides& strides, const GaitPoints& points) {
  // A ramp is at least this steep over a recording; noise of contacts leaves less.
  constexpr double kRampPart = 0.05;
  const StrideMeter meter(points, {});
  std::vector<double> speeds_m_s;
  std::vector<double> times_s;
  for (const Stride& stride : strides.strides) {
    const double speed_m_s = meter.foot_speed_m_s(stride);
    if (std::isnan(speed_m_s)) continue;
    speeds_m_s.push_back(speed_m_s);
    times_s.push_back(stride.from_s);
  }
  const std::size_t n = speeds_m_s.size();
  if (n < kFewestContacts) return {kNaN, kNaN};
  BeltSpeed out;
  out.at_s = quantile(times_s, 0.5);
  // The slope that most pairs of contacts agree on (Theil 1950; Sen 1968, J Am Stat Assoc 63:1379).
  const double duration_s = times_s.back() - times_s.front();
  std::vector<double> slopes_m_s2;
  const std::size_t step = std::max<std::size_t>(1, n / 200);
  for (std::size_t i = 0; i < n; i += step) {
    for (std::size_t j = i + 1; j < n; j += step) {
      // Neighbours say little.
      if (times_s[j] - times_s[i] < 0.25 * duration_s) continue;
      slopes_m_s2.push_back((speeds_m_s[j] - speeds_m_s[i]) / (times_s[j] - times_s[i]));
    }
  }
  const double slope_m_s2 = quantile(slopes_m_s2, 0.5);
  const bool all_agree = quantile(slopes_m_s2, 0.1) * quantile(slopes_m_s2, 0.9) > 0.0;
  const double rise_m_s = slope_m_s2 * duration_s;
  if (all_agree && std::abs(rise_m_s) > kRampPart * quantile(speeds_m_s, 0.5)) {
    out.rise_m_s2 = slope_m_s2;
    for (std::size_t i = 0; i < n; ++i) speeds_m_s[i] -= slope_m_s2 * (times_s[i] - out.at_s);
  }
  out.speed_m_s = quantile(speeds_m_s, 0.5);
  // SD from the quartiles; the median's error is 1.25 times the mean's.
  const double spread_m_s = quantile(speeds_m_s, 0.75) - quantile(speeds_m_s, 0.25);
  out.sd_m_s = std::hypot(1.25 * spread_m_s / 1.349 / std::sqrt(static_cast<double>(n)),
                          kFootSpeedError * out.speed_m_s);
  return out;
}

}  // namespace catena
