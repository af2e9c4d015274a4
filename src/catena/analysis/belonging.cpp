#include "catena/analysis/belonging.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "catena/core/units.h"
#include "catena/math/statistics.h"
#include "catena/trajectories/body_shape.h"

namespace catena {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

/// Median distance between two markers; NaN when one of them or both are never seen.
double distance_between_m(const Trajectories& t, const std::string& one, const std::string& other) {
  const int a = point_of(t, one);
  const int b = point_of(t, other);
  return a < 0 || b < 0 ? kNan : median_distance_m(t.points_m, a, b);
}

/// Calls visit(marker, marker) for every two markers that sit on one body.
template <class Visit>
void for_each_pair_on_a_body(const Model& model, Visit visit) {
  for (std::size_t i = 0; i < model.markers.size(); ++i) {
    for (std::size_t j = i + 1; j < model.markers.size(); ++j) {
      if (model.markers[i].body == model.markers[j].body) visit(model.markers[i], model.markers[j]);
    }
  }
}

/// How many markers of a body each frame shows; `used`: how many any frame does.
Eigen::ArrayXi markers_seen_on(const FittedRun& run, const Model& model, int body, int& used) {
  used = 0;
  Eigen::ArrayXi seen = Eigen::ArrayXi::Zero(run.fit.residual_m.rows());
  for (std::size_t m = 0; m < run.fit.marker_index.size(); ++m) {
    const ModelMarker& marker = model.markers[static_cast<std::size_t>(run.fit.marker_index[m])];
    if (marker.body != body) continue;
    const Eigen::Array<bool, Eigen::Dynamic, 1> shown =
        !run.fit.residual_m.col(static_cast<Eigen::Index>(m)).array().isNaN();
    seen += shown.cast<int>();
    used += shown.any() ? 1 : 0;
  }
  return seen;
}

/// "pelvis", "right thigh (femur_r)": what a person calls it, then what the model does.
std::string link_name(const BodySetup& body, int link) {
  const std::string& name = body.model.bodies[static_cast<std::size_t>(link)].name;
  const char* known_as = link == body.chain.pelvis          ? "pelvis"
                         : link == body.chain.thorax        ? "thorax"
                         : link == body.chain.thigh[kRight] ? "right thigh"
                         : link == body.chain.thigh[kLeft]  ? "left thigh"
                         : link == body.chain.shank[kRight] ? "right shank"
                         : link == body.chain.shank[kLeft]  ? "left shank"
                         : link == body.chain.foot[kRight]  ? "right foot"
                                                            : "left foot";
  return name == known_as ? name : fmt::format("{} ({})", known_as, name);
}

/// Takes out where neither a segment of a leg nor anything beyond it shows a marker; where none
/// ever does, the whole segment. One is enough for a hinge, and others hold the rest.
void leave_out_hidden_segment(FittedRun& run, const BodySetup& body, int link,
                              std::vector<Eigen::Matrix3d>& rotations) {
  if (link == kNone || rotations.empty()) return;
  int used = 0;
  Eigen::ArrayXi seen = markers_seen_on(run, body.model, link, used);
  std::vector<bool> beyond(body.model.bodies.size(), false);
  beyond[static_cast<std::size_t>(link)] = true;
  for (std::size_t j = 0; j < body.model.joints.size(); ++j) {
    if (!beyond[static_cast<std::size_t>(body.model.joints[j].parent)]) continue;
    beyond[j + 1] = true;
    int more = 0;
    seen += markers_seen_on(run, body.model, static_cast<int>(j) + 1, more);
    used += more;
  }
  if (used == 0) return rotations.clear();
  const auto hidden = (seen == 0).count();
  if (hidden == 0) return;
  for (Eigen::Index f = 0; f < seen.size(); ++f) {
    if (seen[f] == 0) rotations[static_cast<std::size_t>(f)].setConstant(kNan);
  }
  run.warnings.push_back(
      fmt::format("{}: No marker of the {} was seen in {} of {} frames; its angles are not known "
                  "there.",
                  run.file, link_name(body, link), hidden, seen.size()));
}

std::string markers_of_body(const Model& model, int body) {
  std::string names;
  for (const ModelMarker& marker : model.markers) {
    if (marker.body == body) names += (names.empty() ? "" : ", ") + marker.name;
  }
  return names.empty() ? "none" : names;
}

}  // namespace

