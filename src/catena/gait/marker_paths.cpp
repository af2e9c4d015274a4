#include "catena/gait/marker_paths.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "catena/math/butterworth.h"
#include "catena/math/statistics.h"

namespace catena {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
using Index = Eigen::Index;

// The pelvis bobs at 2.5 to 3.5 Hz; above some of that its markers shake on the skin.
constexpr double kPelvisCutoffHz = 10.0;
// Below this rate a filter that leaves an impact leaves nothing but noise: 30 Hz needs 75.
constexpr double kSlowestPerCutoff = 2.5;
// Gaps up to this long are crossed by a curve: what happens within is not believed, but filters and
// swings on either side hold together. A foot swings for 0.4 s.
constexpr double kBridgedS = 0.12;
// Strides on either side over which the ground's speed is one.
constexpr std::size_t kStridesAround = 2;

Eigen::VectorXd derivative(const Eigen::VectorXd& x, double rate_hz) {
  const Index n = x.size();
  Eigen::VectorXd v = Eigen::VectorXd::Constant(n, kNan);
  if (n > 2) v.segment(1, n - 2) = 0.5 * rate_hz * (x.tail(n - 2) - x.head(n - 2));
  return v;
}

// Crosses short gaps with the cubic that goes on as the samples around it do; says where.
std::vector<bool> bridge_gaps(Eigen::VectorXd& x, double longest_frames) {
  std::vector<bool> bridged(static_cast<std::size_t>(x.size()), false);
  Index known = -1;
  for (Index k = 0; k < x.size(); ++k) {
    if (std::isnan(x(k))) continue;
    const Index gap = k - known;
    if (known >= 0 && gap > 1 && static_cast<double>(gap) <= longest_frames) {
      // Slopes over two frames where they are known, so that noise does not throw the curve.
      const auto slope = [&](Index at, Index step) {
        for (const Index far : {2 * step, step}) {
          const Index other = at + far;
          if (other >= 0 && other < x.size() && std::isfinite(x(other))) {
            return (x(other) - x(at)) / static_cast<double>(far);
          }
        }
        return (x(k) - x(known)) / static_cast<double>(gap);
      };
      const double d0 = slope(known, -1) * static_cast<double>(gap);
      const double d1 = slope(k, 1) * static_cast<double>(gap);
      const double rise = x(k) - x(known);
      const double from = x(known);
      for (Index lost = known + 1; lost < k; ++lost) {
        const double u = static_cast<double>(lost - known) / static_cast<double>(gap);
        x(lost) = from + u * (d0 + u * (3.0 * rise - 2.0 * d0 - d1 + u * (d0 + d1 - 2.0 * rise)));
        bridged[static_cast<std::size_t>(lost)] = true;
      }
    }
    known = k;
  }
  return bridged;
}

void forget(Eigen::VectorXd& x, const std::vector<bool>& bridged) {
  for (Index k = 0; k < x.size(); ++k) {
    if (bridged[static_cast<std::size_t>(k)]) x(k) = kNan;
  }
}

SmoothPoint smooth_point(const Eigen::MatrixX3d& path_m, double rate_hz, double path_cutoff_hz,
                         double impact_cutoff_hz) {
  SmoothPoint point;
  if (path_m.rows() == 0) return point;
  const double longest = kBridgedS * rate_hz;
  Eigen::VectorXd raw_x_m = path_m.col(0), raw_y_m = path_m.col(1);
  point.bridged = bridge_gaps(raw_x_m, longest);
  bridge_gaps(raw_y_m, longest);
  point.x_m = low_pass_zero_lag(raw_x_m, rate_hz, path_cutoff_hz);
  point.y_m = low_pass_zero_lag(raw_y_m, rate_hz, path_cutoff_hz);
  point.vx_m_s = derivative(point.x_m, rate_hz);
  point.vy_m_s = derivative(point.y_m, rate_hz);
  const Eigen::VectorXd y_m = low_pass_zero_lag(raw_y_m, rate_hz, impact_cutoff_hz);
  point.impact_m_s2 = derivative(derivative(y_m, rate_hz), rate_hz);
  point.jolt_m_s3 = derivative(point.impact_m_s2, rate_hz);
  forget(point.impact_m_s2, point.bridged);
  forget(point.jolt_m_s3, point.bridged);
  return point;
}

Eigen::VectorXd speed_over_ground(const SmoothPoint& point, const Eigen::VectorXd& ground_m_s) {
  return ((point.vx_m_s - ground_m_s).array().square() + point.vy_m_s.array().square()).sqrt();
}

// What a foot stands on moves so at a frame.
struct GroundSpeed {
  double frame = 0.0, m_s = 0.0;
};

// The ball's speeds in the middle of each whole way back: their median over five strides, because a
// belt may be made faster or slower, but not from one step to the next.
std::vector<GroundSpeed> ground_speeds(const SmoothPoint& ball,
                                       const std::vector<BackSwing>& swings) {
  std::vector<double> frames;
  std::vector<std::vector<double>> speeds;
  for (const BackSwing& swing : swings) {
    if (!swing.front_seen || !swing.rear_seen) continue;
    const double middle = 0.5 * (swing.front_frame + swing.rear_frame);
    const double near = 0.08 * (swing.rear_frame - swing.front_frame);
    const auto first = std::max<Index>(0, static_cast<Index>(std::ceil(middle - near)));
    const auto last =
        std::min<Index>(ball.x_m.size() - 1, static_cast<Index>(std::floor(middle + near + 1.0)));
    std::vector<double> here;
    for (Index k = first; k <= last; ++k) {
      if (!std::isnan(ball.vx_m_s(k))) here.push_back(ball.vx_m_s(k));
    }
    frames.push_back(middle);
    speeds.push_back(std::move(here));
  }
  std::vector<GroundSpeed> out;
  for (std::size_t k = 0; k < frames.size(); ++k) {
    std::vector<double> pool;
    // As many before as after, so that a steady change is no error.
    const std::size_t around = std::min({kStridesAround, k, frames.size() - 1 - k});
    for (std::size_t j = k - around; j <= k + around; ++j) {
      pool.insert(pool.end(), speeds[j].begin(), speeds[j].end());
    }
    if (!pool.empty()) out.push_back({frames[k], median(pool)});
  }
  return out;
}

// Straight lines between, and constant beyond.
Eigen::VectorXd over_all_frames(const std::vector<GroundSpeed>& speeds, Index n, double without) {
  if (speeds.empty()) return Eigen::VectorXd::Constant(n, without);
  Eigen::VectorXd out(n);
  std::size_t next = 0;
  for (Index k = 0; k < n; ++k) {
    const auto frame = static_cast<double>(k);
    while (next < speeds.size() && speeds[next].frame < frame) ++next;
    if (next == 0 || next == speeds.size()) {
      out(k) = next == 0 ? speeds.front().m_s : speeds.back().m_s;
      continue;
    }
    const GroundSpeed &before = speeds[next - 1], &after = speeds[next];
    const double part = (frame - before.frame) / (after.frame - before.frame);
    out(k) = before.m_s + part * (after.m_s - before.m_s);
  }
  return out;
}

// How far the foot is ahead of the pelvis, or without one of the middle between the feet.
Eigen::VectorXd ahead_of_body(const GaitPaths& paths, const std::array<Eigen::VectorXd, 2>& foot_x,
                              std::size_t side) {
  if (paths.pelvis.x_m.size() > 0) return foot_x.at(side) - paths.pelvis.x_m;
  if (foot_x.at(1 - side).size() == 0) return {};
  return 0.5 * (foot_x.at(side) - foot_x.at(1 - side));
}

}  // namespace

