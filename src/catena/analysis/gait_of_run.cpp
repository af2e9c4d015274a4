#include "catena/analysis/gait_of_run.h"

#include <Eigen/Geometry>
#include <cmath>
#include <limits>

#include "catena/gait/strides.h"
#include "catena/math/statistics.h"

namespace catena {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

void add(const std::vector<std::string>& from, std::vector<std::string>& to) {
  to.insert(to.end(), from.begin(), from.end());
}

/// The same places seen along another way of progression.
Eigen::MatrixX3d turned_about_up(const Eigen::MatrixX3d& path_m, double by_rad) {
  const Eigen::Matrix3d turn =
      Eigen::AngleAxisd(by_rad, Eigen::Vector3d::UnitY()).toRotationMatrix();
  return path_m * turn.transpose();
}

/// Feet from the markers, hips from the body; where no foot's markers are known, all from the body.
GaitPoints points_of_run(const FittedRun& run, std::vector<std::string>& notes) {
  Result<GaitPoints> of_markers =
      gait_points(run.trajectories, body_points(run.meaning), run.ground);
  if (!of_markers) {
    GaitPoints of_body = gait_points_of_body(run.segments);
    if (run.ground.treadmill) of_body.belt_speed_m_s = kNan;
    notes.emplace_back(
        "No marker is known to be on a foot: contacts are found from the body's feet.");
    return of_body;
  }
  for (std::size_t side = 0; side < 2; ++side) {
    if (run.segments.hip_m.at(side).rows() != of_markers->time_s.size()) continue;
    of_markers->hip_m.at(side) = turned_about_up(
        run.segments.hip_m.at(side), run.segments.heading_rad - of_markers->heading_rad);
  }
  return std::move(*of_markers);
}

/// A locked coordinate, or one that no marker shows, tells nothing.
std::vector<AngleChannel> moving_coordinates(const FittedRun& run, const BodySetup& body,
                                             Side side) {
  std::vector<AngleChannel> channels = coordinate_angles(body.model, run.fit.motion, side);
  std::erase_if(channels, [](const AngleChannel& channel) {
    return (channel.angle_rad.array() == channel.angle_rad[0]).all();
  });
  return channels;
}

std::string word_of(const std::optional<Sex>& sex) {
  if (sex == Sex::kFemale) return "female";
  return sex == Sex::kMale ? "male" : "";
}

/// Strides that are known all the way, with the times at which they begin.
void keep_whole_strides(const Eigen::MatrixXd& kept_rad, const StrideCurves& curves,
                        ProfileCurve& out) {
  std::vector<double> kept_from_s;
  for (std::size_t i = 0; i < curves.strides.size(); ++i) {
    if (!curves.left_out[i]) kept_from_s.push_back(curves.strides[i].from_s);
  }
  std::vector<Eigen::Index> whole;
  for (Eigen::Index row = 0; row < kept_rad.rows(); ++row) {
    if (kept_rad.row(row).allFinite()) whole.push_back(row);
  }
  out.strides_rad = kept_rad(whole, Eigen::all);
  out.from_s.resize(static_cast<Eigen::Index>(whole.size()));
  for (std::size_t i = 0; i < whole.size(); ++i) {
    out.from_s[static_cast<Eigen::Index>(i)] = kept_from_s[static_cast<std::size_t>(whole[i])];
  }
}

/// Clinical angles, from standing where that is known, and every measure.
void fill_curves_and_scalars(const RecordingGait& gait, GaitProfile& profile) {
  for (const Side side : kSides) {
    const StrideCurves& curves = gait.curves.at(side);
    for (const StrideCurve& curve : curves.curves) {
      ProfileCurve out;
      out.name = curve.angle.name;
      out.side = side;
      out.from_standing = std::isfinite(curve.standing_rad);
      keep_whole_strides(kept_strides(curves, curve, out.from_standing), curves, out);
      profile.curves.push_back(std::move(out));
    }
    for (std::size_t k = 0; k < kMeasureCount; ++k) {
      ProfileScalar scalar;
      scalar.name = kMeasures.at(k).name;
      scalar.unit = kMeasures.at(k).unit;
      scalar.side = side;
      std::vector<double> values;
      std::vector<double> shared_sd;
      for (const StrideValues& stride : gait.spatiotemporal.strides) {
        if (stride.stride.side != side || stride.stride.gait != gait.spatiotemporal.gait) continue;
        values.push_back(stride.value.at(k));
        const double sd = std::hypot(stride.side_sd.at(k), stride.common_sd.at(k));
        if (std::isfinite(sd)) shared_sd.push_back(sd);
      }
      scalar.strides = Eigen::Map<const Eigen::VectorXd>(values.data(),
                                                         static_cast<Eigen::Index>(values.size()));
      if (!shared_sd.empty()) scalar.shared_sd = median(shared_sd);
      profile.scalars.push_back(std::move(scalar));
    }
  }
}

GaitProfile profile_of(const FittedRun& run, const BodySetup& body, const RecordingGait& gait,
                       const GaitOfRunOptions& options) {
  GaitProfile profile;
  const Person& person = options.person;
  profile.runner = person.id.empty() ? person.name : person.id;
  profile.recording = run.name;
  profile.sex = word_of(person.sex);
  profile.height_m = person.height_m.value_or(kNan);
  profile.mass_kg = person.mass_kg.value_or(kNan);
  profile.speed_m_s = gait.spatiotemporal.measures.at(kSpeed).both.value;
  // Level is what is not said.
  profile.incline_percent = options.demand.incline_percent.value_or(0.0);
  profile.treadmill = run.ground.treadmill;
  profile.gait = gait.spatiotemporal.gait;
  profile.marker_set = run.meaning.set_name;
  profile.body = body.model_file;
  profile.convention = kAngleConvention;
  fill_curves_and_scalars(gait, profile);
  return profile;
}

}  // namespace

