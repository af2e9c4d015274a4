#include "catena/math/student_t.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numbers>

namespace catena {
namespace {

TEST(StudentT, AgreesWithClosedForms) {
  // One degree of freedom is Cauchy's distribution; two have a root only.
  for (const double t : {-30.0, -1.0, 0.0, 0.3, 2.0, 1e4}) {
    EXPECT_NEAR(student_t_above(t, 1), 0.5 - std::atan(t) / std::numbers::pi, 1e-14);
    EXPECT_NEAR(student_t_above(t, 2), 0.5 - t / (2 * std::sqrt(2 + t * t)), 1e-14);
  }
}

TEST(StudentT, AgreesWithPrintedTables) {
  // Fisher & Yates 1938, table III: two-sided 5 % and 1 %.
  EXPECT_NEAR(student_t_exceeded(0.025, 3), 3.182, 5e-4);
  EXPECT_NEAR(student_t_exceeded(0.025, 9), 2.262, 5e-4);
  EXPECT_NEAR(student_t_exceeded(0.005, 30), 2.750, 5e-4);
}

TEST(StudentT, ComesToTheNormalWithManyDegreesOfFreedom) {
  const double infinity = std::numeric_limits<double>::infinity();
  EXPECT_NEAR(student_t_above(1.959963985, infinity), 0.025, 1e-10);
  EXPECT_NEAR(student_t_above(1.959963985, 1e7), 0.025, 1e-7);
  EXPECT_NEAR(student_t_exceeded(0.95, infinity), -1.644853627, 1e-8);
}

TEST(StudentT, IsItsOwnInverse) {
  for (const double dof : {1.5, 4.0, 17.3, 500.0}) {
    for (const double p : {1e-9, 1e-3, 0.2, 0.5, 0.9}) {
      EXPECT_NEAR(student_t_above(student_t_exceeded(p, dof), dof) / p, 1.0, 1e-9);
    }
  }
}

}  // namespace
}  // namespace catena
