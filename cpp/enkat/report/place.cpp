#include "enkat/report/amounts.hpp"
#include "enkat/report/numeral.hpp"

namespace enkat {
namespace {

Quantity places(std::int64_t first, std::int64_t last, std::size_t words) {
  return {.amount = Amount::place, .number = first, .to = last, .noun = Noun::any, .words = words};
}

std::size_t articles_at(const Words& words, std::size_t at, const Lexicon& lexicon) {
  std::size_t length = 0;
  while (const std::size_t article = longest(words, at + length, lexicon.articles)) length += article;
  return length;
}

bool several(const Words& words, std::size_t from, std::size_t to, const Lexicon& lexicon) {
  for (std::size_t i = from; i < to; ++i)
    if (longest(words, i, lexicon.plural) > 0) return true;
  return false;
}

// topp tre, in the top three, top-3
std::optional<Quantity> top(const Words& words, std::size_t at, const Lexicon& lexicon) {
  std::size_t next = at + longest(words, at, lexicon.top);
  if (next == at) return {};
  if (next < words.size() && words[next].is("-")) ++next;
  const auto last = whole_number_at(words, next, lexicon);
  if (!last || last.meaning < 1) return {};
  return places(1, last.meaning, next + last.words - at);
}

// första plats, på andra plats, plats 2
std::optional<Quantity> stated(const Words& words, std::size_t at, const Lexicon& lexicon) {
  const std::size_t before = longest(words, at, lexicon.before_place);
  if (const auto place = longest(words, at + before, lexicon.places))
    return places(place.meaning, place.meaning, before + place.words);
  const std::size_t word = longest(words, at + before, lexicon.place);
  const auto number = word > 0 ? whole_number_at(words, at + before + word, lexicon) : Found<std::int64_t>{};
  if (!number || number.meaning < 1) return {};
  return places(number.meaning, number.meaning, before + word + number.words);
}

// den näst vanligaste, second most common
std::optional<Quantity> next_first(const Words& words, std::size_t at, const Lexicon& lexicon) {
  std::size_t next = at + articles_at(words, at, lexicon);
  const auto ordinal = longest(words, next, lexicon.ordinals);
  next += ordinal.words;
  const std::size_t superlative = ordinal ? longest(words, next, lexicon.superlatives) : 0;
  if (superlative == 0) return {};
  return places(ordinal.meaning, ordinal.meaning, next + superlative - at);
}

// den främsta, bland de tre viktigaste, två av de viktigaste, one of the top three
std::optional<Quantity> among_first(const Words& words, std::size_t at, const Lexicon& lexicon) {
  std::size_t next = at + longest(words, at, lexicon.among);
  const bool among = next > at;
  const auto chosen = among ? Found<std::int64_t>{} : whole_number_at(words, next, lexicon);
  const bool of_words =
      chosen && next + chosen.words < words.size() && words[next + chosen.words].kind == Word::Kind::word;
  const std::size_t of = of_words ? longest(words, next + chosen.words, lexicon.out_of) : 0;
  if (of > 0) next += chosen.words + of;
  const std::size_t article = next;
  next += articles_at(words, next, lexicon);
  if (next > at)
    if (auto first = top(words, next, lexicon)) {
      first->words += next - at;
      return first;
    }
  const bool number_left_open = among || of > 0 || several(words, article, next, lexicon);
  const auto last = whole_number_at(words, next, lexicon);
  const bool counted = last && last.meaning >= 1 && (next > at || last.meaning > 1);
  if (counted) next += last.words;
  const std::size_t superlative = longest(words, next, lexicon.superlatives);
  if (superlative == 0) return {};
  Quantity result = places(1, counted ? last.meaning : of > 0 ? chosen.meaning : 1, next + superlative - at);
  result.top_stated = counted || !number_left_open;
  return result;
}

}  // namespace

std::optional<Quantity> place_at(const Words& words, std::size_t at, const Lexicon& lexicon) {
  std::optional<Quantity> best;
  for (const auto reader : {among_first, top, stated, next_first}) keep_longer(best, reader(words, at, lexicon));
  return best;
}

}  // namespace enkat
