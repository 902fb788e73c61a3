#pragma once

#include "enkat/report/quantity.hpp"

/// Shares that have a name, the same in every language.
namespace enkat::named_share {

constexpr Quantity part_of(std::int64_t k, std::int64_t d) {
  return {.amount = Amount::fraction, .number = k, .of = d};
}

constexpr Quantity limited(Cover limits) { return {.amount = Amount::named, .limits = limits}; }

/// Everyday words are statements only where someone says that they are.
constexpr Quantity everyday(Quantity quantity) {
  quantity.everyday = true;
  return quantity;
}

/// Words that whom they are about follow at once: "varannan lärare".
constexpr Quantity with_noun(Quantity quantity) {
  quantity.noun = Noun::any;
  return quantity;
}

constexpr Quantity majority_of() {
  Quantity quantity = limited({.low = {1, 2}, .low_closed = false});
  quantity.strict = Cover{.low = {3, 5}, .low_closed = false};
  return quantity;
}

constexpr Quantity with_persons(Quantity quantity) {
  quantity.noun = Noun::persons;
  return quantity;
}

inline constexpr Quantity half = part_of(1, 2);
inline constexpr Quantity everyone = everyday(part_of(1, 1));
inline constexpr Quantity nobody = everyday(part_of(0, 1));
inline constexpr Quantity majority = majority_of();                                             // de flesta
inline constexpr Quantity narrow_majority = limited({{1, 2}, {11, 20}, false, false});          // en knapp majoritet
inline constexpr Quantity large_majority = limited({.low = {2, 3}});                            // en stor majoritet
inline constexpr Quantity vast_majority = limited({.low = {4, 5}});                             // de allra flesta
inline constexpr Quantity minority = limited({0, {1, 2}, false, false});                        // en minoritet
inline constexpr Quantity small_minority = limited({0, {1, 5}, false, true});                   // en liten minoritet
inline constexpr Quantity not_everyone = everyday(limited({.high = 1, .high_closed = false}));  // inte alla
inline constexpr Quantity nearly_everyone = limited({.low = {9, 10}});                          // nästan alla
inline constexpr Quantity hardly_anyone = limited({.high = {1, 10}});                           // nästan ingen
inline constexpr Quantity few = everyday(limited({.high = {1, 10}}));                           // få

}  // namespace enkat::named_share
