#pragma once

#include <optional>
#include <string>
#include <vector>

#include "enkat/basics/json.hpp"
#include "enkat/basics/names.hpp"
#include "enkat/basics/record.hpp"

namespace enkat {

template <class T>
Json to_json(const T& value);

namespace detail {
template <class T>
struct JsonOf {
  static Json write(const T& value) {
    if constexpr (Record<T>) {
      Json object = Json::object();
      for_each_field<T>([&](const auto& field) { object[std::string(field.name)] = to_json(value.*field.member); });
      return object;
    } else if constexpr (std::is_enum_v<T>) {
      return name_of(value);
    } else {
      return Json(value);
    }
  }
};
template <class T>
struct JsonOf<std::optional<T>> {
  static Json write(const std::optional<T>& value) { return value ? to_json(*value) : Json(nullptr); }
};
template <class T>
struct JsonOf<std::vector<T>> {
  static Json write(const std::vector<T>& values) {
    Json array = Json::array();
    for (const auto& value : values) array.push_back(to_json(T(value)));
    return array;
  }
};
}  // namespace detail

/// A value as JSON: records as objects in field order, enumerations by name, optional as null, vectors as arrays.
template <class T>
Json to_json(const T& value) {
  return detail::JsonOf<T>::write(value);
}

}  // namespace enkat
