#include "catena/recording/plate_forces.h"

#include <fmt/format.h>

#include <Eigen/Geometry>
#include <Eigen/LU>
#include <algorithm>
#include <cmath>
#include <limits>

#include "catena/core/text.h"
#include "catena/recording/force_units.h"
#include "catena/recording/lost_position.h"
#include "catena/recording/plate_types.h"

namespace catena {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

// No foot on a plate presses less than this at its most.
constexpr double kLoaded_n = 100.0;  // NOLINT(readability-identifier-naming)

// The plate's axes in the file's: x, y along its edges.
struct PlateFrame {
  Eigen::Matrix3d lab_from_plate;
  Eigen::Vector3d middle_m;
  double half_x_m = 0.0, half_y_m = 0.0;
};

Result<PlateFrame> plate_frame(const Eigen::Matrix<double, 3, 4>& corners_m) {
  const Eigen::Vector3d along_x =
      0.5 * (corners_m.col(0) - corners_m.col(1) + corners_m.col(3) - corners_m.col(2));
  const Eigen::Vector3d along_y =
      0.5 * (corners_m.col(0) - corners_m.col(3) + corners_m.col(1) - corners_m.col(2));
  const Eigen::Vector3d normal = along_x.cross(along_y);
  // 1 cm2 is no plate, nor is 1 km2; negated so that NaN counts too.
  if (!corners_m.allFinite() || !(normal.norm() > 1e-4 && normal.norm() < 1e6)) {
    return fail(Errc::kMissingData, "its four corners do not span a plate", "",
                "enter them in the program that recorded the file");
  }
  // Both edges give way by the same angle.
  const Eigen::Vector3d sum = (along_x.normalized() + along_y.normalized()).normalized();
  const Eigen::Vector3d difference = (along_x.normalized() - along_y.normalized()).normalized();
  PlateFrame frame;
  frame.lab_from_plate.col(0) = (sum + difference).normalized();
  frame.lab_from_plate.col(1) = (sum - difference).normalized();
  frame.lab_from_plate.col(2) = normal.normalized();
  frame.middle_m = corners_m.rowwise().mean();
  frame.half_x_m = 0.5 * along_x.norm();
  frame.half_y_m = 0.5 * along_y.norm();
  return frame;
}

// The farthest that a corner lies from the rectangle of the frame.
double corner_misfit_m(const Eigen::Matrix<double, 3, 4>& corners_m, const PlateFrame& frame) {
  double misfit_m = 0.0;
  const int sign_x[] = {1, -1, -1, 1}, sign_y[] = {1, 1, -1, -1};
  for (int k = 0; k < 4; ++k) {
    const Eigen::Vector3d ideal_m =
        frame.middle_m + frame.lab_from_plate * Eigen::Vector3d(sign_x[k] * frame.half_x_m,
                                                                sign_y[k] * frame.half_y_m, 0.0);
    misfit_m = std::max(misfit_m, (corners_m.col(k) - ideal_m).norm());
  }
  return misfit_m;
}

// +1 where the plate's z axis points to the body, -1 where it points away as specified.
double side_of_body(const PlateFrame& frame, const PlateOptions& options,
                    std::vector<std::string>& notes) {
  if (!options.body_m || !options.body_m->allFinite()) return -1.0;
  const double height_m = frame.lab_from_plate.col(2).dot(*options.body_m - frame.middle_m);
  if (height_m < 0.1) return -1.0;
  notes.emplace_back(
      "Its corners run the other way round than the specification says, so that z points up; "
      "check the directions of the horizontal forces.");
  return 1.0;
}

// Turns all signs where the load pulls the body into the ground.
void turn_action_to_reaction(double side, PlateWrench& wrench, std::vector<std::string>& notes) {
  const Eigen::ArrayXd up_n = side * wrench.force_n.col(2).array();
  const double load_n = (up_n.abs() > kLoaded_n).select(up_n, 0.0).sum();  // NaN never is above
  if (load_n >= 0.0) return;
  wrench.force_n *= -1.0;
  wrench.moment_nm *= -1.0;
  wrench.free_moment_nm *= -1.0;
  notes.emplace_back(
      "The file has the force on the plate; all signs were turned to give the force on the body.");
}

// From the moment about the sensors' origin to the centre of pressure, in the plate's axes. A
// sample of which any of this is no number is lost as a whole: it has a place, but no force.
void find_cop(const ForcePlateSetup& setup, double side, double lowest_force_n,
              PlateWrench& wrench) {
  const Eigen::Vector3d o = wrench.surface_from_sensors_m;
  const bool corrected = has_cop_polynomial(setup);
  for (Eigen::Index i = 0; i < wrench.force_n.rows(); ++i) {
    const Eigen::Vector3d f = wrench.force_n.row(i);
    Eigen::Vector2d cop = wrench.cop_m.row(i);
    double free_nm = wrench.free_moment_nm[i];
    if (!wrench.has_cop) {
      const Eigen::Vector3d m = wrench.moment_nm.row(i).transpose() + f.cross(o);
      cop = {-m.y() / f.z(), m.x() / f.z()};
      if (corrected) cop = kistler_corrected(cop, setup.cop_polynomial, length_unit_m(setup));
      free_nm = m.z() - (cop.x() * f.y() - cop.y() * f.x());
    }
    const bool presses = side * f.z() >= lowest_force_n && f.z() != 0.0;  // false for NaN
    const bool known = f.allFinite() && cop.allFinite() && std::isfinite(free_nm);
    if (!f.allFinite() || (presses && !known)) wrench.force_n.row(i).setConstant(kNaN);
    if (presses && known && !wrench.gives_no_cop) {
      wrench.cop_m.row(i) = cop;
      wrench.free_moment_nm[i] = free_nm;
    } else {
      wrench.cop_m.row(i).setZero();
      wrench.free_moment_nm[i] = 0.0;
    }
  }
}

// Converters that are not plugged in give one number for ever.
void note_dead_channels(const Eigen::MatrixXd& channels, std::vector<std::string>& notes) {
  if (channels.rows() < 10) return;
  const auto same = (channels.rowwise() - channels.row(0)).cwiseAbs().colwise().maxCoeff().array();
  const Eigen::Index n_dead = (same == 0.0 && channels.row(0).array() != 0.0).count();
  if (n_dead == 0) return;
  notes.push_back(fmt::format("{} of its {} channels never change, as if nothing were plugged in.",
                              n_dead, channels.cols()));
}

// What looks wrong in the result.
void note_doubts(const PlateFrame& frame, double side, double lowest_force_n,
                 const PlateWrench& wrench, std::vector<std::string>& notes) {
  Eigen::Index n_lost = 0, n_loaded = 0, n_off = 0;
  constexpr double kMargin_m = 0.05;  // NOLINT(readability-identifier-naming)
  double most_n = 0.0;
  for (Eigen::Index i = 0; i < wrench.force_n.rows(); ++i) {
    const double up_n = side * wrench.force_n(i, 2);
    if (!wrench.force_n.row(i).allFinite()) ++n_lost;
    if (std::isfinite(up_n)) most_n = std::max(most_n, up_n);
    if (!(up_n >= std::max(lowest_force_n, kLoaded_n))) continue;
    ++n_loaded;
    const bool off = std::abs(wrench.cop_m(i, 0)) > frame.half_x_m + kMargin_m ||
                     std::abs(wrench.cop_m(i, 1)) > frame.half_y_m + kMargin_m;
    if (off) ++n_off;
  }
  if (n_lost > 0)
    notes.push_back(fmt::format("{} sample{} no number.", n_lost, n_lost == 1 ? " is" : "s are"));
  if (n_loaded == 0) {
    notes.push_back(
        fmt::format("Nobody is on it: it reads {:.0f} N at the most.", std::max(0.0, most_n)));
  }
  if (10 * n_off > n_loaded) {
    notes.push_back(
        fmt::format("The centre of pressure lies off the plate in {} of {} loaded samples: look at "
                    "the corners, the origin and the unit of the moments.",
                    n_off, n_loaded));
  }
  // Ten times the weight of a heavy person.
  if (most_n > 15e3) {
    notes.push_back(fmt::format(
        "It reads up to {} N: look at its scale factors and its calibration.", in_words(most_n)));
  }
}

// What the plate reads where the file names it unloaded, when that is an offset worth a word.
void note_baseline(const ForcePlateSetup& setup, const Eigen::VectorXd& up_n,
                   std::vector<std::string>& notes) {
  if (!is_unloaded_where_named(setup, up_n)) return;
  const double baseline_n = up_n.segment(setup.zero_from, setup.zero_to - setup.zero_from).mean();
  if (std::abs(baseline_n) < 10.0) return;
  notes.push_back(fmt::format(
      "It reads {:.0f} N where the file says that it is unloaded; that was left in.", baseline_n));
}

}  // namespace

