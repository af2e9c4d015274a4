#include "catena/kinematics/runner_prior.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <utility>

#include "catena/core/units.h"
#include "catena/kinematics/skin_prior.h"
#include "catena/math/statistics.h"
#include "catena/model/body_dimensions.h"
#include "catena/model/body_landmarks.h"
#include "catena/model/built_in_body.h"

namespace catena {
namespace {

using Eigen::Index;
using Eigen::Vector3d;

std::size_t at(int i) { return static_cast<std::size_t>(i); }

// People's lengths about the proportions of their height, share of the length; the same where the
// height itself is a guess.
constexpr double kLengthSpread = 0.04;
constexpr double kUnknownHeightSpread = 0.08;
// Right against left: the mean difference of leg lengths is 5.2 mm without its sign (Knutson 2005,
// Chiropr Osteopat 13:11), which a normal SD of 6.5 mm makes; over two segments, 4.6 mm each.
constexpr double kSideDifference_m = 0.0046;
// Leave-one-out errors of the hip regression (Harrington et al. 2007).
const Vector3d kHipSpread_m(0.0052, 0.0036, 0.0032);  // NOLINT(cert-err58-cpp)
constexpr double kLumbosacralSpread_m = 0.010;
constexpr double kShoulderSpread_m = 0.015;
// Hinges lie about this far from where the body's mean has them.
constexpr double kKneeAxisSpread_rad = 0.06;
constexpr double kAnkleAxisSpread_rad = 0.10;
// Joints' angles in quiet standing about the default pose. Where the pelvis takes part its bony
// shape comes in, which alone spreads from 0 to 23 degrees (Preece et al. 2008, J Man Manip Ther
// 16:113).
constexpr double kStandingSpread_rad = 0.12;
constexpr double kPelvicTilt_rad = 0.30;
// Arms are held anywhere, in many laboratories straight out.
constexpr double kArmSpread_rad = 1.0;
// A marker put anywhere on its segment.
constexpr double kAnywhere_m = 0.30;
// A landmark nearer than this to a joint beyond its body belongs to that joint: it goes along when
// the segment turns out longer.
constexpr double kNearJoint_m = 0.075;
// Shares of the height, for guessing it from a leg.
constexpr double kShankOfHeight = 0.246;
constexpr double kUsualHeight_m = 1.72;
constexpr double kUsualMass_kg = 68.0;

/// What a label is known to be, and which trials show it.
struct KnownLabel {
  std::string label;
  LabelMeaning meaning;
};

/// Labels of all trials that show them, each once; the standing trial says first what it means.
std::vector<KnownLabel> known_labels(const std::vector<LabelledTrial>& trials) {
  std::vector<KnownLabel> out;
  for (const bool standing : {true, false}) {
    for (const LabelledTrial& trial : trials) {
      if (trial.standing != standing) continue;
      for (std::size_t i = 0; i < trial.trajectories->labels.size(); ++i) {
        const std::string& label = trial.trajectories->labels[i];
        const LabelMeaning& meaning = trial.meaning->meanings[i];
        if (meaning.segment.empty() || meaning.computed) continue;
        const auto column = static_cast<Index>(3 * i);
        if (trial.trajectories->points_m.col(column).array().isNaN().all()) continue;
        const auto same = [&](const KnownLabel& known) { return known.label == label; };
        if (std::none_of(out.begin(), out.end(), same)) out.push_back({label, meaning});
      }
    }
  }
  return out;
}

/// Landmarks and how far apart they are, over all frames of the standing trials, else of the runs.
class Landmarks {
 public:
  Landmarks(const std::vector<LabelledTrial>& trials, const std::vector<KnownLabel>& labels)
      : trials_(trials) {
    for (const KnownLabel& known : labels) {
      if (!known.meaning.landmark.empty()) label_of_[known.meaning.landmark] = known.label;
    }
  }

  /// Median distance between the middles of two sets of landmarks; none where one is never seen
  /// with the others.
  [[nodiscard]] std::optional<double> distance_m(const std::vector<std::string>& from,
                                                 const std::vector<std::string>& to) const {
    for (const bool standing : {true, false}) {
      std::vector<double> distances_m;
      for (const LabelledTrial& trial : trials_) {
        if (trial.standing != standing) continue;
        const Index step = std::max<Index>(1, trial.trajectories->points_m.rows() / 200);
        for (Index row = 0; row < trial.trajectories->points_m.rows(); row += step) {
          const double d =
              (middle(*trial.trajectories, row, from) - middle(*trial.trajectories, row, to))
                  .norm();
          if (!std::isnan(d)) distances_m.push_back(d);
        }
      }
      if (!distances_m.empty()) return median(distances_m);
    }
    return std::nullopt;
  }

