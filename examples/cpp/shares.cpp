// The share of each answer by region, with standard errors and intervals for a stratified sample.

#include <iomanip>
#include <iostream>

#include "enkat/basics/json.hpp"
#include "enkat/estimate/estimate.hpp"

int main() {
  using Numbers = std::vector<double>;
  using Texts = std::vector<std::string>;
  const enkat::Table answers = enkat::Table::from_columns({
      {"region", Texts{"north", "north", "north", "north", "south", "south", "south", "south"}},
      {"weight", Numbers{120, 130, 150, 110, 200, 180, 190, 210}},
      {"has_heard", Texts{"yes", "no", "yes", "yes", "no", "no", "yes", ""}},
  });
  const auto codebook = enkat::Codebook::from_json(enkat::Json::parse(R"({"schema_version": 1, "questions": [
    {"name": "has_heard", "type": "single", "label": "Heard of it", "options": [{"name": "yes"}, {"name": "no"}]}]})"));
  const auto design = enkat::Design::from_json(enkat::Json{{"weight", "weight"}, {"strata", {"region"}}});

  try {
    const enkat::Survey survey(answers, codebook, design);
    enkat::EstimateRequest request;
    request.estimator = "proportion";
    request.variables = {"has_heard"};
    request.by = {"region"};
    enkat::NoMonitor monitor;
    const enkat::Estimates shares = enkat::estimate(survey, request, monitor);
    std::cout << std::fixed << std::setprecision(3);
    for (const enkat::Estimate& row : shares.rows) {
      std::cout << row.by[0] << " " << *row.answer << " " << *row.estimate << " (" << *row.se << ") of " << row.n;
      if (row.ci_low) std::cout << ", " << *row.ci_low << " to " << *row.ci_high;
      std::cout << (row.notes.empty() ? "" : "; " + row.notes.text()) << "\n";
    }
  } catch (const enkat::Error& error) {
    std::cerr << error.code << ": " << error.what() << "\n";
    return 1;
  }
}
