#include "catena/validation/point_study.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "catena/validation/wrong_prior.h"

namespace catena {
namespace {

using testing::HasSubstr;

PointStudyCell cell_of(int n_demands, double deviation_deg) {
  PointStudyCell cell;
  cell.planted.n_demands = n_demands;
  cell.planted.hip_deviation_deg = cell.planted.back_deviation_deg = deviation_deg;
  return cell;
}

PointStudyOptions few(int sessions) {
  PointStudyOptions options;
  options.sessions = sessions;
  options.take_up.n_draws = 500;
  return options;
}

// 25 sessions of two legs: binomial SD 4.2 to 6 %, so 80 to 100 % is what an honest 90 % interval
// shows. The whole study: catena-validate take-up-points.
TEST(PointStudy, IntervalsHoldAboutNinetyPercent) {
  for (const double deviation_deg : {0.0, 0.7, 1.5}) {
    const PointStudyRow row = run_point_study(cell_of(4, deviation_deg), few(25));
    for (std::size_t k = 0; k < 4; ++k) {
      const ShareCounts counts = count_shares(row.legs, k);
      EXPECT_EQ(counts.n_given, 50);
      EXPECT_GE(counts.coverage, 0.80) << deviation_deg;
    }
  }
}

TEST(PointStudy, IsTheSameForAnyNumberOfThreads) {
  for (const bool curved : {false, true}) {
    PointStudyCell cell = cell_of(3, 0.7);
    cell.planted.curved = curved;
    PointStudyOptions options = few(6);
    options.threads = 1;
    const PointStudyRow one = run_point_study(cell, options);
    options.threads = 3;
    const PointStudyRow three = run_point_study(cell, options);
    EXPECT_EQ(shares_table(std::vector{one}), shares_table(std::vector{three}));
    EXPECT_EQ(stops_table(std::vector{one}), stops_table(std::vector{three}));
    options.seed = 2;
    EXPECT_NE(shares_table(std::vector{one}),
              shares_table(std::vector{run_point_study(cell, options)}));
  }
}

TEST(PointStudy, ARunnerDoesNotDependOnDeviationArtefactAndPriors) {
  PointStudyCell still = cell_of(3, 0.0);
  still.planted.artefact = false;
  PointStudyCell moving = cell_of(3, 1.5);
  moving.prior_factor = 3.0;
  const PointStudyRow a = run_point_study(still, few(3));
  const PointStudyRow b = run_point_study(moving, few(3));
  for (std::size_t i = 0; i < 6; ++i) {
    EXPECT_EQ(a.legs[i].planted.shares, b.legs[i].planted.shares);
  }
}

TEST(PointStudy, APriorWrongByAFactorMovesTheIntervals) {
  PointStudyCell cell = cell_of(3, 0.0);
  const double right = count_shares(run_point_study(cell, few(10)).legs, 0).median_width;
  cell.prior_factor = 3.0;
  EXPECT_GT(count_shares(run_point_study(cell, few(10)).legs, 0).median_width, 1.5 * right);
  cell.prior_factor = 1.0 / 3.0;
  EXPECT_LT(count_shares(run_point_study(cell, few(10)).legs, 0).median_width, right / 1.5);
}

TEST(PointStudy, AWrongPriorIsRightAgainAfterTheInverseFactor) {
  const TakeUpPrior prior;
  const TakeUpPrior back = wrong_prior(wrong_prior(prior, 3.0), 1.0 / 3.0);
  EXPECT_NEAR(back.on_line_probability, prior.on_line_probability, 1e-12);
  EXPECT_NEAR(back.deviation_max_rad, prior.deviation_max_rad, 1e-12);
  EXPECT_NEAR(back.artefact_pelvis_rad, prior.artefact_pelvis_rad, 1e-12);
  EXPECT_LT(wrong_prior(prior, 3.0).on_line_probability, prior.on_line_probability);
}

TEST(PointStudy, EveryCellOfThePromiseIsThereOnceWithAndWithoutAStop) {
  std::vector<PointStudyRow> rows;
  for (const PointStudyPart& part : point_study_parts()) {
    rows.clear();
    std::set<std::string> lines;
    for (const PointStudyCell& cell : part.cells) {
      rows.push_back({cell, 0, {}});
      lines.insert(shares_table(std::vector{rows.back()}));
    }
    EXPECT_EQ(lines.size(), part.cells.size()) << part.name;
    EXPECT_THAT(shares_table(rows), HasSubstr("| ramp | 1.5 |")) << part.name;
    if (part.name == "promise") {
      EXPECT_EQ(part.cells.size(), 18u);
      EXPECT_EQ(
          std::ranges::count_if(
              part.cells, [](const PointStudyCell& c) { return c.planted.stop.inside_deg == 4.0; }),
          9);
    }
  }
}

}  // namespace
}  // namespace catena
