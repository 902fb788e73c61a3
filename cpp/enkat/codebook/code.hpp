#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

#include "enkat/basics/error.hpp"
#include "enkat/basics/json_fwd.hpp"

namespace enkat {

/// A number written as short as it reads back: 1 for 1.0, 0.5 for 0.5.
std::string number_text(double number);

/// The number that a text is, all of it ("1", "-2.5", "1e3"); nothing for "", "1 kg", "nan" or "inf".
std::optional<double> number_in(std::string_view text);

/// The value that stands for an answer in the data: a number or a text.
///
/// Code(1), Code(1.0) and Code("1") are the same code: files of different kinds write the same answer differently.
struct Code {
  std::variant<double, std::string> value;

  Code() : value(std::string()) {}
  template <class Number>
    requires std::is_arithmetic_v<Number>
  Code(Number number) : value(static_cast<double>(number)) {}
  Code(std::string text) : value(std::move(text)) {}
  Code(std::string_view text) : value(std::string(text)) {}
  Code(const char* text) : value(std::string(text)) {}

  bool is_number() const { return value.index() == 0; }
  double number() const { return std::get<double>(value); }
  /// What identifies the code: the text, or the number as `number_text` writes it.
  std::string text() const { return is_number() ? number_text(number()) : std::get<std::string>(value); }

  Json to_json() const;
  /// As a fact of an error.
  Context::Value fact() const;

  friend bool operator==(const Code& a, const Code& b) { return a.text() == b.text(); }
};

}  // namespace enkat
