// The stop curve shows what was found about the hip stop, and nothing that was not.
#include "catena/report/stop_curve_plot.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <set>
#include <sstream>
#include <vector>

#include "catena/core/normal_estimate.h"
#include "catena/core/units.h"
#include "catena/report/palette.h"
#include "catena/report/results_fixture.h"
#include "catena/report/stop_curve.h"
#include "catena/report/stop_glyph.h"
#include "catena/report/take_up_fixture.h"

namespace catena {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string curve_of(StopVerdict verdict) {
  return draw_stop_curve(fixture_with_verdict(verdict), kRight);
}

// Middles of bands: the polylines of a colour.
std::vector<std::vector<SvgPoint>> polylines(const std::string& svg, const std::string& color) {
  const std::regex pattern("<g stroke=\"" + color + "\"[^>]*>\\s*<polyline points=\"([^\"]*)\"");
  std::vector<std::vector<SvgPoint>> lines;
  for (std::sregex_iterator match(svg.begin(), svg.end(), pattern), end; match != end; ++match) {
    lines.emplace_back();
    std::istringstream stream((*match)[1]);
    char comma = ',';
    for (double x = 0.0, y = 0.0; stream >> x >> comma >> y;) lines.back().emplace_back(x, y);
  }
  return lines;
}

TEST(StopCurvePlot, DrawsTheLineAsSteepAsTheShareInEveryPanel) {
  Results results = fixture_without_thorax();
  results.legs[kRight].take_up.hip.estimate.value = 0.25;
  results.legs[kRight].take_up.pelvis.estimate.value = 0.75;
  plant_points_and_line(results, results.legs[kRight]);
  const std::string svg = draw_stop_curve(results, kRight);
  const auto hip = polylines(svg, kHipColor);
  const auto pelvis = polylines(svg, kPelvisColor);
  ASSERT_EQ(hip.size(), 1u);
  ASSERT_EQ(pelvis.size(), 1u);
  const auto rise = [](const std::vector<SvgPoint>& line) {
    return line.front().y() - line.back().y();
  };
  EXPECT_GT(rise(hip[0]), 0.0);
  EXPECT_NEAR(rise(pelvis[0]) / rise(hip[0]), 3.0, 0.01);
}

TEST(StopCurvePlot, DrawsTheBendOnlyWhereItIsOpenOrReached) {
  EXPECT_THAT(curve_of(StopVerdict::kReached), HasSubstr("a stop (probability 98 %)"));
  EXPECT_THAT(curve_of(StopVerdict::kUndecided), HasSubstr("a stop (probability 34 %)"));
  EXPECT_THAT(curve_of(StopVerdict::kNotReached), Not(HasSubstr("a stop")));
  EXPECT_THAT(curve_of(StopVerdict::kCannotBeTested), Not(HasSubstr("a stop")));
}

TEST(StopCurvePlot, LeavesOutAnUndecidedBendOfLessThanOneInTen) {
  Results results = fixture_with_verdict(StopVerdict::kUndecided);
  results.legs[kRight].take_up.hip_stop.towards_stop = 0.09;
  EXPECT_THAT(draw_stop_curve(results, kRight), Not(HasSubstr("a stop")));
}

TEST(StopCurvePlot, LeavesOutTheLineOnlyWhereAStopIsReachedAndTheLineImprobable) {
  EXPECT_THAT(curve_of(StopVerdict::kReached), Not(HasSubstr("straight line")));
  Results results = fixture_with_verdict(StopVerdict::kReached);
  results.legs[kRight].take_up.hip_stop.line = 0.15;
  EXPECT_THAT(draw_stop_curve(results, kRight), HasSubstr("straight line (probability 15 %)"));
  for (const StopVerdict verdict :
       {StopVerdict::kUndecided, StopVerdict::kNotReached, StopVerdict::kCannotBeTested}) {
    EXPECT_THAT(curve_of(verdict), HasSubstr(">straight line"));
  }
}

TEST(StopCurvePlot, TellsTheTwoCurvesApartWithoutColour) {
  const std::string svg = curve_of(StopVerdict::kUndecided);
  // The likelier one is drawn through, the other dashed: three panels each.
  EXPECT_EQ(polylines(svg, kHipColor).size(), 1u);
  EXPECT_EQ(polylines(svg, kMuted).size(), 3u);
  EXPECT_THAT(svg, HasSubstr("stroke-dasharray=\"5 4\""));
}

TEST(StopCurvePlot, MarksThePlaceOfAStopThatIsReachedAndNoOther) {
  EXPECT_THAT(curve_of(StopVerdict::kReached),
              HasSubstr("stop near hip 31.0\u00b0 (29.0 to 33.0)"));
  EXPECT_THAT(curve_of(StopVerdict::kReached), HasSubstr("bend at thigh 36\u00b0 (34 to 38)"));
  EXPECT_THAT(curve_of(StopVerdict::kUndecided), Not(HasSubstr("stop near")));
  EXPECT_THAT(curve_of(StopVerdict::kNotReached), Not(HasSubstr("bend at")));
}

TEST(StopCurvePlot, SaysTheVerdictAndTheDemandsToThoseWhoCannotSeeIt) {
  const std::string svg = curve_of(StopVerdict::kNotReached);
  const std::string words =
      svg.substr(svg.find("<desc>"), svg.find("</desc>") - svg.find("<desc>"));
  EXPECT_THAT(words, HasSubstr("not reached within the range recorded"));
  EXPECT_THAT(words, HasSubstr("mean of 9 m/s, 3 strides"));
}

TEST(StopCurve, GivesEveryDemandItsNinetyPercentError) {
  const Results results = fixture_results();
  const StopCurve curve = collect_stop_curve(results, kRight);
  ASSERT_EQ(curve.points.size(), 4u);
  const DemandPoint& point = results.legs[kRight].take_up.points[1];
  EXPECT_NEAR(curve.points[1].part_error_deg[2], kNormal90 * point.sd_rad(2) * kDegPerRad, 1e-9);
  EXPECT_NEAR(curve.points[1].thigh_error_deg, kNormal90 * point.thigh_sd_rad * kDegPerRad, 1e-9);
  for (const StopCurve::Point& of : curve.points) EXPECT_FALSE(of.follows);
}

TEST(StopCurve, JoinsTheBlocksOfARampInTimeFromLightToDark) {
  const StopCurve curve = collect_stop_curve(fixture_ramp(), kRight);
  ASSERT_EQ(curve.points.size(), 10u);
  EXPECT_FALSE(curve.points[0].follows);
  for (std::size_t i = 1; i < 10; ++i) EXPECT_TRUE(curve.points[i].follows);
  EXPECT_EQ(curve.points.front().color, demand_color(0, 10));
  EXPECT_EQ(curve.points.back().color, demand_color(9, 10));
  EXPECT_NE(curve.dots.front().color, curve.dots.back().color);
}

TEST(StopGlyph, DiffersInShapeForEveryVerdict) {
  std::set<std::string> shapes;
  for (const StopVerdict verdict : {StopVerdict::kCannotBeTested, StopVerdict::kUndecided,
                                    StopVerdict::kNotReached, StopVerdict::kReached}) {
    // Without colours.
    shapes.insert(std::regex_replace(draw_stop_glyph(verdict), std::regex("#[0-9a-f]{6}"), ""));
  }
  EXPECT_EQ(shapes.size(), 4u);
}

}  // namespace
}  // namespace catena
