#include "enkat/totals/choice_totals.hpp"

#include <gtest/gtest.h>

#include "enkat/totals/add_up.hpp"
#include "tests/cpp/statistic/choosers.hpp"

namespace enkat::choice_totals_test {

using namespace testing;

TEST(CodeSum, GivesBackItsRowsAndWeightWhateverTheSigns) {
  const Grid grid = Grid::for_bound(3);
  CodeSum sum;
  double expected = 0;
  for (const double weight : {-2.5, 1.1, -3.0, 2.75, -0.3, -1e-9}) {
    std::array<std::int64_t, 2> limb;
    cut<2>(weight, GridScale(grid), [&](int l, std::int64_t part) { limb[static_cast<std::size_t>(l)] = part; });
    sum += CodeSum::of(true, limb[0], limb[1]);
    expected += weight;
  }
  EXPECT_EQ(sum.rows(), 6);
  EXPECT_NEAR(exact_value(sum.limbs(), grid), expected, 1e-15);
  sum += CodeSum::of(false, 0, 0);
  EXPECT_EQ(sum.rows(), 6);
}

TEST(ChoiceTotals, SharesAreAddedUpByCodesWhereRowsAreMoreThanCodes) {
  const auto plan = shares(choosing());
  const ChoiceLayout layout(*plan, plan->shape);
  EXPECT_FALSE(layout.variables()[0].sets.empty());
  EXPECT_FALSE(layout.variables()[1].sets.empty());
  TotalsShape wide = plan->shape;
  wide.units = choosers;
  EXPECT_EQ(ChoiceLayout(*plan, wide).codes(), 0U);
}

TEST(ChoiceTotals, TotalsAreThoseOfTheRowsOfEveryAnswer) {
  const auto plan = shares(choosing());
  NoMonitor nobody;
  const CentredTotals totals = add_up(plan, nobody);
  for (std::size_t unit = 0; unit < 2; ++unit) {
    for (const PlannedVariable& v : plan->variables) {
      for (std::size_t k = 0; k < v.observed; ++k) {
        const bool several = &v == plan->variables.data();
        std::int64_t count = 0;
        double weight = 0;
        for (std::size_t i = unit; i < choosers; i += 2) {
          const bool gives = k == 0 ? answered(i) : several ? chose(i, k - 1) : answered(i) && i % 3 == k - 1;
          count += gives ? 1 : 0;
          weight += gives ? weight_of(i) : 0;
        }
        EXPECT_EQ(totals.counter(unit, v.first_counter + (k == 0 ? 0 : 1 + k)), count) << k;
        EXPECT_NEAR(totals.total(unit, v.first_term + k), weight, 1e-9) << k;
      }
      EXPECT_EQ(totals.counter(unit, v.first_counter + 1),
                totals.rows(unit) - totals.counter(unit, v.first_counter));  // missing
    }
  }
}

TEST(ChoiceTotals, MergeIntoThoseOfAllRows) {
  const auto plan = shares(choosing());
  const auto layout = std::make_shared<const ChoiceLayout>(*plan, plan->shape);
  ChoiceTotals first(layout), second = first.none();
  const CodeSum row = CodeSum::of(true, 5, -7);
  first.sums(plan->shape)[0] += row;
  second.sums(plan->shape)[0] += row;
  DesignTotals apart(plan->shape), merged(plan->shape);
  first.add_to(apart);
  second.add_to(apart);
  (first += second) += ChoiceTotals(layout);
  first.add_to(merged);
  EXPECT_EQ(merged.counter(0, plan->variables[0].first_counter), 2);
  EXPECT_EQ(merged.total(0, 0).value(), apart.total(0, 0).value());
}

}  // namespace enkat::choice_totals_test
