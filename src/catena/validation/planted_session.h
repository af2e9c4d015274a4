// A planted runner's session as strides at peak thigh extension, without bodies and markers: what
// is planted, what is recorded, and the truth. Two families of runners fill it: planted_line.h and
// curved_runner.h. Degrees, because that is how the studies are stated.
#pragma once

#include <Eigen/Core>
#include <array>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "catena/chain/take_up.h"
#include "catena/core/units.h"
#include "catena/math/random_stream.h"
#include "catena/validation/take_up_score.h"

namespace catena {

constexpr double kPlantedRamp_s = 75.0;
constexpr int kPlantedRampStrides = 106;  // of such a ramp: 1.41 strides a second

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

/// How a hip without a stop bends over the range, as curved runners do.
enum class NaturalBend {
  kNearlyStraight,
  kTowardsStop,  // the hip gives less at the far end
  kOtherWay,
};

struct PlannedStop {
  double inside_deg = 0.0;  // the thigh goes so far beyond it; 0: no stop
  double slope_kept = 0.0;  // part of the hip's slope that is left beyond it
  bool right_only = false;  // else both legs
};

/// What is planted and what is recorded.
struct StrideCell {
  bool curved = false;  // the second family: curved_runner.h
  int n_demands = 3;    // 0: a ramp
  double ramp_s = kPlantedRamp_s;
  // SD of a demand's departure: hip against pelvis; low back against lean, given as the SD that low
  // back and lean get when both are equal.
  double hip_deviation_deg = 0.0;
  double back_deviation_deg = 0.0;
  double legs_alike = 0.0;  // correlation of the two legs' departures
  PlannedStop stop = {};
  bool artefact = true;  // error that grows with the demand
  // Of the first family alone.
  Departure departure = Departure::kThighHeld;
  Drift drift = Drift::kWaves;
  // Of the second alone.
  NaturalBend bend = NaturalBend::kNearlyStraight;

  // Of the same runner: another recording departs and scatters anew, with the same skin.
  std::uint64_t recording = 0;
  double thigh_spread_deg = 12.0;  // median of 26 public runners from 2.5 to 4.5 m/s
  int min_strides = 8;             // per demand, drawn evenly
  int max_strides = 15;
};

/// A hip's stop within the range that was run, and what it does. Without one it takes nothing.
struct PlantedHip {
  double stop_hip_rad = std::numeric_limits<double>::infinity();  // hip extension at the stop
  // By how much less the low back would extend at the farthest demand were the stop not there and
  // all else the same.
  double relief_rad = 0.0;
};

/// Right, left: strides by demand, the truth, and the planted curve at each demand, or at each
/// stride of a ramp: (n, 3) hip, low back, lean without departures, artefact and scatter.
struct PlantedSession {
  std::array<std::vector<DemandStrides>, 2> demands;
  std::array<PlantedTakeUp, 2> planted;
  std::array<Eigen::MatrixXd, 2> curve_rad;
  std::array<PlantedHip, 2> hips;
};

/// SD of what skin motion and wrong joint centres add from the least demand to the farthest;
/// measured on 1600 legs of synthetic runners analysed with a scaled model of published errors.
struct PlantedArtefact {
  double thigh_deg = 0.35, pelvis_deg = 0.65, thorax_deg = 0.24;
};

/// "3 speeds", "ramp"
std::string plan_name(int n_demands);

/// When each demand's strides, or each stride of a ramp, happen.
Eigen::VectorXd planted_times_s(const StrideCell& cell);

/// The chord of a planted curve from its least demand to its farthest; of a ramp from the mean of
/// the first tenth of the strides to that of the last.
std::array<double, 4> chord_of(const Eigen::MatrixXd& curve, bool ramp);

/// Records strides about given places.
///
/// places_deg (n, 3) hip, low back, lean that the strides of each demand, or each stride of a
///            ramp, scatter about
/// scatter    gives the next stride's scatter, degrees: scatter(first stride of a demand)
template <class Scatter>
std::vector<DemandStrides> record_strides(const StrideCell& cell, const Eigen::MatrixXd& places_deg,
                                          RandomStream& counts, const Scatter& scatter) {
  const Eigen::VectorXd time_s = planted_times_s(cell);
  const bool ramp = cell.n_demands == 0;
  std::vector<DemandStrides> demands;
  if (ramp) demands.push_back({"ramp", true, time_s, Eigen::MatrixXd(time_s.size(), 3)});
  for (Eigen::Index i = 0; i < time_s.size(); ++i) {
    const int n =
        ramp ? 1 : cell.min_strides + counts.index(cell.max_strides - cell.min_strides + 1);
    Eigen::MatrixXd parts(n, 3);
    for (int k = 0; k < n; ++k) {
      const Eigen::RowVector3d stray = scatter(ramp ? i == 0 : k == 0);
      parts.row(k) = kRadPerDeg * (places_deg.row(i) + stray);
    }
    if (ramp) {
      demands[0].parts_rad.row(i) = parts;
    } else {
      demands.push_back({"demand " + std::to_string(i + 1), false,
                         Eigen::VectorXd::LinSpaced(n, 0.0, 0.7 * n), parts});
    }
  }
  return demands;
}

/// A session of the cell's family.
///
/// depends    the same cell and seed give the same session on every machine; the same seed gives
///            the same runner whatever deviation, artefact and stop are
PlantedSession plant_session(const StrideCell& cell, std::uint64_t seed);

}  // namespace catena
