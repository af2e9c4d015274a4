#include "catena/report/body_views.h"

#include <algorithm>

#include "catena/report/limb.h"

namespace catena {
namespace {

constexpr double kHeader = 46.0;
constexpr double kCaption = 40.0;          // below each view
constexpr double kCaptionOverhang = 70.0;  // of its words beside a narrow view
constexpr double kMostBodyHeight = 560.0;
constexpr double kLeastScale = 230.0;  // drawing units to the metre, see side_has_labels
constexpr double kLegendHeight = 172.0;
constexpr double kLegendWidth = 250.0;

const Sight kFromFront = {{0, 0, -1}, {0, 1, 0}, {1, 0, 0}};
const Sight kFromRight = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
// Below the view from the front, as on a workshop drawing: the same point at the same width.
const Sight kFromAbove = {{0, 0, -1}, {-1, 0, 0}, {0, 1, 0}};

struct Bounds {
  Eigen::Vector3d low = Eigen::Vector3d::Constant(1e9);
  Eigen::Vector3d high = Eigen::Vector3d::Constant(-1e9);
  void add(const Eigen::Vector3d& point, double margin_m) {
    if (!point.allFinite()) return;
    low = low.cwiseMin((point.array() - margin_m).matrix());
    high = high.cwiseMax((point.array() + margin_m).matrix());
  }
  Eigen::Vector3d size() const { return high - low; }
};

Bounds bounds_of(const BodyPicture& picture) {
  Bounds bounds;
  for (const BodyPicture::Bone& bone : picture.bones) {
    const LimbWidth width = limb_width(bone.name);
    bounds.add(bone.from_m, width.from_m);
    bounds.add(bone.to_m, width.to_m);
  }
  for (const BodyPicture::Marker& marker : picture.markers) {
    bounds.add(marker.measured_m, 0.01);
    bounds.add(marker.in_model_m, 0.01);
  }
  return bounds;
}

}  // namespace

bool has_extent(const BodyPicture& picture) { return bounds_of(picture).size().minCoeff() > 0.0; }

BodySheet lay_out(const BodyPicture& picture, double label_width) {
  const Bounds bounds = bounds_of(picture);
  const Eigen::Vector3d size = bounds.size();
  const Eigen::Vector3d middle_m = 0.5 * (bounds.low + bounds.high);
  const double column = label_width + kLeaderLength;
  const auto scale_with = [&](double side_column) {
    const double room = kSheetWidth - 2.0 * (column + side_column) - 12.0;
    return std::min(room / (size.z() + size.x()), kMostBodyHeight / size.y());
  };
  BodySheet sheet;
  sheet.side_has_labels = scale_with(column) >= kLeastScale;
  const double side_column = sheet.side_has_labels ? column : kCaptionOverhang;
  const double scale = scale_with(side_column);
  const SvgPoint half_front = 0.5 * scale * SvgPoint(size.z(), size.y());
  const SvgPoint half_side = 0.5 * scale * SvgPoint(size.x(), size.y());
  const double spare =
      kSheetWidth - 2.0 * (column + side_column) - 2.0 * (half_front.x() + half_side.x());
  const double upper_y = kHeader + half_front.y();
  const double front_x = column + half_front.x() + 0.25 * spare;
  const double side_x = kSheetWidth - side_column - half_side.x() - 0.25 * spare;

  const double lower_y = kHeader + 2.0 * half_front.y() + kCaption + 6.0;
  sheet.front = {kFromFront, scale, middle_m, {front_x, upper_y}, half_front.x(), half_front.y()};
  sheet.side = {kFromRight, scale, middle_m, {side_x, upper_y}, half_side.x(), half_side.y()};
  const SvgPoint below(front_x, lower_y + half_side.x());
  sheet.above = {kFromAbove, scale, middle_m, below, half_front.x(), half_side.x()};

  // The legend stands beside the view from above, or below it where that is wide.
  const double right_of_above = front_x + half_front.x() + kLeaderLength;
  const double above_end = lower_y + 2.0 * half_side.x() + kCaption;
  if (kSheetWidth - right_of_above >= kLegendWidth) {
    const double below_side = side_x - half_side.x() - side_column;
    sheet.legend = {std::clamp(below_side, right_of_above, kSheetWidth - kLegendWidth), lower_y};
    sheet.height = std::max(above_end, lower_y + kLegendHeight);
  } else {
    sheet.legend = {0.0, above_end + 6.0};
    sheet.height = sheet.legend.y() + kLegendHeight;
  }
  return sheet;
}

}  // namespace catena
