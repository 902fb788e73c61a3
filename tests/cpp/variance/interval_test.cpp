#include "enkat/variance/interval.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>

#include "enkat/basics/distribution.hpp"
#include "enkat/basics/error.hpp"
#include "enkat/basics/json.hpp"
#include "tests/cpp/cases_folder.hpp"

namespace enkat::interval_test {

constexpr IntervalMethod all_methods[] = {IntervalMethod::logit,      IntervalMethod::wald,   IntervalMethod::wilson,
                                          IntervalMethod::beta,       IntervalMethod::xlogit, IntervalMethod::asin,
                                          IntervalMethod::likelihood, IntervalMethod::kish};

TEST(ProportionInterval, AgreesWithSvyciprop) {
  std::ifstream file(testing::cases_folder() / "interval/svyciprop.json");
  const Json document = Json::parse(file);
  const double tolerance = document["tolerance"];
  ASSERT_GE(document["cases"].size(), 70u);
  for (const Json& c : document["cases"]) {
    const auto result = proportion_interval(c["proportion"], c["variance"], {c["n"], c["df"]}, 0.95,
                                            named<IntervalMethod>(c["method"]));
    ASSERT_TRUE(result.interval) << c["id"];
    EXPECT_NEAR(result.interval->low, c["ci_low"].get<double>(), tolerance * c["ci_low"].get<double>()) << c["id"];
    EXPECT_NEAR(result.interval->high, c["ci_high"].get<double>(), tolerance * c["ci_high"].get<double>()) << c["id"];
  }
}

TEST(ProportionInterval, AtTheBoundsEveryMethodIsClopperPearson) {
  for (const IntervalMethod method : all_methods) {
    const auto none = proportion_interval(0, 0, {20, 19}, 0.95, method);
    EXPECT_EQ(none.note, "interval.beta_at_bound");
    EXPECT_EQ(none.interval->low, 0);
    EXPECT_NEAR(none.interval->high, 1 - std::pow(0.025, 1.0 / 20), 1e-12);  // the closed form
    const auto all = proportion_interval(1, 0, {20, 19}, 0.95, method);
    EXPECT_NEAR(all.interval->low, std::pow(0.025, 1.0 / 20), 1e-12);
    EXPECT_EQ(all.interval->high, 1);
  }
}

TEST(ProportionInterval, AtTheBoundsFewClustersCountAsFewerRows) {
  const double factor = student_t_quantile(0.975, 99) / student_t_quantile(0.975, 5);
  const auto none = proportion_interval(0, 0, {100, 5}, 0.95, IntervalMethod::logit);
  EXPECT_NEAR(none.interval->high, 1 - std::pow(0.025, 1 / (100 * factor * factor)), 1e-12);
}

TEST(ProportionInterval, WithoutDegreesOfFreedomThereIsNone) {
  for (const IntervalMethod method : all_methods) {
    EXPECT_FALSE(proportion_interval(0.4, 0.01, {10, 0}, 0.95, method).interval);
    EXPECT_FALSE(proportion_interval(0.4, 0.01, {10, std::nan("")}, 0.95, method).interval);
    EXPECT_FALSE(proportion_interval(0, 0, {1, 1}, 0.95, method).interval);
  }
  EXPECT_TRUE(std::isnan(mean_interval(3, 1, 0, 0.95).low));
}

TEST(ProportionInterval, WhatUnequalWeightsLeaveOfTheRowsBoundsTheEffectiveSize) {
  constexpr double p = 0.02, small = 1e-6;
  const auto of = [&](double variance, double kish_size) {
    return proportion_interval(p, variance, {200, 199, kish_size}, 0.95, IntervalMethod::kish).interval;
  };
  const auto wilson = [&](double size) {
    return proportion_interval(p, p * (1 - p) / size, {200, 199}, 0.95, IntervalMethod::wilson).interval;
  };
  EXPECT_NEAR(of(small, 66)->high, wilson(66)->high, 1e-15);
  EXPECT_NEAR(of(small, 66)->low, wilson(66)->low, 1e-15);
  EXPECT_NEAR(of(p * (1 - p) / 40, 66)->high, wilson(40)->high, 1e-15);
  const auto nobody = proportion_interval(0, 0, {200, 199, 66}, 0.95, IntervalMethod::kish);
  EXPECT_NEAR(nobody.interval->high, 1 - std::pow(0.025, 1.0 / 66), 1e-14);  // Clopper & Pearson of 66
}

TEST(ProportionInterval, TheOthersAnswerMirrorsIt) {
  for (const IntervalMethod method : all_methods) {
    const auto yes = proportion_interval(0.13, 0.0021, {60, 12}, 0.9, method).interval;
    const auto no = proportion_interval(0.87, 0.0021, {60, 12}, 0.9, method).interval;
    EXPECT_NEAR(yes->low, 1 - no->high, 1e-12);
    EXPECT_NEAR(yes->high, 1 - no->low, 1e-12);
  }
}

TEST(ProportionInterval, ACompleteCensusHasNoWidth) {
  for (const IntervalMethod method : all_methods) {
    const auto result = proportion_interval(0.3, 0, {40, 39}, 0.95, method);
    EXPECT_EQ(result.interval, (Interval{0.3, 0.3}));
  }
}

TEST(ProportionInterval, AsinStopsAtZero) {
  EXPECT_EQ(proportion_interval(0.2, 0.04, {5, 4}, 0.95, IntervalMethod::asin).interval->low, 0);
}

TEST(ProportionInterval, TheLikelihoodEndsHaveTheRaoScottDeviance) {
  const double t = student_t_quantile(0.975, 12);
  for (const double p : {0.001, 0.13, 0.5, 0.98}) {
    const double variance = p * (1 - p) / 40;
    const auto ends = proportion_interval(p, variance, {60, 12}, 0.95, IntervalMethod::likelihood).interval;
    EXPECT_LT(ends->low, p);
    EXPECT_GT(ends->high, p);
    for (const double q : {ends->low, ends->high}) {
      const double deviance = 2 * 60 * (p * std::log(p / q) + (1 - p) * std::log((1 - p) / (1 - q)));
      EXPECT_NEAR(deviance / (60.0 / 40 * 60 / 59), t * t, 1e-9);
    }
  }
}

TEST(ProportionInterval, TheLikelihoodIntervalComesCloseToWaldInLargeSamples) {
  const double variance = 0.3 * 0.7 / 1e10;
  const auto likelihood = proportion_interval(0.3, variance, {1e10, 1e10}, 0.95, IntervalMethod::likelihood).interval;
  const auto wald = proportion_interval(0.3, variance, {1e10, 1e10}, 0.95, IntervalMethod::wald).interval;
  EXPECT_NEAR(likelihood->low, wald->low, 1e-9);
  EXPECT_NEAR(likelihood->high, wald->high, 1e-9);
}

TEST(OneSidedBounds, AreTheEndsOfTheNinetyPercentInterval) {
  // Worked example: 52 per cent of 1,473, lower one-sided bound .4986.
  const double p = 766.0 / 1473;
  const auto bounds = one_sided_bounds(0.52, p * (1 - p) / 1472, {1473, 1472}, 0.95, IntervalMethod::beta);
  EXPECT_NEAR(bounds.interval->low, 0.498, 5e-4);
}

TEST(MeanInterval, UsesStudentsT) {
  const Interval interval = mean_interval(10, 2, 4, 0.95);
  EXPECT_NEAR(interval.high, 10 + 2 * 2.776445105198, 1e-9);
  EXPECT_NEAR(interval.low, 10 - 2 * 2.776445105198, 1e-9);
}

TEST(ProportionInterval, LikelihoodHasBothEndsHoweverFewTheDegreesOfFreedom) {
  for (const double p : {0.25, 0.5, 0.999})
    for (const double n : {2.0, 40.0})
      for (const double size : {0.2, 2.0, 20.0}) {
        const double variance = p * (1 - p) / size, t = student_t_quantile(0.975, 1);
        const auto result = proportion_interval(p, variance, {n, 1}, 0.95, IntervalMethod::likelihood);
        ASSERT_TRUE(result.interval);
        const auto [low, high] = *result.interval;
        EXPECT_TRUE(0 <= low && low < p && p < high && high <= 1) << low << " " << high;
        if (low < 1e-300) continue;  // the end is smaller than a double can be
        const double deviance = -2 * (p * std::log(low / p) + (1 - p) * std::log((1 - low) / (1 - p)));
        EXPECT_NEAR(deviance * size * (n - 1) / (n * t * t), 1, 1e-9);
      }
}

TEST(ProportionInterval, LikelihoodFindsEndsThatRoundingHidesFromTheSearch) {
  for (int k = 1; k < 97; ++k)
    for (const double size : {0.05, 0.1, 0.13, 0.2, 0.35, 0.5})
      for (const double df : {1.0, 2.0, 3.0}) {
        const double p = k / 97.0, variance = p * (1 - p) / size;
        const auto ends = proportion_interval(p, variance, {20, df}, 0.9, IntervalMethod::likelihood).interval;
        EXPECT_TRUE(ends && 0 <= ends->low && ends->low < p && p < ends->high && ends->high <= 1) << p << " " << size;
      }
}

}  // namespace enkat::interval_test
