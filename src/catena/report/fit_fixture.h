// A made-up fit for the tests of this layer: two trials, three segments, four markers.
#pragma once

#include "catena/report/body_picture_fixture.h"
#include "catena/report/fit_summary.h"

namespace catena {

inline FitSummary fixture_fit() {
  FitSummary fit;
  fit.model_name = "runner <1>";
  fit.body = "the built-in body (female)";
  fit.marker_set = "Dorn sprinting";
  fit.has_thorax = true;
  fit.height_m = {1.68, 1.68, 1.68, 0.90, "given"};
  fit.mass_kg = {61.2, 50.0, 75.0, 0.90, "assumed from height and sex"};
  FitRecording standing;
  standing.name = "static";
  standing.file = "static.trc";
  standing.is_standing = true;
  standing.axes = "z is up (the force plates lie flat)";
  standing.frames = 200;
  standing.frames_used = 8;
  standing.rate_hz = 250.0;
  standing.marker_rms_m = 0.0042;
  standing.worst_marker = "C7";
  standing.worst_marker_rms_m = 0.0101;
  FitRecording run = standing;
  run.name = "run <fast>";
  run.file = "run.trc";
  run.is_standing = false;
  run.frames_used = 40;
  run.marker_rms_m = 0.0118;
  run.repairs.push_back({RepairKind::kGapBySpline, {"C7"}, 3, 5, 3, 0.01, 0.02, kNotKnown});
  fit.trials = {standing, run};
  const std::string interval = "posterior of the least-squares fit, normal";
  FitSegment thigh;
  thigh.name = "right thigh";
  thigh.body = "femur_r";
  thigh.measured = "hip centre to knee centre";
  thigh.length_m = {0.412, 0.404, 0.420, 0.90, interval};
  thigh.measured_share = 0.92;
  thigh.n_markers = 5;
  thigh.marker_rms_m = 0.0134;
  thigh.worst_marker = "RTHLD";
  thigh.worst_marker_rms_m = 0.0191;
  FitSegment foot;
  foot.name = "left foot";
  foot.body = "calcn_l";
  foot.measured = "ankle centre to toe";
  foot.length_m = {0.236, 0.214, 0.258, 0.90, interval};
  foot.measured_share = 0.12;
  foot.n_markers = 2;
  foot.marker_rms_m = 0.0061;
  foot.worst_marker = "LTOE";
  foot.worst_marker_rms_m = 0.0085;
  FitSegment head;  // of which nothing is known
  head.name = "head";
  head.body = "head";
  fit.segments = {thigh, foot, head};
  fit.joints = {{"right hip",
                 "pelvis",
                 {Estimate{-0.0742, -0.0822, -0.0662, 0.90, interval},
                  Estimate{-0.0815, -0.0900, -0.0730, 0.90, interval},
                  Estimate{0.0861, 0.0845, 0.0877, 0.90, interval}},
                 0.55}};
  fit.markers = {{"RASI", "pelvis", {0.0031, 0.0077}, true, ""},
                 {"C7", "thorax", {0.0101, kNotKnown}, true, ""},
                 {"RHEEL", "right foot", {0.0033, 0.0311}, true, ""},
                 {"WAND", "", {}, false, "on no known segment"}};
  fit.picture = fixture_picture();
  fit.marker_rms_m = 0.0097;
  fit.iterations = 14;
  fit.converged = true;
  fit.solve_s = 0.62;
  fit.assumptions = {"The subtalar joints are held at zero."};
  fit.provenance = {
      "0.1.0", "catena fit visit -o out", "", "", {{"run.trc", std::string(64, 'e')}}};
  return fit;
}

}  // namespace catena
