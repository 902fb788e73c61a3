#pragma once

#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "enkat/basics/bytes.hpp"
#include "enkat/basics/names.hpp"
#include "enkat/basics/record.hpp"

namespace enkat {

/// Writes a number, text, list, optional value or record, so that `get_value` reads it back.
template <class T>
void put_value(ByteWriter& out, const T& value);

template <class T>
T get_value(ByteReader& in);

namespace detail {
template <class T>
struct BytesOf {
  static void put(ByteWriter& out, const T& value) {
    if constexpr (Record<T>) {
      for_each_field<T>([&](const auto& field) { put_value(out, value.*field.member); });
    } else if constexpr (NamedEnum<T>) {
      out.put(name_of(value));
    } else if constexpr (std::is_enum_v<T>) {
      out.put(static_cast<std::int32_t>(value));
    } else {
      out.put(value);
    }
  }
  static T get(ByteReader& in) {
    if constexpr (Record<T>) {
      T value;
      for_each_field<T>([&](const auto& field) {
        value.*field.member = get_value<std::remove_cvref_t<decltype(value.*field.member)>>(in);
      });
      return value;
    } else if constexpr (std::is_same_v<T, bool>) {
      return in.get<std::uint8_t>() != 0;
    } else if constexpr (NamedEnum<T>) {
      if (const auto value = from_name<T>(in.text())) return *value;
      throw EstimateError("estimate.foreign_state", "these bytes are damaged, or those of another version of enkat");
    } else if constexpr (std::is_enum_v<T>) {
      return static_cast<T>(in.get<std::int32_t>());
    } else {
      return in.get<T>();
    }
  }
};
template <>
struct BytesOf<std::string> {
  static void put(ByteWriter& out, const std::string& text) { out.put(std::string_view(text)); }
  static std::string get(ByteReader& in) { return std::string(in.text()); }
};
template <class T>
struct BytesOf<std::optional<T>> {
  static void put(ByteWriter& out, const std::optional<T>& value) {
    out.put(value.has_value());
    if (value) put_value(out, *value);
  }
  static std::optional<T> get(ByteReader& in) {
    if (in.get<std::uint8_t>() == 0) return std::nullopt;
    return get_value<T>(in);
  }
};
template <class T>
struct BytesOf<std::vector<T>> {
  static constexpr bool numbers = std::is_arithmetic_v<T> && !std::is_same_v<T, bool>;

  static void put(ByteWriter& out, const std::vector<T>& values) {
    if constexpr (numbers) {
      out.put(values);
    } else {
      out.put(values.size());
      for (const T& value : values) put_value(out, value);
    }
  }
  static std::vector<T> get(ByteReader& in) {
    if constexpr (numbers) return in.list<T>();
    std::vector<T> values;
    for (auto left = in.get<std::size_t>(); left > 0; --left) values.push_back(get_value<T>(in));
    return values;
  }
};
}  // namespace detail

template <class T>
void put_value(ByteWriter& out, const T& value) {
  detail::BytesOf<T>::put(out, value);
}

template <class T>
T get_value(ByteReader& in) {
  return detail::BytesOf<T>::get(in);
}

}  // namespace enkat
