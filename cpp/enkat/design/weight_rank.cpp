#include "enkat/design/weight_rank.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <utility>

namespace enkat {
namespace {

using Eigen::Index;
using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using FillRow = std::function<void(std::size_t, std::span<double>)>;

constexpr double tolerance = 1e-5;
constexpr std::size_t chunk_rows = 4096;

/// Rank of `rows` rows spread evenly over all of them.
std::size_t rank_of_rows(std::size_t rows, std::size_t all, std::size_t columns, const FillRow& row) {
  const auto source = [&](std::size_t i) { return i * all / rows; };
  if (rows <= columns) {
    RowMajor matrix(static_cast<Index>(rows), static_cast<Index>(columns));
    for (std::size_t i = 0; i < rows; ++i) row(source(i), {matrix.data() + i * columns, columns});
    Eigen::MatrixXd products = Eigen::MatrixXd::Zero(matrix.rows(), matrix.rows());
    products.selfadjointView<Eigen::Lower>().rankUpdate(matrix);
    return rank_of_products(products.selfadjointView<Eigen::Lower>());
  }
  return rank_of_products(
      weight_products(rows, columns, [&](std::size_t i, std::span<double> out) { row(source(i), out); }));
}

}  // namespace

// Pivoted Cholesky of the columns brought to length 1.
std::size_t rank_of_products(Eigen::MatrixXd products) {
  const Eigen::VectorXd length = products.diagonal().cwiseSqrt();
  const Eigen::VectorXd inverse = (length.array() > 0).select(length.cwiseInverse(), 0);
  products = inverse.asDiagonal() * products * inverse.asDiagonal();
  Eigen::VectorXd left = products.diagonal();
  const Index n = left.size();
  Eigen::MatrixXd factor(n, n);
  Index rank = 0;
  for (; rank < n; ++rank) {
    Index pivot = 0;
    const double most = left.maxCoeff(&pivot);
    if (!(most > tolerance * tolerance)) break;
    factor.col(rank) = products.col(pivot);
    if (rank > 0) factor.col(rank) -= factor.leftCols(rank) * factor.row(pivot).head(rank).transpose();
    factor.col(rank) /= std::sqrt(most);
    left -= factor.col(rank).cwiseAbs2();
    left[pivot] = 0;
  }
  return static_cast<std::size_t>(rank);
}

Eigen::MatrixXd weight_products(std::size_t rows, std::size_t columns, const FillRow& row) {
  const auto n = static_cast<Index>(columns);
  Eigen::MatrixXd products = Eigen::MatrixXd::Zero(n, n);
  RowMajor chunk(static_cast<Index>(std::min(rows, chunk_rows)), n);
  for (std::size_t first = 0; first < rows; first += chunk_rows) {
    const std::size_t size = std::min(chunk_rows, rows - first);
    for (std::size_t i = 0; i < size; ++i) row(first + i, {chunk.data() + i * columns, columns});
    const auto block = chunk.topRows(static_cast<Index>(size));
    products.selfadjointView<Eigen::Lower>().rankUpdate(block.transpose());
  }
  return products.selfadjointView<Eigen::Lower>();
}

std::size_t weight_rank(std::size_t rows, std::size_t columns, const FillRow& row) {
  // The rank cannot exceed the number of columns: where some of the rows reach it, the others need not be read.
  const std::size_t some = 4 * columns;
  if (some < rows && rank_of_rows(some, rows, columns, row) == columns) return columns;
  return rank_of_rows(rows, rows, columns, row);
}

std::optional<std::size_t> Parities::first_odd() const {
  for (std::size_t i = 0; i < bits_.size(); ++i)
    if (bits_[i] != 0) return 64 * i + static_cast<std::size_t>(std::countr_zero(bits_[i]));
  return {};
}

Parities& Parities::operator^=(const Parities& other) {
  for (std::size_t i = 0; i < bits_.size(); ++i) bits_[i] ^= other.bits_[i];
  return *this;
}

void ParityRank::add(Parities row) {
  if (rank_ == pivot_.size()) return;
  for (auto column = row.first_odd(); column; column = row.first_odd()) {
    std::optional<Parities>& pivot = pivot_[*column];
    if (!pivot) {
      pivot = std::move(row);
      ++rank_;
      return;
    }
    row ^= *pivot;
  }
}

}  // namespace enkat
