#include "enkat/estimate/reliability.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/cpp/estimate/fixed_estimates.hpp"

namespace enkat::reliability_test {

using Codes = std::vector<std::string>;

/// A share with `deff` times the variance of a simple random sample.
Estimate share(double p, std::int64_t n, double deff = 1, double df = 0) {
  Estimate row = testing::row_of({}, "works", p, std::sqrt(deff * p * (1 - p) / static_cast<double>(n)),
                                 df > 0 ? df : static_cast<double>(n - 1), n);
  row.answer = "well";
  return row;
}

Reliability of(const Estimate& row) {
  Estimates estimates;
  estimates.shares = row.answer.has_value();
  estimates.rows = {row};
  return reliability(estimates)[0];
}

TEST(Reliability, GivesTheFirstRuleThatIsBroken) {
  EXPECT_EQ(of(share(0.5, 29)).codes, Codes{"reliability.base"});
  EXPECT_EQ(of(share(0.5, 100, 4)).codes, Codes{"reliability.effective_size"});
  EXPECT_EQ(of(share(0.5, 40)).codes, Codes{"reliability.width"});
  EXPECT_EQ(of(share(0.08, 100)).codes, Codes{"reliability.relative_width"});
  for (const Estimate& row : {share(0.5, 29), share(0.5, 100, 4), share(0.5, 40), share(0.08, 100)})
    EXPECT_FALSE(of(row).reliable);
}

TEST(Reliability, MinimumBasesOfTheNchsStandard) {
  EXPECT_FALSE(of(share(0.5, 46)).reliable);
  EXPECT_TRUE(of(share(0.5, 48)).reliable);
  EXPECT_EQ(of(share(0.5, 48)).codes, Codes{});
}

TEST(Reliability, FlagsWhatIsPresentedButToBeLookedAt) {
  EXPECT_EQ(of(share(0.95, 60)).codes, Codes{"reliability.complement"});
  EXPECT_EQ(of(share(0.5, 400, 1, 7)).codes, Codes{"reliability.few_df"});
  EXPECT_EQ(of(share(0, 100)).codes, Codes{"reliability.at_bound"});
  EXPECT_TRUE(of(share(0, 100)).reliable);
}

TEST(Reliability, ShowsTheIntervalItRestsOn) {
  const Reliability at_zero = of(share(0, 100));
  EXPECT_NEAR(*at_zero.ci_high, 1 - std::pow(0.025, 1.0 / 100), 1e-12);  // Clopper & Pearson (1934)
  EXPECT_EQ(at_zero.width, at_zero.ci_high);
  EXPECT_FALSE(at_zero.relative_width);
  const Reliability half = of(share(0.5, 100));
  EXPECT_NEAR(*half.effective_n, 100, 1e-9);
  EXPECT_NEAR(*half.relative_width, *half.width / 0.5, 1e-12);
}

TEST(Reliability, AShareWithoutAVarianceIsNotReliableAndSaysWhy) {
  Estimate row = share(0.5, 50);
  row.se.reset();
  row.df = 0;
  row.notes.add("missing", 2);
  row.notes.add({"estimate.no_df"});
  EXPECT_FALSE(of(row).reliable);
  EXPECT_EQ(of(row).codes, Codes{"estimate.no_df"});
  EXPECT_FALSE(of(row).ci_low);
}

TEST(Reliability, IsForProportionsOnly) {
  try {
    of(testing::row_of({}, "hours", 38, 1, 9, 100));
    FAIL();
  } catch (const EstimateError& error) {
    EXPECT_EQ(error.code, "estimate.reliability_proportions");
  }
}

}  // namespace enkat::reliability_test
