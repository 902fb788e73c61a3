#include "enkat/design/supplied_replicates.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
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

Replicates described(const Design& design, const SuppliedFacts& facts) {
  const SuppliedReplicates& given = *design.replicates;
  Replicates replicates;
  replicates.method = given.method;
  replicates.mse = given.mse;
  replicates.combined = given.combined;
  read_scales(given, replicates);
  replicates.largest = facts.largest();
  if (const std::int64_t negative = facts.negative(); negative > 0)
    replicates.notes.push_back({"design.replicate_negative",
                                std::to_string(negative) +
                                    (negative == 1 ? " replicate weight is" : " replicate weights are") +
                                    " negative: used as they are, as successive differences may leave them",
                                {{"weights", negative}}});
  // Combined weights add up to about what the weights do; multipliers add up to about the number of rows.
  const double ratio = facts.ratio();
  if (design.weight && !(ratio > 0.5 && ratio < 2))
    replicates.notes.push_back({"design.replicate_combined",
                                std::string("on average the replicate weights do not add up to ") +
                                    (given.combined ? "the sum of the weights: if they multiply the weight, combined "
                                                      "is false"
                                                    : "the number of rows: if they include the weight, combined is "
                                                      "true"),
                                {{"ratio", ratio}}});
  return replicates;
}

void check_design(const Design& design) {
  check_method(*design.replicates);
  if (design.replicates->columns.size() < 2)
    throw DesignError("design.replicate_too_few", "a variance needs at least 2 columns of replicate weights",
                      {{"columns", design.replicates->columns.size()}});
}

void keep(SuppliedRows rows, bool combined, Replicates& replicates) {
  (combined ? replicates.weight : replicates.multiplier) = std::move(rows.matrix);
}

}  // namespace

SuppliedRows::SuppliedRows(const Table& table, const Design& design)
    : matrix(table.rows() * design.replicates->columns.size()),
      weight(design.weight ? design_numbers(table, "weight", *design.weight) : std::vector<double>(table.rows(), 1.0)) {
  const std::vector<std::string>& names = design.replicates->columns;
  std::vector<double> block(block_rows);
  for (std::size_t r = 0; r < names.size(); ++r) {
    const Column& column = table.column(names[r]);
    for (std::size_t first = 0; first < table.rows(); first += block_rows) {
      const std::size_t size = std::min(block_rows, table.rows() - first);
      column.numbers(first, std::span(block).first(size));
      for (std::size_t i = 0; i < size; ++i) matrix[(first + i) * names.size() + r] = block[i];
    }
  }
}

SuppliedFacts::SuppliedFacts(const Design& design, std::size_t rank_rows)
    : columns_(design.replicates->columns),
      combined_(design.replicates->combined),
      multiplied_(!combined_ && design.weight),
      rank_rows_(rank_rows) {
  check_design(design);
  for (auto* counts : {&missing_, &infinite_, &negative_, &positive_}) counts->assign(columns_.size(), 0);
  const auto count = static_cast<Eigen::Index>(rank_rows > 0 ? columns_.size() : 0);
  products_.setZero(count, count);
}

void SuppliedFacts::add(const SuppliedRows& rows) {
  const std::size_t count = columns_.size(), added = rows.weight.size();
  for (std::size_t i = 0; i < added; ++i) {
    for (std::size_t r = 0; r < count; ++r) {
      const double w = rows.matrix[i * count + r];
      missing_[r] += std::isnan(w);
      infinite_[r] += std::isinf(w);
      negative_[r] += w < 0;
      positive_[r] += w > 0;
      sum_ += w;
      largest_ = std::max(largest_, std::abs(w));
    }
    weights_ += rows.weight[i];
  }
  rows_ += static_cast<std::int64_t>(added);
  const std::size_t some = std::min(added, rank_rows_);
  if (some == 0) return;
  products_ += weight_products(some, count, [&](std::size_t i, std::span<double> out) {
    const std::size_t row = i * added / some;
    const double factor = multiplied_ ? rows.weight[row] : 1;
    for (std::size_t r = 0; r < count; ++r) out[r] = factor * rows.matrix[row * count + r];
  });
}

