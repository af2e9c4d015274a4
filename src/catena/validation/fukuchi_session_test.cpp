// A treadmill session of the public collection of Fukuchi et al. 2017 (PeerJ 5:e3298), from C3D to
// a report, untouched and with faults put in on purpose. The collection has no models: one is
// fitted to the untouched recordings and then used for all.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <string>
#include <vector>

#include "catena/analysis/analysis.h"
#include "catena/analysis/fit_body_of_runner.h"
#include "catena/core/file.h"
#include "catena/core/test_data.h"
#include "catena/core/units.h"
#include "catena/kinematics/ik_setup.h"
#include "catena/model/osim_writer.h"
#include "catena/recording/c3d.h"
#include "catena/report/html_report.h"
#include "catena/report/language.h"
#include "catena/report/render_files.h"

namespace catena {
namespace {

namespace fs = std::filesystem;

constexpr std::array<const char*, 3> kSpeeds = {"T25", "T35", "T45"};
constexpr int kTouched = 1;  // the recording that faults are put into

/// Runner 014 with a model, in a folder of its own; faulty copies of the middle run beside it.
class FukuchiSession : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    if (test_data().empty()) return;
    folder_ = fs::temp_directory_path() / ("catena_fukuchi_" + std::to_string(::getpid()));
    const auto fitted = fit_body_of_runner(fit_inputs());
    ASSERT_TRUE(fitted) << to_sentence(fitted.error());
    ASSERT_TRUE(write_files(folder_, {{"runner.osim", write_osim(fitted->fit.model)},
                                      {"ik_tasks.xml", write_ik_tasks(fitted->fit.weights)}}));
    auto results = analyze(inputs());
    ASSERT_TRUE(results) << to_sentence(results.error());
    untouched_ = new Results(std::move(*results));
  }
  static void TearDownTestSuite() {
    delete untouched_;
    std::error_code ignored;
    if (!folder_.empty()) fs::remove_all(folder_, ignored);
  }
  void SetUp() override {
    if (test_data().empty()) GTEST_SKIP() << "skipped: no ../shared/data";
    ASSERT_NE(untouched_, nullptr);
  }

  static fs::path source(const std::string& trial) {
    return test_data() / "fukuchi2017" / "RBDS014" / ("RBDS014" + trial + ".c3d");
  }
  static AnalysisInputs inputs() {
    AnalysisInputs in;
    for (const char* speed : kSpeeds) {
      in.runs.push_back(run_input(source(std::string("run") + speed), speed));
    }
    in.standing = source("static");
    in.model = folder_ / "runner.osim";
    in.ik_setup = folder_ / "ik_tasks.xml";
    return in;
  }
  static FitInputs fit_inputs() {
    FitInputs in;
    for (const char* speed : kSpeeds) in.runs.push_back(source(std::string("run") + speed));
    in.standing = source("static");
    // RBDSinfo.txt: 187.2 cm, 75.8 kg, male.
    in.person.height_m = 1.872;
    in.person.mass_kg = 75.8;
    in.person.sex = Sex::kMale;
    return in;
  }
  /// The session with the middle run changed by `spoil`.
  template <class Spoil>
  static Results analyze_spoiled(Spoil spoil) {
    C3dFile file = read_c3d(source(std::string("run") + kSpeeds[kTouched])).value();
    spoil(file.recording.points);
    const std::string bytes = write_c3d(file).value();
    EXPECT_TRUE(write_files(folder_, {{"spoiled.c3d", bytes}}));
    AnalysisInputs in = inputs();
    in.runs[kTouched].file = folder_ / "spoiled.c3d";
    Result<Results> results = analyze(in);
    EXPECT_TRUE(results) << to_sentence(results.error());
    return std::move(*results);
  }
  static fs::path folder_;
  static Results* untouched_;
};
fs::path FukuchiSession::folder_;
Results* FukuchiSession::untouched_ = nullptr;

Eigen::Index point(const PointRecording& recording, const std::string& label) {
  const auto at = std::find(recording.labels.begin(), recording.labels.end(), label);
  EXPECT_NE(at, recording.labels.end()) << label;
  return at - recording.labels.begin();
}

