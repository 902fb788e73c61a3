#pragma once

#include <algorithm>
#include <bit>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "enkat/basics/error.hpp"

namespace enkat {

static_assert(std::endian::native == std::endian::little, "states are sent as little-endian bytes");

/// Numbers and texts one after the other, as bytes that `ByteReader` reads back in the same order.
class ByteWriter {
 public:
  template <class T>
    requires std::is_arithmetic_v<T>
  void put(T value) {
    bytes_.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  void put(std::string_view text) {
    put(text.size());
    bytes_.append(text);
  }
  template <class T, class Allocator>
    requires std::is_arithmetic_v<T>
  void put(const std::vector<T, Allocator>& values) {
    put(values.size());
    bytes_.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T));
  }

  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

/// Reads what a `ByteWriter` wrote; EstimateError `estimate.foreign_state` where there is less than there should be.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : rest_(bytes) {}

  template <class T>
    requires std::is_arithmetic_v<T>
  T get() {
    T value;
    std::ranges::copy(take(sizeof value), reinterpret_cast<char*>(&value));
    return value;
  }
  std::string_view text() { return take(get<std::size_t>()); }
  template <class T>
    requires std::is_arithmetic_v<T>
  std::vector<T> list() {
    const auto size = get<std::size_t>();
    if (size > rest_.size() / sizeof(T)) refuse();
    std::vector<T> values(size);
    std::ranges::copy(take(size * sizeof(T)), reinterpret_cast<char*>(values.data()));
    return values;
  }
  /// A list that has to have this many values.
  template <class T>
  std::vector<T> list_of(std::size_t size) {
    std::vector<T> values = list<T>();
    if (values.size() != size)
      throw EstimateError("estimate.foreign_state",
                          "these bytes are of another call: compute this part of the data again");
    return values;
  }
  bool at_end() const { return rest_.empty(); }

 private:
  [[noreturn]] static void refuse() {
    throw EstimateError("estimate.foreign_state",
                        "these bytes are cut short: what was sent, computed elsewhere or kept has to be made again");
  }
  std::string_view take(std::size_t size) {
    if (size > rest_.size()) refuse();
    const std::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }

  std::string_view rest_;
};

}  // namespace enkat
