#include "catena/synthetic/running_motion.h"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>

namespace catena {
namespace {

constexpr double kTurn = 2.0 * std::numbers::pi;

/// The peak at or before an instant; there is always one after it as well.
std::size_t peak_before(const std::vector<PlantedPeak>& peaks, double time_s) {
  const auto after =
      std::upper_bound(peaks.begin(), peaks.end(), time_s,
                       [](double t, const PlantedPeak& peak) { return t < peak.time_s; });
  const auto found = static_cast<std::size_t>(std::max<std::ptrdiff_t>(1, after - peaks.begin()));
  return std::min(found - 1, peaks.size() - 2);
}

double blend(double from, double to, double share) { return from + (to - from) * share; }

Eigen::Vector3d height_basis(double step_phase) {
  return {1.0, std::cos(kTurn * step_phase), std::sin(kTurn * step_phase)};
}

}  // namespace

RunningMotion::RunningMotion(const SyntheticBody& body, const RunnerOptions& options,
                             const RunnerStyle& style, const StridePlan& plan)
    : body_(body), options_(options), style_(style), plan_(plan), index_(body.model) {
  const auto n = static_cast<Eigen::Index>(plan.peaks.size());
  Eigen::VectorXd time_s(n);
  for (Eigen::Index i = 0; i < n; ++i) {
    time_s[i] = plan.peaks[static_cast<std::size_t>(i)].time_s;
  }
  // Peaks come right, left, right, ...: every second one belongs to one leg.
  step_phase_ = KnotCurve(time_s, Eigen::VectorXd::LinSpaced(n, 0.0, static_cast<double>(n - 1)));
  for (std::size_t side = 0; side < 2; ++side) {
    const Eigen::Index m = n / 2;
    const Eigen::VectorXd own = time_s(Eigen::seqN(static_cast<Eigen::Index>(side), m, 2));
    phase_of_leg_.at(side) =
        KnotCurve(own, Eigen::VectorXd::LinSpaced(m, 0.0, static_cast<double>(m - 1)));
  }
  const bool steady = plan.speed.from_m_s == plan.speed.to_m_s;
  height_speeds_m_s_ =
      Eigen::VectorXd::LinSpaced(steady ? 1 : 5, plan.speed.from_m_s, plan.speed.to_m_s);
  height_m_.resize(height_speeds_m_s_.size(), 3);
  for (Eigen::Index i = 0; i < height_m_.rows(); ++i) {
    height_m_.row(i) = fit_height(height_speeds_m_s_[i]);
  }
}

Eigen::Vector3d RunningMotion::fit_height(double speed_m_s) const {
  // In stance the lowest point of the soles touches the ground; least squares over a stride, with
  // a light pull towards no bounce for speeds at which the feet hardly touch it.
  const double duty = duty_factor(speed_m_s);
  Eigen::Matrix3d normal = Eigen::Vector3d(0.0, 1.0, 1.0).asDiagonal();
  Eigen::Vector3d right = Eigen::Vector3d::Zero();
  constexpr int kSamples = 48;
  for (int k = 0; k < kSamples; ++k) {
    StrideInstant now = {.speed_m_s = speed_m_s};
    const double stride = static_cast<double>(k) / kSamples;
    now.step_phase = 2.0 * stride;
    now.phase = {stride, stride + 0.5};
    bool stance = false;
    for (std::size_t side = 0; side < 2; ++side) {
      const PlantedLine& line = style_.lines.at(side);
      now.peak_thigh.at(side) = peak_thigh_extension_rad(options_, speed_m_s, side);
      const SagittalPosture p = posture_on_line(line, now.peak_thigh.at(side), {});
      now.peak_pelvis += p.pelvis() / 2.0;
      now.peak_lean += p.lean / 2.0;
      const double since_contact = now.phase.at(side) + kContactToPeak;
      stance = stance || since_contact - std::floor(since_contact) < duty;
    }
    if (!stance) continue;
    const Eigen::VectorXd q = running_pose(body_.model, index_, style_, now);
    const Eigen::Vector3d basis = height_basis(now.step_phase);
    normal += basis * basis.transpose();
    right -= basis * lowest_sole_height_m(body_, q);
  }
  return normal.ldlt().solve(right);
}

StrideInstant RunningMotion::instant_at(double time_s) const {
  StrideInstant now = {.speed_m_s = plan_.speed.at(time_s)};
  now.step_phase = step_phase_(time_s);
  const std::size_t last = peak_before(plan_.peaks, time_s);
  const PlantedPeak& from = plan_.peaks[last];
  const PlantedPeak& to = plan_.peaks[last + 1];
  const double passed = smooth_step((time_s - from.time_s) / (to.time_s - from.time_s));
  now.peak_pelvis = blend(from.posture.pelvis(), to.posture.pelvis(), passed);
  now.peak_lean = blend(from.posture.lean, to.posture.lean, passed);
  for (std::size_t side = 0; side < 2; ++side) {
    now.phase.at(side) = phase_of_leg_.at(side)(time_s);
    // This leg's own neighbouring peaks; the plan reaches two strides beyond both ends.
    const std::size_t own = from.side == static_cast<int>(side) ? last : last - 1;
    assert(own + 2 < plan_.peaks.size());
    const PlantedPeak& own_from = plan_.peaks[own];
    const PlantedPeak& own_to = plan_.peaks[own + 2];
    const double own_passed =
        smooth_step((time_s - own_from.time_s) / (own_to.time_s - own_from.time_s));
    now.peak_thigh.at(side) = blend(own_from.posture.thigh(), own_to.posture.thigh(), own_passed);
  }
  return now;
}

Eigen::VectorXd RunningMotion::at(double time_s) const {
  const StrideInstant now = instant_at(time_s);
  Eigen::VectorXd q = running_pose(body_.model, index_, style_, now);
  // Height, by the step and the speed.
  Eigen::Vector3d height_m;
  for (Eigen::Index k = 0; k < 3; ++k) {
    height_m[k] = interpolate_level(height_speeds_m_s_, height_m_.col(k), now.speed_m_s);
  }
  q[index_.ty] = height_m.dot(height_basis(now.step_phase));
  // A runner drifts about on a treadmill by a few centimetres, and sways from foot to foot.
  const RunSpeed& speed = plan_.speed;
  const double wander_m = 0.02 * std::sin(kTurn * time_s / 7.3) + 0.015 * std::sin(time_s / 1.9);
  const double middle_s = speed.duration_s / 2.0;
  const double travelled_m = (speed.from_m_s + speed.at(time_s)) / 2.0 * time_s;
  const double half_m = (speed.from_m_s + speed.at(middle_s)) / 2.0 * middle_s;
  q[index_.tx] = options_.treadmill ? wander_m : travelled_m - half_m;
  q[index_.tx] += 0.01 * std::sin(kTurn * now.step_phase);
  q[index_.tz] = 0.012 * std::sin(kTurn * now.step_phase / 2.0) + 0.01 * std::sin(time_s / 3.1);
  return q;
}

double RunningMotion::stride_s(double time_s) const {
  return 1.0 / (stride_rate_hz(plan_.speed.at(time_s)) * style_.cadence_factor);
}

std::array<double, 2> RunningMotion::since_contact_s(double time_s) const {
  std::array<double, 2> since{};
  for (std::size_t side = 0; side < 2; ++side) {
    const double phase = phase_of_leg_.at(side)(time_s) + kContactToPeak;
    since.at(side) = (phase - std::floor(phase)) * stride_s(time_s);
  }
  return since;
}

}  // namespace catena
