#include "enkat/design/supplied_replicates.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "enkat/data/table.hpp"

namespace enkat::supplied_replicates_test {

using Numbers = std::vector<double>;

struct Supplied {
  Numbers w{2, 4, 3}, a{4, 0, 3}, b{0, 8, 3}, c{2, 4, 1};
  Design design;

  explicit Supplied(const std::string& method) {
    design.weight = "w";
    design.replicates =
        SuppliedReplicates{.columns = {"a", "b", "c"}, .method = method, .rho = {}, .scale = {}, .rscales = {}};
  }
  Replicates read() const {
    return supplied_replicates(Table::from_columns({{"w", w}, {"a", a}, {"b", b}, {"c", c}}), design);
  }
  std::string code() const {
    try {
      read();
    } catch (const Error& error) {
      return error.code;
    }
    return "";
  }
};

TEST(SuppliedReplicates, ScalesAreThoseOfTheirMethods) {
  EXPECT_DOUBLE_EQ(Supplied("BRR").read().scale, 1.0 / 3);
  EXPECT_DOUBLE_EQ(Supplied("JK1").read().scale, 2.0 / 3);
  EXPECT_DOUBLE_EQ(Supplied("bootstrap").read().scale, 1.0 / 2);
  EXPECT_DOUBLE_EQ(Supplied("SDR").read().scale, 4.0 / 3);
  Supplied fay("Fay");
  EXPECT_EQ(fay.code(), "design.replicate_rho");
  fay.design.replicates->rho = 0.3;
  EXPECT_DOUBLE_EQ(fay.read().scale, 1 / (3 * 0.49));
  Supplied jkn("JKn");
  EXPECT_EQ(jkn.code(), "design.replicate_rscales");
  jkn.design.replicates->rscales = {0.5, 0.5, 0.75};
  EXPECT_EQ(jkn.read().rscales, (Numbers{0.5, 0.5, 0.75}));
  EXPECT_EQ(jkn.read().scale, 1);
  Supplied other("other");
  EXPECT_EQ(other.code(), "design.replicate_scale");
  other.design.replicates->scale = 0.02;
  EXPECT_EQ(other.read().scale, 0.02);
}

TEST(SuppliedReplicates, AScaleThatTheMethodDoesNotHaveIsRefused) {
  Supplied sdr("SDR");
  sdr.design.replicates->scale = 4.0 / 3;
  EXPECT_EQ(sdr.code(), "");
  sdr.design.replicates->scale = 1;
  EXPECT_EQ(sdr.code(), "design.replicate_scale");
  Supplied jk1("jk1");
  EXPECT_EQ(jk1.code(), "design.unknown_replicate_method");
  Supplied brr("BRR");
  brr.design.replicates->rho = 0.3;
  EXPECT_EQ(brr.code(), "design.replicate_rho");
}

TEST(SuppliedReplicates, CombinedWeightsAndMultipliersGiveTheSameWeights) {
  Supplied combined("bootstrap"), multipliers("bootstrap");
  multipliers.a = {2, 0, 1};
  multipliers.b = {0, 2, 1};
  multipliers.c = {1, 1, 1.0 / 3};
  multipliers.design.replicates->combined = false;
  Numbers one(9), two(9);
  combined.read().weights({0, 3}, combined.w, one);
  multipliers.read().weights({0, 3}, combined.w, two);
  EXPECT_EQ(one, (Numbers{4, 0, 2, 0, 8, 4, 3, 3, 1}));
  for (std::size_t i = 0; i < 9; ++i) EXPECT_DOUBLE_EQ(one[i], two[i]);
  EXPECT_EQ(combined.read().df, 2);
  EXPECT_EQ(multipliers.read().df, 2);
  EXPECT_EQ(combined.read().largest_weight(4), 8);
  EXPECT_EQ(multipliers.read().largest_weight(4), 8);
}

TEST(SuppliedReplicates, MultipliersTakenForWeightsAreNoted) {
  Supplied data("bootstrap");
  data.w = {200, 400, 300};
  EXPECT_EQ(data.read().notes.at(0).code, "design.replicate_combined");
}

TEST(SuppliedReplicates, AllBadColumnsAreReportedAtOnce) {
  Supplied data("bootstrap");
  data.a[0] = std::nan("");
  data.b[1] = -std::numeric_limits<double>::infinity();
  data.c = {0, 0, 0};
  try {
    data.read();
    FAIL() << "bad replicate weights must be refused";
  } catch (const DesignError& error) {
    ASSERT_EQ(error.issues.size(), 3U);
    EXPECT_EQ(error.issues[0].code, "design.replicate_missing");
    EXPECT_EQ(error.issues[1].code, "design.replicate_not_finite");
    EXPECT_EQ(error.issues[2].code, "design.replicate_all_zero");
  }
}

TEST(SuppliedReplicates, NegativeWeightsAreUsedAndCounted) {
  Supplied data("bootstrap");
  data.a[0] = -9;
  data.b = {-1, -1, -1};
  const Replicates replicates = data.read();
  ASSERT_FALSE(replicates.notes.empty());
  EXPECT_EQ(replicates.notes[0].code, "design.replicate_negative");
  EXPECT_EQ(replicates.notes[0].context["weights"], 4);
  EXPECT_EQ(replicates.largest_weight(4), 9);
}

// A third column that is the sum of two others adds no degree of freedom.
TEST(SuppliedReplicates, DegreesOfFreedomAreTheRankLessOne) {
  Supplied data("bootstrap");
  for (std::size_t i = 0; i < 3; ++i) data.c[i] = data.a[i] + data.b[i];
  EXPECT_EQ(data.read().df, 1);
}

}  // namespace enkat::supplied_replicates_test
