#include "catena/report/csv_report.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <iterator>
#include <set>

#include "catena/core/units.h"

namespace catena {
namespace {

void append_degrees(std::string& csv, const Eigen::VectorXd& angle_rad, Eigen::Index frame) {
  csv += ',';
  if (frame >= angle_rad.size() || !std::isfinite(angle_rad(frame))) return;
  fmt::format_to(std::back_inserter(csv), "{:.4f}", angle_rad(frame) * kDegPerRad);
}

void append_angles(std::string& csv, const AngleCurves& curves, Eigen::Index frame) {
  append_degrees(csv, curves.thigh_rad, frame);
  append_degrees(csv, curves.hip_rad, frame);
  append_degrees(csv, curves.pelvis_rad, frame);
  append_degrees(csv, curves.low_back_rad, frame);
  append_degrees(csv, curves.lean_rad, frame);
}

std::set<int> peak_frames(const LegResult& leg, std::size_t recording) {
  std::set<int> frames;
  for (const StrideResult& stride : leg.strides) {
    if (stride.recording == static_cast<int>(recording)) frames.insert(stride.peak_frame);
  }
  return frames;
}

void append_leg(std::string& csv, const Results& results, std::size_t index, Side side) {
  const RecordingResult& recording = results.recordings[index];
  const AngleCurves& curves = recording.curves[side];
  const std::set<int> peaks = peak_frames(results.legs[side], index);
  const std::string start =
      csv_field(recording.name) + ',' + csv_field(recording.demand) + ',' + kSideNames[side] + ',';
  for (Eigen::Index frame = 0; frame < curves.thigh_rad.size(); ++frame) {
    csv += start;
    const double time_s =
        frame < recording.motion.time_s.size() ? recording.motion.time_s(frame) : std::nan("");
    fmt::format_to(std::back_inserter(csv), "{},", frame);
    if (std::isfinite(time_s)) fmt::format_to(std::back_inserter(csv), "{:.6f}", time_s);
    append_angles(csv, curves, frame);
    csv += peaks.contains(static_cast<int>(frame)) ? ",1" : ",0";
    append_angles(csv, recording.from_standing[side], frame);
    csv += '\n';
  }
}

void append_strides(std::string& csv, const RecordingResult& recording, const StrideCurves& of_leg,
                    const std::vector<bool>& left_out) {
  const auto append = [&](double angle_rad) {
    csv += ',';
    if (!std::isfinite(angle_rad)) return;
    fmt::format_to(std::back_inserter(csv), "{:.3f}", angle_rad * kDegPerRad);
  };
  const std::string start = csv_field(recording.name) + ',' + csv_field(recording.demand) + ',' +
                            kSideNames.at(of_leg.side) + ',';
  for (const StrideCurve& curve : of_leg.curves) {
    for (std::size_t i = 0; i < of_leg.strides.size(); ++i) {
      const Stride& stride = of_leg.strides[i];
      csv += start + csv_field(curve.angle.name);
      fmt::format_to(std::back_inserter(csv), ",{},{:.4f},{:.4f},{}", i + 1, stride.from_s,
                     stride.to_s, left_out[i] ? 1 : 0);
      append(curve.standing_rad);
      for (const double angle_rad : curve.strides_rad.row(static_cast<Eigen::Index>(i))) {
        append(angle_rad);
      }
      csv += '\n';
    }
  }
}

}  // namespace

std::string csv_field(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

std::string render_strides_csv(const Results& results) {
  std::string csv = "recording,demand,side,angle,stride,from_s,to_s,is_outlier,standing_deg";
  for (int percent = 0; percent < kStridePercents; ++percent) {
    csv += ",p" + std::to_string(percent);
  }
  csv += '\n';
  for (const RecordingResult& recording : results.recordings) {
    for (const Side side : kSides) {
      const StrideCurves& clinical = recording.gait.curves.at(side);
      append_strides(csv, recording, clinical, clinical.left_out);
      append_strides(csv, recording, recording.gait.coordinates.at(side), clinical.left_out);
    }
  }
  return csv;
}

std::string render_take_up_csv(const Results& results) {
  std::string csv =
      "side,demand,n_strides,thigh_deg,thigh_sd_deg,hip_deg,hip_sd_deg,low_back_deg,"
      "low_back_sd_deg,lean_deg,lean_sd_deg,pelvis_deg,pelvis_sd_deg\n";
  constexpr int kUnknown = -1;
  const auto append = [&csv](double angle_rad) {
    csv += ',';
    if (!std::isfinite(angle_rad)) return;
    fmt::format_to(std::back_inserter(csv), "{:.4f}", angle_rad * kDegPerRad);
  };
  for (const Side side : kSides) {
    const TakeUp& take_up = results.legs[side].take_up;
    // Columns of hip, low back, lean and pelvis in a point's parts.
    const std::array<int, 4> columns =
        take_up.has_thorax ? std::array{0, 1, 2, kUnknown} : std::array{0, kUnknown, kUnknown, 1};
    for (const DemandPoint& point : take_up.points) {
      csv += std::string(kSideNames[side]) + ',' + csv_field(point.label) + ',' +
             std::to_string(point.n_strides);
      append(point.parts_rad.sum());
      append(point.thigh_sd_rad);
      for (const int column : columns) {
        append(column == kUnknown ? std::nan("") : point.parts_rad(column));
        append(column == kUnknown ? std::nan("") : point.sd_rad(column));
      }
      csv += '\n';
    }
  }
  return csv;
}

std::string render_evidence_csv(const Results& results) {
  std::string csv =
      "counts,rule,side,log_odds,pain_points,value,low,high,unit,for_clinician,source,grade\n";
  if (results.answer.held_back || !results.safety.present.empty()) return csv;
  const auto append = [&csv](const char* counts, const std::vector<Evidence>& list) {
    for (const Evidence& evidence : list) {
      csv += std::string(counts) + ',' + csv_field(evidence.rule) + ',' +
             (evidence.side ? kSideNames.at(*evidence.side) : "");
      fmt::format_to(std::back_inserter(csv), ",{:.4g},{}", evidence.log_odds,
                     evidence.pain_points);
      for (const double value : {evidence.value.value, evidence.value.low, evidence.value.high}) {
        csv += ',';
        if (std::isfinite(value)) fmt::format_to(std::back_inserter(csv), "{:.6g}", value);
      }
      csv += ',' + csv_field(evidence.unit) + ',' + csv_field(evidence.for_clinician) + ',' +
             csv_field(evidence.source) + ',' + csv_field(evidence.grade) + '\n';
    }
  };
  append("for", results.answer.evidence_for);
  append("against", results.answer.evidence_against);
  append("context", results.answer.context);
  return csv;
}

std::string render_curves_csv(const Results& results) {
  std::string csv =
      "recording,demand,side,frame,time_s,thigh_deg,hip_deg,pelvis_deg,low_back_deg,lean_deg,"
      "is_peak,thigh_from_standing_deg,hip_from_standing_deg,pelvis_from_standing_deg,"
      "low_back_from_standing_deg,lean_from_standing_deg\n";
  for (std::size_t i = 0; i < results.recordings.size(); ++i) {
    for (const Side side : kSides) append_leg(csv, results, i, side);
  }
  return csv;
}

}  // namespace catena