/// Largest RMS difference of a coordinate that turns pelvis, hip, knee or ankle, deg.
double worst_difference_deg(const Results& results, const Results& untouched) {
  const Eigen::MatrixXd& a = results.recordings[kTouched].motion.q;
  const Eigen::MatrixXd& b = untouched.recordings[kTouched].motion.q;
  double worst = 0.0;
  for (std::size_t c = 0; c < untouched.coordinate_names.size(); ++c) {
    const std::string& name = untouched.coordinate_names[c];
    const bool leg = name.starts_with("pelvis_") || name.starts_with("hip_") ||
                     name.starts_with("knee_") || name.starts_with("ankle_");
    if (!leg || !untouched.coordinate_is_rotation[c]) continue;
    const auto column = static_cast<Eigen::Index>(c);
    const Eigen::ArrayXd d = (a.col(column) - b.col(column)).array();
    EXPECT_FALSE(d.isNaN().any()) << name;
    worst = std::max(worst, std::sqrt(d.square().mean()) * kDegPerRad);
  }
  return worst;
}

/// Largest difference of a mean part of the budget at the middle demand's peaks, deg.
double worst_budget_difference_deg(const Results& results, const Results& untouched) {
  const auto mean = [](const LegResult& leg) {
    Eigen::Vector3d sum = Eigen::Vector3d::Zero();
    int n = 0;
    for (const StrideResult& stride : leg.strides) {
      if (stride.recording != kTouched) continue;
      sum += Eigen::Vector3d(stride.at_peak.hip.total_rad, stride.at_peak.pelvis.total_rad,
                             stride.at_peak.thigh_rad);
      ++n;
    }
    EXPECT_GT(n, 10);
    return Eigen::Vector3d(sum * kDegPerRad / std::max(1, n));
  };
  double worst = 0.0;
  for (const Side side : kSides) {
    worst = std::max(worst,
                     (mean(results.legs[side]) - mean(untouched.legs[side])).cwiseAbs().maxCoeff());
  }
  return worst;
}

/// The repairs of one kind in the middle run.
std::vector<Repair> repairs_of(const Results& results, RepairKind kind) {
  std::vector<Repair> out = results.recordings[kTouched].repairs;
  std::erase_if(out, [&](const Repair& repair) { return repair.kind != kind; });
  return out;
}

/// Whether exactly these two labels were put right, over these frames and no others.
void expect_swap(const Results& results, std::vector<std::string> markers, int first_frame,
                 int last_frame) {
  const std::vector<Repair> swaps = repairs_of(results, RepairKind::kSwap);
  ASSERT_EQ(swaps.size(), 1U);
  std::vector<std::string> found = swaps[0].markers;
  std::sort(found.begin(), found.end());
  std::sort(markers.begin(), markers.end());
  EXPECT_EQ(found, markers);
  EXPECT_EQ(swaps[0].first_frame, first_frame);
  EXPECT_EQ(swaps[0].last_frame, last_frame);
}

/// Exchanges two points from a frame on.
void exchange_from(PointRecording& points, const std::string& one, const std::string& other,
                   Eigen::Index first) {
  const Eigen::Index n = points.points_m.rows() - first;
  auto a = points.points_m.block(first, 3 * point(points, one), n, 3);
  auto b = points.points_m.block(first, 3 * point(points, other), n, 3);
  const Eigen::MatrixXd kept = a;
  a = b;
  b = kept;
}

TEST_F(FukuchiSession, RunsToAReport) {
  ASSERT_EQ(untouched_->recordings.size(), 3U);
  for (const RecordingResult& run : untouched_->recordings) {
    EXPECT_LT(run.marker_rms_m, 0.012) << run.name;
    EXPECT_GE(run.converged_fraction, 0.99) << run.name;
    // 30 s at 2.3 to 3.2 steps a second.
    for (const Side side : kSides) EXPECT_NEAR(run.n_strides[side], 41, 8) << run.name;
  }
  EXPECT_FALSE(untouched_->has_thorax);
  const FileSet files = render_files(*untouched_);
  EXPECT_TRUE(std::any_of(files.begin(), files.end(),
                          [](const auto& f) { return f.first == "report.html"; }));
}

