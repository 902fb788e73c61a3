#include "enkat/estimate/standardize.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/cpp/estimate/fixed_estimates.hpp"
#include "tests/cpp/nobody.hpp"

namespace enkat::standardize_test {

using testing::row_of;

/// Means by (region, age), independent of each other.
Estimates by_region_and_age() {
  return testing::table_of(
      {"region", "age"},
      {row_of({"north", "young"}, "y", 10, 1, 20, 50), row_of({"north", "old"}, "y", 20, 2, 15, 40),
       row_of({"south", "young"}, "y", 30, 3, 12, 30), row_of({"south", "old"}, "y", 50, 4, 9, 20)},
      Eigen::Vector4d(1, 4, 9, 16).asDiagonal());
}

/// Means by region, with the degrees of freedom of all ages together.
Estimates by_region() {
  return testing::table_of({"region"}, {row_of({"north"}, "y", 14, 1, 31, 90), row_of({"south"}, "y", 40, 3, 24, 50)},
                           Eigen::Vector2d(1, 9).asDiagonal());
}

const StandardPopulation three_to_one{{"age"}, {{{"old"}, 1}, {{"young"}, 3}}};

std::string code_of(const Estimates& estimates, const StandardPopulation& standard) {
  try {
    standardize(estimates, by_region(), standard, testing::nobody);
  } catch (const EstimateError& error) {
    return error.code;
  }
  return "";
}

TEST(Standardize, WeightsEveryGroupToTheSamePopulation) {
  const Estimates result = standardize(by_region_and_age(), by_region(), three_to_one, testing::nobody);
  ASSERT_EQ(result.rows.size(), 2U);
  EXPECT_EQ(result.by, std::vector<std::string>{"region"});
  EXPECT_EQ(result.rows[0].by, std::vector<std::string>{"north"});
  EXPECT_EQ(result.rows[0].variable, "y");
  EXPECT_DOUBLE_EQ(*result.rows[0].estimate, 0.75 * 10 + 0.25 * 20);
  EXPECT_DOUBLE_EQ(*result.rows[1].estimate, 0.75 * 30 + 0.25 * 50);
  EXPECT_DOUBLE_EQ(*result.rows[0].se, std::hypot(0.75 * 1, 0.25 * 2));
  EXPECT_EQ(result.rows[1].df, 24);
  EXPECT_EQ(result.rows[1].n, 50);
  EXPECT_NEAR(result.covariance(testing::nobody)(0, 1), 0, 1e-15);
}

TEST(Standardize, AGroupOfOnePsuHasNoErrorOfItsOwnButTheSumHas) {
  Estimates parts = by_region_and_age();
  parts.rows[0].se.reset();
  parts.rows[0].df = 0;
  const Estimate north = standardize(parts, by_region(), three_to_one, testing::nobody).rows[0];
  EXPECT_DOUBLE_EQ(*north.se, std::hypot(0.75 * 1, 0.25 * 2));
  EXPECT_EQ(north.df, 31);
}

TEST(Standardize, ToAllColumnsLeavesOneRow) {
  const StandardPopulation standard{
      {"age", "region"},
      {{{"young", "north"}, 1}, {{"old", "north"}, 1}, {{"young", "south"}, 1}, {{"old", "south"}, 1}}};
  const Estimates result = standardize(by_region_and_age(), by_region(), standard, testing::nobody);
  ASSERT_EQ(result.rows.size(), 1U);
  EXPECT_TRUE(result.by.empty());
  EXPECT_DOUBLE_EQ(*result.rows[0].estimate, 27.5);
}

TEST(Standardize, KeepsAnswersApart) {
  Estimates shares = by_region_and_age();
  shares.rows[0].answer = shares.rows[1].answer = "yes";
  shares.rows[2].by = {"north", "young"};
  shares.rows[3].by = {"north", "old"};
  shares.rows[2].answer = shares.rows[3].answer = "no";
  const Estimates result = standardize(shares, by_region(), three_to_one, testing::nobody);
  ASSERT_EQ(result.rows.size(), 2U);
  EXPECT_EQ(result.rows[0].answer, "yes");
  EXPECT_EQ(result.rows[1].answer, "no");
}

TEST(Standardize, AGroupWithoutAnEstimateHasNoFiguresBesideOthersThatHave) {
  Estimates estimates = by_region_and_age();
  const Estimate north = standardize(estimates, by_region(), three_to_one, testing::nobody).rows[0];
  estimates.rows[2].estimate.reset();
  const Estimates result = standardize(estimates, by_region(), three_to_one, testing::nobody);
  ASSERT_EQ(result.rows.size(), 2U);
  EXPECT_EQ(result.rows[0].estimate, north.estimate);
  EXPECT_EQ(result.rows[0].se, north.se);
  EXPECT_EQ(result.rows[1].by, std::vector<std::string>{"south"});
  EXPECT_FALSE(result.rows[1].estimate || result.rows[1].se);
  EXPECT_EQ(result.rows[1].notes.text(), "standardize.empty_level");
  EXPECT_TRUE(std::isnan(result.covariance(testing::nobody)(1, 1)));
}

TEST(Standardize, RefusesWhenNoGroupHasAnEstimateOfEveryLevel) {
  Estimates estimates = by_region_and_age();
  estimates.rows[0].estimate.reset();
  estimates.rows[2].estimate.reset();
  EXPECT_EQ(code_of(estimates, three_to_one), "standardize.empty_level");
}

TEST(Standardize, AGroupOfSizeZeroIsLeftOut) {
  const StandardPopulation young{{"age"}, {{{"old"}, 0}, {{"young"}, 3}}};
  EXPECT_DOUBLE_EQ(*standardize(by_region_and_age(), by_region(), young, testing::nobody).rows[0].estimate, 10);
}

TEST(Standardize, RefusesAStandardThatIsNoPopulationOfTheGroups) {
  EXPECT_EQ(code_of(by_region_and_age(), {{"age"}, {{{"young"}, 3}}}), "standardize.unknown_level");
  EXPECT_EQ(code_of(by_region_and_age(), {{"age"}, {{{"young"}, 3}, {{"young"}, 1}}}), "standardize.population");
  EXPECT_EQ(code_of(by_region_and_age(), {{"age"}, {{{"young"}, -3}, {{"old"}, 4}}}), "standardize.population");
  EXPECT_EQ(code_of(by_region_and_age(), {{"age"}, {{{"young"}, 0}, {{"old"}, 0}}}), "standardize.population");
  EXPECT_EQ(code_of(by_region_and_age(), {{"aeg"}, {{{"young"}, 1}}}), "standardize.column");
}

}  // namespace enkat::standardize_test
