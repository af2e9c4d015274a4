// Do the take-up share's intervals and the test of a hip stop hold what they promise? Thousands of
// planted runners of two families, made as strides at peak thigh extension, without bodies and
// markers: the fast half of the coverage study.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "catena/chain/take_up.h"
#include "catena/validation/planted_session.h"
#include "catena/validation/take_up_score.h"

namespace catena {

/// One row of the study.
struct PointStudyCell {
  StrideCell planted;
  double prior_factor = 1.0;  // wrong_prior.h
};

/// What came of a cell: right and left of every session, one after the other.
struct PointStudyRow {
  PointStudyCell cell;
  int n_sessions = 0;
  std::vector<ScoredLeg> legs;
};

/// A part of the study: cells that belong together.
struct PointStudyPart {
  std::string name;   // as the command takes it: "promise"
  std::string title;  // one line
  std::vector<PointStudyCell> cells;
};

struct PointStudyOptions {
  int sessions = 400;  // per cell, each with two legs
  std::uint64_t seed = 1;
  int threads = 0;  // 0: as many as the machine has
  TakeUpOptions take_up;
};

/// depends    the same seed gives the same row on every machine for any number of threads
PointStudyRow run_point_study(const PointStudyCell& cell, const PointStudyOptions& options = {});

/// All parts, the promise first.
std::vector<PointStudyPart> point_study_parts();

/// Every quantity of every row, none selected, as tables in Markdown; and how many lie where they
/// should, in one line.
std::string shares_table(std::span<const PointStudyRow> rows);
std::string stops_table(std::span<const PointStudyRow> rows);
std::string count_of_rows(std::span<const PointStudyRow> rows);

}  // namespace catena
