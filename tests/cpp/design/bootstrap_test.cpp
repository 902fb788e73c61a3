#include "enkat/design/bootstrap.hpp"

#include <gtest/gtest.h>

#include <Eigen/LU>
#include <algorithm>
#include <cmath>

#include "enkat/design/replicate.hpp"
#include "tests/cpp/design/replicate_data.hpp"

namespace enkat::bootstrap_test {

using namespace replicate_data;

// With R replicates the variance of an estimated variance is about 2/R of its square (a little more for few PSUs); the
// bound is five standard deviations.
TEST(Bootstrap, BootstrapVarianceOfATotalApproachesTheLinearOne) {
  const double bound = 5 * std::sqrt(3.0 / 4000);
  for (const Clustered& data : {Clustered(), Clustered().with_fpc()}) {
    const Sample sample(data.table(), data.design);
    for (const std::string kind : {"rao-wu", "preston"})
      EXPECT_NEAR(replicate_variance(sample, make_replicates(sample, bootstrap(kind)), data.y) / data.variance(), 1,
                  bound)
          << kind;
  }
}

// As R has it (degf), by a decomposition that knows nothing of draws; strata of 2 to 5 PSUs have odd and even numbers
// of draws.
TEST(Bootstrap, DegreesOfFreedomAreTheRankOfTheMultipliersLess1) {
  for (const std::vector<int>& psus : std::vector<std::vector<int>>{{3, 5, 3}, {2, 4, 2, 4}, {2, 3, 4, 5}, {7}, {2, 2}})
    for (const bool with_fpc : {false, true})
      for (const std::string kind : {"rao-wu", "canty-davison", "preston"})
        for (const std::size_t count : {2U, 5U, 8U, 60U}) {
          Numbers h, c, population;
          for (std::size_t stratum = 0; stratum < psus.size(); ++stratum)
            for (int psu = 0; psu < psus[stratum]; ++psu) {
              h.push_back(static_cast<double>(stratum));
              c.push_back(psu);
              population.push_back(3 * psus[stratum]);
            }
          Design design;
          design.strata = {"h"};
          design.cluster = {"c"};
          design.nest = true;
          if (with_fpc) design.fpc = {"N"};
          const Sample sample(Table::from_columns({{"h", h}, {"c", c}, {"N", population}}), design);
          const Replicates replicates =
              make_replicates(sample, {.method = "bootstrap", .replicates = count, .seed = 3, .bootstrap = kind});
          Eigen::FullPivLU<Eigen::MatrixXd> lu(replicates.multipliers());
          lu.setThreshold(1e-9);
          EXPECT_EQ(replicates.df, static_cast<double>(lu.rank() - 1)) << kind << ' ' << count << ' ' << psus.size();
        }
}

// Given the sample the resampled total has the variance Σ (1 − f) N/(N − 1) Σ (z − z̄)², N the size of the
// pseudo-population; without fpc its limit.
TEST(Bootstrap, CantyDavisonDrawsFromAPseudoPopulation) {
  Design design;
  design.population = 16;
  const Numbers y{3, 5, 2, 9};
  const Sample sample(Table::from_columns({{"y", y}}), design);
  const Replicates replicates = make_replicates(sample, bootstrap("canty-davison"));
  EXPECT_NEAR(replicates.scale * 3999, 4.0 / 3, 1e-12);
  const double squares = 16 * 28.75;  // weights of 4; Σ (y − 4.75)² = 28.75
  EXPECT_NEAR(replicate_variance(sample, replicates, y), 4.0 / 3 * 0.75 * 16 / 15 * squares,
              5 * std::sqrt(3.0 / 4000) * squares);
  for (std::size_t r = 0; r < 100; ++r) {
    double drawn = 0;
    for (std::size_t i = 0; i < 4; ++i) drawn += replicates.multiplier[i * 4000 + r];
    EXPECT_EQ(drawn, 4);
  }
}

// Two stages: V = (1 − f₁) n/(n − 1) Σ (z − z̄)² + f₁ Σ (1 − f₂) m/(m − 1) Σ (wy − mean)².
TEST(Bootstrap, PrestonsBootstrapCoversBothStages) {
  const Numbers y{3, 8, 4, 1, 9, 2, 6, 7, 3, 5, 0, 4};
  const Table table = Table::from_columns({{"c", Numbers{1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3}},
                                           {"N", Numbers(12, 5)},
                                           {"M", Numbers(12, 8)},
                                           {"i", Numbers{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}}});
  Design design;
  design.cluster = {"c", "i"};
  design.fpc = {"N", "M"};
  const Sample sample(table, design);
  const double w = 5.0 / 3 * 2, f = 3.0 / 5;
  Numbers z(3, 0);
  double second = 0;
  for (std::size_t c = 0; c < 3; ++c) {
    double sum = 0, squares = 0;
    for (std::size_t i = 4 * c; i < 4 * c + 4; ++i) sum += w * y[i];
    for (std::size_t i = 4 * c; i < 4 * c + 4; ++i) squares += (w * y[i] - sum / 4) * (w * y[i] - sum / 4);
    z[c] = sum;
    second += f * 0.5 * 4 / 3 * squares;
  }
  const double mean = (z[0] + z[1] + z[2]) / 3;
  double first = 0;
  for (const double of_psu : z) first += (1 - f) * 1.5 * (of_psu - mean) * (of_psu - mean);
  const Replicates replicates = make_replicates(sample, bootstrap("preston"));
  EXPECT_TRUE(replicates.unit.empty());
  EXPECT_NEAR(replicate_variance(sample, replicates, y) / (first + second), 1, 5 * std::sqrt(3.0 / 4000));
  EXPECT_GT(second, 0.2 * first);
  EXPECT_TRUE(replicates.notes.empty());
  EXPECT_EQ(make_replicates(sample, {.method = "JKn"}).notes.at(0).code, "replicates.later_stages");
}

TEST(Bootstrap, RaoWuMultipliersOfAStratumAddUpToItsPsus) {
  const Clustered data = Clustered().with_fpc();
  const Replicates replicates = make_replicates(Sample(data.table(), data.design), bootstrap("rao-wu", 50));
  for (std::size_t r = 0; r < 50; ++r) {
    Numbers sum(2, 0);
    for (std::size_t psu = 0; psu < 7; ++psu) sum[psu < 3 ? 0 : 1] += replicates.multiplier[psu * 50 + r];
    EXPECT_NEAR(sum[0], 3, 1e-14);
    EXPECT_NEAR(sum[1], 4, 1e-14);
  }
  EXPECT_EQ(replicates.df, 5);  // 2 + 3 free dimensions
}

TEST(Bootstrap, TwoPsusWithRaoWuAreKeptOrDropped) {
  const Pairs data;
  const Replicates replicates = make_replicates(Sample(data.table, data.design), bootstrap("rao-wu", 100));
  for (const double m : replicates.multiplier) EXPECT_TRUE(m == 0 || m == 2);
}

TEST(Bootstrap, ASeedGivesTheSameReplicatesInAnyOrderOfRows) {
  const Clustered data;
  Clustered reversed = data;
  for (Texts* texts : {&reversed.h, &reversed.c}) std::ranges::reverse(*texts);
  for (Numbers* numbers : {&reversed.y, &reversed.w, &reversed.size}) std::ranges::reverse(*numbers);
  const Sample a(data.table(), data.design), b(reversed.table(), data.design);
  for (const std::string kind : {"rao-wu", "canty-davison", "preston"}) {
    const Replicates one = make_replicates(a, bootstrap(kind, 20));
    EXPECT_EQ(one.multiplier, make_replicates(b, bootstrap(kind, 20)).multiplier) << kind;
    ReplicateRequest other_seed = bootstrap(kind, 20);
    other_seed.seed = 12;
    EXPECT_NE(one.multiplier, make_replicates(a, other_seed).multiplier) << kind;
  }
}

TEST(Bootstrap, RowsThatArePsusAreDrawnByTheirId) {
  Design design;
  design.id = "id";
  const auto survey = [&](const Numbers& id) { return Survey(Table::from_columns({{"id", id}}), Codebook(), design); };
  const ReplicateRequest request = bootstrap("rao-wu", 10);
  NoMonitor nobody;
  const Survey a = replicate(survey({1, 2, 3, 4}), request, nobody),
               b = replicate(survey({3, 1, 4, 2}), request, nobody);
  const Numbers of_a = all_weights(a.sample(), *a.replicates()), of_b = all_weights(b.sample(), *b.replicates());
  const std::vector<std::size_t> row_in_b{1, 3, 0, 2};
  for (std::size_t row = 0; row < 4; ++row)
    for (std::size_t r = 0; r < 10; ++r) EXPECT_EQ(of_a[row * 10 + r], of_b[row_in_b[row] * 10 + r]);
}

TEST(Bootstrap, ReplicatesOfOneStratumDoNotDependOnOtherStrata) {
  const Clustered data;
  Clustered renamed = data;
  for (std::size_t i = 0; i < 4; ++i) renamed.h[i] = "other";
  const auto of_b = [](const Clustered& d, std::size_t first) {
    const Replicates r = make_replicates(Sample(d.table(), d.design), bootstrap("rao-wu", 20));
    return Numbers(r.multiplier.begin() + static_cast<std::ptrdiff_t>(first * 20),
                   r.multiplier.begin() + static_cast<std::ptrdiff_t>((first + 4) * 20));
  };
  EXPECT_EQ(of_b(data, 3), of_b(renamed, 0));  // "b" comes before "other"
}

}  // namespace enkat::bootstrap_test
