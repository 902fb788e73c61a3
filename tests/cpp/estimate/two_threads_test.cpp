#include <gtest/gtest.h>

#include <thread>

#include "enkat/design/pass.hpp"
#include "enkat/estimate/estimate.hpp"
#include "enkat/estimate/quantile.hpp"
#include "tests/cpp/nobody.hpp"

namespace enkat::two_threads_test {

using Numbers = std::vector<double>;
using Texts = std::vector<std::string>;

Table people(std::size_t rows) {
  Numbers y, w;
  Texts g;
  for (std::size_t i = 0; i < rows; ++i) {
    y.push_back(static_cast<double>(i * 7919 % 100));
    w.push_back(1 + static_cast<double>(i % 3));
    g.push_back(std::string(1, static_cast<char>('a' + i % 4)));
  }
  return Table::from_columns({{"y", std::move(y)}, {"w", std::move(w)}, {"g", std::move(g)}});
}

class Listed final : public Parts {
 public:
  void run(Pass& pass, const std::vector<std::string>&, Monitor& monitor) override {
    for (int part = 0; part < 3; ++part) pass.see(people(2000), monitor);
  }
};

/// What a user may ask of one survey: all that is made on first use and kept.
Numbers asked_of(const Survey& survey) {
  NoMonitor nobody;
  Numbers found;
  const auto keep = [&](const Estimates& estimates) {
    for (const Estimate& row : estimates.rows) {
      found.push_back(row.estimate.value_or(-1));
      found.push_back(row.se.value_or(-1));
    }
    found.push_back(estimates.covariance(testing::nobody).sum());
  };
  EstimateRequest mean;
  mean.estimator = "mean";
  mean.variables = {"y"};
  mean.by = {"g"};
  keep(estimate(survey, mean, nobody));
  EstimateRequest share;
  share.estimator = "proportion";
  share.variables = {"g"};
  keep(estimate(survey.where({{"g", {"a", "b"}}}), share, nobody));
  keep(quantiles(survey, {.variables = {"y"}, .probabilities = {0.5}, .by = {"g"}}, nobody));
  found.push_back(static_cast<double>(survey.notes().size() + survey.outside().size()));
  return found;
}

/// `make tsan` looks for races here.
void ask_twice_at_once(const Survey& survey) {
  Numbers first, second;
  std::thread one([&] { first = asked_of(survey); });
  std::thread other([&] { second = asked_of(survey); });
  one.join();
  other.join();
  EXPECT_EQ(first, second);
  EXPECT_EQ(first, asked_of(survey));
  EXPECT_GT(first.size(), 20U);
}

Design weighted() {
  Design design;
  design.weight = "w";
  return design;
}

TEST(TwoThreads, AskOneSurveyInMemory) { ask_twice_at_once(Survey(people(6000), Codebook(), weighted())); }

TEST(TwoThreads, AskOneSurveyReadInParts) {
  NoMonitor nobody;
  ask_twice_at_once(Survey(people(0), Codebook(), weighted(), std::make_shared<Listed>(), nobody));
}

}  // namespace enkat::two_threads_test
