#pragma once

#include <memory>
#include <string>
#include <vector>

#include "enkat/statistic/covariance.hpp"
#include "enkat/statistic/mean.hpp"
#include "enkat/statistic/proportion.hpp"
#include "enkat/statistic/variance.hpp"
#include "enkat/totals/plan.hpp"
#include "tests/cpp/nobody.hpp"
#include "tests/cpp/statistic/request.hpp"

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

/// One estimator of y.
template <class Estimator>
StatisticsWanted of_y() {
  return {{request(Estimator::name, "y")}};
}

inline std::shared_ptr<Plan> mean_and_covariance(const Survey& survey) {
  return make_plan(survey, {"g"}, {{request(Mean::name, "y"), request(Covariance::name, "y", {"x"})}});
}

/// A share of two answers, and a mean.
inline std::shared_ptr<Plan> share_and_mean(const Survey& survey) {
  return make_plan(survey, {}, {{request(Proportion::name, "g"), request(Mean::name, "y")}});
}

}  // namespace enkat::testing
