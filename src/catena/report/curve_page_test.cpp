// The pages of curves hold what the strides hold, where it belongs.
#include "catena/report/curve_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "catena/report/test_text.h"

namespace catena {
namespace {

using testing::HasSubstr;
using testing::Not;

/// Twelve strides, the fifth with a knee of its own.
StrideCurves leg(Side side) {
  Eigen::VectorXd time_s = Eigen::VectorXd::LinSpaced(1500, 0.0, 1499.0 / 150.0);
  std::vector<AngleChannel> channels(3);
  const std::array<const char*, 3> names = {"hip_flexion", "knee_flexion", "model/hip_flexion_r"};
  const std::array<AnglePart, 3> parts = {AnglePart::kHip, AnglePart::kKnee, AnglePart::kModel};
  for (std::size_t c = 0; c < 3; ++c) {
    channels[c].angle = {names.at(c), names.at(c), "more of it", parts.at(c),
                         AnglePlane::kSagittal};
    channels[c].side = side;
    channels[c].angle_rad.resize(1500);
    for (Eigen::Index k = 0; k < 1500; ++k) {
      const double phase = 2.0 * std::numbers::pi * time_s[k] / 0.7;
      const double stride = std::floor(time_s[k] / 0.7);
      channels[c].angle_rad[k] = 0.5 * std::sin(phase) + 0.01 * std::sin(1.7 * stride + 3.0) +
                                 (c == 1 && stride == 5.0 ? 0.3 : 0.0);
    }
  }
  std::vector<Stride> strides;
  for (int i = 1; i < 13; ++i) {
    Stride stride;
    stride.side = side;
    stride.from_s = 0.7 * i;
    stride.to_s = stride.from_s + 0.7;
    stride.toe_off_s = stride.from_s + 0.28;
    strides.push_back(stride);
  }
  return stride_curves(channels, time_s, strides);
}

TEST(CurvePage, DrawsEachAngleOnceWithBothLegsAndLeavesTheModelsOwnOut) {
  const std::array<StrideCurves, 2> legs = {leg(kRight), leg(kLeft)};
  const std::string svg = draw_curve_page(legs);
  EXPECT_EQ(count_of(svg, "Hip_flexion"), 1U);
  EXPECT_EQ(count_of(svg, "Knee_flexion"), 1U);
  EXPECT_EQ(count_of(svg, "+ more of it"), 2U);
  EXPECT_THAT(svg, Not(HasSubstr("model/")));
  EXPECT_EQ(count_of(svg, "<polyline"), 4U);  // two angles, two legs
  EXPECT_EQ(count_of(svg, "<polygon"), 4U);   // their SD
  EXPECT_THAT(svg, Not(HasSubstr("nan")));
  EXPECT_THAT(svg, Not(HasSubstr("other runners")));
}

TEST(CurvePage, HasRoomForABandBehind) {
  const std::array<StrideCurves, 2> legs = {leg(kRight), leg(kLeft)};
  CurvePageOptions options;
  options.behind.push_back(
      {"hip_flexion", Eigen::VectorXd::Constant(101, -1.2), Eigen::VectorXd::Constant(101, 1.2)});
  const std::string svg = draw_curve_page(legs, options);
  EXPECT_EQ(count_of(svg, "<polygon"), 5U);
  EXPECT_THAT(svg, HasSubstr("other runners"));
}

TEST(CurvePage, OfOneLegAloneAndOfNoneIsDrawnOrEmpty) {
  EXPECT_EQ(count_of(draw_curve_page({leg(kRight), StrideCurves{}}), "<polyline"), 2U);
  EXPECT_EQ(draw_curve_page({}), "");
  EXPECT_EQ(draw_consistency_page({}), "");
}

TEST(ConsistencyPage, DrawsEveryStrideAndNamesTheOneThatIsLeftOut) {
  const StrideCurves curves = leg(kRight);
  ASSERT_EQ(curves.outliers.size(), 1U);
  const std::string svg = draw_consistency_page(curves);
  EXPECT_EQ(count_of(svg, "<polyline"), 24U);
  EXPECT_EQ(count_of(svg, ">5</text>"), 1U);  // its number, at the knee alone
  EXPECT_THAT(svg, HasSubstr("12 strides of the right leg"));
  const std::vector<std::string> sentences = outlier_sentences(curves);
  ASSERT_EQ(sentences.size(), 1U);
  EXPECT_THAT(sentences[0], HasSubstr("Stride 5 of the right leg (at 3.50 s): knee_flexion is "));
}

}  // namespace
}  // namespace catena
