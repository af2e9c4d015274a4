#include "catena/validation/point_study.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "catena/validation/for_each_session.h"
#include "catena/validation/take_up_tables.h"
#include "catena/validation/wrong_prior.h"

namespace catena {
namespace {

std::string stop_words(const PlannedStop& stop) {
  if (!(stop.inside_deg > 0.0)) return "none";
  return fmt::format("{:.0f} deg inside{}{}", stop.inside_deg,
                     stop.slope_kept > 0.0 ? ", a third of the slope left" : "",
                     stop.right_only ? ", right only" : "");
}

/// What sets a cell apart beside plan, deviation, stop and priors.
std::string other_words(const StrideCell& cell) {
  std::string words;
  const auto add = [&](const std::string& more) { words += (words.empty() ? "" : ", ") + more; };
  if (cell.legs_alike > 0.0) add(fmt::format("legs alike {:.1f}", cell.legs_alike));
  if (!cell.artefact) add("no skin");
  if (cell.curved && cell.bend == NaturalBend::kTowardsStop) add("bends towards a stop");
  if (cell.curved && cell.bend == NaturalBend::kOtherWay) add("bends the other way");
  if (cell.departure == Departure::kEveryPart) add("every part departs by itself");
  if (cell.departure == Departure::kPelvisInOne) add("low back takes what the hip leaves");
  if (cell.drift == Drift::kSmooth) add("smooth drift");
  if (cell.drift == Drift::kRough) add("rough drift");
  return words;
}

/// The columns that say what a row is of.
std::string row_start(const PointStudyRow& row) {
  const StrideCell& cell = row.cell.planted;
  const std::string deviation =
      cell.hip_deviation_deg == cell.back_deviation_deg
          ? fmt::format("{:.1f}", cell.hip_deviation_deg)
          : fmt::format("{:.2f} / {:.2f}", cell.hip_deviation_deg, cell.back_deviation_deg);
  return fmt::format("| {} | {} | {} | {} | {} |", plan_name(cell.n_demands), deviation,
                     stop_words(cell.stop), prior_words(row.cell.prior_factor), other_words(cell));
}

constexpr const char* kStartHead = "| recorded | deviation, deg | stop | priors | else |";
constexpr const char* kStartRule = "|---|---|---|---|---|";

}  // namespace

PointStudyRow run_point_study(const PointStudyCell& cell, const PointStudyOptions& options) {
  TakeUpOptions take_up = options.take_up;
  take_up.details = false;
  // Ends of intervals from a thousand draws differ between draws by a few hundredths of a width,
  // to either side.
  take_up.n_draws = std::min(take_up.n_draws, 1000);
  take_up.prior = wrong_prior(take_up.prior, cell.prior_factor);
  const auto n = static_cast<std::size_t>(std::max(0, options.sessions));
  PointStudyRow row = {.cell = cell, .n_sessions = options.sessions, .legs = {}};
  row.legs.resize(2 * n);
  // The same runners in all cells of one plan.
  const RandomStream seeds = RandomStream(options.seed).child(plan_name(cell.planted.n_demands));
  for_each_session(n, options.threads, [&](std::size_t i) {
    const PlantedSession session = plant_session(cell.planted, seeds.child("session", i).bits());
    const std::array<TakeUp, 2> found = estimate_take_up(session.demands, take_up);
    for (std::size_t side = 0; side < 2; ++side) {
      row.legs[2 * i + side] = score_leg(session.planted.at(side), found.at(side));
    }
  });
  return row;
}

std::string shares_table(std::span<const PointStudyRow> rows) {
  std::string text =
      fmt::format("{}{}\n{}{}\n", kStartHead, shares_head(), kStartRule, shares_rule());
  for (const PointStudyRow& row : rows) text += row_start(row) + shares_cells(row.legs) + "\n";
  return text;
}

std::string stops_table(std::span<const PointStudyRow> rows) {
  std::string text =
      fmt::format("{}{}\n{}{}\n", kStartHead, stops_head(), kStartRule, stops_rule());
  for (const PointStudyRow& row : rows) {
    for (const bool that_stop : {true, false}) {
      const std::string cells = stops_cells(row.legs, that_stop);
      if (!cells.empty()) text += row_start(row) + cells + "\n";
    }
  }
  return text;
}

std::string count_of_rows(std::span<const PointStudyRow> rows) {
  std::vector<std::vector<ScoredLeg>> legs;
  for (const PointStudyRow& row : rows) legs.push_back(row.legs);
  return count_words(legs);
}

}  // namespace catena
