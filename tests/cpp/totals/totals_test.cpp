#include "enkat/totals/totals.hpp"

#include <gtest/gtest.h>

#include "enkat/basics/error.hpp"

namespace enkat::totals_test {

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

std::string bytes_of(const DesignTotals& totals) {
  ByteWriter out;
  totals.write(out);
  return out.bytes();
}

DesignTotals read_as(const TotalsShape& shape, const std::string& bytes) {
  ByteReader in(bytes);
  return DesignTotals(shape).read(in);
}

TEST(DesignTotals, SurviveSerialisation) {
  const DesignTotals totals = filled(0.3);
  EXPECT_EQ(read_as(shape(), bytes_of(totals)), totals);
}

TEST(DesignTotals, RefuseTheBytesOfAnotherPlan) {
  const std::string bytes = bytes_of(filled(0.3));
  TotalsShape other = shape();
  other.totals[0] = Grid::for_bound(1000);
  EXPECT_THROW(read_as(other, bytes), EstimateError);
}

TEST(DesignTotals, RefuseToMergeWithAnotherPlan) {
  DesignTotals totals = filled(1);
  TotalsShape other = shape();
  other.cells = 2;
  EXPECT_THROW(totals += DesignTotals(other), EstimateError);
}

}  // namespace enkat::totals_test
