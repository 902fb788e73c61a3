#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <vector>

#include "enkat/basics/bytes.hpp"
#include "enkat/basics/exact_sum.hpp"

namespace enkat {

/// Answers between two values, both inside: how many they are and what they weigh. Exact.
struct ValueBin {
  static constexpr int limbs = 3;

  double low = std::numeric_limits<double>::infinity(), high = -std::numeric_limits<double>::infinity();
  std::array<std::int64_t, limbs> weight{};
  std::int64_t count = 0;
  /// Weights of the first and the last of tied answers, in the order of rows; known where rows were collected.
  double first_weight = 0, last_weight = 0;
  bool collected = false;

  bool single() const { return low == high; }
  ValueBin& operator+=(const ValueBin& other);
};

/// A range of answers of one cell that is cut into bins.
struct ValueWindow {
  std::size_t slot = 0;
  double low = 0, high = 0;
  /// Cut into equally wide bins instead: where the range has both signs, most doubles in it are next to nothing.
  bool by_value = false;
};

/// Windows by slot and value.
class ValueWindows {
 public:
  /// `windows` sorted by slot and value, those of a slot apart.
  explicit ValueWindows(std::vector<ValueWindow> windows);

  /// The window that a value of a slot is in, or −1.
  std::ptrdiff_t find(std::size_t slot, double value) const {
    if (slot + 1 >= first_of_slot_.size()) return -1;
    const auto end = list_.begin() + static_cast<std::ptrdiff_t>(first_of_slot_[slot + 1]);
    auto window = list_.begin() + static_cast<std::ptrdiff_t>(first_of_slot_[slot]);
    if (end - window > 1) window = std::ranges::lower_bound(window, end, value, {}, &ValueWindow::high);
    return window != end && window->low <= value && value <= window->high ? window - list_.begin() : -1;
  }
  const std::vector<ValueWindow>& list() const { return list_; }

 private:
  std::vector<ValueWindow> list_;
  std::vector<std::size_t> first_of_slot_;  // one more than there are slots
};

/// Answers counted by bins that cut each window, mostly into ranges of equally many doubles. Mergeable: the same for
/// any order.
///
/// Doubles in the order of their bits are in the order of their values, so a window can be cut again and again until a
/// bin holds one value; 64 bits are cut by twelve at a time.
class ValueBins {
 public:
  /// `bins` for each window.
  ValueBins(ValueWindows windows, std::size_t bins, double largest_weight);

  void add(std::size_t slot, double value, double weight);
  ValueBins& operator+=(const ValueBins& other);
  void write(ByteWriter& out) const;
  ValueBins read(ByteReader& in) const;

  /// Bins of a window that somebody is in, in order of size.
  std::vector<ValueBin> of(std::size_t window) const;

 private:
  std::size_t bin(std::size_t window, double value) const;

  ValueWindows windows_;
  std::vector<std::uint64_t> first_key_;  // of each window
  std::vector<int> shift_;
  std::vector<double> per_value_;  // bins to the unit of the value
  std::size_t count_;              // bins of a window
  GridScale scale_;
  std::vector<ValueBin> bins_;
};

}  // namespace enkat
