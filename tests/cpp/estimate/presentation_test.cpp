#include "enkat/estimate/presentation.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace enkat::presentation_test {

Presentation of_simple_sample(double p, double n) { return presentation(p, p * (1 - p) / n, n, n - 1); }

// The least base at which the nearest possible share to `p` is presented.
double minimum_base(double p) {
  for (double n = 30; n < 1000; ++n)
    if (of_simple_sample(std::nearbyint(p * n) / n, n).reliable) return n;
  return 0;
}

TEST(Presentation, MinimumBasesOfTheNchsStandard) {
  EXPECT_EQ(minimum_base(0.08), 119);
  EXPECT_EQ(minimum_base(0.05), 211);
  EXPECT_EQ(minimum_base(0.10), 95);
  EXPECT_EQ(minimum_base(0.23), 37);
  EXPECT_EQ(minimum_base(0.40), 45);
  EXPECT_EQ(minimum_base(0.50), 47);
  EXPECT_EQ(minimum_base(0.75), 37);
  EXPECT_EQ(minimum_base(0.90), 30);
}

TEST(Presentation, ABaseUnderThirtyIsNeverEnough) { EXPECT_FALSE(of_simple_sample(0.5, 29).reliable); }

TEST(Presentation, AnEffectiveSizeUnderThirtyIsNotEnough) {
  EXPECT_FALSE(presentation(0.5, 4 * 0.25 / 100, 100, 99).reliable);
}

TEST(Presentation, TheComplementOfAShareNearOneIsFlagged) {
  const Presentation nearly_all = of_simple_sample(0.95, 60);
  EXPECT_TRUE(nearly_all.reliable);
  EXPECT_TRUE(nearly_all.complement_unreliable);
}

TEST(Presentation, FewDegreesOfFreedomAndBoundsAreForReview) {
  EXPECT_TRUE(presentation(0.5, 0.001, 200, 7).few_df);
  EXPECT_TRUE(of_simple_sample(0, 100).at_bound);
  EXPECT_TRUE(of_simple_sample(0, 100).reliable);
}

}  // namespace enkat::presentation_test
