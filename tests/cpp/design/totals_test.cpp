#include "enkat/design/totals.hpp"

#include <gtest/gtest.h>

#include "enkat/basics/error.hpp"

namespace enkat {
namespace {

TotalsShape shape() {
  return {2, 3, 1, {Grid::for_bound(10), Grid::for_bound(1)}, {Grid::for_bound(100)}, {Grid::for_bound(100)}, 2};
}

DesignTotals filled(double value) {
  DesignTotals totals(shape());
  ++totals.counters(4)[0];
  add_exact<2>(totals.totals(4), value, GridScale(shape().totals[0]));
  add_exact<3>(totals.products(4), value * value, GridScale(shape().products[0]));
  add_exact<3>(totals.spreads(1), value * value, GridScale(shape().spreads[0]));
  return totals;
}

TEST(DesignTotals, MergeInAnyOrderToTheSameBits) {
  DesignTotals a = filled(0.1);
  a += filled(0.7);
  DesignTotals b = filled(0.7);
  b += filled(0.1);
  EXPECT_EQ(a, b);
  EXPECT_EQ(a.counter(4, 0), 2);
  EXPECT_NEAR(a.of_cells().total(1, 0).value(), 0.8, 1e-15);
  EXPECT_NEAR(a.of_cells().spread(1, 0).value(), 0.5, 1e-15);
}

TEST(DesignTotals, SurviveSerialisation) {
  const DesignTotals totals = filled(0.3);
  EXPECT_EQ(DesignTotals::from_bytes(shape(), totals.to_bytes()), totals);
}

TEST(DesignTotals, RefuseForeignAndDamagedBytes) {
  std::string bytes = filled(0.3).to_bytes();
  TotalsShape other = shape();
  other.totals[0] = Grid::for_bound(1000);
  EXPECT_THROW(DesignTotals::from_bytes(other, bytes), EstimateError);
  bytes[40] = static_cast<char>(bytes[40] ^ 1);
  EXPECT_THROW(DesignTotals::from_bytes(shape(), bytes), EstimateError);
  EXPECT_THROW(DesignTotals::from_bytes(shape(), bytes.substr(8)), EstimateError);
}

TEST(DesignTotals, RefuseToMergeWithAnotherPlan) {
  DesignTotals totals = filled(1);
  TotalsShape other = shape();
  other.cells = 2;
  EXPECT_THROW(totals += DesignTotals(other), EstimateError);
}

}  // namespace
}  // namespace enkat
