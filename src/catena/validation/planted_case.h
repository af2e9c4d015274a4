// Planted cases for the answer: a runner's recordings and an examination with its errors, and
// whether the mechanical pattern is there.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "catena/chain/take_up.h"
#include "catena/exam/examination.h"
#include "catena/findings/answer.h"
#include "catena/findings/run_findings.h"
#include "catena/validation/planted_session.h"

namespace catena {

enum class PlantedExam {
  kNone,        // no examination, no symptoms
  kPelvisHeld,  // modified Thomas test
  kPelvisFree,  // the same, the pelvis not held
  kRecorded,    // the same, held, and its position recorded: no offset between the zeros
};
inline constexpr std::array kPlantedExams = {PlantedExam::kNone, PlantedExam::kPelvisHeld,
                                             PlantedExam::kPelvisFree, PlantedExam::kRecorded};

/// "no exam", "Thomas, pelvis held"
std::string name_of(PlantedExam exam);

/// By how much an examination errs, as the rules and the catalogue of tests say.
struct ExamErrors {
  double flat_back_rad = 0.0;    // by so much less a hip reads on the exam's zero
  double zero_sd_rad = 0.0;      // between the exam's zero and the run's
  double recorded_sd_rad = 0.0;  // of a recorded position
  double held_sem_rad = 0.0;     // of the test, pelvis held
  double free_sem_rad = 0.0;     // pelvis not held
};

/// What is planted and what is recorded of it.
struct CasePlan {
  StrideCell cell;
  bool left_for_right = false;  // sides exchanged, so that a one-sided stop is not always right
  bool has_thorax = true;
  // A ramp, five speeds in another recording; what is alike is one demand.
  bool ramp_as_well = false;
  bool five_speeds_as_well = false;
  PlantedExam exam = PlantedExam::kNone;
};

struct PlantedCase {
  CasePlan plan;
  PlantedSession session;
  std::array<double, 2> capacity_rad = {};  // hip extension at which each hip ends, the run's zero
  RunFindings run;
  std::optional<Examination> exam;
  std::vector<RecordedCapacity> recorded;
};

/// A plan as runners may come. Of 100: 5 with two speeds, the others with three, with five and with
/// a ramp in equal numbers; 15 without a thorax; 30 without an exam, 30 with a Thomas test whose
/// pelvis was held, 20 whose pelvis was not, 20 that were recorded. Of 100 runners 60 have hips
/// that do not stop within the range, 15 two that do and 25 one, by 1 to 8 deg of thigh (no more
/// than 0.6 of the range). Demands depart by a half-normal SD of scale 0.8 deg, as in 26 public
/// runners.
///
/// curved     the second family: its hips without a stop bend by nature in half of the runners
CasePlan draw_case_plan(bool curved, RandomStream stream);

/// depends    the same plan and seed give the same case; the same seed gives the same runner and
/// the
///            same examination whatever else is recorded
PlantedCase plant_case(const CasePlan& plan, const ExamErrors& errors, std::uint64_t seed,
                       const TakeUpOptions& take_up = {});

/// What an analysis hands to the findings of strides by demand.
RunFindings findings_of(const std::array<std::vector<DemandStrides>, 2>& demands,
                        const TakeUpOptions& take_up);

/// Freed hips would lower the low back's extension by so much, in one leg's stride at least.
bool has_pattern(const PlantedCase& planted, double smallest_change_rad);

/// Even who knew the freed hip's line exactly and saw the farthest demand alone could not tell: its
/// low back errs (departure, skin, strides) by so much that the planted change and the smallest
/// that counts are not 1.645 SD apart in any leg that decides. Two speeds are always so.
bool is_undecidable(const PlantedCase& planted, double smallest_change_rad);

}  // namespace catena
