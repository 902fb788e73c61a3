#include "enkat/statistic/cumulative_share.hpp"

#include "tests/cpp/cases.hpp"
#include "tests/cpp/statistic/cell_totals.hpp"

namespace enkat::cumulative_share_test {

using Numbers = std::vector<double>;

TEST(CumulativeShare, AgreesWithRsSvymeanOfIndicators) {
  Design design;
  design.weight = "w";
  const Survey survey(testing::read_data("members"), Codebook(), design);
  const CumulativeShare cdf(survey.numbers("age"), {40, 50});
  const auto rows = testing::row_terms(survey, cdf, 0);
  const Solution solution = cdf.solve(rows.totals);
  EXPECT_NEAR(solution.value[0], 0.3617406639114012, 1e-13);
  EXPECT_NEAR(solution.value[1], 0.7494323509176631, 1e-13);
  EXPECT_NEAR(testing::linearised_se(rows, solution), 0.02241061055200653, 1e-13);
  testing::expect_gradient_is_slope(cdf, rows.totals);
  EXPECT_EQ(cdf.answers(), (std::vector<std::string>{"40", "50"}));
}

TEST(CumulativeShare, PointsAreNamedByTheirShortestText) {
  const Survey survey(Table::from_columns({{"y", Numbers{1}}}), Codebook(), Design());
  EXPECT_EQ(CumulativeShare(survey.numbers("y"), {0.1, -2, 1e6}).answers(),
            (std::vector<std::string>{"0.1", "-2", "1000000"}));
}

TEST(CumulativeShare, ACellHasPointsOfItsOwn) {
  const Survey survey(Table::from_columns({{"y", Numbers{1, 2, 3, 1, 2, 3}},
                                           {"g", std::vector<std::string>{"a", "a", "a", "b", "b", "b"}}}),
                      Codebook(), Design());
  const auto grouping = std::make_shared<const Grouping>(survey, std::vector<std::string>{"g"});
  const CumulativeShare cdf(survey.numbers("y"), {{1, 2}, {2, 9}}, grouping);
  std::vector<double> columns(18);
  cdf.observe({0, 6}, TermColumns(columns.data(), 6, 6));
  EXPECT_EQ(columns, (Numbers{1, 1, 1, 1, 1, 1,  //
                              1, 0, 0, 1, 1, 0,  //
                              1, 1, 0, 1, 1, 1}));
}

TEST(CumulativeShare, NeedsPoints) {
  const Survey survey(Table::from_columns({{"y", Numbers{1}}}), Codebook(), Design());
  EXPECT_THROW(CumulativeShare(survey.numbers("y"), Numbers{}), EstimateError);
  EXPECT_THROW(CumulativeShare(survey.numbers("y"), Numbers{std::nan("")}), EstimateError);
}

}  // namespace enkat::cumulative_share_test
