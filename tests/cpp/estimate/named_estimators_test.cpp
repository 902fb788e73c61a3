#include "enkat/estimate/named_estimators.hpp"

#include <gtest/gtest.h>

namespace enkat::named_estimators_test {

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
    named_estimators(survey(), request);
  } catch (const Error& error) {
    return error.code;
  }
  return "";
}

TEST(NamedEstimators, EveryNameOfTheListIsItsEstimator) {
  for (const std::string& name : Estimators::names()) {
    for (const NamedEstimator& named : named_estimators(survey(), request(name)))
      EXPECT_EQ(std::visit([](const auto& e) { return std::string(e.name); }, named.estimator), name);
  }
}

TEST(NamedEstimators, RowsAreCalledAfterTheirVariables) {
  const auto names = [](const std::string& estimator) {
    Names list;
    for (const NamedEstimator& named : named_estimators(survey(), request(estimator))) list.push_back(named.variable);
    return list;
  };
  EXPECT_EQ(names("mean"), (Names{"y", "x"}));
  EXPECT_EQ(names("ratio"), (Names{"y/x", "x/y"}));
  EXPECT_EQ(names("correlation"), (Names{"y,x", "x,y"}));
  EXPECT_EQ(names("kappa"), Names{"g,o"});
  EXPECT_EQ(names("alpha"), Names{"y,x"});  // one of all items
}

TEST(NamedEstimators, OnlyChosenAnswersAreEstimatedInTheOrderOfTheQuestion) {
  const auto share = [](const EstimateRequest& of) {
    return std::get<Proportion>(named_estimators(survey(), of)[0].estimator);
  };
  EstimateRequest shares = request("proportion");
  EXPECT_EQ(share(shares).terms(), 4U);
  shares.answers = {"n", "k", "n"};
  EXPECT_EQ(share(shares).only, (std::vector<std::size_t>{0, 2}));
  EXPECT_EQ(share(shares).terms(), 3U);
  shares.any_of = true;  // then they are one answer
  EXPECT_EQ(share(shares).any_of, (std::vector<std::size_t>{0, 2}));
  EXPECT_EQ(share(shares).terms(), 2U);
}

TEST(NamedEstimators, WhatCannotBeEstimatedIsRefusedByCode) {
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

}  // namespace enkat::named_estimators_test
