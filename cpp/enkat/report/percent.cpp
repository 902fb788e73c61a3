#include "enkat/report/amounts.hpp"
#include "enkat/report/numeral.hpp"

namespace enkat {
namespace {

std::optional<Quantity> single(const Words& words, std::size_t at, const Lexicon& lexicon) {
  auto value = decimal_at(words, at, lexicon);
  Hedge hedge = Hedge::none;
  if (!value) return {};
  // en dryg procent
  const auto hedged = value.words == 1 && words[at].kind == Word::Kind::word
                          ? longest(words, at + 1, lexicon.part_hedges)
                          : Found<Hedge>{};
  if (hedged) hedge = hedged.meaning;
  const std::size_t sign = longest(words, at + value.words + hedged.words, lexicon.percent);
  if (sign == 0) return {};
  return Quantity{.amount = Amount::percent,
                  .hedge = hedge,
                  .number = value.meaning.digits,
                  .decimals = value.meaning.decimals,
                  .words = value.words + hedged.words + sign};
}

// The lower end needs no sign of its own: mellan 40 och 45 procent.
std::optional<Quantity> ends(const Words& words, std::size_t at, const Lexicon& lexicon, const RangeWords& range,
                             std::size_t next) {
  const auto low = decimal_at(words, next, lexicon);
  if (!low) return {};
  next += low.words;
  next += longest(words, next, lexicon.percent);
  const std::size_t middle = spelled(words, next, range.middle);
  if (middle == 0) return {};
  const std::optional<Quantity> high = single(words, next + middle, lexicon);
  if (!high || high->hedge != Hedge::none || high->number <= low.meaning.digits ||
      high->decimals != low.meaning.decimals)
    return {};
  return Quantity{.amount = Amount::percent,
                  .number = low.meaning.digits,
                  .to = high->number,
                  .decimals = high->decimals,
                  .words = next + middle + high->words - at};
}

}  // namespace

std::optional<Quantity> percent_at(const Words& words, std::size_t at, const Lexicon& lexicon) {
  std::optional<Quantity> best = single(words, at, lexicon);
  keep_longer(best, longest_range(words, at, lexicon, [&](const RangeWords& range, std::size_t next) {
                return ends(words, at, lexicon, range, next);
              }));
  return best;
}

}  // namespace enkat
