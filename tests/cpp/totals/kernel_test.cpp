#include <gtest/gtest.h>

#include <cstdlib>

#include "enkat/basics/json.hpp"
#include "enkat/basics/reduce.hpp"
#include "enkat/design/calibrate.hpp"
#include "enkat/design/replicate.hpp"
#include "enkat/estimate/estimate.hpp"
#include "enkat/estimate/quantile.hpp"

/// Everything that passes over rows, on as many rows as threads are started for: ThreadSanitizer has nothing to see in
/// the small surveys of the other tests.
namespace enkat::kernel_test {

NoMonitor nobody;

Survey many_rows(bool clustered) {
  const std::size_t rows = serial_rows + 10 * block_rows;
  std::vector<double> y(rows), x(rows), w(rows), h(rows), c(rows);
  std::vector<std::string> g(rows);
  for (std::size_t i = 0; i < rows; ++i) {
    const auto n = static_cast<double>(i * 7919 % 10007);
    y[i] = n / 100;
    x[i] = 2 * y[i] + static_cast<double>(i % 3) * 1e-9;  // near a line, so that scores take a pass of their own
    w[i] = 1 + static_cast<double>(i % 13);
    h[i] = static_cast<double>(i % 5);
    c[i] = static_cast<double>(i % 200);
    g[i] = i % 11 < 4 ? "north" : "south";
  }
  Design design;
  design.weight = "w";
  design.strata = {"h"};
  if (clustered) design.cluster = {"c"};
  return Survey(Table::from_columns({{"y", y}, {"x", x}, {"w", w}, {"h", h}, {"c", c}, {"g", g}}), Codebook(), design);
}

Estimates of(const Survey& survey, const std::string& estimator, const std::string& variable,
             const std::string& other = "") {
  EstimateRequest request;
  request.estimator = estimator;
  request.variables = {variable};
  if (!other.empty()) request.others = {other};
  if (variable != "g") request.by = {"g"};
  return estimate(survey, request, nobody);
}

std::vector<double> figures(const Estimates& estimates) {
  std::vector<double> all;
  for (const Estimate& row : estimates.rows) {
    all.push_back(row.estimate.value_or(-1));
    all.push_back(row.se.value_or(-1));
  }
  return all;
}

std::vector<double> figures_of_all(const char* threads) {
  ::setenv("ENKAT_THREADS", threads, 1);
  std::vector<double> all;
  const auto add = [&](const Estimates& estimates) {
    const std::vector<double> more = figures(estimates);
    all.insert(all.end(), more.begin(), more.end());
  };
  for (const bool clustered : {false, true}) {
    const Survey survey = many_rows(clustered);
    add(of(survey, "mean", "y"));
    add(of(survey, "proportion", "g"));
    add(of(survey, "ratio", "x", "y"));
    QuantileRequest quantile;
    quantile.variables = {"y"};
    quantile.probabilities = {0.5};
    quantile.rule = QuantileRule::hf7;
    add(quantiles(survey, quantile, nobody));
    const Survey raked = rake(survey, Json::parse(R"({"g": {"north": 1e6, "south": 2e6}})"), nobody);
    add(of(raked, "mean", "y"));
    if (clustered) add(of(replicate(raked, {.method = "JKn"}, nobody), "mean", "y"));
  }
  ::unsetenv("ENKAT_THREADS");
  return all;
}

TEST(Kernel, OnSeveralThreadsGivesTheFiguresOfOne) { EXPECT_EQ(figures_of_all("3"), figures_of_all("1")); }

}  // namespace enkat::kernel_test
