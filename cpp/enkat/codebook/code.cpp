#include "enkat/codebook/code.hpp"

#include <array>
#include <charconv>
#include <cmath>

#include "enkat/basics/json.hpp"

namespace enkat {

std::string number_text(double number) {
  std::array<char, 400> digits;
  if (number == 0) return "0";  // also -0.0
  const bool whole = std::abs(number) < 9e18 && std::trunc(number) == number;
  const auto end = whole ? std::to_chars(digits.begin(), digits.end(), static_cast<long long>(number))
                         : std::to_chars(digits.begin(), digits.end(), number);
  return {digits.data(), end.ptr};
}

std::optional<double> number_in(std::string_view text) {
  if (!text.empty() && text.front() == '+') text.remove_prefix(1);
  double number = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || end.ec != std::errc() || end.ptr != text.data() + text.size() || !std::isfinite(number))
    return std::nullopt;
  return number;
}

namespace {

/// The code as another kind of value: whole numbers as such.
template <class To>
To converted(const Code& code) {
  if (!code.is_number()) return std::get<std::string>(code.value);
  const double n = code.number();
  if (std::trunc(n) == n && std::abs(n) < 9e18) return static_cast<std::int64_t>(n);
  return n;
}

}  // namespace

Json Code::to_json() const { return converted<Json>(*this); }

Context::Value Code::fact() const { return converted<Context::Value>(*this); }

}  // namespace enkat
