// The cells of the study of planted strides.
#include "catena/validation/point_study.h"

namespace catena {
namespace {

constexpr std::array kPlans = {3, 5, 0};
constexpr std::array kDeviations_deg = {0.0, 0.7, 1.5};
constexpr PlannedStop kNoStop = {};
constexpr PlannedStop kFourInside = {.inside_deg = 4.0};

/// Each plan at each deviation, as the rest of the cell says.
void add_cells(const StrideCell& like, double prior_factor, std::vector<PointStudyCell>& cells) {
  for (const int n_demands : kPlans) {
    for (const double deviation_deg : kDeviations_deg) {
      PointStudyCell cell = {.planted = like, .prior_factor = prior_factor};
      cell.planted.n_demands = n_demands;
      cell.planted.hip_deviation_deg = cell.planted.back_deviation_deg = deviation_deg;
      cells.push_back(cell);
    }
  }
}

PointStudyPart promise() {
  PointStudyPart part = {"promise", "Where the priors hold", {}};
  for (const PlannedStop& stop : {kNoStop, kFourInside}) add_cells({.stop = stop}, 1.0, part.cells);
  return part;
}

PointStudyPart legs_alike() {
  PointStudyPart part = {"alike", "Both legs depart nearly alike", {}};
  for (const PlannedStop& stop : {kNoStop, kFourInside}) {
    add_cells({.legs_alike = 0.9, .stop = stop}, 1.0, part.cells);
  }
  return part;
}

PointStudyPart wrong_priors() {
  PointStudyPart part = {"priors", "Priors wrong by a factor of three", {}};
  for (const double factor : {3.0, 1.0 / 3.0}) {
    for (const PlannedStop& stop : {kNoStop, kFourInside}) {
      add_cells({.stop = stop}, factor, part.cells);
    }
  }
  return part;
}

PointStudyPart no_skin() {
  PointStudyPart part = {"no-skin", "No error that grows with the demand", {}};
  for (const double factor : {1.0, 3.0, 1.0 / 3.0}) {
    for (const PlannedStop& stop : {kNoStop, kFourInside}) {
      add_cells({.stop = stop, .artefact = false}, factor, part.cells);
    }
  }
  return part;
}

PointStudyPart power() {
  PointStudyPart part = {"power", "Stops nearer to the end and farther from it", {}};
  const PlannedStop partial = {.inside_deg = 4.0, .slope_kept = 1.0 / 3.0};
  for (const PlannedStop& stop : {PlannedStop{.inside_deg = 2.0}, {.inside_deg = 6.0}, partial}) {
    add_cells({.stop = stop}, 1.0, part.cells);
  }
  for (const double inside_deg : {2.0, 4.0, 6.0}) {
    add_cells({.legs_alike = 0.9, .stop = {.inside_deg = inside_deg, .right_only = true}}, 1.0,
              part.cells);
  }
  return part;
}

PointStudyPart departures() {
  PointStudyPart part = {"departures", "Departures that nobody promised", {}};
  const auto add = [&](int n_demands, double hip_deg, double back_deg,
                       Departure departure = Departure::kThighHeld, Drift drift = Drift::kWaves) {
    part.cells.push_back({.planted = {.n_demands = n_demands,
                                      .hip_deviation_deg = hip_deg,
                                      .back_deviation_deg = back_deg,
                                      .departure = departure,
                                      .drift = drift}});
  };
  add(4, 0.7, 0.7);
  for (const int n_demands : {3, 5}) {
    add(n_demands, 0.3, 0.3);
    add(n_demands, 2.5, 2.5);
    add(n_demands, 1.5, 0.75);
    add(n_demands, 0.75, 1.5);
    add(n_demands, 1.5, 1.5, Departure::kEveryPart);
    add(n_demands, 1.5, 1.5, Departure::kPelvisInOne);
  }
  for (const double deg : {0.7, 1.5}) {
    add(0, deg, deg, Departure::kThighHeld, Drift::kSmooth);
    add(0, deg, deg, Departure::kThighHeld, Drift::kRough);
  }
  return part;
}

PointStudyPart curved() {
  PointStudyPart part = {"curved", "The second family", {}};
  for (const NaturalBend bend :
       {NaturalBend::kNearlyStraight, NaturalBend::kTowardsStop, NaturalBend::kOtherWay}) {
    add_cells({.curved = true, .legs_alike = 0.5, .bend = bend}, 1.0, part.cells);
  }
  for (const double inside_deg : {4.0, 6.0}) {
    add_cells({.curved = true, .legs_alike = 0.5, .stop = {.inside_deg = inside_deg}}, 1.0,
              part.cells);
  }
  return part;
}

}  // namespace

std::vector<PointStudyPart> point_study_parts() {
  return {promise(), legs_alike(), wrong_priors(), no_skin(), power(), departures(), curved()};
}

}  // namespace catena