Result<void> check_size(FittedRun& run, const BodySetup& body) {
  // Units differ by a factor of ten or more; runners and models never by a factor of three. After
  // scaling to the runner 0 to 3 % are usual, with a model of average size 8 to 15 %.
  constexpr double kOtherUnit = 3.0;
  constexpr double kOtherBody = 0.30;
  constexpr double kPoorScaling = 0.10;
  constexpr std::size_t kFewestPairs = 3;
  std::vector<double> ratios;
  for_each_pair_on_a_body(body.model, [&](const ModelMarker& one, const ModelMarker& two) {
    const double in_model_m = (one.position_in_body_m - two.position_in_body_m).norm();
    const double measured_m = distance_between_m(run.trajectories, one.name, two.name);
    if (in_model_m > 0.05 && !std::isnan(measured_m)) ratios.push_back(measured_m / in_model_m);
  });
  if (ratios.size() < kFewestPairs) return {};
  const double ratio = median(ratios);
  if (ratio < 1e-6) {
    return fail(Errc::kMismatch, "markers of one segment lie at one and the same place", run.path,
                "export the recording again");
  }
  if (!(ratio < kOtherUnit && ratio > 1.0 / kOtherUnit)) {
    return fail(Errc::kMismatch,
                fmt::format("the markers lie {:.4g} times as far apart as on the model, so the "
                            "file's unit of length is wrong",
                            ratio),
                run.path, "correct the unit in the third line (mm or m), or export again");
  }
  for (double& r : ratios) r = std::abs(r - 1.0);
  const double change = median(ratios);
  if (change > kOtherBody) {
    return fail(Errc::kMismatch,
                fmt::format("the distances between markers of one segment differ by {:.0f} % "
                            "(median) from the model's: this is not the model of this runner",
                            100.0 * change),
                run.path, "give the model that was scaled to this runner's standing trial");
  }
  if (change > kPoorScaling) {
    run.warnings.push_back(fmt::format(
        "{}: The distances between markers of one segment differ by {:.0f} % (median) from the "
        "model's; is the model scaled to this runner?",
        run.file, 100.0 * change));
  }
  return {};
}

Result<void> check_fit(FittedRun& run) {
  // Skin moves markers by 10 to 20 mm; good fits of running leave 10 to 20 mm RMS.
  constexpr double kPoor_m = 0.04;
  constexpr double kNone_m = 0.07;
  const Eigen::ArrayXXd squared = run.fit.residual_m.array().square();
  const auto seen = static_cast<double>((!squared.isNaN()).count());
  const double rms_m = std::sqrt(squared.isNaN().select(0.0, squared).sum() / seen);
  if (rms_m > kNone_m) {
    return fail(Errc::kMismatch,
                fmt::format("the model cannot follow this recording: its markers stay {:.0f} mm "
                            "(RMS) from the recorded ones",
                            1000.0 * rms_m),
                run.path,
                "check the labels (left and right too), the upward axis and whose model it is");
  }
  if (rms_m > kPoor_m) {
    run.warnings.push_back(
        fmt::format("{}: The model's markers stay {:.0f} mm (RMS) from the recorded ones, more "
                    "than skin moves; check the labels and whose model it is.",
                    run.file, 1000.0 * rms_m));
  }
  return {};
}

Result<void> check_links_are_seen(const FittedRun& run, const BodySetup& body) {
  for (const int link : {body.chain.pelvis, body.chain.thigh[kRight], body.chain.thigh[kLeft]}) {
    int used = 0;
    markers_seen_on(run, body.model, link, used);
    if (used > 0) continue;
    return fail(Errc::kMissingData,
                fmt::format("no marker of the {} was seen, so nobody can say who puts the leg "
                            "behind the body (the model's markers there: {})",
                            link_name(body, link), markers_of_body(body.model, link)),
                run.path,
                "record with these markers, rename the labels, or give the model that "
                "has this marker set");
  }
  return {};
}

Error explain_posture(Error error, const GroundFrame& ground, const std::string& path) {
  error.where = path;
  if (error.code != Errc::kMismatch) return error;
  const auto letter = [](LabAxis axis) {
    const std::string text = to_text(axis);
    return text.front() == '+' ? text.substr(1) : text;
  };
  const FoundAxis& up = ground.up;
  if (up.seen && *up.seen != up.axis) {
    error.what +=
        fmt::format(": {} was taken as up, and {} seems to be", letter(up.axis), letter(*up.seen));
    error.hint = fmt::format("say so: --up {}", letter(*up.seen));
  } else {
    error.what += fmt::format(": {} was taken as up ({})", letter(up.axis), up.by);
    error.hint =
        "check the labels (left and right too), the upward axis (--up) and whose model it is";
  }
  return error;
}

