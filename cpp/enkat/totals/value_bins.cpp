#include "enkat/totals/value_bins.hpp"

#include <algorithm>

#include "enkat/basics/error.hpp"

namespace enkat {
namespace {

/// Of what another process sent, which may be anything.
std::int64_t wrapping_sum(std::int64_t a, std::int64_t b) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) + static_cast<std::uint64_t>(b));
}

}  // namespace

ValueBin& ValueBin::operator+=(const ValueBin& other) {
  low = std::min(low, other.low);
  high = std::max(high, other.high);
  for (std::size_t i = 0; i < weight.size(); ++i) weight[i] = wrapping_sum(weight[i], other.weight[i]);
  count = wrapping_sum(count, other.count);
  return *this;
}

ValueWindows::ValueWindows(std::vector<ValueWindow> windows) : list_(std::move(windows)) {
  for (std::size_t w = 0; w < list_.size(); ++w)
    while (first_of_slot_.size() <= list_[w].slot) first_of_slot_.push_back(w);
  first_of_slot_.push_back(list_.size());
  hull_.resize(first_of_slot_.size());
  for (const ValueWindow& window : list_) {
    hull_[window.slot].low = std::min(hull_[window.slot].low, window.low);
    hull_[window.slot].high = std::max(hull_[window.slot].high, window.high);
  }
}

ValueBins::ValueBins(ValueWindows windows, std::size_t bins, double largest_weight)
    : windows_(std::move(windows)),
      count_(bins),
      scale_(Grid::for_bound(largest_weight)),
      bins_(windows_.list().size() * bins) {
  for (const ValueWindow& window : windows_.list()) {
    first_key_.push_back(bit_order(window.low));
    const std::uint64_t width = bit_order(window.high) - first_key_.back();
    int shift = 0;
    while ((width >> shift) >= bins) ++shift;
    shift_.push_back(shift);
    const double width_of_values = window.high - window.low;
    per_value_.push_back(width_of_values > 0 ? static_cast<double>(bins) / width_of_values : 0);
  }
}

ValueBins& ValueBins::operator+=(const ValueBins& other) {
  for (std::size_t i = 0; i < bins_.size(); ++i) bins_[i] += other.bins_[i];
  return *this;
}

void ValueBins::write(ByteWriter& out) const {
  const auto used = std::ranges::count_if(bins_, [](const ValueBin& bin) { return bin.count > 0; });
  out.put(bins_.size());
  out.put(static_cast<std::size_t>(used));
  for (std::size_t i = 0; i < bins_.size(); ++i) {
    if (bins_[i].count == 0) continue;
    out.put(i);
    out.put(bins_[i].low);
    out.put(bins_[i].high);
    for (const std::int64_t limb : bins_[i].weight) out.put(limb);
    out.put(bins_[i].count);
  }
}

void ValueBins::add(ByteReader& in) {
  if (in.get<std::size_t>() != bins_.size())
    throw EstimateError("estimate.foreign_state", "these bytes are of other bins: compute the part again");
  for (auto left = in.get<std::size_t>(); left > 0; --left) {
    const auto i = in.get<std::size_t>();
    if (i >= bins_.size()) throw EstimateError("estimate.foreign_state", "these bytes have a bin too many");
    ValueBin bin;
    bin.low = in.get<double>();
    bin.high = in.get<double>();
    for (std::int64_t& limb : bin.weight) limb = in.get<std::int64_t>();
    bin.count = in.get<std::int64_t>();
    bins_[i] += bin;
  }
}

ValueBins ValueBins::read(ByteReader& in) const {
  ValueBins other = *this;
  std::ranges::fill(other.bins_, ValueBin());
  other.add(in);
  return other;
}

std::vector<ValueBin> ValueBins::of(std::size_t window) const {
  std::vector<ValueBin> used;
  const auto first = bins_.begin() + static_cast<std::ptrdiff_t>(window * count_);
  std::copy_if(first, first + static_cast<std::ptrdiff_t>(count_), std::back_inserter(used),
               [](const ValueBin& bin) { return bin.count > 0; });
  return used;
}

}  // namespace enkat
