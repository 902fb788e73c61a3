#pragma once

#include <cmath>
#include <cstdint>

namespace enkat {

/// The whole per cent that is printed for `count` of `base`, halves upwards: exact. Tables, sentences, charts and files
/// all take their percents from here, so that 57 of 200 is 29 per cent in each.
constexpr std::int64_t whole_percent(std::int64_t count, std::int64_t base) {
  return (200 * count + base) / (2 * base);
}

/// The same of a share that is no count of people, as weighted shares are; what rounding left of a half goes upwards.
inline std::int64_t whole_percent(double share) {
  return static_cast<std::int64_t>(std::floor(100 * share + 0.5 + 1e-9));
}

}  // namespace enkat
