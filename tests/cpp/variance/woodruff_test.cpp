#include "enkat/variance/woodruff.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <vector>

#include "enkat/basics/distribution.hpp"
#include "enkat/basics/error.hpp"
#include "enkat/basics/json.hpp"
#include "enkat/estimate/quantile_rule.hpp"
#include "tests/cpp/cases_folder.hpp"
#include "tests/cpp/variance/collected.hpp"

namespace enkat::woodruff_test {

TEST(Woodruff, AgreesWithSvyquantile) {
  std::ifstream file(testing::cases_folder() / "quantile/functions/woodruff.json");
  const Json document = Json::parse(file);
  const double tolerance = document["tolerance"];
  const double df = document["df"];
  const std::vector<double> values = document["values"];
  const std::vector<double> weights = document["weights"];
  const WeightedDistribution answers = testing::collected(values, weights, 5);
  ASSERT_GE(document["cases"].size(), 100u);
  for (const Json& c : document["cases"]) {
    const QuantileRule rule = named<QuantileRule>(c["rule"]);
    const double estimate = c["estimate"];
    EXPECT_NEAR(quantile(answers, c["p"], rule), estimate, tolerance * estimate) << c["id"];
    const double level = c["level"];
    const auto shares = woodruff_probabilities(c["share"], c["se_of_share"], static_cast<double>(values.size()), df,
                                               level, named<QuantileInterval>(c["type"]));
    ASSERT_EQ(shares.low && shares.high, c.contains("ci_low")) << c["id"];
    if (!shares.low || !shares.high) {
      EXPECT_EQ(shares.note, "quantile.beyond_range");
      continue;
    }
    const Interval ends{quantile(answers, *shares.low, rule), quantile(answers, *shares.high, rule)};
    EXPECT_NEAR(ends.low, c["ci_low"].get<double>(), tolerance * ends.low) << c["id"];
    EXPECT_NEAR(ends.high, c["ci_high"].get<double>(), tolerance * ends.high) << c["id"];
    EXPECT_NEAR(woodruff_se(ends, df, level), c["se"].get<double>(), tolerance * ends.high) << c["id"];
  }
}

TEST(Woodruff, AShareAtTheEdgeHasNoInterval) {
  for (const QuantileInterval type :
       {QuantileInterval::mean, QuantileInterval::beta, QuantileInterval::xlogit, QuantileInterval::asin})
    for (const double share : {0.0, 1.0}) {
      const auto shares = woodruff_probabilities(share, 0, 50, 49, 0.95, type);
      EXPECT_FALSE(shares.low || shares.high);
      EXPECT_EQ(shares.note, "quantile.beyond_range");
    }
}

TEST(Woodruff, WithoutDegreesOfFreedomThereIsNone) {
  const auto shares = woodruff_probabilities(0.4, 0.1, 20, 0, 0.95, QuantileInterval::mean);
  EXPECT_FALSE(shares.low || shares.high);
  EXPECT_EQ(shares.note, "");
}

TEST(Woodruff, TheStandardErrorIsTheWidthInStandardErrors) {
  EXPECT_NEAR(woodruff_se({10, 14}, 4, 0.95), 4 / (2 * 2.776445105198), 1e-12);
}

TEST(QuantileInterval, AMisspeltNameSuggestsTheNearest) {
  try {
    named<QuantileInterval>("xlogt");
    FAIL();
  } catch (const UsageError& error) {
    EXPECT_EQ(error.code, "usage.unknown_interval");
    EXPECT_NE(std::string(error.what()).find("'xlogit'"), std::string::npos);
  }
}

}  // namespace enkat::woodruff_test
