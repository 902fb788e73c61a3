#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace enkat {

/// The words that a file uses for the values of an enumeration, in the order of its enumerators.
template <class E>
struct Names;  // static constexpr std::string_view list[]

template <class E>
concept NamedEnum = requires { Names<E>::list; };

template <class E>
std::string_view name_of(E value) {
  return Names<E>::list[static_cast<std::size_t>(value)];
}

template <class E>
std::vector<std::string> names_of() {
  return {std::begin(Names<E>::list), std::end(Names<E>::list)};
}

template <class E>
std::optional<E> from_name(std::string_view name) {
  for (std::size_t i = 0; i < std::size(Names<E>::list); ++i)
    if (Names<E>::list[i] == name) return static_cast<E>(i);
  return std::nullopt;
}

/// The value that a user calls `name`; another name is refused, in words of the enumeration's own.
template <class E>
E named(const std::string& name);

}  // namespace enkat
