#include "enkat/totals/kernel.hpp"

#include <algorithm>
#include <bit>

namespace enkat {
namespace {

std::vector<GridScale> scales_of(const std::vector<Grid>& grids) { return {grids.begin(), grids.end()}; }

std::size_t most_terms(const Plan& plan) {
  std::size_t most = 1;
  for (const PlannedVariable& v : plan.variables) most = std::max(most, v.terms());
  return most;
}

/// The variables that are added term by term.
std::vector<const PlannedVariable*> by_terms(const Plan& plan, const ChoiceLayout& layout) {
  std::vector<const PlannedVariable*> variables;
  for (std::size_t i = 0; i < plan.variables.size(); ++i)
    if (layout.variables()[i].sets.empty()) variables.push_back(&plan.variables[i]);
  return variables;
}

/// Adds columns of integers to runs of integers that start at `first + at[i] · stride`.
template <std::size_t Count>
void add_runs(const std::int64_t* limb, const std::uint32_t* at, std::size_t rows, std::int64_t* first,
              std::size_t stride) {
  for (std::size_t i = 0; i < rows; ++i) {
    std::int64_t* target = first + at[i] * stride;
    for (std::size_t l = 0; l < Count; ++l) target[l] += limb[l * block_rows + i];
  }
}

// One operation on two numbers: any x86-64 and ARM64 has it, and GCC and Clang know the notation.
using TwoDoubles = double __attribute__((vector_size(16)));
using TwoIntegers = std::int64_t __attribute__((vector_size(16)));

/// Adds the weighted values of two terms to their totals, which lie side by side in two limbs each.
inline void add_two(double weight, double a, double b, TwoDoubles scale, std::int64_t* totals) {
  constexpr double round = 6755399441055744.0;  // as `cut` does
  const TwoDoubles rounding{round, round};
  TwoDoubles rest = TwoDoubles{weight * a, weight * b} * scale;
  TwoDoubles shifted = rest + rounding;
  const auto first = std::bit_cast<TwoIntegers>(shifted) - std::bit_cast<TwoIntegers>(rounding);
  rest = (rest - (shifted - rounding)) * GridScale::next;
  const auto second = std::bit_cast<TwoIntegers>(rest + rounding) - std::bit_cast<TwoIntegers>(rounding);
  totals[0] += first[0];
  totals[1] += second[0];
  totals[2] += first[1];
  totals[3] += second[1];
}

/// The same of all rows, and those of the base (1, or 0 and then all is 0) in `counter` of their slot.
void add_base_and_number(const double* weight, const double* base, const double* number, const std::uint32_t* slot,
                         std::size_t rows, TwoDoubles scale, std::int64_t* counter, std::int64_t* totals,
                         std::size_t stride) {
  for (std::size_t i = 0; i < rows; ++i) {
    const std::size_t at = slot[i] * stride;
    counter[at] += (std::bit_cast<std::int64_t>(base[i]) >> 52) & 1;  // of 1.0 that bit is 1
    add_two(weight[i], base[i], number[i], scale, totals + at);
  }
}

/// Cuts the products of two columns into columns of limbs.
template <int Limbs>
void cut_products(const double* a, const double* b, std::size_t rows, GridScale scale, std::int64_t* limb) {
  for (std::size_t i = 0; i < rows; ++i)
    cut<Limbs>(a[i] * b[i], scale,
               [&](int l, std::int64_t part) { limb[static_cast<std::size_t>(l) * block_rows + i] = part; });
}

void multiply(const double* a, const double* b, std::size_t rows, double* product) {
  for (std::size_t i = 0; i < rows; ++i) product[i] = a[i] * b[i];
}

}  // namespace

Kernel::Kernel(const Plan& plan, const TotalsShape& shape, const ChoiceLayout& layout)
    : plan_(plan),
      shape_(shape),
      totals_(scales_of(shape.totals)),
      products_(scales_of(shape.products)),
      spreads_(scales_of(shape.spreads)),
      block_(plan, by_terms(plan, layout)),
      value_(std::make_unique_for_overwrite<double[]>(most_terms(plan) * block_rows)),
      limb_(std::make_unique_for_overwrite<std::int64_t[]>(5 * block_rows)) {}

void Kernel::place_rows() {
  rows_ = block_.size();
  const std::int32_t* cell = block_.cells();
  const std::int32_t* unit = block_.units();
  const auto cells = static_cast<std::uint32_t>(plan_.shape.cells);
  for (std::size_t i = 0; i < rows_; ++i) {
    inside_[i] = cell[i] >= 0;
    cell_[i] = static_cast<std::uint32_t>(std::max(cell[i], 0));
  }
  if (unit == nullptr) {
    std::copy_n(cell_.begin(), rows_, slot_.begin());
  } else if (cells == 1) {
    std::copy_n(unit, rows_, slot_.begin());
  } else {
    for (std::size_t i = 0; i < rows_; ++i) slot_[i] = cell_[i] + static_cast<std::uint32_t>(unit[i]) * cells;
  }
}

void Kernel::find_base(const PlannedVariable& v) {
  const double* answered = block_.column(v.first_term);
  for (std::size_t i = 0; i < rows_; ++i) {
    base_[i] = inside_[i] & static_cast<std::uint8_t>(answered[i] != 0);
    value_[i] = base_[i];
  }
}

void Kernel::count_others(const PlannedVariable& v, Rows rows, DesignTotals& totals) {
  std::size_t others = 0;
  for (std::size_t i = 0; i < rows_; ++i) {
    other_[others] = static_cast<std::uint16_t>(i);
    others += inside_[i] ^ base_[i];
  }
  if (others == 0) return;
  v.statistic->missing(rows, std::span(missing_).first(rows_));
  if (plan_.grouping.overlaps() > 1) {
    plan_.grouping.overlap(v.overlap, rows, std::span(member_).first(rows_));
    for (std::size_t i = 0; i < rows_; ++i) missing_[i] = member_[i] != 0 ? missing_[i] : 0;
  }
  const std::int64_t first = &v == plan_.variables.data() ? 1 : 0;
  for (std::size_t j = 0; j < others; ++j) {
    std::int64_t* counters = totals.counters(slot_[other_[j]]);
    // A variable of numbers has no answers to count, and has those that are left out in their place.
    if (const std::uint8_t why = missing_[other_[j]]; why != 0) ++counters[v.first_counter + why];
    counters[0] += first;
  }
}

/// Between rows of one cell the limbs are added up in registers.
template <int Limbs>
void Kernel::add_spread(std::size_t place, const double* a, const double* b, DesignTotals& totals) {
  std::int64_t* const first = totals.spreads(0) + place * Limbs;
  if (shape_.cells > 1) {
    cut_products<Limbs>(a, b, rows_, spreads_[place], limb_.get());
    return add_runs<Limbs>(limb_.get(), cell_.data(), rows_, first, shape_.spreads.size() * Limbs);
  }
  std::array<std::int64_t, Limbs> sum{};
  for (std::size_t i = 0; i < rows_; ++i)
    cut<Limbs>(a[i] * b[i], spreads_[place],
               [&](int l, std::int64_t part) { sum[static_cast<std::size_t>(l)] += part; });
  for (std::size_t l = 0; l < Limbs; ++l) first[l] += sum[l];
}

template <int Limbs>
void Kernel::add_numbers(const PlannedVariable& v, DesignTotals& totals) {
  const auto value = [&](std::size_t k) { return value_.get() + k * block_rows; };
  const double* const base = value(0);
  for (std::size_t k = 1; k < v.observed; ++k) {
    const double* term = block_.column(v.first_term + k);
    const auto centre = plan_.centre.col(static_cast<Eigen::Index>(v.first_term + k));
    double* centred = value(k);
    if (shape_.cells == 1) {
      const double one = centre[0];
      for (std::size_t i = 0; i < rows_; ++i) centred[i] = (term[i] - one) * base[i];
    } else {
      const double* of = centre.data();
      for (std::size_t i = 0; i < rows_; ++i) centred[i] = (term[i] - of[cell_[i]]) * base[i];
    }
  }
  for (std::size_t p = 0; p < v.products.size(); ++p)
    multiply(value(v.products[p].first), value(v.products[p].second), rows_, value(v.observed + p));

  for (std::size_t j = 1; j < v.observed && !shape_.spreads.empty(); ++j) {
    multiply(block_.weights(), value(j), rows_, weighted_.data());
    for (std::size_t k = j; k < v.observed; ++k)
      add_spread<Limbs + 1>(v.spread(j, k), weighted_.data(), value(k), totals);
  }
  const std::size_t stride = shape_.stride();
  std::int64_t* const counter = totals.counters(0) + v.first_counter;
  std::int64_t* const first = totals.totals(0) + v.first_term * Limbs;
  std::size_t added = 0;
  if constexpr (Limbs == 2) {
    add_base_and_number(block_.weights(), base, value(1), slot_.data(), rows_,
                        TwoDoubles{totals_[v.first_term].first, totals_[v.first_term + 1].first}, counter, first,
                        stride);
    added = 2;
  } else {
    for (std::size_t i = 0; i < rows_; ++i) counter[slot_[i] * stride] += base_[i];
  }
  for (std::size_t k = added; k < v.terms(); ++k) {
    cut_products<Limbs>(block_.weights(), value(k), rows_, totals_[v.first_term + k], limb_.get());
    add_runs<Limbs>(limb_.get(), slot_.data(), rows_, first + k * Limbs, stride);
  }
}

template <int Limbs>
void Kernel::add_scatter_of_numbers(const PlannedVariable& v, DesignTotals& totals) {
  for (std::size_t k = 0; k < v.terms(); ++k)
    multiply(block_.weights(), value_.get() + k * block_rows, rows_, value_.get() + k * block_rows);
  for (std::size_t j = 0; j < v.terms(); ++j) {
    for (std::size_t k = j; k < v.terms(); ++k) {
      const auto p = static_cast<std::size_t>(plan_.pair(j, k));
      cut_products<Limbs + 1>(value_.get() + j * block_rows, value_.get() + k * block_rows, rows_, products_[p],
                              limb_.get());
      add_runs<Limbs + 1>(limb_.get(), slot_.data(), rows_, totals.products(0) + p * (Limbs + 1), shape_.stride());
    }
  }
}

template <int Limbs>
void Kernel::add_indicators(const PlannedVariable& v, DesignTotals& totals) {
  const std::size_t stride = shape_.stride(), asked = v.observed - 1;
  // All indicators are on the grid of the weights.
  cut_products<Limbs>(block_.weights(), value_.get(), rows_, totals_[v.first_term], limb_.get());
  std::int64_t* const first = totals.counters(0);
  const std::size_t total = shape_.counters + v.first_term * Limbs, counter = v.first_counter + 2;
  for (std::size_t i = 0; i < rows_; ++i) {
    if (base_[i] == 0) continue;
    std::int64_t* figures = first + slot_[i] * stride;
    std::array<std::int64_t, Limbs> limb;
    ++figures[v.first_counter];
    for (std::size_t l = 0; l < Limbs; ++l) figures[total + l] += limb[l] = limb_[l * block_rows + i];
    for (std::size_t k = 0; k < asked; ++k) {
      const std::int64_t mask = block_.column(v.first_term + 1 + k)[i] != 0 ? -1 : 0;
      figures[counter + k] -= mask;
      for (std::size_t l = 0; l < Limbs; ++l) figures[total + (k + 1) * Limbs + l] += limb[l] & mask;
    }
  }
}

void Kernel::add_choices(const PlannedVariable& v, const std::vector<ChoiceSet>& sets, Rows rows,
                         ChoiceTotals& choices) {
  const CodeSource& source = *v.statistic->codes();
  source.choice_base(rows, std::span(base_).first(rows_));
  if (plan_.grouping.overlaps() > 1) {
    plan_.grouping.overlap(v.overlap, rows, std::span(member_).first(rows_));
    for (std::size_t i = 0; i < rows_; ++i) base_[i] &= member_[i];
  }
  const double* weight = block_.weights();
  for (std::size_t i = 0; i < rows_; ++i) {
    base_[i] &= inside_[i];
    std::array<std::int64_t, 2> limb;
    cut<2>(base_[i] * weight[i], totals_[v.first_term],
           [&](int l, std::int64_t part) { limb[static_cast<std::size_t>(l)] = part; });
    row_sum_[i] = CodeSum::of(base_[i] != 0, limb[0], limb[1]);
  }
  CodeSum* const sums = choices.sums(shape_);
  const std::size_t stride = choices.layout().codes();
  for (const ChoiceSet& set : sets) {
    source.choice_codes(set, rows, std::span(code_).first(rows_));
    CodeSum* const first = sums + set.place;
    for (std::size_t i = 0; i < rows_; ++i) first[slot_[i] * stride + code_[i]] += row_sum_[i];
  }
}

/// Of the only variable, whose rows give one answer: the squares of their weights, by the codes at hand.
void Kernel::add_scatter_of_choice(const PlannedVariable& v, std::size_t answers, DesignTotals& totals) {
  for (std::size_t i = 0; i < rows_; ++i) {
    if (base_[i] == 0) continue;
    std::int64_t* const product = totals.products(slot_[i]);
    const double w = block_.weight(i), square = w * w;
    const auto add = [&](std::size_t term) {
      const auto p = static_cast<std::size_t>(plan_.pair(v.first_term, v.first_term + term));
      add_exact<3>(product + p * 3, square, products_[p]);
    };
    add(0);
    if (code_[i] < answers) add(std::size_t{1} + code_[i]);
  }
}

/// Rows were drawn within units: only pairs of terms that a row has both.
template <int Limbs>
void Kernel::add_scatter(DesignTotals& totals) {
  for (std::size_t i = 0; i < block_.size(); ++i) {
    if (block_.cell(i) < 0) continue;
    const double w = block_.weight(i);
    const std::vector<ActiveTerm>& active = block_.active(i);
    if (active.empty()) continue;
    std::int64_t* product =
        totals.products(block_.unit(i) * plan_.shape.cells + static_cast<std::size_t>(block_.cell(i)));
    for (std::size_t a = 0; a < active.size(); ++a) {
      const double wa = w * active[a].value;
      const std::ptrdiff_t* const row = plan_.pair_row(active[a].term);
      // A disjoint indicator's product with the base is that with itself.
      const std::size_t v = plan_.variable_of_term[active[a].term];
      const std::size_t only_once = plan_.variables[v].disjoint ? v : plan_.variables.size();
      for (std::size_t b = a; b < active.size(); ++b) {
        const std::size_t u = plan_.variable_of_term[active[b].term];
        if (b > a && u == only_once) continue;
        const auto p = static_cast<std::size_t>(row[u] + static_cast<std::ptrdiff_t>(active[b].term));
        add_exact<Limbs + 1>(product + p * (Limbs + 1), wa * (w * active[b].value), products_[p]);
      }
    }
  }
}

template <int Limbs>
void Kernel::add(Rows rows, DesignTotals& totals, ChoiceTotals& choices) {
  block_.observe(rows);
  place_rows();
  for (std::size_t i = 0; i < plan_.variables.size(); ++i) {
    const PlannedVariable& v = plan_.variables[i];
    if (const std::vector<ChoiceSet>& sets = choices.layout().variables()[i].sets; !sets.empty()) {
      add_choices(v, sets, rows, choices);
    } else {
      find_base(v);
      v.numeric ? add_numbers<Limbs>(v, totals) : add_indicators<Limbs>(v, totals);
    }
    count_others(v, rows, totals);
  }
  if (shape_.products.empty()) return;
  // The columns of the only variable are at hand.
  const PlannedVariable& first = plan_.variables[0];
  if (plan_.variables.size() > 1) return add_scatter<Limbs>(totals);
  if (first.numeric) return add_scatter_of_numbers<Limbs>(first, totals);
  const std::vector<ChoiceSet>& sets = choices.layout().variables()[0].sets;
  sets.empty() ? add_scatter<Limbs>(totals) : add_scatter_of_choice(first, sets[0].answers, totals);
}

void Kernel::add(Rows rows, DesignTotals& totals, ChoiceTotals& choices) {
  if (shape_.limbs == 2) return add<2>(rows, totals, choices);
  if (shape_.limbs == 3) return add<3>(rows, totals, choices);
  add<4>(rows, totals, choices);
}

}  // namespace enkat
