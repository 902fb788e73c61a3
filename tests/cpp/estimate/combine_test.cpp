#include "enkat/estimate/combine.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/cpp/nobody.hpp"

namespace enkat::combine_test {

/// A table of one variable and as many rows as there are values, each with this variance and no covariance.
Estimates table(const std::string& variable, const std::vector<double>& values, double variance) {
  Estimates estimates;
  const auto size = static_cast<Eigen::Index>(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    Estimate& row = estimates.rows.emplace_back();
    row.by = {std::string(1, static_cast<char>('a' + i))};
    row.variable = variable;
    row.estimate = values[i];
    row.se = std::sqrt(variance);
    row.df = 20;
    row.n = 30 - static_cast<std::int64_t>(i);
    estimates.form_of_row.push_back(static_cast<std::ptrdiff_t>(i));
  }
  estimates.by = {"group"};
  estimates.joint = std::make_shared<const FixedCovariance>(variance * Eigen::MatrixXd::Identity(size, size));
  return estimates;
}

std::string refused(const Imputations& imputations) {
  try {
    combine(imputations, testing::nobody);
  } catch (const UsageError& error) {
    return error.code;
  }
  return "";
}

// W = 4, B = 2, T = 4 + 1.5·2; λ = 3/7; ν = 1 / (1 / (21/23 · 20 · 4/7) + λ²).
TEST(Combine, AddsTheVarianceBetweenImputations) {
  const Estimates result = combine({.estimates = {table("y", {10}, 4), table("y", {12}, 4)}}, testing::nobody);
  const Estimate& row = result.rows.at(0);
  EXPECT_EQ(row.estimate, 11);
  EXPECT_NEAR(*row.se, std::sqrt(7.0), 1e-14);
  const double df = 1 / (1 / (21.0 / 23 * 20 * 4 / 7) + 9.0 / 49);
  EXPECT_NEAR(*row.df, df, 1e-13);
  const double missing = (0.75 + 2 / (df + 3)) / 1.75;
  EXPECT_NEAR(std::get<double>(result.notes.back().context["missing_information"].held()), missing, 1e-14);
  EXPECT_EQ(row.n, 30);
}

TEST(Combine, ImputationsThatMoveTogetherCovary) {
  const Estimates result = combine({.estimates = {table("y", {10, 20}, 4), table("y", {12, 24}, 4)}}, testing::nobody);
  const Eigen::MatrixXd covariance = result.covariance(testing::nobody);
  EXPECT_NEAR(covariance(0, 1), 1.5 * 4, 1e-14);
  EXPECT_NEAR(covariance(1, 1), 4 + 1.5 * 8, 1e-14);
}

TEST(Combine, VariablesOfDifferentNamesAreNamedByFirstAndLast) {
  EXPECT_EQ(combine({.estimates = {table("p1", {10}, 4), table("p2", {12}, 4)}}, testing::nobody).rows[0].variable,
            "p1…p2");
  EXPECT_EQ(combine({.estimates = {table("p1", {10}, 4), table("p2", {12}, 4)}, .variables = {"p"}}, testing::nobody)
                .rows[0]
                .variable,
            "p");
}

TEST(Combine, RefusesRowsThatAreNotTheSame) {
  EXPECT_EQ(refused({.estimates = {table("y", {10}, 4)}}), "combine.too_few");
  EXPECT_EQ(refused({.estimates = {table("y", {10}, 4), table("y", {10, 11}, 4)}}), "combine.rows");
  EXPECT_EQ(refused({.estimates = {table("y", {10, 11}, 4), table("y", {10}, 4)}}), "combine.rows");
  Estimates ranked = table("y", {10}, 4);
  ranked.ranked = true;
  EXPECT_EQ(refused({.estimates = {ranked, ranked}}), "combine.ranking");
}

TEST(CombineColumns, NeedsAsManyColumnsForEachVariable) {
  const auto code = [](const std::vector<ImputedVariable>& variables) {
    try {
      combine_columns(table("p1", {10}, 4), variables, IntervalMethod::logit, testing::nobody);
    } catch (const UsageError& error) {
      return error.code;
    }
    return std::string();
  };
  EXPECT_EQ(code({{"p", {"p1"}}}), "combine.columns");
  EXPECT_EQ(code({{"p", {"p1", "p2"}}, {"q", {"q1", "q2", "q3"}}}), "combine.columns");
  EXPECT_EQ(code({{"p", {"p1", "p1"}}}), "combine.columns");
}

}  // namespace enkat::combine_test
