#include "catena/chain/budget.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <limits>
#include <numbers>

#include "catena/chain/chain_path.h"
#include "catena/core/rotation.h"

namespace catena {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kWholeTurn = 2.0 * std::numbers::pi;

// The thigh this close to pointing straight sideways has no angle in the plane of progression.
constexpr double kSmallestInPlane = 1e-4;

// A panel may turn the chain by this much times the in-plane length of the thigh's axis. Seen from
// the panel's middle the integrand's nearest pole is then more than three half panels away (the
// axis has to move by 0.7 of that length to get there), and eight-point Gauss-Legendre is right to
// (3 + sqrt(3^2 - 1))^-16 = 6e-13 at worst (Trefethen 2008, SIAM Review 50:67, theorem 4.5).
constexpr double kTurnPerPanel = 0.35;

// Gauss-Legendre nodes and weights on [-1, 1], both halves alike. Abramowitz & Stegun table 25.4.
constexpr std::array<double, 4> kNodes = {0.183434642495649805, 0.525532409916328986,
                                          0.796666477413626740, 0.960289856497536232};
constexpr std::array<double, 4> kWeights = {0.362683783378361983, 0.313706645877887287,
                                            0.222381034453374471, 0.101228536290376259};

double in_plane_length(const Eigen::Vector3d& axis) { return std::hypot(axis.x(), axis.y()); }

double angle_behind(const Eigen::Vector3d& axis) { return std::atan2(-axis.x(), -axis.y()); }

double wrapped(double angle_rad) { return std::remainder(angle_rad, kWholeTurn); }

// Adds weight * g . omega, split by axis: g_z is -1 wherever the thigh points.
void add(Contribution& part, const Eigen::Vector3d& omega, double g_x, double g_y, double weight) {
  const double sagittal = -weight * omega.z();
  const double rest = weight * (g_x * omega.x() + g_y * omega.y());
  part.sagittal_rad += sagittal;
  part.rest_rad += rest;
  part.total_rad += sagittal + rest;
}

void add(Contribution& sum, const Contribution& part) {
  sum.total_rad += part.total_rad;
  sum.sagittal_rad += part.sagittal_rad;
  sum.rest_rad += part.rest_rad;
}

void add(Budget& sum, const Budget& part) {
  add(sum.hip, part.hip);
  add(sum.low_back, part.low_back);
  add(sum.lean, part.lean);
  add(sum.pelvis, part.pelvis);
  sum.thigh_rad += part.thigh_rad;
}

constexpr Contribution kUnknown = {kNan, kNan, kNan};

Budget unknown_budget(bool has_thorax) {
  return {has_thorax, kUnknown, kUnknown, kUnknown, kUnknown, kNan};
}

// Adds the integrals from s_begin to s_end.
void integrate_panel(const ChainPath& path, double s_begin, double s_end, Budget& budget) {
  const double middle = 0.5 * (s_begin + s_end);
  const double half = 0.5 * (s_end - s_begin);
  for (std::size_t k = 0; k < kNodes.size(); ++k) {
    for (const double sign : {-1.0, 1.0}) {
      const ChainRates rates = rates_at(path, middle + sign * half * kNodes[k]);
      const Eigen::Vector3d& u = rates.thigh_axis;
      const double scale = u.z() / (u.x() * u.x() + u.y() * u.y());
      const double weight = half * kWeights[k];
      add(budget.lean, rates.omega_thorax, u.x() * scale, u.y() * scale, weight);
      add(budget.low_back, rates.omega_pelvis_rel_thorax, u.x() * scale, u.y() * scale, weight);
      add(budget.hip, rates.omega_thigh_rel_pelvis, u.x() * scale, u.y() * scale, weight);
    }
  }
}

// Integrates from s_begin to s_end in as many panels as needed, and follows the angle itself from
// panel to panel into followed_rad, so that a change of more than half a turn is not lost.
// False: no answer.
bool integrate(const ChainPath& path, double s_begin, double s_end, Budget& budget,
               double& followed_rad) {
  const auto axis_at = [&](double s) { return rates_at(path, s).thigh_axis; };
  double s = s_begin;
  Eigen::Vector3d axis = axis_at(s);
  while (s < s_end) {
    // As long a panel as the axis seems to allow here, then halved until it does so seen from the
    // panel's middle.
    const double longest = 0.95 * kTurnPerPanel * in_plane_length(axis);
    const double n_left = std::ceil(path.turn_rad * (s_end - s) / longest);
    double next = n_left > 1.0 ? s + (s_end - s) / n_left : s_end;
    double length = in_plane_length(axis_at(0.5 * (s + next)));
    while (path.turn_rad * (next - s) > kTurnPerPanel * length && length >= kSmallestInPlane) {
      next = 0.5 * (s + next);
      length = in_plane_length(axis_at(0.5 * (s + next)));
    }
    if (length < kSmallestInPlane || in_plane_length(axis) < kSmallestInPlane) return false;

    integrate_panel(path, s, next, budget);
    const Eigen::Vector3d next_axis = axis_at(next);
    followed_rad += wrapped(angle_behind(next_axis) - angle_behind(axis));
    axis = next_axis;
    s = next;
  }
  return true;
}

bool is_known(const ChainPosture& posture) {
  return posture.pelvis.allFinite() && posture.thigh.allFinite() &&
         (!posture.thorax || posture.thorax->allFinite());
}

// The instant between two postures at which the thigh hangs straight down, by halving: the angle
// is at or before the vertical at s = 0 and behind it at s = 1.
double vertical_instant(const ChainPath& path) {
  double before = 0.0;
  double behind = 1.0;
  for (int k = 0; k < 60; ++k) {
    const double middle = 0.5 * (before + behind);
    (angle_behind(rates_at(path, middle).thigh_axis) > 0.0 ? behind : before) = middle;
  }
  return 0.5 * (before + behind);
}

}  // namespace

