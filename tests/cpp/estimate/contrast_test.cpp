#include "enkat/estimate/contrast.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "enkat/basics/distribution.hpp"
#include "enkat/basics/json.hpp"
#include "tests/cpp/estimate/fixed_estimates.hpp"
#include "tests/cpp/nobody.hpp"

namespace enkat::contrast_test {

using testing::row_of;

Json difference(int a, int b) { return {{"op", "-"}, {"args", {{{"row", a}}, {{"row", b}}}}}; }

Json log_ratio(int a, int b) {
  return {{"call", "log"}, {"args", {{{"op", "/"}, {"args", {{{"row", a}}, {{"row", b}}}}}}}};
}

/// Three rows; the last has no estimate.
Estimates three_rows() {
  Estimate empty = row_of({"c"}, "y", std::nullopt, std::nullopt, 0, 0);
  empty.notes.add("missing", 3);
  empty.notes.add({"estimate.empty_domain"});
  return testing::table_of({"g"}, {row_of({"a"}, "y", 6, 2, 12, 40), row_of({"b"}, "y", 2, 1, 9, 30), empty},
                           Eigen::Matrix2d{{4, 0.5}, {0.5, 1}});
}

TEST(Contrast, ADifferenceHasTheVarianceOfADifference) {
  const Estimates result = contrast(three_rows(), {{"a - b", difference(0, 1)}}, testing::nobody);
  ASSERT_EQ(result.rows.size(), 1U);
  const Estimate& row = result.rows[0];
  EXPECT_EQ(row.variable, "a - b");
  EXPECT_DOUBLE_EQ(*row.estimate, 4);
  EXPECT_DOUBLE_EQ(*row.se, 2);  // √(4 + 1 − 2·0.5)
  EXPECT_EQ(row.df, 9);
  EXPECT_EQ(row.n, 30);
  EXPECT_NEAR(*row.ci_high, 4 + 2 * student_t_quantile(0.975, 9), 1e-12);
  EXPECT_NEAR(*row.ci_low, 4 - 2 * student_t_quantile(0.975, 9), 1e-12);
  EXPECT_EQ(row.notes.text(), "");
}

TEST(Contrast, ALogRatioHasTheVarianceOfTheDeltaMethod) {
  const Estimates result = contrast(three_rows(), {{"log(a / b)", log_ratio(0, 1)}}, testing::nobody);
  EXPECT_DOUBLE_EQ(*result.rows[0].estimate, std::log(3));
  EXPECT_DOUBLE_EQ(*result.rows[0].se, std::sqrt(4.0 / 36 + 1.0 / 4 - 2 * 0.5 / 12));
}

TEST(Contrast, ResultsHaveAJointCovariance) {
  const Estimates result = contrast(
      three_rows(), {{"d", difference(0, 1)}, {"none", difference(0, 2)}, {"a", {{"row", 0}}}}, testing::nobody);
  const Eigen::MatrixXd covariance = result.covariance(testing::nobody);
  EXPECT_DOUBLE_EQ(covariance(0, 2), 4 - 0.5);
  EXPECT_DOUBLE_EQ(covariance(2, 2), 4);
  EXPECT_TRUE(std::isnan(covariance(0, 1)));
  // A contrast of contrasts is the contrast: d + (a − d) … here a − d = b.
  const Estimates again = contrast(result, {{"b", difference(2, 0)}}, testing::nobody);
  EXPECT_DOUBLE_EQ(*again.rows[0].estimate, 2);
  EXPECT_DOUBLE_EQ(*again.rows[0].se, 1);
}

TEST(Contrast, OfARowWithoutFiguresHasNoneAndSaysWhy) {
  const Estimate row = contrast(three_rows(), {{"a - c", difference(0, 2)}}, testing::nobody).rows[0];
  EXPECT_FALSE(row.estimate);
  EXPECT_FALSE(row.se);
  EXPECT_FALSE(row.df);
  EXPECT_EQ(row.notes.text(), "estimate.empty_domain");
}

TEST(Contrast, OfARowWithoutAVarianceKeepsItsEstimate) {
  Estimates estimates = three_rows();
  estimates.rows[1].se.reset();
  estimates.rows[1].df = 0;
  estimates.rows[1].notes.add({"estimate.no_df"});
  const Estimate row = contrast(estimates, {{"a - b", difference(0, 1)}}, testing::nobody).rows[0];
  EXPECT_DOUBLE_EQ(*row.estimate, 4);
  EXPECT_FALSE(row.se || row.ci_low || row.ci_high);
  EXPECT_EQ(row.df, 0);
  EXPECT_EQ(row.notes.text(), "estimate.no_df");
}

TEST(Contrast, SaysWhenAShareIsAtItsBound) {
  Estimates estimates = three_rows();
  estimates.rows[1].notes = {};
  estimates.rows[1].notes.add({beta_at_bound});
  EXPECT_EQ(contrast(estimates, {{"a - b", difference(0, 1)}}, testing::nobody).rows[0].notes.text(),
            "contrast.share_at_bound");
}

TEST(Contrast, RefusesARowThatDoesNotExist) {
  try {
    contrast(three_rows(), {{"a - ?", difference(0, 3)}}, testing::nobody);
    FAIL();
  } catch (const EstimateError& error) {
    EXPECT_EQ(error.code, "estimate.contrast_row");
  }
}

}  // namespace enkat::contrast_test