TEST_F(FukuchiSession, NoLabelsAreExchangedInTheUntouchedRuns) {
  for (const RecordingResult& run : untouched_->recordings) {
    for (const Repair& repair : run.repairs) {
      EXPECT_NE(repair.kind, RepairKind::kSwap) << run.name << " " << repair.markers[0];
    }
  }
}

TEST_F(FukuchiSession, ItsReportIsWholeInEveryLanguage) {
  for (const std::string& code : language_codes()) {
    const TranslatedPage page =
        translate_page(render_html(*untouched_), *find_language(code), names_in(*untouched_));
    for (const std::string& text : page.missing) ADD_FAILURE() << code << ": " << text;
  }
}

TEST_F(FukuchiSession, TwoMarkersExchangedForAWholeTrialArePutRight) {
  for (const auto& [one, other] : {std::pair{"R.Thigh.Top.Lateral", "R.Thigh.Bottom.Medial"},
                                   {"L.MT1", "L.MT5"},
                                   {"R.ASIS", "R.PSIS"},
                                   {"L.Thigh.Bottom.Medial", "L.Shank.Top.Medial"}}) {
    const Results results =
        analyze_spoiled([&](PointRecording& points) { exchange_from(points, one, other, 0); });
    expect_swap(results, {one, other}, 0, 4499);
    EXPECT_LT(worst_difference_deg(results, *untouched_), 0.5) << one;
    EXPECT_LT(worst_budget_difference_deg(results, *untouched_), 0.5) << one;
  }
}

TEST_F(FukuchiSession, TwoMarkersExchangedFromTheMiddleOnArePutRight) {
  for (const auto& [one, other] : {std::pair{"L.Shank.Top.Lateral", "L.Shank.Bottom.Medial"},
                                   {"R.Heel.Top", "R.Heel.Bottom"},
                                   {"R.MT5", "L.MT5"}}) {
    const Results results =
        analyze_spoiled([&](PointRecording& points) { exchange_from(points, one, other, 2250); });
    expect_swap(results, {one, other}, 2250, 4499);
    EXPECT_LT(worst_difference_deg(results, *untouched_), 0.5) << one;
    EXPECT_LT(worst_budget_difference_deg(results, *untouched_), 0.5) << one;
  }
}

TEST_F(FukuchiSession, AFifthOfTheFramesOfTwoMarkersMayBeLost) {
  const Results results = analyze_spoiled([](PointRecording& points) {
    // Gaps of 0.2 s, one a second, of one pelvis and one thigh marker, out of step.
    for (const char* label : {"R.ASIS", "R.Thigh.Bottom.Lateral"}) {
      const Eigen::Index column = 3 * point(points, label);
      const Eigen::Index start = label[2] == 'A' ? 0 : 70;
      for (Eigen::Index f = start; f + 30 < points.points_m.rows(); f += 150) {
        points.points_m.block(f, column, 30, 3).setConstant(std::nan(""));
      }
    }
  });
  EXPECT_GE(repairs_of(results, RepairKind::kGapByCluster).size(), 50U);
  EXPECT_LT(worst_difference_deg(results, *untouched_), 1.0);
  EXPECT_LT(worst_budget_difference_deg(results, *untouched_), 1.0);
}

TEST_F(FukuchiSession, AFifthMayBeLostInOnePiece) {
  const Results results = analyze_spoiled([](PointRecording& points) {
    for (const char* label : {"L.PSIS", "R.ASIS", "R.Thigh.Bottom.Lateral"}) {
      points.points_m.block(label[0] == 'L' ? 900 : 2700, 3 * point(points, label), 900, 3)
          .setConstant(std::nan(""));
    }
  });
  const std::vector<Repair> filled = repairs_of(results, RepairKind::kGapByCluster);
  int longest = 0;
  for (const Repair& repair : filled) {
    longest = std::max(longest, repair.n_frames);
    EXPECT_LT(repair.size_m, 0.010);
  }
  EXPECT_EQ(longest, 900);
  EXPECT_LT(worst_difference_deg(results, *untouched_), 0.6);
  EXPECT_LT(worst_budget_difference_deg(results, *untouched_), 0.3);
}

}  // namespace
}  // namespace catena