Result<PlateForces> plate_forces(const ForcePlateSetup& setup, const AnalogRecording& analog,
                                 const PlateOptions& options) {
  PlateForces result;
  result.type = setup.type;
  result.rate_hz = analog.rate_hz;
  result.first_s = options.first_s;
  result.corners_m = setup.corners_m;

  // The plate's axes, and its side where the body is.
  CATENA_TRY(frame, plate_frame(setup.corners_m));
  const double misfit_m = corner_misfit_m(setup.corners_m, frame);
  if (misfit_m > 0.02) {
    result.notes.push_back(
        fmt::format("Its corners are up to {:.0f} mm away from a rectangle.", 1e3 * misfit_m));
  }
  const double side = side_of_body(frame, options, result.notes);
  result.up = side * frame.lab_from_plate.col(2);

  // Channels to forces, moments and the place of the surface, in the plate's axes.
  CATENA_TRY(channels, plate_channels(setup, analog, options, result.notes));
  note_dead_channels(channels, result.notes);
  CATENA_TRY(wrench, plate_wrench(setup, analog, channels, side, result.notes));
  turn_action_to_reaction(side, wrench, result.notes);
  find_cop(setup, side, options.lowest_force_n, wrench);
  note_doubts(frame, side, options.lowest_force_n, wrench, result.notes);
  if (!options.subtract_baseline) {
    note_baseline(setup, side * wrench.force_n.col(2), result.notes);
  }

  // Into the file's axes.
  const Eigen::Matrix3d plate_from_lab = frame.lab_from_plate.transpose();
  result.force_n = wrench.force_n * plate_from_lab;
  result.cop_m =
      (wrench.cop_m * plate_from_lab.topRows<2>()).rowwise() + frame.middle_m.transpose();
  result.free_moment_nm = wrench.free_moment_nm * plate_from_lab.row(2);
  result.free_moment_nm.array() += 0.0;  // no -0 in files
  return result;
}

