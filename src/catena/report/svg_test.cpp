#include "catena/report/svg.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "catena/report/palette.h"

namespace catena {
namespace {

using testing::DoubleNear;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

TEST(Svg, EscapesWordsAndTooltips) {
  Svg svg(10.0, 10.0, "a \"label\"");
  svg.text({1.0, 2.0}, "x < y & z");
  svg.rect({0.0, 0.0}, {1.0, 1.0}, {}, "<tip>");
  const std::string drawing = std::move(svg).finish();
  EXPECT_THAT(drawing, HasSubstr("x &lt; y &amp; z"));
  EXPECT_THAT(drawing, HasSubstr("&lt;tip&gt;"));
  EXPECT_THAT(drawing, HasSubstr("aria-label=\"a &quot;label&quot;\""));
}

TEST(Svg, LeavesOutShapesWithACoordinateThatIsNotFinite) {
  Svg svg(10.0, 10.0, "");
  svg.line({0.0, kNan}, {1.0, 1.0}, {});
  svg.circle({kNan, 0.0}, 1.0, {});
  svg.arc({0.0, 0.0}, 1.0, 0.0, kNan, {});
  svg.text({kNan, 0.0}, "words");
  svg.rect({0.0, 0.0}, {std::numeric_limits<double>::infinity(), 1.0}, {});
  svg.marker(MarkerShape::kSquare, {kNan, 0.0}, 2.0, {});
  svg.polygon(std::vector<SvgPoint>{{0.0, 0.0}, {1.0, kNan}}, {});
  const std::string drawing = std::move(svg).finish();
  EXPECT_THAT(drawing, Not(HasSubstr("nan")));
  EXPECT_THAT(drawing, Not(HasSubstr("inf")));
  EXPECT_THAT(drawing, Not(HasSubstr("<g")));
}

TEST(Svg, DrawsAQuarterCircleFromTheRightDownwards) {
  Svg svg(10.0, 10.0, "");
  svg.arc({5.0, 5.0}, 2.0, 0.0, 1.5707963267948966, {});
  // y points down, so growing angles run clockwise on paper: sweep flag 1, small arc.
  EXPECT_THAT(std::move(svg).finish(), HasSubstr("M7 5A2 2 0 0 1 5 7"));
}

TEST(Svg, GivesEachDemandItsOwnShapeAndAColourThatDarkens) {
  EXPECT_NE(demand_shape(0), demand_shape(1));
  EXPECT_EQ(demand_shape(0), demand_shape(kMarkerShapes));
  const auto lightness = [](const std::string& color) {
    return std::stoi(color.substr(1, 2), nullptr, 16) * 299 +
           std::stoi(color.substr(3, 2), nullptr, 16) * 587 +
           std::stoi(color.substr(5, 2), nullptr, 16) * 114;
  };
  for (int i = 1; i < 7; ++i) {
    EXPECT_LT(lightness(demand_color(i, 7)), lightness(demand_color(i - 1, 7)));
  }
}

TEST(RoundTicks, AreRoundAndFewEnough) {
  EXPECT_THAT(round_ticks(-13.0, 47.0, 7), ElementsAre(-10.0, 0.0, 10.0, 20.0, 30.0, 40.0));
  EXPECT_THAT(round_ticks(0.0, 1.0, 5),
              ElementsAre(DoubleNear(0.0, 1e-12), DoubleNear(0.5, 1e-12), DoubleNear(1.0, 1e-12)));
}

TEST(RoundTicks, NeverExceedTheirNumberForAnyRange) {
  for (double width = 0.013; width < 900.0; width *= 1.37) {
    for (const int most : {2, 3, 5, 7}) {
      const auto ticks = round_ticks(-0.3 * width, 0.7 * width, most);
      EXPECT_LE(static_cast<int>(ticks.size()), most) << width;
      EXPECT_GE(ticks.size(), 1u) << width;
    }
  }
}

TEST(RoundTicks, OfAnUnknownRangeAreNone) {
  EXPECT_TRUE(round_ticks(kNan, 1.0, 5).empty());
  EXPECT_TRUE(round_ticks(1.0, 1.0, 5).empty());
  EXPECT_EQ(round_range(kNan, kNan, 5).high, 1.0);
}

TEST(RoundRange, OpensToTheNextTickOnBothSides) {
  const Range range = round_range(-13.0, 47.0, 7);
  EXPECT_DOUBLE_EQ(range.low, -20.0);
  EXPECT_DOUBLE_EQ(range.high, 50.0);
}

TEST(Axis, MapsItsEndsAndItsMiddle) {
  const Axis axis{-10.0, 10.0, 100.0, 0.0};
  EXPECT_DOUBLE_EQ(axis.at(-10.0), 100.0);
  EXPECT_DOUBLE_EQ(axis.at(0.0), 50.0);
  EXPECT_DOUBLE_EQ(axis.at(10.0), 0.0);
}

}  // namespace
}  // namespace catena
