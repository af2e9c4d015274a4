// Whether two C3D files hold the same, to the last bit. For tests, fuzzing and benchmarks.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "catena/recording/c3d.h"

namespace catena {

/// Equal numbers and NaN in the same places; a tolerance of 0 asks for the same bits but for the
/// sign of zero.
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

/// The first thing that differs, in words; empty where nothing does.
inline std::string first_difference(const C3dFile& a, const C3dFile& b) {
  const Recording& x = a.recording;
  const Recording& y = b.recording;
  if (x.points.labels != y.points.labels) return "labels";
  if (x.points.rate_hz != y.points.rate_hz) return "rate";
  if (a.first_frame != b.first_frame) return "first frame";
  if (!same_values(x.points.time_s, y.points.time_s)) return "times";
  if (!same_values(x.points.points_m, y.points.points_m)) return "points";
  if (!same_values(a.cameras_and_residual, b.cameras_and_residual)) return "fourth words";
  if (x.analog.labels != y.analog.labels) return "channels";
  if (x.analog.units != y.analog.units) return "units of channels";
  if (x.analog.rate_hz != y.analog.rate_hz) return "analog rate";
  if (!same_values(x.analog.values, y.analog.values)) return "analog values";
  if (x.outputs.size() != y.outputs.size()) return "number of outputs";
  for (std::size_t i = 0; i < x.outputs.size(); ++i) {
    const ModelOutput& p = x.outputs[i];
    const ModelOutput& q = y.outputs[i];
    if (p.kind != q.kind || p.label != q.label || p.unit != q.unit) return "output " + p.label;
    if (!same_values(p.values, q.values)) return "values of output " + p.label;
  }
  if (x.plates.size() != y.plates.size()) return "number of plates";
  for (std::size_t i = 0; i < x.plates.size(); ++i) {
    const ForcePlateSetup& p = x.plates[i];
    const ForcePlateSetup& q = y.plates[i];
    if (p.type != q.type || p.channels != q.channels || p.length_unit != q.length_unit ||
        p.zero_from != q.zero_from || p.zero_to != q.zero_to ||
        !same_values(p.corners_m, q.corners_m) || !same_values(p.origin_m, q.origin_m) ||
        !same_values(p.calibration, q.calibration) ||
        p.cop_polynomial.size() != q.cop_polynomial.size()) {
      return "plate " + std::to_string(i + 1);
    }
  }
  if (x.events.size() != y.events.size()) return "number of events";
  for (std::size_t i = 0; i < x.events.size(); ++i) {
    const RecordedEvent& p = x.events[i];
    const RecordedEvent& q = y.events[i];
    // Minutes and seconds are stored as 32-bit reals.
    if (p.side != q.side || p.label != q.label ||
        !(std::abs(p.time_s - q.time_s) <= 1e-6 * (1.0 + std::abs(p.time_s)))) {
      return "event " + p.label;
    }
  }
  if (x.subject != y.subject) return "subject";
  if (x.maker != y.maker) return "maker";
  return "";
}

}  // namespace catena
