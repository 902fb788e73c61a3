#include "enkat/totals/value_bins.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <random>

#include "enkat/basics/error.hpp"
#include "tests/cpp/sent.hpp"

namespace enkat::value_bins_test {

constexpr double largest_weight = 4;

double weight_of(const ValueBin& bin) { return exact_value(bin.weight, Grid::for_bound(largest_weight)); }

std::vector<double> numbers(std::size_t size) {
  std::mt19937_64 random(5);
  std::normal_distribution<double> normal;
  std::vector<double> numbers(size);
  for (double& number : numbers) number = normal(random);
  return numbers;
}

TEST(ValueBins, CutAWindowInTheOrderOfItsValues) {
  for (const bool by_value : {false, true}) {
    const std::vector<double> values = numbers(1000);
    ValueBins bins(ValueWindows({{0, by_value ? -10 : 0.1, 10, by_value}}), 256, largest_weight);
    for (const double value : values) bins.add(0, value, 0.5);
    const std::vector<ValueBin> found = bins.of(0);
    ASSERT_GT(found.size(), 50U);
    std::int64_t count = 0;
    double weight = 0;
    for (std::size_t i = 0; i < found.size(); ++i) {
      count += found[i].count;
      weight += weight_of(found[i]);
      EXPECT_LE(found[i].low, found[i].high);
      if (i > 0) EXPECT_LT(found[i - 1].high, found[i].low);
      EXPECT_EQ(found[i].count, std::ranges::count_if(values, [&](double value) {
                  return value >= found[i].low && value <= found[i].high;
                }));
    }
    const auto inside = std::ranges::count_if(values, [&](double value) { return by_value || value >= 0.1; });
    EXPECT_EQ(count, inside);
    EXPECT_EQ(weight, 0.5 * static_cast<double>(inside));
  }
}

// From the largest doubles to the smallest: six cuts of twelve bits are all it takes.
TEST(ValueBins, CutAgainAndAgainHoldSingleValues) {
  const double most = std::numeric_limits<double>::max();
  const std::vector<double> values{-most, -1e-300, 0.0, std::numeric_limits<double>::denorm_min(), 1, 1 + 1e-15, most};
  double low = -most, high = most;
  for (int cut = 0; cut < 6; ++cut) {
    ValueBins bins(ValueWindows({{0, low, high}}), 4096, largest_weight);
    for (const double value : values) bins.add(0, value, 1);
    for (const ValueBin& bin : bins.of(0))
      if (bin.low <= 1 && 1 <= bin.high) {
        low = bin.low;
        high = bin.high;
      }
  }
  EXPECT_EQ(low, 1);
  EXPECT_EQ(high, 1);
}

TEST(ValueBins, AnswersOutsideTheWindowsOfTheirSlotAreNotCounted) {
  ValueBins bins(ValueWindows({{1, 0, 5}, {1, 8, 9}, {3, 0, 1}}), 64, largest_weight);
  for (const std::size_t slot : {0, 1, 2, 3, 4})
    for (const double value : {-1, 0, 6, 8}) bins.add(slot, value, 1);
  EXPECT_EQ(bins.of(0).size(), 1U);
  EXPECT_EQ(bins.of(1).size(), 1U);
  EXPECT_EQ(bins.of(2).size(), 1U);
  EXPECT_EQ(bins.of(2)[0].count, 1);
}

TEST(ValueBins, OfPartsThatWereSentAreThoseOfTheWhole) {
  const ValueBins empty(ValueWindows({{0, -10, 10}}), 128, largest_weight);
  const std::vector<double> values = numbers(500);
  ValueBins whole = empty, a = empty, b = empty;
  for (std::size_t i = 0; i < values.size(); ++i) {
    whole.add(0, values[i], 0.1);
    (i % 3 == 0 ? a : b).add(0, values[i], 0.1);
  }
  ValueBins merged = testing::sent(b);
  merged += testing::sent(a);
  EXPECT_EQ(testing::bytes_of(merged), testing::bytes_of(whole));
  const std::string bytes = testing::bytes_of(whole);
  ByteReader in(bytes);
  EXPECT_THROW(ValueBins(ValueWindows({{0, -10, 10}}), 64, largest_weight).read(in), EstimateError);
}

}  // namespace enkat::value_bins_test
