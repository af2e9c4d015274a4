#include "catena/trajectories/label_pairs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace catena {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

LabelPairs pair_to(const std::vector<std::string>& labels,
                   const std::vector<std::string>& targets) {
  std::vector<LabelTarget> numbered;
  for (std::size_t k = 0; k < targets.size(); ++k) {
    numbered.push_back({targets[k], static_cast<int>(k)});
  }
  return pair_labels(labels, numbered);
}

TEST(PlainLabel, LeavesLettersAndDigits) {
  EXPECT_EQ(plain_label("R.ASIS"), "rasis");
  EXPECT_EQ(plain_label(" r_Asis "), "rasis");
  EXPECT_EQ(plain_label("*17"), "17");
  EXPECT_EQ(plain_label("-.: "), "");
  EXPECT_EQ(plain_label("H\xc3\xbc"
                        "fte"),
            "h\xc3\xbc"
            "fte");
}

TEST(PairLabels, ExactGoesBeforeCaseAndCaseBeforePrefix) {
  const LabelPairs pairs = pair_to({"C7", "l.asis", "Subject 1:RASIS", "Tread mill_Sacr"},
                                   {"C7", "LASIS", "RASIS", "SACR"});
  EXPECT_THAT(pairs.target_of, ElementsAre(0, 1, 2, 3));
  EXPECT_THAT(pairs.likeness, ElementsAre(Likeness::kExact, Likeness::kPlain, Likeness::kPrefix,
                                          Likeness::kPrefix));
  EXPECT_THAT(pairs.notes, IsEmpty());
}

TEST(PairLabels, TwoThatDifferInCaseAloneAreNeverMerged) {
  const LabelPairs both = pair_to({"lasi", "LaSi"}, {"LASI"});
  EXPECT_THAT(both.target_of, ElementsAre(-1, -1));
  EXPECT_THAT(both.notes, ElementsAre(HasSubstr("'lasi' and 'LaSi' are alike but for case")));
  const LabelPairs one = pair_to({"lasi", "LASI"}, {"LASI"});
  EXPECT_THAT(one.target_of, ElementsAre(-1, 0));
  EXPECT_THAT(one.notes, ElementsAre(HasSubstr("'lasi' is like 'LASI'")));
}

TEST(PairLabels, TwoPersonsAreNeverMerged) {
  const LabelPairs pairs = pair_to({"Ann:LASI", "Ben:LASI", "Ann:C7"}, {"LASI", "C7"});
  EXPECT_THAT(pairs.target_of, ElementsAre(-1, -1, 1));
  EXPECT_THAT(pairs.notes, ElementsAre(HasSubstr("'Ann:LASI' and 'Ben:LASI'")));
}

TEST(PairLabels, AKeyOfTwoTargetsIsOfNone) {
  const LabelPairs pairs = pair_to({"rknee"}, {"R.Knee", "RKNEE"});
  EXPECT_THAT(pairs.target_of, ElementsAre(-1));
  EXPECT_THAT(pair_to({"RKNEE"}, {"R.Knee", "RKNEE"}).target_of, ElementsAre(1));
}

TEST(PairLabels, SeveralSpellingsOfOneTargetAreOne) {
  const LabelPairs pairs = pair_labels({"R.SIAS"}, {{"RASIS", 4}, {"R_SIAS", 4}, {"LASIS", 5}});
  EXPECT_THAT(pairs.target_of, ElementsAre(4));
}

TEST(PairLabels, NamelessPointsMeanNothing) {
  EXPECT_THAT(pair_to({"*", "", "-"}, {"", "*x"}).target_of, ElementsAre(-1, -1, -1));
}

}  // namespace
}  // namespace catena
