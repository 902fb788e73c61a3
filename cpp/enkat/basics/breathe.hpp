#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>

namespace enkat {

class Monitor;

/// Says who watches what this thread does, and keeps those who did before.
class Watched {
 public:
  explicit Watched(Monitor& monitor);
  Watched(const Watched&) = delete;
  Watched& operator=(const Watched&) = delete;
  ~Watched();

 private:
  Monitor* before_;
};

/// Lets `breathe` end a thread of `reduce` when its pass is given up.
class Stoppable {
 public:
  explicit Stoppable(const std::atomic<bool>& stop);
  Stoppable(const Stoppable&) = delete;
  Stoppable& operator=(const Stoppable&) = delete;
  ~Stoppable();
};

/// In long work that is no pass over rows, such as sorting: lets whoever watches stop it, by an exception.
/// Costs a clock; called every millisecond or so.
void breathe();

/// Sorts, and breathes.
template <class Range, class Less>
void breathing_sort(Range& range, const Less& less) {
  constexpr std::size_t comparisons = 1 << 14;
  std::size_t count = 0;
  std::ranges::sort(range, [&](const auto& a, const auto& b) {
    if (++count % comparisons == 0) breathe();
    return less(a, b);
  });
}

}  // namespace enkat
