#include "catena/gait/reference.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "catena/core/test_schema.h"
#include "catena/gait/profile_fixture.h"

namespace catena {
namespace {

using test::planted_profile;
using test::PlantedRunner;
using testing::HasSubstr;

std::vector<std::vector<GaitProfile>> planted_runners(int n, std::uint64_t seed = 1) {
  RandomStream random(seed);
  std::vector<std::vector<GaitProfile>> runners;
  for (int r = 0; r < n; ++r) {
    PlantedRunner planted;
    planted.name = "runner" + std::to_string(r);
    std::vector<GaitProfile> profiles;
    for (const double speed : {2.5, 3.5}) {
      planted.speed_m_s = speed + 0.02 * r;  // belts differ a little
      profiles.push_back(planted_profile(random, planted));
    }
    runners.push_back(profiles);
  }
  return runners;
}

Reference planted_reference(int n = 4) {
  ReferenceOptions options;
  options.source = "planted runners";
  return *build_reference(planted_runners(n), options);
}

TEST(Reference, HasTheMeanAndCovarianceOfItsRunners) {
  const auto runners = planted_runners(5);
  const auto reference = build_reference(runners);
  ASSERT_TRUE(reference.has_value());
  ASSERT_EQ(reference->conditions.size(), 2u);
  const ReferenceCondition& slow = reference->conditions[0];
  EXPECT_NEAR(slow.speed_m_s, 2.54, 1e-12);
  EXPECT_EQ(slow.n_runners, 5);
  EXPECT_EQ(slow.n_male, 5);
  EXPECT_EQ(slow.curves.size(), 8u);
  Eigen::MatrixXd means(5, 101);
  for (int r = 0; r < 5; ++r) means.row(r) = runners[r][0].curves[0].strides_rad.colwise().mean();
  const Eigen::MatrixXd off = means.rowwise() - means.colwise().mean();
  const ReferenceCurve& curve = slow.curves[0];
  EXPECT_EQ(curve.name, "hip_flexion");
  EXPECT_LT((curve.mean_rad.transpose() - means.colwise().mean()).norm(), 1e-12);
  EXPECT_LE(curve.factors_rad.rows(), 4);
  EXPECT_LT((curve.factors_rad.transpose() * curve.factors_rad - off.transpose() * off / 4).norm(),
            1e-12);
  EXPECT_LT((curve.sd_rad() - (off.colwise().squaredNorm() / 4).cwiseSqrt().transpose()).norm(),
            1e-12);
}

TEST(Reference, IsTheSameFileEveryTimeAndInEveryOrder) {
  auto runners = planted_runners(4);
  const std::string once = write_reference(*build_reference(runners));
  std::ranges::reverse(runners);
  for (auto& profiles : runners) std::ranges::reverse(profiles);
  EXPECT_EQ(write_reference(*build_reference(runners)), once);
}

TEST(Reference, ReadsBackWhatItWrote) {
  const Reference written = planted_reference();
  const auto read = parse_reference(write_reference(written), "r.json");
  ASSERT_TRUE(read.has_value()) << to_sentence(read.error());
  EXPECT_EQ(read->source, "planted runners");
  EXPECT_EQ(read->convention, written.convention);
  EXPECT_EQ(read->level, 0.9);
  ASSERT_EQ(read->conditions.size(), written.conditions.size());
  const ReferenceCurve& a = written.conditions[1].curves[3];
  const ReferenceCurve& b = read->conditions[1].curves[3];
  EXPECT_EQ(a.name, b.name);
  EXPECT_EQ(a.from_standing, b.from_standing);
  EXPECT_EQ(a.multiplier, b.multiplier);
  EXPECT_EQ(a.n_inside_left_out, b.n_inside_left_out);
  EXPECT_LT((a.mean_rad - b.mean_rad).norm(), 1e-14);
  EXPECT_LT((a.factors_rad - b.factors_rad).norm(), 1e-14);
  EXPECT_EQ(written.conditions[0].scalars[2].value, read->conditions[0].scalars[2].value);
}

TEST(Reference, PoolsRecordingsOfOneSpeed) {
  auto runners = planted_runners(3);
  runners[0].push_back(runners[0][0]);  // the same speed twice
  runners[0].back().recording = "again";
  const auto reference = build_reference(runners);
  EXPECT_EQ(reference->conditions.size(), 2u);
  EXPECT_EQ(reference->conditions[0].n_runners, 3);
}

TEST(Reference, LeavesOutWhatFewRanAndSaysSo) {
  auto runners = planted_runners(4);
  runners[0][1].speed_m_s = 5.0;
  runners[1][1].speed_m_s = NAN;
  const auto reference = build_reference(runners);
  EXPECT_EQ(reference->conditions.size(), 1u);
  EXPECT_THAT(reference->notes,
              testing::Contains("running at 5.00 m/s is left out: 1 of 4 runners did it, and three "
                                "are needed."));
  EXPECT_THAT(reference->notes,
              testing::Contains("runner1_35 is left out: its speed is not known."));
}

TEST(Reference, KeepsToTheSchema) {
  if (!can_check_schemas()) GTEST_SKIP() << "skipped: no python3-jsonschema";
  EXPECT_TRUE(follow_schema("reference", {write_reference(planted_reference())}));
}

TEST(Reference, RefusesToMixWhatCannotBeMixed) {
  auto runners = planted_runners(3);
  runners[2][1].convention = "other angles";
  const auto mixed = build_reference(runners);
  EXPECT_EQ(mixed.error().code, Errc::kMismatch);
  EXPECT_THAT(to_sentence(mixed.error()), HasSubstr("their angles are made differently, planted "
                                                    "angles and other angles"));
  runners = planted_runners(3);
  runners[1][0].marker_set = "";
  EXPECT_THAT(build_reference(runners).error().what, HasSubstr("marker sets are"));
  EXPECT_EQ(build_reference({}).error().code, Errc::kMissingData);
  EXPECT_THAT(build_reference(planted_runners(2)).error().what,
              HasSubstr("no speed was run by three runners, but by 2 at most"));
}

TEST(Reference, SaysWhatIsWrongWithAFileAndWhere) {
  const std::string good = write_reference(planted_reference());
  const auto sentence = [](const std::string& bytes) {
    const auto read = parse_reference(bytes, "r.json");
    return read ? "" : to_sentence(read.error());
  };
  const auto changed = [&](const std::string& from, const std::string& to) {
    std::string bytes = good;
    bytes.replace(bytes.find(from), from.size(), to);
    return sentence(bytes);
  };
  EXPECT_THAT(sentence("# no JSON"), HasSubstr("r.json: this is no JSON object"));
  EXPECT_THAT(sentence(std::string(100000, '[')), HasSubstr("no JSON object"));
  EXPECT_THAT(sentence("{}"), HasSubstr("r.json: 'format' is missing"));
  EXPECT_THAT(changed("catena reference", "x"), HasSubstr("another kind of file"));
  EXPECT_THAT(changed("\"version\":1", "\"version\":2"), HasSubstr("take a newer program"));
  EXPECT_THAT(changed("\"level\":0.9", "\"level\":90"),
              HasSubstr("r.json: level: a number from 0.01 to 0.9999 is needed"));
  EXPECT_THAT(changed("\"mean_deg\":[", "\"mean_deg\":[0,"),
              HasSubstr("r.json: conditions[0].curves[0].mean_deg: 101 numbers are needed"));
  EXPECT_THAT(changed("\"side\":\"right\"", "\"side\":\"up\""), HasSubstr("curves[0].side"));
  EXPECT_THAT(changed("\"n\":4", "\"n\":4.5"), HasSubstr("a whole number is needed"));
  EXPECT_THAT(changed("\"p\":[0.0", "\"p\":[0.5"), HasSubstr("rise from 0 to 1"));
  EXPECT_EQ(sentence(good), "");
}

}  // namespace
}  // namespace catena
