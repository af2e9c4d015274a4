#include "catena/report/stick_figure_plot.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <optional>

#include "catena/core/units.h"
#include "catena/report/limb.h"
#include "catena/report/number_text.h"
#include "catena/report/palette.h"
#include "catena/report/svg.h"

namespace catena {
namespace {

constexpr double kWidth = 360.0;
constexpr double kLabelRoom = 36.0;  // at the right, for languages with longer words
constexpr double kHeight = 410.0;
constexpr double kHalfPi = std::numbers::pi / 2.0;

constexpr const char* kLimbColor = "#8fa1b3";  // the leg in question
constexpr const char* kFarColor = "#dfe5eb";   // the other one
constexpr const char* kTrunkColor = "#c3ccd6";

// From metres (x forward, y up, hip at the origin) to the drawing.
struct View {
  double scale = 200.0;
  double height = kHeight;
  SvgPoint hip = {170.0, 210.0};
  SvgPoint at(const Eigen::Vector2d& p_m) const {
    return hip + scale * SvgPoint(p_m.x(), -p_m.y());
  }
};

const StickFigure::Bone* find_bone(const StickFigure& figure, const std::string& name) {
  for (const StickFigure::Bone& bone : figure.bones) {
    if (bone.name == name) return &bone;
  }
  return nullptr;
}

// Where the head is drawn: above the trunk's upper end.
constexpr double kHeadRadius = 0.09;
std::optional<Eigen::Vector2d> head_center_m(const StickFigure& figure) {
  const StickFigure::Bone* trunk = find_bone(figure, "trunk");
  if (trunk == nullptr) return std::nullopt;
  const Eigen::Vector2d along_m = trunk->to_m - trunk->from_m;
  if (!(along_m.norm() > 1e-3)) return std::nullopt;
  return Eigen::Vector2d(trunk->to_m + 0.19 * along_m.normalized());
}

// The whole figure centred in the drawing, as large as it fits.
View fit(const StickFigure& figure) {
  // At least the room that arcs and their words take.
  Eigen::Vector2d low(-0.5, -0.68);
  Eigen::Vector2d high(0.5, 0.30);
  for (const StickFigure::Bone& bone : figure.bones) {
    for (const Eigen::Vector2d& end : {bone.from_m, bone.to_m}) {
      if (!end.allFinite()) continue;
      low = low.cwiseMin(end);
      high = high.cwiseMax(end);
    }
  }
  if (const auto head_m = head_center_m(figure)) {
    high.y() = std::max(high.y(), head_m->y() + kHeadRadius);
  }
  View view;
  view.scale =
      std::min((kWidth - 40.0) / (high.x() - low.x()), (kHeight - 60.0) / (high.y() - low.y()));
  const Eigen::Vector2d middle_m = (low + high) / 2.0;
  view.hip =
      SvgPoint(kWidth / 2.0, kHeight / 2.0) - view.scale * SvgPoint(middle_m.x(), -middle_m.y());
  return view;
}

bool ends_with(const std::string& name, const std::string& ending) {
  return name.size() >= ending.size() &&
         name.compare(name.size() - ending.size(), ending.size(), ending) == 0;
}

// A limb to the figure's scale.
void draw_bone(Svg& svg, const View& view, const StickFigure::Bone& bone,
               const std::string& color) {
  const LimbWidth width = limb_width(bone.name);
  draw_limb(svg, view.at(bone.from_m), width.from_m * view.scale, view.at(bone.to_m),
            width.to_m * view.scale, color);
}

void draw_body(Svg& svg, const View& view, const StickFigure& figure, Side side) {
  const std::string own = side == kRight ? "_r" : "_l";
  const std::string other = side == kRight ? "_l" : "_r";
  // The other leg behind everything, then pelvis and trunk, then the leg in question.
  for (const StickFigure::Bone& bone : figure.bones) {
    if (ends_with(bone.name, other)) draw_bone(svg, view, bone, kFarColor);
  }
  for (const StickFigure::Bone& bone : figure.bones) {
    if (ends_with(bone.name, own) || ends_with(bone.name, other)) continue;
    draw_bone(svg, view, bone, kTrunkColor);
  }
  if (const auto head_m = head_center_m(figure)) {
    svg.circle(view.at(*head_m), kHeadRadius * view.scale, {.fill = kTrunkColor});
  }
  for (const StickFigure::Bone& bone : figure.bones) {
    if (ends_with(bone.name, own)) draw_bone(svg, view, bone, kLimbColor);
  }
  // Joints as small light dots, so that the chain shows.
  for (const StickFigure::Bone& bone : figure.bones) {
    if (!ends_with(bone.name, own) && bone.name != "trunk") continue;
    svg.circle(view.at(bone.from_m), 0.018 * view.scale, {.fill = kPaper});
  }
}

// One arc with its angle written beside it. Angles here run clockwise in the drawing from the
// reference direction: straight down for the legs (so behind is +), straight up for the trunk (so
// forward is +).
struct ArcLabel {
  std::string name;
  double from_rad = 0.0, to_rad = 0.0;
  double radius_m = 0.3;
  std::string color;
  double shown_deg = 0.0;
};

void draw_arc(Svg& svg, const View& view, const Eigen::Vector2d& center_m, double reference_rad,
              const ArcLabel& arc) {
  svg.arc(view.at(center_m), arc.radius_m * view.scale, reference_rad + arc.from_rad,
          reference_rad + arc.to_rad, {.stroke = arc.color, .width = 2.4});
}

// A ray from `center` at an angle clockwise from the reference direction.
SvgPoint ray_end(const View& view, const Eigen::Vector2d& center_m, double angle_rad,
                 double length_m) {
  return view.at(center_m) +
         length_m * view.scale * SvgPoint(std::cos(angle_rad), std::sin(angle_rad));
}

std::string angle_label(const std::string& name, double angle_deg) {
  return name + " " + plain_number(angle_deg, 0) + "\u00b0";
}

// Thigh from the vertical, and how hip and pelvis share it.
void draw_hip_angles(Svg& svg, const View& view, const StickFigure& figure) {
  const Eigen::Vector2d hip_m = Eigen::Vector2d::Zero();
  const double thigh = figure.thigh_deg * kRadPerDeg;
  const double pelvis = figure.pelvis_deg * kRadPerDeg;
  svg.line(view.at(hip_m), ray_end(view, hip_m, kHalfPi, 0.62),
           {.stroke = kMuted, .width = 1.2, .dash = "5 4"});
  svg.line(ray_end(view, hip_m, kHalfPi + pelvis, 0.46),
           ray_end(view, hip_m, -kHalfPi + pelvis, 0.26),
           {.stroke = kPelvisColor, .width = 1.4, .dash = "2 3"});
  svg.line(view.at(hip_m), ray_end(view, hip_m, kHalfPi + thigh, 0.60),
           {.stroke = kInk, .width = 1.2, .dash = "2 3"});

  draw_arc(svg, view, hip_m, kHalfPi, {"thigh", 0.0, thigh, 0.56, kInk, figure.thigh_deg});
  draw_arc(svg, view, hip_m, kHalfPi, {"hip", pelvis, thigh, 0.30, kHipColor, figure.hip_deg});
  draw_arc(svg, view, hip_m, kHalfPi,
           {"pelvis", 0.0, pelvis, 0.42, kPelvisColor, figure.pelvis_deg});

  const auto words = [&](double angle_rad, double radius_m, const std::string& text,
                         const std::string& color, Anchor anchor) {
    svg.text(ray_end(view, hip_m, kHalfPi + angle_rad, radius_m) + SvgPoint(0.0, 4.0), text,
             {.size = 12.5, .fill = color, .anchor = anchor, .bold = true, .halo = true});
  };
  words(0.5 * thigh, 0.625, angle_label("thigh", figure.thigh_deg), kInk, Anchor::kMiddle);
  words(0.5 * (pelvis + thigh), 0.24, angle_label("hip", figure.hip_deg), kHipColor,
        Anchor::kMiddle);
  words(std::min(0.0, pelvis) - 0.06, 0.42, angle_label("pelvis", figure.pelvis_deg), kPelvisColor,
        Anchor::kStart);
}

// Trunk from the vertical, and the pelvis against the trunk.
void draw_low_back_angles(Svg& svg, const View& view, const StickFigure& figure) {
  const StickFigure::Bone* trunk = find_bone(figure, "trunk");
  const Eigen::Vector2d low_back_m = trunk != nullptr ? trunk->from_m : Eigen::Vector2d(0.0, 0.12);
  const double lean = figure.lean_deg * kRadPerDeg;
  const double pelvis = figure.pelvis_deg * kRadPerDeg;
  svg.line(view.at(low_back_m), ray_end(view, low_back_m, -kHalfPi, 0.56),
           {.stroke = kMuted, .width = 1.2, .dash = "5 4"});
  svg.line(view.at(low_back_m), ray_end(view, low_back_m, -kHalfPi + lean, 0.56),
           {.stroke = kLeanColor, .width = 1.4, .dash = "2 3"});
  svg.line(view.at(low_back_m), ray_end(view, low_back_m, -kHalfPi + pelvis, 0.40),
           {.stroke = kPelvisColor, .width = 1.4, .dash = "2 3"});
  draw_arc(svg, view, low_back_m, -kHalfPi, {"lean", 0.0, lean, 0.50, kLeanColor, figure.lean_deg});
  draw_arc(svg, view, low_back_m, -kHalfPi,
           {"low back", lean, pelvis, 0.33, kLowBackColor, figure.low_back_deg});

  const auto words = [&](double angle_rad, double radius_m, const std::string& text,
                         const std::string& color) {
    svg.text(ray_end(view, low_back_m, -kHalfPi + angle_rad, radius_m) + SvgPoint(12.0, 4.0), text,
             {.size = 12.5, .fill = color, .bold = true, .halo = true});
  };
  words(std::max(lean, 0.0), 0.50, angle_label("lean", figure.lean_deg), kLeanColor);
  words(std::max({lean, pelvis, 0.0}), 0.33, angle_label("low back", figure.low_back_deg),
        kLowBackColor);
}

// Signs, in the empty corner behind the runner's head.
void draw_convention(Svg& svg, bool has_thorax) {
  std::vector<std::string> lines = {"Degrees, from gravity.", "+ thigh behind the vertical"};
  lines.emplace_back(has_thorax ? "+ hip, low back extended" : "+ hip extended");
  lines.emplace_back(has_thorax ? "+ pelvis, trunk tipped forward" : "+ pelvis tipped forward");
  double y = 14.0;
  for (const std::string& line : lines) {
    svg.text({2.0, y}, line, {.size = 9.5, .fill = kMuted});
    y += 13.0;
  }
}

}  // namespace

std::string draw_stick_figure(const StickFigure& figure, Side side, bool has_thorax) {
  if (!figure.known) return "";
  const View view = fit(figure);
  const std::string label = fmt::format(
      "Runner from the side at peak extension of the {} thigh, {:.0f} degrees behind the vertical",
      kSideNames[side], figure.thigh_deg);
  Svg svg(kWidth + kLabelRoom, view.height, label);
  draw_body(svg, view, figure, side);
  if (has_thorax) draw_low_back_angles(svg, view, figure);
  draw_hip_angles(svg, view, figure);

  // Which way the runner goes.
  const SvgPoint start(kWidth - 96.0, view.height - 8.0);
  const SvgPoint tip = start + SvgPoint(28.0, -4.0);
  svg.line(tip - SvgPoint(24.0, 0.0), tip, {.stroke = kMuted, .width = 1.2});
  svg.polygon(std::vector<SvgPoint>{tip + SvgPoint(5.0, 0.0), tip + SvgPoint(-2.0, -3.5),
                                    tip + SvgPoint(-2.0, 3.5)},
              {.fill = kMuted});
  svg.text(tip + SvgPoint(10.0, 3.5), "forward", {.size = 10.5, .fill = kMuted});
  draw_convention(svg, has_thorax);
  return std::move(svg).finish();
}

}  // namespace catena
