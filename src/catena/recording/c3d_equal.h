// Whether two recordings hold the same, to the last bit: for the writer, which leaves alone what
// is already said, and for tests.
#pragma once

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "catena/recording/c3d.h"

namespace catena {

/// Equal numbers and NaN in the same places; without a tolerance, the same bits but for the sign
/// of zero.
template <class Matrix>
bool same_values(const Matrix& a, const Matrix& b, double tolerance = 0.0) {
  if (a.rows() != b.rows() || a.cols() != b.cols()) return false;
  for (Eigen::Index i = 0; i < a.size(); ++i) {
    const auto x = static_cast<double>(a.data()[i]);
    const auto y = static_cast<double>(b.data()[i]);
    const bool both_lost = x != x && y != y;
    if (!both_lost && x != y && !(std::abs(x - y) <= tolerance)) return false;
  }
  return true;
}

inline bool same(const ForcePlateSetup& a, const ForcePlateSetup& b) {
  const auto as_column = [](const std::vector<double>& values) {
    return Eigen::VectorXd(
        Eigen::Map<const Eigen::VectorXd>(values.data(), static_cast<Eigen::Index>(values.size())));
  };
  return a.type == b.type && a.channels == b.channels && a.zero_from == b.zero_from &&
         a.zero_to == b.zero_to && same_values(a.corners_m, b.corners_m) &&
         same_values(a.origin_m, b.origin_m) && same_values(a.calibration, b.calibration) &&
         same_values(as_column(a.cop_polynomial), as_column(b.cop_polynomial));
}

/// Events whose times differ by no more than seconds in 32 bits do.
inline bool same(const RecordedEvent& a, const RecordedEvent& b) {
  const double tolerance_s = 1e-6 * (1.0 + std::abs(a.time_s));
  return a.side == b.side && a.label == b.label && std::abs(a.time_s - b.time_s) <= tolerance_s;
}

/// But for the values.
inline bool same(const ModelOutput& a, const ModelOutput& b) {
  return a.kind == b.kind && a.label == b.label && a.unit == b.unit;
}

template <class T>
bool all_same(const std::vector<T>& a, const std::vector<T>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const T& x, const T& y) { return same(x, y); });
}

/// The first thing that differs, in words; empty where nothing does.
///
/// resolution   how far values may lie apart, as a part of the largest of their kind: integers
///              whose scale had to be made anew
inline std::string first_difference(const C3dFile& a, const C3dFile& b, double resolution = 0.0) {
  const Recording& x = a.recording;
  const Recording& y = b.recording;
  const auto tolerance = [&](const Eigen::MatrixXd& values) {
    if (resolution == 0.0 || values.size() == 0) return 0.0;
    const double largest = values.array().isNaN().select(0.0, values.array().abs()).maxCoeff();
    return resolution * std::max(largest, 1e-30);  // no scale is smaller
  };
  if (x.points.labels != y.points.labels) return "labels";
  if (x.points.rate_hz != y.points.rate_hz) return "rate";
  if (a.first_frame != b.first_frame) return "first frame";
  if (!same_values(x.points.time_s, y.points.time_s)) return "times";
  double of_points = tolerance(x.points.points_m) * 1e6;  // in any unit of length
  for (const ModelOutput& output : x.outputs) {
    of_points = std::max(of_points, tolerance(output.values));  // all share one scale
  }
  if (!same_values(x.points.points_m, y.points.points_m, of_points)) return "points";
  if (!same_values(a.cameras_and_residual, b.cameras_and_residual)) return "fourth words";
  if (x.analog.labels != y.analog.labels) return "channels";
  if (x.analog.units != y.analog.units) return "units of channels";
  if (x.analog.rate_hz != y.analog.rate_hz) return "analog rate";
  if (!same_values(x.analog.values, y.analog.values, tolerance(x.analog.values))) {
    return "analog values";
  }
  if (!all_same(x.outputs, y.outputs)) return "outputs";
  for (std::size_t i = 0; i < x.outputs.size(); ++i) {
    if (!same_values(x.outputs[i].values, y.outputs[i].values, of_points)) {
      return "values of output " + x.outputs[i].label;
    }
  }
  if (!all_same(x.plates, y.plates)) return "plates";
  if (!all_same(x.events, y.events)) return "events";
  if (x.subject != y.subject) return "subject";
  if (x.maker != y.maker) return "maker";
  return "";
}

}  // namespace catena
