#pragma once

#include <memory>
#include <string>
#include <vector>

#include "enkat/estimate/covariance.hpp"
#include "enkat/estimate/mean.hpp"
#include "enkat/estimate/plan.hpp"
#include "enkat/estimate/proportion.hpp"
#include "enkat/estimate/variance.hpp"
#include "tests/cpp/nobody.hpp"

namespace enkat::testing {

/// Six rows in two groups and three clusters.
inline Table six_rows() {
  return Table::from_columns({{"y", std::vector<double>{3, 1, 4, 1, 5, 9}},
                              {"x", std::vector<double>{2, 7, 1, 8, 2, 8}},
                              {"g", std::vector<std::string>{"k", "m", "k", "m", "k", "m"}},
                              {"w", std::vector<double>{1, 2, 3, 1, 2, 3}},
                              {"c", std::vector<double>{1, 1, 2, 2, 3, 3}}});
}

inline Survey rows_drawn() {
  Design design;
  design.weight = "w";
  return Survey(six_rows(), Codebook(), design);
}

inline Survey clusters_drawn() {
  Design design;
  design.weight = "w";
  design.cluster = {"c"};
  return Survey(six_rows(), Codebook(), design);
}

/// How a call makes one estimator of y.
template <class Estimator>
StatisticsOf of_y() {
  return [](const Survey& survey) { return std::vector<AnyStatistic>{statistic(Estimator{survey.numbers("y")})}; };
}

inline std::shared_ptr<Plan> mean_and_covariance(const Survey& survey) {
  return make_plan(survey, {"g"}, [](const Survey& of) {
    return std::vector<AnyStatistic>{statistic(Mean{of.numbers("y")}),
                                     statistic(Covariance{{of.numbers("y"), of.numbers("x")}})};
  });
}

/// A share of two answers, and a mean.
inline std::shared_ptr<Plan> share_and_mean(const Survey& survey) {
  return make_plan(survey, {}, [](const Survey& of) {
    return std::vector<AnyStatistic>{statistic(Proportion{of.answers("g")}), statistic(Mean{of.numbers("y")})};
  });
}

}  // namespace enkat::testing
