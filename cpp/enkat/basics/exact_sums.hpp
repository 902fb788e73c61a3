#pragma once

#include <memory>
#include <vector>

#include "enkat/basics/bytes.hpp"
#include "enkat/basics/exact_sum.hpp"

namespace enkat {

/// Many exact sums side by side, each on its own grid. Mergeable: the same bits for any order of adding.
/// Portable between sums with the same bounds.
///
/// For figures that are first added up within a block of rows and then across blocks: fits, scatter, replicates.
class ExactSums {
 public:
  static constexpr int limbs = 5;

  ExactSums() = default;
  /// `bounds[k]` bounds the magnitude of every addend of sum k.
  explicit ExactSums(const std::vector<double>& bounds) : limbs_(bounds.size() * limbs) {
    auto grids = std::make_shared<std::vector<Grid>>();
    for (const double bound : bounds) grids->push_back(Grid::for_bound(bound));
    scales_ = std::make_shared<const std::vector<GridScale>>(grids->begin(), grids->end());
    grids_ = std::move(grids);
  }

  std::size_t size() const { return limbs_.size() / limbs; }
  void add(std::size_t k, double value) { add_exact<limbs>(limbs_.data() + k * limbs, value, (*scales_)[k]); }
  double operator[](std::size_t k) const { return exact_value({limbs_.data() + k * limbs, limbs}, (*grids_)[k]); }

  ExactSums& operator+=(const ExactSums& other) {
    for (std::size_t i = 0; i < limbs_.size(); ++i) limbs_[i] += other.limbs_[i];
    return *this;
  }

  void write(ByteWriter& out) const { out.put(limbs_); }
  ExactSums read(ByteReader& in) const {
    ExactSums other = *this;
    other.limbs_ = in.list_of<std::int64_t>(limbs_.size());
    return other;
  }

 private:
  std::shared_ptr<const std::vector<Grid>> grids_;
  std::shared_ptr<const std::vector<GridScale>> scales_;
  std::vector<std::int64_t> limbs_;
};

}  // namespace enkat
