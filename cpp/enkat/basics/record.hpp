#pragma once

#include <optional>
#include <string_view>
#include <tuple>
#include <vector>

#include "enkat/basics/error.hpp"

/// A record is a struct that names its fields once; JSON, equality and Python attributes follow from that list:
///
///     struct Margin { std::string column; double total; };
///     template <> struct enkat::Fields<Margin> { static constexpr auto list = std::tuple{
///         Field{"column", &Margin::column, "the column"}, Field{"total", &Margin::total, "its population total"}}; };
namespace enkat {

template <class T>
struct Fields;

template <class T, class Member>
struct Field {
  std::string_view name;
  Member T::* member;
  std::string_view doc;
};

template <class T>
concept Record = requires { Fields<T>::list; };

template <Record T, class Visit>
constexpr void for_each_field(Visit&& visit) {
  std::apply([&](const auto&... field) { (visit(field), ...); }, Fields<T>::list);
}

template <Record T>
bool same_record(const T& a, const T& b) {
  bool same = true;
  for_each_field<T>([&](const auto& field) { same = same && a.*field.member == b.*field.member; });
  return same;
}

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

/// A value as JSON: records as objects in field order, optional as null, vectors as arrays.
template <class T>
Json to_json(const T& value) {
  return detail::JsonOf<T>::write(value);
}

}  // namespace enkat
