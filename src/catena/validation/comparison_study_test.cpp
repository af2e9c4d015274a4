#include "catena/validation/comparison_study.h"

#include <gtest/gtest.h>

namespace catena {
namespace {

// Strides of gait: their residuals have full widths of 10 to 25 % of a stride. 5,000 sets a cell:
// of 2,000 the rate is known to +-1 % only, and of eighteen numbers one would be outside by chance.
TEST(ComparisonStudy, FindsNothingWhereThereIsNothingInNineteenOfTwenty) {
  for (const NullRow& row : null_study({10, 16, 25}, {8, 20}, 5000, 1)) {
    for (const double part : {row.one_sample, row.two_samples, row.welch}) {
      EXPECT_NEAR(part, 0.05, 0.01) << "FWHM " << row.fwhm_percent << ", " << row.n << " curves";
    }
  }
}

// Where the theory is not exact it errs to the safe side: few curves, rough ones, or both.
TEST(ComparisonStudy, FindsLessInFewOrRoughCurvesAndNeverMore) {
  for (const NullRow& row : null_study({2, 40}, {4, 10}, 1000, 1)) {
    EXPECT_LT(row.one_sample, 0.065);
    EXPECT_LT(row.two_samples, 0.065);
    EXPECT_LT(row.welch, 0.065);
  }
}

}  // namespace
}  // namespace catena
