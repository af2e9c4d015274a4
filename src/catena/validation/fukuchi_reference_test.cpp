// A reference of the four public runners of Fukuchi et al. 2017 (PeerJ 5:e3298), from C3D files to
// bytes, and each of them beside the others.
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "catena/analysis/reference_build.h"
#include "catena/core/test_data.h"
#include "catena/gait/reference_comparison.h"

namespace catena {
namespace {

std::vector<std::filesystem::path> fukuchi_sessions() {
  std::vector<std::filesystem::path> folders;
  for (const char* runner : {"RBDS014", "RBDS015", "RBDS020", "RBDS028"}) {
    folders.push_back(test_data() / "fukuchi2017" / runner);
  }
  return folders;
}

TEST(FukuchiReference, IsTheSameBytesTwiceAndHoldsFourRunners) {
  if (test_data().empty()) GTEST_SKIP() << "skipped: no ../shared/data";
  ReferenceBuildInputs inputs;
  inputs.sessions = fukuchi_sessions();
  inputs.options.source = "Fukuchi, Fukuchi & Duarte 2017";
  const auto once = build_reference_of_sessions(inputs);
  ASSERT_TRUE(once.has_value()) << to_sentence(once.error());
  // Another order, and on one thread.
  std::swap(inputs.sessions[0], inputs.sessions[3]);
  inputs.threads = 1;
  const auto again = build_reference_of_sessions(inputs);
  ASSERT_TRUE(again.has_value()) << to_sentence(again.error());
  const std::string bytes = write_reference(once->reference);
  EXPECT_TRUE(write_reference(again->reference) == bytes);
  const auto read = parse_reference(bytes, "reference.json");
  ASSERT_TRUE(read.has_value()) << to_sentence(read.error());

  ASSERT_EQ(read->conditions.size(), 3u);
  const double belt_m_s[] = {2.5, 3.5, 4.5};
  for (int i = 0; i < 3; ++i) {
    const ReferenceCondition& condition = read->conditions[static_cast<std::size_t>(i)];
    EXPECT_EQ(condition.n_runners, 4);
    EXPECT_EQ(condition.gait, Gait::kRunning);
    EXPECT_TRUE(condition.treadmill);
    EXPECT_NEAR(condition.speed_m_s, belt_m_s[i], 0.05);
    EXPECT_GE(condition.curves.size(), 20u);
    int inside = 0, of = 0;
    for (const ReferenceCurve& curve : condition.curves) {
      ASSERT_EQ(curve.n, 4) << curve.name;
      inside += curve.n_inside_left_out;
      of += curve.n;
    }
    // Bands of three runners are so wide that few leave them; with two degrees of freedom that is
    // all they can say.
    EXPECT_GT(static_cast<double>(inside) / of, 0.85);
  }
}

}  // namespace
}  // namespace catena
