#include <algorithm>
#include <array>
#include <map>

#include "catena/kinematics/runner_prior.h"
#include "catena/kinematics/skin_prior.h"

namespace catena {
namespace {

using Eigen::Vector3d;

std::size_t at(int i) { return static_cast<std::size_t>(i); }

// Spread of adults about a generic model's size, all of it together; of one segment's size about
// that, of one of its axes about the segment's, and of the left about the right.
constexpr double kOverallSpread = 0.10;
constexpr double kSegmentSpread = 0.05;
constexpr double kAxisSpread = 0.04;
constexpr double kSideSpread = 0.01;
// Joints' angles in quiet standing about the model's default pose, which may be any.
constexpr double kStandingSpread_rad = 0.30;
// A laboratory's markers against the model's drawing of them: over a landmark that everyone finds
// again, and anywhere on the segment.
constexpr double kLandmarkSpread_m = 0.008;
constexpr double kAnywhereSpread_m = 0.05;

/// Effects of stretching one body by `stretch` along its axes: its own joint's place in it, the
/// joints that it carries, and its markers.
void add_stretch(const Model& model, int body, const Vector3d& stretch, ShapeParameter& parameter) {
  using Kind = ShapeEffect::Kind;
  for (std::size_t k = 0; k < model.joints.size(); ++k) {
    const Joint& joint = model.joints[k];
    if (static_cast<int>(k) + 1 == body) {
      const Vector3d change = stretch.cwiseProduct(joint.child_from_frame.translation);
      if (!change.isZero(0.0))
        parameter.effects.push_back({Kind::kJointInChild, static_cast<int>(k), change});
    }
    if (joint.parent != body || body == kGround) continue;
    const Vector3d change = stretch.cwiseProduct(joint.parent_from_frame.translation);
    if (!change.isZero(0.0))
      parameter.effects.push_back({Kind::kJointInParent, static_cast<int>(k), change});
    // Translations of the joint along the parent's axes grow with the parent, as OpenSim has it.
    Vector3d scale = Vector3d::Zero();
    for (std::size_t axis = 0; axis < 3; ++axis) {
      const Vector3d in_parent = joint.parent_from_frame.rotation * joint.axes[3 + axis].axis;
      scale[static_cast<Eigen::Index>(axis)] = in_parent.cwiseAbs2().dot(stretch);
    }
    parameter.effects.push_back({Kind::kTranslationsScale, static_cast<int>(k), scale});
  }
  for (std::size_t m = 0; m < model.markers.size(); ++m) {
    if (model.markers[m].body != body) continue;
    parameter.effects.push_back({Kind::kMarkerInBody, static_cast<int>(m),
                                 stretch.cwiseProduct(model.markers[m].position_in_body_m)});
  }
}

/// Bodies of one name but for the side: "femur_r" and "femur_l".
std::map<std::string, std::vector<int>> bodies_by_name(const Model& model) {
  std::map<std::string, std::vector<int>> groups;
  for (std::size_t b = 1; b < model.bodies.size(); ++b) {
    std::string name = model.bodies[b].name;
    if (name.ends_with("_r") || name.ends_with("_l")) name.resize(name.size() - 2);
    groups[name].push_back(static_cast<int>(b));
  }
  return groups;
}

/// Every body lighter or heavier by one factor.
void set_mass(double mass_kg, Model& model) {
  double sum_kg = 0.0;
  for (const Body& body : model.bodies) sum_kg += body.mass_kg;
  if (!(sum_kg > 0.0)) return;
  for (Body& body : model.bodies) {
    body.mass_kg *= mass_kg / sum_kg;
    body.inertia_in_body_kg_m2 *= mass_kg / sum_kg;
  }
}

}  // namespace

Result<BodyPrior> generic_prior(const Model& model, const RunnerFacts& facts) {
  if (model.markers.empty()) {
    return fail(Errc::kMissingData, "the model has no markers", "model " + model.name,
                "give a model with its markers, or a marker set with --marker-set");
  }
  BodyPrior prior;
  prior.model = model;
  if (facts.mass_kg) set_mass(*facts.mass_kg, prior.model);
  std::vector<std::string> labels;
  for (const ModelMarker& marker : model.markers) labels.push_back(marker.name);
  for (const LabelMeaning& meaning : identify_labels(labels).meanings) {
    const bool on_landmark = !meaning.landmark.empty() && !meaning.computed;
    prior.marker_sd_m.push_back(
        Vector3d::Constant(on_landmark ? kLandmarkSpread_m : kAnywhereSpread_m));
  }
  ShapeParameter overall{"size", kOverallSpread, {}};
  for (std::size_t b = 1; b < model.bodies.size(); ++b) {
    add_stretch(model, static_cast<int>(b), Vector3d::Ones(), overall);
  }
  prior.shape.push_back(overall);
  std::vector<bool> marked(model.bodies.size(), false);
  for (const ModelMarker& marker : model.markers) marked[at(marker.body)] = true;
  const std::array<const char*, 3> axes = {"_x", "_y", "_z"};
  const auto add = [&](const std::string& name, double sd, const std::vector<int>& bodies,
                       const Vector3d& stretch, bool against) {
    ShapeParameter parameter{name, sd, {}};
    double sign = against ? 0.5 : 1.0;
    for (const int body : bodies) {
      add_stretch(model, body, sign * stretch, parameter);
      if (against) sign = -sign;
    }
    if (!parameter.effects.empty()) prior.shape.push_back(parameter);
  };
  for (const auto& [name, bodies] : bodies_by_name(model)) {
    if (std::none_of(bodies.begin(), bodies.end(), [&](int b) { return marked[at(b)]; })) continue;
    add(name + "_size", kSegmentSpread, bodies, Vector3d::Ones(), false);
    for (Eigen::Index axis = 0; axis < 3; ++axis) {
      add(name + axes.at(static_cast<std::size_t>(axis)), kAxisSpread, bodies, Vector3d::Unit(axis),
          false);
    }
    if (bodies.size() == 2) add(name + "_difference", kSideSpread, bodies, Vector3d::Ones(), true);
  }
  prior.skin = skin_priors(model);
  prior.standing_sd_rad.assign(model.coordinates.size(), kStandingSpread_rad);
  if (!facts.mass_kg)
    prior.assumptions.emplace_back("The runner's mass is not known; the model's is kept.");
  return prior;
}

}  // namespace catena
