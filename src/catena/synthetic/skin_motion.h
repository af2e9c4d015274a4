// Skin markers leave their place on the bone as the joints move: the soft-tissue artefact.
#pragma once

#include <Eigen/Core>
#include <array>
#include <vector>

#include "catena/synthetic/running_motion.h"

namespace catena {

class SkinMotion {
 public:
  /// Draws every marker's artefact, of the sizes in the options as seen over one stride at the
  /// middle of a run.
  ///
  /// reference    the run; at_s its instant about which the stride lies
  SkinMotion(const SyntheticBody& body, const RunnerOptions& options,
             const Eigen::VectorXd& standing, const RunningMotion& reference, double at_s);

  /// How far each marker is from its place, in its body's frame: (3, n_markers) m.
  [[nodiscard]] Eigen::Matrix3Xd displacement_m(const Eigen::VectorXd& q,
                                                const std::array<double, 2>& since_contact_s) const;

  /// (n_markers) the sizes asked for.
  [[nodiscard]] const Eigen::VectorXd& rms_m() const { return rms_m_; }

 private:
  [[nodiscard]] Eigen::VectorXd drivers(const Eigen::VectorXd& q,
                                        const std::array<double, 2>& since_contact_s) const;

  RunnerCoordinates index_;
  Eigen::VectorXd standing_;
  std::vector<Eigen::Matrix3Xd> gain_m_;  // per marker: (3, n_drivers)
  Eigen::VectorXd rms_m_;
};

}  // namespace catena
