#include "enkat/totals/block.hpp"

#include <utility>

namespace enkat {
namespace {

std::vector<const PlannedVariable*> all_of(const Plan& plan) {
  std::vector<const PlannedVariable*> variables;
  for (const PlannedVariable& v : plan.variables) variables.push_back(&v);
  return variables;
}

}  // namespace

Block::Block(const Plan& plan) : Block(plan, all_of(plan)) {}

Block::Block(const Plan& plan, std::vector<const PlannedVariable*> variables)
    : plan_(plan),
      variables_(std::move(variables)),
      terms_(std::make_unique_for_overwrite<double[]>(plan.terms() * column_stride)) {}

void Block::observe(Rows rows) {
  rows_ = rows;
  const std::size_t n = rows.size();
  unit_ = plan_.units() == nullptr ? nullptr : plan_.units() + rows.first;
  plan_.survey.weights(rows, std::span(weight_).first(n));
  plan_.grouping.cells_of(rows, std::span(cell_).first(n));
  std::size_t zeros = 0;  // few: to look first is cheaper than to write
  for (std::size_t i = 0; i < n; ++i) zeros += weight_[i] == 0 ? 1U : 0U;
  for (std::size_t i = 0; i < n && zeros > 0; ++i)
    if (weight_[i] == 0) cell_[i] = -1;
  std::array<std::uint8_t, block_rows> member;
  for (const PlannedVariable* variable : variables_) {
    const PlannedVariable& v = *variable;
    const TermColumns columns(terms_.get() + v.first_term * column_stride, column_stride, n);
    v.statistic->observe(rows, columns);
    if (plan_.grouping.overlaps() == 1) continue;
    plan_.grouping.overlap(v.overlap, rows, std::span(member).first(n));
    for (std::size_t k = 0; k < v.observed; ++k)
      for (std::size_t i = 0; i < n; ++i) columns[k][i] *= member[i];
  }
}

const std::vector<ActiveTerm>& Block::active(std::size_t i) {
  active_.clear();
  const auto cell = static_cast<Eigen::Index>(cell_[i]);
  for (const PlannedVariable& v : plan_.variables) {
    if (term(v.first_term, i) == 0) continue;
    value_.resize(v.observed);
    for (std::size_t k = 0; k < v.observed; ++k) {
      const std::size_t at = v.first_term + k;
      value_[k] = term(at, i) - plan_.centre(cell, static_cast<Eigen::Index>(at));
      if (value_[k] != 0) active_.push_back({at, value_[k]});
    }
    for (std::size_t p = 0; p < v.products.size(); ++p)
      if (const double value = value_[v.products[p].first] * value_[v.products[p].second]; value != 0)
        active_.push_back({v.first_term + v.observed + p, value});
  }
  return active_;
}

}  // namespace enkat
