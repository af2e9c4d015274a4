#include "catena/findings/visit_change.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

#include "catena/core/units.h"

namespace catena {
namespace {

using testing::HasSubstr;

Share share_of(double value) {
  Share share;
  share.estimate = {value, value - 0.05, value + 0.05, 0.90, "planted"};
  return share;
}

Visit visit_of(double pain, double thomas_deg, double hip_share) {
  Visit visit;
  visit.exam = Examination();
  visit.exam->symptoms.worst_0_10 = pain;
  ExamValue thomas;
  thomas.test = "modified_thomas";
  thomas.side = kRight;
  thomas.value = thomas_deg * kRadPerDeg;
  thomas.sem = 2.5 * kRadPerDeg;
  visit.exam->values = {thomas};
  for (LegFindings& leg : visit.run.legs) {
    leg.take_up.has_thorax = true;
    leg.take_up.hip = share_of(hip_share);
    leg.take_up.low_back = share_of(0.9 - hip_share);
    leg.take_up.lean = share_of(0.1);
    leg.take_up.hip_stop.verdict = StopVerdict::kReached;
  }
  visit.answer.probability = 0.8;
  return visit;
}

const VisitChange& find(const VisitChanges& changes, const std::string& name) {
  for (const VisitChange& change : changes.numbers) {
    if (change.name == name) return change;
  }
  throw std::runtime_error(name);
}

TEST(VisitChange, CallsAChangeOnlyWhatExceedsTheErrorOfBothVisits) {
  // 1.96 sqrt(2) 2.5 = 6.93 deg.
  const VisitChanges less = compare_answers(visit_of(6, 0.0, 0.4), visit_of(5, 6.9, 0.45));
  for (const VisitChange& change : less.numbers) {
    EXPECT_EQ(change.verdict, ChangeVerdict::kNotDistinguishable) << change.name;
  }
  EXPECT_NEAR(find(less, "modified_thomas").smallest_detectable, 6.93, 0.01);
  EXPECT_THAT(less.together, HasSubstr("Neither pain nor anything measured changed"));
  const VisitChanges more = compare_answers(visit_of(6, 0.0, 0.4), visit_of(4, 7.0, 0.4));
  EXPECT_EQ(find(more, "modified_thomas").verdict, ChangeVerdict::kChanged);
  EXPECT_EQ(find(more, "pain_worst_0_10").verdict, ChangeVerdict::kChanged);
  EXPECT_EQ(find(more, "hip_share").verdict, ChangeVerdict::kNotDistinguishable);
}

TEST(VisitChange, TellsWhetherPainAndMovementMovedTogether) {
  EXPECT_THAT(compare_answers(visit_of(6, 0, 0.4), visit_of(2, 0, 0.7)).together,
              HasSubstr("changed together"));
  EXPECT_THAT(compare_answers(visit_of(2, 0, 0.7), visit_of(6, 0, 0.4)).together,
              HasSubstr("changed together"));
  EXPECT_THAT(compare_answers(visit_of(6, 0, 0.7), visit_of(2, 0, 0.4)).together,
              HasSubstr("did not all change in the direction"));
  EXPECT_THAT(compare_answers(visit_of(6, 0, 0.4), visit_of(2, 0, 0.4)).together,
              HasSubstr("nothing measured did"));
  EXPECT_THAT(compare_answers(visit_of(6, 0, 0.4), visit_of(6, 0, 0.7)).together,
              HasSubstr("the pain's change is not distinguishable"));
}

TEST(VisitChange, SaysWhatIsNotKnown) {
  Visit without = visit_of(6, 0, 0.4);
  without.exam.reset();
  const VisitChanges changes = compare_answers(without, visit_of(2, 0, 0.4));
  EXPECT_THAT(changes.together, HasSubstr("Pain was not rated at both visits"));
  EXPECT_THAT(changes.notes, testing::ElementsAre(HasSubstr("Not both visits")));
  Visit other_way = visit_of(6, 0, 0.4);
  other_way.exam->values[0].method = "goniometer";
  EXPECT_THAT(compare_answers(visit_of(6, 0, 0.4), other_way).notes,
              testing::ElementsAre(HasSubstr("measured in another way")));
}

TEST(VisitChange, AStopThatWasUndecidedOnceHasNotChanged) {
  Visit later = visit_of(6, 0, 0.4);
  later.run.legs[kRight].take_up.hip_stop.verdict = StopVerdict::kUndecided;
  later.run.legs[kLeft].take_up.hip_stop.verdict = StopVerdict::kNotReached;
  const VisitChanges changes = compare_answers(visit_of(6, 0, 0.4), later);
  ASSERT_EQ(changes.stops.size(), 2u);
  EXPECT_FALSE(changes.stops[kRight].changed);
  EXPECT_TRUE(changes.stops[kLeft].changed);
}

TEST(VisitChange, HoldsTheProbabilityBackWithTheAnswer) {
  Visit flagged = visit_of(6, 0, 0.4);
  flagged.answer.held_back = true;
  const VisitChanges changes = compare_answers(visit_of(6, 0, 0.4), flagged);
  EXPECT_TRUE(std::isnan(changes.probability_before));
  EXPECT_THAT(changes.notes, testing::ElementsAre(HasSubstr("red flag")));
}

}  // namespace
}  // namespace catena
