#include "catena/recording/plate_types.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "catena/core/text.h"
#include "catena/recording/force_units.h"

namespace catena {
namespace {

// Channels of each type, and the rows of its calibration matrix where it has one.
struct PlateType {
  int type;
  int n_channels;
  int n_calibrated;  // 0: the type has no matrix
};

constexpr std::array<PlateType, 10> kTypes = {{{1, 6, 0},
                                               {2, 6, 0},
                                               {3, 8, 0},
                                               {4, 6, 6},
                                               {5, 8, 6},
                                               {6, 12, 12},
                                               {7, 8, 8},
                                               {11, 8, 8},
                                               {12, 8, 8},
                                               {21, 6, 6}}};

const PlateType* type_of(const ForcePlateSetup& setup) {
  for (const PlateType& known : kTypes) {
    if (known.type == setup.type) return &known;
  }
  return nullptr;
}

// A plate reading less than this part of its greatest load is unloaded.
constexpr double kUnloadedPart = 0.1;  // NOLINT(readability-identifier-naming)

bool is_kistler(int type) { return type == 3 || type == 7 || type == 11; }

// The sum of the channels that carry the weight, in whatever unit they have.
Eigen::VectorXd vertical_reading(int type, const Eigen::MatrixXd& channels) {
  if (is_kistler(type)) return channels.middleCols(4, 4).rowwise().sum();
  if (type == 5) return channels.leftCols(4).rowwise().sum();
  if (type == 6) return channels.col(2) + channels.col(5) + channels.col(8) + channels.col(11);
  if (type == 12) return channels.rowwise().sum();
  return channels.col(2);
}

// Takes off the mean of the samples that the file names, where the plate is unloaded in them.
void take_off_baseline(const ForcePlateSetup& setup, Eigen::MatrixXd& channels,
                       std::vector<std::string>& notes) {
  if (!is_unloaded_where_named(setup, vertical_reading(setup.type, channels))) {
    notes.emplace_back("The file names no samples in which it is unloaded; nothing was taken off.");
    return;
  }
  const Eigen::Index n_named = setup.zero_to - setup.zero_from;
  const Eigen::RowVectorXd mean = channels.middleRows(setup.zero_from, n_named).colwise().mean();
  channels.rowwise() -= mean;
  notes.emplace_back("Its reading while unloaded was taken off.");
}

// The unit of one of the plate's channels.
std::string_view unit_of(const ForcePlateSetup& setup, const AnalogRecording& analog,
                         std::size_t channel) {
  const auto index = static_cast<std::size_t>(setup.channels[channel]);
  return index < analog.units.size() ? trim(analog.units[index]) : std::string_view();
}

// One of a channel in SI where it should be of that kind; what else it is said to be is noted.
double in_si(std::string_view unit, UnitKind wanted, double otherwise, std::string_view meaning,
             std::vector<std::string>& notes) {
  const ForceUnit known = parse_force_unit(unit);
  if (known.kind == wanted) return known.in_si;
  if (known.kind != UnitKind::kUnknown) {
    std::string note =
        fmt::format("Channels said to be in {} were taken as {}.", excerpt(unit), meaning);
    if (std::find(notes.begin(), notes.end(), note) == notes.end()) {
      notes.push_back(std::move(note));
    }
  }
  return otherwise;
}

// Moments have the unit of their channels, else newtons times the file's unit of length.
double moment_in_si(const ForcePlateSetup& setup, std::string_view unit, bool calibrated,
                    std::vector<std::string>& notes) {
  const double per_length = length_unit_m(setup);
  // Before a calibration a channel may well be in volts.
  const bool plain = calibrated && parse_force_unit(unit).kind != UnitKind::kMoment;
  if (plain) return per_length;
  return in_si(unit, UnitKind::kMoment, per_length, "newtons times the file's unit of length",
               notes);
}

// The matrix of a type that has one, cut to its size; empty where the file has none.
Result<Eigen::MatrixXd> calibration_of(const ForcePlateSetup& setup, const PlateType& type,
                                       std::vector<std::string>& notes) {
  const Eigen::MatrixXd& given = setup.calibration;
  const Eigen::Index rows = type.n_calibrated, cols = type.n_channels;
  if (!given.allFinite()) {
    return fail(Errc::kBadFormat, "its calibration matrix holds what is no number");
  }
  if (given.size() == 0 || given.isZero(0.0)) {
    if (rows != cols) return fail(Errc::kBadFormat, "it has no calibration matrix");
    notes.emplace_back("It has no calibration matrix; its channels were taken as calibrated.");
    return Eigen::MatrixXd();
  }
  if (rows != cols && given.rows() == cols && given.cols() == rows) {
    return Eigen::MatrixXd(given.transpose());
  }
  // Files with several kinds of plates have one size for all.
  const bool holds = given.rows() >= rows && given.cols() >= cols;
  Eigen::MatrixXd rest = given;
  if (holds) rest.topLeftCorner(rows, cols).setZero();
  if (!holds || !rest.isZero(0.0)) {
    return fail(Errc::kBadFormat, fmt::format("its calibration matrix is {} by {}, not {} by {}",
                                              given.rows(), given.cols(), rows, cols));
  }
  return Eigen::MatrixXd(given.topLeftCorner(rows, cols));
}

// ORIGIN leads from the sensors to the surface, which is on the body's side of them.
Eigen::Vector3d surface_from_sensors(const ForcePlateSetup& setup, double side,
                                     std::vector<std::string>& notes) {
  Eigen::Vector3d origin_m = setup.origin_m.allFinite() ? setup.origin_m : Eigen::Vector3d::Zero();
  if (side * origin_m.z() < 0.0) {
    origin_m *= -1.0;
    notes.emplace_back("Its origin leads from the surface to the sensors; it was turned round.");
  }
  return origin_m;
}

// Six channels: three forces and three moments.
void fill_six(const Eigen::MatrixXd& six, PlateWrench& wrench) {
  wrench.force_n = six.leftCols<3>();
  wrench.moment_nm = six.rightCols<3>();
}

// Four sensors at (a, b), (-a, b), (-a, -b), (a, -b); pairs of horizontal channels.
void fill_kistler(const Eigen::MatrixXd& c, double a_m, double b_m, PlateWrench& wrench) {
  wrench.force_n.col(0) = c.col(0) + c.col(1);
  wrench.force_n.col(1) = c.col(2) + c.col(3);
  wrench.force_n.col(2) = c.rightCols<4>().rowwise().sum();
  wrench.moment_nm.col(0) = b_m * (c.col(4) + c.col(5) - c.col(6) - c.col(7));
  wrench.moment_nm.col(1) = a_m * (-c.col(4) + c.col(5) + c.col(6) - c.col(7));
  wrench.moment_nm.col(2) = b_m * (c.col(1) - c.col(0)) + a_m * (c.col(2) - c.col(3));
}

// The same four sensors, each with three axes.
void fill_corner_sensors(const Eigen::MatrixXd& c, double a_m, double b_m, PlateWrench& wrench) {
  const double x_m[] = {a_m, -a_m, -a_m, a_m}, y_m[] = {b_m, b_m, -b_m, -b_m};
  wrench.force_n.setZero();
  wrench.moment_nm.setZero();
  for (int k = 0; k < 4; ++k) {
    const auto f = c.middleCols<3>(3 * k);
    wrench.force_n += f;
    wrench.moment_nm.col(0) += y_m[k] * f.col(2);
    wrench.moment_nm.col(1) -= x_m[k] * f.col(2);
    wrench.moment_nm.col(2) += x_m[k] * f.col(1) - y_m[k] * f.col(0);
  }
}

// What is computed of the newer types, and what is not.
void note_partial(int type, std::vector<std::string>& notes) {
  if (type == 11) {
    notes.emplace_back("Type 11 was read as type 7; its belt's rotation and shift are not known.");
  } else if (type == 12) {
    notes.emplace_back(
        "Type 12 gives the vertical force alone; the plate's middle stands for the centre of "
        "pressure.");
  } else if (type == 21) {
    notes.emplace_back(
        "Type 21 was read as type 4: the centre of pressure lies on the plane of "
        "its corners, not on the steps.");
  }
}

}  // namespace

bool is_unloaded_where_named(const ForcePlateSetup& setup, const Eigen::VectorXd& vertical) {
  const Eigen::Index from = setup.zero_from, to = setup.zero_to;
  if (from < 0 || to <= from || to > vertical.size() || !vertical.allFinite()) return false;
  return vertical.segment(from, to - from).cwiseAbs().maxCoeff() <
         kUnloadedPart * vertical.cwiseAbs().maxCoeff();
}

double length_unit_m(const ForcePlateSetup& setup) {
  const ForceUnit unit = parse_force_unit(setup.length_unit);
  return unit.kind == UnitKind::kLength ? unit.in_si : 1e-3;
}

bool has_cop_polynomial(const ForcePlateSetup& setup) {
  const auto finite = [](double c) { return std::isfinite(c); };
  return is_kistler(setup.type) && setup.cop_polynomial.size() == 12 &&
         std::all_of(setup.cop_polynomial.begin(), setup.cop_polynomial.end(), finite);
}

Eigen::Vector2d kistler_corrected(const Eigen::Vector2d& cop_m,
                                  const std::vector<double>& polynomial, double unit_m) {
  const Eigen::Vector2d cop = cop_m / unit_m;
  const auto excess = [&](double along, double across, const double* p) {
    const double q = across * across;
    return ((p[0] * q + p[1]) * q + p[2]) * along * along * along +
           ((p[3] * q + p[4]) * q + p[5]) * along;
  };
  return cop_m - unit_m * Eigen::Vector2d(excess(cop.x(), cop.y(), polynomial.data()),
                                          excess(cop.y(), cop.x(), polynomial.data() + 6));
}

Result<Eigen::MatrixXd> plate_channels(const ForcePlateSetup& setup, const AnalogRecording& analog,
                                       const PlateOptions& options,
                                       std::vector<std::string>& notes) {
  const PlateType* type = type_of(setup);
  if (type == nullptr) {
    return fail(Errc::kUnsupported,
                fmt::format("its type, {}, is not one of 1 to 7, 11, 12 and 21", setup.type), "",
                "export the file with calibrated forces and moments (type 2)");
  }
  const auto n_channels = static_cast<std::size_t>(type->n_channels);
  Eigen::MatrixXd channels(analog.values.rows(), type->n_channels);
  for (std::size_t k = 0; k < n_channels; ++k) {
    const int index = k < setup.channels.size() ? setup.channels[k] : -1;
    if (index < 0 || index >= analog.values.cols()) {
      return fail(Errc::kMissingData,
                  fmt::format("its channel {} of {} is not recorded", k + 1, n_channels), "",
                  "export the file with all channels of its force plates");
    }
    channels.col(static_cast<Eigen::Index>(k)) = analog.values.col(index);
  }
  if (options.subtract_baseline) take_off_baseline(setup, channels, notes);
  return channels;
}

Result<PlateWrench> plate_wrench(const ForcePlateSetup& setup, const AnalogRecording& analog,
                                 const Eigen::MatrixXd& channels, double side,
                                 std::vector<std::string>& notes) {
  const PlateType& type = *type_of(setup);

  // Calibrated channels, in the units that they then have.
  Eigen::MatrixXd c = channels;
  bool calibrated = false;
  if (type.n_calibrated > 0) {
    CATENA_TRY(matrix, calibration_of(setup, type, notes));
    calibrated = matrix.size() > 0;
    if (calibrated) c = channels * matrix.transpose();
  }

  // To SI.
  const bool six = c.cols() == 6;
  for (Eigen::Index k = 0; k < c.cols(); ++k) {
    const std::string_view unit =
        setup.type == 5 ? std::string_view() : unit_of(setup, analog, static_cast<std::size_t>(k));
    if (six && k >= 3 && (setup.type != 1 || k == 5)) {
      c.col(k) *= moment_in_si(setup, unit, calibrated, notes);
    } else if (six && k >= 3) {
      c.col(k) *=
          in_si(unit, UnitKind::kLength, length_unit_m(setup), "the file's unit of length", notes);
    } else if (!calibrated) {
      c.col(k) *= in_si(unit, UnitKind::kForce, 1.0, "newtons", notes);
    }
  }

  // To forces and moments about the sensors' origin.
  PlateWrench wrench;
  const Eigen::Index n = c.rows();
  wrench.force_n.setZero(n, 3);
  wrench.moment_nm.setZero(n, 3);
  wrench.cop_m.setZero(n, 2);
  wrench.free_moment_nm.setZero(n);
  const Eigen::Vector3d origin_m = surface_from_sensors(setup, side, notes);
  const double a_m = std::abs(origin_m.x()), b_m = std::abs(origin_m.y());
  wrench.surface_from_sensors_m = origin_m;
  if (setup.type == 1) {
    wrench.force_n = c.leftCols<3>();
    wrench.cop_m = c.middleCols<2>(3);
    wrench.free_moment_nm = c.col(5);
    wrench.has_cop = true;
  } else if (six) {
    fill_six(c, wrench);
  } else if (setup.type == 12) {
    wrench.force_n.col(2) = c.rowwise().sum();
    wrench.gives_no_cop = true;
  } else {
    wrench.surface_from_sensors_m = {0.0, 0.0, origin_m.z()};
    wrench.gives_no_cop = a_m == 0.0 && b_m == 0.0;
    if (wrench.gives_no_cop) {
      notes.emplace_back(
          "The file does not say where its sensors are; the plate's middle stands "
          "for the centre of pressure.");
    }
    setup.type == 6 ? fill_corner_sensors(c, a_m, b_m, wrench) : fill_kistler(c, a_m, b_m, wrench);
  }
  note_partial(setup.type, notes);
  return wrench;
}

}  // namespace catena
