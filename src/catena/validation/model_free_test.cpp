// The pelvis's share without a model: frames of pelvis and thigh straight from the markers of three
// runners (Fukuchi et al. 2017, PeerJ 5:e3298), the same estimator, against the whole analysis.
//
// Hip centres by the regression of Harrington et al. 2007 (J Biomech 40:595) and knee centres
// between the epicondyles, of the standing trial; the thigh between them is carried by its cluster
// of markers (Cappozzo et al. 1995, Clin Biomech 10:171).
#include <gtest/gtest.h>

#include <Eigen/Geometry>
#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <limits>
#include <string>
#include <vector>

#include "catena/analysis/analysis.h"
#include "catena/analysis/body_setup.h"
#include "catena/core/test_data.h"
#include "catena/core/units.h"
#include "catena/gait/thigh_peaks.h"
#include "catena/math/rigid_fit.h"

namespace catena {
namespace {

namespace fs = std::filesystem;
using Eigen::Matrix3Xd;
using Eigen::Vector3d;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr std::array<const char*, 3> kSpeeds = {"25", "35", "45"};  // 0.1 m/s
const std::vector<std::string> kPelvisMarkers = {"R.ASIS", "L.ASIS", "R.PSIS", "L.PSIS"};

fs::path file_of(const std::string& runner, const std::string& trial) {
  const std::string name = "RBDS" + runner;
  return test_data() / "fukuchi2017" / name / (name + trial + ".c3d");
}

/// The markers as recorded, x forward and y up; nothing is repaired.
Trajectories markers_of(const std::string& runner, const std::string& trial) {
  Result<FittedRun> run = read_run(file_of(runner, trial), {});
  EXPECT_TRUE(run) << (run ? "" : to_sentence(run.error()));
  return run ? std::move(run->trajectories) : Trajectories();
}

/// Labels' places in one frame, (3, n) m.
Matrix3Xd places(const Trajectories& of, const std::vector<std::string>& labels, Eigen::Index f) {
  Matrix3Xd out(3, static_cast<Eigen::Index>(labels.size()));
  for (std::size_t k = 0; k < labels.size(); ++k) {
    const auto at = std::find(of.labels.begin(), of.labels.end(), labels[k]) - of.labels.begin();
    out.col(static_cast<Eigen::Index>(k)) = of.points_m.block<1, 3>(f, 3 * at).transpose();
  }
  return out;
}

/// The mean over the frames in which a marker is seen.
Vector3d mean_place(const Trajectories& of, const std::string& label) {
  Vector3d sum = Vector3d::Zero();
  double n = 0.0;
  for (Eigen::Index f = 0; f < of.points_m.rows(); ++f) {
    const Vector3d place = places(of, {label}, f);
    if (!place.allFinite()) continue;
    sum += place;
    n += 1.0;
  }
  return sum / n;
}

Matrix3Xd mean_places(const Trajectories& of, const std::vector<std::string>& labels) {
  Matrix3Xd out(3, static_cast<Eigen::Index>(labels.size()));
  for (std::size_t k = 0; k < labels.size(); ++k) {
    out.col(static_cast<Eigen::Index>(k)) = mean_place(of, labels[k]);
  }
  return out;
}

/// One leg's standing trial: the markers of pelvis and thigh, and the centres that they carry.
struct Standing {
  std::vector<std::string> thigh_markers;
  Matrix3Xd pelvis_m, thigh_m;
  Vector3d hip_m, knee_m;
};

Standing standing_of(const Trajectories& trial, Side side) {
  const std::string letter = side == kRight ? "R." : "L.";
  Standing out;
  for (const char* end :
       {"Thigh.Top.Lateral", "Thigh.Bottom.Lateral", "Thigh.Top.Medial", "Thigh.Bottom.Medial"}) {
    out.thigh_markers.push_back(letter + end);
  }
  out.pelvis_m = mean_places(trial, kPelvisMarkers);
  out.thigh_m = mean_places(trial, out.thigh_markers);
  out.knee_m =
      0.5 * (mean_place(trial, letter + "Knee") + mean_place(trial, letter + "Knee.Medial"));

  const Vector3d front = 0.5 * (out.pelvis_m.col(0) + out.pelvis_m.col(1));
  const Vector3d back = 0.5 * (out.pelvis_m.col(2) + out.pelvis_m.col(3));
  const Vector3d right = (out.pelvis_m.col(0) - out.pelvis_m.col(1)).normalized();
  const Vector3d up = right.cross(front - back).normalized();
  const double depth_m = (front - back).norm();
  const double width_m = (out.pelvis_m.col(0) - out.pelvis_m.col(1)).norm();
  const double leg_m = (out.pelvis_m.col(side) - mean_place(trial, letter + "Ankle.Medial")).norm();
  const double outward_m = 0.28 * depth_m + 0.16 * width_m + 0.0079;
  out.hip_m = front + (-0.24 * depth_m - 0.0099) * up.cross(right) +
              (-0.16 * width_m - 0.04 * leg_m - 0.0071) * up +
              (side == kRight ? outward_m : -outward_m) * right;
  return out;
}

struct Posture {
  double thigh_rad = kNan;  // extension from vertical
  double tilt_rad = kNan;   // anterior +
};

/// From the turns of both since the standing trial.
Posture posture(const Standing& standing, const Eigen::Matrix3d& pelvis,
                const Eigen::Matrix3d& thigh) {
  const Vector3d down = thigh * (standing.knee_m - standing.hip_m);
  const Matrix3Xd& p = standing.pelvis_m;
  const Vector3d forward = pelvis * (p.col(0) + p.col(1) - p.col(2) - p.col(3));
  return {std::atan2(-down.x(), -down.y()), std::atan2(-forward.y(), forward.x())};
}

/// Hip and pelvis at every peak of thigh extension, from standing.
DemandStrides strides_of(const Trajectories& run, const Standing& standing,
                         const std::string& label) {
  const Eigen::Index n = run.points_m.rows();
  Eigen::MatrixX2d angles_rad = Eigen::MatrixX2d::Constant(n, 2, kNan);
  const Posture zero = posture(standing, Eigen::Matrix3d::Identity(), Eigen::Matrix3d::Identity());
  for (Eigen::Index f = 0; f < n; ++f) {
    const RigidFit pelvis = fit_rigid(standing.pelvis_m, places(run, kPelvisMarkers, f));
    const RigidFit thigh = fit_rigid(standing.thigh_m, places(run, standing.thigh_markers, f));
    if (pelvis.n_used < 3 || thigh.n_used < 3) continue;
    const Posture now =
        posture(standing, pelvis.images_from_places.rotation, thigh.images_from_places.rotation);
    angles_rad.row(f) << now.thigh_rad - zero.thigh_rad, now.tilt_rad - zero.tilt_rad;
  }
  const auto peaks = find_thigh_peaks(angles_rad.col(0), run.time_s, run.rate_hz);
  DemandStrides out;
  out.label = label;
  out.time_s.resize(static_cast<Eigen::Index>(peaks.size()));
  out.parts_rad.resize(out.time_s.size(), 2);
  for (Eigen::Index i = 0; i < out.time_s.size(); ++i) {
    const ThighPeak& peak = peaks[static_cast<std::size_t>(i)];
    out.time_s[i] = peak.time_s;
    out.parts_rad.row(i) << angles_rad(peak.frame, 0) - angles_rad(peak.frame, 1),
        angles_rad(peak.frame, 1);
  }
  return out;
}

std::array<TakeUp, 2> without_a_model(const std::string& runner) {
  const Trajectories trial = markers_of(runner, "static");
  std::array<std::vector<DemandStrides>, 2> demands;
  for (const char* speed : kSpeeds) {
    const Trajectories run = markers_of(runner, std::string("runT") + speed);
    for (const Side side : kSides) {
      demands[side].push_back(strides_of(run, standing_of(trial, side), speed));
    }
  }
  return estimate_take_up(demands);
}

std::array<TakeUp, 2> by_the_analysis(const std::string& runner) {
  AnalysisInputs inputs;
  for (const char* speed : kSpeeds) {
    inputs.runs.push_back(run_input(file_of(runner, std::string("runT") + speed)));
  }
  inputs.standing = file_of(runner, "static");
  Result<Results> results = analyze(inputs);
  EXPECT_TRUE(results) << (results ? "" : to_sentence(results.error()));
  if (!results) return {};
  return {results->legs[kRight].take_up, results->legs[kLeft].take_up};
}

class ModelFree : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    if (test_data().empty()) GTEST_SKIP() << "skipped: no ../shared/data";
  }
};

