#include "catena/recording/forces_to_plates.h"

#include <fmt/format.h>

#include <Eigen/Geometry>
#include <algorithm>
#include <cmath>

#include "catena/core/text.h"

namespace catena {
namespace {

// What presses less has no place worth keeping.
constexpr double kLeast_n = 20.0;  // NOLINT(readability-identifier-naming)

// How the rows of the forces belong to the samples of the analog clock.
struct Clock {
  Eigen::Index per_frame = 1;
  Eigen::Index first_row = 0;  // of the first sample; negative where the forces begin later
  double moved_s = 0.0;
};

Result<Clock> settle_clock(const Eigen::VectorXd& time_s, const PointRecording& points) {
  const Eigen::Index n = time_s.size();
  const Eigen::Index n_frames = points.time_s.size();
  if (n < 2 || n_frames < 1) {
    return fail(Errc::kMismatch, "there are fewer than two rows of forces, or no frame");
  }
  const double step_s = (time_s[n - 1] - time_s[0]) / static_cast<double>(n - 1);
  double uneven_s = 0.0;
  for (Eigen::Index i = 0; i < n; ++i) {
    uneven_s =
        std::max(uneven_s, std::abs(time_s[i] - time_s[0] - static_cast<double>(i) * step_s));
  }
  // Half a sample is what rounded times may be off; negated so that NaN counts too.
  if (!(step_s > 0.0) || !(uneven_s < 0.5 * step_s)) {
    return fail(Errc::kMismatch, "the forces' times are not even", "",
                "resample the forces at a whole multiple of the points' rate");
  }
  const double per_frame = 1.0 / (step_s * points.rate_hz);
  Clock clock;
  clock.per_frame = static_cast<Eigen::Index>(std::lround(std::min(per_frame, 1e6)));
  if (clock.per_frame < 1 ||
      std::abs(per_frame - static_cast<double>(clock.per_frame)) > 1e-3 * per_frame) {
    return fail(Errc::kMismatch,
                fmt::format("forces at {} Hz are no whole multiple of points at {} Hz",
                            in_words(1.0 / step_s), in_words(points.rate_hz)),
                "", "resample the forces");
  }
  const double ahead = (points.time_s[0] - time_s[0]) / step_s;
  if (!(std::abs(ahead) < 1e9)) return fail(Errc::kMismatch, "the forces lie at another time");
  clock.first_row = static_cast<Eigen::Index>(std::lround(ahead));
  clock.moved_s = (ahead - static_cast<double>(clock.first_row)) * step_s;
  const Eigen::Index n_samples = n_frames * clock.per_frame;
  if (clock.first_row >= n || clock.first_row + n_samples <= 0) {
    return fail(Errc::kMismatch, "the forces and the points do not overlap in time", "",
                "give forces and markers of one trial");
  }
  return clock;
}

// A level plate around all places where the force presses; x and y along ground's x and z.
ForcePlateSetup plate_around(const GroundForce& force) {
  std::vector<double> heights_m;
  Eigen::Vector2d low_m(1e9, 1e9), high_m(-1e9, -1e9);
  for (Eigen::Index i = 0; i < force.force_n.rows(); ++i) {
    const Eigen::Vector3d p = force.cop_m.row(i);
    if (!(force.force_n(i, 1) >= kLeast_n) || !p.allFinite() || !(p.cwiseAbs().maxCoeff() < 1e3)) {
      continue;
    }
    heights_m.push_back(p.y());
    low_m = low_m.cwiseMin(Eigen::Vector2d(p.x(), p.z()));
    high_m = high_m.cwiseMax(Eigen::Vector2d(p.x(), p.z()));
  }
  double height_m = 0.0;
  if (heights_m.empty()) {
    low_m.setZero();
    high_m.setZero();
  } else {
    const auto middle = heights_m.begin() + static_cast<std::ptrdiff_t>(heights_m.size() / 2);
    std::nth_element(heights_m.begin(), middle, heights_m.end());
    height_m = *middle;
  }
  // A margin of a hand's breadth; even millimetres, so that the middle is whole as well.
  const auto outward_m = [](double m, double sign) {
    return 2e-3 * std::round(500.0 * (m + sign * 0.1));
  };
  const double x0 = outward_m(low_m.x(), -1.0), x1 = outward_m(high_m.x(), 1.0);
  const double z0 = outward_m(low_m.y(), -1.0), z1 = outward_m(high_m.y(), 1.0);
  height_m = 1e-3 * std::round(1e3 * height_m);
  ForcePlateSetup plate;
  plate.type = 2;
  plate.length_unit = "mm";
  plate.corners_m << x1, x0, x0, x1, height_m, height_m, height_m, height_m, z1, z1, z0, z0;
  return plate;
}

// Fx Fy Fz in N, Mx My Mz in N mm about the plate's middle, in its axes: z into the ground.
Eigen::Matrix<double, 6, 1> channels_of(const GroundForce& force, Eigen::Index row,
                                        const Eigen::Vector3d& middle_m) {
  const Eigen::Vector3d f = force.force_n.row(row), p = force.cop_m.row(row);
  const Eigen::Vector3d m = (p - middle_m).cross(f) + force.free_moment_nm.row(row).transpose();
  Eigen::Matrix<double, 6, 1> channels;
  channels << f.x(), f.z(), -f.y(), 1e3 * m.x(), 1e3 * m.z(), -1e3 * m.y();
  return channels;
}

// What comes back otherwise than it was.
void note_changes(const GroundForces& forces, const Recording& recording, const Clock& clock,
                  std::vector<std::string>& notes) {
  double off_plane_m = 0.0, horizontal_nm = 0.0;
  std::size_t n_placeless = 0;
  for (std::size_t k = 0; k < forces.forces.size(); ++k) {
    const GroundForce& force = forces.forces[k];
    const double height_m = recording.plates[k].corners_m(1, 0);
    for (Eigen::Index i = 0; i < force.force_n.rows(); ++i) {
      if (!(force.force_n(i, 1) >= kLeast_n)) continue;
      if (!force.cop_m.row(i).allFinite()) {
        ++n_placeless;
        continue;
      }
      off_plane_m = std::max(off_plane_m, std::abs(force.cop_m(i, 1) - height_m));
      horizontal_nm = std::max({horizontal_nm, std::abs(force.free_moment_nm(i, 0)),
                                std::abs(force.free_moment_nm(i, 2))});
    }
  }
  if (off_plane_m > 1e-3 || horizontal_nm > 0.01) {
    notes.push_back(fmt::format(
        "Places of forces are now on level plates: they were up to {:.0f} mm above or below, with "
        "moments of up to {:.2f} Nm about horizontal axes. The effect is the same.",
        1e3 * off_plane_m, horizontal_nm));
  }
  if (n_placeless > 0) {
    notes.push_back(counted(n_placeless, "force") +
                    " without a place: the moments, and with them these forces, are lost in C3D.");
  }
  const Eigen::Index n_samples = recording.analog.values.rows();
  const Eigen::Index n_rows = forces.time_s.size();
  const Eigen::Index n_before = std::max<Eigen::Index>(0, -clock.first_row);
  const Eigen::Index n_after = std::max<Eigen::Index>(0, clock.first_row + n_samples - n_rows);
  if (n_before + n_after > clock.per_frame) {
    notes.push_back(fmt::format("For {} samples at the ends there are no forces: 0 was written.",
                                n_before + n_after));
  }
  const Eigen::Index n_cut = std::max<Eigen::Index>(0, clock.first_row) +
                             std::max<Eigen::Index>(0, n_rows - clock.first_row - n_samples);
  if (n_cut > 0) {
    notes.push_back(fmt::format("Not written: {} rows of forces outside the frames.", n_cut));
  }
  if (std::abs(clock.moved_s) > 1e-6) {
    notes.push_back(fmt::format("The forces were moved by {} s onto the clock of the frames.",
                                in_words(clock.moved_s)));
  }
}

}  // namespace

Result<void> add_force_plates(const GroundForces& forces, Recording& recording) {
  if (!recording.analog.labels.empty() || !recording.plates.empty()) {
    return fail(Errc::kMismatch, "the recording has analog channels or force plates of its own");
  }
  CATENA_TRY(clock, settle_clock(forces.time_s, recording.points));
  AnalogRecording& analog = recording.analog;
  const Eigen::Index n_samples = recording.points.time_s.size() * clock.per_frame;
  const auto n_forces = static_cast<Eigen::Index>(forces.forces.size());
  analog.rate_hz = recording.points.rate_hz * static_cast<double>(clock.per_frame);
  analog.values.setZero(n_samples, 6 * n_forces);
  for (Eigen::Index k = 0; k < n_forces; ++k) {
    const GroundForce& force = forces.forces[static_cast<std::size_t>(k)];
    ForcePlateSetup plate = plate_around(force);
    const Eigen::Vector3d middle_m = plate.corners_m.rowwise().mean();
    int channel = static_cast<int>(6 * k);
    for (const char* label : {"Fx", "Fy", "Fz", "Mx", "My", "Mz"}) {
      analog.labels.push_back(label + std::to_string(k + 1));
      analog.units.emplace_back(label[0] == 'F' ? "N" : "Nmm");
      plate.channels.push_back(channel++);
    }
    for (Eigen::Index j = 0; j < n_samples; ++j) {
      const Eigen::Index row = clock.first_row + j;
      if (row < 0 || row >= force.force_n.rows()) continue;
      analog.values.row(j).segment<6>(6 * k) = channels_of(force, row, middle_m);
    }
    recording.plates.push_back(std::move(plate));
  }
  note_changes(forces, recording, clock, recording.points.notes);
  return {};
}

}  // namespace catena
