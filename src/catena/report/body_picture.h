// What the picture of a body and its markers shows: one posture, as recorded and as the model has
// it.
#pragma once

#include <Eigen/Core>
#include <limits>
#include <string>
#include <vector>

namespace catena {

/// All points in the frame of the runner: x forward, y up, z to the right, m. NaN: not known.
struct BodyPicture {
  struct Bone {
    // Told by its start, for its width, and by its end, for its side: "thigh_r", "shank_l", "foot",
    // "pelvis", "trunk", "head", "upper_arm_r", "forearm_r"
    std::string name;
    Eigen::Vector3d from_m, to_m;
  };
  struct Marker {
    std::string label;
    Eigen::Vector3d measured_m;  // NaN: lost in this frame
    Eigen::Vector3d in_model_m;  // NaN: the model has no such marker
  };
  struct JointCenter {
    std::string name;
    Eigen::Vector3d center_m;
    // Of the centre, in the same frame; NaN: not known.
    Eigen::Matrix3d covariance_m2 =
        Eigen::Matrix3d::Constant(std::numeric_limits<double>::quiet_NaN());
  };

  std::string title;    // runner or model
  std::string posture;  // "static.trc at 0.50 s"
  std::vector<Bone> bones;
  std::vector<Marker> markers;
  std::vector<JointCenter> joints;
  // Over the markers of this posture that both have.
  double marker_rms_m = std::numeric_limits<double>::quiet_NaN();
  // Markers farther from the model's are drawn so that nobody misses them: skin moves 10 to 20 mm.
  double large_residual_m = 0.020;
};

}  // namespace catena
