#include "catena/report/body_plot.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "catena/report/body_views.h"
#include "catena/report/label_column.h"
#include "catena/report/limb.h"
#include "catena/report/number_text.h"
#include "catena/report/palette.h"
#include "catena/report/svg.h"

namespace catena {
namespace {

constexpr double kPitch = 10.5;        // from label to label
constexpr double kWidestLabel = 84.0;  // wider ones are cut, without the millimetres

constexpr const char* kNearColor = "#c9d3dd";
constexpr const char* kFarColor = "#e6ebf0";
constexpr const char* kLeaderColor = "#b4c0cc";
constexpr const char* kModelColor = kHipColor;
constexpr const char* kLargeColor = kLowBackColor;
constexpr const char* kJointColor = kLeanColor;

// Square root of the 90 % point of chi-squared with two degrees of freedom.
constexpr double kNinetyPercentRadius = 2.1460;

double residual_m(const BodyPicture::Marker& marker) {
  return (marker.measured_m - marker.in_model_m).norm();
}

bool is_large(const BodyPicture& picture, const BodyPicture::Marker& marker) {
  return residual_m(marker) > picture.large_residual_m;
}

// Where the marker is drawn, or would be if it were not lost.
Eigen::Vector3d place_of(const BodyPicture::Marker& marker) {
  return marker.measured_m.allFinite() ? marker.measured_m : marker.in_model_m;
}

std::string words_of(const BodyPicture& picture, const BodyPicture::Marker& marker) {
  std::string added;
  if (!marker.measured_m.allFinite()) added = " (lost)";
  if (is_large(picture, marker)) added = " " + plain_number(1e3 * residual_m(marker), 0) + " mm";
  return shortened_to(marker.label, kWidestLabel / kLabelSize) + added;
}

// Bones from the far ones to the near ones, the far half of the body lighter.
void draw_bones(Svg& svg, const BodyView& view, const BodyPicture& picture) {
  std::vector<const BodyPicture::Bone*> order;
  for (const BodyPicture::Bone& bone : picture.bones) {
    if (bone.from_m.allFinite() && bone.to_m.allFinite()) order.push_back(&bone);
  }
  const auto depth = [&](const BodyPicture::Bone& bone) {
    return view.depth_m(0.5 * (bone.from_m + bone.to_m));
  };
  std::stable_sort(order.begin(), order.end(),
                   [&](const auto* a, const auto* b) { return depth(*a) < depth(*b); });
  for (const BodyPicture::Bone* bone : order) {
    const LimbWidth width = limb_width(bone->name);
    // A trunk is half as wide again as it is deep.
    const bool is_broad = bone->name == "trunk" && view.sight.toward.z() < 0.5;
    const double scale = (is_broad ? 1.5 : 1.0) * view.scale;
    const bool is_far = depth(*bone) < -0.05 && view.sight.toward.z() > 0.5;
    draw_limb(svg, view.at(bone->from_m), width.from_m * scale, view.at(bone->to_m),
              width.to_m * scale, is_far ? kFarColor : kNearColor);
  }
  for (const BodyPicture::Bone* bone : order) {
    if (bone->name == "head") continue;  // drawn, not measured
    svg.line(view.at(bone->from_m), view.at(bone->to_m), {.stroke = kPaper, .width = 1.6});
  }
}

// The region that holds a joint centre with 90 %, as its shadow in this view.
std::vector<SvgPoint> ellipse_of(const BodyView& view, const BodyPicture::JointCenter& joint) {
  Eigen::Matrix<double, 2, 3> across;
  across << view.sight.right.transpose(), -view.sight.up.transpose();
  const Eigen::Matrix2d shadow = across * joint.covariance_m2 * across.transpose();
  if (!shadow.allFinite() || !(shadow(0, 0) > 0.0)) return {};
  // Cholesky: shadow = root * root'.
  const double a = std::sqrt(shadow(0, 0));
  const double b = shadow(1, 0) / a;
  const double c = std::sqrt(std::max(0.0, shadow(1, 1) - b * b));
  constexpr int kCorners = 40;
  std::vector<SvgPoint> rim;
  for (int i = 0; i < kCorners; ++i) {
    const double turn = 2.0 * std::numbers::pi * i / kCorners;
    const SvgPoint off(a * std::cos(turn), b * std::cos(turn) + c * std::sin(turn));
    rim.push_back(view.at(joint.center_m) + kNinetyPercentRadius * view.scale * off);
  }
  return rim;
}

void draw_joint_mark(Svg& svg, const SvgPoint& at, const std::string& tooltip) {
  svg.marker(MarkerShape::kDiamond, at, 2.6, {.stroke = kPaper, .width = 0.6, .fill = kJointColor},
             tooltip);
}

void draw_joints(Svg& svg, const BodyView& view, const BodyPicture& picture) {
  for (const BodyPicture::JointCenter& joint : picture.joints) {
    if (!joint.center_m.allFinite()) continue;
    const std::vector<SvgPoint> rim = ellipse_of(view, joint);
    if (!rim.empty()) {
      svg.polygon(rim, {.stroke = kJointColor, .width = 0.7, .fill = kJointColor, .opacity = 0.35});
    }
    draw_joint_mark(svg, view.at(joint.center_m), joint.name);
  }
}

void draw_cross(Svg& svg, const SvgPoint& at) {
  constexpr double kHalf = 2.3;
  const Pen pen{.stroke = kModelColor, .width = 1.1};
  svg.line(at - SvgPoint(kHalf, kHalf), at + SvgPoint(kHalf, kHalf), pen);
  svg.line(at - SvgPoint(kHalf, -kHalf), at + SvgPoint(kHalf, -kHalf), pen);
}

void draw_measured(Svg& svg, const SvgPoint& at, bool large, const std::string& tooltip) {
  svg.marker(MarkerShape::kCircle, at, large ? 3.0 : 2.4,
             {.stroke = kInk, .width = 0.9, .fill = large ? kLargeColor : "none"}, tooltip);
}

void draw_markers(Svg& svg, const BodyView& view, const BodyPicture& picture) {
  for (const BodyPicture::Marker& marker : picture.markers) {
    const bool large = is_large(picture, marker);
    const SvgPoint measured = view.at(marker.measured_m);
    const SvgPoint in_model = view.at(marker.in_model_m);
    svg.line(measured, in_model,
             {.stroke = large ? kLargeColor : kInk, .width = large ? 2.2 : 0.9});
    draw_measured(svg, measured, large,
                  fmt::format("{}: {} mm from the model's", marker.label,
                              plain_number(1e3 * residual_m(marker), 1)));
    if (in_model.allFinite()) draw_cross(svg, in_model);
  }
}

// Labels of one column, from the top down.
struct Column {
  std::vector<const BodyPicture::Marker*> markers;
  bool left = false;
};

// The farthest off keep their labels where there is no room for all. Returns how many go without.
int keep_what_fits(std::vector<const BodyPicture::Marker*>& markers, std::size_t most) {
  if (markers.size() <= most) return 0;
  const int dropped = static_cast<int>(markers.size() - most);
  std::stable_sort(markers.begin(), markers.end(), [](const auto* a, const auto* b) {
    const auto rank = [](const auto* m) {
      return std::isnan(residual_m(*m)) ? 0.0 : residual_m(*m);
    };
    return rank(a) > rank(b);
  });
  markers.resize(most);
  return dropped;
}

int draw_column(Svg& svg, const BodyView& view, const BodyPicture& picture, Column column) {
  const double low = view.center.y() - view.half_height + kPitch;
  const double high = view.center.y() + view.half_height;
  const int dropped =
      keep_what_fits(column.markers, static_cast<std::size_t>((high - low) / kPitch) + 1);
  std::stable_sort(column.markers.begin(), column.markers.end(), [&](const auto* a, const auto* b) {
    return view.at(place_of(*a)).y() < view.at(place_of(*b)).y();
  });
  std::vector<double> wanted;
  for (const auto* marker : column.markers) wanted.push_back(view.at(place_of(*marker)).y());
  const std::vector<double> places = spread_labels(wanted, kPitch, low, high);
  const double edge = view.half_width + kLeaderLength;
  const double x = view.center.x() + (column.left ? -edge : edge);
  for (std::size_t k = 0; k < places.size(); ++k) {
    const BodyPicture::Marker& marker = *column.markers[k];
    const bool large = is_large(picture, marker);
    svg.line({x + (column.left ? 2.0 : -2.0), places[k]}, view.at(place_of(marker)),
             {.stroke = large ? kLargeColor : kLeaderColor, .width = 0.6});
    svg.text({x, places[k] + 3.0}, words_of(picture, marker),
             {.size = kLabelSize,
              .fill = large ? kLargeColor : kInk,
              .anchor = column.left ? Anchor::kEnd : Anchor::kStart,
              .bold = large});
  }
  return dropped;
}

// The near half of the markers in two columns of equal length, left ones left. Returns how many of
// them have no label.
int draw_labels(Svg& svg, const BodyView& view, const BodyPicture& picture, double nearer_than_m) {
  std::vector<const BodyPicture::Marker*> markers;
  for (const BodyPicture::Marker& marker : picture.markers) {
    const Eigen::Vector3d place = place_of(marker);
    if (place.allFinite() && view.depth_m(place) > nearer_than_m) markers.push_back(&marker);
  }
  std::stable_sort(markers.begin(), markers.end(), [&](const auto* a, const auto* b) {
    return view.at(place_of(*a)).x() < view.at(place_of(*b)).x();
  });
  const auto half = markers.begin() + static_cast<std::ptrdiff_t>(markers.size() / 2);
  return draw_column(svg, view, picture, {{markers.begin(), half}, true}) +
         draw_column(svg, view, picture, {{half, markers.end()}, false});
}

void draw_caption(Svg& svg, const BodyView& view, const std::string& name, const std::string& left,
                  const std::string& right) {
  const double y = view.center.y() + view.half_height + 16.0;
  svg.text({view.center.x(), y}, name, {.size = 11.0, .anchor = Anchor::kMiddle, .bold = true});
  const auto arrow = [&](double way, const std::string& words) {
    const SvgPoint tip(view.center.x() + way * 52.0, y + 11.0);
    svg.line({view.center.x() + way * 30.0, tip.y()}, tip, {.stroke = kMuted, .width = 1.0});
    svg.polygon(std::vector<SvgPoint>{tip + SvgPoint(way * 5.0, 0.0), tip + SvgPoint(0.0, -3.0),
                                      tip + SvgPoint(0.0, 3.0)},
                {.fill = kMuted});
    svg.text(
        tip + SvgPoint(way * 9.0, 3.0), words,
        {.size = kLabelSize, .fill = kMuted, .anchor = way < 0.0 ? Anchor::kEnd : Anchor::kStart});
  };
  arrow(-1.0, left);
  arrow(1.0, right);
}

// A round length in cm of about a quarter of the column.
void draw_scale(Svg& svg, const SvgPoint& at, double scale) {
  const double wanted_cm = 100.0 * 90.0 / scale;
  double length_cm = 5.0;
  for (const double round_cm : {10.0, 20.0, 50.0, 100.0}) {
    if (round_cm <= wanted_cm) length_cm = round_cm;
  }
  const SvgPoint end = at + SvgPoint(0.01 * length_cm * scale, 0.0);
  const Pen pen{.stroke = kInk, .width = 1.4};
  svg.line(at, end, pen);
  for (const SvgPoint& tick : {at, end}) {
    svg.line(tick - SvgPoint(0.0, 3.5), tick + SvgPoint(0.0, 3.5), pen);
  }
  svg.text(end + SvgPoint(7.0, 3.2), plain_number(length_cm, 0) + " cm, all three views",
           {.size = 10.0});
}

void draw_legend(Svg& svg, const BodySheet& sheet, const BodyPicture& picture, int without_label) {
  SvgPoint at = sheet.legend + SvgPoint(0.0, 8.0);
  const auto row = [&](const std::string& words, bool muted = false) {
    svg.text(at + SvgPoint(muted ? 0.0 : 26.0, 3.3), words,
             {.size = 10.0, .fill = muted ? kMuted : kInk});
    at.y() += 16.0;
  };
  const SvgPoint mark(11.0, 0.0);
  draw_measured(svg, at + mark, false, "");
  row("marker as measured");
  draw_cross(svg, at + mark);
  row("the same marker on the model");
  svg.line(at + mark - SvgPoint(8.0, 0.0), at + mark + SvgPoint(8.0, 0.0),
           {.stroke = kInk, .width = 0.9});
  row("the way between the two, to scale");
  svg.line(at + mark - SvgPoint(8.0, 0.0), at + mark + SvgPoint(8.0, 0.0),
           {.stroke = kLargeColor, .width = 2.2});
  draw_measured(svg, at + mark - SvgPoint(8.0, 0.0), true, "");
  row(fmt::format("more than {} mm, with its length",
                  plain_number(1e3 * picture.large_residual_m, 0)));
  draw_joint_mark(svg, at + mark, "");
  row("joint centre");
  const bool any_known = std::any_of(picture.joints.begin(), picture.joints.end(),
                                     [](const auto& j) { return j.covariance_m2.allFinite(); });
  if (any_known) {
    svg.circle(at + mark, 5.5,
               {.stroke = kJointColor, .width = 0.7, .fill = kJointColor, .opacity = 0.35});
    row("holds the joint centre with 90 %");
  }
  at.y() += 4.0;
  draw_scale(svg, at + SvgPoint(1.0, 0.0), sheet.front.scale);
  at.y() += 20.0;
  row("Frame of the runner: x forward, y up, z right.", true);
  if (without_label > 0) {
    row(fmt::format("{} label{} had no room.", without_label, without_label == 1 ? "" : "s"), true);
  }
}

int count_large(const BodyPicture& picture) {
  return static_cast<int>(
      std::count_if(picture.markers.begin(), picture.markers.end(),
                    [&](const auto& marker) { return is_large(picture, marker); }));
}

int count_shared(const BodyPicture& picture) {
  return static_cast<int>(
      std::count_if(picture.markers.begin(), picture.markers.end(),
                    [](const auto& marker) { return std::isfinite(residual_m(marker)); }));
}

// "marker RMS 9.8 mm over 38 markers, 2 of them more than 20 mm off"
std::string fit_words(const BodyPicture& picture) {
  const int large = count_large(picture);
  return fmt::format("marker RMS {} mm over {} markers, {} more than {} mm off",
                     plain_number(1e3 * picture.marker_rms_m, 1), count_shared(picture),
                     large == 0 ? "none" : std::to_string(large),
                     plain_number(1e3 * picture.large_residual_m, 0));
}

std::string description(const BodyPicture& picture) {
  std::string words = fit_words(picture) + ".";
  words[0] = 'M';
  if (count_large(picture) > 0) {
    words += " Farthest from the model:";
    for (const BodyPicture::Marker& marker : picture.markers) {
      if (is_large(picture, marker)) words += " " + words_of(picture, marker) + ";";
    }
    words.back() = '.';
  }
  return words;
}

}  // namespace

std::string draw_body_picture(const BodyPicture& picture) {
  if (!has_extent(picture)) return "";
  double widest = 0.0;
  for (const BodyPicture::Marker& marker : picture.markers) {
    widest = std::max(widest, kLabelSize * text_width(words_of(picture, marker)));
  }
  const BodySheet sheet = lay_out(picture, widest);
  Svg svg(kSheetWidth, sheet.height,
          fmt::format("Body and markers of {} from the front, from the right and from above",
                      picture.title.empty() ? "the runner" : picture.title));
  svg.describe(description(picture));
  svg.text({0.0, 14.0}, picture.title, {.size = 14.0, .bold = true});
  svg.text({0.0, 31.0},
           picture.posture + (picture.posture.empty() ? "" : ": ") + fit_words(picture),
           {.size = 11.0, .fill = kMuted});
  for (const BodyView& view : {sheet.front, sheet.side, sheet.above})
    draw_bones(svg, view, picture);
  // Leaders run below the marks.
  int without_label = draw_labels(svg, sheet.front, picture, -1e9);
  if (sheet.side_has_labels) without_label += draw_labels(svg, sheet.side, picture, -0.03);
  for (const BodyView& view : {sheet.front, sheet.side, sheet.above}) {
    draw_joints(svg, view, picture);
    draw_markers(svg, view, picture);
  }
  draw_caption(svg, sheet.front, "From the front", "right", "left");
  draw_caption(svg, sheet.side, "From the right", "back", "forward");
  draw_caption(svg, sheet.above, "From above, forward is down", "right", "left");
  draw_legend(svg, sheet, picture, without_label);
  return std::move(svg).finish();
}

}  // namespace catena
