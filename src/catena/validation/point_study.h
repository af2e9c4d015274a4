// Do the take-up share's intervals hold what they promise? Thousands of planted runners, made as
// strides at peak thigh extension, without bodies and markers: the fast half of the coverage study.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "catena/chain/take_up.h"

namespace catena {

/// How a demand departs from the line.
enum class Departure {
  kThighHeld,    // hip against pelvis and low back against lean, at the thigh angle reached
  kEveryPart,    // each part by itself, so that the thigh moves too
  kPelvisInOne,  // thigh held; what the hip leaves, the low back takes, and lean departs by itself
};

/// How the departure drifts along a ramp.
enum class Drift {
  kWaves,   // four waves with periods of 15 s to twice the ramp, random phase
  kSmooth,  // squared exponential, 15 s
  kRough,   // exponential (a first-order autoregression), 15 s
};

/// One row of the study. Degrees, because that is how the study is stated.
struct PointStudyCell {
  std::string name;
  int n_demands = 3;  // 0: a ramp of 75 s
  // SD of a demand's departure: hip against pelvis; low back against lean, given as the SD that low
  // back and lean get when both are equal.
  double hip_deviation_deg = 0.0;
  double back_deviation_deg = 0.0;
  Departure departure = Departure::kThighHeld;
  Drift drift = Drift::kWaves;
  double thigh_spread_deg = 12.0;  // median of 26 public runners from 2.5 to 4.5 m/s
  int min_strides = 8;             // per demand, drawn evenly
  int max_strides = 15;
};

/// What came of a cell. Order: hip, low back, lean, pelvis.
struct PointStudyRow {
  PointStudyCell cell;
  int n_sessions = 0;
  int n_given = 0;                      // sessions in which shares were given
  std::array<double, 4> coverage = {};  // part of those whose interval holds the truth
  std::array<double, 4> width = {};     // median width of the interval
  std::array<double, 4> mean_error = {};
};

/// A planted leg: strides by demand and the true shares (hip, low back, lean).
struct PlantedLeg {
  std::vector<DemandStrides> demands;
  std::array<double, 3> shares = {};
};

PlantedLeg plant_leg(const PointStudyCell& cell, std::uint64_t seed);

/// depends    the same seed gives the same row on every machine
PointStudyRow run_point_study(const PointStudyCell& cell, int n_sessions, std::uint64_t seed,
                              const TakeUpOptions& options = {});

/// The cells of the contract, then departures from what the estimator assumes.
std::vector<PointStudyCell> point_study_cells();

/// Every quantity of every row, as a table in Markdown.
std::string to_markdown(std::span<const PointStudyRow> rows);

}  // namespace catena
