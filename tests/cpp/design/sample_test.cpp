#include "enkat/design/sample.hpp"

#include <gtest/gtest.h>

#include <array>
#include <map>

namespace enkat::sample_test {

using Numbers = std::vector<double>;
using Names = std::vector<std::string>;

Design stratified_clusters() {
  Design design;
  design.strata = {"h"};
  design.cluster = {"c"};
  return design;
}

/// PSU number, in the sample's order, of every cluster name.
std::map<std::string, std::int32_t> psu_of(const Names& strata, const Names& clusters) {
  const Sample sample(Table::from_columns({{"h", strata}, {"c", clusters}}), stratified_clusters());
  std::map<std::string, std::int32_t> psu;
  for (std::size_t row = 0; row < clusters.size(); ++row) psu[clusters[row]] = sample.unit()[row];
  return psu;
}

std::string code_of(const Table& table, const Design& design) {
  try {
    const Sample sample(table, design);
  } catch (const Error& error) {
    return error.code;
  }
  return "";
}

TEST(Sample, TheOrderOfPsusDoesNotDependOnTheOrderOfRows) {
  const auto psu = psu_of({"a", "a", "a", "b", "b", "b"}, {"k", "l", "k", "m", "n", "n"});
  EXPECT_EQ(psu, psu_of({"b", "a", "b", "a", "b", "a"}, {"n", "l", "m", "k", "n", "k"}));
  EXPECT_EQ(psu.size(), 4U);
}

TEST(Sample, ClustersAreCountedInTheirStrata) {
  const Table table = Table::from_columns({{"h", Names{"b", "a", "a", "a"}}, {"c", Names{"m", "l", "k", "k"}}});
  const Sample sample(table, stratified_clusters());
  ASSERT_EQ(sample.strata().size(), 2U);
  EXPECT_EQ(sample.strata()[0].label, "a");
  EXPECT_EQ(sample.strata()[0].psus, 2);
  EXPECT_EQ(sample.strata()[1].psus, 1);
  EXPECT_EQ(sample.psu_stratum(), (std::vector<std::int32_t>{0, 0, 1}));
  EXPECT_EQ(sample.single_psu_strata(), Names{"b"});
}

TEST(Sample, ClusterIdsThatRepeatBetweenStrataNeedNest) {
  const Table table = Table::from_columns({{"h", Names{"a", "a", "b", "b"}}, {"c", Numbers{1, 2, 1, 2}}});
  Design design = stratified_clusters();
  EXPECT_EQ(code_of(table, design), "design.cluster_not_nested");
  design.nest = true;
  EXPECT_EQ(Sample(table, design).strata()[0].psus, 2);
  EXPECT_EQ(Sample(table, design).strata()[1].psus, 2);
}

TEST(Sample, ClustersOfOneRowEachAreRows) {
  const Table table = Table::from_columns({{"h", Names{"a", "a", "b", "b"}}, {"c", Numbers{1, 2, 3, 4}}});
  EXPECT_TRUE(Sample(table, stratified_clusters()).rows_are_psus());
}

TEST(Sample, LaterStagesAreATreeBelowThePsus) {
  const Table table = Table::from_columns({{"h", Names{"a", "a", "a", "a", "a"}},
                                           {"c", Numbers{1, 1, 1, 2, 2}},
                                           {"p", Numbers{1, 1, 2, 1, 2}},  // numbered anew in every PSU
                                           {"N", Numbers{10, 10, 10, 10, 10}},
                                           {"M", Numbers{4, 4, 4, 2, 2}}});
  Design design;
  design.strata = {"h"};
  design.cluster = {"c", "p"};
  design.fpc = {"N", "M"};
  const Sample sample(table, design);
  ASSERT_EQ(sample.stages().size(), 2U);
  EXPECT_EQ(sample.units(), 4U);
  EXPECT_EQ(sample.psu_of_unit(), (std::vector<std::int32_t>{0, 0, 1, 1}));
  EXPECT_EQ(sample.stages()[1].strata[0].fraction, 0.5);
  EXPECT_EQ(sample.stages()[1].strata[1].fraction, 1);
  std::array<double, 5> weight{};
  sample.weights({0, 5}, weight);
  EXPECT_EQ(weight, (std::array<double, 5>{10, 10, 10, 5, 5}));  // 10/2 · 4/2 and 10/2 · 2/2
}

TEST(Sample, PopulationSizesAndFractionsSayTheSame) {
  const Table table = Table::from_columns({{"h", Names{"a", "a", "b", "b", "b"}},
                                           {"N", Numbers{8, 8, 30, 30, 30}},
                                           {"f", Numbers{0.25, 0.25, 0.1, 0.1, 0.1}}});
  Design sizes, fractions;
  sizes.strata = fractions.strata = {"h"};
  sizes.fpc = {"N"};
  fractions.fpc = {"f"};
  const Sample a(table, sizes), b(table, fractions);
  for (std::size_t h = 0; h < 2; ++h) EXPECT_DOUBLE_EQ(a.strata()[h].fraction, b.strata()[h].fraction);
  // Without a weight column every row stands for 1 / its sampling probability.
  Numbers wa(5), wb(5);
  a.weights({0, 5}, wa);
  b.weights({0, 5}, wb);
  EXPECT_EQ(wa, (Numbers{4, 4, 10, 10, 10}));
  for (std::size_t i = 0; i < 5; ++i) EXPECT_DOUBLE_EQ(wa[i], wb[i]);
}

TEST(Sample, APopulationOfASimpleSampleIsItsFraction) {
  Design design;
  design.population = 40;
  const Sample sample(Table::from_columns({{"y", Numbers(10, 1)}}), design);
  EXPECT_EQ(sample.strata()[0].fraction, 0.25);
  EXPECT_EQ(sample.largest_weight(), 4);
  EXPECT_TRUE(sample.equal_weights());
}

TEST(Sample, RowsWithWeightZeroStayInTheSampleAndAreCounted) {
  Design design;
  design.weight = "w";
  const Sample sample(Table::from_columns({{"w", Numbers{0, 2, 0, 5}}}), design);
  EXPECT_EQ(sample.zero_weights(), 2U);
  EXPECT_EQ(sample.strata()[0].psus, 4);
  EXPECT_EQ(sample.largest_weight(), 5);
}

TEST(Sample, AStratumTakenWithCertaintyIsNoSinglePsu) {
  Design design;
  design.strata = {"h"};
  design.fpc = {"N"};
  const Table table = Table::from_columns({{"h", Names{"a", "b", "b"}}, {"N", Numbers{1, 1, 1}}});
  EXPECT_TRUE(Sample(table, design).single_psu_strata().empty());
}

TEST(Sample, EveryRowOfABadColumnIsCounted) {
  Design design;
  design.weight = "w";
  try {
    const Sample sample(Table::from_columns({{"w", Numbers{-1, 2, -3, 4}}}), design);
    FAIL() << "negative weights must be refused";
  } catch (const DesignError& error) {
    EXPECT_EQ(error.code, "design.weight_negative");
    EXPECT_EQ(error.context["rows"], 2);
  }
}

}  // namespace enkat::sample_test
