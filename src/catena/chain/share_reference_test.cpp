#include "catena/chain/share_reference.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "catena/chain/pelvis_share_file.h"

namespace catena {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr SpeedRange kLike = {2.5, 4.5, true};

TakeUp with_slope(double pelvis) {
  TakeUp take_up;
  take_up.pelvis.pooled_slope = pelvis;
  take_up.pelvis.estimate.value = pelvis;
  return take_up;
}

ShareReference at(double pelvis, const SpeedRange& speeds = kLike) {
  return compare_pelvis_share(with_slope(pelvis), speeds);
}

TEST(ShareReference, HoldsTheQuantilesAndNamesNumberSpeedsEstimatorAndSource) {
  const auto group = parse_share_group(pelvis_share_file(), "pelvis_share.json");
  ASSERT_TRUE(group) << to_sentence(group.error());
  EXPECT_EQ(group->n_runners, 26);
  EXPECT_EQ(group->n_sides, 52);
  EXPECT_THAT(group->speeds_m_s, ElementsAre(2.5, 3.5, 4.5));
  EXPECT_EQ(group->strides_per_speed, 10);
  ASSERT_EQ(group->quantiles.size(), 5U);
  EXPECT_EQ(group->quantiles[2].share, 0.35);
  EXPECT_THAT(group->estimator, HasSubstr("ordinary slope"));
  EXPECT_THAT(group->source, HasSubstr("Fukuchi"));
  EXPECT_THAT(group->note, HasSubstr("another pipeline"));
}

TEST(ShareReference, SaysWhereAmongTheOthersAShareLies) {
  EXPECT_THAT(at(0.12).place, StartsWith("below nineteen of twenty of 52 sides of 26 runners"));
  EXPECT_THAT(at(0.20).place, StartsWith("below three of four, above one of twenty"));
  EXPECT_THAT(at(0.35).place, StartsWith("within the middle half"));
  EXPECT_THAT(at(0.47).place, StartsWith("within the middle half"));
  EXPECT_THAT(at(0.55).place, StartsWith("above three of four, below one of twenty"));
  EXPECT_THAT(at(0.66).place, StartsWith("above nineteen of twenty"));
}

TEST(ShareReference, SaysTheWholeSentenceAndNeverThatAnyoneIsNormal) {
  const ShareReference found = at(0.4);
  EXPECT_EQ(found.others, &pelvis_share_group());
  EXPECT_EQ(found.value, 0.4);
  EXPECT_EQ(found.sentence,
            "The pelvis's slope over all strides, 0.40, lies within the middle half of 52 sides of "
            "26 runners on a treadmill at 2.5, 3.5 and 4.5 m/s (median 0.35, middle half 0.22 to "
            "0.47, nine of ten 0.13 to 0.65). This describes; it is no verdict.");
  EXPECT_THAT(found.sentence, Not(HasSubstr("normal")));
}

TEST(ShareReference, IsNotGivenForOtherSpeedsInclinesOrWhatIsNotASpeed) {
  for (const SpeedRange& other :
       {SpeedRange{3.5, 9.0, true}, SpeedRange{2.5, 3.5, true}, SpeedRange{1.2, 4.5, true}}) {
    const ShareReference found = at(0.4, other);
    EXPECT_EQ(found.others, nullptr);
    EXPECT_EQ(found.place, "");
    EXPECT_THAT(found.sentence, HasSubstr("they ran at 2.5 to 4.5 m/s"));
  }
  EXPECT_THAT(at(0.4, {}).sentence, HasSubstr("not speeds"));
  EXPECT_THAT(at(0.4, {2.5, 4.5, false}).sentence, HasSubstr("on the level"));
  EXPECT_EQ(at(0.4, {2.8, 4.2, true}).others, &pelvis_share_group());
}

TEST(ShareReference, IsNotGivenWhereNoShareIs) {
  TakeUp unknown = with_slope(0.4);
  unknown.pelvis.why = "one demand shows no change";
  const ShareReference found = compare_pelvis_share(unknown, kLike);
  EXPECT_EQ(found.others, nullptr);
  EXPECT_THAT(found.sentence, HasSubstr("no share is known"));
}

TEST(ShareReference, RefusesAFileWhoseQuantilesDoNotRise) {
  std::string text(pelvis_share_file());
  text.replace(text.find("0.22"), 4, "0.42");
  const auto group = parse_share_group(text, "p.json");
  ASSERT_FALSE(group);
  EXPECT_EQ(group.error().code, Errc::kBadFormat);
  EXPECT_THAT(to_sentence(group.error()), HasSubstr("rising order"));
}

}  // namespace
}  // namespace catena
