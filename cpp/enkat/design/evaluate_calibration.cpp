#include "enkat/design/evaluate_calibration.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "enkat/basics/exact_sums.hpp"
#include "enkat/basics/matrix_bytes.hpp"
#include "enkat/basics/record_bytes.hpp"
#include "enkat/design/pass.hpp"

namespace enkat {
namespace {

/// Largest magnitudes of what is to be summed, so that it can be summed exactly. Mergeable and portable.
struct Largest {
  double factor = 0, slope = 0, integral = 0;

  Largest& operator+=(const Largest& other) {
    const auto larger = [](double a, double b) {
      return std::isnan(b) ? b : std::max(b, a);
    };  // keeps what is no number
    factor = larger(factor, other.factor);
    slope = larger(slope, other.slope);
    integral = larger(integral, other.integral);
    return *this;
  }
  bool finite() const { return std::isfinite(factor) && std::isfinite(slope) && std::isfinite(integral); }
  void write(ByteWriter& out) const {
    for (const double one : {factor, slope, integral}) out.put(one);
  }
  Largest read(ByteReader& in) const {
    Largest other;
    for (double* one : {&other.factor, &other.slope, &other.integral}) *one = in.get<double>();
    return other;
  }
};

/// Where the equations are evaluated.
struct Place {
  Distance distance;
  Eigen::VectorXd lambda;
};

void measure(const Place& at, const ModelRows& x, std::span<const double> weight, Largest& largest) {
  for (std::size_t i = 0; i < weight.size(); ++i) {
    const double d = weight[i];
    if (d == 0) continue;
    const double u = x.dot(i, at.lambda);
    largest += {std::abs(d * at.distance.factor(u)), std::abs(d * at.distance.slope(u)),
                std::abs(d * at.distance.integral(u))};
  }
}

/// Lets `add(place, value)` see what is summed: dFx, |dFx|, dF′xxᵀ (upper triangle within p × p) and d∫F.
template <class Add>
void observe(const Place& at, const ModelRows& x, std::span<const double> weight, std::size_t p, const Add& add) {
  for (std::size_t i = 0; i < weight.size(); ++i) {
    const double d = weight[i];
    if (d == 0) continue;
    const double u = x.dot(i, at.lambda), factor = d * at.distance.factor(u), slope = d * at.distance.slope(u);
    add(2 * p + p * p, d * at.distance.integral(u));
    for (std::size_t s = i * x.entries; s < (i + 1) * x.entries; ++s) {
      if (x.column[s] < 0) continue;
      const auto j = static_cast<std::size_t>(x.column[s]);
      add(j, factor * x.value[s]);
      add(p + j, std::abs(factor * x.value[s]));
      for (std::size_t t = s; t < (i + 1) * x.entries; ++t)
        if (x.column[t] >= 0)
          add(2 * p + j * p + static_cast<std::size_t>(x.column[t]), slope * x.value[s] * x.value[t]);
    }
  }
}

/// Sums of as many addends as `addends` that none of these magnitudes exceeds.
ExactSums empty_sums(const Auxiliaries& x, const Largest& largest, double addends) {
  const std::size_t p = x.columns();
  std::vector<double> bounds(2 * p + p * p + 1, 0);
  for (std::size_t j = 0; j < p; ++j) {
    bounds[j] = bounds[p + j] = addends * largest.factor * x.bounds()[j];
    for (std::size_t k = j; k < p; ++k)
      bounds[2 * p + j * p + k] =
          addends * static_cast<double>(x.entries()) * largest.slope * x.bounds()[j] * x.bounds()[k];
  }
  bounds.back() = addends * largest.integral;
  return ExactSums(bounds);
}

Evaluation evaluation(const ExactSums& sums, std::size_t p) {
  const auto size = static_cast<Eigen::Index>(p);
  Evaluation result{true, Eigen::VectorXd(size), Eigen::VectorXd(size), Eigen::MatrixXd(size, size),
                    sums[sums.size() - 1]};
  for (std::size_t j = 0; j < p; ++j) {
    const auto row = static_cast<Eigen::Index>(j);
    result.sums[row] = sums[j];
    result.sizes[row] = sums[p + j];
    for (std::size_t k = j; k < p; ++k) {
      const auto column = static_cast<Eigen::Index>(k);
      result.slope(row, column) = result.slope(column, row) = sums[2 * p + j * p + k];
    }
  }
  return result;
}

/// Lets `see(x, weights)` see the rows of a part in blocks.
template <class State, class MakeEmpty, class See>
void see_part(const Survey& part, const DistinctRows& all, State& state, const MakeEmpty& empty, const See& see,
              Monitor& monitor) {
  const auto rows = all.x().in_parts() ? all.on(part) : std::make_shared<const DistinctRows>(all);
  const auto block = [&](Rows some, State& seen) {
    std::array<double, block_rows> weight;
    ModelRows x;
    part.weights(some, std::span(weight).first(some.size()));
    rows->observe(some, x);
    see(x, std::span<const double>(weight).first(some.size()), seen);
  };
  reduce_into(state, part.rows(), empty, block, monitor);
}

void write_place(ByteWriter& out, const Place& at, const DistinctRows& rows) {
  rows.cells().write(out);
  put_value(out, at.distance);
  put_matrix(out, at.lambda);
}

struct ReadPlace {
  std::shared_ptr<const DistinctRows> rows;
  Place at;
};

ReadPlace read_place(ByteReader& in, const Survey& survey) {
  const auto cells = std::make_shared<const AuxiliaryCells>(AuxiliaryCells::read(in, survey));
  ReadPlace read{std::make_shared<const DistinctRows>(cells, CellTable()), {}};
  read.at.distance = get_value<Distance>(in);
  read.at.lambda = get_matrix(in);
  return read;
}

struct MagnitudesPass {
  using State = Largest;
  static constexpr std::string_view name = "magnitudes of a fit";
  std::shared_ptr<const DistinctRows> rows;
  Place at;

