#include "enkat/estimate/weighted_values.hpp"

#include <algorithm>
#include <iterator>

namespace enkat {
namespace {

// A buffer smaller than this is not worth sorting.
constexpr std::size_t smallest_buffer = 4096;

}  // namespace

WeightedValues::Tie& WeightedValues::Tie::operator+=(const Tie& other) {
  for (std::size_t i = 0; i < weight.size(); ++i) weight[i] += other.weight[i];
  count += other.count;
  if (other.first_row < first_row) {
    first_row = other.first_row;
    first_weight = other.first_weight;
  }
  if (other.last_row > last_row) {
    last_row = other.last_row;
    last_weight = other.last_weight;
  }
  return *this;
}

std::vector<WeightedValues::Tie> WeightedValues::combined(std::vector<Tie> sorted, std::vector<Tie> unsorted) {
  const auto precedes = [](const Tie& a, const Tie& b) { return a.precedes(b); };
  std::ranges::sort(unsorted, precedes);
  std::vector<Tie> all;
  all.reserve(sorted.size() + unsorted.size());
  std::ranges::merge(sorted, unsorted, std::back_inserter(all), precedes);
  std::size_t kept = 0;
  for (const Tie& tie : all) {
    if (kept > 0 && !all[kept - 1].precedes(tie))
      all[kept - 1] += tie;
    else
      all[kept++] = tie;
  }
  all.resize(kept);
  return all;
}

void WeightedValues::add(std::size_t cell, double value, double weight, std::int64_t row) {
  if (weight == 0) return;
  // Adding zero makes −0 and 0 one value with one sign.
  Tie tie{cell, value + 0.0, {}, 1, row, row, weight, weight};
  add_exact<limbs>(tie.weight.data(), weight, scale_);
  buffer_.push_back(tie);
  if (buffer_.size() < std::max(smallest_buffer, ties_.size())) return;
  ties_ = combined(std::move(ties_), std::move(buffer_));
  buffer_.clear();
}

WeightedValues& WeightedValues::operator+=(const WeightedValues& other) {
  buffer_.insert(buffer_.end(), other.ties_.begin(), other.ties_.end());
  buffer_.insert(buffer_.end(), other.buffer_.begin(), other.buffer_.end());
  ties_ = combined(std::move(ties_), std::move(buffer_));
  buffer_.clear();
  return *this;
}

WeightedDistribution WeightedValues::distribution(std::size_t cell) const {
  const auto sorted = std::ranges::equal_range(ties_, cell, {}, &Tie::cell);
  std::vector<Tie> unsorted;
  std::ranges::copy_if(buffer_, std::back_inserter(unsorted), [&](const Tie& tie) { return tie.cell == cell; });
  WeightedDistribution result;
  std::array<std::int64_t, limbs> weight{};
  std::int64_t count = 0;
  for (const Tie& tie : combined({sorted.begin(), sorted.end()}, std::move(unsorted))) {
    for (std::size_t i = 0; i < weight.size(); ++i) weight[i] += tie.weight[i];
    count += tie.count;
    result.value.push_back(tie.value);
    result.cumulative.push_back(exact_value(weight, grid_));
    result.count.push_back(count);
    result.first_weight.push_back(tie.first_weight);
    result.last_weight.push_back(tie.last_weight);
  }
  result.exact =
      count == 0 || static_cast<double>(count) * grid_.rounding(limbs) <= tolerated_loss * exact_value(weight, grid_);
  return result;
}

}  // namespace enkat
