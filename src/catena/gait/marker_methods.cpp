#include "catena/gait/marker_methods.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "catena/math/statistics.h"

namespace catena {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
using Index = Eigen::Index;

constexpr double kRiseM = 0.03;
constexpr double kBallSpeedMS = 0.5;
constexpr double kHeelSpeedMS = 1.0;
// A ball that stands is at some time slower than this over the ground, and one that swings is not:
// what is left of a swing after a gap has no toe-off.
constexpr double kStandingMS = 1.5;
// An impact lies this near to where the slower signs say that the foot landed.
constexpr double kImpactBeforeS = 0.022, kImpactAfterS = 0.030;
// ... and is looked for if at least this much on either side of that is known.
constexpr double kKnownAroundS = 0.008;
// What the slower signs are late by, for the search only: seconds, and a part of the stance, which
// is about 0.7 of the way from farthest ahead to farthest behind.
constexpr double kAheadS = -0.028, kHeelStopsS = 0.011, kFastestDownPart = 0.16 * 0.7;
// Of several peaks the first counts when it has this part of the highest: the heel of a runner who
// lands on it is stopped less hard than the ball is when it slaps down 20 ms later.
constexpr double kFirstPart = 0.2;
// The pelvis falls fastest after the foot is farthest ahead; the heel stops about then.
constexpr double kLandingBeforeS = 0.03;
// Peak leg length and farthest behind come soon after toe-off.
constexpr double kAfterRearS = 0.05;

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

// Without what is lost at its ends, as long as enough around its middle remains.
Span within_known(const Eigen::VectorXd& x, Span frames, double middle, double around) {
  while (static_cast<double>(frames.first) < middle - around && std::isnan(x(frames.first - 1))) {
    ++frames.first;
  }
  while (static_cast<double>(frames.last) > middle + around && std::isnan(x(frames.last + 1))) {
    --frames.last;
  }
  return frames;
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

// The first peak of heel or ball that is at least a fifth as high as the highest; none where either
// is lost for a while, which may hide an earlier one.
double first_peak(const Eigen::VectorXd& heel, const Eigen::VectorXd& ball, const Span& frames) {
  double highest = 0.0;
  for (Index k = frames.first - 1; k <= frames.last + 1; ++k) {
    if (std::isnan(heel(k)) || std::isnan(ball(k))) return kNan;
    highest = std::max({highest, heel(k), ball(k)});
  }
  for (Index k = frames.first; k <= frames.last; ++k) {
    double first = kNan;
    for (const Eigen::VectorXd* x : {&heel, &ball}) {
      const double here = (*x)(k);
      if (here < kFirstPart * highest || here < (*x)(k - 1) || !(here > (*x)(k + 1))) continue;
      const double at = top(*x, k);
      if (std::isnan(first) || at < first) first = at;
    }
    if (!std::isnan(first)) return first;
  }
  return kNan;
}

}  // namespace

MethodErrors measured_errors() {
  MethodErrors errors;
  errors.running_contact[kFootFarthestAhead] = {-0.028, 0.012};
  errors.running_contact[kFirstImpact] = {0.004, 0.004};
  errors.running_contact[kFirstJolt] = {-0.006, 0.006};
  errors.running_contact[kPelvisFastestDown] = {0.002, 0.006};
  errors.running_contact[kHeelStops] = {0.011, 0.008};
  errors.running_toe_off[kBallRises] = {0.003, 0.006};
  errors.running_toe_off[kBallMoves] = {-0.037, 0.005};
  errors.running_toe_off[kBallMovesUp] = {-0.021, 0.005};
  errors.running_toe_off[kLegLongest] = {0.022, 0.009};
  errors.walking_contact[kFootFarthestAhead] = {-0.035, 0.010};
  errors.walking_contact[kFirstImpact] = {-0.006, 0.018};
  errors.walking_contact[kHeelStops] = {-0.025, 0.010};
  errors.walking_toe_off[kFootFarthestBehind] = {-0.008, 0.008};
  errors.walking_toe_off[kBallMovesUp] = {-0.030, 0.030};
  return errors;
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
  Span near = span(at - kImpactBeforeS * rate_hz, at + kImpactAfterS * rate_hz, n);
  if (near.last < near.first) return frames;
  near = within_known(heel.jolt_m_s3, near, at, kKnownAroundS * rate_hz);
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
  const Index slowest = lowest_frame(paths.ball_m_s.at(side), all.first, all.last);
  if (lowest < 0 || slowest < 0 || paths.ball_m_s.at(side)(slowest) > kStandingMS) return frames;
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
