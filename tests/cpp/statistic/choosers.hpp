#pragma once

#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "enkat/basics/json.hpp"
#include "enkat/statistic/proportion.hpp"
#include "enkat/totals/plan.hpp"
#include "tests/cpp/statistic/request.hpp"

namespace enkat::testing {

inline constexpr std::size_t choosers = 5000, chosen_from = 9;

/// Every seventh row has not answered.
inline bool answered(std::size_t row) { return row % 7 != 0; }
inline bool chose(std::size_t row, std::size_t option) { return answered(row) && (row * 5 + option * option) % 3 == 0; }
inline double weight_of(std::size_t row) { return 1 + 0.1 * static_cast<double>(row % 11); }

/// Rows of two clusters that tick some of nine options (`many`), and give one of three answers (`one`: row % 3).
inline Survey choosing() {
  Json many{{"name", "many"}, {"type", "multiple"}, {"label", "Many"}, {"options", Json::array()}};
  std::vector<double> weight, cluster, one;
  for (std::size_t i = 0; i < choosers; ++i) {
    weight.push_back(weight_of(i));
    cluster.push_back(static_cast<double>(i % 2));
    one.push_back(answered(i) ? static_cast<double>(i % 3) : std::nan(""));
  }
  std::vector<std::pair<std::string, Values>> columns{{"w", weight}, {"c", cluster}, {"one", one}};
  for (std::size_t k = 0; k < chosen_from; ++k) {
    const std::string name(1, static_cast<char>('a' + k));
    many["options"].push_back({{"name", name}});
    std::vector<double> ticks;
    for (std::size_t i = 0; i < choosers; ++i) ticks.push_back(answered(i) ? chose(i, k) : std::nan(""));
    columns.emplace_back("many_" + name, ticks);
  }
  const Json single = Json::parse(R"({"name": "one", "type": "single", "label": "One", "options":
    [{"name": "x", "code": 0}, {"name": "y", "code": 1}, {"name": "z", "code": 2}]})");
  Design design;
  design.weight = "w";
  design.cluster = {"c"};
  return Survey(Table::from_columns(std::move(columns)),
                Codebook::from_json({{"schema_version", 1}, {"questions", {many, single}}}), design);
}

/// A plan of the shares of both questions.
inline std::shared_ptr<Plan> shares(const Survey& survey) {
  return make_plan(survey, {}, {{request(Proportion::name, "many"), request(Proportion::name, "one")}});
}

}  // namespace enkat::testing
