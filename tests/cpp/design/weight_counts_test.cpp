#include "enkat/design/weight_counts.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "enkat/basics/error.hpp"

namespace enkat::weight_counts_test {

WeightCounts of(const std::vector<double>& weights) {
  WeightCounts counts;
  counts.add(weights);
  return counts;
}

std::string refused(const WeightCounts& counts) {
  try {
    counts.check("w");
  } catch (const DesignError& error) {
    return error.code;
  }
  return "";
}

TEST(WeightCounts, PartsAddUpToTheWhole) {
  WeightCounts merged = of({1, 0, 4});
  merged += of({0, 9.5});
  ByteWriter out;
  merged.write(out);
  ByteReader in(out.bytes());
  WeightCounts sent;
  sent.read(in);
  for (const WeightCounts& counts : {merged, sent}) {
    EXPECT_EQ(counts.rows, 5);
    EXPECT_EQ(counts.zero, 2);
    EXPECT_EQ(counts.largest, 9.5);
    EXPECT_EQ(refused(counts), "");
  }
}

TEST(WeightCounts, WeightsThatNobodyCanHaveAreRefusedWhereverTheyAre) {
  const auto with = [](double wrong) {
    WeightCounts counts = of({1, 2});
    counts += of({wrong});
    return refused(counts);
  };
  EXPECT_EQ(with(-1), "design.weight_negative");
  EXPECT_EQ(with(std::numeric_limits<double>::infinity()), "design.weight_not_finite");
  EXPECT_EQ(with(std::nan("")), "design.weight_missing");
  EXPECT_EQ(refused(of({0, 0})), "design.weight_all_zero");
}

}  // namespace enkat::weight_counts_test
