#include "catena/gait/marker_methods.h"

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
constexpr double kRiseM = 0.03;
constexpr double kBallSpeedMS = 0.5;
constexpr double kHeelSpeedMS = 1.0;
// Where it is lowest a ball that stands is slower than this over the ground, and one that swings is
// not: what is left of a swing after a gap has no toe-off.
constexpr double kStandingMS = 1.5;
// An impact lies this near to where the slower signs say that the foot landed.
constexpr double kImpactBeforeS = 0.022, kImpactAfterS = 0.030;
// Below this rate a filter that leaves an impact leaves nothing but noise: 30 Hz needs 75.
constexpr double kSlowestPerCutoff = 2.5;
// What the slower signs are late by, for the search only: seconds, and a part of the stance, which
// is about 0.7 of the way from farthest ahead to farthest behind.
constexpr double kAheadS = -0.028, kHeelStopsS = 0.011, kFastestDownPart = 0.16 * 0.7;
// A gap in a foot's path that is shorter does not hide a swing.
constexpr double kBridgedS = 0.12;
// Of several peaks the first counts when it has this part of the highest: the heel of a runner who
// lands on it is stopped less hard than the ball is when it slaps down 20 ms later.
constexpr double kFirstPart = 0.2;
// The pelvis falls fastest after the foot is farthest ahead; the heel stops about then.
constexpr double kLandingBeforeS = 0.03;
// Peak leg length and farthest behind come soon after toe-off.
constexpr double kAfterRearS = 0.05;

Eigen::VectorXd derivative(const Eigen::VectorXd& x, double rate_hz) {
  const Index n = x.size();
  Eigen::VectorXd v = Eigen::VectorXd::Constant(n, kNan);
  if (n > 2) v.segment(1, n - 2) = 0.5 * rate_hz * (x.tail(n - 2) - x.head(n - 2));
  return v;
}

SmoothPoint smooth_point(const Eigen::MatrixX3d& path_m, double rate_hz, double path_cutoff_hz,
                         double impact_cutoff_hz) {
  SmoothPoint point;
  if (path_m.rows() == 0) return point;
  point.x_m = low_pass_zero_lag(path_m.col(0), rate_hz, path_cutoff_hz);
  point.y_m = low_pass_zero_lag(path_m.col(1), rate_hz, path_cutoff_hz);
  point.vx_m_s = derivative(point.x_m, rate_hz);
  point.vy_m_s = derivative(point.y_m, rate_hz);
  const Eigen::VectorXd y_m = low_pass_zero_lag(path_m.col(1), rate_hz, impact_cutoff_hz);
  point.impact_m_s2 = derivative(derivative(y_m, rate_hz), rate_hz);
  point.jolt_m_s3 = derivative(point.impact_m_s2, rate_hz);
  return point;
}

// Of the parabola through frame k and its neighbours; k itself where there is none.
double top(const Eigen::VectorXd& x, Index k) {
  const double curve = x(k - 1) - 2.0 * x(k) + x(k + 1);
  const double shift = 0.5 * (x(k - 1) - x(k + 1)) / curve;
  return static_cast<double>(k) + (std::abs(shift) <= 1.0 ? shift : 0.0);
}

// Frames [first, last] between two instants, kept off the ends by one.
struct Span {
  Index first = 0, last = -1;
};
Span span(double from, double to, Index n) {
  return {std::max<Index>(1, static_cast<Index>(std::ceil(from))),
          std::min<Index>(n - 2, static_cast<Index>(std::floor(to)))};
}

// The highest frame of a span, when it is a peak within it.
double peak_within(const Eigen::VectorXd& x, const Span& frames, double sign) {
  Index best = -1;
  for (Index k = frames.first; k <= frames.last; ++k) {
    if (std::isnan(x(k))) continue;
    if (best < 0 || sign * x(k) > sign * x(best)) best = k;
  }
  if (best <= frames.first || best >= frames.last) return kNan;
  if (!std::isfinite(x(best - 1)) || !std::isfinite(x(best + 1))) return kNan;
  return top(x, best);
}

// Where a curve first passes a level on its way up, from a frame on.
double first_above(const Eigen::VectorXd& x, double level, Index from, Index last) {
  for (Index k = std::max<Index>(1, from + 1); k <= last; ++k) {
    if (std::isnan(x(k)) || std::isnan(x(k - 1))) return kNan;
    if (x(k) <= level || x(k - 1) > level) continue;
    return static_cast<double>(k) - (x(k) - level) / (x(k) - x(k - 1));
  }
  return kNan;
}

