#include "enkat/variance/design_variance.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "enkat/basics/json.hpp"
#include "enkat/design/calibrate.hpp"
#include "enkat/design/replicate.hpp"
#include "enkat/estimate/estimate.hpp"
#include "tests/cpp/nobody.hpp"

namespace enkat::design_variance_test {

using Numbers = std::vector<double>;
using Names = std::vector<std::string>;

NoMonitor nobody;

Estimates total_of(const Survey& survey, const std::string& y = "y", std::vector<std::string> by = {}) {
  EstimateRequest request;
  request.estimator = "total";
  request.variables = {y};
  request.by = std::move(by);
  return estimate(survey, request, nobody);
}

double variance(const Estimates& estimates) { return *estimates.rows[0].se * *estimates.rows[0].se; }

TEST(DesignVariance, TwoStagesByHand) {
  // 2 of 10 PSUs; in the first 2 of 4 rows, in the second 2 of 2. Weights 10 and 5, PSU totals 30 and 70.
  Design design;
  design.cluster = {"c"};
  design.fpc = {"N", "M"};
  const Survey survey(Table::from_columns({{"y", Numbers{1, 2, 6, 8}},
                                           {"c", Numbers{1, 1, 2, 2}},
                                           {"N", Numbers{10, 10, 10, 10}},
                                           {"M", Numbers{4, 4, 2, 2}}}),
                      Codebook(), design);
  const Estimates total = total_of(survey);
  EXPECT_EQ(*total.rows[0].estimate, 100);
  // First stage .8 · 2 · (20² + 20²); second .2 · (1 − .5) · 2 · (5² + 5²) in the first PSU, nothing in the second.
  EXPECT_NEAR(variance(total), 0.8 * 2 * 800 + 0.2 * 0.5 * 2 * 50, 1e-9);
  EXPECT_NEAR(total.joint->variances_without_fpc()[0], 2 * 800, 1e-9);
}

TEST(DesignVariance, LaterStagesOfWholePsusAreStrata) {
  // When every PSU is drawn only the second stage varies: a stratified sample.
  const Table table = Table::from_columns(
      {{"y", Numbers{1, 5, 2, 9}}, {"c", Numbers{1, 1, 2, 2}}, {"N", Numbers{2, 2, 2, 2}}, {"M", Numbers{6, 6, 5, 5}}});
  Design clusters, strata;
  clusters.cluster = {"c"};
  clusters.fpc = {"N", "M"};
  strata.strata = {"c"};
  strata.fpc = {"M"};
  EXPECT_NEAR(variance(total_of(Survey(table, Codebook(), clusters))),
              variance(total_of(Survey(table, Codebook(), strata))), 1e-10);
}

TEST(DesignVariance, BrewerWithEqualProbabilitiesIsASimpleRandomSample) {
  const Table table = Table::from_columns({{"y", Numbers{3, 1, 4, 1, 5}}, {"p", Numbers(5, 0.25)}});
  Design brewer, simple;
  brewer.fpc = {"p"};
  brewer.pps = UnequalProbabilities{"brewer"};
  simple.population = 20;
  EXPECT_NEAR(variance(total_of(Survey(table, Codebook(), brewer))),
              variance(total_of(Survey(table, Codebook(), simple))), 1e-10);
}

TEST(DesignVariance, PoissonSamplingByHand) {
  Design design;
  design.fpc = {"p"};
  design.pps = UnequalProbabilities{"poisson"};
  const Survey survey(Table::from_columns({{"y", Numbers{2, 3}}, {"p", Numbers{0.5, 0.2}}}), Codebook(), design);
  EXPECT_NEAR(variance(total_of(survey)), 0.5 * 4 * 4 + 0.8 * 15 * 15, 1e-10);
}

// Three units of which two are drawn, {0,1} half of the time: every estimate of the variance weighted by how often.
TEST(DesignVariance, JointProbabilitiesAreUnbiasedOverAllSamples) {
  const Numbers y{2, 7, 11};
  const std::array<std::array<double, 3>, 3> joint{{{0.8, 0.5, 0.3}, {0.5, 0.7, 0.2}, {0.3, 0.2, 0.5}}};
  for (const char* form : {"HT", "YG"}) {
    double mean = 0, square = 0, estimated = 0;
    for (std::size_t a = 0; a < 3; ++a) {
      for (std::size_t b = a + 1; b < 3; ++b) {
        Design design;
        design.fpc = {"p"};
        design.pps = UnequalProbabilities{"joint", form, {}, {{joint[a][a], joint[a][b]}, {joint[a][b], joint[b][b]}}};
        const Survey survey(Table::from_columns({{"y", Numbers{y[a], y[b]}}, {"p", Numbers{joint[a][a], joint[b][b]}}}),
                            Codebook(), design);
        const Estimates total = total_of(survey);
        mean += joint[a][b] * *total.rows[0].estimate;
        square += joint[a][b] * *total.rows[0].estimate * *total.rows[0].estimate;
        estimated += joint[a][b] * total.joint->variances()[0];  // may be negative in a single sample
      }
    }
    EXPECT_NEAR(mean, 20, 1e-12);
    EXPECT_NEAR(estimated, square - 400, 1e-10) << form;
  }
}

TEST(DesignVariance, ASecondPhaseThatTakesEverybodyIsOnePhase) {
  const Table table = Table::from_columns({{"y", Numbers{3, 1, 4, 1, 5, 9}},
                                           {"g", Names{"a", "b", "a", "b", "a", "b"}},
                                           {"c", Numbers{1, 1, 2, 2, 3, 3}},
                                           {"again", Numbers(6, 1)},
                                           {"N", Numbers(6, 30)}});
  for (const bool clustered : {false, true}) {
    Design once;
    if (clustered) once.cluster = {"c"};
    once.fpc = {"N"};
    Design twice = once;
    twice.phase2 = SecondPhase{"again", "g"};
    EXPECT_NEAR(variance(total_of(Survey(table, Codebook(), twice))),
                variance(total_of(Survey(table, Codebook(), once))), 1e-9);
  }
}

TEST(DesignVariance, AVarianceThatComesOutNegativeIsNoStandardError) {
  Design design;
  design.fpc = {"p"};
  design.pps = UnequalProbabilities{"joint", "HT", {}, {{0.5, 0.01}, {0.01, 0.5}}};
  const Survey survey(Table::from_columns({{"y", Numbers{1, 1}}, {"p", Numbers{0.5, 0.5}}}), Codebook(), design);
  const Estimate row = total_of(survey).rows[0];
  EXPECT_TRUE(row.estimate.has_value());
  EXPECT_FALSE(row.se.has_value());
  EXPECT_EQ(row.notes.text(), "estimate.negative_variance");
}

Table sample_table() {
  return Table::from_columns({{"y", Numbers{3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8}},
                              {"w", Numbers{2, 2, 3, 3, 1, 1, 2, 2, 4, 4, 1, 1}},
                              {"h", Names{"a", "a", "a", "a", "a", "a", "b", "b", "b", "b", "b", "b"}},
                              {"c", Numbers{1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6}},
                              {"s", Names{"k", "m", "k", "m", "m", "k", "k", "m", "k", "m", "m", "k"}},
                              {"p", Numbers{.5, .5, .3, .3, .9, .9, .5, .5, .2, .2, .8, .8}},
                              {"again", Numbers{1, 1, 0, 1, 1, 1, 1, 0, 1, 1, 1, 1}}});
}

std::vector<Survey> surveys() {
  Design clusters, rows, brewer, phases;
  clusters.weight = rows.weight = "w";
  clusters.strata = rows.strata = {"h"};
  clusters.cluster = brewer.cluster = {"c"};
  brewer.fpc = {"p"};
  brewer.pps = UnequalProbabilities{"brewer"};
  phases.phase2 = SecondPhase{"again", "s"};
  std::vector<Survey> list;
  for (const Design& design : {clusters, rows, brewer, phases}) list.emplace_back(sample_table(), Codebook(), design);
  const Json margins = Json::parse(R"({"s": {"k": 15, "m": 14}})");
  for (const std::size_t plain : {0, 1}) list.push_back(rake(list[plain], margins, nobody));
  list.push_back(replicate(list[0], {.method = "JKn"}, nobody));
  list.push_back(rake(list[6], margins, nobody));
  return list;
}

TEST(DesignVariance, VariancesAreTheDiagonalOfTheCovariance) {
  for (const Survey& survey : surveys()) {
    const Estimates totals = total_of(survey, "y", {"s"});
    const Eigen::MatrixXd covariance = totals.covariance(testing::nobody);
    for (Eigen::Index i = 0; i < 2; ++i)
      EXPECT_NEAR(std::sqrt(covariance(i, i)), *totals.rows[static_cast<std::size_t>(i)].se, 1e-12);
    EXPECT_EQ(covariance(0, 1), covariance(1, 0));
  }
}

TEST(DesignVariance, TotalsOfDomainsAddUpWithTheirCovariance) {
  for (const Survey& survey : surveys()) {
    const double parts = total_of(survey, "y", {"s"}).covariance(testing::nobody).sum();
    EXPECT_NEAR(parts / variance(total_of(survey)), 1, 1e-10);
  }
}

TEST(DesignVariance, ACalibratedTotalHasNone) {
  CalibrateRequest request;
  request.terms = {{"y"}, {"s"}};
  request.totals = Json::parse(R"({"y": 130, "s": {"k": 15, "m": 14}})");
  for (const std::size_t plain : {0, 1}) {
    const Estimates total = total_of(calibrate(surveys()[plain], request, nobody));
    EXPECT_NEAR(*total.rows[0].estimate, 130, 1e-10);
    EXPECT_NEAR(*total.rows[0].se, 0, 1e-10);
  }
}

// Cells g of N_g with n_g drawn: Σ_g (N_g/n_g)² Σ (y − ȳ_g)², which a sample stratified by g has with n_g/(n_g − 1) in
// the place of n/(n − 1), since its n_g are not random. Särndal, Swensson & Wretman (1992), §7.6.
TEST(DesignVariance, ASaturatedPoststratificationHasTheResidualsOfAStratifiedSample) {
  const Table table = Table::from_columns({{"y", Numbers{3, 1, 4, 1, 5, 9, 2}},
                                           {"g", Names{"a", "a", "a", "b", "b", "b", "b"}},
                                           {"w", Numbers{10, 10, 10, 5, 5, 5, 5}}});
  const Survey after =
      poststratify(Survey(table, Codebook(), Design()), Json::parse(R"({"g": {"a": 30, "b": 20}})"), nobody);
  const double a = 100 * 14.0 / 3, b = 25 * 38.75;  // Σ (y − ȳ)² of 3, 1, 4 and of 1, 5, 9, 2
  const Estimates total = total_of(after);
  EXPECT_NEAR(*total.rows[0].estimate, 30 * 8.0 / 3 + 20 * 4.25, 1e-10);
  EXPECT_NEAR(variance(total), 7.0 / 6 * (a + b), 1e-9);
  Design strata;
  strata.strata = {"g"};
  strata.weight = "w";
  const Estimates stratified = total_of(Survey(table, Codebook(), strata));
  EXPECT_NEAR(*stratified.rows[0].estimate, *total.rows[0].estimate, 1e-10);
  EXPECT_NEAR(variance(stratified), 3.0 / 2 * a + 4.0 / 3 * b, 1e-9);
}

// 2 of 10 PSUs; of the first 2 of 4 rows were drawn, of the second 1 of 3. The unit that is alone says nothing of its
// own stage, whatever the rule, and its total counts at the first.
TEST(DesignVariance, AUnitThatIsAloneAtALaterStageNeedsARule) {
  const Table table = Table::from_columns(
      {{"y", Numbers{1, 2, 6}}, {"c", Numbers{1, 1, 2}}, {"N", Numbers(3, 10)}, {"M", Numbers{4, 4, 3}}});
  Design design;
  design.cluster = {"c"};
  design.fpc = {"N", "M"};
  EXPECT_THROW(total_of(Survey(table, Codebook(), design)), DesignError);
  const double second = 0.2 * 0.5 * 2 * 50, first = 0.8 * 2 * 1800;  // totals 30 and 90, rows 10 and 20
  for (const SinglePsu rule : {SinglePsu::remove, SinglePsu::certainty, SinglePsu::adjust, SinglePsu::average}) {
    design.single_psu = rule;
    EXPECT_NEAR(variance(total_of(Survey(table, Codebook(), design))), first + second, 1e-9);
  }
}

TEST(DesignVariance, TheJackknifeOfATotalIsTheLinearisedVariance) {
  const std::vector<Survey> list = surveys();
  EXPECT_NEAR(variance(total_of(list[6])), variance(total_of(list[0])), 1e-9);
}

}  // namespace enkat::design_variance_test
