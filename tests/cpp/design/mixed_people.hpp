#pragma once

#include <random>
#include <string>
#include <vector>

#include "enkat/design/survey.hpp"

namespace enkat::mixed_people {

using Numbers = std::vector<double>;
using Texts = std::vector<std::string>;

/// People with categories, numbers, weights and clusters, in no order; some weights are 0.
inline Table table(std::size_t rows, unsigned seed = 7) {
  std::mt19937 random(seed);
  const auto draw = [&](unsigned below) { return random() % below; };
  Texts sex, region, job;
  Numbers age, income, weight;
  std::vector<std::int64_t> cluster, household;
  for (std::size_t i = 0; i < rows; ++i) {
    sex.push_back(draw(2) == 0 ? "k" : "m");
    region.push_back("r" + std::to_string(draw(4)));
    job.push_back("j" + std::to_string(draw(3)));
    age.push_back(18 + draw(60));
    income.push_back(1000 + 0.37 * draw(9999));
    weight.push_back(draw(9) == 0 ? 0 : 0.1 + 0.013 * draw(300));
    cluster.push_back(static_cast<std::int64_t>(draw(12)));
    household.push_back(static_cast<std::int64_t>(i / 3));
  }
  return Table::from_columns({{"sex", sex},
                              {"region", region},
                              {"job", job},
                              {"age", age},
                              {"income", income},
                              {"one", Numbers(rows, 1)},
                              {"w", weight},
                              {"c", cluster},
                              {"hh", household}});
}

inline Survey survey(std::size_t rows, unsigned seed = 7) {
  Design design;
  design.weight = "w";
  design.cluster = {"c"};
  return Survey(table(rows, seed), Codebook(), design);
}

inline Numbers weights(const Survey& survey) {
  Numbers w(survey.rows());
  survey.weights({0, survey.rows()}, w);
  return w;
}

}  // namespace enkat::mixed_people