// Of 014 and 015 the share from raw markers lies inside the analysis's own interval too; of 020 it
// lies 0.01 and 0.03 above it (right, left): there the thigh goes 1.4 and 2.0 deg less far by its
// cluster of markers than by the whole body.
TEST_P(ModelFree, PelvisSharesFromRawMarkersAreTheAnalysissWithinBothErrors) {
  const std::array<TakeUp, 2> raw = without_a_model(GetParam());
  const std::array<TakeUp, 2> whole = by_the_analysis(GetParam());
  for (const Side side : kSides) {
    const Share& share = whole[side].pelvis;
    ASSERT_TRUE(raw[side].pelvis.why.empty()) << raw[side].pelvis.why;
    ASSERT_TRUE(share.why.empty()) << share.why;
    // Two measurements of one share, each with the error of its own markers and frames.
    const Estimate& one = raw[side].pelvis.estimate;
    const Estimate& other = share.estimate;
    const double within = std::hypot(0.5 * (one.high - one.low), 0.5 * (other.high - other.low));
    EXPECT_NEAR(one.value, other.value, within) << kSideNames[side];
  }
}

INSTANTIATE_TEST_SUITE_P(Fukuchi2017, ModelFree, testing::Values("014", "015", "020"));

// The thigh of this runner goes no further behind from 3.5 to 4.5 m/s.
TEST(ModelFreeOf028, NothingCanBeToldBecauseTheThighsPeaksHardlySpread) {
  if (test_data().empty()) GTEST_SKIP() << "skipped: no ../shared/data";
  for (const auto& legs : {without_a_model("028"), by_the_analysis("028")}) {
    for (const TakeUp& leg : legs) {
      EXPECT_TRUE(std::isnan(leg.hip.estimate.value));
      EXPECT_TRUE(std::isnan(leg.pelvis.estimate.value));
      EXPECT_NE(leg.pelvis.why.find("thigh"), std::string::npos) << leg.pelvis.why;
      EXPECT_NE(leg.hip_stop.verdict, StopVerdict::kReached);
    }
  }
}

}  // namespace
}  // namespace catena
