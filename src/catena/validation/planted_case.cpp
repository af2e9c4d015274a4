#include "catena/validation/planted_case.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "catena/core/normal_estimate.h"

namespace catena {
namespace {

// Mean of what a hip that does not stop has to spare; as the SD of 8 deg of the Thomas test between
// 28 runners (Fukuchi et al. 2017) gives when it is half-normal, but exponential here.
constexpr double kSpareDeg = 6.5;

/// The part at the farthest demand; NaN where it is not known.
Estimate at_farthest(const TakeUp& take_up, Eigen::Index part) {
  const auto thigh = [](const DemandPoint& point) { return point.parts_rad.sum(); };
  const auto farthest = std::ranges::max_element(take_up.points, {}, thigh);
  if (farthest == take_up.points.end() || part >= farthest->parts_rad.size()) return {};
  return normal_estimate(farthest->parts_rad[part], farthest->sd_rad[part],
                         "mean of the farthest demand");
}

void drop_thorax(std::vector<DemandStrides>& demands) {
  for (DemandStrides& demand : demands) {
    Eigen::MatrixXd parts(demand.parts_rad.rows(), 2);
    parts << demand.parts_rad.col(0), demand.parts_rad.rightCols(2).rowwise().sum();
    demand.parts_rad = parts;
  }
}

void exchange_sides(PlantedSession& session) {
  std::swap(session.demands[0], session.demands[1]);
  std::swap(session.planted[0], session.planted[1]);
  std::swap(session.curve_rad[0], session.curve_rad[1]);
  std::swap(session.hips[0], session.hips[1]);
}

/// Adds the strides of another recording to the demands they are of, or as demands of their own.
void record_as_well(int n_demands, std::uint64_t seed, PlantedCase& planted) {
  StrideCell cell = planted.plan.cell;
  const int n_before = cell.n_demands;
  cell.n_demands = n_demands;
  cell.recording = 1;
  const PlantedSession more = plant_session(cell, seed);
  for (std::size_t side = 0; side < 2; ++side) {
    std::vector<DemandStrides>& demands = planted.session.demands.at(side);
    for (std::size_t d = 0; d < more.demands.at(side).size(); ++d) {
      DemandStrides added = more.demands.at(side)[d];
      // Every other one of five speeds is one of three.
      const bool alike = n_demands == 5 && (n_before == 5 || (n_before == 3 && d % 2 == 0));
      if (!alike) {
        added.label = "another " + added.label;
        demands.push_back(added);
        continue;
      }
      DemandStrides& before = demands[n_before == 5 ? d : d / 2];
      Eigen::MatrixXd parts(before.parts_rad.rows() + added.parts_rad.rows(), 3);
      parts << before.parts_rad, added.parts_rad;
      before.parts_rad = parts;
      before.time_s =
          Eigen::VectorXd::LinSpaced(parts.rows(), 0.0, 0.7 * static_cast<double>(parts.rows()));
    }
  }
}

/// Where each hip ends: at its stop, or beyond the farthest that this session asks of it.
std::array<double, 2> draw_capacities(const PlantedSession& session, RandomStream stream) {
  std::array<double, 2> capacity_rad{};
  for (std::size_t side = 0; side < 2; ++side) {
    const double spare_deg = -kSpareDeg * std::log(1.0 - stream.uniform());
    const PlantedHip& hip = session.hips.at(side);
    capacity_rad.at(side) =
        std::isfinite(hip.stop_hip_rad)
            ? hip.stop_hip_rad
            : session.curve_rad.at(side).col(0).maxCoeff() + kRadPerDeg * spare_deg;
  }
  return capacity_rad;
}

/// Pain that has nothing to do with the planted hips: nobody knows how it would.
Symptoms draw_symptoms(RandomStream stream) {
  const auto yes = [&](double chance) { return stream.uniform() < chance; };
  Symptoms symptoms;
  symptoms.has_pain = true;
  symptoms.places = {PainPlace::kLowBack};
  symptoms.during_run = yes(0.7);
  symptoms.after_run = yes(0.7);
  symptoms.in_daily_life = yes(0.4);
  symptoms.by_extension = yes(0.5);
  symptoms.by_flexion = yes(0.3);
  return symptoms;
}

void examine(const ExamErrors& errors, RandomStream stream, PlantedCase& planted) {
  const PlantedExam kind = planted.plan.exam;
  if (kind == PlantedExam::kNone) return;
  const bool held = kind != PlantedExam::kPelvisFree;
  const double sem_rad = held ? errors.held_sem_rad : errors.free_sem_rad;
  planted.exam.emplace();
  planted.exam->symptoms = draw_symptoms(stream.child("symptoms"));
  // One person, one offset between the zeros.
  const double zero_rad = errors.zero_sd_rad * stream.normal() - errors.flat_back_rad;
  for (const Side side : kSides) {
    const double read_rad = planted.capacity_rad.at(side) + zero_rad + sem_rad * stream.normal();
    ExamValue value;
    value.test = "modified_thomas";
    value.side = side;
    value.value = kRadPerDeg * std::round(kDegPerRad * read_rad);  // as it is written down
    value.sem = sem_rad;
    value.method = "inclinometer";
    value.pelvis_controlled = held;
    planted.exam->values.push_back(value);
    const double recorded_rad =
        planted.capacity_rad.at(side) + errors.recorded_sd_rad * stream.normal();
    if (kind != PlantedExam::kRecorded) continue;
    planted.recorded.push_back(
        {"modified_thomas", side, {recorded_rad, recorded_rad, recorded_rad, 0.90, "planted"}, ""});
  }
}

/// SD of the low back's mean at the farthest demand about the planted curve.
double low_back_error_rad(const StrideCell& cell) {
  constexpr PlantedArtefact kSkin;
  constexpr double kStrideDeg = 1.06;  // tilt 0.8, lean 0.7
  // Both families let low back depart by about the mean square of the two deviations.
  const double departure_deg =
      std::hypot(0.5 * cell.hip_deviation_deg, std::sqrt(0.75) * cell.back_deviation_deg);
  const double strides = 0.5 * (cell.min_strides + cell.max_strides);
  const double skin_deg = cell.artefact ? std::hypot(kSkin.pelvis_deg, kSkin.thorax_deg) : 0.0;
  return kRadPerDeg * std::hypot(departure_deg, skin_deg, kStrideDeg / std::sqrt(strides));
}

}  // namespace

std::string name_of(PlantedExam exam) {
  switch (exam) {
    case PlantedExam::kNone:
      return "no exam";
    case PlantedExam::kPelvisHeld:
      return "Thomas, pelvis held";
    case PlantedExam::kPelvisFree:
      return "Thomas, pelvis not held";
    case PlantedExam::kRecorded:
      return "Thomas, recorded";
  }
  return "";
}

CasePlan draw_case_plan(bool curved, RandomStream stream) {
  CasePlan plan;
  plan.cell.curved = curved;
  constexpr std::array kPlans = {3, 5, 0};
  plan.cell.n_demands =
      stream.uniform() < 0.05 ? 2 : kPlans.at(static_cast<std::size_t>(stream.index(3)));
  plan.cell.thigh_spread_deg = std::clamp(stream.normal(12.0, 2.5), 8.0, 16.0);
  constexpr double kDeviationDeg = 0.8;
  plan.cell.hip_deviation_deg = std::abs(stream.normal(0.0, kDeviationDeg));
  plan.cell.back_deviation_deg = std::abs(stream.normal(0.0, kDeviationDeg));
  plan.cell.legs_alike = stream.uniform(0.0, 0.9);

  const double stops = stream.uniform();
  const double inside_deg = std::min(stream.uniform(1.0, 8.0), 0.6 * plan.cell.thigh_spread_deg);
  if (stops < 0.40) plan.cell.stop = {.inside_deg = inside_deg, .right_only = stops < 0.25};
  plan.left_for_right = stream.uniform() < 0.5;
  const double bend = stream.uniform();
  plan.cell.bend = bend < 0.5    ? NaturalBend::kNearlyStraight
                   : bend < 0.75 ? NaturalBend::kTowardsStop
                                 : NaturalBend::kOtherWay;

  plan.has_thorax = stream.uniform() >= 0.15;
  const double exam = stream.uniform();
  plan.exam = exam < 0.3   ? PlantedExam::kNone
              : exam < 0.6 ? PlantedExam::kPelvisHeld
              : exam < 0.8 ? PlantedExam::kPelvisFree
                           : PlantedExam::kRecorded;
  return plan;
}

RunFindings findings_of(const std::array<std::vector<DemandStrides>, 2>& demands,
                        const TakeUpOptions& take_up) {
  RunFindings run;
  run.has_run = run.has_standing = true;
  const std::array<TakeUp, 2> found = estimate_take_up(demands, take_up);
  for (const Side side : kSides) {
    LegFindings& leg = run.legs.at(side);
    leg.take_up = found.at(side);
    leg.hip_use_rad = at_farthest(leg.take_up, 0);
    run.has_thorax = leg.take_up.has_thorax;
    run.n_demands = std::max(run.n_demands, leg.take_up.n_demands);
    if (!run.has_thorax) continue;
    leg.low_back_use_rad = at_farthest(leg.take_up, 1);
    leg.lean_rad = at_farthest(leg.take_up, 2);
  }
  return run;
}

PlantedCase plant_case(const CasePlan& plan, const ExamErrors& errors, std::uint64_t seed,
                       const TakeUpOptions& take_up) {
  const RandomStream root(seed);
  PlantedCase planted;
  planted.plan = plan;
  planted.session = plant_session(plan.cell, root.child("session").bits());
  if (plan.ramp_as_well) record_as_well(0, root.child("session").bits(), planted);
  if (plan.five_speeds_as_well) record_as_well(5, root.child("session").bits(), planted);
  if (plan.left_for_right) exchange_sides(planted.session);
  if (!plan.has_thorax) {
    for (std::vector<DemandStrides>& of_leg : planted.session.demands) drop_thorax(of_leg);
  }
  planted.capacity_rad = draw_capacities(planted.session, root.child("capacity"));
  TakeUpOptions options = take_up;
  options.details = false;
  options.seed = static_cast<unsigned>(seed);
  planted.run = findings_of(planted.session.demands, options);
  examine(errors, root.child("exam"), planted);
  return planted;
}

bool has_pattern(const PlantedCase& planted, double smallest_change_rad) {
  return std::ranges::any_of(planted.session.hips, [&](const PlantedHip& hip) {
    return hip.relief_rad >= smallest_change_rad;
  });
}

bool is_undecidable(const PlantedCase& planted, double smallest_change_rad) {
  if (planted.plan.cell.n_demands == 2) return true;
  const double error_rad = kNormal90 * low_back_error_rad(planted.plan.cell);
  bool all_below = true;
  for (const PlantedHip& hip : planted.session.hips) {
    if (hip.relief_rad - error_rad > smallest_change_rad) return false;
    all_below = all_below && hip.relief_rad + error_rad < smallest_change_rad;
  }
  return !all_below;
}

}  // namespace catena
