// The same runner in laboratories with other axes and other labels: the answer is the same.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <Eigen/Geometry>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

#include "catena/analysis/analysis.h"
#include "catena/core/file.h"
#include "catena/core/test_folder.h"
#include "catena/recording/trc.h"
#include "catena/synthetic/write.h"

namespace catena {
namespace {

namespace fs = std::filesystem;
using ::testing::Contains;
using ::testing::HasSubstr;

void write_text(const fs::path& path, const std::string& text) {
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << text;
}

class AnyLaboratory : public ::testing::Test {
 protected:
  void SetUp() override {
    RunnerOptions options;
    options.speeds_m_s = {2.5, 4.5};
    options.strides = 4;
    options.rate_hz = 60.0;
    const auto session = make_session(options);
    ASSERT_TRUE(session);
    for (const auto& [name, bytes] : session_files(*session)) {
      write_text(folder_ / "own" / name, bytes);
    }
  }

  /// The whole session again with every recording changed.
  AnalysisInputs session_in(const std::string& laboratory,
                            const std::function<void(PointRecording&)>& change = {}) {
    AnalysisInputs inputs;
    inputs.model = folder_ / "own/runner.osim";
    for (const char* name : {"run_2.50.trc", "run_4.50.trc", "standing.trc"}) {
      const fs::path file = folder_ / laboratory / name;
      if (change) {
        auto recording = read_trc(folder_ / "own" / name);
        EXPECT_TRUE(recording);
        change(*recording);
        write_text(file, write_trc(*recording));
      }
      if (std::string(name) == "standing.trc") {
        inputs.standing = file;
      } else {
        inputs.runs.push_back(run_input(file, name));
      }
    }
    return inputs;
  }

  static std::vector<double> answer_of(const AnalysisInputs& inputs, Results* whole = nullptr) {
    const auto results = analyze(inputs);
    EXPECT_TRUE(results) << (results ? "" : to_sentence(results.error()));
    std::vector<double> answer;
    if (!results) return answer;
    if (whole) *whole = *results;
    for (const LegResult& leg : results->legs) {
      for (const StrideResult& stride : leg.strides) {
        answer.push_back(stride.peak_time_s);
        answer.push_back(stride.absolute.hip.total_rad);
        answer.push_back(stride.absolute.low_back.total_rad);
        answer.push_back(stride.absolute.lean.total_rad);
      }
    }
    return answer;
  }

  static void expect_same(const std::vector<double>& a, const std::vector<double>& b) {
    ASSERT_EQ(a.size(), b.size());
    ASSERT_GE(a.size(), 40U);
    for (std::size_t i = 0; i < a.size(); ++i) EXPECT_NEAR(a[i], b[i], 1e-6);
  }

  const TestFolder own_;
  const fs::path& folder_ = own_.path();
};

void turn(PointRecording& recording, const Eigen::Matrix3d& lab_from_ground) {
  for (Eigen::Index j = 0; j < recording.points_m.cols(); j += 3) {
    recording.points_m.middleCols<3>(j) =
        (recording.points_m.middleCols<3>(j) * lab_from_ground.transpose()).eval();
  }
}

TEST_F(AnyLaboratory, TheAnswerDoesNotDependOnTheAxes) {
  const std::vector<double> own = answer_of(session_in("own"));
  Eigen::Matrix3d z_up;  // the runner goes along -y
  z_up << 0, 0, -1, -1, 0, 0, 0, 1, 0;
  Eigen::Matrix3d x_down;  // up is -x, the runner goes along z
  x_down << 0, -1, 0, 0, 0, -1, 1, 0, 0;
  for (const Eigen::Matrix3d& axes : {z_up, x_down}) {
    ASSERT_NEAR(axes.determinant(), 1.0, 1e-12);
    const std::string name = axes(2, 1) > 0.0 ? "z_up" : "x_down";
    Results results;
    expect_same(own,
                answer_of(session_in(name, [&](PointRecording& r) { turn(r, axes); }), &results));
    EXPECT_THAT(results.assumptions,
                Contains(HasSubstr("Turned to the ground frame while reading")));
  }
}

TEST_F(AnyLaboratory, TheAnswerDoesNotDependOnPrefixesAndCase) {
  const std::vector<double> own = answer_of(session_in("own"));
  Results results;
  expect_same(own, answer_of(session_in("prefixed",
                                        [](PointRecording& r) {
                                          for (std::string& label : r.labels)
                                            label = "Ann:" + label;
                                          r.labels[0] = "c_7";
                                        }),
                             &results));
  EXPECT_THAT(results.assumptions,
              Contains(HasSubstr("'Ann:RASI' was taken for the model's 'RASI': alike but for a")));
}

TEST_F(AnyLaboratory, AMappingOfLabelsIsFollowed) {
  const std::vector<double> own = answer_of(session_in("own"));
  AnalysisInputs inputs = session_in("renamed", [](PointRecording& r) {
    for (std::string& label : r.labels) {
      if (label == "SACR") label = "kreuzbein";
      if (label == "RTH1")
        label = "RTH2";
      else if (label == "RTH2")
        label = "RTH1";
    }
  });
  inputs.labels = folder_ / "map.toml";
  write_text(*inputs.labels, "[labels]\nkreuzbein = \"SACR\"\nRTH1 = \"RTH2\"\nRTH2 = \"RTH1\"\n");
  expect_same(own, answer_of(inputs));
}

}  // namespace
}  // namespace catena
