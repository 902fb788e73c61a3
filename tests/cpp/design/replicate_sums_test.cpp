#include "enkat/design/replicate_sums.hpp"

#include <gtest/gtest.h>

#include "enkat/design/replicate.hpp"
#include "tests/cpp/design/mixed_people.hpp"

namespace enkat::replicate_sums_test {

using namespace mixed_people;

NoMonitor nobody;

/// Sums of a row's weight in every replicate, over distinct rows.
void expect_sums_of_rows(const Survey& people, const Replicates& replicates, const std::vector<ModelTerm>& terms) {
  const auto cells = std::make_shared<const AuxiliaryCells>(std::make_shared<const Auxiliaries>(people, false, terms));
  const auto calibration = std::make_shared<Calibration>();
  calibration->rows = std::make_shared<const DistinctRows>(cells, auxiliary_moments(people, cells, nobody).cells);
  const DistinctRows& rows = *calibration->rows;
  const std::size_t n = people.rows(), count = replicates.count();
  Numbers before(n), weight(n * count);
  people.weights_before({0, n}, before);
  replicates.weights({0, n}, before, weight);
  std::vector<std::int32_t> place(n);
  rows.of_rows({0, n}, place);
  ByReplicate wanted = ByReplicate::Zero(static_cast<Eigen::Index>(rows.size()), static_cast<Eigen::Index>(count));
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t r = 0; r < count; ++r) wanted(place[i], static_cast<Eigen::Index>(r)) += weight[i * count + r];
  const Survey calibrated = people.with_weights(Numbers(n, 1.0), calibration, {});
  const ReplicateSums sums(calibrated.with_replicates(std::make_shared<const Replicates>(replicates)), nobody);
  const std::size_t half = count / 2;
  EXPECT_TRUE(sums.of(0, count).isApprox(wanted, 1e-13));
  EXPECT_TRUE(sums.of(half, count - half).isApprox(wanted.rightCols(static_cast<Eigen::Index>(count - half)), 1e-13));
  EXPECT_GE(sums.at_a_time(), 1U);
}

TEST(ReplicateSums, AreThoseOfTheWeightsOfEveryRow) {
  const Survey people = survey(400);
  const Replicates units = make_replicates(people.sample(), {.method = "JKn"});
  ASSERT_TRUE(units.by_units());
  for (const std::vector<ModelTerm>& terms :
       {std::vector<ModelTerm>{{{"sex"}}, {{"region"}}}, std::vector<ModelTerm>{{{"age"}}}})
    expect_sums_of_rows(people, units, terms);
}

TEST(ReplicateSums, OfRowsThatAreTheirOwnUnits) {
  const Survey people(table(90), Codebook(), Design());
  expect_sums_of_rows(people, make_replicates(people.sample(), {.method = "JKn"}), {{{"sex"}}});
}

TEST(ReplicateSums, OfSuppliedWeights) {
  const Survey people(table(90), Codebook(), Design());
  Replicates supplied;
  supplied.rscales = {1, 1, 1, 1};
  supplied.combined = true;
  for (std::size_t i = 0; i < 4 * people.rows(); ++i) supplied.weight.push_back(0.01 * static_cast<double>(i % 37));
  expect_sums_of_rows(people, supplied, {{{"sex"}}, {{"job"}}});
}

}  // namespace enkat::replicate_sums_test
