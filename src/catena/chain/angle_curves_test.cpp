#include "catena/chain/angle_curves.h"

#include <gtest/gtest.h>

#include <cmath>

namespace catena {
namespace {

TEST(AngleCurves, FromStandingIsTheDifferenceToTheMeanOfTheKnownFrames) {
  const Eigen::VectorXd run = Eigen::VectorXd::LinSpaced(3, 0.1, 0.3);
  const Eigen::VectorXd lost = Eigen::VectorXd::Constant(3, std::nan(""));
  Eigen::VectorXd still(3);
  still << 0.04, std::nan(""), 0.06;
  const AngleCurves relative =
      from_standing({run, run, run, lost, run}, {still, still, still, still, lost});
  EXPECT_TRUE(relative.thigh_rad.isApprox((run.array() - 0.05).matrix(), 1e-15));
  EXPECT_TRUE(relative.low_back_rad.array().isNaN().all());
  EXPECT_TRUE(relative.lean_rad.array().isNaN().all());
}

}  // namespace
}  // namespace catena
