// What is believed of a runner's body before it is fitted: the built-in body at the runner's size,
// or a generic .osim, with the recordings' markers on it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "catena/core/error.h"
#include "catena/kinematics/body_fit.h"
#include "catena/trajectories/identify_labels.h"

namespace catena {

/// What is known of the person; nothing of it is needed.
struct RunnerFacts {
  std::optional<double> height_m;
  std::optional<double> mass_kg;
  std::optional<bool> female;
};

/// A recording and what its labels mean.
struct LabelledTrial {
  const Trajectories* trajectories = nullptr;
  const IdentifiedLabels* meaning = nullptr;
  bool standing = false;
};

/// The built-in body for a runner of whom these recordings show markers: sized by the pelvis that
/// they show and by the height, with the joints' and lengths' published spread between people.
/// Markers on the head and hands are left out, and so are those of unknown meaning.
///
/// errors     kMissingData: pelvis or thighs carry too few markers of known place, naming what is
///            missing
/// source     lengths: Drillis & Contini 1966; hips: Harrington et al. 2007, J Biomech 40:595;
/// where
///            palpation finds a landmark: Della Croce et al. 1999, Med Biol Eng Comput 37:155; the
///            skin: Leardini et al. 2005, Gait Posture 21:212; Peters et al. 2010, Gait Posture
///            31:1
Result<BodyPrior> runner_prior(const std::vector<LabelledTrial>& trials, const RunnerFacts& facts);

/// A generic model whose markers bear the recordings' labels: each body may be scaled along its
/// axes, and each marker may have been worn elsewhere; near its place where the registry of marker
/// sets knows its label for a landmark's.
///
/// errors     kMissingData: the model has no marker
Result<BodyPrior> generic_prior(const Model& model, const RunnerFacts& facts);

}  // namespace catena
