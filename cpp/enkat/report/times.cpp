#include "enkat/report/amounts.hpp"
#include "enkat/report/numeral.hpp"

namespace enkat {

// Everyday words: "tre gånger" is a statement only with what is as much ("tre gånger så vanligt").
std::optional<Quantity> times_at(const Words& words, std::size_t at, const Lexicon& lexicon) {
  if (const auto named = longest(words, at, lexicon.times_names))
    return Quantity{.amount = Amount::times, .number = named.meaning, .everyday = true, .words = named.words};
  const auto value = decimal_at(words, at, lexicon);
  const std::size_t times = value ? longest(words, at + value.words, lexicon.times) : 0;
  if (times == 0) return {};
  const bool in_words = words[at].kind != Word::Kind::number;
  Quantity quantity{.amount = Amount::times,
                    .number = value.meaning.digits,
                    .decimals = value.meaning.decimals,
                    .everyday = in_words,
                    .words = value.words + times};
  if (in_words && value.meaning.decimals == 1) {  // en och en halv is no 1,5: it is as rough as a whole number
    quantity.number = value.meaning.digits / 5;
    quantity.of = 2;
    quantity.decimals = 0;
  }
  quantity.to = quantity.number;
  return quantity;
}

std::optional<Quantity> points_at(const Words& words, std::size_t at, const Lexicon& lexicon) {
  const auto value = decimal_at(words, at, lexicon);
  const std::size_t points = value ? longest(words, at + value.words, lexicon.points) : 0;
  if (points == 0) return {};
  return Quantity{.amount = Amount::points,
                  .number = value.meaning.digits,
                  .decimals = value.meaning.decimals,
                  .words = value.words + points};
}

}  // namespace enkat
