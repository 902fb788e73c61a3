#pragma once

#include <concepts>

namespace enkat {

/// Something that accumulates rows: `a += b` leaves `a` as if it had seen all of `b`'s rows as well, in any order.
template <class T>
concept Mergeable = std::copyable<T> && requires(T a, const T& b) {
  { a += b } -> std::same_as<T&>;
};

}  // namespace enkat
