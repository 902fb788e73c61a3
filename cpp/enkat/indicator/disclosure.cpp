#include "enkat/indicator/disclosure.hpp"

#include <array>

namespace enkat {

std::string code_of(Withheld reason) {
  static const std::array<std::string, 3> codes{"", "disclosure.small_base", "disclosure.sensitive_count"};
  return codes[static_cast<std::size_t>(reason)];
}

bool small_count(std::int64_t count, std::int64_t base, const DisclosurePolicy& policy) {
  const auto small = [&](std::int64_t number) { return number >= 1 && number <= policy.sensitive_low; };
  return small(count) || small(base - count);
}

Withheld withheld(std::int64_t count, std::int64_t base, bool sensitive, const DisclosurePolicy& policy) {
  if (base < policy.min_base) return Withheld::base;
  return sensitive && small_count(count, base, policy) ? Withheld::sensitive : Withheld::no;
}

}  // namespace enkat