 private:
  [[nodiscard]] Vector3d middle(const Trajectories& of, Index row,
                                const std::vector<std::string>& landmarks) const {
    Vector3d sum = Vector3d::Zero();
    for (const std::string& landmark : landmarks) {
      const auto label = label_of_.find(landmark);
      const auto found = label == label_of_.end()
                             ? of.labels.end()
                             : std::find(of.labels.begin(), of.labels.end(), label->second);
      if (found == of.labels.end()) return Vector3d::Constant(std::nan(""));
      sum += of.points_m.row(row).segment<3>(3 * (found - of.labels.begin())).transpose();
    }
    return sum / static_cast<double>(landmarks.size());
  }

  const std::vector<LabelledTrial>& trials_;
  std::map<std::string, std::string> label_of_;
};

/// Sizes of the body before the fit: the person's where they are known or seen, else usual ones.
struct Sizes {
  BodyDimensions dimensions;
  double length_spread = kLengthSpread;
};

/// The distance between the middles of two sets of landmarks of the pelvis as the built-in body has
/// them.
double drawn_m(const BodyDimensions& dimensions, const std::vector<std::string>& from,
               const std::vector<std::string>& to) {
  const std::vector<BodyLandmark> landmarks = landmarks_of(dimensions);
  const auto middle = [&](const std::vector<std::string>& names) {
    Vector3d sum = Vector3d::Zero();
    for (const BodyLandmark& l : landmarks) {
      if (std::find(names.begin(), names.end(), l.name) != names.end()) sum += l.position_in_body_m;
    }
    return Vector3d(sum / static_cast<double>(names.size()));
  };
  return (middle(from) - middle(to)).norm();
}

Sizes guess_sizes(const Landmarks& landmarks, const RunnerFacts& facts,
                  std::vector<std::string>& assumptions) {
  Sizes out;
  double height_m = kUsualHeight_m;
  if (facts.height_m) {
    height_m = *facts.height_m;
  } else {
    std::vector<double> shanks_m;
    for (const std::string side : {"right_", "left_"}) {
      const auto shank =
          landmarks.distance_m({side + "lateral_epicondyle"}, {side + "lateral_malleolus"});
      if (shank) shanks_m.push_back(*shank);
    }
    if (shanks_m.empty()) {
      out.length_spread = kUnknownHeightSpread;
      assumptions.emplace_back("The runner's height is not known; lengths start from 1.72 m.");
    } else {
      // The mean of both shanks in running differs from the bone's by a few percent.
      double sum = 0.0;
      for (const double s : shanks_m) sum += s;
      height_m = sum / static_cast<double>(shanks_m.size()) / kShankOfHeight;
      out.length_spread = 1.5 * kLengthSpread;
      assumptions.emplace_back(
          "The runner's height is not known; what no marker shows follows from the length of the "
          "shanks.");
    }
  }
  if (!facts.mass_kg) {
    assumptions.emplace_back(
        "The runner's mass is not known; 68 kg are taken. No angle depends on it.");
  }
  if (!facts.female) {
    assumptions.emplace_back(
        "The runner's sex is not known; masses and the lumbosacral joint are a man's.");
  }
  BodyDimensions& d = out.dimensions;
  d = proportional_dimensions(height_m, facts.mass_kg.value_or(kUsualMass_kg),
                              facts.female.value_or(false));
  const auto width_m = landmarks.distance_m({"right_asis"}, {"left_asis"});
  auto depth_m = landmarks.distance_m({"right_asis", "left_asis"}, {"right_psis", "left_psis"});
  if (!depth_m) depth_m = landmarks.distance_m({"right_asis", "left_asis"}, {"mid_psis"});
  // Markers stand out from the bone: what is measured between them goes to the bones through the
  // table that says by how much.
  if (width_m) d.asis_width_m += *width_m - drawn_m(d, {"right_asis"}, {"left_asis"});
  if (depth_m) {
    d.pelvis_depth_m +=
        *depth_m - drawn_m(d, {"right_asis", "left_asis"}, {"right_psis", "left_psis"});
  }
  const Vector3d hip = harrington_hip_m(d.pelvis_depth_m, d.asis_width_m, 0.53 * height_m);
  d.hip_in_pelvis_m = {hip, Vector3d(hip.x(), hip.y(), -hip.z())};
  d.lumbosacral_in_pelvis_m = reed_lumbosacral_m(d.asis_width_m, d.female);
  return out;
}

/// Makes shape parameters of the built-in body.
class ShapeMaker {
 public:
  explicit ShapeMaker(const Model& model) : model_(model) {}

