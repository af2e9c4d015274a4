// A model for a standing trial, from the landmarks alone: what a laboratory would make by hand, for
// studies and tests on recordings that come without a model. The fit to a runner's own recordings
// is not built yet.
#pragma once

#include <string>
#include <vector>

#include "catena/core/error.h"
#include "catena/model/model.h"
#include "catena/trajectories/identify_labels.h"
#include "catena/trajectories/trajectories.h"

namespace catena {

/// A recorded marker: what it rides on, and which landmark it shows, if any.
struct StandingMarker {
  std::string label;     // as recorded
  std::string body;      // of the synthetic body: "pelvis", "femur_r", ...
  std::string landmark;  // marker of the synthetic body: "RASI", "RKNL"; empty for a cluster's
};

/// Labels of a known marker set, with what they ride on and show; head, arms and what is computed
/// from other markers are left out.
std::vector<StandingMarker> standing_markers(const std::vector<std::string>& labels,
                                             const IdentifiedLabels& meaning);

struct StandingPerson {
  double height_m = 1.75;
  double mass_kg = 68.0;
  bool female = false;
};

/// A body with this runner's pelvis, thighs and shanks, and every recorded marker where it was
/// worn.
///
/// standing   in ground (y up), m; the mean of its frames is used
/// markers    need the landmarks RASI LASI RPSI LPSI and, of both sides, KNL KNM ANL ANM
/// errors     kMissingData: a landmark is not in the list or never seen; those of
/// inverse_kinematics source     hip centre: Harrington et al. 2007, J Biomech 40:595; knee and
/// ankle centres midway
///            between their landmarks; what is not measured: proportions of the body's height
Result<Model> model_from_standing(const Trajectories& standing,
                                  const std::vector<StandingMarker>& markers,
                                  const StandingPerson& person);

}  // namespace catena
