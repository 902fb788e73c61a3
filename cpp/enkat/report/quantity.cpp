#include "enkat/report/quantity.hpp"

#include <algorithm>
#include <array>

#include "enkat/report/amounts.hpp"
#include "enkat/report/named_share.hpp"
#include "enkat/report/numeral.hpp"

namespace enkat {
namespace {

// de flesta, få, alla
std::optional<Quantity> named_at(const Words& words, std::size_t at, const Lexicon& lexicon) {
  auto share = longest(words, at, lexicon.shares);
  if (!share) return {};
  share.meaning.words = share.words;
  return share.meaning;
}

// nästan alla, så gott som ingen
std::optional<Quantity> virtually_at(const Words& words, std::size_t at, const Lexicon& lexicon) {
  const std::size_t virtually = longest(words, at, lexicon.virtually);
  const auto share = virtually > 0 ? named_at(words, at + virtually, lexicon) : std::nullopt;
  if (!share || !share->everyone_or_nobody()) return {};
  Quantity quantity = share->number == 1 ? named_share::nearly_everyone : named_share::hardly_anyone;
  quantity.noun = share->noun;
  quantity.words = virtually + share->words;
  return quantity;
}

// A number of people. Up to twelve, words are everyday words as well.
// Of "en" and "ett" only "en person" and its like are a number: "en klick" is not.
std::optional<Quantity> single_count(const Words& words, std::size_t at, const Lexicon& lexicon) {
  const auto value = whole_number_at(words, at, lexicon);
  if (!value) return {};
  const bool in_words = words[at].kind != Word::Kind::number;
  return Quantity{.amount = Amount::count,
                  .number = value.meaning,
                  .noun = in_words && value.meaning == 1 ? Noun::persons : Noun::any,
                  .everyday = in_words && value.meaning <= 12,
                  .words = value.words};
}

// 1 473, tjugotre, mellan 20 och 30
std::optional<Quantity> count_at(const Words& words, std::size_t at, const Lexicon& lexicon) {
  std::optional<Quantity> best = single_count(words, at, lexicon);
  const auto ends = [&](const RangeWords& range, std::size_t next) -> std::optional<Quantity> {
    std::optional<Quantity> low = single_count(words, next, lexicon);
    const std::size_t middle = low ? spelled(words, next + low->words, range.middle) : 0;
    const std::size_t upper = middle > 0 ? next + low->words + middle : words.size();
    const std::optional<Quantity> high = single_count(words, upper, lexicon);
    if (!high || high->number <= low->number) return {};
    low->to = high->number;
    low->noun = Noun::any;
    low->everyday = low->everyday && high->everyday;
    low->words = upper + high->words - at;
    return low;
  };
  keep_longer(best, longest_range(words, at, lexicon, ends));
  return best;
}

std::optional<Quantity> amount_at(const Words& words, std::size_t at, const Lexicon& lexicon) {
  std::optional<Quantity> best;
  for (const auto reader : {percent_at, fraction_at, place_at, virtually_at, named_at, count_at, times_at, points_at})
    keep_longer(best, reader(words, at, lexicon));
  return best;
}

// mer än, inte mer än, lite mer än, långt över
Found<Hedge> hedge_at(const Words& words, std::size_t at, const Lexicon& lexicon) {
  Found<Hedge> found = longest(words, at, lexicon.hedges);
  const auto modify = [&](const Phrases& modifiers, Hedge more, Hedge less) {
    const std::size_t modifier = longest(words, at, modifiers);
    const auto hedge = modifier > 0 ? longest(words, at + modifier, lexicon.hedges) : Found<Hedge>{};
    const bool comparison = hedge.meaning == Hedge::more_than || hedge.meaning == Hedge::less_than;
    if (comparison && modifier + hedge.words > found.words)
      found = {hedge.meaning == Hedge::more_than ? more : less, modifier + hedge.words};
  };
  modify(lexicon.negations, Hedge::at_most, Hedge::at_least);
  modify(lexicon.slightly, Hedge::just_over, Hedge::nearly);
  modify(lexicon.far, Hedge::well_over, Hedge::well_under);
  return found;
}

bool hedgeable(const Quantity& q) {
  if (q.hedge != Hedge::none || q.is_range() || q.everyone_or_nobody()) return false;
  static constexpr std::array exact{Amount::fraction, Amount::percent, Amount::count, Amount::times, Amount::points};
  return std::ranges::find(exact, q.amount) != exact.end();
}

std::optional<Quantity> hedged_at(const Words& words, std::size_t at, const Lexicon& lexicon) {
  const auto hedge = hedge_at(words, at, lexicon);
  std::optional<Quantity> quantity = hedge ? amount_at(words, at + hedge.words, lexicon) : std::nullopt;
  if (!quantity || !hedgeable(*quantity)) return {};
  quantity->hedge = hedge.meaning;
  quantity->up_to = longest(words, at, lexicon.up_to) > 0;
  quantity->words += hedge.words;
  return quantity;
}

// 40 procent eller mer
std::optional<Quantity> hedged_after(const Words& words, std::size_t at, const Lexicon& lexicon) {
  std::optional<Quantity> quantity = amount_at(words, at, lexicon);
  if (!quantity || !hedgeable(*quantity)) return quantity;
  const auto after = longest(words, at + quantity->words, lexicon.hedges_after);
  quantity->hedge = after.meaning;
  quantity->words += after.words;
  return quantity;
}

std::optional<Quantity> plain_at(const Words& words, std::size_t at, const Lexicon& lexicon) {
  std::optional<Quantity> best = hedged_at(words, at, lexicon);
  keep_longer(best, hedged_after(words, at, lexicon));
  return best;
}

}  // namespace

std::optional<Quantity> quantity_at(const std::vector<Word>& words, std::size_t at, Language language) {
  const Lexicon& l = lexicon(language);
  std::optional<Quantity> best = plain_at(words, at, l);
  const std::size_t intensifier = longest(words, at, l.intensifiers);
  std::optional<Quantity> intensified = intensifier > 0 ? plain_at(words, at + intensifier, l) : std::nullopt;
  if (!intensified) return best;
  intensified->intensified = true;
  intensified->words += intensifier;
  keep_longer(best, intensified);  // "just over half" is no "just" and "over half"
  return best;
}

PhraseKind kind_of(const Quantity& q) {
  switch (q.amount) {
    case Amount::place:
      return PhraseKind::rank;
    case Amount::count:
      return PhraseKind::count;
    case Amount::named:
      return PhraseKind::threshold;
    case Amount::between:
      return PhraseKind::share;
    case Amount::times:
    case Amount::points:
      return PhraseKind::comparison;
    case Amount::fraction:
    case Amount::percent:
      break;
  }
  static constexpr std::array one_sided{Hedge::more_than, Hedge::at_least,  Hedge::less_than,
                                        Hedge::at_most,   Hedge::well_over, Hedge::well_under};
  if (std::ranges::find(one_sided, q.hedge) != one_sided.end()) return PhraseKind::threshold;
  return q.amount == Amount::percent ? PhraseKind::percent : PhraseKind::share;
}

}  // namespace enkat