RecordedForces recorded_forces(const Recording& recording, const PlateOptions& options) {
  PlateOptions settled = options;
  const Eigen::MatrixXd& points_m = recording.points.points_m;
  if (recording.points.time_s.size() > 0) settled.first_s = recording.points.time_s[0];
  if (!settled.body_m) {
    // The mean of what is seen; exact zeros and sentinels beyond any laboratory are no places.
    Eigen::Vector3d sum_m = Eigen::Vector3d::Zero();
    double n_seen = 0.0;
    for (Eigen::Index j = 0; j + 2 < points_m.cols(); j += 3) {
      for (Eigen::Index i = 0; i < points_m.rows(); ++i) {
        const Eigen::RowVector3d p = points_m.row(i).segment<3>(j);
        if (!is_seen(p, 1e3)) continue;
        sum_m += p.transpose();
        n_seen += 1.0;
      }
    }
    if (n_seen > 0.0) settled.body_m = sum_m / n_seen;
  }
  RecordedForces all;
  all.plates.resize(recording.plates.size());
  // Each plate has channels of its own; what claims more plates than that is broken, and would take
  // any amount of memory.
  const auto n_channels = static_cast<std::size_t>(recording.analog.values.cols());
  const std::size_t n_possible =
      std::min(recording.plates.size(), std::max<std::size_t>(6, n_channels));
  for (std::size_t k = n_possible; k < recording.plates.size(); ++k) {
    all.plates[k].type = recording.plates[k].type;
  }
  for (std::size_t k = 0; k < n_possible; ++k) {
    const std::string name = fmt::format("Force plate {}: ", k + 1);
    auto plate = plate_forces(recording.plates[k], recording.analog, settled);
    if (!plate) {
      PlateForces unusable;
      unusable.type = recording.plates[k].type;
      unusable.corners_m = recording.plates[k].corners_m;
      unusable.notes = {"It cannot be used: " + plate.error().what + "."};
      plate = std::move(unusable);
    }
    for (const std::string& note : plate->notes) all.notes.push_back(name + note);
    all.plates[k] = std::move(*plate);
  }
  if (n_possible < recording.plates.size()) {
    all.notes.push_back(fmt::format("There are more force plates ({}) than channels ({}).",
                                    recording.plates.size(), n_channels));
  }
  return all;
}

double mean_vertical_force_n(const PlateForces& plate) {
  double sum_n = 0.0, n_known = 0.0;
  const Eigen::VectorXd vertical_n = plate.force_n * plate.up;
  for (const double force_n : vertical_n) {
    if (!std::isfinite(force_n)) continue;
    sum_n += force_n;
    n_known += 1.0;
  }
  return n_known > 0.0 ? sum_n / n_known : kNaN;
}

PlateForces turned(const PlateForces& plate, const Eigen::Matrix3d& ground_from_lab) {
  PlateForces result = plate;
  const Eigen::Matrix3d lab_from_ground = ground_from_lab.transpose();
  result.force_n = plate.force_n * lab_from_ground;
  result.cop_m = plate.cop_m * lab_from_ground;
  result.free_moment_nm = plate.free_moment_nm * lab_from_ground;
  result.corners_m = ground_from_lab * plate.corners_m;
  result.up = ground_from_lab * plate.up;
  return result;
}

RecordedForces turned(RecordedForces forces, const Eigen::Matrix3d& ground_from_lab) {
  for (PlateForces& plate : forces.plates) plate = turned(plate, ground_from_lab);
  return forces;
}

}  // namespace catena
