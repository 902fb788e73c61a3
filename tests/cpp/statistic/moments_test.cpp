#include "enkat/statistic/moments.hpp"

#include "tests/cpp/statistic/cell_totals.hpp"

namespace enkat::moments_test {

const double none = std::nan("");

const Survey two_numbers(Table::from_columns({{"x", std::vector<double>{1, none, 3, 4}},
                                              {"y", std::vector<double>{5, 6, none, 8}}}),
                         Codebook(), Design());
const Numbers pair{two_numbers.numbers("x"), two_numbers.numbers("y")};

TEST(Moments, TheBaseHasAnsweredAllNumbers) {
  std::vector<double> columns(12, -1);
  const TermColumns u(columns.data(), 4, 4);
  observe_numbers(pair, {0, 4}, u);
  EXPECT_EQ(columns, (std::vector<double>{1, 0, 0, 1, 1, 0, 0, 4, 5, 0, 0, 8}));
}

TEST(Moments, ARowThatLeftOutOneNumberIsMissing) {
  std::vector<std::uint8_t> missing(4);
  observe_any_missing(pair, {0, 4}, missing);
  EXPECT_EQ(missing, (std::vector<std::uint8_t>{0, 1, 1, 0}));
}

TEST(Moments, ASecondMomentDoesNotDependOnTheCentre) {
  // Weights 2 and 1, values 0 and 3: mean 1, Σw(y − 1)²/Σw = (2·1 + 1·4)/3 = 2.
  for (const double centre : {0.0, 1.0, -7.0}) {
    CellTotals t;
    t.total = Eigen::Vector3d(3, 3 - 3 * centre, 2 * centre * centre + (3 - centre) * (3 - centre));
    EXPECT_NEAR(second_moment(t, 1, 1, 2).value, 2, 1e-13);
  }
}

}  // namespace enkat::moments_test
