#include "catena/analysis/fit_summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "catena/analysis/belonging.h"
#include "catena/analysis/body_picture.h"
#include "catena/core/normal_estimate.h"
#include "catena/kinematics/body_measures.h"
#include "catena/kinematics/forward_kinematics.h"
#include "catena/kinematics/inverse_kinematics.h"

namespace catena {
namespace {

using Eigen::Index;

// Residuals of a recording are told from a few pieces of it. A pose starts from the one before it,
// so frames must follow each other: from poses farther apart a leg may end turned the wrong way.
constexpr Index kPieces = 8;
constexpr Index kFramesOfPiece = 25;

std::size_t at(int i) { return static_cast<std::size_t>(i); }

/// Sum and count of squared distances.
struct Squares {
  double sum_m2 = 0.0;
  int n = 0;
  void add(double residual_m) {
    if (std::isnan(residual_m)) return;
    sum_m2 += residual_m * residual_m;
    ++n;
  }
  void add(const Squares& other) {
    sum_m2 += other.sum_m2;
    n += other.n;
  }
  [[nodiscard]] double rms_m() const { return std::sqrt(sum_m2 / n); }  // NaN of none
};

/// Some pieces of a recording, evenly spread.
Trajectories some_pieces(const Trajectories& whole) {
  const Index n = whole.points_m.rows();
  if (n <= kPieces * kFramesOfPiece) return whole;
  Trajectories some = whole;
  some.points_m.resize(kPieces * kFramesOfPiece, whole.points_m.cols());
  some.time_s.resize(kPieces * kFramesOfPiece);
  for (Index piece = 0; piece < kPieces; ++piece) {
    const Index from = piece * (n - kFramesOfPiece) / (kPieces - 1);
    const Index to = piece * kFramesOfPiece;
    some.points_m.middleRows(to, kFramesOfPiece) = whole.points_m.middleRows(from, kFramesOfPiece);
    some.time_s.segment(to, kFramesOfPiece) = whole.time_s.segment(from, kFramesOfPiece);
  }
  return some;
}

/// Where the length of a body begins and ends.
std::string ends_of(const Model& model, int body) {
  static const std::map<std::string, std::string> kEnds = {
      {"femur", "hip to knee"},         {"tibia", "knee to ankle"},
      {"calcn", "heel to toe joint"},   {"torso", "low back to shoulder"},
      {"humerus", "shoulder to elbow"}, {"ulna", "elbow to wrist"}};
  const std::string& name = model.bodies[at(body)].name;
  const auto known = kEnds.find(name.substr(0, name.rfind('_')));
  if (known != kEnds.end()) return known->second;
  for (const Joint& joint : model.joints) {
    if (joint.parent == body) return model.joints[at(body - 1)].name + " to " + joint.name;
  }
  return "";
}

FitRecording describe(const FittedRun& run, bool stands, const Model& model,
                      const std::vector<Squares>& squares, Index frames_used) {
  FitRecording out;
  out.name = run.name.empty() ? run.file : run.name;
  out.file = run.file;
  out.is_standing = stands;
  out.axes = to_text(run.ground);
  out.frames = static_cast<int>(run.trajectories.points_m.rows());
  out.frames_used = static_cast<int>(frames_used);
  out.rate_hz = run.trajectories.rate_hz;
  out.repairs = run.repairs;
  Squares all;
  for (std::size_t m = 0; m < squares.size(); ++m) {
    all.add(squares[m]);
    const double rms_m = squares[m].rms_m();
    if (std::isnan(rms_m) || rms_m <= out.worst_marker_rms_m) continue;
    out.worst_marker_rms_m = rms_m;
    out.worst_marker = model.markers[m].name;
  }
  out.marker_rms_m = all.rms_m();
  return out;
}

/// What no parameter of the fit moves has no interval: it keeps its proportion to the rest.
Estimate fitted_or_held(const BodyMeasure& measure) {
  Estimate estimate = measure.estimate;
  if (std::isfinite(estimate.low)) return estimate;
  estimate.low = estimate.high = std::numeric_limits<double>::quiet_NaN();
  estimate.source = "by proportion; not fitted";
  return estimate;
}

/// Lengths and centres of the model; those that the fit could change with their intervals.
std::vector<BodyMeasure> all_measures(const BodyPrior& prior, const BodyFit& fit) {
  const std::vector<BodyMeasure> fitted = measure_body(prior, fit);
  std::vector<BodyMeasure> out;
  for (const NamedLength& length : measures_of(fit.model)) {
    const auto known = std::find_if(fitted.begin(), fitted.end(),
                                    [&](const BodyMeasure& m) { return m.name == length.name; });
    out.push_back(known == fitted.end() ? BodyMeasure{length.name, "", {}, 0.0} : *known);
    out.back().estimate.value = length.value_m;
  }
  return out;
}

/// Segments that carry markers.
std::vector<FitSegment> segments_of(const Model& model, const std::vector<BodyMeasure>& measures,
                                    const std::vector<Squares>& of_markers) {
  std::vector<FitSegment> out;
  for (std::size_t b = 1; b < model.bodies.size(); ++b) {
    FitSegment segment;
    segment.body = model.bodies[b].name;
    segment.name = segment_words(segment.body);
    for (const BodyMeasure& measure : measures) {
      if (measure.name != segment.name + " length") continue;
      segment.length_m = fitted_or_held(measure);
      segment.measured_share = measure.measured_share;
      segment.measured = ends_of(model, static_cast<int>(b));
    }
    Squares all;
    for (std::size_t m = 0; m < model.markers.size(); ++m) {
      if (model.markers[m].body != static_cast<int>(b) || of_markers[m].n == 0) continue;
      ++segment.n_markers;
      all.add(of_markers[m]);
      const double rms_m = of_markers[m].rms_m();
      if (rms_m <= segment.worst_marker_rms_m) continue;
      segment.worst_marker_rms_m = rms_m;
      segment.worst_marker = model.markers[m].name;
    }
    segment.marker_rms_m = all.rms_m();
    if (segment.n_markers > 0) out.push_back(std::move(segment));
  }
  return out;
}

/// "right thigh's joint in pelvis, x" and its fellows as one centre.
std::vector<FitJoint> joints_of(const std::vector<BodyMeasure>& measures) {
  static const std::map<std::string, std::string> kNames = {{"right thigh's joint", "right hip"},
                                                            {"left thigh's joint", "left hip"},
                                                            {"trunk's joint", "low back"}};
  constexpr std::string_view kIn = " in pelvis, ";
  std::vector<FitJoint> out;
  std::map<std::string, std::pair<double, double>> variances;  // before and after
  for (const BodyMeasure& measure : measures) {
    const std::size_t in = measure.name.find(kIn);
    if (in == std::string::npos) continue;
    const std::string joint = measure.name.substr(0, in);
    const auto axis = static_cast<std::size_t>(measure.name.back() - 'x');
    const auto known = kNames.find(joint);
    const std::string name = known == kNames.end() ? joint : known->second;
    if (axis > 2) continue;
    if (out.empty() || out.back().name != name) {
      out.emplace_back();
      out.back().name = name;
      out.back().frame = "pelvis";
    }
    out.back().center_m.at(axis) = fitted_or_held(measure);
    if (!std::isfinite(measure.estimate.low)) continue;
    const double after = std::pow(sd_of(measure.estimate), 2);
    auto& [sum_before, sum_after] = variances[name];
    sum_before += after / std::max(1e-9, 1.0 - measure.measured_share);
    sum_after += after;
  }
  for (FitJoint& joint : out) {
    const auto& [before, after] = variances[joint.name];
    if (before > 0.0) joint.measured_share = 1.0 - after / before;
  }
  return out;
}

std::string why_not_used(const LabelMeaning& meaning, const std::string& label,
                         const std::vector<FittedRun*>& all) {
  if (meaning.segment.empty()) return "where it sits is not known";
  if (meaning.computed) return "computed from other markers";
  const bool seen = std::any_of(all.begin(), all.end(), [&](const FittedRun* run) {
    const auto& labels = run->trajectories.labels;
    const auto found = std::find(labels.begin(), labels.end(), label);
    return found != labels.end() &&
           !run->trajectories.points_m.middleCols(3 * (found - labels.begin()), 3)
                .array()
                .isNaN()
                .all();
  });
  return seen ? "the body has no such segment" : "never seen";
}

std::vector<FitMarker> markers_of(const CleanRecordings& recordings,
                                  const std::vector<FittedRun*>& all, const Model& model,
                                  const std::vector<std::vector<Squares>>& residuals) {
  std::vector<FitMarker> out;
  for (std::size_t m = 0; m < model.markers.size(); ++m) {
    FitMarker marker;
    marker.label = model.markers[m].name;
    marker.segment = segment_words(model.bodies[at(model.markers[m].body)].name);
    for (const std::vector<Squares>& of_run : residuals) marker.rms_m.push_back(of_run[m].rms_m());
    out.push_back(std::move(marker));
  }
  const SharedLabels& shared = recordings.shared;
  for (std::size_t i = 0; i < shared.labels.size(); ++i) {
    if (find_marker(model, shared.labels[i]) != kNone) continue;
    FitMarker marker;
    marker.label = shared.labels[i];
    marker.segment = shared.meaning.meanings[i].segment;
    std::replace(marker.segment.begin(), marker.segment.end(), '_', ' ');
    marker.used = false;
    marker.why_not = why_not_used(shared.meaning.meanings[i], marker.label, all);
    out.push_back(std::move(marker));
  }
  return out;
}

/// The hip and low-back centres' spread turned from the pelvis into the picture.
void add_spread(const std::vector<FitJoint>& joints, const Eigen::Matrix3d& picture_from_pelvis,
                BodyPicture& picture) {
  for (BodyPicture::JointCenter& drawn : picture.joints) {
    for (const FitJoint& joint : joints) {
      if (joint.name != drawn.name) continue;
      Eigen::Vector3d variance;
      for (std::size_t k = 0; k < 3; ++k) {
        const double sd_m = sd_of(joint.center_m.at(k));
        variance[static_cast<Index>(k)] = std::isnan(sd_m) ? 0.0 : sd_m * sd_m;
      }
      drawn.covariance_m2 =
          picture_from_pelvis * variance.asDiagonal() * picture_from_pelvis.transpose();
    }
  }
}

Result<BodyPicture> picture_of(const FittedRun& run, const BodyFit& fit,
                               const InverseKinematicsOptions& options,
                               const std::vector<FitJoint>& joints) {
  const Index frame = fullest_frame(run.trajectories);
  Trajectories one = run.trajectories;
  one.points_m = run.trajectories.points_m.row(frame).eval();
  one.time_s = run.trajectories.time_s.segment(frame, 1).eval();
  CATENA_TRY(ik, inverse_kinematics(fit.model, one, options).map_error(placed_in(run.path)));
  const Eigen::VectorXd q = ik.motion.q.row(0).transpose();
  CATENA_TRY(picture, picture_body(fit.model, q, one, 0));
  picture.posture = fmt::format("{} at {:.2f} s", run.file, one.time_s[0]);
  CATENA_TRY(chain, find_chain(fit.model));
  if (q.allFinite()) {
    const Pose pose = forward_kinematics(fit.model, q);
    add_spread(joints, runner_from_ground(pose, chain.pelvis) * pose[at(chain.pelvis)].rotation,
               picture);
  }
  return picture;
}

Estimate given(const std::optional<double>& value) {
  if (!value) return {};
  return {*value, *value, *value, 0.90, "given"};
}

std::string describe_body(const FitInputs& inputs) {
  if (inputs.model) return inputs.model->filename().string() + ", sized,";
  std::string words = "the built-in body";
  if (inputs.person.sex && *inputs.person.sex != Sex::kOther) {
    words += *inputs.person.sex == Sex::kFemale ? " (female)" : " (male)";
  }
  return words;
}

/// Notes and warnings of inputs, recordings, prior and fit, each once.
void list_notes(const CleanRecordings& recordings, const std::vector<FittedRun*>& all,
                const FitInputs& inputs, const BodyFit& fit, FitSummary& summary) {
  const auto add = [](const std::vector<std::string>& from, std::vector<std::string>& to) {
    for (const std::string& text : from) {
      if (std::find(to.begin(), to.end(), text) == to.end()) to.push_back(text);
    }
  };
  add(recordings.notes, summary.warnings);
  for (const FittedRun* run : all) add(run->warnings, summary.warnings);
  add(inputs.guesses, summary.assumptions);
  add(summary.warnings, summary.assumptions);
  add(fit.assumptions, summary.assumptions);
  if (!recordings.standing) {
    add({"No standing trial was given: how segments are turned that carry no landmark is told from "
         "the runs alone, and less surely."},
        summary.assumptions);
  }
  for (const FittedRun* run : all) add(run->notes, summary.assumptions);
  if (recordings.generic) {
    std::vector<std::string> of_model;
    for (const std::string& text : recordings.generic->assumptions) {
      of_model.push_back("Model: " + text);
    }
    add(of_model, summary.assumptions);
  }
}

bool shows_thorax(const Model& model) {
  const Result<ChainMap> chain = find_chain(model);
  return chain && chain->thorax != kNone &&
         std::count_if(model.markers.begin(), model.markers.end(), [&](const ModelMarker& marker) {
           return marker.body == chain->thorax;
         }) >= 3;
}

}  // namespace

Result<FitSummary> summarize_fit(CleanRecordings& recordings, const FitInputs& inputs,
                                 const BodyPrior& prior, const BodyFit& fit) {
  std::vector<FittedRun*> all;
  if (recordings.standing) all.push_back(&*recordings.standing);
  for (FittedRun& run : recordings.runs) all.push_back(&run);

  FitSummary summary;
  summary.model_name = fit.model.name;
  summary.body = describe_body(inputs);
  summary.marker_set = recordings.shared.meaning.set_name;
  summary.has_thorax = shows_thorax(fit.model);
  summary.height_m = given(inputs.person.height_m);
  summary.mass_kg = given(inputs.person.mass_kg);
  summary.iterations = fit.iterations;
  summary.converged = fit.converged;
  summary.provenance = recordings.provenance;

  InverseKinematicsOptions options;
  options.threads = inputs.threads;
  options.marker_tasks = fit.weights;
  options.chunk_frames = static_cast<int>(kFramesOfPiece);
  std::vector<std::vector<Squares>> residuals;
  std::vector<Squares> of_markers(fit.model.markers.size());
  Squares total;
  for (FittedRun* run : all) {
    const Trajectories some = some_pieces(run->trajectories);
    CATENA_TRY(ik, inverse_kinematics(fit.model, some, options).map_error(placed_in(run->path)));
    run->fit = std::move(ik);
    CATENA_CHECK(check_fit(*run));
    std::vector<Squares> of_run(fit.model.markers.size());
    for (std::size_t k = 0; k < run->fit.marker_index.size(); ++k) {
      for (const double residual_m : run->fit.residual_m.col(static_cast<Index>(k))) {
        of_run[at(run->fit.marker_index[k])].add(residual_m);
      }
    }
    for (std::size_t m = 0; m < of_run.size(); ++m) {
      of_markers[m].add(of_run[m]);
      total.add(of_run[m]);
    }
    const bool stands = recordings.standing && run == all.front();
    if (stands) {
      CATENA_TRY(chain, find_chain(fit.model));
      CATENA_TRY(segments,
                 segment_motion(fit.model, chain, run->fit.motion).map_error(placed_in(run->path)));
      run->segments = std::move(segments);
      CATENA_CHECK(check_stands(*run));
    }
    summary.trials.push_back(describe(*run, stands, fit.model, of_run, some.points_m.rows()));
    residuals.push_back(std::move(of_run));
  }
  summary.marker_rms_m = total.rms_m();

  const std::vector<BodyMeasure> measures = all_measures(prior, fit);
  summary.segments = segments_of(fit.model, measures, of_markers);
  summary.joints = joints_of(measures);
  summary.markers = markers_of(recordings, all, fit.model, residuals);
  CATENA_TRY(picture, picture_of(*all.front(), fit, options, summary.joints));
  summary.picture = std::move(picture);
  list_notes(recordings, all, inputs, fit, summary);
  return summary;
}

}  // namespace catena
