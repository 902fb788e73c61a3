#include "enkat/design/weighting.hpp"

#include <gtest/gtest.h>

#include "enkat/design/calibrate.hpp"

namespace enkat::weighting_test {

using Numbers = std::vector<double>;
using Names = std::vector<std::string>;

NoMonitor nobody;

Survey survey() {
  Design design;
  design.weight = "w";
  return Survey(Table::from_columns({{"sex", Names{"k", "k", "k", "m", "m", "m"}},
                                     {"age", Numbers{20, 30, 40, 50, 60, 70}},
                                     {"w", Numbers{1, 1, 2, 2, 4, 0}}}),
                Codebook(), design);
}

TEST(Weighting, KishsEffectIsThatOfTheRowsWithWeight) {
  const Weighting w = weighting(survey(), nobody);
  EXPECT_EQ(w.after.rows, 5U);
  EXPECT_EQ(w.after.sum, 10);
  EXPECT_EQ(w.after.min, 1);
  EXPECT_EQ(w.after.max, 4);
  EXPECT_DOUBLE_EQ(w.after.kish_deff, 5 * 26 / 100.0);  // n Σw² / (Σw)²
  EXPECT_DOUBLE_EQ(w.after.effective_n, 100 / 26.0);
  EXPECT_NEAR(w.after.cv * w.after.cv, 0.3, 1e-15);
  EXPECT_FALSE(w.before);
}

TEST(Weighting, BothAreShownOnceCalibrated) {
  const Survey even = poststratify(survey(), Json::parse(R"({"sex": {"k": 5, "m": 5}})"), nobody);
  const Weighting w = weighting(even, nobody);
  ASSERT_TRUE(w.before);
  EXPECT_EQ(w.before->sum, 10);
  EXPECT_EQ(*w.method, "poststratify");
  EXPECT_DOUBLE_EQ(w.after.max, 4 * 5 / 6.0);
  EXPECT_EQ(w.misfit, std::vector<double>{0});
}

TEST(Weighting, OfADomainIsThatOfItsRows) {
  const Weighting w = weighting(survey().where({{"sex", {"k"}}}), nobody);
  EXPECT_EQ(w.after.rows, 3U);
  EXPECT_EQ(w.after.sum, 4);
}

TEST(Balance, DistancesAreInStandardDeviationsFromTheTarget) {
  const Survey even = poststratify(survey(), Json::parse(R"({"sex": {"k": 5, "m": 5}})"), nobody);
  const std::vector<Balance> rows = balance(even, {{"sex"}, {"age"}}, nobody);
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0].column, "sex:k");
  EXPECT_DOUBLE_EQ(rows[0].before, 0.4);
  EXPECT_DOUBLE_EQ(rows[0].after, 0.5);
  EXPECT_DOUBLE_EQ(*rows[0].target, 0.5);
  EXPECT_NEAR(*rows[0].smd_before, -0.1 / std::sqrt(0.24), 1e-14);
  EXPECT_NEAR(*rows[0].smd_after, 0, 1e-15);
  // Age was not calibrated: 47 before (variance 181), from which the distance is measured.
  EXPECT_FALSE(rows[2].target);
  EXPECT_DOUBLE_EQ(rows[2].before, 47);
  EXPECT_NEAR(*rows[2].smd_before, 0, 1e-15);
  EXPECT_NEAR(*rows[2].smd_after, (rows[2].after - 47) / std::sqrt(181.0), 1e-14);
  EXPECT_NEAR(rows[2].after, 0.5 * 32.5 + 0.5 * (2 * 50 + 4 * 60) / 6.0, 1e-13);
}

}  // namespace enkat::weighting_test
