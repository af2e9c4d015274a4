#include "catena/synthetic/skin_motion.h"

#include <cmath>
#include <numbers>
#include <string>

#include "catena/core/units.h"

namespace catena {
namespace {

// What moves the skin: flexion of both hips, knees, ankles and shoulders (right, left), the low
// back, and the wobble after each foot's contact.
enum Driver { kHip = 0, kKnee = 2, kAnkle = 4, kShoulder = 6, kBack = 8, kWobble = 9 };
constexpr int kDrivers = 11;

/// How far each driver usually is from standing in running, rad; of the wobble a pure number.
/// Fixed, so that a joint that one runner hardly moves does not drag that runner's skin along.
Eigen::VectorXd usual_driver_rms() {
  const Eigen::VectorXd deg{{22.0, 22.0, 45.0, 45.0, 13.0, 13.0, 18.0, 18.0, 6.0}};
  Eigen::VectorXd rms(kDrivers);
  rms << deg * kRadPerDeg, 0.25, 0.25;
  return rms;
}

using Weights = Eigen::Array<double, kDrivers, 1>;

/// Which drivers move the markers of a body, and by how much of the variance each.
struct Influence {
  SizeRange size;
  Weights variance = Weights::Zero();
};

Influence influence_on(const std::string& body, const ArtefactOptions& options) {
  Influence on;
  const int side = body.ends_with("_l") ? 1 : 0;
  const auto share = [&](int driver, double variance) {
    on.variance[driver] = variance * options.with_joint_angle;
  };
  const double wobble = 1.0 - options.with_joint_angle;
  if (body == "pelvis" || body == "torso") {
    const bool pelvis = body == "pelvis";
    on.size = pelvis ? options.pelvis : options.torso;
    share(pelvis ? kHip : kShoulder, 0.35);
    share((pelvis ? kHip : kShoulder) + 1, 0.35);
    share(kBack, 0.30);
    on.variance[kWobble] = wobble / 2.0;
    on.variance[kWobble + 1] = wobble / 2.0;
    return on;
  }
  on.size = options.other;
  on.variance[kWobble + side] = wobble;
  if (body.starts_with("femur")) {
    on.size = options.thigh;
    share(kHip + side, 0.65);
    share(kKnee + side, 0.35);
  } else if (body.starts_with("tibia")) {
    on.size = options.shank;
    share(kKnee + side, 0.65);
    share(kAnkle + side, 0.35);
  } else if (body.starts_with("calcn") || body.starts_with("toes")) {
    share(kAnkle + side, 1.0);
  } else {
    share(kShoulder + side, 1.0);
  }
  return on;
}

/// A random displacement per driver, in every direction alike.
Eigen::Matrix3Xd draw_gain(const Weights& variance, RandomStream stream) {
  Eigen::Matrix3Xd gain(3, kDrivers);
  for (int k = 0; k < kDrivers; ++k) {
    for (int axis = 0; axis < 3; ++axis) gain(axis, k) = std::sqrt(variance[k]) * stream.normal();
  }
  return gain;
}

/// Soft tissue rings at some 12 Hz after contact and dies out within a few tenths of a second.
double wobble(double since_contact_s) {
  return std::exp(-since_contact_s / 0.06) *
         std::sin(2.0 * std::numbers::pi * 12.0 * since_contact_s);
}

}  // namespace

SkinMotion::SkinMotion(const SyntheticBody& body, const RunnerOptions& options,
                       const Eigen::VectorXd& standing, const RunningMotion& reference, double at_s)
    : index_(body.model), standing_(standing) {
  // The drivers over one stride.
  constexpr int kSamples = 100;
  const double stride_s = reference.stride_s(at_s);
  Eigen::MatrixXd stride(kDrivers, kSamples);
  for (int k = 0; k < kSamples; ++k) {
    const double time_s = at_s + stride_s * (static_cast<double>(k) / kSamples - 0.5);
    stride.col(k) = drivers(reference.at(time_s), reference.since_contact_s(time_s));
  }
  const RandomStream stream = RandomStream(options.seed).child("artefact");
  const auto& markers = body.model.markers;
  rms_m_ = Eigen::VectorXd::Zero(static_cast<Eigen::Index>(markers.size()));
  gain_m_.assign(markers.size(), Eigen::Matrix3Xd::Zero(3, kDrivers));
  for (std::size_t m = 0; options.artefact.on && m < markers.size(); ++m) {
    const std::string& segment = body.model.bodies[static_cast<std::size_t>(markers[m].body)].name;
    const Influence on = influence_on(segment, options.artefact);
    // Streams by name, so that a body with fewer markers moves the rest alike.
    RandomStream own = stream.child("marker " + markers[m].name);
    const double size_m = 1e-3 * own.uniform(on.size.low_mm, on.size.high_mm);
    const double coherent = options.artefact.coherent;
    Eigen::Matrix3Xd gain =
        std::sqrt(coherent) * draw_gain(on.variance, stream.child("segment " + segment)) +
        std::sqrt(1.0 - coherent) * draw_gain(on.variance, own.child("gain"));
    const double drawn = (gain * stride).norm() / std::sqrt(static_cast<double>(kSamples));
    gain_m_[m] = drawn > 0.0 ? Eigen::Matrix3Xd(gain * (size_m / drawn)) : gain;
    rms_m_[static_cast<Eigen::Index>(m)] = drawn > 0.0 ? size_m : 0.0;
  }
}

Eigen::VectorXd SkinMotion::drivers(const Eigen::VectorXd& q,
                                    const std::array<double, 2>& since_contact_s) const {
  Eigen::VectorXd d = Eigen::VectorXd::Zero(kDrivers);
  const auto moved = [&](int coordinate) {
    return coordinate == kNone ? 0.0 : q[coordinate] - standing_[coordinate];
  };
  for (std::size_t side = 0; side < 2; ++side) {
    const auto s = static_cast<Eigen::Index>(side);
    d[kHip + s] = moved(index_.hip_flexion.at(side));
    d[kKnee + s] = moved(index_.knee.at(side));
    d[kAnkle + s] = moved(index_.ankle.at(side));
    d[kShoulder + s] = moved(index_.arm_flex.at(side));
    d[kWobble + s] = wobble(since_contact_s.at(side));
  }
  d[kBack] = moved(index_.lumbar_extension);
  static const Eigen::VectorXd usual = usual_driver_rms();
  return d.cwiseQuotient(usual);
}

Eigen::Matrix3Xd SkinMotion::displacement_m(const Eigen::VectorXd& q,
                                            const std::array<double, 2>& since_contact_s) const {
  Eigen::Matrix3Xd displacement(3, static_cast<Eigen::Index>(gain_m_.size()));
  const Eigen::VectorXd d = drivers(q, since_contact_s);
  for (std::size_t m = 0; m < gain_m_.size(); ++m) {
    displacement.col(static_cast<Eigen::Index>(m)) = gain_m_[m] * d;
  }
  return displacement;
}

}  // namespace catena
