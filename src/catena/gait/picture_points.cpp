#include "catena/gait/picture_points.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <string_view>

#include "catena/math/statistics.h"
#include "catena/model/chain_map.h"
#include "catena/trajectories/identify_labels.h"

namespace catena {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kAssumedHeight_m = 1.75;  // NOLINT(readability-identifier-naming)
// People's heights about it, women and men together; and how far one person's proportions, the
// network's idea of joint centres and the distance to the near leg are off.
constexpr double kHeightSd = 0.09 / 1.75;
constexpr double kProportionSd = 0.04;
// Who moves farther than this through the picture, in heights, runs past the camera.
constexpr double kTravels = 1.5;

/// Places over time in the picture, or none.
using Track = Eigen::MatrixX2d;

class Landmarks {
 public:
  explicit Landmarks(const PoseRecording& pose)
      : pose_(pose), labels_(identify_labels(pose.labels)) {}

  [[nodiscard]] const std::string& set_name() const { return labels_.set_name; }

  /// Of the first landmark of that name; (0, 2) where there is none.
  [[nodiscard]] Track of(std::string_view landmark) const {
    for (std::size_t i = 0; i < labels_.meanings.size(); ++i) {
      if (labels_.meanings[i].landmark != landmark) continue;
      return pose_.places_px.middleCols<2>(2 * static_cast<Eigen::Index>(i));
    }
    return Track(0, 2);
  }

  [[nodiscard]] Track of(Side side, std::string_view landmark) const {
    return of(std::string(kSideNames[side]) + "_" + std::string(landmark));
  }

  /// Midway between both sides'; the one that is there where the other is not.
  [[nodiscard]] Track middle_of(std::string_view landmark) const {
    const Track right = of(kRight, landmark);
    const Track left = of(kLeft, landmark);
    if (right.rows() == 0) return left;
    if (left.rows() == 0) return right;
    return 0.5 * (right + left);
  }

 private:
  const PoseRecording& pose_;
  IdentifiedLabels labels_;
};

/// The median distance; NaN when they are never seen together.
double median_length(const Track& from, const Track& to) {
  if (from.rows() == 0 || to.rows() == 0) return kNaN;
  return median_of_known((to - from).rowwise().norm());
}

/// How tall the person stands in the picture, px: the segments that are known, by the part of a
/// height that they make up. NaN without thigh and shank.
double height_px(const Landmarks& marks) {
  const Track neck =
      marks.of("neck").rows() > 0 ? marks.of("neck") : marks.middle_of("shoulder_centre");
  const Track hips = marks.middle_of("hip_centre");
  double sum_px = 0.0;
  double sum_parts = 0.0;
  const auto add = [&](double length_px, double part) {
    if (std::isnan(length_px)) return;
    sum_px += length_px;
    sum_parts += part;
  };
  add(median_length(marks.of("top_of_head"), neck), 0.182);
  add(median_length(neck, hips), 0.288);
  bool has_leg = false;
  for (const Side side : kSides) {
    const Track knee = marks.of(side, "knee_centre");
    const double thigh_px = median_length(marks.of(side, "hip_centre"), knee);
    const double shank_px = median_length(knee, marks.of(side, "ankle_centre"));
    // Half each: both legs are one height.
    add(0.5 * thigh_px, 0.5 * 0.245);
    add(0.5 * shank_px, 0.5 * 0.246);
    has_leg = has_leg || !std::isnan(thigh_px + shank_px);
  }
  return has_leg ? sum_px / sum_parts : kNaN;
}

/// Whether toes, and nose, are to the left of heels, and neck.
std::optional<bool> facing_left(const Landmarks& marks) {
  double ahead_px = 0.0;
  const auto add = [&](const Track& back, const Track& front) {
    if (back.rows() == 0 || front.rows() == 0) return;
    const double along_px = median_of_known((front - back).col(0));
    if (!std::isnan(along_px)) ahead_px += along_px;
  };
  for (const Side side : kSides) {
    add(marks.of(side, "heel"), marks.of(side, "toe_tip"));
  }
  add(marks.of("neck"), marks.of("nose"));
  if (ahead_px == 0.0) return std::nullopt;
  return ahead_px < 0.0;
}

/// Where the lowest part of the feet mostly is, px from above.
double floor_px(const Landmarks& marks) {
  std::vector<double> lows;
  for (const Side side : kSides) {
    for (const char* landmark : {"heel", "toe_tip"}) {
      const Track track = marks.of(side, landmark);
      std::vector<double> heights(track.col(1).begin(), track.col(1).end());
      const double low = quantile(heights, 0.95);
      if (!std::isnan(low)) lows.push_back(low);
    }
  }
  return lows.empty() ? kNaN : *std::max_element(lows.begin(), lows.end());
}

/// How far it goes along the picture from the first to the last tenth of what is seen, px.
double travel_px(const Track& track) {
  std::vector<double> seen;
  for (Eigen::Index i = 0; i < track.rows(); ++i) {
    if (!std::isnan(track(i, 0))) seen.push_back(track(i, 0));
  }
  if (seen.size() < 2) return 0.0;
  const auto tenth = static_cast<std::ptrdiff_t>(std::max<std::size_t>(1, seen.size() / 10));
  std::vector<double> first(seen.begin(), seen.begin() + tenth);
  std::vector<double> last(seen.end() - tenth, seen.end());
  return median(last) - median(first);
}

}  // namespace

