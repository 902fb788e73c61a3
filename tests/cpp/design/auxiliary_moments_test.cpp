#include "enkat/design/auxiliary_moments.hpp"

#include <gtest/gtest.h>

#include "tests/cpp/design/mixed_people.hpp"

namespace enkat::auxiliary_moments_test {

using namespace mixed_people;

NoMonitor nobody;

AuxiliaryMoments moments(const Survey& survey, const std::shared_ptr<const Auxiliaries>& x) {
  return auxiliary_moments(survey, std::make_shared<const AuxiliaryCells>(x), nobody);
}

/// Σ w x xᵀ, Σ w x and how many rows with weight have each column, row by row.
struct Direct {
  Direct(const Survey& survey, const Auxiliaries& x) : counts(x.columns(), 0) {
    const auto p = static_cast<Eigen::Index>(x.columns());
    products.setZero(p, p);
    sums.setZero(p);
    const Numbers w = weights(survey);
    ModelRows rows;
    x.observe({0, survey.rows()}, rows);
    for (std::size_t i = 0; i < w.size(); ++i)
      for (std::size_t s = i * rows.entries; s < (i + 1) * rows.entries; ++s) {
        counts[static_cast<std::size_t>(rows.column[s])] += w[i] != 0;
        sums[rows.column[s]] += w[i] * rows.value[s];
        for (std::size_t t = i * rows.entries; t < (i + 1) * rows.entries; ++t)
          products(rows.column[s], rows.column[t]) += w[i] * rows.value[s] * rows.value[t];
      }
  }
  Eigen::MatrixXd products;
  Eigen::VectorXd sums;
  std::vector<std::size_t> counts;
};

TEST(AuxiliaryMoments, AreTheSumsOverRows) {
  const Survey people = survey(700);
  for (const std::vector<ModelTerm>& terms : {std::vector<ModelTerm>{{{"sex"}}, {{"region", "job"}}},
                                              std::vector<ModelTerm>{{{"sex"}}, {{"age"}}, {{"region"}}, {{"income"}}},
                                              std::vector<ModelTerm>{{{"age"}}, {{"income"}}}}) {
    const auto x = std::make_shared<const Auxiliaries>(people, true, terms);
    const auto cells = std::make_shared<const AuxiliaryCells>(x);
    const AuxiliaryMoments found = auxiliary_moments(people, cells, nobody);
    const Direct direct(people, *x);
    EXPECT_TRUE(found.cross_products(*cells).isApprox(direct.products, 1e-13));
    EXPECT_TRUE(found.sums(*cells).isApprox(direct.sums, 1e-13));
    EXPECT_EQ(found.counts(*x), direct.counts);
  }
}

TEST(AuxiliaryMoments, OfHouseholdsCountTheirMembersOwnLevels) {
  const Survey people = survey(60);
  const std::vector<ModelTerm> terms{{{"sex"}}, {{"age"}}};
  const auto averaged = std::make_shared<const Auxiliaries>(people, false, terms, "hh");
  const Auxiliaries own(people, false, terms);
  EXPECT_EQ(moments(people, averaged).counts(*averaged), Direct(people, own).counts);
  // Means weighted by household add up to what their members do.
  EXPECT_TRUE(moments(people, averaged).sums(AuxiliaryCells(averaged)).isApprox(Direct(people, own).sums, 1e-13));
}

TEST(AuxiliaryMoments, AreTheSameBitsInAnyOrderOfRows) {
  Numbers age{20, 31, 47, 58, 66}, weight{0.1, 3e7, 0.3, 1e-9, 2.7};
  Texts sex{"k", "m", "k", "m", "k"};
  const auto sums = [&] {
    Design design;
    design.weight = "w";
    const Survey people(Table::from_columns({{"sex", sex}, {"age", age}, {"w", weight}}), Codebook(), design);
    const auto x = std::make_shared<const Auxiliaries>(people, true, std::vector<ModelTerm>{{{"sex"}}, {{"age"}}});
    const auto cells = std::make_shared<const AuxiliaryCells>(x);
    return auxiliary_moments(people, cells, nobody).cross_products(*cells).eval();
  };
  const Eigen::MatrixXd first = sums();
  std::ranges::reverse(age);
  std::ranges::reverse(weight);
  std::ranges::reverse(sex);
  EXPECT_EQ(sums(), first);
}

TEST(AuxiliaryMoments, TooLargeNumbersAreRefused) {
  const Survey people(Table::from_columns({{"z", Numbers{1, 1e200}}}), Codebook(), Design());
  const auto x = std::make_shared<const Auxiliaries>(people, false, std::vector<ModelTerm>{{{"z"}}});
  try {
    moments(people, x);
    FAIL() << "their squares are no numbers";
  } catch (const DesignError& error) {
    EXPECT_EQ(error.code, "calibrate.range");
  }
}

}  // namespace enkat::auxiliary_moments_test