  State empty(const Survey&) const { return {}; }
  void observe(const Survey& part, State& largest, Monitor& monitor) const {
    see_part(
        part, *rows, largest, [] { return State(); },
        [&](const ModelRows& x, std::span<const double> weight, State& seen) { measure(at, x, weight, seen); },
        monitor);
  }
  void write(ByteWriter& out) const { write_place(out, at, *rows); }
  static MagnitudesPass read(ByteReader& in, const Survey& survey) {
    ReadPlace read = read_place(in, survey);
    return {std::move(read.rows), std::move(read.at)};
  }
};
const KnownPass<MagnitudesPass> magnitudes_pass;

/// The sums of a step of a fit: each addend exactly, so that they are the same wherever rows are cut.
struct FitPass {
  using State = ExactSums;
  static constexpr std::string_view name = "step of a fit";
  std::shared_ptr<const DistinctRows> rows;
  Place at;
  Largest largest;

  State empty(const Survey&) const { return empty_sums(rows->x(), largest, 1); }
  void observe(const Survey& part, State& sums, Monitor& monitor) const {
    see_part(
        part, *rows, sums, [&] { return empty(part); },
        [&](const ModelRows& x, std::span<const double> weight, State& seen) {
          enkat::observe(at, x, weight, rows->x().columns(), [&](std::size_t k, double value) { seen.add(k, value); });
        },
        monitor);
  }
  void write(ByteWriter& out) const {
    write_place(out, at, *rows);
    largest.write(out);
  }
  static FitPass read(ByteReader& in, const Survey& survey) {
    ReadPlace read = read_place(in, survey);
    return {std::move(read.rows), std::move(read.at), Largest().read(in)};
  }
};
const KnownPass<FitPass> fit_pass;

}  // namespace

Evaluate evaluate_rows(const DistinctRows& rows, std::span<const double> weight, Monitor& monitor) {
  return [&rows, weight, &monitor](const Distance& distance, const Eigen::VectorXd& lambda) -> Evaluation {
    const Place at{distance, lambda};
    const auto of_block = [weight](Rows block) { return weight.subspan(block.first, block.size()); };
    const auto magnitudes = [&](Rows block, Largest& largest) {
      ModelRows x;
      rows.observe(block, x);
      measure(at, x, of_block(block), largest);
    };
    const Largest largest = reduce(rows.size(), Largest(), magnitudes, monitor);
    if (!largest.finite()) return {};
    const std::size_t p = rows.x().columns();
    const ExactSums empty = empty_sums(rows.x(), largest, static_cast<double>(block_rows * rows.x().entries()));
    const auto add_up = [&](Rows block, ExactSums& sums) {  // first within a block: most addends are seen once
      ModelRows x;
      rows.observe(block, x);
      std::vector<double> sum(sums.size(), 0);
      observe(at, x, of_block(block), p, [&](std::size_t k, double value) { sum[k] += value; });
      for (std::size_t k = 0; k < sum.size(); ++k)
        if (sum[k] != 0) sums.add(k, sum[k]);
    };
    return evaluation(reduce(rows.size(), empty, add_up, monitor), p);
  };
}

Evaluate evaluate_survey(const Survey& survey, const std::shared_ptr<const DistinctRows>& rows, Monitor& monitor) {
  return [=, &monitor](const Distance& distance, const Eigen::VectorXd& lambda) -> Evaluation {
    const Place at{distance, lambda};
    const Largest largest = run_pass(survey, MagnitudesPass{rows, at}, monitor);
    if (!largest.finite()) return {};
    return evaluation(run_pass(survey, FitPass{rows, at, largest}, monitor), rows->x().columns());
  };
}

}  // namespace enkat
