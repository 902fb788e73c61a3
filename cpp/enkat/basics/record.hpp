#pragma once

#include <string_view>
#include <tuple>

/// A record is a struct that names its fields once; its bytes and its class in Python follow from that list:
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

}  // namespace enkat
