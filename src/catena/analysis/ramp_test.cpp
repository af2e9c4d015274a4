// A ramp of which nobody said that it is one, from markers to shares.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "catena/analysis/analysis.h"
#include "catena/core/file.h"
#include "catena/core/test_folder.h"
#include "catena/recording/trc.h"
#include "catena/synthetic/runner.h"

namespace catena {
namespace {

namespace fs = std::filesystem;
using testing::Contains;
using testing::HasSubstr;

class UnsaidRamp : public testing::Test {
 protected:
  Results analyze_session(const RunnerOptions& options) const {
    const auto session = make_session(options);
    EXPECT_TRUE(session);
    EXPECT_TRUE(write_files(folder_, {{"standing.trc", write_trc(session->standing)},
                                      {"run.trc", write_trc(session->runs[0])}}));
    AnalysisInputs inputs;
    inputs.runs = {run_input(folder_ / "run.trc")};
    inputs.standing = folder_ / "standing.trc";
    Result<Results> results = analyze(inputs);
    EXPECT_TRUE(results) << (results ? "" : to_sentence(results.error()));
    return results ? std::move(*results) : Results();
  }
  const TestFolder own_;
  const fs::path& folder_ = own_.path();
};

TEST_F(UnsaidRamp, IsSeenByTheBeltAndUsedAsOne) {
  RunnerOptions options;
  options.ramp = SpeedRamp{2.5, 4.5, 40.0};
  options.rate_hz = 60.0;
  const Results results = analyze_session(options);
  ASSERT_EQ(results.recordings.size(), 1U);
  EXPECT_EQ(results.recordings[0].demand, "ramp");
  EXPECT_THAT(results.warnings, Contains(HasSubstr("taken for a ramp")));
  for (const LegResult& leg : results.legs) {
    // Ten blocks of the ramp, and the speeds of other runners' quantiles.
    EXPECT_TRUE(leg.take_up.pelvis.why.empty()) << leg.take_up.pelvis.why;
    EXPECT_NE(leg.pelvis_reference.others, nullptr) << leg.pelvis_reference.sentence;
  }
}

TEST_F(UnsaidRamp, IsNotSeenInARunAtOneSpeed) {
  RunnerOptions options;
  options.speeds_m_s = {3.5};
  options.seconds = 20.0;
  options.rate_hz = 60.0;
  const Results results = analyze_session(options);
  ASSERT_EQ(results.recordings.size(), 1U);
  EXPECT_EQ(results.recordings[0].demand, "3.5 m/s");
}

}  // namespace
}  // namespace catena
