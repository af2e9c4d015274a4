// The drawings hold what the results hold, where it belongs.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <regex>

#include "catena/report/budget_plot.h"
#include "catena/report/palette.h"
#include "catena/report/results_fixture.h"
#include "catena/report/share_plot.h"
#include "catena/report/share_reference_plot.h"
#include "catena/report/stick_figure_plot.h"
#include "catena/report/stop_curve_plot.h"
#include "catena/report/test_text.h"

namespace catena {
namespace {

using testing::HasSubstr;
using testing::Not;

struct Box {
  double left = 0.0, right = 0.0;
};

// Left and right end of the first rectangle whose tooltip starts with `name`.
Box bar_of(const std::string& svg, const std::string& name) {
  const std::regex pattern("<title>" + name +
                           "[^<]*</title>\\s*<rect x=\"([^\"]*)\" y=\"[^\"]*\" "
                           "width=\"([^\"]*)\"");
  std::smatch match;
  if (!std::regex_search(svg, match, pattern)) return {std::nan(""), std::nan("")};
  const double left = std::stod(match[1]);
  return {left, left + std::stod(match[2])};
}

TEST(BudgetPlot, PutsNegativePartsLeftOfZeroAndStacksTheOthersToTheRight) {
  const Results results = fixture_results();
  const BudgetScale scale = budget_scale(results);
  const std::string svg = draw_budget(results, kRight, scale);
  const Box hip = bar_of(svg, "hip");
  const Box low_back = bar_of(svg, "low back");
  const Box lean = bar_of(svg, "forward lean");
  EXPECT_NEAR(low_back.right, hip.left, 0.02);  // both end at zero
  EXPECT_LT(low_back.left, low_back.right);
  EXPECT_NEAR(lean.left, hip.right, 0.02);
  // Widths are to one scale.
  const BudgetSummary& budget = results.legs[kRight].at_peak;
  const double per_deg = (hip.right - hip.left) / budget.hip_deg.value;
  EXPECT_NEAR(low_back.right - low_back.left, -budget.low_back_deg.value * per_deg, 0.05);
  EXPECT_NEAR(lean.right - lean.left, budget.lean_deg.value * per_deg, 0.05);
}

TEST(BudgetPlot, HasOneScaleForBothLegsThatHoldsEveryBarAndWhisker) {
  const Results results = fixture_results();
  const BudgetScale scale = budget_scale(results);
  for (const LegResult& leg : results.legs) {
    EXPECT_LE(scale.low_deg, leg.at_peak.low_back_deg.low);
    EXPECT_GE(scale.high_deg, leg.at_peak.hip_deg.value + leg.at_peak.lean_deg.high);
  }
}

TEST(BudgetPlot, SaysWhereABudgetIsNotKnown) {
  const Results results = fixture_one_demand();
  EXPECT_THAT(draw_budget(results, kRight, budget_scale(results)),
              HasSubstr("not known in these recordings"));
}

TEST(StopCurvePlot, DrawsOneMarkAStrideInEveryPanel) {
  const Results results = fixture_results();
  const std::string svg = draw_stop_curve(results, kRight);
  // Three parts; three strides in each recording; a mean a demand.
  for (const char* recording : {"run1", "run2", "run3", "run4"}) {
    EXPECT_EQ(count_of(svg, "<title>" + std::string(recording) + ","), 9u);
  }
  EXPECT_EQ(count_of(svg, "<title>mean of "), 12u);
  EXPECT_EQ(count_of(svg, "<clipPath"), 3u);
}

TEST(StopCurvePlot, IsEmptyWithoutStrides) {
  EXPECT_EQ(draw_stop_curve(fixture_one_demand(), kLeft), "");
}

TEST(SharePlot, ListsThePelvisBesideItsHalves) {
  const std::string svg = draw_shares(fixture_results().legs[kRight].take_up, kRight);
  EXPECT_THAT(svg, HasSubstr(">pelvis<"));
  EXPECT_THAT(svg, HasSubstr(">low back<"));
  EXPECT_THAT(svg, HasSubstr("0.15 (\u22120.26 to 0.55)"));
  EXPECT_THAT(svg, HasSubstr("90 % interval"));
  EXPECT_EQ(draw_shares(fixture_one_demand().legs[kRight].take_up, kRight), "");
}

TEST(ShareReferencePlot, SetsBothLegsOnTheQuantilesOfTheOthers) {
  Results results = fixture_results();
  EXPECT_EQ(draw_share_reference(results), "");
  results.legs[kRight].take_up.pelvis.pooled_slope = 0.35;  // the others' median
  for (LegResult& leg : results.legs) {
    leg.pelvis_reference = compare_pelvis_share(leg.take_up, {2.5, 4.5, true});
  }
  const std::string svg = draw_share_reference(results);
  EXPECT_THAT(svg, HasSubstr("right 0.35"));
  EXPECT_THAT(svg, HasSubstr("left 0.50"));
  EXPECT_THAT(svg, HasSubstr("52 sides of 26 runners"));
  // The right leg's words stand over the line of the median.
  const std::regex median("stroke-width=\"2.4\"[^>]*>\\s*<line x1=\"([^\"]*)\"");
  const std::regex words("x=\"([^\"]*)\"[^>]*>right 0.35<");
  std::smatch at_median;
  std::smatch at_words;
  ASSERT_TRUE(std::regex_search(svg, at_median, median));
  ASSERT_TRUE(std::regex_search(svg, at_words, words));
  EXPECT_EQ(at_median[1], at_words[1]);
}

TEST(StickFigurePlot, WritesEveryAngleOnTheBody) {
  const StickFigure figure = fixture_results().legs[kLeft].figure;
  const std::string svg = draw_stick_figure(figure, kLeft, true);
  for (const char* label : {"thigh 38\u00b0", "hip 32\u00b0", "pelvis 6\u00b0",
                            "low back \u22122\u00b0", "lean 8\u00b0", "forward"}) {
    EXPECT_THAT(svg, HasSubstr(label));
  }
}

TEST(StickFigurePlot, DrawsNoTrunkAnglesWithoutAThorax) {
  const StickFigure figure = fixture_without_thorax().legs[kRight].figure;
  const std::string svg = draw_stick_figure(figure, kRight, false);
  EXPECT_THAT(svg, Not(HasSubstr("lean")));
  EXPECT_THAT(svg, HasSubstr("pelvis 6\u00b0"));
}

TEST(StickFigurePlot, OfAnUnknownFigureIsEmpty) {
  EXPECT_EQ(draw_stick_figure({}, kRight, true), "");
}

}  // namespace
}  // namespace catena
