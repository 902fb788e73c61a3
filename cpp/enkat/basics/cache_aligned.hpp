#pragma once

#include <cstddef>
#include <new>

namespace enkat {

/// Bytes that processors fetch at a time.
inline constexpr std::size_t cache_line = 64;

/// Allocator of memory that begins with a cache line, so that records of whole lines lie in as few as they can.
template <class T>
struct CacheAligned {
  using value_type = T;

  CacheAligned() = default;
  template <class Other>
  explicit CacheAligned(const CacheAligned<Other>& /*other*/) {}

  T* allocate(std::size_t count) {
    return static_cast<T*>(::operator new(count * sizeof(T), std::align_val_t(cache_line)));
  }
  void deallocate(T* first, std::size_t /*count*/) { ::operator delete(first, std::align_val_t(cache_line)); }

  friend bool operator==(CacheAligned, CacheAligned) { return true; }
};

}  // namespace enkat
