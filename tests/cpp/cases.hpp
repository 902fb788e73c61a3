#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "enkat/basics/json.hpp"
#include "enkat/design/calibrate.hpp"
#include "enkat/design/replicate.hpp"
#include "enkat/estimate/quantile.hpp"
#include "enkat/estimate/standardize.hpp"
#include "tests/cpp/cases_folder.hpp"
#include "tests/cpp/nobody.hpp"

/// The reference cases of tests/cases, which the Python tests read as well.
namespace enkat::testing {

inline Json read_json(const std::filesystem::path& path) { return Json::parse(std::ifstream(path)); }

/// An object of columns.
inline Table table_of(const Json& data) {
  std::vector<std::pair<std::string, Values>> columns;
  for (const auto& [column, cells] : data.items()) {
    const bool text = std::ranges::any_of(cells, [](const Json& cell) { return cell.is_string(); });
    if (text) {
      std::vector<std::optional<std::string>> values;
      for (const Json& cell : cells)
        values.push_back(cell.is_null() ? std::nullopt : std::optional(cell.get<std::string>()));
      columns.emplace_back(column, values);
    } else {
      std::vector<double> values;
      for (const Json& cell : cells)
        values.push_back(cell.is_null() ? std::nan("") : cell.is_boolean() ? cell.get<bool>() : cell.get<double>());
      columns.emplace_back(column, values);
    }
  }
  return Table::from_columns(columns);
}

/// A data set of tests/cases/data; read once, as many cases are about the same.
inline const Table& read_data(const std::string& name) {
  static std::map<std::string, Table> known;
  const auto found = known.find(name);
  if (found != known.end()) return found->second;
  return known.emplace(name, table_of(read_json(cases_folder() / "data" / (name + ".json")))).first->second;
}

inline Codebook read_codebook(const std::string& name) {
  const auto path = cases_folder() / "data" / (name + ".codebook.json");
  return std::filesystem::exists(path) ? Codebook::from_json(read_json(path)) : Codebook();
}

inline std::vector<std::string> texts(const Json& json) {
  std::vector<std::string> list;
  for (const Json& item : json.is_array() ? json : Json::array({json}))
    list.push_back(item.is_string() ? item.get<std::string>() : item.dump());
  return list;
}

/// "~ a + b - 1" as terms and whether there is an intercept; the formulas of the cases have main effects only.
inline CalibrateRequest calibrate_request_of(const Json& call) {
  CalibrateRequest request{.terms = {}, .totals = call["totals"], .method = call["method"]};
  std::istringstream words(call["formula"].get<std::string>());
  std::string sign = "+";
  for (std::string word; words >> word;) {
    if (word == "+" || word == "-") {
      sign = word;
    } else if (word == "0" || (sign == "-" && word == "1")) {
      request.intercept = false;
    } else if (word != "~" && word != "1") {
      request.terms.push_back({word});
    }
  }
  if (call.contains("bounds")) request.bounds = call["bounds"].get<std::array<double, 2>>();
  return request;
}

/// The survey as designed, then replicated, then calibrated, then its domain.
inline Survey survey_of(const Json& test_case) {
  NoMonitor monitor;
  const std::string data = test_case["data"];
  Json design = test_case["design"];
  const Json replicates = design.value("replicates", Json());
  design.erase("replicates");
  Survey survey(read_data(data), read_codebook(data), Design::from_json(design));
  if (!replicates.is_null())
    survey = replicate(
        survey,
        {.method = replicates["method"], .rho = replicates.value("rho", 0.0), .mse = replicates.value("mse", true)},
        monitor);
  const Json& call = test_case["call"];
  if (call["fn"] == "poststratify") survey = poststratify(survey, call["margins"], monitor);
  if (call["fn"] == "rake") survey = rake(survey, call["margins"], monitor);
  if (call["fn"] == "calibrate") survey = calibrate(survey, calibrate_request_of(call), monitor);
  if (call["fn"] == "trim") survey = trim(survey, call["upper"], call.value("lower", 0.0));
  if (!call.contains("where")) return survey;
  std::vector<Condition> conditions;
  for (const auto& [column, value] : call["where"].items()) conditions.push_back({column, texts(value)});
  return survey.where(conditions);
}

/// The verb whose figures are compared.
inline std::string verb_of(const Json& call) { return call.contains("then") ? call["then"] : call["fn"]; }

inline EstimateRequest request_of(const Json& call) {
  EstimateRequest request;
  request.estimator = verb_of(call);
  request.variables = texts(call["y"]);
  if (request.estimator == "covariance" || request.estimator == "correlation" || request.estimator == "kappa") {
    request.others = {request.variables[1]};
    request.variables.pop_back();
  }
  if (call.contains("x")) request.others = texts(call["x"]);
  if (call.contains("by")) request.by = texts(call["by"]);
  if (call.contains("answer")) request.answers = texts(call["answer"]);
  if (call.contains("points")) request.points = call["points"].get<std::vector<double>>();
  if (call.contains("interval")) request.interval = named<IntervalMethod>(call["interval"]);
  return request;
}

inline Estimates standardized(const Survey& survey, const Json& call, Monitor& monitor) {
  EstimateRequest request = request_of(call);
  request.estimator = "mean";
  const Estimates whole = estimate(survey, request, monitor);
  StandardPopulation standard;
  for (const auto& [column, sizes] : call["standard"].items()) {  // one column in the cases
    standard.columns.push_back(column);
    request.by.push_back(column);
    for (const auto& [level, size] : sizes.items()) standard.groups.push_back({{level}, size});
  }
  return standardize(estimate(survey, request, monitor), whole, standard, testing::nobody);
}

/// What the core says to a call; expressions of contrasts are read by Python only.
inline Estimates estimates_of(const Survey& survey, const Json& call) {
  NoMonitor monitor;
  if (verb_of(call) == "standardized_mean") return standardized(survey, call, monitor);
  if (verb_of(call) != "quantile") return estimate(survey, request_of(call), monitor);
  return quantiles(survey,
                   {.variables = texts(call["y"]),
                    .probabilities = call["p"].get<std::vector<double>>(),
                    .by = call.contains("by") ? texts(call["by"]) : std::vector<std::string>{},
                    .rule = named<QuantileRule>(call["rule"]),
                    .interval = named<QuantileInterval>(call.value("interval", std::string("mean")))},
                   monitor);
}

/// All numbers of an expected value, row by row.
inline std::vector<double> flat(const Json& json) {
  if (json.is_number()) return {json.get<double>()};
  std::vector<double> numbers;
  for (const Json& item : json)
    for (const double number : flat(item)) numbers.push_back(number);
  return numbers;
}

inline double field(const Estimate& row, const std::string& name) {
  const auto value = [](const std::optional<double>& v) { return v.value_or(std::nan("")); };
  if (name == "estimate") return value(row.estimate);
  if (name == "se") return value(row.se);
  if (name == "ci_low") return value(row.ci_low);
  if (name == "ci_high") return value(row.ci_high);
  if (name == "df") return value(row.df);
  if (name == "n") return static_cast<double>(row.n);
  return value(row.deff);
}

inline void check_weights(const Survey& survey, const Json& expected, double tolerance) {
  std::vector<double> weights(survey.rows());
  survey.weights({0, survey.rows()}, weights);
  const std::vector<double> head = flat(expected["weights_head"]);
  for (std::size_t i = 0; i < head.size(); ++i) EXPECT_NEAR(weights[i], head[i], tolerance * head[i]);
  EXPECT_NEAR(std::ranges::max(weights), expected["max"].get<double>(), tolerance * std::ranges::max(weights));
  if (!expected.contains("min")) return;
  EXPECT_NEAR(std::ranges::min(weights), expected["min"].get<double>(), tolerance * std::ranges::max(weights));
}

/// Compares a call with what an independent system computed, to the case's relative tolerance.
inline void check_case(const Json& test_case) {
  SCOPED_TRACE(test_case["id"].get<std::string>());
  const double tolerance = test_case["tol"];
  const Survey survey = survey_of(test_case);
  if (verb_of(test_case["call"]) == "weights") return check_weights(survey, test_case["expected"], tolerance);
  const Estimates estimates = estimates_of(survey, test_case["call"]);
  // R's order of two crossed factors has the first one fastest; ours the first one slowest.
  std::vector<std::size_t> order(estimates.rows.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  if (estimates.by.size() == 2)
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return estimates.rows[i].by[1]; });
  for (const auto& [name, expected] : test_case["expected"].items()) {
    if (name == "group" || name == "answer") continue;
    const std::vector<double> wanted = flat(expected);
    if (name == "vcov") {
      const Eigen::MatrixXd covariance = estimates.covariance(testing::nobody);
      ASSERT_EQ(static_cast<std::size_t>(covariance.size()), wanted.size());
      const double scale = covariance.cwiseAbs().maxCoeff();
      for (Eigen::Index i = 0; i < covariance.size(); ++i)
        EXPECT_NEAR(covariance.data()[i], wanted[static_cast<std::size_t>(i)], tolerance * scale);
      continue;
    }
    ASSERT_EQ(order.size(), wanted.size()) << name;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      const Estimate& row = estimates.rows[order[i]];
      const double found = field(row, name), nothing = name == "se" ? 1e-12 * std::abs(*row.estimate) : 0;
      // The error of a total that was calibrated to is 0, up to what rounding leaves of the total.
      if (wanted[i] <= nothing && found <= nothing && name == "se") continue;
      EXPECT_NEAR(found, wanted[i], tolerance * std::abs(wanted[i])) << name << " " << i;
    }
  }
}

}  // namespace enkat::testing
