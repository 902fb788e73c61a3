#include "enkat/estimate/estimates_bytes.hpp"

#include <gtest/gtest.h>

#include "enkat/estimate/estimate.hpp"
#include "tests/cpp/mutated.hpp"
#include "tests/cpp/nobody.hpp"

namespace enkat::estimates_bytes_test {

Estimates shares() {
  const Survey survey(Table::from_columns({{"q", std::vector<std::string>{"a", "b", "a", "", "c"}},
                                           {"g", std::vector<std::string>{"x", "x", "y", "y", "y"}}}),
                      Codebook(), Design());
  EstimateRequest request;
  request.estimator = "proportion";
  request.variables = {"q"};
  request.by = {"g"};
  return estimate(survey, request, testing::nobody);
}

TEST(EstimatesBytes, GiveTheSameEstimatesAgain) {
  const Estimates before = shares(), after = estimates_from(bytes_of(before, testing::nobody));
  ASSERT_EQ(after.rows.size(), before.rows.size());
  for (std::size_t r = 0; r < before.rows.size(); ++r) {
    EXPECT_EQ(after.rows[r].by, before.rows[r].by);
    EXPECT_EQ(after.rows[r].answer, before.rows[r].answer);
    EXPECT_EQ(after.rows[r].estimate, before.rows[r].estimate);
    EXPECT_EQ(after.rows[r].se, before.rows[r].se);
    EXPECT_EQ(after.rows[r].ci_high, before.rows[r].ci_high);
    EXPECT_EQ(after.rows[r].count, before.rows[r].count);
    EXPECT_EQ(after.rows[r].notes, before.rows[r].notes);
    EXPECT_EQ(after.rows[r].key, before.rows[r].key);
  }
  EXPECT_EQ(after.by, before.by);
  EXPECT_EQ(after.of_sums, before.of_sums);
  EXPECT_EQ(after.shares, before.shares);
  EXPECT_EQ(after.form_of_row, before.form_of_row);
  EXPECT_EQ(after.joint->covariance(testing::nobody), before.joint->covariance(testing::nobody));
}

TEST(EstimatesBytes, ThatAreDamagedEndInACodedError) {
  const std::string bytes = bytes_of(shares(), testing::nobody);
  testing::Mutations mutated(11);
  for (int i = 0; i < testing::mutations; ++i) {
    try {
      estimates_from(mutated.of(bytes));
    } catch (const Error&) {
    } catch (const std::exception& error) {
      FAIL() << error.what() << " in " << i;
    }
  }
}

}  // namespace enkat::estimates_bytes_test
