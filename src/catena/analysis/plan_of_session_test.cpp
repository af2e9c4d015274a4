#include "catena/analysis/plan_of_session.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "catena/core/file.h"
#include "catena/core/test_folder.h"
#include "catena/synthetic/write.h"

namespace catena {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;

class PlanOfSession : public testing::Test {
 protected:
  Result<RecordedPlan> plan_of(const RunnerOptions& options, const std::string& toml = "") {
    const auto made = make_session(options);
    EXPECT_TRUE(made);
    FileSet files = session_files(*made);
    if (!toml.empty()) {
      std::erase_if(files, [](const auto& file) { return file.first == "session.toml"; });
      files.emplace_back("session.toml", toml);
    }
    EXPECT_TRUE(write_files(folder_, files));
    SessionOptions without_model;
    without_model.look_for_model = false;
    CATENA_TRY(session, find_session(folder_, without_model));
    return plan_of_session(session);
  }
  const TestFolder own_;
  const fs::path& folder_ = own_.path();
};

RunnerOptions small() {
  RunnerOptions options;
  options.rate_hz = 60.0;
  options.speeds_m_s = {2.5, 3.5, 4.5};
  options.strides = 8;
  return options;
}

TEST_F(PlanOfSession, SpeedsAndStridesAreThoseRecorded) {
  const auto recorded = plan_of(small());
  ASSERT_TRUE(recorded) << to_sentence(recorded.error());
  EXPECT_THAT(recorded->plan.speeds_m_s, ElementsAre(2.5, 3.5, 4.5));
  EXPECT_NEAR(recorded->plan.strides, 8.0, 2.0);  // the first and the last may be cut
  EXPECT_TRUE(outlook_of(recorded->plan));
}

TEST_F(PlanOfSession, ARampIsTheOneThatTheFeetShow) {
  RunnerOptions options = small();
  options.ramp = SpeedRamp{2.5, 4.5, 50.0};
  const auto recorded = plan_of(options);
  ASSERT_TRUE(recorded) << to_sentence(recorded.error());
  ASSERT_TRUE(recorded->plan.is_ramp());
  EXPECT_NEAR(recorded->plan.ramp_from_m_s, 2.5, 0.1);
  EXPECT_NEAR(recorded->plan.ramp_to_m_s, 4.5, 0.1);
  EXPECT_NEAR(recorded->plan.ramp_s, 50.0, 0.1);
}

TEST_F(PlanOfSession, InclinesAreRefused) {
  RunnerOptions options = small();
  options.speeds_m_s = {2.5, 2.6};
  const auto recorded =
      plan_of(options,
              "[[run]]\nfile = \"run_2.50.trc\"\nspeed_m_s = 2.5\nincline_percent = 0\n"
              "[[run]]\nfile = \"run_2.60.trc\"\nspeed_m_s = 2.5\nincline_percent = 5\n");
  ASSERT_FALSE(recorded);
  EXPECT_THAT(to_sentence(recorded.error()), HasSubstr("only speeds and ramps"));
}

}  // namespace
}  // namespace catena
