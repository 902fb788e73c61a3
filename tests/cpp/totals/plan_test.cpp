#include "enkat/totals/plan.hpp"

#include <gtest/gtest.h>

#include <set>

#include "enkat/basics/json.hpp"
#include "enkat/design/calibrate.hpp"
#include "enkat/design/replicate.hpp"
#include "tests/cpp/totals/six_rows.hpp"

namespace enkat::plan_test {

using namespace testing;
using Numbers = std::vector<double>;

TEST(Plan, TermsCountersAndProductsOfAllEstimatorsLieOneAfterAnother) {
  const Survey survey = rows_drawn();
  const auto plan = mean_and_covariance(survey);
  ASSERT_EQ(plan->variables.size(), 2U);
  const PlannedVariable &mean = plan->variables[0], &covariance = plan->variables[1];
  EXPECT_EQ(mean.terms(), 2U);
  EXPECT_EQ(covariance.first_term, mean.terms());
  EXPECT_EQ(covariance.observed, 3U);
  EXPECT_EQ(plan->terms(), covariance.first_term + covariance.terms());
  EXPECT_EQ(mean.first_counter, 1U);  // after the rows
  EXPECT_EQ(covariance.first_counter, mean.first_counter + mean.counters());
  EXPECT_EQ(plan->shape.counters, covariance.first_counter + covariance.counters());
  EXPECT_EQ(plan->shape.totals.size(), plan->terms());
  EXPECT_EQ(plan->shape.cells, 2U);
}

TEST(Plan, EveryPairOfTermsHasAPlaceOfItsOwn) {
  const auto plan = mean_and_covariance(rows_drawn());
  std::set<std::ptrdiff_t> seen;
  for (std::size_t j = 0; j < plan->terms(); ++j)
    for (std::size_t k = j; k < plan->terms(); ++k) seen.insert(plan->pair(j, k));
  EXPECT_EQ(seen.size(), plan->terms() * (plan->terms() + 1) / 2);
  EXPECT_EQ(*seen.begin(), 0);
  EXPECT_EQ(plan->pairs(), seen.size());
}

TEST(Plan, AnswersThatExcludeEachOtherHaveOneProductEach) {
  const auto plan = share_and_mean(rows_drawn());
  const PlannedVariable& share = plan->variables[0];
  ASSERT_TRUE(share.disjoint);
  ASSERT_EQ(share.terms(), 3U);
  EXPECT_EQ(plan->pair(0, 1), plan->pair(1, 1));
  EXPECT_EQ(plan->pair(2, 0), plan->pair(2, 2));
  EXPECT_EQ(plan->pair(1, 2), -1);
  std::set<std::ptrdiff_t> seen;
  for (std::size_t j = 0; j < 5; ++j)
    for (std::size_t k = j; k < 5; ++k)
      if (plan->pair(j, k) >= 0) seen.insert(plan->pair(j, k));
  EXPECT_EQ(seen.size(), 3U + 2 * 3 + 3);  // the share's, those of share and mean, the mean's
  EXPECT_EQ(plan->pairs(), seen.size());
}

TEST(Plan, ProductsOfAllTermsAreKeptOnlyWhereRowsWereDrawnAndVariancesComeFromThem) {
  const Json margins = Json::parse(R"({"g": {"k": 5, "m": 7}})");
  EXPECT_TRUE(mean_and_covariance(rows_drawn())->with_scatter);
  EXPECT_FALSE(mean_and_covariance(clusters_drawn())->with_scatter);
  EXPECT_FALSE(mean_and_covariance(rake(rows_drawn(), margins, nobody))->with_scatter);
  const auto replicates = mean_and_covariance(replicate(clusters_drawn(), {.method = "JKn"}, nobody));
  EXPECT_FALSE(replicates->with_scatter);
  EXPECT_EQ(replicates->shape.units, 3U);  // whole clusters are repeated
  EXPECT_EQ(mean_and_covariance(clusters_drawn())->shape.units, 3U);
}

TEST(Plan, NumbersAreCentredAboutTheMeanOfTheirColumn) {
  const auto plan = mean_and_covariance(rows_drawn());
  EXPECT_NEAR(plan->centre(0, 1), 23 / 6.0, 1e-15);
  EXPECT_EQ(plan->centre(1, 1), plan->centre(0, 1));
  EXPECT_EQ(plan->centre(0, 0), 0);
}

TEST(Plan, MoreCellsThanMemoryAllowsAreRefusedBeforeAnyPass) {
  constexpr std::size_t rows = 6000;
  Numbers y(rows), pair(rows);
  for (std::size_t i = 0; i < rows; ++i) {
    y[i] = static_cast<double>(i);
    pair[i] = static_cast<double>(i / 2);
  }
  Design design;
  design.cluster = {"c"};
  const Survey survey(Table::from_columns({{"y", y}, {"c", pair}, {"g", y}}), Codebook(), design);
  try {
    make_plan(survey, {"g"}, of_y<Mean>());
    FAIL() << "3,000 units times 6,000 cells must be refused";
  } catch (const EstimateError& error) {
    EXPECT_EQ(error.code, "estimate.too_many_cells");
    EXPECT_EQ(error.context["units"], 3000);
    EXPECT_EQ(error.context["cells"], 6000);
  }
}

}  // namespace enkat::plan_test
