#include "enkat/statistic/named_statistics.hpp"

#include <gtest/gtest.h>

#include "enkat/statistic/registry.hpp"

namespace enkat::named_statistics_test {

using Numbers = std::vector<double>;
using Names = std::vector<std::string>;

Survey survey() {
  return Survey(
      Table::from_columns(
          {{"y", Numbers{3, 1, 4}}, {"x", Numbers{2, 7, 1}}, {"g", Names{"k", "m", "n"}}, {"o", Names{"m", "n", "k"}}}),
      Codebook(), Design());
}

EstimateRequest request(const std::string& estimator) {
  EstimateRequest request;
  request.estimator = estimator;
  request.variables = {"y", "x"};
  request.others = {"x", "y"};
  request.points = {2, 3};
  if (estimator == "proportion" || estimator == "kappa") {
    request.variables = {"g"};
    request.others = {"o"};
  }
  return request;
}

std::string code_of(const EstimateRequest& request) {
  try {
    named_statistics(survey(), {{request}}, request.by, 1);
  } catch (const Error& error) {
    return error.code;
  }
  return "";
}

TEST(NamedStatistics, EveryRegisteredNameMakesAStatisticOfItsRole) {
  for (const std::string& name : statistic_names())
    for (const NamedStatistic& named : named_statistics(survey(), {{request(name)}}, {}, 1))
      EXPECT_EQ(named.statistic->role(), statistic_called(name).role) << name;
}

TEST(NamedStatistics, OnesThatAReportCanShowAreOfOneQuestionOrAPair) {
  for (const std::string& name : indicator_names()) EXPECT_NE(statistic_called(name).arity, Arity::all) << name;
}

TEST(NamedStatistics, RowsAreCalledAfterTheirVariables) {
  const auto names = [](const std::string& estimator) {
    Names list;
    for (const NamedStatistic& named : named_statistics(survey(), {{request(estimator)}}, {}, 1))
      list.push_back(named.variable);
    return list;
  };
  EXPECT_EQ(names("mean"), (Names{"y", "x"}));
  EXPECT_EQ(names("ratio"), (Names{"y/x", "x/y"}));
  EXPECT_EQ(names("correlation"), (Names{"y,x", "x,y"}));
  EXPECT_EQ(names("kappa"), Names{"g,o"});
  EXPECT_EQ(names("alpha"), Names{"y,x"});  // one of all items
}

TEST(NamedStatistics, OnlyChosenAnswersAreEstimatedInTheOrderOfTheQuestion) {
  const auto answers = [](const EstimateRequest& of) {
    return named_statistics(survey(), {{of}}, {}, 1)[0].statistic->answers();
  };
  EstimateRequest shares = request("proportion");
  EXPECT_EQ(answers(shares), (Names{"k", "m", "n"}));
  shares.answers = {"n", "k", "n"};
  EXPECT_EQ(answers(shares), (Names{"k", "n"}));
  shares.any_of = true;  // then they are one answer
  EXPECT_EQ(answers(shares), Names{"any"});
}

TEST(NamedStatistics, WhatCannotBeEstimatedIsRefusedByCode) {
  EXPECT_EQ(code_of(request("median")), "usage.unknown_estimator");
  EstimateRequest none = request("mean");
  none.variables = {};
  EXPECT_EQ(code_of(none), "usage.no_variable");
  for (const char* pair : {"ratio", "covariance", "correlation", "kappa"}) {
    EstimateRequest single = request(pair);
    single.others = {};
    EXPECT_EQ(code_of(single), "usage.pair") << pair;
  }
  EstimateRequest unknown = request("proportion");
  unknown.answers = {"z"};
  EXPECT_FALSE(code_of(unknown).empty());
}

}  // namespace enkat::named_statistics_test