GaitPaths gait_paths(const GaitPoints& points, double path_cutoff_hz, double impact_cutoff_hz,
                     double shortest_swing_m) {
  GaitPaths paths;
  paths.rate_hz = points.rate_hz;
  paths.has_impacts = points.rate_hz >= kSlowestPerCutoff * impact_cutoff_hz;
  const auto smooth = [&](const Eigen::MatrixX3d& path_m) {
    return smooth_point(path_m, points.rate_hz, path_cutoff_hz, impact_cutoff_hz);
  };
  paths.pelvis = smooth(points.pelvis_m);
  if (points.pelvis_m.rows() > 0) {
    Eigen::VectorXd y_m = points.pelvis_m.col(1);
    bridge_gaps(y_m, kBridgedS * points.rate_hz);
    paths.pelvis_up_m_s =
        derivative(low_pass_zero_lag(y_m, points.rate_hz, kPelvisCutoffHz), points.rate_hz);
    forget(paths.pelvis_up_m_s, paths.pelvis.bridged);
  }
  std::array<Eigen::VectorXd, 2> foot_x;
  std::array<std::vector<GroundSpeed>, 2> speeds;
  for (std::size_t side = 0; side < 2; ++side) {
    const Eigen::MatrixX3d ball_m = ball_of_foot_m(points, side);
    paths.heel.at(side) = smooth(points.heel_m.at(side));
    paths.ball.at(side) = smooth(ball_m);
    if (paths.heel.at(side).x_m.size() == 0 || ball_m.rows() == 0) continue;
    foot_x.at(side) = 0.5 * (paths.heel.at(side).x_m + paths.ball.at(side).x_m);
  }
  for (std::size_t side = 0; side < 2; ++side) {
    if (foot_x.at(side).size() == 0) continue;
    paths.swings.at(side) = back_swings(ahead_of_body(paths, foot_x, side), shortest_swing_m);
    speeds.at(side) = ground_speeds(paths.ball.at(side), paths.swings.at(side));
  }
  // A foot without a whole swing stands on the same.
  for (std::size_t side = 0; side < 2; ++side) {
    const auto& known = speeds.at(side).empty() ? speeds.at(1 - side) : speeds.at(side);
    if (foot_x.at(side).size() == 0) continue;
    const SmoothPoint &heel = paths.heel.at(side), &ball = paths.ball.at(side);
    const SmoothPoint& pelvis = paths.pelvis;
    const Eigen::VectorXd ground_m_s =
        over_all_frames(known, ball.x_m.size(), -points.belt_speed_m_s);
    paths.heel_m_s.at(side) = speed_over_ground(heel, ground_m_s);
    paths.ball_m_s.at(side) = speed_over_ground(ball, ground_m_s);
    if (pelvis.x_m.size() == 0) continue;
    paths.leg_m.at(side) =
        ((pelvis.x_m - ball.x_m).array().square() + (pelvis.y_m - ball.y_m).array().square())
            .sqrt();
  }
  return paths;
}

}  // namespace catena
