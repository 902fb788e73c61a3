#include "enkat/report/phrase.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "enkat/basics/error.hpp"

namespace enkat {
namespace {

constexpr Rational half{1, 2};
constexpr Rational twentieth{1, 20};
constexpr Rational fortieth{1, 40};
const Rational unlimited{std::numeric_limits<std::int32_t>::max()};

struct Cover {
  Rational low, high;
  bool low_closed = true;
  bool high_closed = false;
};

Rational power_of_ten(int exponent) {
  std::int64_t power = 1;
  for (int i = 0; i < exponent; ++i) power *= 10;
  return power;
}

Rational value_of(const Quantity& q) {
  if (q.amount == Amount::percent) return Rational(q.number) * Rational(1, 100 * power_of_ten(q.decimals).numerator);
  return {q.number, q.of};
}

// The points half-way to the neighbours of `share` among the fractions people say.
Cover nearest_cell(Rational share) {
  std::vector<Rational> spoken{{1, 4}, {1, 3}, {2, 3}, {3, 4}, share};
  for (std::int64_t k = 0; k <= 10; ++k) spoken.emplace_back(k, 10);
  Rational below = share, above = share;
  for (const Rational other : spoken) {
    if (other < share && (below == share || other > below)) below = other;
    if (other > share && (above == share || other < above)) above = other;
  }
  return {(below + share) * half, (share + above) * half};
}

Cover around(Rational centre, Rational width) { return {centre - width, centre + width}; }

Cover rounded_fraction(const Quantity& q, Policy policy) {
  const Rational share = value_of(q);
  if (q.of == 1) return {share, share, true, true};  // alla, ingen
  if (policy == Policy::nearest) return nearest_cell(share);
  const Rational widest = policy == Policy::strict ? fortieth : twentieth;
  return around(share, q.of == 10 ? widest : std::min(Rational(1, 2 * q.of), widest));
}

// Half a unit of the last digit; coarser where the whole document rounds more coarsely.
Rational percent_half_width(const Quantity& q, Policy policy, int step) {
  const bool coarse = policy != Policy::strict && q.decimals == 0 && q.number % step == 0;
  return Rational(coarse ? step : 1, 200 * power_of_ten(q.decimals).numerator);
}

Cover rounded(const Quantity& q, Policy policy, int step) {
  switch (q.amount) {
    case Amount::percent:
      return around(value_of(q), percent_half_width(q, policy, step));
    case Amount::percent_range: {
      const Rational unit = Rational(1, 100 * power_of_ten(q.decimals).numerator);
      const Rational width = unit * half;
      return {Rational(q.number) * unit - width, Rational(q.of) * unit + width};
    }
    case Amount::majority:
      return {policy == Policy::strict ? Rational(3, 5) : half, 1, false, true};
    case Amount::nearly_all:
      return {{9, 10}, 1, true, true};
    case Amount::few:
      return {0, {1, 10}, true, true};
    case Amount::rank:
      return {1, q.number, true, true};
    case Amount::count:
      return {q.number, q.number, true, true};
    case Amount::fraction:
      break;
  }
  return rounded_fraction(q, policy);
}

// How far "about", "nearly" and "just over" reach.
Rational reach(const Quantity& q) {
  if (q.amount == Amount::count) return Rational(q.number) * twentieth;
  return q.hedge == Hedge::about && q.amount == Amount::percent ? Rational(1, 50) : twentieth;
}

Cover hedged(const Quantity& q) {
  const Rational value = value_of(q);
  const Rational last = q.amount == Amount::count ? unlimited : Rational(1);
  switch (q.hedge) {
    case Hedge::more_than:
      return {value, last, false, true};
    case Hedge::at_least:
      return {value, last, true, true};
    case Hedge::less_than:
      return {0, value, true, false};
    case Hedge::at_most:
      return {0, value, true, true};
    case Hedge::nearly:
      return {value - reach(q), value, false, false};
    case Hedge::just_over:
      return {value, value + reach(q), false, false};
    case Hedge::about:
    case Hedge::none:
      break;
  }
  return around(value, reach(q));
}

// Shares lie between 0 and 1, and both ends can be reached.
Cover within_unit(Cover cover) {
  if (cover.low < Rational(0)) cover.low = 0, cover.low_closed = true;
  if (cover.high >= Rational(1) && cover.low < Rational(1)) cover.high = 1, cover.high_closed = true;
  return cover;
}

PhraseKind kind_of(const Quantity& q) {
  if (q.amount == Amount::rank) return PhraseKind::rank;
  if (q.amount == Amount::count) return PhraseKind::count;
  const bool one_sided = q.hedge == Hedge::more_than || q.hedge == Hedge::at_least || q.hedge == Hedge::less_than ||
                         q.hedge == Hedge::at_most || q.amount == Amount::majority || q.amount == Amount::nearly_all ||
                         q.amount == Amount::few;
  if (one_sided) return PhraseKind::threshold;
  return q.amount == Amount::fraction ? PhraseKind::share : PhraseKind::percent;
}

// Words may follow ("9 av 10 socialsekreterare") as long as they cannot change the amount.
bool changes_amount(const Word& word, const Word& previous, Language language) {
  static constexpr std::array<std::string_view, 9> swedish{"eller", "till",   "och",  "mer", "fler",
                                                           "färre", "mindre", "inte", "plus"};
  static constexpr std::array<std::string_view, 9> english{"or",   "to",  "and",  "more", "fewer",
                                                           "less", "not", "plus", "than"};
  const auto& words = language == Language::sv ? swedish : english;
  if (word.kind == Word::Kind::mark)
    return !(word.is(".") || word.is(",") || word.is("!") || word.is("?") || word.is(":") || word.is(";"));
  return word.kind == Word::Kind::number ||
         (previous.kind != Word::Kind::mark && std::ranges::find(words, word.text) != words.end());
}

[[noreturn]] void refuse_unknown(std::string_view text, Language language) {
  const std::string examples =
      language == Language::sv
          ? "9 av 10, 3 av 4, var tredje, en tredjedel, hälften, mer än hälften, de flesta, 40 procent, knappt 40 "
            "procent, "
            "mellan 40 och 45 procent, den främsta, två av de viktigaste, 1 473"
          : "9 in 10, three out of four, every third, a third, half, more than half, most of, 40 per cent, nearly 40 "
            "per "
            "cent, between 40 and 45 per cent, the most important, two of the most important, 1,473";
  throw ReportError("report.phrase_unknown",
                    "'" + std::string(text) +
                        "' is not a share, percent, threshold, rank or number that can be checked; "
                        "write for example " +
                        examples,
                    {{"text", std::string(text)}, {"examples", examples}});
}

}  // namespace

Policy policy_from(const std::string& name) {
  if (name == "sv-press") return Policy::sv_press;
  if (name == "strict") return Policy::strict;
  if (name == "nearest") return Policy::nearest;
  throw UsageError("usage.unknown_policy",
                   "there is no rounding policy '" + name + "'; there are sv-press, strict and nearest",
                   {{"policy", name}});
}

std::string name_of(PhraseKind kind) {
  static const std::array<std::string, 5> names{"share", "percent", "threshold", "rank", "count"};
  return names[static_cast<std::size_t>(kind)];
}

bool Phrase::contains(std::int64_t k, std::int64_t n) const {
  const std::int64_t below = k * low.denominator - low.numerator * n;
  const std::int64_t above = k * high.denominator - high.numerator * n;
  return (low_closed ? below >= 0 : below > 0) && (high_closed ? above <= 0 : above < 0);
}

bool Phrase::contains_share(double share) const {
  const double a = low.value(), b = high.value();
  return (low_closed ? share >= a : share > a) && (high_closed ? share <= b : share < b);
}

Phrase read_phrase(std::string_view text, Policy policy, Language language, int percent_step) {
  const std::vector<Word> words = words_of(text, language);
  const std::optional<Quantity> quantity = words.empty() ? std::nullopt : quantity_at(words, 0, language);
  if (!quantity) refuse_unknown(text, language);
  for (std::size_t i = quantity->words; i < words.size(); ++i)
    if (changes_amount(words[i], words[i - 1], language)) refuse_unknown(text, language);

  const bool share = quantity->amount != Amount::count && quantity->amount != Amount::rank;
  if (share && value_of(*quantity) > Rational(1) && quantity->amount != Amount::percent_range)
    refuse_unknown(text, language);
  Cover cover = quantity->hedge == Hedge::none ? rounded(*quantity, policy, percent_step) : hedged(*quantity);
  if (share) cover = within_unit(cover);

  Phrase phrase{std::string(text),
                kind_of(*quantity),
                cover.low,
                cover.high,
                cover.low_closed,
                cover.high_closed,
                {},
                quantity->top_stated,
                {}};
  if (quantity->amount == Amount::rank) phrase.top = quantity->number;
  if (quantity->intensified) phrase.lint.emplace_back("INTENS");
  if (quantity->up_to) phrase.lint.emplace_back("UPTO");
  return phrase;
}

int percent_step(std::string_view text, Language language) {
  const std::vector<Word> words = words_of(text, language);
  int step = 10;
  for (std::size_t at = 0; at < words.size(); ++at) {
    const std::optional<Quantity> q = quantity_at(words, at, language);
    if (!q || (q->amount != Amount::percent && q->amount != Amount::percent_range)) continue;
    const bool multiple_of_five =
        q->decimals == 0 && q->number % 5 == 0 && (q->amount == Amount::percent || q->of % 5 == 0);
    if (!multiple_of_five) return 1;
    if (q->number % 10 != 0 || (q->amount == Amount::percent_range && q->of % 10 != 0)) step = 5;
    at += q->words - 1;
  }
  return step;
}

}  // namespace enkat
