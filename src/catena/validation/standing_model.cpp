#include "catena/validation/standing_model.h"

#include <Eigen/Geometry>
#include <cmath>
#include <map>
#include <utility>

#include "catena/kinematics/forward_kinematics.h"
#include "catena/kinematics/inverse_kinematics.h"
#include "catena/synthetic/body.h"

namespace catena {
namespace {

using Eigen::Vector3d;
using Places = std::map<std::string, Vector3d>;

/// "R" and "right_asis" for "right_...": the side's letter and what follows; {} and all else.
std::pair<std::string, std::string> split_side(const std::string& name) {
  if (name.starts_with("right_")) return {"R", name.substr(6)};
  if (name.starts_with("left_")) return {"L", name.substr(5)};
  return {"", name};
}

/// Segment and landmark of the registry to what the synthetic body calls them.
const std::map<std::string, std::string>& body_names() {
  static const std::map<std::string, std::string> kNames = {{"pelvis", "pelvis"},
                                                            {"thorax", "torso"},
                                                            {"thigh", "femur"},
                                                            {"shank", "tibia"},
                                                            {"foot", "calcn"}};
  return kNames;
}

const std::map<std::string, std::string>& landmark_names() {
  static const std::map<std::string, std::string> kNames = {{"asis", "ASI"},
                                                            {"psis", "PSI"},
                                                            {"lateral_epicondyle", "KNL"},
                                                            {"medial_epicondyle", "KNM"},
                                                            {"lateral_malleolus", "ANL"},
                                                            {"medial_malleolus", "ANM"},
                                                            {"first_metatarsal", "MT1"},
                                                            {"fifth_metatarsal", "MT5"},
                                                            {"acromion", "SHO"},
                                                            {"sacrum", "SACR"},
                                                            {"c7", "C7"},
                                                            {"t10", "T10"},
                                                            {"sternal_notch", "MANU"},
                                                            {"xiphoid", "XIPH"}};
  return kNames;
}

/// Mean of each point over the frames that show it; points never seen are left out.
Places mean_places(const Trajectories& standing) {
  Places places;
  for (std::size_t point = 0; point < standing.labels.size(); ++point) {
    Vector3d sum = Vector3d::Zero();
    int n_seen = 0;
    for (Eigen::Index f = 0; f < standing.points_m.rows(); ++f) {
      const Vector3d p =
          standing.points_m.row(f).segment<3>(static_cast<Eigen::Index>(3 * point)).transpose();
      if (p.hasNaN()) continue;
      sum += p;
      ++n_seen;
    }
    if (n_seen > 0) places[standing.labels[point]] = sum / n_seen;
  }
  return places;
}

/// The landmarks among the places, by the synthetic body's names.
Result<Places> find_landmarks(const Places& places, const std::vector<StandingMarker>& markers,
                              const std::string& where) {
  Places landmarks;
  for (const StandingMarker& marker : markers) {
    const auto seen = places.find(marker.label);
    if (!marker.landmark.empty() && seen != places.end()) {
      landmarks[marker.landmark] = seen->second;
    }
  }
  for (const char* needed : {"RASI", "LASI", "RPSI", "LPSI", "RKNL", "RKNM", "LKNL", "LKNM", "RANL",
                             "RANM", "LANL", "LANM"}) {
    if (landmarks.contains(needed)) continue;
    return fail(Errc::kMissingData, std::string("the landmark ") + needed + " is not there", where,
                "give a standing trial with the landmarks of pelvis, knees and ankles");
  }
  return landmarks;
}

/// Proportions of the height, but pelvis, thighs and shanks as measured.
BodyDimensions measure(const Places& at, const SyntheticBodyOptions& options) {
  BodyDimensions d = body_dimensions(options);
  const Vector3d asis = 0.5 * (at.at("RASI") + at.at("LASI"));
  const Vector3d psis = 0.5 * (at.at("RPSI") + at.at("LPSI"));
  const double width = (at.at("RASI") - at.at("LASI")).norm();
  const double depth = (asis - psis).norm();
  d.lumbosacral_in_pelvis_m *= width / d.asis_width_m;
  d.asis_width_m = width;
  d.pelvis_depth_m = depth;

  // Axes of the pelvis in ground, its horizontal psis_drop above the line from PSIS to ASIS.
  const Vector3d right = (at.at("RASI") - at.at("LASI")).normalized();
  const Vector3d along = ((asis - psis) - (asis - psis).dot(right) * right).normalized();
  const Vector3d above = right.cross(along);
  const Vector3d x = std::cos(d.psis_drop_rad) * along + std::sin(d.psis_drop_rad) * above;
  const Vector3d y = right.cross(x);
  const double leg_length = 0.53 * d.height_m;
  const Vector3d hip(-0.24 * depth - 0.0099, -0.16 * width - 0.04 * leg_length - 0.0071,
                     0.28 * depth + 0.16 * width + 0.0079);
  for (std::size_t side = 0; side < 2; ++side) {
    const std::string s = side == 0 ? "R" : "L";
    d.hip_in_pelvis_m[side] = {hip.x(), hip.y(), side == 0 ? hip.z() : -hip.z()};
    const Vector3d& h = d.hip_in_pelvis_m[side];
    const Vector3d hip_center = asis + h.x() * x + h.y() * y + h.z() * right;
    const Vector3d knee = 0.5 * (at.at(s + "KNL") + at.at(s + "KNM"));
    const Vector3d ankle = 0.5 * (at.at(s + "ANL") + at.at(s + "ANM"));
    d.thigh_length_m[side] = (hip_center - knee).norm();
    d.shank_length_m[side] = (knee - ankle).norm();
  }
  return d;
}

/// One frame that holds the landmarks under the synthetic body's names.
Trajectories one_frame(const Places& landmarks) {
  Trajectories out;
  out.name = "standing";
  out.rate_hz = 1.0;
  out.time_s = Eigen::VectorXd::Zero(1);
  out.points_m.resize(1, static_cast<Eigen::Index>(3 * landmarks.size()));
  for (const auto& [name, place] : landmarks) {
    out.points_m.block<1, 3>(0, static_cast<Eigen::Index>(3 * out.labels.size())) =
        place.transpose();
    out.labels.push_back(name);
  }
  return out;
}

}  // namespace

std::vector<StandingMarker> standing_markers(const std::vector<std::string>& labels,
                                             const IdentifiedLabels& meaning) {
  std::vector<StandingMarker> markers;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const auto [segment_side, segment] = split_side(meaning.meanings[i].segment);
    const auto body = body_names().find(segment);
    if (meaning.meanings[i].computed || body == body_names().end()) continue;
    const std::string suffix = segment_side == "R" ? "_r" : segment_side == "L" ? "_l" : "";
    const auto [side, place] = split_side(meaning.meanings[i].landmark);
    const auto landmark = landmark_names().find(place);
    markers.push_back({labels[i], body->second + suffix,
                       landmark == landmark_names().end() ? "" : side + landmark->second});
  }
  return markers;
}

Result<Model> model_from_standing(const Trajectories& standing,
                                  const std::vector<StandingMarker>& markers,
                                  const StandingPerson& person) {
  const Places places = mean_places(standing);
  CATENA_TRY(landmarks, find_landmarks(places, markers, standing.name));
  SyntheticBodyOptions options;
  options.height_m = person.height_m;
  options.mass_kg = person.mass_kg;
  options.female = person.female;
  options.variation = 0.0;
  options.arms = false;
  Model model = make_synthetic_body(measure(landmarks, options), options).model;

  // The posture in which the body's landmarks lie nearest to the runner's.
  CATENA_TRY(fit, inverse_kinematics(model, one_frame(landmarks)));
  const Pose pose = forward_kinematics(model, fit.motion.q.row(0).transpose());

  // Every recorded marker where it was worn; the body's own are dropped.
  model.name = "standing_model";
  model.markers.clear();
  for (const StandingMarker& marker : markers) {
    const auto seen = places.find(marker.label);
    const int body = find_body(model, marker.body);
    if (seen == places.end() || body == kNone) continue;
    model.markers.push_back(
        {marker.label, body, inverse(pose[static_cast<std::size_t>(body)]) * seen->second});
  }
  return model;
}

}  // namespace catena