  /// A shift of a joint in its parent that both sides share (mirrored in z), and one by which they
  /// differ.
  void pair(const std::string& name, const std::string& joint, const Vector3d& change, double sd,
            double difference_sd) {
    const Vector3d mirrored = change.cwiseProduct(Vector3d(1.0, 1.0, -1.0));
    add(name, sd, {{joint + "_r", change}, {joint + "_l", mirrored}});
    if (difference_sd > 0.0) {
      add(name + "_difference", difference_sd,
          {{joint + "_r", 0.5 * change}, {joint + "_l", -0.5 * mirrored}});
    }
  }

  void one(const std::string& name, const std::string& joint, const Vector3d& change, double sd) {
    add(name, sd, {{joint, change}});
  }

  void axis(const std::string& name, const std::string& joint, const Vector3d& turn, double sd) {
    const int k = find_joint(joint);
    if (k == kNone) return;
    shape_.push_back({name, sd, {{ShapeEffect::Kind::kAxesTurn, k, turn}}});
  }

  std::vector<ShapeParameter>& shape() { return shape_; }

  [[nodiscard]] int find_joint(const std::string& name) const {
    for (std::size_t k = 0; k < model_.joints.size(); ++k) {
      if (model_.joints[k].name == name) return static_cast<int>(k);
    }
    return kNone;
  }

 private:
  void add(const std::string& name, double sd,
           const std::vector<std::pair<std::string, Vector3d>>& moves) {
    ShapeParameter parameter{name, sd, {}};
    for (const auto& [joint, change] : moves) {
      const int k = find_joint(joint);
      if (k == kNone) continue;
      parameter.effects.push_back({ShapeEffect::Kind::kJointInParent, k, change});
    }
    if (!parameter.effects.empty()) shape_.push_back(parameter);
  }

