#pragma once

#include <map>
#include <string>
#include <vector>

#include "enkat/design/replicates.hpp"
#include "enkat/design/sample.hpp"

namespace enkat::replicate_data {

using Numbers = std::vector<double>;
using Texts = std::vector<std::string>;

/// Weights of every row in every replicate, for the weights of the sample.
inline Numbers all_weights(const Sample& sample, const Replicates& replicates) {
  Numbers before(sample.rows()), out(sample.rows() * replicates.count());
  sample.weights({0, sample.rows()}, before);
  replicates.weights({0, sample.rows()}, before, out);
  return out;
}

inline double total(const Numbers& weights, const Numbers& y, std::size_t r, std::size_t count) {
  double sum = 0;
  for (std::size_t i = 0; i < y.size(); ++i) sum += weights[i * count + r] * y[i];
  return sum;
}

/// Variance of a total by replicates, about the full sample.
inline double replicate_variance(const Sample& sample, const Replicates& replicates, const Numbers& y) {
  Numbers before(sample.rows());
  sample.weights({0, sample.rows()}, before);
  const Numbers weights = all_weights(sample, replicates);
  const double full = total(before, y, 0, 1);
  double sum = 0;
  for (std::size_t r = 0; r < replicates.count(); ++r) {
    const double difference = total(weights, y, r, replicates.count()) - full;
    sum += replicates.rscales[r] * difference * difference;
  }
  return replicates.scale * sum;
}

/// Σ (1 − f) n/(n − 1) Σ (z − z̄)² over strata, of the PSU totals z. Cochran (1977), §11.
inline double linear_variance(const std::map<std::string, std::map<std::string, double>>& totals,
                              const std::map<std::string, double>& fraction) {
  double variance = 0;
  for (const auto& [stratum, psus] : totals) {
    const auto n = static_cast<double>(psus.size());
    double sum = 0, squares = 0;
    for (const auto& [psu, z] : psus) sum += z;
    for (const auto& [psu, z] : psus) squares += (z - sum / n) * (z - sum / n);
    variance += (1 - fraction.at(stratum)) * n / (n - 1) * squares;
  }
  return variance;
}

/// Two strata of 3 and 4 PSUs with fractions 1/5 and 1/2.
struct Clustered {
  Texts h{"a", "a", "a", "a", "b", "b", "b", "b", "b"};
  Texts c{"k", "l", "l", "m", "n", "o", "p", "q", "q"};
  Numbers y{3, 5, 2, 9, 4, 1, 7, 2, 6};
  Numbers w{2, 3, 3, 2, 5, 4, 4, 6, 6};
  Numbers size{15, 15, 15, 15, 8, 8, 8, 8, 8};
  Design design;

  Clustered() {
    design.strata = {"h"};
    design.cluster = {"c"};
    design.weight = "w";
  }
  Table table() const { return Table::from_columns({{"h", h}, {"c", c}, {"y", y}, {"w", w}, {"N", size}}); }
  Clustered with_fpc() const {
    Clustered copy = *this;
    copy.design.fpc = {"N"};
    return copy;
  }
  double variance() const {
    std::map<std::string, std::map<std::string, double>> totals;
    std::map<std::string, double> fraction{{"a", 0}, {"b", 0}};
    if (!design.fpc.empty()) fraction = {{"a", 3.0 / 15}, {"b", 4.0 / 8}};
    for (std::size_t i = 0; i < y.size(); ++i) totals[h[i]][c[i]] += w[i] * y[i];
    return linear_variance(totals, fraction);
  }
};

/// Three strata of two PSUs.
struct Pairs {
  Numbers y{3, 5, 9, 2, 4, 8, 1}, w{2, 1, 3, 2, 2, 5, 4};
  Design design;
  Table table;
  double variance = 0;

  Pairs()
      : table(
            Table::from_columns({{"h", Numbers{1, 1, 2, 2, 3, 3, 3}}, {"c", Numbers{1, 2, 3, 4, 5, 6, 6}}, {"w", w}})) {
    design.strata = {"h"};
    design.cluster = {"c"};
    design.weight = "w";
    const std::vector<std::pair<double, double>> totals{{6, 5}, {27, 4}, {8, 44}};
    for (const auto& [a, b] : totals) variance += (a - b) * (a - b);
  }
};

inline std::string code_of(const Table& table, const Design& design, const ReplicateRequest& request) {
  try {
    make_replicates(Sample(table, design), request);
  } catch (const Error& error) {
    return error.code;
  }
  return "";
}

inline ReplicateRequest bootstrap(const std::string& kind, std::size_t replicates = 4000) {
  return {.method = "bootstrap", .replicates = replicates, .seed = 11, .bootstrap = kind};
}

}  // namespace enkat::replicate_data
