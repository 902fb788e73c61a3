#include "enkat/report/robustness.hpp"

#include <gtest/gtest.h>

namespace enkat::robustness_test {

TEST(RStar, OfTheReportingGuide) {
  EXPECT_NEAR(*r_star(0.55, 0.5), 1.22, 0.005);
  EXPECT_NEAR(*r_star(0.90, 0.85), 1.59, 0.005);
  EXPECT_NEAR(*r_star(0.90, 0.5), 9, 1e-12);
  EXPECT_NEAR(*r_star(0.904, 0.85), 1.66, 0.005);
  EXPECT_NEAR(*r_star(0.857, 0.85), 1.06, 0.005);
  EXPECT_NEAR(*r_star(0.52, 0.5), 1.08, 0.005);
}

TEST(RStar, IsTheRatioOfResponseRatesThatMovesTheShareToTheThreshold) {
  const double p = 0.55, r = *r_star(p, 0.5);
  EXPECT_NEAR(p / r / (p / r + (1 - p)), 0.5, 1e-12);
}

TEST(RStar, OfTheOtherSideMirrors) { EXPECT_NEAR(*r_star_high(0.3, 0.4), *r_star(0.7, 0.6), 1e-12); }

TEST(RStar, IsNoneWhereNothingCanFail) {
  EXPECT_FALSE(r_star(0.3, 0));
  EXPECT_FALSE(r_star(1, 0.5));
  EXPECT_FALSE(r_star_high(0.3, 1));
}

TEST(ManskiBounds, AtFifteenPercentResponse) {
  EXPECT_NEAR(manski_bounds(0.90, 0.15).low, 0.135, 1e-12);
  EXPECT_NEAR(manski_bounds(0.90, 0.15).high, 0.985, 1e-12);
  EXPECT_NEAR(manski_bounds(0.08, 0.15).high, 0.862, 1e-12);
}

TEST(TippingShare, OfTheReportingGuide) {
  EXPECT_NEAR(tipping_share(0.55, 0.5, 0.15), 0.491, 5e-4);
  EXPECT_NEAR(tipping_share(0.90, 0.85, 0.15), 0.841, 5e-4);
}

}  // namespace enkat::robustness_test
