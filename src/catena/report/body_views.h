// Where the three views of a body picture lie on its sheet. Used by body_plot only.
#pragma once

#include <Eigen/Core>
#include <string>

#include "catena/report/body_picture.h"
#include "catena/report/svg.h"

namespace catena {

// In drawing units; the whole is meant for 700 px and for a page, so letters are no smaller than 9.
inline constexpr double kSheetWidth = 720.0;
inline constexpr double kLabelSize = 9.0;
inline constexpr double kLeaderLength = 14.0;  // from a column of labels to the body, at the least

/// The picture's right and up and the way to the eye, each a direction of the runner's frame.
struct Sight {
  Eigen::Vector3d right, up, toward;
};

/// One view on the sheet.
struct BodyView {
  Sight sight;
  double scale = 300.0;      // drawing units to the metre
  Eigen::Vector3d middle_m;  // drawn at `center`
  SvgPoint center;
  double half_width = 0.0, half_height = 0.0;

  SvgPoint at(const Eigen::Vector3d& point_m) const {
    const Eigen::Vector3d off = point_m - middle_m;
    return center + scale * SvgPoint(off.dot(sight.right), -off.dot(sight.up));
  }
  /// Larger is nearer to the eye.
  double depth_m(const Eigen::Vector3d& point_m) const {
    return (point_m - middle_m).dot(sight.toward);
  }
};

struct BodySheet {
  BodyView front, side, above;  // to one scale
  // Where labels beside both views would make the body too small, only the front has them: a marker
  // is at the same height in both.
  bool side_has_labels = true;
  double height = 0.0;
  SvgPoint legend = SvgPoint::Zero();  // its upper left corner
};

/// Whether there is anything to be drawn.
bool has_extent(const BodyPicture& picture);

/// As large as the labels leave room for.
///
/// label_width    of the widest label
BodySheet lay_out(const BodyPicture& picture, double label_width);

}  // namespace catena
