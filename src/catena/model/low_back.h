// The low back spread over L1 to S1: how much of each turn of the thorax on the pelvis each level
// makes.
#pragma once

#include <array>
#include <string_view>

#include "catena/model/body_dimensions.h"
#include "catena/model/model.h"
#include "catena/model/scalar_function.h"
#include "catena/model/segment_masses.h"

namespace catena {

/// From the pelvis up.
inline constexpr std::array<std::string_view, 5> kLumbarLevels = {"L5_S1", "L4_L5", "L3_L4",
                                                                  "L2_L3", "L1_L2"};

/// Shares of the levels, from the pelvis up; each column sums to one.
struct LowBackShares {
  std::array<double, 5> flexion{};
  std::array<double, 5> extension{};
  std::array<double, 5> bending{};   // to either side
  std::array<double, 5> rotation{};  // to either side
};

/// source     flexion, bending: Christophy et al. 2012, Biomech Model Mechanobiol 11:19; rotation:
///            the same model's later correction, made to sum to one (it sums to 1.001); extension:
///            Pearcey et al. 1984, Spine 9:294 (5, 3, 1, 2, 5 degrees from L1/2 to L5/S1), because
///            flexion's shares misplace extension
LowBackShares published_low_back_shares();

/// A level's angle by the low back's whole extension, rad: straight lines with the share of flexion
/// below -`blend_rad` and of extension above it; between, the share goes over smoothly, as a
/// smoothstep drawn with 16 straight lines, so that a solver meets no sudden turn at standing. Zero
/// at zero, and the levels' sum is the whole everywhere.
ScalarFunction level_extension(double flexion_share, double extension_share,
                               double blend_rad = 0.1);

/// Hangs lumbar5 to lumbar1 on the pelvis and the torso on lumbar1, where it stands at zero as
/// with one joint. lumbar_extension, _bending and _rotation stay coordinates of their own, at the
/// joint of a body "abdomen" that nothing hangs on, so that OpenSim knows them as angles (it does
/// not where a joint turns by a function of one); the levels' angles (L5_S1_FE, L5_S1_LB,
/// L5_S1_AR, ...) follow them by couplers.
///
/// Masses: each level has half a hundredth of the body's, shaped as a slice of trunk, and the
/// abdomen a thousandth. They are taken out of the torso's, so that in the standing body mass,
/// centre and inertia are those of one torso. Small, because the flesh around the low back hangs on
/// pelvis and thorax more than on a vertebra; none is zero, because Simbody cannot accelerate
/// joints in a row without mass.
///
/// torso      of the whole trunk above the pelvis, in the torso's frame at the L5/S1 joint
void add_spread_low_back(Model& model, const BodyDimensions& dimensions,
                         const MassProperties& torso);

}  // namespace catena
