#include "enkat/variance/score_interval.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <vector>

#include "enkat/basics/distribution.hpp"

namespace enkat::score_interval_test {

struct Found {
  Interval interval;
  int rounds = 0;
};

Found search(const std::vector<double>& values, double p, double df, const std::function<ShareBelow(double)>& below) {
  ScoreInterval score(values, p, df, 0.95);
  int rounds = 0;
  for (; !score.done(); ++rounds) {
    const auto thetas = score.thetas();
    score.observe({below(thetas[0]), below(thetas[1])});
  }
  return {score.interval(), rounds};
}

// A simple random sample of the numbers 1 to n.
std::vector<double> numbers(int n) {
  std::vector<double> values;
  for (int i = 1; i <= n; ++i) values.push_back(i);
  return values;
}

ShareBelow simple(double theta, int n) {
  const double share = theta / n;
  return {share, std::sqrt(share * (1 - share) / (n - 1))};
}

TEST(ScoreInterval, HoldsExactlyTheValuesThatAreNotRejected) {
  for (const int n : {2, 5, 30, 1000})
    for (const double p : {0.02, 0.25, 0.5, 0.9}) {
      const Found found = search(numbers(n), p, n - 1, [&](double theta) { return simple(theta, n); });
      const double t = student_t_quantile(0.975, n - 1);
      for (int theta = 1; theta <= n; ++theta) {
        const ShareBelow at = simple(theta, n);
        const bool kept = std::abs(at.share - p) <= t * at.se;
        EXPECT_EQ(theta >= found.interval.low && theta < found.interval.high, kept) << n << " " << p << " " << theta;
      }
    }
}

TEST(ScoreInterval, AsksForLogarithmicallyManyShares) {
  EXPECT_LE(search(numbers(1000), 0.5, 999, [](double theta) { return simple(theta, 1000); }).rounds, 10);
}

TEST(ScoreInterval, OfAnAnswerThatAllGiveIsThatAnswer) {
  const Found found = search({4}, 0.5, 20, [](double) { return ShareBelow{1, 0}; });
  EXPECT_EQ(found.interval, (Interval{4, 4}));
  EXPECT_EQ(found.rounds, 0);
}

TEST(ScoreInterval, MirrorsWithTheData) {
  // With Y replaced by n + 1 − Y, the test of F(θ) = p becomes that of F(θ) = 1 − p a step lower.
  const Found low = search(numbers(101), 0.2, 100, [](double theta) { return simple(theta, 101); });
  const Found high = search(numbers(101), 0.8, 100, [](double theta) { return simple(theta, 101); });
  EXPECT_EQ(low.interval.low, 102 - high.interval.high);
  EXPECT_EQ(low.interval.high, 102 - high.interval.low);
}

}  // namespace enkat::score_interval_test