  const Model& model_;
  std::vector<ShapeParameter> shape_;
};

std::vector<ShapeParameter> shape_of(const Model& model, const Sizes& sizes) {
  const BodyDimensions& d = sizes.dimensions;
  const double spread = sizes.length_spread;
  ShapeMaker make(model);
  const std::array<const char*, 3> ways = {"hips_forward", "hips_up", "hips_apart"};
  for (Index axis = 0; axis < 3; ++axis) {
    // Half of the variance is common to both sides, so that the sides are independent.
    make.pair(ways.at(static_cast<std::size_t>(axis)), "hip", Vector3d::Unit(axis),
              std::sqrt(0.5) * kHipSpread_m[axis], std::sqrt(2.0) * kHipSpread_m[axis]);
  }
  make.pair("thigh_length", "knee", -Vector3d::UnitY(), spread * d.thigh_length_m[0],
            kSideDifference_m);
  make.pair("shank_length", "ankle", -Vector3d::UnitY(), spread * d.shank_length_m[0],
            kSideDifference_m);
  make.one("lumbosacral_forward", "back", Vector3d::UnitX(), kLumbosacralSpread_m);
  make.one("lumbosacral_up", "back", Vector3d::UnitY(), kLumbosacralSpread_m);
  make.pair("shoulders_forward", "acromial", Vector3d::UnitX(), kShoulderSpread_m,
            0.5 * kShoulderSpread_m);
  make.pair("shoulders_up", "acromial", Vector3d::UnitY(), kShoulderSpread_m,
            0.5 * kShoulderSpread_m);
  make.pair("shoulders_apart", "acromial", Vector3d::UnitZ(), kShoulderSpread_m,
            0.5 * kShoulderSpread_m);
  make.pair("upper_arm_length", "elbow", -Vector3d::UnitY(), spread * d.upper_arm_length_m,
            kSideDifference_m);
  for (const std::string side : {"_r", "_l"}) {
    make.axis("knee_axis_list" + side, "knee" + side, Vector3d::UnitX(), kKneeAxisSpread_rad);
    make.axis("knee_axis_turn" + side, "knee" + side, Vector3d::UnitY(), kKneeAxisSpread_rad);
    make.axis("ankle_axis_list" + side, "ankle" + side, Vector3d::UnitX(), kAnkleAxisSpread_rad);
    make.axis("ankle_axis_turn" + side, "ankle" + side, Vector3d::UnitY(), kAnkleAxisSpread_rad);
  }
  return std::move(make.shape());
}

/// The joint beyond a body that a point of the body lies next to, or kNone.
int joint_beside(const Model& model, int body, const Vector3d& place_m) {
  int nearest = kNone;
  double least_m = kNearJoint_m;
  for (std::size_t k = 0; k < model.joints.size(); ++k) {
    if (model.joints[k].parent != body) continue;
    const double away_m = (model.joints[k].parent_from_frame.translation - place_m).norm();
    if (away_m >= least_m) continue;
    least_m = away_m;
    nearest = static_cast<int>(k);
  }
  return nearest;
}

/// Where landmarks near a joint go when a parameter moves the joint: with it.
void carry_landmarks(const std::vector<int>& joint_of_marker, std::vector<ShapeParameter>& shape) {
  for (ShapeParameter& parameter : shape) {
    const std::vector<ShapeEffect> moves = parameter.effects;
    for (const ShapeEffect& move : moves) {
      if (move.kind != ShapeEffect::Kind::kJointInParent) continue;
      for (std::size_t m = 0; m < joint_of_marker.size(); ++m) {
        if (joint_of_marker[m] != move.index) continue;
        parameter.effects.push_back(
            {ShapeEffect::Kind::kMarkerInBody, static_cast<int>(m), move.change});
      }
    }
  }
}

/// The trunk's length: shoulders and landmarks move up together, each by its height over the low
/// back's joint.
void add_trunk_length(const std::vector<int>& joint_of_marker, const Sizes& sizes,
                      BodyPrior& prior) {
  const double height_m = sizes.dimensions.shoulder_in_torso_m.y();
  const int torso = find_body(prior.model, "torso");
  ShapeParameter length{"trunk_length", sizes.length_spread * height_m, {}};
  for (std::size_t k = 0; k < prior.model.joints.size(); ++k) {
    if (prior.model.joints[k].parent != torso) continue;
    length.effects.push_back(
        {ShapeEffect::Kind::kJointInParent, static_cast<int>(k), Vector3d::UnitY()});
  }
  for (std::size_t m = 0; m < prior.model.markers.size(); ++m) {
    const bool own = joint_of_marker[m] == kNone && prior.marker_sd_m[m].maxCoeff() < kAnywhere_m;
    if (prior.model.markers[m].body != torso || !own) continue;
    const double up = prior.model.markers[m].position_in_body_m.y() / height_m;
    length.effects.push_back(
        {ShapeEffect::Kind::kMarkerInBody, static_cast<int>(m), up * Vector3d::UnitY()});
  }
  if (!length.effects.empty()) prior.shape.push_back(length);
}

/// Segment of the registry to a body of the built-in body; empty: none.
std::string body_of(const std::string& segment) {
  static const std::map<std::string, std::string> kBodies = {{"pelvis", "pelvis"},
                                                             {"thorax", "torso"},
                                                             {"right_thigh", "femur_r"},
                                                             {"left_thigh", "femur_l"},
                                                             {"right_shank", "tibia_r"},
                                                             {"left_shank", "tibia_l"},
                                                             {"right_foot", "calcn_r"},
                                                             {"left_foot", "calcn_l"},
                                                             {"right_upper_arm", "humerus_r"},
                                                             {"left_upper_arm", "humerus_l"},
                                                             {"right_forearm", "ulna_r"},
                                                             {"left_forearm", "ulna_l"}};
  const auto found = kBodies.find(segment);
  return found == kBodies.end() ? "" : found->second;
}

/// Middle of a segment: between its joint and the joint beyond it, if any.
Vector3d middle_of(const Model& model, int body) {
  for (const Joint& joint : model.joints) {
    if (joint.parent == body) return 0.5 * joint.parent_from_frame.translation;
  }
  return model.bodies[at(body)].mass_center_in_body_m;
}

/// Puts the recorded markers on the body; which joint each landmark goes along with is returned.
std::vector<int> put_markers(const std::vector<KnownLabel>& labels,
                             const std::vector<BodyLandmark>& landmarks, BodyPrior& prior) {
  std::vector<int> joint_of_marker;
  for (const KnownLabel& known : labels) {
    const int body = find_body(prior.model, body_of(known.meaning.segment));
    if (body == kNone) continue;
    const auto landmark =
        std::find_if(landmarks.begin(), landmarks.end(),
                     [&](const BodyLandmark& l) { return l.name == known.meaning.landmark; });
    // A landmark that the registry has on another segment than the body is only followed.
    const bool known_place =
        landmark != landmarks.end() && landmark->body == prior.model.bodies[at(body)].name;
    const Vector3d place =
        known_place ? landmark->position_in_body_m : middle_of(prior.model, body);
    prior.model.markers.push_back({known.label, body, place});
    prior.marker_sd_m.push_back(known_place ? landmark->sd_m : Vector3d::Constant(kAnywhere_m));
    joint_of_marker.push_back(known_place ? joint_beside(prior.model, body, place) : kNone);
  }
  return joint_of_marker;
}

/// Whether enough is known of pelvis and thighs to begin.
Result<void> check_markers(const BodyPrior& prior) {
  const auto count = [&](const std::string& body, bool of_known_place) {
    int n = 0;
    for (std::size_t m = 0; m < prior.model.markers.size(); ++m) {
      const bool known = prior.marker_sd_m[m].maxCoeff() < kAnywhere_m;
      if (prior.model.bodies[at(prior.model.markers[m].body)].name != body) continue;
      n += known || !of_known_place ? 1 : 0;
    }
    return n;
  };
  if (count("pelvis", true) < 3) {
    return fail(Errc::kMissingData,
                "fewer than three landmarks of the pelvis are known (right and left ASIS, and PSIS "
                "or sacrum)",
                "", "name them with a label mapping (--labels), see docs/labels.md");
  }
  for (const std::string side : {"right", "left"}) {
    const std::string suffix = side == "right" ? "_r" : "_l";
    if (count("femur" + suffix, false) == 0) {
      return fail(Errc::kMissingData, "no marker is known to be on the " + side + " thigh", "",
                  "name its markers with a label mapping (--labels), see docs/labels.md");
    }
    if (count("femur" + suffix, true) + count("tibia" + suffix, true) == 0) {
      return fail(Errc::kMissingData, "no landmark of the " + side + " knee or ankle is known", "",
                  "name the epicondyles and malleoli with a label mapping (--labels), see "
                  "docs/labels.md");
    }
  }
  return {};
}

/// People stand with the line from PSIS to ASIS some 10 degrees downwards (7 to 13 on average:
/// Herrington 2011, Man Ther 16:646; Preece et al. 2008, J Man Manip Ther 16:113), thighs and trunk
/// upright: hips and low back make up for it.
void stand_naturally(Model& model) {
  constexpr double kTilt_rad = 10.0 * kRadPerDeg;
  const auto set = [&](const std::string& name, double value) {
    const int c = find_coordinate(model, name);
    if (c != kNone) model.coordinates[at(c)].default_value = value;
  };
  set("pelvis_tilt", -kTilt_rad);
  set("hip_flexion_r", kTilt_rad);
  set("hip_flexion_l", kTilt_rad);
  set("lumbar_extension", kTilt_rad);
}

}  // namespace

Result<BodyPrior> runner_prior(const std::vector<LabelledTrial>& trials, const RunnerFacts& facts) {
  const std::vector<KnownLabel> labels = known_labels(trials);
  BodyPrior prior;
  const Sizes sizes = guess_sizes(Landmarks(trials, labels), facts, prior.assumptions);
  const auto shows = [&](const std::string& segment) {
    return std::any_of(labels.begin(), labels.end(),
                       [&](const KnownLabel& known) { return known.meaning.segment == segment; });
  };
  BuiltInBodyOptions options;
  options.arms = shows("right_upper_arm") || shows("left_upper_arm");
  prior.model = built_in_body(sizes.dimensions, options);
  stand_naturally(prior.model);
  prior.shape = shape_of(prior.model, sizes);
  const std::vector<int> joint_of_marker =
      put_markers(labels, landmarks_of(sizes.dimensions), prior);
  CATENA_CHECK(check_markers(prior));
  add_trunk_length(joint_of_marker, sizes, prior);
  carry_landmarks(joint_of_marker, prior.shape);
  prior.skin = skin_priors(prior.model);
  for (const Coordinate& c : prior.model.coordinates) {
    const bool by_pelvis = c.name.starts_with("hip_flexion") || c.name == "lumbar_extension";
    const bool of_arm = c.name.starts_with("arm_") || c.name.starts_with("elbow_");
    prior.standing_sd_rad.push_back(of_arm      ? kArmSpread_rad
                                    : by_pelvis ? kPelvicTilt_rad
                                                : kStandingSpread_rad);
  }
  return prior;
}

}  // namespace catena
