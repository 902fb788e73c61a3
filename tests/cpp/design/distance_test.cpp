#include "enkat/design/distance.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace enkat::distance_test {

const Distance linear{}, raking{Distance::Kind::raking}, logit{Distance::Kind::logit, 0.4, 2.5},
    truncated{Distance::Kind::linear, 0.5, 1.8};

TEST(Distance, AWeightThatNeedNotMoveStays) {
  for (const Distance& distance : {linear, raking, logit, truncated}) {
    EXPECT_NEAR(distance.factor(0), 1, 1e-15);
    EXPECT_NEAR(distance.slope(0), 1, 1e-15);
    EXPECT_NEAR(distance.integral(0), 0, 1e-15);
  }
}

TEST(Distance, TheSlopeIsTheDerivativeOfTheFactorWhichIsThatOfTheIntegral) {
  const double h = 1e-6;
  for (const Distance& distance : {linear, raking, logit, truncated}) {
    for (const double u : {-3.0, -0.3, 0.2, 0.7, 4.0}) {
      EXPECT_NEAR((distance.factor(u + h) - distance.factor(u - h)) / (2 * h), distance.slope(u),
                  1e-8 * (1 + distance.slope(u)));
      EXPECT_NEAR((distance.integral(u + h) - distance.integral(u - h)) / (2 * h), distance.factor(u),
                  1e-8 * (1 + std::abs(distance.factor(u))));
    }
  }
}

TEST(Distance, BoundsHoldHoweverFarAWeightIsPulled) {
  for (const double u : {-1e6, -800.0, -2.0, 2.0, 800.0, 1e6}) {
    EXPECT_GE(logit.factor(u), 0.4);
    EXPECT_LE(logit.factor(u), 2.5);
    EXPECT_GE(truncated.factor(u), 0.5);
    EXPECT_LE(truncated.factor(u), 1.8);
    EXPECT_TRUE(std::isfinite(logit.integral(u)));
  }
  EXPECT_NEAR(logit.factor(800), 2.5, 1e-12);
  EXPECT_NEAR(logit.factor(-800), 0.4, 1e-12);
  EXPECT_EQ(truncated.slope(1), 0);
  EXPECT_FALSE(raking.bounded());
  EXPECT_TRUE(logit.bounded());
}

TEST(Distance, LogitWithWideBoundsIsRaking) {
  // F → exp(u) as low → 0 and high → ∞. Deville & Särndal (1992), case 6.
  const Distance wide{Distance::Kind::logit, 0, 1e9};
  for (const double u : {-2.0, -0.5, 0.5, 2.0}) EXPECT_NEAR(wide.factor(u), std::exp(u), 1e-7);
}

}  // namespace enkat::distance_test
