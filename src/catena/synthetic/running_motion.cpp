#include "catena/synthetic/running_motion.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <iterator>
#include <numbers>
#include <string>

#include "catena/core/units.h"
#include "catena/kinematics/forward_kinematics.h"

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

// By speed, 1.5 to 9 m/s, such that knee and ankle move as in Fukuchi et al. 2017 and Novacheck
// 1998 when the foot stays on the ground for the published time: height of the hips in leg lengths,
// and the foot's pitch at toe-off, toes down.
constexpr std::array<double, 7> kSpeeds_m_s = {1.5, 2.5, 3.0, 3.5, 4.5, 6.0, 9.0};
constexpr std::array<double, 7> kHipHeight = {0.960, 0.949, 0.947, 0.945, 0.934, 0.925, 0.930};
constexpr std::array<double, 7> kPushOff_deg = {26.0, 34.0, 44.0, 52.0, 64.0, 64.0, 64.0};
// Up and down about that height, and when it is lowest: steps since contact.
constexpr double kHipBounce = 0.022;
constexpr double kLowestHip = 0.45;
// Peak of the thigh, from 0, to which the first footfall belongs.
constexpr std::size_t kFirstFootfall = 1;
// No longer on the ground than this part of a stride: the thigh's peak comes in the air.
constexpr double kLongestDuty = 0.40;
// The last part of the swing, in which the foot is led to the ground, and how it comes down.
constexpr double kApproach = 0.12;
constexpr double kLanding_m_s2 = 30.0;
// In which knee and ankle go over from the ground to the swing.
constexpr double kRelease_s = 0.10;
// At contact the leg could still be longer by this much.
constexpr double kSpare_m = 0.004;
// A swinging foot keeps about so far from the ground: minimal clearance in running is some 2 cm.
constexpr double kClearance_m = 0.02;
constexpr double kSoft_m = 0.01;  // and leaves its own path gently

double on_speed(const std::array<double, 7>& values, double speed_m_s) {
  return interpolate_level(Eigen::Map<const Eigen::VectorXd>(kSpeeds_m_s.data(), 7),
                           Eigen::Map<const Eigen::VectorXd>(values.data(), 7), speed_m_s);
}

double speed_at(const RunSpeed& speed, double time_s) {
  return speed.at(std::clamp(time_s, 0.0, speed.duration_s));
}

/// Hip flexion, knee and ankle.
Eigen::Vector3d angles_of(const LegIndices& leg, const Eigen::VectorXd& q) {
  return {q[leg.hip_flexion], q[leg.knee], leg.ankle == kNone ? 0.0 : q[leg.ankle]};
}

void add_angles(const LegIndices& leg, const Eigen::Vector3d& angles_rad, Eigen::VectorXd& q) {
  q[leg.hip_flexion] += angles_rad[0];
  q[leg.knee] += angles_rad[1];
  if (leg.ankle != kNone) q[leg.ankle] += angles_rad[2];
}

/// By how much the leg still differs from its own swing some time after toe-off. What is left goes,
/// with its first two derivatives: of the hip until the thigh peaks, of knee and ankle later.
Eigen::Vector3d what_is_left_rad(const Footfall& foot, double since_s) {
  const double until_peak_s = foot.peak_s - foot.toe_off_s;
  const Eigen::Array3d gone_s(until_peak_s, std::max(until_peak_s, kRelease_s),
                              std::max(until_peak_s, kRelease_s));
  Eigen::Vector3d left_rad;
  for (Eigen::Index k = 0; k < 3; ++k) {
    const double u = std::min(since_s / gone_s[k], 1.0);
    const double u3 = u * u * u;
    left_rad[k] = (1.0 - smooth_step(u)) * foot.left_rad[k] +
                  gone_s[k] * (u - u3 * (6.0 - 8.0 * u + 3.0 * u * u)) * foot.left_rad_s[k];
  }
  return left_rad;
}

/// Hip flexion at which the thigh's long axis, seen from the side, is so far behind the vertical.
void turn_thigh_to(const Model& model, const LegIndices& leg, double wanted_rad,
                   Eigen::VectorXd& q) {
  for (int step = 0; step < 3; ++step) {
    const Eigen::Vector3d down =
        -forward_kinematics(model, q)[static_cast<std::size_t>(leg.thigh)].rotation.col(1);
    q[leg.hip_flexion] -= wanted_rad - std::atan2(-down.x(), -down.y());
  }
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
  for (std::size_t side = 0; side < 2; ++side) {
    const std::string end = side == 0 ? "_r" : "_l";
    legs_.at(side) = {.hip_flexion = index_.hip_flexion.at(side),
                      .knee = index_.knee.at(side),
                      .ankle = index_.ankle.at(side),
                      .thigh = find_body(body.model, "femur" + end),
                      .shank = find_body(body.model, "tibia" + end),
                      .foot = find_body(body.model, "calcn" + end),
                      .thigh_length_m = body.dimensions.thigh_length_m.at(side),
                      .shank_length_m = body.dimensions.shank_length_m.at(side)};
  }
  // Whoever cannot reach that far runs lower.
  for (int attempt = 0; attempt < 6; ++attempt) {
    const double short_of_m = plan_footfalls();
    if (short_of_m <= 0.0) break;
    hip_drop_m_ += short_of_m;
  }
}

