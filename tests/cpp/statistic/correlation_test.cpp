#include "enkat/statistic/correlation.hpp"

#include "tests/cpp/cases.hpp"
#include "tests/cpp/statistic/cell_totals.hpp"

namespace enkat::correlation_test {

/// The correlation of two columns as written.
Solution of(const std::vector<double>& x, const std::vector<double>& y) {
  const Survey survey(Table::from_columns({{"x", x}, {"y", y}}), Codebook(), Design());
  const Correlation correlation{{survey.numbers("x"), survey.numbers("y")}};
  return correlation.solve(testing::row_terms(survey, correlation, 1).totals);
}

TEST(Correlation, AgreesWithTheDeltaMethodOnRsSvyvar) {
  Design design;
  design.weight = "w";
  const Survey survey(testing::read_data("members"), Codebook(), design);
  struct Expected {
    std::string x, y;
    double value, se;
  };
  for (const Expected& expected : {Expected{"age", "hours", 0.04406871741447489, 0.04729908082509749},
                                   Expected{"hours", "cases", 0.04887286499285812, 0.04840524673258161}}) {
    const Correlation correlation{{survey.numbers(expected.x), survey.numbers(expected.y)}};
    const auto rows = testing::row_terms(survey, correlation, 40);
    const Solution solution = correlation.solve(rows.totals);
    EXPECT_NEAR(solution.value[0], expected.value, 1e-12);
    EXPECT_NEAR(testing::linearised_se(rows, solution), expected.se, 1e-12);
    testing::expect_gradient_is_slope(correlation, rows.totals);
  }
}

TEST(Correlation, OfNumbersOnALineIsOneOrMinusOne) {
  EXPECT_NEAR(of({1, 2, 4, 7}, {0.1, 0.2, 0.4, 0.7}).value[0], 1, 1e-14);
  EXPECT_LE(of({1, 2, 4, 7}, {0.1, 0.2, 0.4, 0.7}).value[0], 1);
  EXPECT_NEAR(of({1, 2, 4, 7}, {-3, -6, -12, -21}).value[0], -1, 1e-14);
}

TEST(Correlation, WithANumberThatDoesNotVaryDoesNotExist) {
  EXPECT_TRUE(std::isnan(of({1, 2, 4}, {5, 5, 5}).value[0]));
}

}  // namespace enkat::correlation_test
