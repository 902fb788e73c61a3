#include "enkat/totals/centred_totals.hpp"

#include <cmath>
#include <utility>

namespace enkat {
namespace {

/// A cell's mean further than this from the centre of its pass, in standard deviations of the cell, leaves too few
/// digits of its rows' addends, which are rounded to doubles: of 16 digits, fourth moments lose four here.
constexpr double farthest = 10;

}  // namespace

CentredTotals::CentredTotals(const Plan& plan, DesignTotals totals, Eigen::MatrixXd shift)
    : plan_(&plan), units_(std::move(totals)), cells_(units_.of_cells()), shift_(std::move(shift)) {
  for (const PlannedVariable& v : plan.variables) variable_of_.insert(variable_of_.end(), v.terms(), &v);
}

bool CentredTotals::still(std::size_t cell, const PlannedVariable& v, std::size_t place) const {
  if (!v.numeric || place == 0) return false;
  if (place < v.observed) return !plan_->varies(cell, v.first_term + place);
  const TermProduct& product = v.products[place - v.observed];
  return still(cell, v, product.first) || still(cell, v, product.second);
}

CentredTotals::Parts CentredTotals::parts(std::size_t cell, std::size_t term) const {
  const PlannedVariable& v = *variable_of_[term];
  Parts parts;
  const std::size_t base = v.first_term, place = term - base;
  if (still(cell, v, place)) return parts;
  parts.add(term, {1});
  if (!v.numeric) return parts;
  if (place < v.observed) {
    if (const double by = shift(cell, term); by != 0) parts.add(base, {-by});
    return parts;
  }
  const TermProduct& product = v.products[place - v.observed];
  const std::size_t j = base + product.first, k = base + product.second;
  const Twofold by_j{shift(cell, j)}, by_k{shift(cell, k)};
  if (by_j.high == 0 && by_k.high == 0) return parts;
  parts.add(j, -by_k);
  parts.add(k, -by_j);
  parts.add(base, by_j * by_k);
  return parts;
}

Twofold CentredTotals::total(const DesignTotals& totals, std::size_t slot, std::size_t term) const {
  Twofold sum;
  for (const auto& [of, factor] : parts(slot % plan_->shape.cells, term)) sum += factor * totals.total(slot, of);
  return sum;
}

double CentredTotals::scatter(const DesignTotals& totals, std::size_t slot, std::size_t j, std::size_t k) const {
  const std::size_t cell = slot % plan_->shape.cells;
  Twofold sum;
  for (const auto& a : parts(cell, j))
    for (const auto& b : parts(cell, k))
      if (const std::ptrdiff_t pair = plan_->pair(a.term, b.term); pair >= 0)
        sum += a.factor * b.factor * totals.product(slot, static_cast<std::size_t>(pair));
  return sum.value();
}

double CentredTotals::spread(std::size_t cell, const PlannedVariable& v, std::size_t j, std::size_t k) const {
  if (still(cell, v, j) || still(cell, v, k)) return 0;
  const Twofold by_j{shift(cell, v.first_term + j)}, by_k{shift(cell, v.first_term + k)};
  Twofold sum = cells_.spread(cell, v.spread(j, k));
  if (by_j.high != 0 || by_k.high != 0) {
    sum += -by_k * cells_.total(cell, v.first_term + j) + -by_j * cells_.total(cell, v.first_term + k);
    sum += by_j * by_k * cells_.total(cell, v.first_term);
  }
  return sum.value();
}

bool CentredTotals::coarse_total(std::size_t cell, std::size_t term, double rows, double figure) const {
  double lost = 0;
  for (const auto& [of, factor] : parts(cell, term))
    lost += std::abs(factor.value()) * rows * plan_->shape.totals[of].rounding(plan_->shape.limbs);
  return lost > tolerated_loss * std::abs(figure);
}

bool CentredTotals::coarse_scatter(std::size_t cell, std::size_t term, double rows) const {
  if (!plan_->with_scatter) return false;
  double lost = 0;
  for (const auto& a : parts(cell, term))
    for (const auto& b : parts(cell, term))
      if (const std::ptrdiff_t pair = plan_->pair(a.term, b.term); pair >= 0)
        lost += std::abs(a.factor.value() * b.factor.value()) * rows *
                plan_->shape.products[static_cast<std::size_t>(pair)].rounding(plan_->shape.limbs + 1);
  return lost > tolerated_loss * std::abs(scatter(cells_, cell, term, term));
}

bool CentredTotals::coarse_number(std::size_t cell, const PlannedVariable& v, std::size_t k, double rows) const {
  const std::size_t term = v.first_term + k;
  if (!plan_->varies(cell, term)) return false;
  const double weight = cell_total(cell, v.first_term), square = spread(cell, v, k, k),
               by = std::abs(shift(cell, term));
  if (by * by * std::abs(weight) > farthest * farthest * std::abs(square)) return true;
  const TotalsShape& shape = plan_->shape;
  const double lost = rows * (shape.spreads[v.spread(k, k)].rounding(shape.limbs + 1) +
                              2 * by * shape.totals[term].rounding(shape.limbs) +
                              by * by * shape.totals[v.first_term].rounding(shape.limbs));
  return lost > tolerated_loss * std::abs(square) ||
         coarse_total(cell, term, rows, std::sqrt(std::abs(weight * square))) || coarse_scatter(cell, term, rows);
}

bool CentredTotals::too_coarse() const {
  for (std::size_t cell = 0; cell < plan_->shape.cells; ++cell) {
    for (const PlannedVariable& v : plan_->variables) {
      const double rows = static_cast<double>(cells_.counter(cell, v.first_counter));
      if (rows == 0) continue;
      // A figure that came out as 0 is that only when no row gave it anything: counters and bounds tell.
      for (std::size_t k = 0; k < v.observed; ++k) {
        const std::size_t term = v.first_term + k;
        const bool seen = k == 0 || cells_.counter(cell, v.first_counter + 1 + k) > 0;
        if (v.numeric && k > 0
                ? coarse_number(cell, v, k, rows)
                : seen && (coarse_total(cell, term, rows, cell_total(cell, term)) || coarse_scatter(cell, term, rows)))
          return true;
      }
      for (std::size_t k = v.observed; k < v.terms(); ++k) {
        const TermProduct& product = v.products[k - v.observed];
        const std::size_t term = v.first_term + k;
        if (product.first == product.second && plan_->varies(cell, v.first_term + product.first) &&
            (coarse_total(cell, term, rows, cell_total(cell, term)) || coarse_scatter(cell, term, rows)))
          return true;
      }
    }
  }
  return false;
}

}  // namespace enkat