// The same backwards.
double last_above(const Eigen::VectorXd& x, double level, Index from, Index first) {
  for (Index k = std::min<Index>(x.size() - 2, from - 1); k >= first; --k) {
    if (std::isnan(x(k)) || std::isnan(x(k + 1))) return kNan;
    if (x(k) <= level || x(k + 1) > level) continue;
    return static_cast<double>(k) + (x(k) - level) / (x(k) - x(k + 1));
  }
  return kNan;
}

Index lowest_frame(const Eigen::VectorXd& x, Index first, Index last) {
  Index best = -1;
  for (Index k = first; k <= last; ++k) {
    if (!std::isnan(x(k)) && (best < 0 || x(k) < x(best))) best = k;
  }
  return best;
}

Eigen::VectorXd speed_over_ground(const SmoothPoint& point, double ground_m_s) {
  return ((point.vx_m_s.array() - ground_m_s).square() + point.vy_m_s.array().square()).sqrt();
}

// The first peak of heel or ball that is at least a fifth as high as the highest.
double first_peak(const Eigen::VectorXd& heel, const Eigen::VectorXd& ball, const Span& frames) {
  double highest = 0.0;
  for (Index k = frames.first; k <= frames.last; ++k) {
    for (const Eigen::VectorXd* x : {&heel, &ball}) {
      if (x->size() > 0 && (*x)(k) > highest) highest = (*x)(k);
    }
  }
  for (Index k = frames.first; k <= frames.last; ++k) {
    double first = kNan;
    for (const Eigen::VectorXd* x : {&heel, &ball}) {
      if (x->size() == 0) continue;
      const double here = (*x)(k);
      if (here < kFirstPart * highest || here < (*x)(k - 1) || !(here > (*x)(k + 1))) continue;
      const double at = top(*x, k);
      if (std::isnan(first) || at < first) first = at;
    }
    if (!std::isnan(first)) return first;
  }
  return kNan;
}

// What a foot stands on: the ball's median speed in the middle of the way back.
double ground_speed(const SmoothPoint& ball, const std::vector<BackSwing>& swings) {
  std::vector<double> speeds;
  for (const BackSwing& swing : swings) {
    if (!swing.front_seen || !swing.rear_seen) continue;
    const double middle = 0.5 * (swing.front_frame + swing.rear_frame);
    const double near = 0.08 * (swing.rear_frame - swing.front_frame);
    const Span frames = span(middle - near, middle + near + 1.0, ball.x_m.size());
    for (Index k = frames.first; k <= frames.last; ++k) {
      if (!std::isnan(ball.vx_m_s(k))) speeds.push_back(ball.vx_m_s(k));
    }
  }
  return speeds.empty() ? kNan : median(speeds);
}

// Straight lines across short gaps.
void bridge_gaps(Eigen::VectorXd& x, double longest_frames) {
  Index known = -1;
  for (Index k = 0; k < x.size(); ++k) {
    if (std::isnan(x(k))) continue;
    if (known >= 0 && k - known > 1 && static_cast<double>(k - known) <= longest_frames) {
      for (Index lost = known + 1; lost < k; ++lost) {
        const double part = static_cast<double>(lost - known) / static_cast<double>(k - known);
        x(lost) = x(known) + part * (x(k) - x(known));
      }
    }
    known = k;
  }
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
    paths.pelvis_up_m_s = derivative(
        low_pass_zero_lag(points.pelvis_m.col(1), points.rate_hz, kPelvisCutoffHz), points.rate_hz);
  }
  std::array<Eigen::VectorXd, 2> foot_x;
  for (std::size_t side = 0; side < 2; ++side) {
    const Eigen::MatrixX3d ball_m = ball_of_foot_m(points, side);
    paths.heel.at(side) = smooth(points.heel_m.at(side));
    paths.ball.at(side) = smooth(ball_m);
    if (paths.heel.at(side).x_m.size() == 0 || ball_m.rows() == 0) continue;
    foot_x.at(side) = 0.5 * (paths.heel.at(side).x_m + paths.ball.at(side).x_m);
  }
  for (std::size_t side = 0; side < 2; ++side) {
    if (foot_x.at(side).size() == 0) continue;
    Eigen::VectorXd ahead_m = ahead_of_body(paths, foot_x, side);
    bridge_gaps(ahead_m, kBridgedS * points.rate_hz);
    paths.swings.at(side) = back_swings(ahead_m, shortest_swing_m);
    paths.ground_m_s.at(side) = ground_speed(paths.ball.at(side), paths.swings.at(side));
  }
  // A foot without a whole swing stands on the same.
  for (std::size_t side = 0; side < 2; ++side) {
    if (std::isnan(paths.ground_m_s.at(side)))
      paths.ground_m_s.at(side) = paths.ground_m_s.at(1 - side);
    if (std::isnan(paths.ground_m_s.at(side))) paths.ground_m_s.at(side) = -points.belt_speed_m_s;
    if (foot_x.at(side).size() == 0) continue;
    const SmoothPoint &heel = paths.heel.at(side), &ball = paths.ball.at(side);
    const SmoothPoint& pelvis = paths.pelvis;
    paths.heel_m_s.at(side) = speed_over_ground(heel, paths.ground_m_s.at(side));
    paths.ball_m_s.at(side) = speed_over_ground(ball, paths.ground_m_s.at(side));
    if (pelvis.x_m.size() == 0) continue;
    paths.leg_m.at(side) =
        ((pelvis.x_m - ball.x_m).array().square() + (pelvis.y_m - ball.y_m).array().square())
            .sqrt();
  }
  return paths;
}

