#include "enkat/indicator/disclosure.hpp"

namespace enkat {

bool small_count(std::int64_t count, std::int64_t base, const DisclosurePolicy& policy) {
  const auto small = [&](std::int64_t number) { return number >= 1 && number <= policy.sensitive_low; };
  return small(count) || small(base - count);
}

Withheld withheld(std::int64_t count, std::int64_t base, bool sensitive, const DisclosurePolicy& policy) {
  if (base < policy.min_base) return Withheld::base;
  return sensitive && small_count(count, base, policy) ? Withheld::sensitive : Withheld::no;
}

}  // namespace enkat
