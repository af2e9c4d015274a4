// Draws of one leg's curve with the error that grows with the demand, and what they come to.
#pragma once

#include <Eigen/Core>
#include <array>
#include <string>
#include <vector>

#include "catena/chain/take_up.h"
#include "catena/chain/take_up_posterior.h"

namespace catena {

/// By how much thigh, pelvis and thorax seem to turn for each radian that the thigh turns.
struct SkinArtefact {
  double thigh = 0.0, pelvis = 0.0, thorax = 0.0;
};

/// What a curve is.
enum class BendKind {
  kStraight,
  kStop,      // beyond the bend the hip gives hardly anything
  kGentle,    // it gives less, but goes on giving
  kOtherWay,  // it gives more
};

/// What is known of one leg, as draws that belong together.
struct TakeUpDraws {
  bool has_thorax = false;
  LegAxis axis;
  std::vector<DrawnCurve> curves;
  std::vector<SkinArtefact> artefacts;
  std::vector<BendKind> kinds;  // of each curve, once told (bend_kinds.h)
};

/// right, left; a leg that is not fitted has none
std::array<TakeUpDraws, 2> draw_take_up(const TakeUpPosterior& posterior, int n_draws,
                                        const RandomStream& stream);

/// The shares when (h, m) are seen to rise by this slope on x, freed of the artefact:
/// (3) hip, low back, lean, or (2) hip, pelvis; sums to one.
Eigen::VectorXd shares_of_slope(bool has_thorax, const Eigen::Vector2d& slope,
                                const SkinArtefact& artefact = {});

/// (n_draws, 3 or 2) shares from the least thigh angle to the farthest.
Eigen::MatrixXd shares_of_draws(const TakeUpDraws& draws);

/// Where the parts lie over thigh extension by the draws of this kind; empty when these are too few
/// for the interval.
///
/// draws      their kinds told
TakeUpBand band_of_draws(const TakeUpDraws& draws, double level, BendKind kind);

/// (h, m) of a curve at x, both counted from the leg's mean.
Eigen::Vector2d contrasts_at(const LegAxis& axis, const DrawnCurve& curve, double x_rad);

/// Where a draw bends, by thigh and by hip extension, from the runner's own standing.
struct PlaceOfBend {
  double thigh_rad = 0.0, hip_rad = 0.0;
};

/// i          of a draw that bends. Places of bends stand for cells of the grid, over which those
///            of the draws are spread evenly
PlaceOfBend bend_of_draw(const TakeUpDraws& draws, std::size_t i);

/// Median and interval of what draws come to.
Estimate estimate_of_draws(const std::vector<double>& values, double level, std::string source);

}  // namespace catena
