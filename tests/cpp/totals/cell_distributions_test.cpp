#include "enkat/totals/cell_distributions.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "enkat/estimate/quantile_rule.hpp"

namespace enkat::cell_distributions_test {

using Numbers = std::vector<double>;
using Wanted = CellDistributions::Wanted;

NoMonitor nobody;
constexpr std::size_t rows = 200'000;  // more than are collected at once
constexpr double everywhere = std::numeric_limits<double>::infinity();

enum class Kind { many, few, far_apart };

Survey survey(Kind kind) {
  std::mt19937_64 random(11);
  std::lognormal_distribution<double> lognormal(10, 2);
  Numbers y(rows), w(rows);
  std::vector<std::string> g(rows);
  for (std::size_t i = 0; i < rows; ++i) {
    y[i] = lognormal(random);
    if (kind == Kind::few) y[i] = std::floor(std::log(y[i])) - 10;
    if (kind == Kind::far_apart && i % 1000 == 0) y[i] *= -1e200;
    w[i] = static_cast<double>(random() % 1000) / 256;
    g[i] = i % 7 == 0 ? "small" : "large";
  }
  Design design;
  design.weight = "w";
  return Survey(Table::from_columns({{"y", y}, {"w", w}, {"g", g}}), Codebook(), design);
}

CellDistributions distributions(Kind kind) {
  return {std::make_shared<const Groups>(survey(kind), std::vector<std::string>{"g"}), "y"};
}

// What is known in bins elsewhere gives the quantiles that the whole distribution gives, to the bit.
TEST(CellDistributions, SelectedQuantilesAreThoseOfAllAnswers) {
  for (const Kind kind : {Kind::many, Kind::few, Kind::far_apart}) {
    CellDistributions whole = distributions(kind), selected = distributions(kind);
    whole.open({{0, 0.5, everywhere}, {1, 0.5, everywhere}}, nobody);
    for (const double p : {0.0, 0.001, 0.25, 0.5, 0.73, 0.999, 1.0}) {
      for (const std::size_t slot : {0, 1}) {
        selected.open({{slot, p, 0}}, nobody);
        for (const QuantileRule rule : {QuantileRule::math, QuantileRule::school})
          EXPECT_EQ(quantile(selected.distribution(slot), p, rule), quantile(whole.distribution(slot), p, rule))
              << p << " of " << slot;
      }
    }
    EXPECT_EQ(selected.distribution(0).total(), whole.distribution(0).total());
    if (kind != Kind::few) EXPECT_LT(selected.distribution(0).size(), whole.distribution(0).size() / 4);
  }
}

TEST(CellDistributions, AreExactAsFarAroundAsWasAsked) {
  CellDistributions whole = distributions(Kind::many), selected = distributions(Kind::many);
  whole.open({{1, 0.5, everywhere}}, nobody);
  selected.open({{1, 0.5, 8}}, nobody);
  for (const double p : {0.495, 0.499, 0.5, 0.5013, 0.505})
    EXPECT_EQ(quantile(selected.distribution(1), p, QuantileRule::math),
              quantile(whole.distribution(1), p, QuantileRule::math));
}

TEST(CellDistributions, CellsWithoutAnswersAreEmpty) {
  const Survey nobody_answered(
      Table::from_columns({{"y", Numbers{std::nan(""), 2, 3}}, {"g", std::vector<std::string>{"a", "b", "b"}}}),
      Codebook(), Design());
  CellDistributions found(std::make_shared<const Groups>(nobody_answered, std::vector<std::string>{"g"}), "y");
  found.open({{0, 0.5, 0}, {1, 0.5, 0}}, nobody);
  EXPECT_EQ(found.distribution(0).size(), 0U);
  EXPECT_EQ(found.distribution(1).value, (Numbers{2, 3}));
}

}  // namespace enkat::cell_distributions_test
