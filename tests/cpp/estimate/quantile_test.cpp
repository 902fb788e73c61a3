#include "enkat/estimate/quantile.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "enkat/basics/json.hpp"
#include "enkat/design/calibrate.hpp"
#include "enkat/design/replicate.hpp"
#include "tests/cpp/nobody.hpp"

namespace enkat::quantile_test {

using Numbers = std::vector<double>;
using Names = std::vector<std::string>;

NoMonitor nobody;

Survey survey() {
  Numbers y, w, c;
  Names g, h;
  for (int i = 0; i < 240; ++i) {
    y.push_back((i * 37 % 101) + (i % 7) * 0.5);
    w.push_back(1 + i % 5);
    c.push_back(i / 10);
    h.push_back(i < 120 ? "a" : "b");
    g.push_back(i % 3 == 0 ? "x" : "z");
  }
  Design design;
  design.weight = "w";
  design.strata = {"h"};
  design.cluster = {"c"};
  return Survey(Table::from_columns({{"y", y}, {"w", w}, {"c", c}, {"h", h}, {"g", g}}), Codebook(), design);
}

Estimates quartiles(const Survey& of, std::vector<std::string> by = {},
                    QuantileInterval interval = QuantileInterval::mean) {
  return quantiles(
      of, {.variables = {"y"}, .probabilities = {0.25, 0.5, 0.75}, .by = std::move(by), .interval = interval}, nobody);
}

TEST(Quantile, RowsAreGroupsThenProbabilities) {
  const Estimates rows = quartiles(survey(), {"g"});
  ASSERT_EQ(rows.rows.size(), 6U);
  EXPECT_EQ(rows.rows[1].by, Names{"x"});
  EXPECT_EQ(rows.rows[1].answer, "0.5");
  EXPECT_EQ(rows.rows[3].by, Names{"z"});
  for (std::size_t i = 1; i < 3; ++i) EXPECT_LE(*rows.rows[i - 1].estimate, *rows.rows[i].estimate);
}

TEST(Quantile, OfADomainIsThatOfTheGroup) {
  const Estimates groups = quartiles(survey(), {"g"}), domain = quartiles(survey().where({{"g", {"z"}}}));
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(groups.rows[3 + i].estimate, domain.rows[i].estimate);
    EXPECT_EQ(groups.rows[3 + i].ci_low, domain.rows[i].ci_low);
    EXPECT_EQ(groups.rows[3 + i].se, domain.rows[i].se);
  }
}

TEST(Quantile, CovarianceHasTheSquaredStandardErrorsOnItsDiagonal) {
  const Estimates rows = quartiles(survey(), {"g"});
  const Eigen::MatrixXd covariance = rows.covariance(testing::nobody);
  for (Eigen::Index i = 0; i < 6; ++i)
    EXPECT_NEAR(std::sqrt(covariance(i, i)), *rows.rows[static_cast<std::size_t>(i)].se, 1e-10);
}

TEST(Quantile, EveryKindOfDesignHasIt) {
  const Survey raked = rake(survey(), Json::parse(R"({"g": {"x": 250, "z": 480}})"), nobody);
  const Survey jackknife = replicate(survey(), {.method = "JKn"}, nobody);
  const double plain = *quartiles(survey()).rows[1].se;
  EXPECT_NEAR(*quartiles(raked).rows[1].se / plain, 1, 0.5);
  // A jackknife of medians themselves would be inconsistent; that of the share below the median is not.
  EXPECT_NEAR(*quartiles(jackknife).rows[1].se / plain, 1, 0.05);
}

TEST(Quantile, TheScoreIntervalHoldsTheQuantile) {
  for (const Estimate& row : quartiles(survey(), {"g"}, QuantileInterval::score).rows) {
    EXPECT_LE(*row.ci_low, *row.estimate);
    EXPECT_GE(*row.ci_high, *row.estimate);
  }
}

TEST(Quantile, OfSeveralVariablesIsEachOnItsOwn) {
  const Estimates both = quantiles(survey(), {.variables = {"y", "w"}, .probabilities = {0.5}}, nobody);
  ASSERT_EQ(both.rows.size(), 2U);
  EXPECT_EQ(both.rows[0].estimate, quartiles(survey()).rows[1].estimate);
  EXPECT_EQ(both.rows[1].variable, "w");
  EXPECT_TRUE(std::isnan(both.covariance(testing::nobody)(0, 1)));
}

TEST(Quantile, SharesOutsideNoughtToOneAreRefused) {
  try {
    quantiles(survey(), {.variables = {"y"}, .probabilities = {50}}, nobody);
    FAIL();
  } catch (const UsageError& error) {
    EXPECT_EQ(error.code, "usage.probabilities");
  }
}

}  // namespace enkat::quantile_test
