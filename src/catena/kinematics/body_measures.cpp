#include "catena/kinematics/body_measures.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "catena/core/normal_estimate.h"
#include "catena/kinematics/forward_kinematics.h"

namespace catena {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::Vector3d;
using Eigen::VectorXd;

std::size_t at(int i) { return static_cast<std::size_t>(i); }

// Step of the difference quotients, in each parameter's own prior SD.
constexpr double kStep = 1e-3;
// A measure that no parameter moves by more than this keeps the proportions.
constexpr double kFixed_m = 1e-3;

/// One measure, before its value is asked for.
struct Ask {
  std::string name;
  int body = kNone;    // whose length or, for a point, whose frame
  int joint = kNone;   // the joint beyond
  Index axis = kNone;  // of a point in the body's frame; none: a length
};

/// The joint beyond each body by which its length is told: that of the first child that moves.
std::vector<Ask> asks_of(const Model& model) {
  std::vector<Ask> asks;
  std::vector<bool> has_length(model.bodies.size(), false);
  for (std::size_t k = 0; k < model.joints.size(); ++k) {
    const int parent = model.joints[k].parent;
    if (parent == kGround) continue;
    const bool from_root = model.joints[at(parent - 1)].parent == kGround;
    const std::string& child = model.bodies[k + 1].name;
    if (from_root) {
      const char* const axes = "xyz";
      for (Index axis = 0; axis < 3; ++axis) {
        asks.push_back({segment_words(child) + "'s joint in pelvis, " + axes[axis], parent,
                        static_cast<int>(k), axis});
      }
    } else if (!has_length[at(parent)]) {
      has_length[at(parent)] = true;
      asks.push_back({segment_words(model.bodies[at(parent)].name) + " length", parent,
                      static_cast<int>(k), kNone});
    }
  }
  return asks;
}

VectorXd values_of(const Model& model, const std::vector<Ask>& asks) {
  const VectorXd q = default_pose(model);
  Pose pose(model.bodies.size());
  std::vector<Vector3d> centers(model.joints.size());
  for (std::size_t k = 0; k < model.joints.size(); ++k) {
    const JointMotion motion =
        evaluate_joint(model.joints[k], pose[at(model.joints[k].parent)], q.data());
    pose[k + 1] = motion.ground_from_child;
    centers[k] = motion.center_in_ground;
  }
  VectorXd values(static_cast<Index>(asks.size()));
  for (std::size_t i = 0; i < asks.size(); ++i) {
    const Ask& ask = asks[i];
    const auto row = static_cast<Index>(i);
    values[row] = ask.axis == kNone
                      ? (centers[at(ask.joint)] - centers[at(ask.body - 1)]).norm()
                      : (inverse(pose[at(ask.body)]) * centers[at(ask.joint)])[ask.axis];
  }
  return values;
}

}  // namespace

std::string segment_words(const std::string& body) {
  static const std::map<std::string, std::string> kWords = {
      {"femur", "thigh"}, {"tibia", "shank"},       {"torso", "trunk"},
      {"calcn", "foot"},  {"humerus", "upper arm"}, {"ulna", "forearm"}};
  std::string stem = body;
  std::string side;
  if (body.ends_with("_r")) side = "right ";
  if (body.ends_with("_l")) side = "left ";
  if (!side.empty()) stem.resize(stem.size() - 2);
  const auto found = kWords.find(stem);
  return side + (found == kWords.end() ? stem : found->second);
}

std::vector<NamedLength> measures_of(const Model& model) {
  const std::vector<Ask> asks = asks_of(model);
  const VectorXd values = values_of(model, asks);
  std::vector<NamedLength> out;
  for (std::size_t i = 0; i < asks.size(); ++i) {
    out.push_back({asks[i].name, values[static_cast<Index>(i)]});
  }
  return out;
}

std::vector<BodyMeasure> measure_body(const BodyPrior& prior, const BodyFit& fit) {
  const std::vector<Ask> asks = asks_of(fit.model);
  const VectorXd values = values_of(fit.model, asks);
  const auto n_shape = static_cast<Index>(prior.shape.size());
  MatrixXd slope(values.size(), n_shape);
  VectorXd prior_sd(n_shape);
  for (Index i = 0; i < n_shape; ++i) {
    prior_sd[i] = prior.shape[static_cast<std::size_t>(i)].prior_sd;
    const double step = kStep * prior_sd[i];
    const Model moved = reshaped(fit.model, prior.shape, step * VectorXd::Unit(n_shape, i));
    slope.col(i) = (values_of(moved, asks) - values) / step;
  }
  const MatrixXd covariance =
      slope * fit.covariance.topLeftCorner(n_shape, n_shape) * slope.transpose();
  const VectorXd before = (slope * prior_sd.asDiagonal()).rowwise().norm();
  std::vector<BodyMeasure> out;
  for (std::size_t i = 0; i < asks.size(); ++i) {
    const auto row = static_cast<Index>(i);
    if (!(before[row] > kFixed_m)) continue;
    const double widened = std::sqrt(std::max(0.0, covariance(row, row)));
    const double sd = std::min(widened, before[row]);
    BodyMeasure measure;
    measure.name = asks[i].name;
    measure.body = fit.model.bodies[at(asks[i].body)].name;
    measure.estimate = normal_estimate(values[row], sd, "fit of body and poses to the recordings");
    const double left = widened / kUnknownSizes / before[row];
    measure.measured_share = std::clamp(1.0 - left * left, 0.0, 1.0);
    out.push_back(measure);
  }
  return out;
}

}  // namespace catena
