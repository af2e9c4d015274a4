#include "catena/kinematics/skin_prior.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace catena {
namespace {

std::size_t at(int i) { return static_cast<std::size_t>(i); }

struct SkinSize {
  std::string_view body;  // how its name begins
  double size_m;
};

// Middles of the published ranges: thigh 10 to 20 mm, pelvis 3 to 8, shank 5 to 10 (Leardini et al.
// 2005, Peters et al. 2010); trunk, feet and arms as the synthetic runner has them, 2 to 5.
constexpr std::array<SkinSize, 6> kSizes = {{{"femur", 0.015},
                                             {"thigh", 0.015},
                                             {"pelvis", 0.0055},
                                             {"tibia", 0.0075},
                                             {"shank", 0.0075},
                                             {"", 0.0035}}};

/// The coordinate of a joint that turns farthest: the first that the file gives it.
int first_turn(const Model& model, int joint) {
  for (std::size_t k = 0; k < 3; ++k) {
    const int c = model.joints[at(joint)].axes[k].coordinate;
    if (c == kNone || model.coordinates[at(c)].locked) continue;
    return c;
  }
  return kNone;
}

}  // namespace

std::vector<SkinPrior> skin_priors(const Model& model) {
  std::vector<bool> marked(model.bodies.size(), false);
  for (const ModelMarker& marker : model.markers) marked[at(marker.body)] = true;
  std::vector<SkinPrior> priors(model.bodies.size());
  for (std::size_t b = 1; b < model.bodies.size(); ++b) {
    const std::string& name = model.bodies[b].name;
    priors[b].size_m = std::find_if(kSizes.begin(), kSizes.end(), [&](const SkinSize& s) {
                         return name.starts_with(s.body);
                       })->size_m;
  }
  // Each joint chain between two bodies with markers bounds both: the joint next to the inner one
  // stands for it, as it is the one that turns most (hip, knee, ankle before the subtalar joint).
  for (std::size_t b = 1; b < model.bodies.size(); ++b) {
    if (!marked[b]) continue;
    int joint = static_cast<int>(b) - 1;
    int turning = first_turn(model, joint);
    int parent = model.joints[at(joint)].parent;
    while (parent != kGround && !marked[at(parent)]) {
      joint = parent - 1;
      if (const int c = first_turn(model, joint); c != kNone) turning = c;
      parent = model.joints[at(joint)].parent;
    }
    if (parent == kGround || turning == kNone) continue;
    priors[b].drivers.push_back(turning);
    priors[at(parent)].drivers.push_back(turning);
  }
  return priors;
}

}  // namespace catena
