// What was planted in a leg, what was found of it, and the counts over many legs.
#pragma once

#include <array>
#include <limits>
#include <span>

#include "catena/chain/take_up.h"

namespace catena {

/// The truth of one leg.
struct PlantedTakeUp {
  // Hip, low back, lean, pelvis: the direction of the planted curve's chord from the least demand
  // to the farthest.
  std::array<double, 4> shares = {};
  // Thigh extension at which the hip stops, counted as the parts are; NaN: it does not stop.
  double stop_thigh_rad = std::numeric_limits<double>::quiet_NaN();
};

/// A leg beside its truth. Order of the shares: hip, low back, lean, pelvis.
struct ScoredLeg {
  PlantedTakeUp planted;
  bool given = false;  // all four shares; else "cannot tell"
  std::array<Estimate, 4> found;
  StopVerdict verdict = StopVerdict::kCannotBeTested;
  Estimate stop_thigh_rad;
};

ScoredLeg score_leg(const PlantedTakeUp& planted, const TakeUp& found);

/// Coverage of the intervals given, and their size.
struct ShareCounts {
  int n_legs = 0;
  int n_given = 0;
  double coverage = 0.0;        // part of those given
  double coverage_error = 0.0;  // its standard error, both legs of a session taken as one
  double bias = 0.0;            // mean of found - planted
  double rms_error = 0.0;
  double mean_width = 0.0;
  double median_width = 0.0;
};

/// quantity   0 hip, 1 low back, 2 lean, 3 pelvis
/// legs       both of every session, one after the other
ShareCounts count_shares(std::span<const ScoredLeg> legs, std::size_t quantity);

/// Verdicts on the legs that stop, or on those that do not; parts of n_legs, which sum to one.
/// NaN when there is no such leg.
struct StopCounts {
  int n_legs = 0;
  double reached = 0.0;        // found where one was planted; else accused
  double reached_error = 0.0;  // its standard error, as if each session had one leg
  double not_reached = 0.0;
  double undecided = 0.0;
  double cannot_be_tested = 0.0;
  // Of the legs that stop and were found to: the interval of the thigh's angle.
  int n_located = 0;
  double coverage = 0.0;
  double median_width_rad = 0.0;
};

StopCounts count_verdicts(std::span<const ScoredLeg> legs, bool that_stop);

}  // namespace catena