SuppliedFacts& SuppliedFacts::operator+=(const SuppliedFacts& other) {
  for (std::size_t r = 0; r < columns_.size(); ++r) {
    missing_[r] += other.missing_[r];
    infinite_[r] += other.infinite_[r];
    negative_[r] += other.negative_[r];
    positive_[r] += other.positive_[r];
  }
  rows_ += other.rows_;
  sum_ += other.sum_;
  weights_ += other.weights_;
  largest_ = std::max(largest_, other.largest_);
  products_ += other.products_;
  return *this;
}

void SuppliedFacts::write(ByteWriter& out) const {
  for (const auto* counts : {&missing_, &infinite_, &negative_, &positive_}) out.put(*counts);
  out.put(rows_);
  for (const double one : {sum_, weights_, largest_}) out.put(one);
  out.put(std::vector<double>(products_.data(), products_.data() + products_.size()));
}

SuppliedFacts SuppliedFacts::read(ByteReader& in) const {
  SuppliedFacts other = *this;
  for (auto* counts : {&other.missing_, &other.infinite_, &other.negative_, &other.positive_})
    *counts = in.list_of<std::int64_t>(columns_.size());
  other.rows_ = in.get<std::int64_t>();
  for (double* one : {&other.sum_, &other.weights_, &other.largest_}) *one = in.get<double>();
  const std::vector<double> products = in.list_of<double>(static_cast<std::size_t>(products_.size()));
  std::ranges::copy(products, other.products_.data());
  return other;
}

void SuppliedFacts::check() const {
  std::vector<Issue> issues;
  for (std::size_t r = 0; r < columns_.size(); ++r) {
    const auto report = [&](std::int64_t n, const std::string& code, const std::string& says) {
      if (n > 0)
        issues.push_back({"design.replicate_" + code,
                          std::to_string(n) + " weights in '" + columns_[r] + "' are " + says,
                          {{"column", columns_[r]}, {"rows", n}}});
    };
    report(missing_[r], "missing", "missing: a row that is not in a replicate has weight 0");
    report(infinite_[r], "not_finite", "infinite");
    if (positive_[r] + negative_[r] + missing_[r] + infinite_[r] == 0)
      issues.push_back({"design.replicate_all_zero",
                        "all weights in '" + columns_[r] + "' are 0: leave the column out",
                        {{"column", columns_[r]}}});
  }
  refuse<DesignError>(issues);
}

std::int64_t SuppliedFacts::negative() const {
  return std::accumulate(negative_.begin(), negative_.end(), std::int64_t{0});
}

std::size_t SuppliedFacts::rank() const { return rank_of_products(products_); }

double SuppliedFacts::ratio() const {
  return sum_ / static_cast<double>(columns_.size()) / (combined_ ? weights_ : static_cast<double>(rows_));
}

Replicates supplied_replicates(const Table& table, const Design& design) {
  SuppliedFacts facts(design, 0);
  SuppliedRows rows(table, design);
  facts.add(rows);
  Replicates replicates = described(design, facts);
  facts.check();
  const std::size_t count = design.replicates->columns.size();
  const bool multiplied = !design.replicates->combined && design.weight;
  const std::size_t rank = weight_rank(table.rows(), count, [&](std::size_t row, std::span<double> out) {
    const double factor = multiplied ? rows.weight[row] : 1;
    for (std::size_t r = 0; r < count; ++r) out[r] = factor * rows.matrix[row * count + r];
  });
  replicates.df = static_cast<double>(rank) - 1;
  keep(std::move(rows), design.replicates->combined, replicates);
  return replicates;
}

Replicates supplied_replicates(const SuppliedFacts& facts, const Design& design) {
  Replicates replicates = described(design, facts);
  facts.check();
  replicates.df = static_cast<double>(facts.rank()) - 1;
  return replicates;
}

std::shared_ptr<const Replicates> supplied_to(const Table& part, const Design& design, const Replicates& whole) {
  auto replicates = std::make_shared<Replicates>(whole);
  keep(SuppliedRows(part, design), design.replicates->combined, *replicates);
  return replicates;
}

}  // namespace enkat
