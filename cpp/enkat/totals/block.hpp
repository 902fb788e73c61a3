#pragma once

#include <array>
#include <memory>
#include <vector>

#include "enkat/totals/plan.hpp"

namespace enkat {

/// A term of a row that is not zero, centred about its cell.
struct ActiveTerm {
  std::size_t term;
  double value;
};

/// The rows of a block as the kernels want them: weights, cells, terms.
class Block {
 public:
  explicit Block(const Plan& plan);
  /// A block that reads the terms of these variables only.
  Block(const Plan& plan, std::vector<const PlannedVariable*> variables);

  /// Reads some rows; rows of weight 0 are in no cell.
  void observe(Rows rows);

  std::size_t size() const { return rows_.size(); }
  double weight(std::size_t i) const { return weight_[i]; }
  const double* weights() const { return weight_.data(); }
  /// Cell of a row, or −1.
  std::int32_t cell(std::size_t i) const { return cell_[i]; }
  const std::int32_t* cells() const { return cell_.data(); }
  /// Unit of every row, or null when there is one.
  const std::int32_t* units() const { return unit_; }
  std::size_t unit(std::size_t i) const { return unit_ == nullptr ? 0 : static_cast<std::size_t>(unit_[i]); }
  /// The terms of row i, products of terms after what they are made of.
  const std::vector<ActiveTerm>& active(std::size_t i);
  /// A term of row i as the estimator gave it.
  double term(std::size_t k, std::size_t i) const { return column(k)[i]; }
  const double* column(std::size_t k) const { return terms_.get() + k * column_stride; }

 private:
  /// Columns a power of two apart would share the same few places of a processor's cache.
  static constexpr std::size_t column_stride = block_rows + cache_line / sizeof(double);

  const Plan& plan_;
  std::vector<const PlannedVariable*> variables_;
  Rows rows_;
  std::unique_ptr<double[]> terms_;  // one column a term
  std::array<double, block_rows> weight_;
  std::array<std::int32_t, block_rows> cell_;
  const std::int32_t* unit_ = nullptr;
  std::vector<ActiveTerm> active_;
  std::vector<double> value_;  // centred, of the variable at hand
};

}  // namespace enkat
