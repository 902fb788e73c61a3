#include "enkat/variance/linearization.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "enkat/basics/json.hpp"
#include "enkat/estimate/estimate.hpp"
#include "tests/cpp/nobody.hpp"

namespace enkat::linearization_test {

using Numbers = std::vector<double>;

Estimates run(const Survey& survey, const std::string& estimator, std::vector<std::string> by = {}) {
  EstimateRequest request;
  request.estimator = estimator;
  request.variables = {"y"};
  request.by = std::move(by);
  NoMonitor monitor;
  return estimate(survey, request, monitor);
}

const Codebook areas = Codebook::from_json(Json::parse(R"({"schema_version": 1, "questions": [
  {"name": "area", "type": "multiple", "label": "Area", "options": [{"name": "a"}, {"name": "b"}]}]})"));

/// Two strata of three and two, one of one; `row` makes every row its own cluster.
Survey stratified(bool clustered, SinglePsu rule, bool with_fpc = true) {
  Design design;
  design.strata = {"h"};
  design.weight = "w";
  if (with_fpc) design.fpc = {"N"};
  design.single_psu = rule;
  if (clustered) design.cluster = {"row"};
  return Survey(Table::from_columns({{"y", Numbers{1, 2, 6, 4, 9, 5}},
                                     {"w", Numbers{4, 4, 4, 5, 5, 2}},
                                     {"h", Numbers{1, 1, 1, 2, 2, 3}},
                                     {"N", Numbers{12, 12, 12, 10, 10, 2}},
                                     {"row", Numbers{1, 2, 3, 4, 5, 6}},
                                     {"area_a", Numbers{1, 1, 1, 0, 1, 0}},
                                     {"area_b", Numbers{0, 1, 1, 1, 1, 1}}}),
                areas, design);
}

double variance(const Estimates& estimates) { return *estimates.rows[0].se * *estimates.rows[0].se; }

// Scores wy: 4, 8, 24 | 20, 45 | 10. Sums of squares about the stratum mean 224 and 312.5; 1 − f = .75, .8, .5.
constexpr double first = 0.75 * 3 / 2 * 224, second = 0.8 * 2 * 312.5;

TEST(Linearization, ATotalWithinStrataByHand) {
  for (const bool clustered : {false, true}) {
    const Estimates total = run(stratified(clustered, SinglePsu::remove), "total");
    EXPECT_EQ(*total.rows[0].estimate, 111);
    EXPECT_NEAR(variance(total), first + second, 1e-9);
    EXPECT_NEAR(total.joint->variances_without_fpc()[0], first / 0.75 + second / 0.8, 1e-9);
  }
}

TEST(Linearization, ThePsuThatIsAloneFollowsItsRule) {
  const double from_grand_mean = 10 - 111.0 / 6;
  for (const bool clustered : {false, true}) {
    EXPECT_NEAR(variance(run(stratified(clustered, SinglePsu::certainty), "total")), first + second, 1e-9);
    EXPECT_NEAR(variance(run(stratified(clustered, SinglePsu::average), "total")), 1.5 * (first + second), 1e-9);
    EXPECT_NEAR(variance(run(stratified(clustered, SinglePsu::adjust), "total")),
                first + second + 0.5 * from_grand_mean * from_grand_mean, 1e-9);
    EXPECT_THROW(run(stratified(clustered, SinglePsu::fail), "total"), DesignError);
  }
}

