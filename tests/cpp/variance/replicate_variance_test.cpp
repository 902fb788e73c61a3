#include "enkat/variance/replicate_variance.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "enkat/basics/json.hpp"
#include "enkat/design/calibrate.hpp"
#include "enkat/design/replicate.hpp"
#include "enkat/estimate/estimate.hpp"
#include "tests/cpp/nobody.hpp"

namespace enkat::replicate_variance_test {

using Numbers = std::vector<double>;
using Names = std::vector<std::string>;

NoMonitor nobody;

/// Two strata of three and four clusters of unequal size.
Survey clustered(bool with_fpc = false) {
  Design design;
  design.weight = "w";
  design.strata = {"h"};
  design.cluster = {"c"};
  if (with_fpc) design.fpc = {"N"};
  return Survey(Table::from_columns({{"y", Numbers{3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9}},
                                     {"x", Numbers{2, 7, 1, 8, 2, 8, 1, 8, 2, 8, 4, 5, 9}},
                                     {"w", Numbers{2, 2, 3, 3, 1, 1, 2, 2, 4, 4, 1, 1, 3}},
                                     {"h", Names{"a", "a", "a", "a", "a", "b", "b", "b", "b", "b", "b", "b", "b"}},
                                     {"c", Numbers{1, 1, 2, 2, 3, 4, 4, 5, 5, 6, 6, 7, 7}},
                                     {"g", Names{"k", "m", "k", "m", "m", "k", "k", "m", "k", "m", "m", "k", "m"}},
                                     {"N", Numbers{9, 9, 9, 9, 9, 8, 8, 8, 8, 8, 8, 8, 8}}}),
                Codebook(), design);
}

Estimates run(const Survey& survey, const std::string& estimator, std::vector<std::string> by = {}) {
  EstimateRequest request;
  request.estimator = estimator;
  request.variables = {"y"};
  if (estimator == "ratio" || estimator == "covariance" || estimator == "correlation") request.others = {"x"};
  request.by = std::move(by);
  return estimate(survey, request, nobody);
}

Replicates factors(std::vector<double> rscales, double scale, bool mse) {
  Replicates replicates;
  replicates.scale = scale;
  replicates.rscales = std::move(rscales);
  replicates.mse = mse;
  return replicates;
}

TEST(ReplicateVariance, IsTheScaledSumOfSquaresAboutTheWholeSample) {
  const Eigen::MatrixXd values{{1, 4, 3}, {2, 2, 5}};
  const ReplicateVariance variance(factors({1, 2, 3}, 0.5, true), values, Eigen::Vector2d(2, 4));
  // Deviations (−1, 2, 1) and (−2, −2, 1) with factors ½, 1, 3/2.
  EXPECT_NEAR(variance.variances()[0], 0.5 * 1 + 1 * 4 + 1.5 * 1, 1e-14);
  EXPECT_NEAR(variance.variances()[1], 0.5 * 4 + 1 * 4 + 1.5 * 1, 1e-14);
  EXPECT_NEAR(variance.covariance(testing::nobody)(0, 1), 0.5 * 2 - 1 * 4 + 1.5 * 1, 1e-14);
  EXPECT_EQ(variance.covariance(testing::nobody)(0, 1), variance.covariance(testing::nobody)(1, 0));
}

TEST(ReplicateVariance, WithoutMseItIsAboutTheMeanOfTheReplicatesThatCount) {
  const Eigen::MatrixXd values{{1, 100, 3}};
  const ReplicateVariance variance(factors({1, 0, 1}, 1, false), values, Eigen::VectorXd::Constant(1, 50));
  EXPECT_NEAR(variance.variances()[0], 2, 1e-14);  // about 2; the second has no say
}

double logit(double p) { return std::log(p) - std::log1p(-p); }

TEST(ReplicateVariance, TheLogitOfAShareVariesAsItsReplicatesDo) {
  const Eigen::MatrixXd values{{0.25, 0.75}, {0.5, 1}};
  const ReplicateVariance variance(factors({1, 1}, 1, true), values, Eigen::Vector2d(0.5, 0.5));
  EXPECT_NEAR(*variance.variance_of_function(0, logit), 2 * std::log(3) * std::log(3), 1e-14);
  EXPECT_FALSE(variance.variance_of_function(1, logit).has_value());
}

TEST(ReplicateVariance, TheJackknifeOfATotalIsTheLinearisedVariance) {
  for (const bool with_fpc : {false, true}) {
    const Survey survey = clustered(with_fpc);
    const Eigen::MatrixXd linear = run(survey, "total", {"g"}).covariance(testing::nobody);
    const Eigen::MatrixXd jackknife =
        run(replicate(survey, {.method = "JKn"}, nobody), "total", {"g"}).covariance(testing::nobody);
    EXPECT_LT((jackknife - linear).cwiseAbs().maxCoeff(), 1e-11 * linear.cwiseAbs().maxCoeff());
  }
}

// θ_r by leaving a cluster out of the table and raising the weights of its stratum by n_h/(n_h − 1).
TEST(ReplicateVariance, TheJackknifeOfARatioByLeavingOutOneClusterAfterAnother) {
  const Numbers y{3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9}, x{2, 7, 1, 8, 2, 8, 1, 8, 2, 8, 4, 5, 9};
  const Numbers w{2, 2, 3, 3, 1, 1, 2, 2, 4, 4, 1, 1, 3}, c{1, 1, 2, 2, 3, 4, 4, 5, 5, 6, 6, 7, 7};
  const auto ratio = [&](double without) {
    const bool first = without <= 3;
    const double raised = first ? 3.0 / 2 : 4.0 / 3;
    double above = 0, below = 0;
    for (std::size_t i = 0; i < y.size(); ++i) {
      const double weight = c[i] == without ? 0 : w[i] * (without > 0 && (c[i] <= 3) == first ? raised : 1);
      above += weight * y[i];
      below += weight * x[i];
    }
    return above / below;
  };
  double expected = 0;
  for (int left = 1; left <= 7; ++left) {
    const double n = left <= 3 ? 3 : 4, difference = ratio(left) - ratio(0);
    expected += (n - 1) / n * difference * difference;
  }
  const Estimate found = run(replicate(clustered(), {.method = "JKn"}, nobody), "ratio").rows[0];
  EXPECT_NEAR(*found.estimate, ratio(0), 1e-14);
  EXPECT_NEAR(*found.se * *found.se / expected, 1, 1e-11);
}

TEST(ReplicateVariance, ReplicatesThatAreTheSampleItselfHaveNone) {
  Design design;
  design.weight = "w";
  design.replicates = SuppliedReplicates{
      .columns = {"r1", "r2", "r3"}, .method = "other", .rho = {}, .scale = 0.5, .rscales = {1, 1, 1}};
  const Numbers w{0.3, 1.7, 2.9, 0.1, 5.3};
  const Survey survey(Table::from_columns({{"y", Numbers{3.1, 1.4, 4.7, 1.2, 5.9}},
                                           {"x", Numbers{0.2, 7.1, 1.3, 8.6, 2.9}},
                                           {"w", w},
                                           {"r1", w},
                                           {"r2", w},
                                           {"r3", w}}),
                      Codebook(), design);
  for (const char* estimator : {"total", "mean", "ratio", "variance", "covariance", "correlation"}) {
    const Estimates estimates = run(survey, estimator);
    EXPECT_LE(std::sqrt(estimates.joint->variances()[0]), 1e-14 * std::abs(*estimates.rows[0].estimate)) << estimator;
    EXPECT_FALSE(estimates.rows[0].se.has_value());  // one set of weights has no degrees of freedom
    EXPECT_EQ(estimates.rows[0].notes.text(), "estimate.no_df");
  }
}

TEST(ReplicateVariance, EveryReplicateOfACalibratedSampleMeetsTheTotals) {
  CalibrateRequest request;
  request.terms = {{"y"}, {"g"}};
  request.totals = Json::parse(R"({"y": 140, "g": {"k": 13, "m": 19}})");
  const Survey first = calibrate(replicate(clustered(), {.method = "JKn"}, nobody), request, nobody);
  const Survey last = replicate(calibrate(clustered(), request, nobody), {.method = "JKn"}, nobody);
  for (const Survey& survey : {first, last}) {
    const Estimate total = run(survey, "total").rows[0];
    EXPECT_NEAR(*total.estimate, 140, 1e-10);
    EXPECT_LE(*total.se, 1e-11 * 140);
    EXPECT_GT(*run(survey, "mean", {"h"}).rows[0].se, 0.01);
  }
  EXPECT_NEAR(*run(first, "ratio").rows[0].se, *run(last, "ratio").rows[0].se, 1e-12);
}

}  // namespace enkat::replicate_variance_test
