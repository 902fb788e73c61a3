#include "enkat/design/supplied_replicates.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "enkat/data/table.hpp"
#include "enkat/design/design_column.hpp"
#include "enkat/design/weight_rank.hpp"

namespace enkat {
namespace {

const std::vector<std::string> methods{"BRR", "Fay", "JK1", "JKn", "bootstrap", "SDR", "other"};

void check_method(const SuppliedReplicates& given) {
  if (std::ranges::find(methods, given.method) == methods.end())
    throw UsageError("design.unknown_replicate_method",
                     "replicate weights are made by 'BRR', 'Fay', 'JK1', 'JKn', 'bootstrap', 'SDR' (successive "
                     "differences) or 'other', not by '" +
                         given.method + "'" + suggestion(given.method, methods),
                     {{"method", given.method}});
  if (given.method == "Fay" && !(given.rho && *given.rho >= 0 && *given.rho < 1))
    throw DesignError("design.replicate_rho", "Fay's method needs rho, from 0 up to but not including 1",
                      {{"method", given.method}});
  if (given.method != "Fay" && given.rho)
    throw UsageError("design.replicate_rho", "rho belongs to method='Fay', not to '" + given.method + "'",
                     {{"method", given.method}});
  if (given.method == "SDR" && !given.mse)
    throw UsageError("design.replicate_mse",
                     "successive differences are taken about the full-sample estimate: leave mse at true");
}

/// The scale that the method itself prescribes, if it does. Wolter (2007), ch. 3; Fay & Train (1995) for SDR.
std::optional<double> prescribed_scale(const SuppliedReplicates& given, double replicates) {
  if (given.method == "BRR") return 1 / replicates;
  if (given.method == "Fay") return 1 / (replicates * (1 - *given.rho) * (1 - *given.rho));
  if (given.method == "SDR") return 4 / replicates;
  return {};
}

double default_scale(const std::string& method, double replicates) {
  if (method == "JK1") return (replicates - 1) / replicates;
  if (method == "bootstrap") return 1 / (replicates - 1);
  return 1;
}

void read_scales(const SuppliedReplicates& given, Replicates& replicates) {
  const std::size_t count = given.columns.size();
  replicates.rscales = given.rscales;
  if (replicates.rscales.empty()) replicates.rscales.assign(count, 1);
  if (replicates.rscales.size() == 1) replicates.rscales.assign(count, replicates.rscales[0]);
  if (replicates.rscales.size() != count)
    throw DesignError("design.replicate_rscales",
                      "rscales has " + std::to_string(given.rscales.size()) + " numbers for " + std::to_string(count) +
                          " columns of replicate weights: give one for each",
                      {{"rscales", given.rscales.size()}, {"columns", count}});
  const double scale = given.scale.value_or(1);
  if (!std::isfinite(scale) || scale < 0 ||
      !std::ranges::all_of(replicates.rscales, [](double s) { return std::isfinite(s) && s >= 0; }))
    throw DesignError("design.replicate_scale", "scale and rscales are not negative");

  if (const auto prescribed = prescribed_scale(given, static_cast<double>(count))) {
    const auto near = [](double a, double b) { return std::abs(a - b) <= 1e-6 * b; };
    if ((given.scale && !near(*given.scale, *prescribed)) ||
        !std::ranges::all_of(replicates.rscales, [&](double s) { return near(s, 1); }))
      throw DesignError("design.replicate_scale",
                        "the scale of " + given.method + " follows from the number of replicates" +
                            (given.method == "Fay" ? " and rho" : "") +
                            ": leave out scale and rscales, or use method='other' if they are meant",
                        {{"method", given.method}, {"scale", *prescribed}});
    replicates.scale = *prescribed;
    return;
  }
  if (given.method == "JKn" && given.rscales.empty())
    throw DesignError("design.replicate_rscales",
                      "JKn needs rscales, (n − 1) / n of the stratum that each replicate leaves a unit out of: they "
                      "come with the replicate weights");
  if (given.method == "other" && given.rscales.empty() && !given.scale)
    throw DesignError("design.replicate_scale", "method='other' needs scale or rscales");
  replicates.scale = given.scale.value_or(default_scale(given.method, static_cast<double>(count)));
}

/// Values of the columns, row-major; all problems of all columns at once.
std::vector<double> read_columns(const Table& table, const std::vector<std::string>& names) {
  const std::size_t rows = table.rows(), count = names.size();
  std::vector<double> matrix(rows * count), block(block_rows);
  std::vector<Issue> issues;
  for (std::size_t r = 0; r < count; ++r) {
    const Column& column = table.column(names[r]);
    std::size_t missing = 0, negative = 0, infinite = 0, positive = 0;
    for (std::size_t first = 0; first < rows; first += block_rows) {
      const std::size_t size = std::min(block_rows, rows - first);
      column.numbers(first, std::span(block).first(size));
      for (std::size_t i = 0; i < size; ++i) {
        matrix[(first + i) * count + r] = block[i];
        missing += std::isnan(block[i]);
        infinite += std::isinf(block[i]);
        negative += block[i] < 0;
        positive += block[i] > 0;
      }
    }
    const auto report = [&](std::size_t n, const std::string& code, const std::string& says) {
      if (n > 0)
        issues.push_back({"design.replicate_" + code,
                          std::to_string(n) + " weights in '" + names[r] + "' are " + says,
                          {{"column", names[r]}, {"rows", n}}});
    };
    report(missing, "missing", "missing: a row that is not in a replicate has weight 0");
    report(infinite, "not_finite", "infinite");
    report(negative, "negative", "negative: a row cannot stand for fewer than nobody");
    if (positive == 0 && missing + infinite + negative == 0)
      issues.push_back({"design.replicate_all_zero",
                        "all weights in '" + names[r] + "' are 0: leave the column out",
                        {{"column", names[r]}}});
  }
  refuse<DesignError>(issues);
  return matrix;
}

/// Combined weights add up to about what the weights do; multipliers add up to about the number of rows.
void note_combined(const SuppliedReplicates& given, const std::vector<double>& matrix,
                   const std::vector<double>& weight, Replicates& replicates) {
  double of_replicates = 0, of_weights = 0;
  for (const double w : matrix) of_replicates += w;
  for (const double w : weight) of_weights += w;
  const double wanted = given.combined ? of_weights : static_cast<double>(weight.size());
  const double ratio = of_replicates / static_cast<double>(given.columns.size()) / wanted;
  if (ratio > 0.5 && ratio < 2) return;
  replicates.notes.push_back({"design.replicate_combined",
                              std::string("on average the replicate weights do not add up to ") +
                                  (given.combined ? "the sum of the weights: if they multiply the weight, combined is "
                                                    "false"
                                                  : "the number of rows: if they include the weight, combined is true"),
                              {{"ratio", ratio}}});
}

}  // namespace

Replicates supplied_replicates(const Table& table, const Design& design) {
  const SuppliedReplicates& given = *design.replicates;
  check_method(given);
  const std::size_t count = given.columns.size();
  if (count < 2)
    throw DesignError("design.replicate_too_few", "a variance needs at least 2 columns of replicate weights",
                      {{"columns", count}});
  Replicates replicates;
  replicates.method = given.method;
  replicates.mse = given.mse;
  read_scales(given, replicates);
  std::vector<double> matrix = read_columns(table, given.columns);
  const bool multiplied = !given.combined && design.weight;
  const std::vector<double> weight =
      design.weight ? design_numbers(table, "weight", *design.weight) : std::vector<double>(table.rows(), 1.0);
  if (design.weight) note_combined(given, matrix, weight, replicates);
  const std::size_t rank = weight_rank(table.rows(), count, [&](std::size_t row, std::span<double> out) {
    const double factor = multiplied ? weight[row] : 1;
    for (std::size_t r = 0; r < count; ++r) out[r] = factor * matrix[row * count + r];
  });
  replicates.df = static_cast<double>(rank) - 1;
  (given.combined ? replicates.weight : replicates.multiplier) = std::move(matrix);
  return replicates;
}

}  // namespace enkat