Result<RecordingGait> gait_of_run(const FittedRun& run, const std::optional<FittedRun>& standing,
                                  const BodySetup& body, const GaitOfRunOptions& options) {
  // Paths in, events out.
  RecordingGait gait;
  const GaitPoints points = points_of_run(run, gait.events.notes);
  const BodyPoints on_body = body_points(run.meaning);
  add(run.forces.notes, gait.events.notes);
  add(points.notes, gait.events.notes);
  const EventInputs inputs = {&points, &run.trajectories, &on_body, &run.forces.plates,
                              &run.events};
  CATENA_TRY(events,
             gait_events(inputs, {.choice = options.events}).map_error(placed_in(run.path)));
  add(events.notes, gait.events.notes);
  gait.events.events = std::move(events.events);

  // Events in, strides and their measures out.
  const Eigen::VectorXd& time_s = run.fit.motion.time_s;
  gait.strides = strides_of(gait.events, time_s[0], time_s[time_s.size() - 1]);
  SpatiotemporalOptions measured;
  if (run.ground.treadmill && !options.demand.ramp) {
    measured.belt_speed_m_s = options.demand.speed_m_s.value_or(kNan);
  }
  gait.spatiotemporal = spatiotemporal(gait.strides, points, measured);

  // Strides in, curves and couplings out, leg by leg.
  for (const Side side : kSides) {
    const std::vector<AngleChannel> channels = clinical_angles(run.segments, side);
    std::vector<AngleChannel> stood;
    if (standing) stood = clinical_angles(standing->segments, side);
    gait.curves.at(side) = stride_curves(channels, time_s, gait.strides.strides, stood);
    gait.coordinates.at(side) = stride_curves(moving_coordinates(run, body, side), time_s,
                                              gait.strides.strides, {}, {.bootstrap_draws = 0});
    gait.couplings.at(side) = coordination(channels, time_s, gait.curves.at(side));
  }
  gait.profile = profile_of(run, body, gait, options);

  // The runner beside others.
  gait.sides = compare_sides(gait.profile);
  gait.published = compare_with_published(gait.profile);
  if (options.reference) gait.compared = compare_with_reference(gait.profile, *options.reference);
  return gait;
}

std::vector<GaitProfile> profiles_of(const Results& results) {
  std::vector<GaitProfile> profiles;
  for (const RecordingResult& recording : results.recordings) {
    profiles.push_back(recording.gait.profile);
  }
  return profiles;
}

}  // namespace catena