double RunningMotion::plan_footfalls() {
  double short_of_m = 0.0;
  for (std::size_t side = 0; side < 2; ++side) {
    const LegIndices& leg = legs_.at(side);
    footfalls_.at(side).clear();
    // What comes before and after the plan's first and last peaks is not known.
    for (std::size_t stride = kFirstFootfall; stride + 1 < plan_.peaks.size() / 2; ++stride) {
      const Footfall foot = plan_footfall(side, static_cast<int>(stride));
      footfalls_.at(side).push_back(foot);
      const Eigen::VectorXd q = free_pose(foot.contact_s);
      const Eigen::Vector3d hip_m =
          forward_kinematics(body_.model, q)[static_cast<std::size_t>(leg.thigh)].translation;
      const double way_m = (target_of(foot, foot.contact_s).ankle_m - hip_m.head<2>()).norm();
      short_of_m = std::max(short_of_m, way_m + kSpare_m - longest_reach_m(leg));
    }
  }
  return short_of_m;
}

double RunningMotion::time_at_phase(std::size_t side, double phase) const {
  // The phase rises with time: halve.
  double low = plan_.peaks.front().time_s - 2.0;
  double high = plan_.peaks.back().time_s + 2.0;
  for (int step = 0; step < 60; ++step) {
    const double middle = 0.5 * (low + high);
    (phase_of_leg_.at(side)(middle) < phase ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

double RunningMotion::travelled_m(double time_s) const {
  return 0.5 * (plan_.speed.from_m_s + plan_.speed.at(time_s)) * time_s;
}

Footfall RunningMotion::plan_footfall(std::size_t side, int stride) const {
  Footfall foot;
  const double contact = stride - kContactToPeak;
  foot.contact_s = time_at_phase(side, contact);
  const double speed_m_s = speed_at(plan_.speed, foot.contact_s);
  const double duty = std::min(duty_factor(speed_m_s), kLongestDuty);
  foot.toe_off_s = time_at_phase(side, contact + duty);
  foot.push_off_rad = -kRadPerDeg * on_speed(kPushOff_deg, speed_m_s);

  // At toe-off the thigh is so far from its peak as it then still has time for.
  const LegIndices& leg = legs_.at(side);
  const double still_deg = 1.0 + 60.0 * (kContactToPeak - duty);
  Eigen::VectorXd q = free_pose(foot.toe_off_s);
  const double wanted_rad = instant_at(foot.toe_off_s).peak_thigh.at(side) - still_deg * kRadPerDeg;
  turn_thigh_to(body_.model, leg, wanted_rad, q);
  const FootRoll roll = foot_roll(1.0, foot.push_off_rad, body_.dimensions);
  q[leg.knee] = knee_for_ankle_height(body_.model, leg, roll.ankle_m.y(), q);
  const double ground_m = options_.treadmill ? travelled_m(foot.toe_off_s) : 0.0;
  foot.place_m = ankle_m(body_.model, leg, q).x() - roll.ankle_m.x() + ground_m;

  // How the leg leaves the ground.
  constexpr double kShort_s = 0.002;
  const double earlier_s = foot.toe_off_s - kShort_s;
  foot.peak_s = time_at_phase(side, stride);
  foot.left_rad = on_the_ground_rad(side, foot, foot.toe_off_s, free_pose(foot.toe_off_s));
  foot.left_rad_s =
      (foot.left_rad - on_the_ground_rad(side, foot, earlier_s, free_pose(earlier_s))) / kShort_s;
  // Faster than this the thigh would overshoot its peak.
  const double fastest_rad_s = 2.0 * std::abs(foot.left_rad[0]) / (foot.peak_s - foot.toe_off_s);
  foot.left_rad_s[0] = std::clamp(foot.left_rad_s[0], -fastest_rad_s, fastest_rad_s);
  return foot;
}

FootTarget RunningMotion::target_of(const Footfall& foot, double time_s) const {
  // Before it lands the foot comes as if it were on the ground already, but ever more slowly the
  // longer ago, and from above.
  const double before_s = std::max(0.0, foot.contact_s - time_s);
  const double as_at_s = before_s > 0.0 ? foot.contact_s - before_s / (1.0 + before_s / 0.03)
                                        : std::min(time_s, foot.toe_off_s);
  const double stance = (as_at_s - foot.contact_s) / (foot.toe_off_s - foot.contact_s);
  const FootRoll roll = foot_roll(stance, foot.push_off_rad, body_.dimensions);
  FootTarget target;
  target.pitch_rad = roll.pitch_rad;
  target.ankle_m = roll.ankle_m;
  target.ankle_m.x() += foot.place_m - travelled_m(as_at_s);
  if (!options_.treadmill) target.ankle_m.x() += travelled_m(time_s);
  target.ankle_m.y() += 0.5 * kLanding_m_s2 * before_s * before_s;
  return target;
}

Eigen::Vector3d RunningMotion::on_the_ground_rad(std::size_t side, const Footfall& foot,
                                                 double time_s, const Eigen::VectorXd& q) const {
  const LegIndices& leg = legs_.at(side);
  Eigen::VectorXd down = q;
  put_foot(body_.model, leg, target_of(foot, time_s), down);
  return angles_of(leg, down) - angles_of(leg, q);
}

void RunningMotion::lift_swinging_foot(std::size_t side, double time_s, Eigen::VectorXd& q) const {
  const double phase = phase_of_leg_.at(side)(time_s);
  const double since_peak = phase - std::floor(phase);
  const double to_contact = 1.0 - kContactToPeak - since_peak;
  if (to_contact <= 0.0) return;  // on the ground, or just off it
  const double held = smooth_step(since_peak / 0.15);
  const double over_m = lowest_sole_height_m(body_, static_cast<int>(side), q);
  const double lift_m = held * kSoft_m * std::log1p(std::exp((kClearance_m - over_m) / kSoft_m));
  if (lift_m < 1e-5) return;
  const LegIndices& leg = legs_.at(side);
  FootTarget target;
  target.ankle_m = ankle_m(body_.model, leg, q).head<2>() + Eigen::Vector2d(0.0, lift_m);
  target.pitch_rad = foot_pitch_rad(body_.model, leg, q);
  put_foot(body_.model, leg, target, q);
}

void RunningMotion::put_foot_down(std::size_t side, double time_s, Eigen::VectorXd& q) const {
  const double since_contact = phase_of_leg_.at(side)(time_s) + kContactToPeak;
  const auto stride = static_cast<std::ptrdiff_t>(std::floor(since_contact));
  const std::vector<Footfall>& all = footfalls_.at(side);
  const double phase = since_contact - static_cast<double>(stride);
  const bool lands = phase > 1.0 - kApproach;  // the next one
  const std::ptrdiff_t which =
      (lands ? stride + 1 : stride) - static_cast<std::ptrdiff_t>(kFirstFootfall);
  if (which < 0 || which >= std::ssize(all)) return;
  const Footfall& foot = all[static_cast<std::size_t>(which)];

  const LegIndices& leg = legs_.at(side);
  if (lands) {
    const double held = smooth_step((phase - (1.0 - kApproach)) / kApproach);
    add_angles(leg, held * on_the_ground_rad(side, foot, time_s, q), q);
  } else if (time_s <= foot.toe_off_s) {
    add_angles(leg, on_the_ground_rad(side, foot, time_s, q), q);
  } else {
    add_angles(leg, what_is_left_rad(foot, time_s - foot.toe_off_s), q);
  }
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

Eigen::VectorXd RunningMotion::free_pose(double time_s) const {
  const StrideInstant now = instant_at(time_s);
  Eigen::VectorXd q = running_pose(body_.model, index_, style_, now);
  // A runner drifts about on a treadmill by a few centimetres, and sways from foot to foot.
  const double wander_m = 0.02 * std::sin(kTurn * time_s / 7.3) + 0.015 * std::sin(time_s / 1.9);
  const double half_m = travelled_m(plan_.speed.duration_s / 2.0);
  q[index_.tx] = options_.treadmill ? wander_m : travelled_m(time_s) - half_m;
  q[index_.tx] += 0.01 * std::sin(kTurn * now.step_phase);
  q[index_.tz] = 0.012 * std::sin(kTurn * now.step_phase / 2.0) + 0.01 * std::sin(time_s / 3.1);
  // The hips sink and rise with every step, lowest in the middle of stance.
  const BodyDimensions& d = body_.dimensions;
  const double leg_m = 0.5 * (d.thigh_length_m[0] + d.thigh_length_m[1] + d.shank_length_m[0] +
                              d.shank_length_m[1]) +
                       d.ankle_height_m;
  const double since_contact = now.step_phase + 2.0 * kContactToPeak;
  const double height_m = leg_m * (on_speed(kHipHeight, now.speed_m_s) -
                                   kHipBounce * std::cos(kTurn * (since_contact - kLowestHip)));
  const Pose pose = forward_kinematics(body_.model, q);
  double hips_m = 0.0;
  for (const LegIndices& leg : legs_) {
    hips_m += 0.5 * pose[static_cast<std::size_t>(leg.thigh)].translation.y();
  }
  q[index_.ty] = height_m - hip_drop_m_ - hips_m;
  return q;
}

Eigen::VectorXd RunningMotion::at(double time_s) const {
  Eigen::VectorXd q = free_pose(time_s);
  for (std::size_t side = 0; side < 2; ++side) {
    lift_swinging_foot(side, time_s, q);
    put_foot_down(side, time_s, q);
  }
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