TEST(Linearization, RowsAndClustersOfOneRowAreTheSameSample) {
  for (const SinglePsu rule : {SinglePsu::remove, SinglePsu::adjust, SinglePsu::average}) {
    for (const bool with_fpc : {false, true}) {
      for (const std::vector<std::string>& by : {std::vector<std::string>{}, {"h"}, {"area"}, {"area", "h"}}) {
        const Estimates rows = run(stratified(false, rule, with_fpc), "mean", by);
        const Estimates clusters = run(stratified(true, rule, with_fpc), "mean", by);
        const Eigen::MatrixXd a = rows.covariance(testing::nobody), b = clusters.covariance(testing::nobody);
        ASSERT_EQ(a.size(), b.size());
        for (Eigen::Index i = 0; i < a.size(); ++i) {
          EXPECT_EQ(std::isnan(a.data()[i]), std::isnan(b.data()[i]));
          if (std::isnan(a.data()[i])) continue;
          EXPECT_NEAR(a.data()[i], b.data()[i], 1e-12);
        }
      }
    }
  }
}

/// Five rows, all of which answered `area`: a = {1, 2, 6}, b = {2, 6, 4}.
Survey overlapping() {
  return Survey(
      Table::from_columns(
          {{"y", Numbers{1, 2, 6, 4, 9}}, {"area_a", Numbers{1, 1, 1, 0, 0}}, {"area_b", Numbers{0, 1, 1, 1, 0}}}),
      areas, Design());
}

TEST(Linearization, MeansOfOverlappingGroupsCovaryThroughTheRowsTheyShare) {
  // Residuals over group sizes: a (−2, −1, 3, 0, 0)/3, b (0, −2, 2, 0, 0)/3; V = n/(n−1) Σ uuᵀ.
  const Eigen::MatrixXd covariance = run(overlapping(), "mean", {"area"}).covariance(testing::nobody);
  EXPECT_NEAR(covariance(0, 0), 5.0 / 4 * 14 / 9, 1e-14);
  EXPECT_NEAR(covariance(1, 1), 5.0 / 4 * 8 / 9, 1e-14);
  EXPECT_NEAR(covariance(0, 1), 5.0 / 4 * 8 / 9, 1e-14);
  EXPECT_EQ(covariance(0, 1), covariance(1, 0));
}

TEST(Linearization, AnOverlappingGroupIsTheDomainOfItsOption) {
  for (const Survey& survey : {overlapping(), stratified(true, SinglePsu::remove)}) {
    for (const char* estimator : {"mean", "total"}) {
      const Estimates groups = run(survey, estimator, {"area"});
      for (const Estimate& group : groups.rows) {
        const Estimate alone = run(survey.where({{"area", {group.by[0]}}}), estimator).rows[0];
        EXPECT_EQ(*group.estimate, *alone.estimate);
        EXPECT_NEAR(*group.se, *alone.se, 1e-12);
        EXPECT_EQ(group.n, alone.n);
        EXPECT_EQ(group.df, alone.df);
      }
    }
  }
}

TEST(Linearization, VariancesAreTheDiagonalOfTheCovariance) {
  const Estimates groups = run(stratified(false, SinglePsu::adjust), "mean", {"area"});
  const Eigen::VectorXd variances = groups.joint->variances();
  const Eigen::MatrixXd covariance = groups.joint->covariance(testing::nobody);
  for (Eigen::Index i = 0; i < variances.size(); ++i) EXPECT_NEAR(variances[i], covariance(i, i), 1e-13);
}

TEST(Linearization, VariancesOfSumsAreThoseOfTheCovariance) {
  for (const bool clustered : {false, true})
    for (const char* estimator : {"mean", "total"}) {
      const Estimates groups = run(stratified(clustered, SinglePsu::adjust), estimator, {"area"});
      const Eigen::MatrixXd covariance = groups.joint->covariance(testing::nobody), sums{{1, -1}, {0.5, 2}, {0, 1}};
      const Eigen::MatrixXd expected = sums * covariance * sums.transpose();
      const ValueSums sparse = sums.sparseView();
      EXPECT_TRUE(groups.joint->covariance_of(sparse, testing::nobody).isApprox(expected, 1e-12));
      EXPECT_TRUE(groups.joint->variances_of(sparse, testing::nobody).isApprox(expected.diagonal(), 1e-12));
    }
}

}  // namespace enkat::linearization_test
