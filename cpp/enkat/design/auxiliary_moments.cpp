#include "enkat/design/auxiliary_moments.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

#include "enkat/basics/exact_sum.hpp"
#include "enkat/design/pass.hpp"

namespace enkat {
namespace {

/// Limbs of a sum: what rounding to them costs is below 2^-98 of the largest addend.
constexpr int limbs = 3;

Grid grid_of(double bound) {
  if (!std::isfinite(bound))
    throw DesignError(
        "calibrate.range",
        "the numbers to calibrate on, or the weights, are too large for sums of their squares: look for a "
        "missing-value code among them, or change their unit");
  return Grid::for_bound(bound);
}

/// Exact sums of one pass. A cell has a place of 2 + 3·(1 + q) integers: its rows, those with weight, then limbs of
/// Σ w and Σ w·z.
struct MomentSums {
  std::size_t numbers = 0;
  std::vector<std::int64_t> cells;
  std::vector<std::int64_t> products;
  std::vector<std::int64_t> missing;  ///< rows with weight that lack each variable, where rows are read in parts

  static constexpr std::size_t heading = 2;
  std::size_t place() const { return heading + limbs * (1 + numbers); }
  MomentSums& operator+=(const MomentSums& other) {
    for (std::size_t i = 0; i < cells.size(); ++i) cells[i] += other.cells[i];
    for (std::size_t i = 0; i < products.size(); ++i) products[i] += other.products[i];
    for (std::size_t i = 0; i < missing.size(); ++i) missing[i] += other.missing[i];
    return *this;
  }
  void write(ByteWriter& out) const {
    for (const auto* figures : {&cells, &products, &missing}) out.put(*figures);
  }
  MomentSums read(ByteReader& in) const {
    MomentSums other{numbers, {}, {}, {}};
    other.cells = in.list_of<std::int64_t>(cells.size());
    other.products = in.list_of<std::int64_t>(products.size());
    other.missing = in.list_of<std::int64_t>(missing.size());
    return other;
  }
};

Eigen::Index index(std::size_t i) { return static_cast<Eigen::Index>(i); }

/// The grids of Σ w, Σ w·z and Σ w·z·zᵀ.
struct MomentGrids {
  Grid weights;
  std::vector<Grid> numbers, products;
};

MomentGrids grids_of(const AuxiliaryCells& cells, double heaviest) {
  MomentGrids grids{grid_of(heaviest), {}, {}};
  for (const ModelMatrix::Term* a : cells.numbers()) {
    const double bound = cells.x().bounds()[a->first_column];
    grids.numbers.push_back(grid_of(heaviest * bound));
    for (const ModelMatrix::Term* b : cells.numbers())
      if (b >= a) grids.products.push_back(grid_of(heaviest * bound * cells.x().bounds()[b->first_column]));
  }
  return grids;
}

/// Adds up some rows of a survey in its cells.
void add_moments(const Survey& of, const AuxiliaryCells& cells, const MomentGrids& grids, Rows rows, MomentSums& sums) {
  const GridScale weight_scale(grids.weights);
  const std::vector<GridScale> scale(grids.numbers.begin(), grids.numbers.end()),
      product_scale(grids.products.begin(), grids.products.end());
  const std::size_t n = rows.size(), place = sums.place(), q = grids.numbers.size();
  std::array<double, block_rows> weight;
  std::array<std::int32_t, block_rows> cell;
  of.weights(rows, std::span(weight).first(n));
  cells.cells_of(rows, std::span(cell).first(n));
  for (std::size_t i = 0; i < n; ++i) {
    std::int64_t* at = sums.cells.data() + static_cast<std::size_t>(cell[i]) * place;
    ++at[0];
    at[1] += weight[i] != 0;
    add_exact<limbs>(at + MomentSums::heading, weight[i], weight_scale);
  }
  if (q == 0) return;
  std::vector<double> z(q * n), weighted(n);
  for (std::size_t k = 0; k < q; ++k) {
    const auto number = std::span(z).subspan(k * n, n);
    cells.numbers()[k]->numbers_of(rows, number);
    for (double& one : number) one = std::isnan(one) ? 0 : one;  // of rows without weight, or refused after the pass
  }
  for (std::size_t k = 0, pair = 0; k < q; ++k) {
    for (std::size_t i = 0; i < n; ++i) weighted[i] = weight[i] * z[k * n + i];
    for (std::size_t i = 0; i < n; ++i)
      add_exact<limbs>(
          sums.cells.data() + static_cast<std::size_t>(cell[i]) * place + MomentSums::heading + limbs * (1 + k),
          weighted[i], scale[k]);
    for (std::size_t l = k; l < q; ++l, ++pair)
      for (std::size_t i = 0; i < n; ++i)
        add_exact<limbs>(sums.products.data() + pair * limbs, weighted[i] * z[l * n + i], product_scale[pair]);
  }
}

struct MomentsPass {
  using State = MomentSums;
  static constexpr std::string_view name = "auxiliary moments";
  std::shared_ptr<const AuxiliaryCells> cells;
  MomentGrids grids;

