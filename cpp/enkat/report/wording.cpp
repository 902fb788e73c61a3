#include "enkat/report/wording.hpp"

#include <cmath>
#include <cstdio>

namespace enkat {

std::string Wording::number(std::int64_t value) const {
  std::string digits = std::to_string(value);
  for (std::ptrdiff_t at = std::ssize(digits) - 3; at > 0; at -= 3)
    digits.insert(static_cast<std::size_t>(at), of("\xC2\xA0", ","));
  return digits;
}

std::string Wording::decimal(double value, int decimals) const {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%.*f", decimals, std::abs(value));
  std::string text = buffer;
  if (const auto mark = text.find('.'); mark != std::string::npos && language_ == Language::sv) text[mark] = ',';
  const bool is_zero = text.find_first_not_of("0.,") == std::string::npos;
  return value < 0 && !is_zero ? "−" + text : text;
}

std::string Wording::shortest(double value) const {
  const auto whole = [](double number) { return std::abs(number - std::round(number)) < 1e-9; };
  return decimal(value, whole(value) ? 0 : whole(10 * value) ? 1 : 2);
}

std::string Wording::list(const std::vector<std::string>& items) const {
  std::string text;
  for (std::size_t i = 0; i < items.size(); ++i)
    text += (i == 0 ? "" : i + 1 < items.size() ? ", " : of(" och ", " and ")) + items[i];
  return text;
}

}  // namespace enkat
