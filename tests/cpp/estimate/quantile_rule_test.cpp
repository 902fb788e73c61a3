#include "enkat/estimate/quantile_rule.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <vector>

#include "enkat/basics/error.hpp"
#include "enkat/basics/json.hpp"
#include "tests/cpp/cases_folder.hpp"
#include "tests/cpp/variance/collected.hpp"

namespace enkat::quantile_rule_test {

constexpr QuantileRule all_rules[] = {QuantileRule::math, QuantileRule::school, QuantileRule::hf1, QuantileRule::hf2,
                                      QuantileRule::hf3,  QuantileRule::hf4,    QuantileRule::hf5, QuantileRule::hf6,
                                      QuantileRule::hf7,  QuantileRule::hf8,    QuantileRule::hf9};

WeightedDistribution distribution_of(const std::vector<double>& values, const std::vector<double>& weights) {
  return testing::collected(values, weights, *std::ranges::max_element(weights));
}

TEST(Quantile, AgreesWithSvyquantileAndWithBaseRForEqualWeights) {
  std::ifstream file(testing::cases_folder() / "quantile/functions/rules.json");
  const Json document = Json::parse(file);
  const double tolerance = document["tolerance"];
  ASSERT_GE(document["cases"].size(), 90u);
  for (const Json& c : document["cases"]) {
    const WeightedDistribution answers = distribution_of(c["values"], c["weights"]);
    const QuantileRule rule = named<QuantileRule>(c["rule"]);
    for (std::size_t i = 0; i < c["p"].size(); ++i) {
      const double expected = c["expected"][i];
      EXPECT_NEAR(quantile(answers, c["p"][i], rule), expected, tolerance * std::abs(expected))
          << c["id"] << " at " << c["p"][i];
    }
  }
}

TEST(Quantile, AnswersWhereFEqualsPHoweverTheWeightsAreScaled) {
  std::vector<double> values(30);
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<double>(i + 1);
  for (const double weight : {0.1, 1.0 / 3, 7.77, 1e-9, 1e12}) {
    const WeightedDistribution answers = distribution_of(values, std::vector<double>(30, weight));
    for (int k = 1; k < 30; ++k) {
      EXPECT_EQ(quantile(answers, k / 30.0, QuantileRule::math), k);
      EXPECT_EQ(quantile(answers, k / 30.0, QuantileRule::school), k + 0.5);
    }
  }
}

TEST(Quantile, EveryRuleIsUnchangedByTheScaleOfWeights) {
  const std::vector<double> values{3, 1, 4, 1, 5, 9, 2, 6};
  const std::vector<double> weights{1, 2, 0.5, 1.75, 3, 0.25, 2, 1};
  std::vector<double> scaled = weights;
  for (double& weight : scaled) weight *= 123.456;
  for (const QuantileRule rule : all_rules)
    for (double p = 0; p <= 1; p += 1.0 / 64)
      EXPECT_NEAR(quantile(distribution_of(values, weights), p, rule),
                  quantile(distribution_of(values, scaled), p, rule), 1e-12);
}

TEST(Quantile, StaysWithinTheAnswersAndNeverFalls) {
  const WeightedDistribution answers = distribution_of({3, 1, 4, 1, 5, 9, 2, 6}, {1, 2, 0.5, 1.75, 3, 0.25, 2, 1});
  for (const QuantileRule rule : all_rules) {
    EXPECT_EQ(quantile(answers, 0, rule), 1);
    EXPECT_EQ(quantile(answers, 1, rule), 9);
    for (double p = 0, before = 1; p <= 1; p += 1.0 / 256) {
      const double now = quantile(answers, p, rule);
      EXPECT_GE(now, before);
      before = now;
    }
  }
}

TEST(Quantile, TheMathRuleIsTheDefinition) {
  const std::vector<double> values{3, 1, 4, 1, 5};
  const std::vector<double> weights{1, 2, 0.5, 1.5, 3};  // F: 1 → 3.5/8, 3 → 4.5/8, 4 → 5/8, 5 → 1
  const WeightedDistribution answers = distribution_of(values, weights);
  EXPECT_EQ(quantile(answers, 3.5 / 8, QuantileRule::math), 1);
  EXPECT_EQ(quantile(answers, 3.6 / 8, QuantileRule::math), 3);
  EXPECT_EQ(quantile(answers, 5.0 / 8, QuantileRule::math), 4);
  EXPECT_EQ(quantile(answers, 5.0 / 8, QuantileRule::school), 4.5);
  EXPECT_EQ(quantile(answers, 0.01, QuantileRule::math), 1);
}

TEST(Quantile, AnAnswerOfAPersonAloneIsEveryQuantile) {
  const WeightedDistribution answers = distribution_of({7}, {2.5});
  for (const QuantileRule rule : all_rules)
    for (const double p : {0.0, 0.3, 0.5, 1.0}) EXPECT_EQ(quantile(answers, p, rule), 7);
}

TEST(Quantile, TheNearestEvenAnswerByWeight) {
  const WeightedDistribution answers = distribution_of({10, 20, 30, 40}, {1, 2, 4, 1});  // C: 1, 3, 7, 8
  EXPECT_EQ(quantile(answers, 1.9 / 8, QuantileRule::hf3), 10);
  EXPECT_EQ(quantile(answers, 2.0 / 8, QuantileRule::hf3), 20);  // halfway: the second is even
  EXPECT_EQ(quantile(answers, 5.0 / 8, QuantileRule::hf3), 20);  // halfway: still the second
  EXPECT_EQ(quantile(answers, 5.1 / 8, QuantileRule::hf3), 30);
}

TEST(QuantileRule, AMisspeltNameSuggestsTheNearest) {
  try {
    named<QuantileRule>("scool");
    FAIL();
  } catch (const UsageError& error) {
    EXPECT_EQ(error.code, "usage.unknown_quantile_rule");
    EXPECT_NE(std::string(error.what()).find("'school'"), std::string::npos);
  }
}

TEST(QuantileRule, ARuleThatDependsOnTheScaleOfWeightsIsRefused) {
  EXPECT_THROW(named<QuantileRule>("shahvaish"), UsageError);
}

}  // namespace enkat::quantile_rule_test