Result<void> check_stands(const FittedRun& standing) {
  // Quiet standing keeps a thigh within a few degrees; the middle half of a walk spans 20.
  constexpr double kLargestSway_deg = 8.0;
  constexpr double kFarthestFromVertical_deg = 40.0;
  for (const Side side : kSides) {
    const Eigen::VectorXd curve = thigh_extension_curve_rad(standing.segments, side);
    std::vector<double> angles;
    for (const double angle : curve) {
      if (std::isfinite(angle)) angles.push_back(angle * kDegPerRad);
    }
    if (angles.empty()) {
      return fail(Errc::kMissingData,
                  fmt::format("no frame of the standing trial shows pelvis and {} thigh",
                              side == kRight ? "right" : "left"),
                  standing.path, "record it again with these markers, or leave --standing out");
    }
    std::sort(angles.begin(), angles.end());
    const double sway = angles[(3 * angles.size()) / 4] - angles[angles.size() / 4];
    const double middle = angles[angles.size() / 2];
    const char* const hint = "give a recording of quiet standing, or leave --standing out";
    if (sway > kLargestSway_deg) {
      return fail(Errc::kMismatch,
                  fmt::format("the runner moves in the standing trial: the {} thigh swings "
                              "through {:.0f} deg (middle half of the frames)",
                              side == kRight ? "right" : "left", sway),
                  standing.path, hint);
    }
    if (std::abs(middle) > kFarthestFromVertical_deg) {
      return fail(Errc::kMismatch,
                  fmt::format("the runner does not stand in the standing trial: the {} thigh is "
                              "{:.0f} deg from vertical",
                              side == kRight ? "right" : "left", std::abs(middle)),
                  standing.path, hint);
    }
  }
  return {};
}

Result<void> check_same_runner(const FittedRun& first, const FittedRun& other,
                               const BodySetup& body) {
  // Skin carries markers by a tenth of a segment's size at most; runners differ by more, and so
  // do markers that were taken off and put on elsewhere.
  constexpr double kLargestChange = 0.12;
  std::vector<double> changes;
  for_each_pair_on_a_body(body.model, [&](const ModelMarker& one, const ModelMarker& two) {
    const double before = distance_between_m(first.trajectories, one.name, two.name);
    const double after = distance_between_m(other.trajectories, one.name, two.name);
    if (before > 0.03 && !std::isnan(after)) changes.push_back(std::abs(after / before - 1.0));
  });
  const double change = median(changes);
  if (!(change > kLargestChange)) return {};
  return fail(Errc::kMismatch,
              fmt::format("the distances between markers of one segment differ by {:.0f} % "
                          "(median) from those in {}: another runner, or markers placed anew",
                          100.0 * change, first.file),
              other.path, "analyse one runner and one marker placement at a time");
}

bool thorax_is_seen(const FittedRun& run, const BodySetup& body) {
  if (body.chain.thorax == kNone) return false;
  int used = 0;
  const Eigen::ArrayXi seen = markers_seen_on(run, body.model, body.chain.thorax, used);
  return used >= 3 && 2 * (seen >= 2).count() >= seen.size();
}

void leave_out_hidden(FittedRun& run, const BodySetup& body) {
  SegmentMotion& motion = run.segments;
  const Eigen::Matrix3d lost = Eigen::Matrix3d::Constant(kNan);
  const auto leave_out = [&](int link, int wanted, const auto& lose) {
    int used = 0;
    const Eigen::ArrayXi seen = markers_seen_on(run, body.model, link, used);
    const int needed = std::min(wanted, used);
    Eigen::Index hidden = 0;
    Eigen::Index first = -1;
    for (Eigen::Index f = 0; f < seen.size(); ++f) {
      if (seen[f] >= needed) continue;
      lose(static_cast<std::size_t>(f));
      if (hidden++ == 0) first = f;
    }
    if (hidden == 0) return;
    run.warnings.push_back(fmt::format(
        "{}: Too few markers of the {} were seen in {} of {} frames (the first at {:.2f} s); no "
        "stride is read there.",
        run.file, link_name(body, link), hidden, seen.size(), motion.time_s[first]));
  };
  for (const Side side : kSides) {
    leave_out(body.chain.thigh[side], 1, [&](std::size_t f) { motion.thigh[side][f] = lost; });
  }
  leave_out(body.chain.pelvis, 2, [&](std::size_t f) { motion.pelvis[f] = lost; });
  if (motion.has_thorax) {
    leave_out(body.chain.thorax, 2, [&](std::size_t f) { motion.thorax[f] = lost; });
  }
  for (const Side side : kSides) {
    leave_out_hidden_segment(run, body, body.chain.shank[side], motion.shank[side]);
    leave_out_hidden_segment(run, body, body.chain.foot[side], motion.foot[side]);
    if (motion.shank[side].empty()) motion.foot[side].clear();
  }
  // A thigh tells nothing where the links above it are not known.
  for (std::size_t f = 0; f < motion.pelvis.size(); ++f) {
    if (motion.pelvis[f].allFinite() && (!motion.has_thorax || motion.thorax[f].allFinite())) {
      continue;
    }
    for (const Side side : kSides) motion.thigh[side][f] = lost;
  }
}

}  // namespace catena
