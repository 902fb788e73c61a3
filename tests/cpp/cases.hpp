#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "enkat/estimate/estimate.hpp"

/// The reference cases of tests/cases, which the Python tests read as well.
namespace enkat::testing {

inline Json read_json(const std::filesystem::path& path) { return Json::parse(std::ifstream(path)); }

inline const std::filesystem::path cases_folder = ENKAT_CASES;

/// A data set of tests/cases/data: an object of columns.
inline Table read_data(const std::string& name) {
  std::vector<std::pair<std::string, Values>> columns;
  const Json data = read_json(cases_folder / "data" / (name + ".json"));
  for (const auto& [column, cells] : data.items()) {
    const bool text = std::ranges::any_of(cells, [](const Json& cell) { return cell.is_string(); });
    if (text) {
      std::vector<std::optional<std::string>> values;
      for (const Json& cell : cells)
        values.push_back(cell.is_null() ? std::nullopt : std::optional(cell.get<std::string>()));
      columns.emplace_back(column, values);
    } else {
      std::vector<double> values;
      for (const Json& cell : cells) values.push_back(cell.is_null() ? std::nan("") : cell.get<double>());
      columns.emplace_back(column, values);
    }
  }
  return Table::from_columns(columns);
}

inline Codebook read_codebook(const std::string& name) {
  const auto path = cases_folder / "data" / (name + ".codebook.json");
  return std::filesystem::exists(path) ? Codebook::from_json(read_json(path)) : Codebook();
}

inline std::vector<std::string> texts(const Json& json) {
  std::vector<std::string> list;
  for (const Json& item : json.is_array() ? json : Json::array({json}))
    list.push_back(item.is_string() ? item.get<std::string>() : item.dump());
  return list;
}

inline Survey survey_of(const Json& test_case) {
  const std::string data = test_case["data"];
  Survey survey(read_data(data), read_codebook(data), Design::from_json(test_case["design"]));
  const Json& call = test_case["call"];
  if (!call.contains("where")) return survey;
  std::vector<Condition> conditions;
  for (const auto& [column, value] : call["where"].items()) conditions.push_back({column, texts(value)});
  return survey.where(conditions);
}

inline EstimateRequest request_of(const Json& call) {
  EstimateRequest request;
  request.estimator = call["fn"] == "covariance" ? "proportion" : call["fn"];
  request.variables = texts(call["y"]);
  if (call.contains("x")) request.others = texts(call["x"]);
  if (call.contains("by")) request.by = texts(call["by"]);
  if (call.contains("answer")) request.answers = texts(call["answer"]);
  if (call.contains("interval")) request.interval = interval_method_from(call["interval"]);
  return request;
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
  return value(row.deff);
}

/// Compares a call with what an independent system computed, to the case's relative tolerance.
inline void check_case(const Json& test_case) {
  SCOPED_TRACE(test_case["id"].get<std::string>());
  NoMonitor monitor;
  const Estimates estimates = estimate(survey_of(test_case), request_of(test_case["call"]), monitor);
  const double tolerance = test_case["tol"];
  // R's order of two crossed factors has the first one fastest; ours the first one slowest.
  std::vector<std::size_t> order(estimates.rows.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  if (estimates.by.size() == 2)
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return estimates.rows[i].by[1]; });
  for (const auto& [name, expected] : test_case["expected"].items()) {
    if (name == "group" || name == "answer") continue;
    const std::vector<double> wanted = flat(expected);
    if (name == "vcov") {
      const Eigen::MatrixXd covariance = estimates.covariance();
      ASSERT_EQ(static_cast<std::size_t>(covariance.size()), wanted.size());
      const double scale = covariance.cwiseAbs().maxCoeff();
      for (Eigen::Index i = 0; i < covariance.size(); ++i)
        EXPECT_NEAR(covariance.data()[i], wanted[static_cast<std::size_t>(i)], tolerance * scale);
      continue;
    }
    ASSERT_EQ(order.size(), wanted.size()) << name;
    for (std::size_t i = 0; i < wanted.size(); ++i)
      EXPECT_NEAR(field(estimates.rows[order[i]], name), wanted[i], tolerance * std::abs(wanted[i]))
          << name << " " << i;
  }
}

}  // namespace enkat::testing