std::array<double, kContactMethods> contact_frames(const GaitPaths& paths, std::size_t side,
                                                   const BackSwing& swing) {
  std::array<double, kContactMethods> frames;
  frames.fill(kNan);
  const SmoothPoint &heel = paths.heel.at(side), &ball = paths.ball.at(side);
  const Index n = heel.x_m.size();
  const double rate_hz = paths.rate_hz;
  const double middle = 0.5 * (swing.front_frame + swing.rear_frame);

  // The slower signs.
  if (swing.front_seen) frames[kFootFarthestAhead] = swing.front_frame;
  const Span landing = span(swing.front_frame - kLandingBeforeS * rate_hz, middle, n);
  if (paths.pelvis_up_m_s.size() > 0) {
    frames[kPelvisFastestDown] = peak_within(paths.pelvis_up_m_s, landing, -1.0);
  }
  const Eigen::VectorXd& speed = paths.heel_m_s.at(side);
  const Index still = lowest_frame(speed, landing.first, landing.last);
  if (still > 0) frames[kHeelStops] = last_above(speed, kHeelSpeedMS, still, landing.first);

  // The impact near to where their median says.
  std::vector<double> expected = {
      frames[kFootFarthestAhead] - kAheadS * rate_hz, frames[kHeelStops] - kHeelStopsS * rate_hz,
      frames[kPelvisFastestDown] - kFastestDownPart * (swing.rear_frame - swing.front_frame)};
  std::erase_if(expected, [](double frame) { return std::isnan(frame); });
  if (expected.empty() || !paths.has_impacts) return frames;
  const double at = quantile(expected, 0.5);
  const Span near = span(at - kImpactBeforeS * rate_hz, at + kImpactAfterS * rate_hz, n);
  frames[kFirstImpact] = first_peak(heel.impact_m_s2, ball.impact_m_s2, near);
  frames[kFirstJolt] = first_peak(heel.jolt_m_s3, ball.jolt_m_s3, near);
  return frames;
}

std::array<double, kToeOffMethods> toe_off_frames(const GaitPaths& paths, std::size_t side,
                                                  const BackSwing& swing) {
  std::array<double, kToeOffMethods> frames;
  frames.fill(kNan);
  const SmoothPoint& ball = paths.ball.at(side);
  const Index n = ball.x_m.size();
  // The middle of a whole swing; of a cut one, where the ball is lowest.
  const Span all = span(swing.front_frame, swing.rear_frame, n);
  const Index lowest = lowest_frame(ball.y_m, all.first, all.last);
  if (lowest < 0 || !(paths.ball_m_s.at(side)(lowest) < kStandingMS)) return frames;
  const bool whole = swing.front_seen && swing.rear_seen;
  const double middle =
      whole ? 0.5 * (swing.front_frame + swing.rear_frame) : static_cast<double>(lowest);
  const Span leaving = span(middle, swing.rear_frame + kAfterRearS * paths.rate_hz, n);
  if (leaving.last <= leaving.first) return frames;
  const double stood_m = ball.y_m(lowest);
  frames[kBallRises] =
      first_above(ball.y_m, stood_m + kRiseM, std::max(lowest, leaving.first), leaving.last);
  frames[kBallMoves] =
      first_above(paths.ball_m_s.at(side), kBallSpeedMS, leaving.first, leaving.last);
  frames[kBallMovesUp] = first_above(ball.vy_m_s, kBallSpeedMS, leaving.first, leaving.last);
  if (swing.rear_seen) frames[kFootFarthestBehind] = swing.rear_frame;
  if (paths.leg_m.at(side).size() > 0) {
    frames[kLegLongest] = peak_within(paths.leg_m.at(side), leaving, 1.0);
  }
  return frames;
}

}  // namespace catena
