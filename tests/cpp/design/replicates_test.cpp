#include "enkat/design/replicates.hpp"

#include <gtest/gtest.h>

#include "enkat/design/auxiliaries.hpp"
#include "enkat/design/replicate.hpp"
#include "tests/cpp/design/replicate_data.hpp"

namespace enkat::replicates_test {

using namespace replicate_data;

TEST(Replicates, JknVarianceOfATotalIsTheLinearOne) {
  for (const Clustered& data : {Clustered(), Clustered().with_fpc()}) {
    const Sample sample(data.table(), data.design);
    const Replicates replicates = make_replicates(sample, {.method = "JKn"});
    EXPECT_EQ(replicates.count(), 7U);
    EXPECT_EQ(replicates.df, 5);
    EXPECT_NEAR(replicate_variance(sample, replicates, data.y), data.variance(), 1e-12 * data.variance());
  }
}

TEST(Replicates, Jk1VarianceOfATotalIsTheLinearOne) {
  Design design;
  design.population = 40;
  const Numbers y{3, 5, 2, 9, 4};
  const Sample sample(Table::from_columns({{"y", y}}), design);
  const Replicates replicates = make_replicates(sample, {.method = "JK1"});
  EXPECT_NEAR(replicates.scale, 4.0 / 5 * (1 - 5.0 / 40), 1e-15);
  EXPECT_EQ(replicates.df, 4);
  const double linear = 40.0 * 40 * (1 - 5.0 / 40) * 7.3 / 5;  // s² = 7.3
  EXPECT_NEAR(replicate_variance(sample, replicates, y), linear, 1e-12 * linear);
}

TEST(Replicates, HalfSampleVarianceOfATotalIsTheLinearOne) {
  const Pairs data;
  const Sample sample(data.table, data.design);
  for (const ReplicateRequest& request :
       {ReplicateRequest{.method = "BRR"}, ReplicateRequest{.method = "Fay", .rho = 0.3}}) {
    const Replicates replicates = make_replicates(sample, request);
    EXPECT_EQ(replicates.count(), 4U);
    EXPECT_EQ(replicates.df, 3);
    EXPECT_NEAR(replicate_variance(sample, replicates, data.y), data.variance, 1e-12 * data.variance);
  }
}

TEST(Replicates, FayWithRhoZeroIsBrr) {
  const Pairs data;
  const Sample sample(data.table, data.design);
  const Replicates brr = make_replicates(sample, {.method = "BRR"}), fay = make_replicates(sample, {.method = "Fay"});
  EXPECT_EQ(brr.multiplier, fay.multiplier);
  EXPECT_EQ(brr.scale, fay.scale);
}

// R survey 4.1: as.svrepdesign(svydesign(~c, strata = ~h, weights = ~w), type = "BRR"), weights(, "replication").
TEST(Replicates, HalfSamplesOfThreeStrataAreThoseOfR) {
  const Pairs data;
  const Replicates brr = make_replicates(Sample(data.table, data.design), {.method = "BRR"});
  EXPECT_EQ(brr.multiplier, (Numbers{2, 0, 2, 0, 0, 2, 0, 2, 2, 2, 0, 0, 0, 0, 2, 2, 2, 0, 0, 2, 0, 2, 2, 0}));
  EXPECT_EQ(brr.scale, 0.25);
}

TEST(Replicates, UnitsTakenWithCertaintyKeepTheirWeight) {
  Clustered data = Clustered().with_fpc();
  data.size = {3, 3, 3, 3, 8, 8, 8, 8, 8};
  const Sample sample(data.table(), data.design);
  for (ReplicateRequest request : {ReplicateRequest{.method = "JKn"}, bootstrap("rao-wu", 30),
                                   bootstrap("canty-davison", 30), bootstrap("preston", 30)}) {
    const Replicates replicates = make_replicates(sample, request);
    for (std::size_t i = 0; i < 3 * replicates.count(); ++i) EXPECT_EQ(replicates.multiplier[i], 1);
    EXPECT_EQ(replicates.df, 3);
  }
}

TEST(Replicates, ASinglePsuNeedsARule) {
  Clustered data;
  data.c = {"k", "k", "k", "k", "n", "o", "p", "q", "q"};
  EXPECT_EQ(code_of(data.table(), data.design, {.method = "JKn"}), "design.single_psu");
  EXPECT_EQ(code_of(data.table(), data.design, bootstrap("rao-wu")), "design.single_psu");
  data.design.single_psu = SinglePsu::remove;
  const Replicates removed = make_replicates(Sample(data.table(), data.design), {.method = "JKn"});
  EXPECT_EQ(removed.count(), 4U);
  EXPECT_EQ(removed.df, 3);
  data.design.single_psu = SinglePsu::average;
  EXPECT_EQ(code_of(data.table(), data.design, bootstrap("rao-wu")), "replicates.single_psu");
}

// R survey 4.1, options(survey.lonely.psu = "adjust" | "average"), as.svrepdesign(type = "JKn"): 5 PSUs, one single.
TEST(Replicates, JknAdjustsAndAveragesSinglePsusAsRDoes) {
  Clustered data;
  data.c = {"k", "k", "k", "k", "n", "o", "p", "q", "q"};
  data.design.single_psu = SinglePsu::adjust;
  const Sample adjust(data.table(), data.design);
  const Replicates adjusted = make_replicates(adjust, {.method = "JKn"});
  EXPECT_EQ(adjusted.rscales, (Numbers{0.5, 0.75, 0.75, 0.75, 0.75}));
  EXPECT_EQ(adjusted.multiplier[0], 0);
  EXPECT_EQ(adjusted.multiplier[5], 2);
  EXPECT_EQ(adjusted.df, 4);
  data.design.single_psu = SinglePsu::average;
  EXPECT_EQ(make_replicates(Sample(data.table(), data.design), {.method = "JKn"}).scale, 1.25);
}

TEST(Replicates, MethodsThatDoNotFitTheDesignAreRefused) {
  const Clustered data;
  EXPECT_EQ(code_of(data.table(), data.design, {.method = "JK1"}), "replicates.jk1_stratified");
  EXPECT_EQ(code_of(data.table(), data.design, {.method = "BRR"}), "replicates.not_two_psus");
  EXPECT_EQ(code_of(data.table(), data.design, {.method = "JK2"}), "replicates.unknown_method");
  EXPECT_EQ(code_of(data.table(), data.design, {.method = "Fay", .rho = 1}), "replicates.rho");
  EXPECT_EQ(code_of(data.table(), data.design, bootstrap("raowu")), "replicates.unknown_bootstrap");
  EXPECT_EQ(code_of(data.table(), data.design, bootstrap("rao-wu", 1)), "replicates.count");
  EXPECT_EQ(code_of(data.table(), data.design, bootstrap("rao-wu", 10'000'000)), "replicates.too_many");
  const Table rows = Table::from_columns({{"y", Numbers(6000, 1)}});
  EXPECT_EQ(code_of(rows, {}, {.method = "JK1"}), "replicates.too_many");
}

// w·m·(1 + λ₀ + λ_sex): the linear distance.
TEST(Replicates, ACalibratedReplicateHasItsOwnFactors) {
  const Survey survey(Table::from_columns({{"sex", Texts{"k", "m", "k"}}}), Codebook(), Design());
  Replicates replicates = make_replicates(survey.sample(), {.method = "JK1"});
  const auto x = std::make_shared<const Auxiliaries>(survey, true, std::vector<ModelTerm>{{{"sex"}}});
  const auto cells = std::make_shared<const AuxiliaryCells>(x);
  NoMonitor nobody;
  replicates.calibrated = std::make_shared<const DistinctRows>(cells, auxiliary_moments(survey, cells, nobody).cells);
  replicates.lambda = Eigen::MatrixXd(3, 3);
  replicates.lambda << 0.1, 0.2, 0.3, 0.5, 0, 1, 0, -0.4, 2;
  const Numbers weights = all_weights(survey.sample(), replicates);
  const Numbers expected{0, 1.5 * 1.2, 1.5 * 2.3, 1.5 * 1.1, 0, 1.5 * 3.3, 1.5 * 1.6, 1.5 * 1.2, 0};
  for (std::size_t i = 0; i < 9; ++i) EXPECT_DOUBLE_EQ(weights[i], expected[i]);
  EXPECT_GE(replicates.largest_weight(1), 1.5 * 3.3);
}

TEST(Replicates, TheyAreMadeOnceAndNotOfWeightsTrimmedAfterCalibration) {
  const Survey survey(Table::from_columns({{"y", Numbers{1, 2, 3}}}), Codebook(), Design());
  NoMonitor nobody;
  const Survey replicated = replicate(survey, {.method = "JK1"}, nobody);
  ASSERT_NE(replicated.replicates(), nullptr);
  EXPECT_EQ(survey.replicates(), nullptr);
  const auto code = [&](const Survey& of) -> std::string {
    try {
      replicate(of, {.method = "JK1"}, nobody);
    } catch (const DesignError& error) {
      return error.code;
    }
    return "";
  };
  EXPECT_EQ(code(replicated), "replicates.exist");
  Calibration trimmed;
  trimmed.trimmed = true;
  EXPECT_EQ(code(survey.with_weights({1, 2, 3}, std::make_shared<const Calibration>(trimmed), {})),
            "replicates.trimmed");
}

}  // namespace enkat::replicates_test
