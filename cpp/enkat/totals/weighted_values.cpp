#include "enkat/totals/weighted_values.hpp"

#include <algorithm>
#include <iterator>

#include "enkat/basics/breathe.hpp"

namespace enkat {
namespace {

// A buffer smaller than this is not worth sorting.
constexpr std::size_t smallest_buffer = 4096;

}  // namespace

WeightedValues::WeightedValues(double largest_weight, ValueWindows windows)
    : windows_(std::move(windows)), scale_(Grid::for_bound(largest_weight)) {}

std::vector<WeightedValues::Tie> WeightedValues::combined(std::vector<Tie> sorted, std::vector<Tie> unsorted) {
  const auto precedes = [](const Tie& a, const Tie& b) { return a.precedes(b); };
  breathing_sort(unsorted, precedes);
  std::vector<Tie> all;
  all.reserve(sorted.size() + unsorted.size());
  std::ranges::merge(sorted, unsorted, std::back_inserter(all), precedes);
  std::size_t kept = 0;
  for (const Tie& tie : all) {
    if (kept > 0 && !all[kept - 1].precedes(tie))
      all[kept - 1].bin += tie.bin;
    else
      all[kept++] = tie;
  }
  all.resize(kept);
  return all;
}

void WeightedValues::add(std::size_t slot, double value, double weight) {
  if (windows_.find(slot, value) < 0) return;
  Tie tie{slot, {value, value, {}, 1}};
  add_exact<ValueBin::limbs>(tie.bin.weight.data(), weight, scale_);
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

void WeightedValues::write(ByteWriter& out) const {
  const std::vector<Tie> ties = combined(ties_, buffer_);
  out.put(ties.size());
  for (const Tie& tie : ties) {
    out.put(tie.slot);
    out.put(tie.bin.low);
    for (const std::int64_t limb : tie.bin.weight) out.put(limb);
    out.put(tie.bin.count);
  }
}

WeightedValues WeightedValues::read(ByteReader& in) const {
  WeightedValues other = *this;
  other.ties_.clear();
  other.buffer_.clear();
  for (auto left = in.get<std::size_t>(); left > 0; --left) {
    Tie tie{};
    tie.slot = in.get<std::size_t>();
    tie.bin.low = tie.bin.high = in.get<double>();
    for (std::int64_t& limb : tie.bin.weight) limb = in.get<std::int64_t>();
    tie.bin.count = in.get<std::int64_t>();
    other.ties_.push_back(tie);
  }
  return other;
}

std::vector<ValueBin> WeightedValues::bins(std::size_t slot, double low, double high) const {
  const auto asked = [&](const Tie& tie) { return tie.slot == slot && tie.bin.low >= low && tie.bin.low <= high; };
  std::vector<Tie> unsorted;
  std::ranges::copy_if(buffer_, std::back_inserter(unsorted), asked);
  std::vector<Tie> sorted;
  std::ranges::copy_if(std::ranges::equal_range(ties_, slot, {}, &Tie::slot), std::back_inserter(sorted), asked);
  std::vector<ValueBin> bins;
  for (const Tie& tie : combined(std::move(sorted), std::move(unsorted))) bins.push_back(tie.bin);
  return bins;
}

WeightedDistribution distribution_of(std::span<const ValueBin> bins, Grid grid) {
  WeightedDistribution result;
  std::array<std::int64_t, ValueBin::limbs> weight{};
  std::int64_t count = 0;
  result.value.reserve(bins.size());
  result.cumulative.reserve(bins.size());
  result.count.reserve(bins.size());
  result.weight_of_one.reserve(bins.size());
  for (const ValueBin& bin : bins) {
    for (std::size_t i = 0; i < weight.size(); ++i) weight[i] += bin.weight[i];
    count += bin.count;
    result.value.push_back(bin.high);
    result.cumulative.push_back(exact_value(weight, grid));
    result.count.push_back(count);
    result.weight_of_one.push_back(exact_value(bin.weight, grid) / static_cast<double>(bin.count));
  }
  result.exact = count == 0 || static_cast<double>(count) * grid.rounding(ValueBin::limbs) <=
                                   tolerated_loss * exact_value(weight, grid);
  return result;
}

}  // namespace enkat
