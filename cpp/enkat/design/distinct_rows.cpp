#include "enkat/design/distinct_rows.hpp"

#include <algorithm>

#include "enkat/basics/exact_sums.hpp"

namespace enkat {
namespace {

/// Numbers pairs of (number so far, level or −1) by their order, so that numbers do not depend on that of rows.
void combine(std::vector<std::int32_t>& number, const std::vector<std::int32_t>& level, std::size_t levels) {
  std::vector<std::uint64_t> keys(number.size());
  for (std::size_t i = 0; i < keys.size(); ++i)
    keys[i] = static_cast<std::uint64_t>(number[i]) * (levels + 1) + static_cast<std::uint64_t>(level[i] + 1);
  std::vector<std::uint64_t> distinct;
  if (keys.empty()) return;
  if (const std::uint64_t most = *std::ranges::max_element(keys); most < 4 * keys.size() + 1024) {
    std::vector<std::int32_t> dense(most + 1, -1);  // few combinations: no need to sort
    for (const std::uint64_t key : keys) dense[key] = 0;
    std::int32_t next = 0;
    for (std::int32_t& at : dense)
      if (at == 0) at = next++;
    for (std::size_t i = 0; i < keys.size(); ++i) number[i] = dense[keys[i]];
    return;
  }
  distinct = keys;
  std::ranges::sort(distinct);
  const auto repeated = std::ranges::unique(distinct);
  distinct.erase(repeated.begin(), repeated.end());
  for (std::size_t i = 0; i < keys.size(); ++i)
    number[i] = static_cast<std::int32_t>(std::ranges::lower_bound(distinct, keys[i]) - distinct.begin());
}

}  // namespace

DistinctRows::DistinctRows(const Auxiliaries& x) : x_(x), rows_(x.rows()) {
  if (!x.household().empty()) {
    of_row_.resize(rows_);  // everybody in a household has the same x; those in none come last
    for (std::size_t i = 0; i < rows_; ++i)
      of_row_[i] = x.household()[i] < 0 ? static_cast<std::int32_t>(x.households()) : x.household()[i];
    std::vector<std::int32_t> number(rows_, 0);
    combine(number, of_row_, x.households() + 1);
    of_row_ = std::move(number);
  } else if (x.only_levels()) {
    of_row_.assign(rows_, 0);
    for (const Auxiliaries::Term& term : x.terms())
      if (term.is_category()) combine(of_row_, term.level, term.levels.size());
  }
  if (of_row_.empty()) return;
  first_.assign(static_cast<std::size_t>(*std::ranges::max_element(of_row_)) + 1, rows_);
  for (std::size_t i = rows_; i-- > 0;) first_[static_cast<std::size_t>(of_row_[i])] = i;
}

void DistinctRows::observe(Rows rows, AuxiliaryRows& out) const {
  if (of_row_.empty()) return x_.observe(rows, out);
  AuxiliaryRows one;
  out.entries = x_.entries();
  out.column.clear();
  out.value.clear();
  for (std::size_t i = rows.first; i < rows.last; ++i) {
    x_.observe({first_[i], first_[i] + 1}, one);
    out.column.insert(out.column.end(), one.column.begin(), one.column.end());
    out.value.insert(out.value.end(), one.value.begin(), one.value.end());
  }
}

std::vector<double> DistinctRows::sums(std::span<const double> weight, Monitor& monitor) const {
  if (of_row_.empty()) return {weight.begin(), weight.end()};
  double largest = 0;
  for (const double w : weight) largest = std::max(largest, std::abs(w));
  const auto observe = [&](Rows rows, ExactSums& sums) {
    for (std::size_t i = rows.first; i < rows.last; ++i) sums.add(static_cast<std::size_t>(of_row_[i]), weight[i]);
  };
  const ExactSums exact = reduce(rows_, ExactSums(std::vector<double>(size(), largest)), observe, monitor);
  std::vector<double> sums(size());
  for (std::size_t c = 0; c < sums.size(); ++c) sums[c] = exact[c];
  return sums;
}

ReplicateSums::ReplicateSums(const DistinctRows& rows, const Replicates& replicates, std::span<const double> before)
    : replicates_(replicates), size_(rows.size()), of_row_(rows.of_row()) {
  if (!replicates.weight.empty()) return;
  const auto distinct = [&](std::size_t i) { return of_row_.empty() ? i : static_cast<std::size_t>(of_row_[i]); };
  const auto unit = [&](std::size_t i) {
    return replicates.unit.empty() ? i : static_cast<std::size_t>(replicates.unit[i]);
  };
  if (of_row_.empty() || replicates.unit.empty()) {
    for (std::size_t i = 0; i < before.size(); ++i) parts_.push_back({unit(i), distinct(i), before[i]});
    return;
  }
  std::vector<std::int32_t> number = replicates.unit;
  combine(number, of_row_, size_);
  parts_.assign(static_cast<std::size_t>(*std::ranges::max_element(number)) + 1, {0, 0, 0});
  for (std::size_t i = 0; i < before.size(); ++i) {
    Part& part = parts_[static_cast<std::size_t>(number[i])];
    part = {unit(i), distinct(i), part.weight + before[i]};
  }
}

std::vector<double> ReplicateSums::of(std::size_t replicate) const {
  std::vector<double> sums(size_, 0);
  const std::size_t count = replicates_.count();
  for (const Part& part : parts_)
    sums[part.distinct] += part.weight * replicates_.multiplier[part.unit * count + replicate];
  for (std::size_t i = 0; i * count < replicates_.weight.size(); ++i)
    sums[of_row_.empty() ? i : static_cast<std::size_t>(of_row_[i])] += replicates_.weight[i * count + replicate];
  return sums;
}

}  // namespace enkat
