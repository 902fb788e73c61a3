#include "enkat/design/calibration_factors.hpp"

#include <gtest/gtest.h>

#include "tests/cpp/design/mixed_people.hpp"

namespace enkat::calibration_factors_test {

using namespace mixed_people;

NoMonitor nobody;

TEST(CalibrationFactors, AreThoseOfXOfEveryRow) {
  const Survey people = survey(5000);
  for (const std::vector<ModelTerm>& terms : {std::vector<ModelTerm>{{{"sex"}}, {{"region", "job"}}},
                                              std::vector<ModelTerm>{{{"region"}}, {{"age"}}, {{"income"}}}}) {
    const auto x = std::make_shared<const Auxiliaries>(people, true, terms);
    const auto cells = std::make_shared<const AuxiliaryCells>(x);
    const DistinctRows rows(cells, auxiliary_moments(people, cells, nobody).cells);
    Eigen::VectorXd lambda(static_cast<Eigen::Index>(x->columns()));
    for (Eigen::Index j = 0; j < lambda.size(); ++j) lambda[j] = 0.03 * static_cast<double>(j % 5) - 1e-5;
    lambda.tail(1) *= 1e-3;
    for (const Distance distance : {Distance{}, Distance{Distance::Kind::raking}}) {
      const CalibrationFactors factors(rows, distance, lambda);
      ModelRows of;
      const Numbers before = weights(people);
      for (std::size_t first = 0; first < people.rows(); first += block_rows) {
        const Rows block{first, std::min(people.rows(), first + block_rows)};
        Numbers after(before.begin() + static_cast<std::ptrdiff_t>(block.first),
                      before.begin() + static_cast<std::ptrdiff_t>(block.last));
        factors.multiply(block, after);
        x->observe(block, of);
        for (std::size_t i = 0; i < block.size(); ++i)
          ASSERT_NEAR(after[i], before[first + i] * distance.factor(of.dot(i, lambda)), 1e-12 * (1 + after[i]));
      }
    }
  }
}

TEST(CalibrationFactors, LeaveARowWithoutWeightAsItIs) {
  Design design;
  design.weight = "w";
  const Survey people(Table::from_columns({{"z", Numbers{1, std::nan(""), 2}}, {"w", Numbers{1, 0, 2}}}), Codebook(),
                      design);
  const auto cells = std::make_shared<const AuxiliaryCells>(
      std::make_shared<const Auxiliaries>(people, true, std::vector<ModelTerm>{{{"z"}}}));
  const DistinctRows rows(cells, auxiliary_moments(people, cells, nobody).cells);
  Numbers w = weights(people);
  CalibrationFactors(rows, {}, Eigen::Vector2d(0.5, 0.25)).multiply({0, 3}, w);
  EXPECT_EQ(w, (Numbers{1.75, 0, 4}));
}

}  // namespace enkat::calibration_factors_test
