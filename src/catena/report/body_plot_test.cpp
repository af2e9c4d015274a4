// The picture of a body holds every marker where it is, in all three views.
#include "catena/report/body_plot.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <regex>
#include <set>
#include <vector>

#include "catena/report/body_picture_fixture.h"
#include "catena/report/label_column.h"
#include "catena/report/svg.h"
#include "catena/report/test_text.h"

namespace catena {
namespace {

using testing::HasSubstr;
using testing::Not;

const double kNan = std::numeric_limits<double>::quiet_NaN();

// Centres of the circles whose tooltip starts with `label`: front, right, above.
std::vector<SvgPoint> circles_of(const std::string& svg, const std::string& label) {
  const std::regex pattern("<title>" + label +
                           ":[^<]*</title>\\s*<circle cx=\"([^\"]*)\" cy=\"([^\"]*)\"");
  std::vector<SvgPoint> centers;
  for (std::sregex_iterator found(svg.begin(), svg.end(), pattern), end; found != end; ++found) {
    centers.emplace_back(std::stod((*found)[1]), std::stod((*found)[2]));
  }
  return centers;
}

struct Word {
  SvgPoint at;
  std::string words, anchor;
};

// The labels of markers; captions and the legend have other sizes.
std::vector<Word> labels_of(const std::string& svg) {
  const std::regex pattern("<text x=\"([^\"]*)\" y=\"([^\"]*)\"([^>]*)>([^<]*)</text>");
  std::vector<Word> words;
  for (std::sregex_iterator found(svg.begin(), svg.end(), pattern), end; found != end; ++found) {
    const std::string style = (*found)[3];
    if (style.find("font-size=\"9\"") == std::string::npos) continue;
    const bool at_end = style.find("text-anchor=\"end\"") != std::string::npos;
    const std::string text = (*found)[4];
    if (text == "right" || text == "left" || text == "back" || text == "forward") continue;
    words.push_back({{std::stod((*found)[1]), std::stod((*found)[2])}, text, at_end ? "end" : ""});
  }
  return words;
}

TEST(BodyPlot, DrawsEachMarkerInThreeViewsToOneScale) {
  const BodyPicture picture = fixture_picture();
  const std::string svg = draw_body_picture(picture);
  const auto right = circles_of(svg, "RASI"), heel = circles_of(svg, "RHEEL");
  ASSERT_EQ(right.size(), 3u);
  ASSERT_EQ(heel.size(), 3u);
  const Eigen::Vector3d way_m = picture.markers[0].measured_m - picture.markers[3].measured_m;
  const SvgPoint front = right[0] - heel[0], side = right[1] - heel[1], above = right[2] - heel[2];
  const double scale = -front.y() / way_m.y();
  EXPECT_GT(scale, 100.0);
  EXPECT_NEAR(front.x(), -way_m.z() * scale, 0.02);  // the runner's right is on the reader's left
  EXPECT_NEAR(side.x(), way_m.x() * scale, 0.02);    // forward is to the right
  EXPECT_NEAR(side.y(), front.y(), 0.02);
  EXPECT_NEAR(above.x(), front.x(), 0.02);
  EXPECT_NEAR(above.y(), way_m.x() * scale, 0.02);  // forward is down
}

TEST(BodyPlot, AMirroredRunnerIsAMirroredPicture) {
  BodyPicture picture = fixture_picture();
  const auto front = [](const std::string& svg, const char* label) {
    return circles_of(svg, label).at(0).x();
  };
  const std::string as_is = draw_body_picture(picture);
  EXPECT_LT(front(as_is, "RASI"), front(as_is, "LASI"));
  for (BodyPicture::Marker& marker : picture.markers) {
    marker.measured_m.z() *= -1.0;
    marker.in_model_m.z() *= -1.0;
  }
  const std::string mirrored = draw_body_picture(picture);
  EXPECT_GT(front(mirrored, "RASI"), front(mirrored, "LASI"));
}

TEST(BodyPlot, NamesMarkersThatAreFarOffWithTheirLengthAndNoOthers) {
  const std::string svg = draw_body_picture(fixture_picture());
  EXPECT_THAT(svg, HasSubstr(">RHEEL 30 mm<"));
  EXPECT_THAT(svg, HasSubstr(">RASI<"));
  EXPECT_THAT(svg, Not(HasSubstr(">RASI ")));
  EXPECT_THAT(svg, HasSubstr("1 more than 20 mm off"));
  // In words too, for those who do not see it.
  EXPECT_THAT(svg, HasSubstr("<desc>Marker RMS 15.1 mm over 5 markers, 1 more than 20 mm off. "
                             "Farthest from the model: RHEEL 30 mm.</desc>"));
}

TEST(BodyPlot, SaysOfALostMarkerThatItIsLostAndDrawsTheModels) {
  BodyPicture picture = fixture_picture();
  picture.markers[0].measured_m.setConstant(kNan);
  const std::string svg = draw_body_picture(picture);
  EXPECT_THAT(svg, HasSubstr(">RASI (lost)<"));
  EXPECT_TRUE(circles_of(svg, "RASI").empty());
  EXPECT_THAT(svg, Not(HasSubstr("nan")));
}

TEST(BodyPlot, LabelsOfOneColumnNeverTouch) {
  // Forty markers in the space of a foot.
  BodyPicture picture = fixture_picture();
  for (int k = 0; k < 40; ++k) {
    const Eigen::Vector3d at(0.1 + 0.001 * k, 0.02 + 0.0005 * k, 0.1 + 0.001 * (k % 7));
    picture.markers.push_back({"FOOT" + std::to_string(k), at, at});
  }
  const std::vector<Word> labels = labels_of(draw_body_picture(picture));
  ASSERT_GT(labels.size(), 60u);
  for (std::size_t i = 0; i < labels.size(); ++i) {
    for (std::size_t k = i + 1; k < labels.size(); ++k) {
      if (labels[i].at.x() != labels[k].at.x()) continue;
      EXPECT_GE(std::abs(labels[i].at.y() - labels[k].at.y()), 9.0)
          << labels[i].words << " and " << labels[k].words;
    }
  }
}

TEST(BodyPlot, CountsLabelsForWhichThereIsNoRoomAndKeepsTheFarthestOff) {
  BodyPicture picture = fixture_picture();
  for (int k = 0; k < 300; ++k) {
    const Eigen::Vector3d at(0.1, 0.02 + 0.005 * k, 0.1);
    picture.markers.push_back({"M" + std::to_string(k), at, at});
  }
  const std::string svg = draw_body_picture(picture);
  EXPECT_THAT(svg, HasSubstr(" labels had no room."));
  EXPECT_EQ(count_of(svg, ">RHEEL 30 mm<"), 2u);  // from the front and from the right
  EXPECT_THAT(draw_body_picture(fixture_picture()), Not(HasSubstr("had no room")));
}

TEST(BodyPlot, KeepsEverythingOnTheSheet) {
  BodyPicture picture = fixture_picture();
  picture.markers[1].label = std::string(60, 'W');
  const std::string svg = draw_body_picture(picture);
  const std::regex box("viewBox=\"0 0 ([0-9.]*) ([0-9.]*)\"");
  std::smatch match;
  ASSERT_TRUE(std::regex_search(svg, match, box));
  const double width = std::stod(match[1]), height = std::stod(match[2]);
  EXPECT_EQ(width, 720.0);
  for (const Word& word : labels_of(svg)) {
    EXPECT_GT(word.at.y(), 9.0);
    EXPECT_LT(word.at.y(), height);
    const double length = 9.0 * text_width(word.words);
    const double left = word.anchor == "end" ? word.at.x() - length : word.at.x();
    EXPECT_GT(left, -1.0) << word.words;
    EXPECT_LT(left + length, width + 1.0) << word.words;
  }
}

TEST(BodyPlot, OfAWideStrideLabelsTheFrontAloneSoThatTheBodyStaysLarge) {
  BodyPicture picture = fixture_picture();
  EXPECT_EQ(count_of(draw_body_picture(picture), ">C7<"), 2u);
  picture.markers.push_back({"LEFT.TOE.LATERAL", {-0.9, 0.5, -0.5}, {-0.9, 0.5, -0.5}});
  picture.markers.push_back({"RIGHT.WRIST.RADIUS", {0.5, 1.1, 0.5}, {0.5, 1.1, 0.5}});
  EXPECT_EQ(count_of(draw_body_picture(picture), ">C7<"), 1u);
}

TEST(BodyPlot, EllipsesAreNinetyPercentRegionsToScale) {
  BodyPicture picture = fixture_picture();
  picture.joints = {{"right hip", {0.0, 0.9, 0.08}}};
  const std::string without = draw_body_picture(picture);
  EXPECT_THAT(without, Not(HasSubstr("holds the joint centre with 90 %")));
  // Standard errors 10, 5 and 20 mm forward, up and to the right.
  picture.joints[0].covariance_m2 = Eigen::Vector3d(1e-4, 25e-6, 4e-4).asDiagonal();
  const std::string svg = draw_body_picture(picture);
  EXPECT_THAT(svg, HasSubstr("holds the joint centre with 90 %"));
  const auto right = circles_of(svg, "RASI"), heel = circles_of(svg, "RHEEL");
  const double scale = (right[0].y() - heel[0].y()) /
                       (picture.markers[3].measured_m.y() - picture.markers[0].measured_m.y());
  // Its shadows: 20 by 5, 10 by 5 and 20 by 10 mm.
  const std::regex rim("opacity=\"0.35\">\\s*<polygon points=\"([^\"]*)\"");
  std::vector<SvgPoint> sizes;
  for (std::sregex_iterator found(svg.begin(), svg.end(), rim), end; found != end; ++found) {
    std::string list = (*found)[1];
    std::replace(list.begin(), list.end(), ',', ' ');
    std::istringstream numbers(list);
    SvgPoint low(1e9, 1e9), high(-1e9, -1e9), point;
    while (numbers >> point.x() >> point.y()) {
      low = low.cwiseMin(point);
      high = high.cwiseMax(point);
    }
    sizes.emplace_back(0.5 * (high - low) / scale);
  }
  ASSERT_EQ(sizes.size(), 3u);
  const double radius = std::sqrt(-2.0 * std::log(0.1));  // of a plane normal distribution
  EXPECT_NEAR(sizes[0].x(), 0.020 * radius, 1e-4);
  EXPECT_NEAR(sizes[0].y(), 0.005 * radius, 1e-4);
  EXPECT_NEAR(sizes[1].x(), 0.010 * radius, 1e-4);
  EXPECT_NEAR(sizes[2].y(), 0.010 * radius, 1e-4);
}

TEST(BodyPlot, OfNothingIsEmpty) { EXPECT_EQ(draw_body_picture({}), ""); }

}  // namespace
}  // namespace catena
