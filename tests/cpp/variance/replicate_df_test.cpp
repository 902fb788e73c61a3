#include "enkat/variance/replicate_df.hpp"

#include <gtest/gtest.h>

#include "enkat/design/replicate.hpp"
#include "enkat/estimate/estimate.hpp"

namespace enkat::replicate_df_test {

using Numbers = std::vector<double>;

NoMonitor nobody;

double df_of_mean(const Survey& survey) {
  EstimateRequest request;
  request.estimator = "mean";
  request.variables = {"y"};
  return *estimate(survey, request, nobody).rows[0].df;
}

/// Six clusters of three in two strata; domain d is three clusters of the first and one of the second.
Survey survey(Design design) {
  Numbers y, c, h, d, w;
  for (int i = 0; i < 18; ++i) {
    y.push_back(i * i % 7);
    c.push_back(i / 3);
    h.push_back(i / 12);
    d.push_back(i < 9 || i >= 15 ? 1 : 0);
    w.push_back(1 + i % 3);
  }
  return Survey(Table::from_columns({{"y", y}, {"c", c}, {"h", h}, {"d", d}, {"w", w}}), Codebook(), std::move(design));
}

Design clusters() {
  Design design;
  design.weight = "w";
  design.strata = {"h"};
  design.cluster = {"c"};
  return design;
}

TEST(ReplicateDf, OfADomainAreThoseOfItsOwnUnits) {
  const Survey whole = survey(clusters()), repeated = replicate(whole, {.method = "JKn"}, nobody);
  EXPECT_EQ(df_of_mean(repeated), 4);
  EXPECT_EQ(df_of_mean(repeated), df_of_mean(whole));
  const std::vector<Condition> domain{{"d", {"1"}}};
  EXPECT_EQ(df_of_mean(repeated.where(domain)), 2);
  EXPECT_EQ(df_of_mean(repeated.where(domain)), df_of_mean(whole.where(domain)));
}

TEST(ReplicateDf, RowsOfWeight0AreNoUnits) {
  Numbers y{1, 4, 2, 8, 5}, w(5, 3);
  y.resize(50);
  w.resize(50);
  Design design;
  design.weight = "w";
  const Survey whole(Table::from_columns({{"y", y}, {"w", w}}), Codebook(), design);
  EXPECT_EQ(df_of_mean(replicate(whole, {.method = "JK1"}, nobody)), 4);
}

// The weights of the jackknife as columns: without the design, their rank tells.
TEST(ReplicateDf, OfSuppliedWeightsAreTheirRankInTheDomain) {
  std::vector<std::pair<std::string, Values>> columns;
  Numbers y, d, w(18, 1);
  for (int i = 0; i < 18; ++i) {
    y.push_back(i * i % 7);
    d.push_back(i < 9 ? 1 : 0);
  }
  columns = {{"y", y}, {"d", d}, {"w", w}};
  Design design;
  design.weight = "w";
  design.replicates = SuppliedReplicates();
  design.replicates->method = "JK1";
  for (int r = 0; r < 6; ++r) {
    Numbers weight;
    for (int i = 0; i < 18; ++i) weight.push_back(i / 3 == r ? 0 : 1.2);
    columns.emplace_back("r" + std::to_string(r), weight);
    design.replicates->columns.push_back("r" + std::to_string(r));
  }
  const Survey repeated(Table::from_columns(columns), Codebook(), design);
  EXPECT_EQ(df_of_mean(repeated), 5);
  EXPECT_EQ(df_of_mean(repeated.where(std::vector<Condition>{{"d", {"1"}}})), 2);
}

}  // namespace enkat::replicate_df_test
