#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <limits>
#include <vector>

#include "enkat/basics/bytes.hpp"
#include "enkat/basics/exact_sum.hpp"
#include "enkat/basics/record.hpp"

namespace enkat {

/// Answers between two values, both inside: how many they are and what they weigh. Exact.
struct ValueBin {
  static constexpr int limbs = 3;

  double low = std::numeric_limits<double>::infinity(), high = -std::numeric_limits<double>::infinity();
  std::array<std::int64_t, limbs> weight{};
  std::int64_t count = 0;
  bool counted = true;  ///< false where only the range is known

  bool single() const { return low == high; }
  ValueBin& operator+=(const ValueBin& other);
};

/// An integer that is larger for a larger double.
inline std::uint64_t bit_order(double value) {
  const auto bits = std::bit_cast<std::uint64_t>(value);
  constexpr std::uint64_t sign = std::uint64_t{1} << 63;
  return (bits & sign) != 0 ? ~bits : bits | sign;
}

/// A range of answers of one cell that is cut into bins.
struct ValueWindow {
  std::size_t slot = 0;
  double low = 0, high = 0;
  /// Cut into equally wide bins instead: where the range has both signs, most doubles in it are next to nothing.
  bool by_value = false;
};

template <>
struct Fields<ValueWindow> {
  static constexpr auto list = std::tuple{
      Field{"slot", &ValueWindow::slot, "which cell"},
      Field{"low", &ValueWindow::low, "its least value"},
      Field{"high", &ValueWindow::high, "its largest"},
      Field{"by_value", &ValueWindow::by_value, "whether bins are equally wide"},
  };
};

/// Windows by slot and value.
class ValueWindows {
  struct Hull {
    double low = std::numeric_limits<double>::infinity(), high = -std::numeric_limits<double>::infinity();
  };

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
  /// 1 where a value is between the first and the last window of its slot, else 0: most values are soon out.
  int may_hold(std::size_t slot, double value) const {
    const Hull& hull = hull_[std::min(slot, hull_.size() - 1)];
    return static_cast<int>(hull.low <= value) & static_cast<int>(value <= hull.high);  // a branch would be guessed
  }
  const std::vector<ValueWindow>& list() const { return list_; }

 private:
  std::vector<ValueWindow> list_;
  std::vector<std::size_t> first_of_slot_;  // one more than there are slots
  std::vector<Hull> hull_;                  // of each slot, and an empty one for those after the last
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

  const ValueWindows& windows() const { return windows_; }
  void add(std::size_t slot, double value, double weight) {
    const std::ptrdiff_t window = windows_.find(slot, value);
    if (window < 0) return;
    const auto w = static_cast<std::size_t>(window);
    ValueBin& counted = bins_[w * count_ + bin(w, value)];
    counted.low = std::min(counted.low, value);
    counted.high = std::max(counted.high, value);
    add_exact<ValueBin::limbs>(counted.weight.data(), weight, scale_);
    ++counted.count;
  }
  ValueBins& operator+=(const ValueBins& other);
  void write(ByteWriter& out) const;
  ValueBins read(ByteReader& in) const;
  /// Adds what somebody else has written: few of all bins are, of a small part.
  void add(ByteReader& in);

  /// Bins of a window that somebody is in, in order of size.
  std::vector<ValueBin> of(std::size_t window) const;

 private:
  /// Larger for larger values: rounding keeps their order.
  std::size_t bin(std::size_t window, double value) const {
    const ValueWindow& of = windows_.list()[window];
    if (!of.by_value) return static_cast<std::size_t>((bit_order(value) - first_key_[window]) >> shift_[window]);
    const auto place = static_cast<std::size_t>((value - of.low) * per_value_[window]);
    return std::min(place, count_ - 1);
  }

  ValueWindows windows_;
  std::vector<std::uint64_t> first_key_;  // of each window
  std::vector<int> shift_;
  std::vector<double> per_value_;  // bins to the unit of the value
  std::size_t count_;              // bins of a window
  GridScale scale_;
  std::vector<ValueBin> bins_;
};

}  // namespace enkat
