#include "catena/model/low_back.h"

#include <algorithm>
#include <numeric>
#include <string>
#include <vector>

#include "catena/model/body_builder.h"

namespace catena {
namespace {

using Eigen::Vector3d;

// A lumbar vertebra with its disc, as a share of the height: 36 mm at 1.75 m. Only where the
// joints lie hangs on it. Grade C.
constexpr double kLevelHeight = 0.0205;
// Shares of body mass; why they are small: low_back.h.
constexpr double kLevelMass = 0.005;
constexpr double kAbdomenMass = 0.001;
constexpr int kBlendLines = 16;

std::array<double, 5> summing_to_one(std::array<double, 5> shares) {
  const double sum = std::accumulate(shares.begin(), shares.end(), 0.0);
  for (double& share : shares) share /= sum;
  return shares;
}

struct LevelAngle {
  const char* suffix;
  const char* whole;
  Vector3d axis;
};

std::vector<LevelAngle> level_angles() {
  return {{"_FE", "lumbar_extension", Vector3d::UnitZ()},
          {"_LB", "lumbar_bending", Vector3d::UnitX()},
          {"_AR", "lumbar_rotation", Vector3d::UnitY()}};
}

void couple(Model& model, std::size_t level, const LowBackShares& shares) {
  const std::array<ScalarFunction, 3> functions = {
      level_extension(shares.flexion.at(level), shares.extension.at(level)),
      LinearFunction{shares.bending.at(level), 0.0},
      LinearFunction{shares.rotation.at(level), 0.0}};
  const std::vector<LevelAngle> angles = level_angles();
  for (std::size_t k = 0; k < 3; ++k) {
    const std::string name = std::string(kLumbarLevels.at(level)) + angles[k].suffix;
    model.couplers.push_back({.name = name + "_con",
                              .dependent = find_coordinate(model, name),
                              .independent = find_coordinate(model, angles[k].whole),
                              .function = functions.at(k)});
  }
}

}  // namespace

LowBackShares published_low_back_shares() {
  return {.flexion = summing_to_one({0.125, 0.185, 0.204, 0.231, 0.255}),
          .extension = summing_to_one({5.0, 2.0, 1.0, 3.0, 5.0}),
          .bending = summing_to_one({0.136, 0.181, 0.245, 0.250, 0.188}),
          .rotation = summing_to_one({0.208, 0.221, 0.221, 0.182, 0.169})};
}

ScalarFunction level_extension(double flexion_share, double extension_share, double blend_rad) {
  // Between the blend's ends the share is flexion + (extension - flexion) * step; what it differs
  // from flexion's in adds up to zero over the levels, whatever the step.
  PiecewiseLinearFunction f;
  f.x.resize(kBlendLines + 3);
  f.y.resize(kBlendLines + 3);
  for (int k = -1; k <= kBlendLines + 1; ++k) {
    const double at = blend_rad * (2.0 * k / kBlendLines - 1.0);
    const double u = std::clamp(static_cast<double>(k) / kBlendLines, 0.0, 1.0);
    const double step = u * u * (3.0 - 2.0 * u);
    f.x[k + 1] = at;
    f.y[k + 1] = at * (flexion_share + (extension_share - flexion_share) * step);
  }
  return f;
}

void add_spread_low_back(Model& model, const BodyDimensions& d, const MassProperties& torso) {
  // What is taken out of the torso: the slices at their places, and the abdomen.
  const double level_m = kLevelHeight * d.height_m;
  MassProperties slice = trunk_slice(d, kLevelMass * d.mass_kg, level_m);
  slice.center_m = {0.0, level_m / 2.0, 0.0};
  MassProperties abdomen = trunk_slice(d, kAbdomenMass * d.mass_kg, level_m);
  abdomen.center_m = slice.center_m;
  std::vector<MassProperties> taken = {abdomen};
  for (std::size_t level = 0; level < kLumbarLevels.size(); ++level) {
    taken.push_back(slice);
    taken.back().center_m.y() += static_cast<double>(level) * level_m;
  }

  std::vector<Angle> whole;
  for (const LevelAngle& a : level_angles()) whole.push_back({a.whole, a.axis});
  const Vector3d sacrum = d.lumbosacral_in_pelvis_m;
  add_body(model, "abdomen", abdomen, {"back", "pelvis", sacrum, whole});

  const LowBackShares shares = published_low_back_shares();
  std::string below = "pelvis";
  for (std::size_t level = 0; level < kLumbarLevels.size(); ++level) {
    const std::string name(kLumbarLevels.at(level));
    std::vector<Angle> angles;
    for (const LevelAngle& a : level_angles()) angles.push_back({name + a.suffix, a.axis});
    const std::string body = "lumbar" + std::to_string(5 - level);
    add_body(model, body, slice,
             {name, below, level == 0 ? sacrum : Vector3d(0.0, level_m, 0.0), angles});
    couple(model, level, shares);
    below = body;
  }
  // The torso keeps its own frame, which stands at L5/S1.
  add_body(model, "torso", without(torso, together(taken)),
           {"T12_L1", below, {0.0, -4.0 * level_m, 0.0}, {}});
}

}  // namespace catena
