#include "enkat/totals/plan_pass.hpp"

#include <gtest/gtest.h>

#include "enkat/totals/add_up.hpp"
#include "tests/cpp/totals/six_rows.hpp"

namespace enkat::plan_pass_test {

using namespace testing;

/// The six rows in three parts of unequal length.
class SixRows final : public Parts {
 public:
  void run(Pass& pass, const std::vector<std::string>&, Monitor& monitor) override {
    ++passes;
    pass.see(slice(3, 6), monitor);
    pass.see(slice(0, 1), monitor);
    pass.see(slice(1, 3), monitor);
  }
  int passes = 0;

 private:
  static Table slice(std::size_t first, std::size_t last) {
    const auto of = [&](const auto& values) {
      return std::decay_t<decltype(values)>(values.begin() + static_cast<std::ptrdiff_t>(first),
                                            values.begin() + static_cast<std::ptrdiff_t>(last));
    };
    return Table::from_columns({{"y", of(std::vector<double>{3, 1, 4, 1, 5, 9})},
                                {"x", of(std::vector<double>{2, 7, 1, 8, 2, 8})},
                                {"g", of(std::vector<std::string>{"k", "m", "k", "m", "k", "m"})},
                                {"w", of(std::vector<double>{1, 2, 3, 1, 2, 3})},
                                {"c", of(std::vector<double>{1, 1, 2, 2, 3, 3})}});
  }
};

TEST(PlanPass, OverPartsGivesTheTotalsOfMemoryToTheBit) {
  for (const bool clusters : {false, true}) {
    Design design;
    design.weight = "w";
    if (clusters) design.cluster = {"c"};
    const auto parts = std::make_shared<SixRows>();
    const Survey scanned(six_rows(), Codebook(), design, parts, nobody);
    const Survey ready = scanned.reading({.numbers = {"y", "x"}, .answers = {}, .by = {"g"}}, nobody);
    const auto plan = mean_and_covariance(clusters ? clusters_drawn() : rows_drawn());
    const CentredTotals expected = add_up(plan, nobody);
    const auto in_parts = mean_and_covariance(ready);
    const CentredTotals found = add_up(in_parts, nobody);
    for (std::size_t cell = 0; cell < 2; ++cell) {
      for (std::size_t k = 0; k < plan->terms(); ++k)
        EXPECT_EQ(found.cell_total(cell, k), expected.cell_total(cell, k));
      if (!clusters)
        for (std::size_t k = 0; k < plan->terms(); ++k)
          EXPECT_EQ(found.scatter(cell, k, k), expected.scatter(cell, k, k));
    }
    EXPECT_EQ(parts->passes, 3);  // how rows were drawn, what is in the columns, the totals
  }
}

}  // namespace enkat::plan_pass_test