Budget budget_between(const ChainPosture& from, const ChainPosture& to,
                      const BudgetOptions& options) {
  assert(options.substeps >= 1);
  const bool has_thorax = from.thorax.has_value() && to.thorax.has_value();
  if (!is_known(from) || !is_known(to)) return unknown_budget(has_thorax);

  // The parts, each an integral of its own.
  const ChainPath path = chain_path(from, to);
  Budget budget;
  budget.has_thorax = has_thorax;
  double followed_rad = 0.0;
  for (int k = 0; k < options.substeps; ++k) {
    const double begin = static_cast<double>(k) / options.substeps;
    const double end = static_cast<double>(k + 1) / options.substeps;
    if (!integrate(path, begin, end, budget, followed_rad)) {
      return unknown_budget(has_thorax);
    }
  }

  // The angle itself, from the two postures alone; the way between them only says how often it
  // went round.
  const double change_rad = angle_behind(-to.thigh.col(1)) - angle_behind(-from.thigh.col(1));
  budget.thigh_rad = change_rad + std::round((followed_rad - change_rad) / kWholeTurn) * kWholeTurn;

  // Whatever turns the pelvis: rooted at the pelvis, the "pelvis in thorax" of the path is all.
  budget.pelvis = budget.low_back;
  add(budget.pelvis, budget.lean);
  if (!has_thorax) {
    budget.low_back = kUnknown;
    budget.lean = kUnknown;
  }
  return budget;
}

std::optional<Budget> budget_gained(const SegmentMotion& motion, Side side, int peak_frame,
                                    int first_frame, const BudgetOptions& options) {
  const std::vector<Eigen::Matrix3d>& thigh = motion.thigh[static_cast<std::size_t>(side)];
  assert(first_frame >= 0 && peak_frame < static_cast<int>(thigh.size()));
  const auto angle_at = [&](int frame) {
    return thigh_extension_rad(thigh[static_cast<std::size_t>(frame)]);
  };

  // Back from the peak to the last frame at which the thigh is not yet behind the vertical.
  int frame = peak_frame;
  while (frame > first_frame && angle_at(frame) > 0.0) --frame;
  if (frame == peak_frame || !(angle_at(frame) <= 0.0)) return std::nullopt;
  // From in front to behind over the top of the head is not through the vertical.
  if (angle_at(frame + 1) - angle_at(frame) > std::numbers::pi) return std::nullopt;

  // From the vertical to the next frame, then frame by frame.
  const ChainPosture last_before = posture_at(motion, side, frame);
  const ChainPosture first_behind = posture_at(motion, side, frame + 1);
  if (!is_known(last_before) || !is_known(first_behind)) return std::nullopt;
  const ChainPath path = chain_path(last_before, first_behind);
  const ChainPosture vertical = posture_on_path(path, vertical_instant(path));
  Budget budget = budget_between(vertical, first_behind, options);
  for (int k = frame + 1; k < peak_frame; ++k) {
    add(budget,
        budget_between(posture_at(motion, side, k), posture_at(motion, side, k + 1), options));
  }
  if (!std::isfinite(budget.thigh_rad)) return std::nullopt;
  return budget;
}

ChainPosture posture_at(const SegmentMotion& motion, Side side, int frame) {
  const auto k = static_cast<std::size_t>(frame);
  ChainPosture posture;
  if (motion.has_thorax) posture.thorax = motion.thorax[k];
  posture.pelvis = motion.pelvis[k];
  posture.thigh = motion.thigh[static_cast<std::size_t>(side)][k];
  return posture;
}

ChainPosture upright_posture(bool has_thorax) {
  ChainPosture posture;
  if (has_thorax) posture.thorax = Eigen::Matrix3d::Identity();
  return posture;
}

ChainPosture mean_posture(const SegmentMotion& motion, Side side) {
  ChainPosture posture;
  if (motion.has_thorax) posture.thorax = mean_rotation(motion.thorax);
  posture.pelvis = mean_rotation(motion.pelvis);
  posture.thigh = mean_rotation(motion.thigh[static_cast<std::size_t>(side)]);
  return posture;
}

ChainPosture without_thorax(const ChainPosture& posture) {
  ChainPosture bare = posture;
  bare.thorax.reset();
  return bare;
}

}  // namespace catena