  State empty(const Survey& all) const {
    State none;
    none.numbers = grids.numbers.size();
    none.cells.assign(cells->size() * none.place(), 0);
    none.products.assign(grids.products.size() * limbs, 0);
    if (all.in_parts()) none.missing.assign(cells->x().variables(), 0);
    return none;
  }
  void observe(const Survey& part, State& sums, Monitor& monitor) const {
    const auto here = cells->x().in_parts() ? std::make_shared<const AuxiliaryCells>(cells->on(part)) : cells;
    reduce_into(
        sums, part.rows(), [&] { return empty(part); },
        [&](Rows rows, State& seen) { add_moments(part, *here, grids, rows, seen); }, monitor);
    if (sums.missing.empty()) return;
    const std::vector<std::int64_t> missing = here->x().missing(part);
    std::ranges::transform(missing, sums.missing, sums.missing.begin(), std::plus());
  }
  void write(ByteWriter& out) const { cells->write(out); }
  static MomentsPass read(ByteReader& in, const Survey& survey) {
    auto cells = std::make_shared<const AuxiliaryCells>(AuxiliaryCells::read(in, survey));
    MomentGrids grids = grids_of(*cells, survey.largest_weight());
    return {std::move(cells), std::move(grids)};
  }
};
const KnownPass<MomentsPass> moments_pass;

}  // namespace

AuxiliaryMoments auxiliary_moments(const Survey& survey, const std::shared_ptr<const AuxiliaryCells>& shared,
                                   Monitor& monitor) {
  const AuxiliaryCells& cells = *shared;
  const std::size_t q = cells.numbers().size();
  const MomentGrids grids = grids_of(cells, survey.largest_weight());
  const MomentSums sums = run_pass(survey, MomentsPass{shared, grids}, monitor);
  if (survey.in_parts()) cells.x().refuse_missing(sums.missing);

  AuxiliaryMoments moments;
  const std::size_t place = sums.place();
  for (std::size_t c = 0; c < cells.size(); ++c)
    if (sums.cells[c * place] > 0) moments.cells.cell.push_back(static_cast<std::int32_t>(c));
  moments.cells.x = cells.rows_of(moments.cells.cell);
  moments.numbers.resize(index(moments.cells.size()), index(q));
  for (std::size_t c = 0; c < moments.cells.size(); ++c) {
    const std::int64_t* at = sums.cells.data() + static_cast<std::size_t>(moments.cells.cell[c]) * place;
    moments.rows.push_back(static_cast<std::size_t>(at[1]));
    at += MomentSums::heading;
    moments.cells.weight.push_back(exact_value({at, limbs}, grids.weights));
    for (std::size_t k = 0; k < q; ++k)
      moments.numbers(index(c), index(k)) = exact_value({at + limbs * (1 + k), limbs}, grids.numbers[k]);
  }
  moments.products.resize(index(q), index(q));
  for (std::size_t k = 0, pair = 0; k < q; ++k)
    for (std::size_t l = k; l < q; ++l, ++pair)
      moments.products(index(k), index(l)) = moments.products(index(l), index(k)) =
          exact_value({sums.products.data() + pair * limbs, limbs}, grids.products[pair]);
  return moments;
}

std::vector<std::size_t> AuxiliaryMoments::counts(const Auxiliaries& x) const {
  if (x.averaged()) return x.own_counts();
  std::vector<std::size_t> counts(x.columns(), 0);
  std::size_t all = 0;
  for (std::size_t c = 0; c < cells.size(); ++c) {
    all += rows[c];
    for (std::size_t t = c * cells.x.entries; t < (c + 1) * cells.x.entries; ++t)
      if (cells.x.column[t] >= 0 && cells.x.value[t] != 0)
        counts[static_cast<std::size_t>(cells.x.column[t])] += rows[c];
  }
  for (const ModelMatrix::Term& term : x.terms())
    if (!term.is_category()) counts[term.first_column] = all;
  return counts;
}

Eigen::MatrixXd AuxiliaryMoments::cross_products(const AuxiliaryCells& of) const {
  const Eigen::Index p = index(of.x().columns());
  Eigen::MatrixXd cross = Eigen::MatrixXd::Zero(p, p);
  const ModelRows& x = cells.x;
  for (std::size_t c = 0; c < cells.size(); ++c) {
    for (std::size_t s = c * x.entries; s < (c + 1) * x.entries; ++s) {
      if (x.column[s] < 0) continue;
      for (std::size_t t = c * x.entries; t < (c + 1) * x.entries; ++t)
        if (x.column[t] >= 0) cross(x.column[s], x.column[t]) += cells.weight[c] * (x.value[s] * x.value[t]);
      for (std::size_t k = 0; k < of.numbers().size(); ++k)
        cross(x.column[s], index(of.numbers()[k]->first_column)) += x.value[s] * numbers(index(c), index(k));
    }
  }
  for (std::size_t k = 0; k < of.numbers().size(); ++k) {
    const Eigen::Index column = index(of.numbers()[k]->first_column);
    for (std::size_t l = 0; l < of.numbers().size(); ++l)
      cross(column, index(of.numbers()[l]->first_column)) = products(index(k), index(l));
    for (Eigen::Index j = 0; j < p; ++j)
      if (cross(j, column) != 0) cross(column, j) = cross(j, column);
  }
  return cross;
}

Eigen::VectorXd AuxiliaryMoments::sums(const AuxiliaryCells& of) const {
  Eigen::VectorXd sums = Eigen::VectorXd::Zero(index(of.x().columns()));
  const ModelRows& x = cells.x;
  for (std::size_t c = 0; c < cells.size(); ++c)
    for (std::size_t t = c * x.entries; t < (c + 1) * x.entries; ++t)
      if (x.column[t] >= 0) sums[x.column[t]] += cells.weight[c] * x.value[t];
  for (std::size_t k = 0; k < of.numbers().size(); ++k)
    sums[index(of.numbers()[k]->first_column)] = numbers.col(index(k)).sum();
  return sums;
}

}  // namespace enkat
