// Everything that one analysis found: what the report shows and result.json holds.
#pragma once

#include <Eigen/Core>
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "catena/chain/angle_curves.h"
#include "catena/chain/share_reference.h"
#include "catena/chain/stride_result.h"
#include "catena/chain/take_up.h"
#include "catena/core/estimate.h"
#include "catena/exam/examination.h"
#include "catena/exam/safety.h"
#include "catena/findings/answer.h"
#include "catena/gait/coordination.h"
#include "catena/gait/curve_comparison.h"
#include "catena/gait/gait_event.h"
#include "catena/gait/gait_profile.h"
#include "catena/gait/published_figures.h"
#include "catena/gait/reference_comparison.h"
#include "catena/gait/spatiotemporal.h"
#include "catena/gait/stride_curves.h"
#include "catena/kinematics/motion.h"
#include "catena/model/model.h"
#include "catena/trajectories/repair.h"

namespace catena {

/// Contacts, strides and what is measured over them, of one recording.
struct RecordingGait {
  GaitEvents events;
  GaitStrides strides;
  Spatiotemporal spatiotemporal;
  std::array<StrideCurves, 2> curves;       // right, left: clinical angles
  std::array<StrideCurves, 2> coordinates;  // the model's own, without bands
  std::array<std::vector<Coupling>, 2> couplings;
  CurveComparison sides;                        // right against left
  std::optional<ReferenceComparison> compared;  // with other runners; none: no reference was given
  std::vector<PublishedComparison> published;   // beside what papers say
  GaitProfile profile;  // what a reference, or another recording, is set beside
};

/// What there is to be said of events, strides, measures and curves: one sentence each.
std::vector<std::string> gait_notes(const RecordingGait& gait);

struct RecordingResult {
  std::string name;
  std::string file;           // file name without folder
  std::string demand;         // label
  std::string demand_source;  // "given", "overground speed 3.47 m/s", "own demand: speed unknown"
  // How the file's axes lie and what that is known by, for a person: "z is up (...)".
  std::string axes;
  bool turned = false;     // the file's axes are not those of ground
  double speed_m_s = 0.0;  // of the pelvis over the ground; NaN on a treadmill
  int frames = 0;
  double rate_hz = 0.0;
  double marker_rms_m = 0.0;  // over all frames and markers seen
  std::string worst_marker;   // largest RMS over the recording
  double worst_marker_rms_m = 0.0;
  double converged_fraction = 0.0;
  double missing_fraction = 0.0;  // of the used markers' positions, after repairs
  std::array<int, 2> n_strides = {0, 0};
  std::vector<Repair> repairs;  // what was done to the markers before the body was fitted
  Motion motion;
  std::array<AngleCurves, 2> curves;         // right, left
  std::array<AngleCurves, 2> from_standing;  // the same against standing; empty without a trial
  RecordingGait gait;
};

/// Joint centres seen from the runner's right, at the peak nearest to the mean of the farthest
/// demand: x forward, y up, m, hip of the leg at the origin.
struct StickFigure {
  bool known = false;
  std::string recording;
  double time_s = 0.0;
  struct Bone {
    std::string name;  // "thigh_r", "shank_r", "foot_r", "pelvis", "trunk", "thigh_l", ...
    Eigen::Vector2d from_m, to_m;
  };
  std::vector<Bone> bones;
  // Angles drawn on it, degrees, absolute as in StrideResult.
  double thigh_deg = 0.0, hip_deg = 0.0, pelvis_deg = 0.0, low_back_deg = 0.0, lean_deg = 0.0;
};

struct LegResult {
  std::vector<StrideResult> strides;
  BudgetSummary at_peak, gained;
  std::vector<DemandBudget> by_demand;
  TakeUp take_up;
  ShareReference pelvis_reference;  // beside other runners, or why not
  StickFigure figure;
};

struct Provenance {
  std::string version;
  std::string command;
  std::string model_file;
  std::string model_sha256;
  std::vector<std::pair<std::string, std::string>> inputs;  // file name, sha256
};

struct Results {
  bool has_thorax = false;
  bool has_standing = false;
  std::vector<Repair> standing_repairs;
  std::string model_name;
  std::vector<std::string> coordinate_names;
  std::vector<bool> coordinate_is_rotation;
  std::vector<RecordingResult> recordings;
  std::array<LegResult, 2> legs;  // right, left
  std::optional<Examination> examination;
  Safety safety;  // comes before the answer
  Answer answer;
  std::string reference_source;          // of other runners; empty: no reference was given
  std::vector<std::string> assumptions;  // the warnings too
  std::vector<std::string> warnings;     // to be looked at before the result is believed
  std::string language = "en";           // of report.html; also one of language_codes()
  Provenance provenance;
};

}  // namespace catena
