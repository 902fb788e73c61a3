#include "enkat/report/amounts.hpp"
#include "enkat/report/numeral.hpp"

namespace enkat {
namespace {

bool year(std::int64_t number) { return number >= 1900 && number < 2100; }

// 9 av 10, nine out of ten, 3/4
std::optional<Quantity> k_of_d(const Words& words, std::size_t at, const Lexicon& lexicon) {
  const auto k = whole_number_at(words, at, lexicon);
  if (!k) return {};
  const std::size_t middle = at + k.words;
  const std::size_t out_of = longest(words, middle, lexicon.out_of);
  const auto d = out_of > 0 ? whole_number_at(words, middle + out_of, lexicon) : Found<std::int64_t>{};
  if (!d || d.meaning < 2 || k.meaning > d.meaning) return {};
  const bool in_a_year = (words[middle].is("in") || words[middle].is("/")) && year(d.meaning);  // 3 in 2023
  const bool halves = words[middle].is("/") && k.meaning == d.meaning;  // 50/50 is said of halves
  if (in_a_year || halves) return {};
  return Quantity{.amount = Amount::fraction,
                  .number = k.meaning,
                  .of = d.meaning,
                  .noun = Noun::any,
                  .words = k.words + out_of + d.words};
}

// var tredje, every third
std::optional<Quantity> every(const Words& words, std::size_t at, const Lexicon& lexicon) {
  const std::size_t every_one = longest(words, at, lexicon.every_one);
  const auto nth = every_one > 0 ? longest(words, at + every_one, lexicon.every) : Found<std::int64_t>{};
  if (!nth) return {};
  return Quantity{
      .amount = Amount::fraction, .number = 1, .of = nth.meaning, .noun = Noun::any, .words = every_one + nth.words};
}

// två tredjedelar, two-thirds, a third, en dryg tredjedel
std::optional<Quantity> parts(const Words& words, std::size_t at, const Lexicon& lexicon) {
  auto times = whole_number_at(words, at, lexicon);
  if (!times) times = {1, longest(words, at, lexicon.one_part)};
  if (!times) return {};
  std::size_t next = at + times.words;
  const auto hedge = longest(words, next, lexicon.part_hedges);
  next += hedge.words;
  if (next < words.size() && words[next].is("-")) ++next;
  const auto part = longest(words, next, lexicon.parts);
  if (!part || times.meaning > part.meaning) return {};
  return Quantity{.amount = Amount::fraction,
                  .hedge = hedge.meaning,
                  .number = times.meaning,
                  .of = part.meaning,
                  .words = next + part.words - at};
}

std::optional<Quantity> named(const Words& words, std::size_t at, const Lexicon& lexicon) {
  auto share = longest(words, at, lexicon.shares);
  if (!share || share.meaning.amount != Amount::fraction) return {};
  share.meaning.words = share.words;
  return share.meaning;
}

std::optional<Quantity> single(const Words& words, std::size_t at, const Lexicon& lexicon) {
  std::optional<Quantity> best;
  for (const auto reader : {k_of_d, every, parts, named}) keep_longer(best, reader(words, at, lexicon));
  return best;
}

bool can_end_a_range(const std::optional<Quantity>& q) {
  return q && q->hedge == Hedge::none && !q->everyone_or_nobody() && !q->everyday;
}

// mellan hälften och två tredjedelar, mellan 8 och 9 av 10, 8–9 av 10: a bare number counts the parts of the upper end.
std::optional<Quantity> ends(const Words& words, std::size_t at, const Lexicon& lexicon, const RangeWords& range,
                             std::size_t next) {
  std::optional<Quantity> best;
  const auto add = [&](std::size_t low_words, const std::optional<Quantity>& low, std::int64_t low_number) {
    const std::size_t middle = spelled(words, next + low_words, range.middle);
    if (middle == 0) return;
    const std::optional<Quantity> high = single(words, next + low_words + middle, lexicon);
    if (!can_end_a_range(high)) return;
    Quantity q{.amount = range.opening.empty() ? Amount::fraction : Amount::between,
               .number = low ? low->number : low_number,
               .to = high->number,
               .of = high->of,
               .noun = high->noun,
               .words = next + low_words + middle + high->words - at};
    q.limits = {.low = {q.number, low ? low->of : q.of}, .high = {q.to, q.of}};
    if (q.limits.low < q.limits.high) keep_longer(best, q);
  };
  if (const auto number = whole_number_at(words, next, lexicon)) add(number.words, {}, number.meaning);
  if (const auto low = single(words, next, lexicon); can_end_a_range(low) && !range.opening.empty())
    add(low->words, low, 0);
  return best;
}

}  // namespace

std::optional<Quantity> fraction_at(const Words& words, std::size_t at, const Lexicon& lexicon) {
  std::optional<Quantity> best = single(words, at, lexicon);
  keep_longer(best, longest_range(words, at, lexicon, [&](const RangeWords& range, std::size_t next) {
                return ends(words, at, lexicon, range, next);
              }));
  for (const std::string_view either : lexicon.either)  // 8 eller 9 av 10, but not 3 eller 9
    if (const auto q = ends(words, at, lexicon, {"", either}, at); q && q->to == q->number + 1) keep_longer(best, q);
  return best;
}

}  // namespace enkat