Result<PicturePoints> picture_points(const PoseRecording& pose, const PictureOptions& options) {
  const Landmarks marks(pose);
  PicturePoints out;
  out.marker_set = marks.set_name();
  const Track pelvis = marks.middle_of("hip_centre");
  if (pelvis.rows() == 0 || pelvis.array().isNaN().all()) {
    return fail(Errc::kMissingData, "no hip is among the landmarks", pose.name,
                "name them as Halpe-26 or COCO do: left_hip, right_hip, left_knee, ...");
  }
  const double floor = floor_px(marks);
  if (std::isnan(floor)) {
    return fail(Errc::kMissingData, "neither heels nor toes are among the landmarks", pose.name,
                "use a network that finds the feet, such as one of the Halpe-26 set");
  }
  if (median_of_known(pelvis.col(1)) > floor) {
    return fail(Errc::kMismatch, "the feet are above the hips", pose.name,
                "let y grow downwards, as in pictures, and turn the video upright");
  }
  const double tall_px = height_px(marks);
  if (!(tall_px > 0.0)) {
    return fail(Errc::kMissingData, "no thigh and shank are seen, so that there is no scale",
                pose.name, "use a network that finds hips, knees and ankles");
  }
  out.points.is_scaled = !std::isnan(options.height_m);
  const double height_m = out.points.is_scaled ? options.height_m : kAssumedHeight_m;
  out.points.length_sd = std::hypot(kProportionSd, out.points.is_scaled ? 0.0 : kHeightSd);
  out.metres_per_px = height_m / tall_px;
  out.notes.push_back(fmt::format(
      "Lengths are scaled by the person's height, {:.2f} m ({}), which is {:.0f} pixels by the "
      "lengths of trunk and legs: {:.2f} mm a pixel.",
      height_m, out.points.is_scaled ? "given" : "assumed: give it with --height", tall_px,
      1e3 * out.metres_per_px));

  const auto left = facing_left(marks);
  out.faces_left = left.value_or(false);
  if (!left)
    out.notes.emplace_back("Which way the runner faces could not be seen: right was taken.");
  const double ahead = out.faces_left ? -1.0 : 1.0;
  const auto path = [&](const Track& track) {
    Eigen::MatrixX3d places_m(track.rows(), 3);
    places_m.col(0) = ahead * out.metres_per_px * track.col(0);
    places_m.col(1) = out.metres_per_px * (floor - track.col(1).array()).matrix();
    places_m.col(2).setConstant(kNaN);
    return places_m;
  };
  GaitPoints& points = out.points;
  points.rate_hz = pose.rate_hz;
  points.time_s = pose.time_s;
  points.is_planar = true;
  points.pelvis_m = path(pelvis);
  for (const Side side : kSides) {
    points.heel_m[side] = path(marks.of(side, "heel"));
    points.toe_m[side] = path(marks.of(side, "toe_tip"));
    points.hip_m[side] = path(marks.of(side, "hip_centre"));
  }
  const double travel_m = ahead * out.metres_per_px * travel_px(pelvis);
  if (std::abs(travel_m) < kTravels * height_m) {
    points.belt_speed_m_s = kNaN;  // the standing feet will say
  } else if (travel_m < 0.0) {
    out.notes.emplace_back(
        "The runner goes backward through the picture: is the video mirrored or turned?");
  }
  return out;
}

}  // namespace catena
