#include "enkat/report/comparison.hpp"

#include <algorithm>
#include <set>

#include "enkat/report/amounts.hpp"
#include "enkat/report/whom.hpp"

namespace enkat {
namespace {

constexpr std::size_t most_words = 12;  // of those who are compared
constexpr Cover any_more{.low = 0, .high = 1, .low_closed = false};

Cover mirrored(const Cover& cover, Rational about) {
  return {about - cover.high, about - cover.low, cover.high_closed, cover.low_closed};
}

Cover same_difference(Policy policy) {
  const Rational width = policy == Policy::strict ? Rational(1, 40) : Rational(1, 20);
  return {Rational(0) - width, width};
}

Cover same_ratio(Policy policy) { return policy == Policy::strict ? Cover{{9, 10}, {10, 9}} : Cover{{4, 5}, {5, 4}}; }

struct Found {
  Comparison comparison;
  std::string_view joint;
};

class Reader {
 public:
  Reader(const Words& words, std::size_t at, Language language, Policy policy)
      : words_(words), at_(at), language_(language), policy_(policy), l_(lexicon(language)) {}

  std::optional<Comparison> read() const {
    std::optional<Found> best;
    for (const auto reader : {&Reader::times, &Reader::by_so_much, &Reader::comparative, &Reader::same}) {
      auto found = (this->*reader)();
      if (found && (!best || found->comparison.what > best->comparison.what)) best = found;
    }
    if (!best) return {};
    add_those_compared(*best);
    return best->comparison;
  }

 private:
  // dubbelt så många, mer än tre gånger så vanligt, hälften så stor andel
  std::optional<Found> times() const {
    const auto quantity = quantity_at(words_, at_, language_);
    if (!quantity || quantity->everyone_or_nobody() ||
        (quantity->amount != Amount::times && quantity->amount != Amount::fraction))
      return {};
    const std::size_t so = at_ + quantity->words;
    const std::size_t as = longest(words_, so, l_.so);
    auto what = as > 0 ? longest(words_, so + as, l_.as_much) : enkat::Found<AsMuch>{};
    if (as == 0) what.words = longest(words_, so, l_.the_share);
    if (!what) return {};
    Comparison made{.measure = Measure::ratio,
                    .cover = covered(*quantity, policy_, 1),
                    .people = what.meaning.people,
                    .intensified = quantity->intensified,
                    .quantity = quantity,
                    .how_much = quantity->words,
                    .what = quantity->words + as + what.words};
    // "At least half" of a whole ends with the whole; at least half as many does not.
    if (made.cover.high == Rational(1) && made.cover.high_closed) made.cover.high = unlimited;
    return enkat::possible(*quantity) ? std::optional(Found{made, l_.as}) : std::nullopt;
  }

  // 10 procentenheter fler, 20 procent färre
  std::optional<Found> by_so_much() const {
    const auto quantity = quantity_at(words_, at_, language_);
    if (!quantity || (quantity->amount != Amount::points && quantity->amount != Amount::percent) ||
        !enkat::possible(*quantity) || quantity->number == 0)
      return {};
    const auto what = longest(words_, at_ + quantity->words, l_.comparatives);
    if (!what) return {};
    Cover cover = covered(*quantity, policy_, 1);
    Measure measure = Measure::difference;
    if (quantity->amount == Amount::percent) {
      measure = Measure::ratio;
      const bool without_end = cover.high == Rational(1) && cover.high_closed && what.meaning.sign > 0;
      cover = {cover.low + Rational(1), without_end ? unlimited : cover.high + Rational(1), cover.low_closed,
               cover.high_closed};
    }
    if (what.meaning.sign < 0) cover = mirrored(cover, measure == Measure::ratio ? 2 : 0);
    return Found{{.measure = measure,
                  .cover = cover,
                  .people = what.meaning.people,
                  .intensified = quantity->intensified,
                  .quantity = quantity,
                  .how_much = quantity->words,
                  .what = quantity->words + what.words},
                 l_.than};
  }

  // fler, betydligt vanligare, en något större andel, inte fler
  std::optional<Found> comparative() const {
    const std::size_t negation = longest(words_, at_, l_.negations);
    std::size_t next = at_ + negation;
    next += longest(words_, next, l_.a_share);
    const std::size_t far = longest(words_, next, l_.far), slightly = longest(words_, next, l_.slightly);
    const std::size_t degree = std::max(far, slightly);
    if (negation > 0 && degree > 0) return {};
    const auto what = longest(words_, next + degree, l_.comparatives);
    if (!what) return {};
    Cover cover = any_more;
    if (degree > 0) cover = far >= slightly ? Cover{{1, 10}, 1} : Cover{0, {1, 20}, false, false};
    if (negation > 0) cover = {-1, 0};
    if (what.meaning.sign < 0) cover = mirrored(cover, 0);
    const std::size_t before = next + degree - at_;
    return Found{{.measure = Measure::difference,
                  .cover = cover,
                  .people = what.meaning.people,
                  .how_much = before,
                  .what = before + what.words},
                 l_.than};
  }

  // lika många, nästan lika vanligt, inte lika ofta, samma andel
  std::optional<Found> same() const {
    const std::size_t negation = longest(words_, at_, l_.negations);
    const auto hedge = negation > 0 ? enkat::Found<Hedge>{} : longest(words_, at_, l_.hedges);
    Comparison made{.measure = Measure::difference, .cover = same_difference(policy_), .ratio = same_ratio(policy_)};
    switch (hedge.meaning) {
      case Hedge::none:
      case Hedge::about:
        break;
      case Hedge::nearly:
        made.cover.high = 0, made.cover.high_closed = false;
        break;
      case Hedge::exactly:
        made.cover = {0, 0};
        made.ratio = {};
        break;
      default:
        return {};
    }
    if (negation > 0) {
      made.cover = {-1, 0, true, false};
      made.ratio = {};
    }
    std::size_t next = at_ + negation + hedge.words;
    if (const std::size_t the_same = longest(words_, next, l_.the_same); the_same > 0 && negation == 0) {
      made.how_much = next - at_;
      made.what = next + the_same - at_;
      return Found{made, l_.as};
    }
    const std::size_t equally = longest(words_, next, l_.equally);
    next += equally;
    const auto what = equally > 0 ? longest(words_, next, l_.as_much) : enkat::Found<AsMuch>{};
    if (!what) return {};
    made.people = what.meaning.people;
    made.how_much = next - at_;
    made.what = next + what.words - at_;
    return Found{made, l_.as};
  }

  // … kvinnor som män, … bland socialsekreterare än bland andra
  void add_those_compared(Found& found) const {
    Comparison& made = found.comparison;
    std::size_t next = at_ + made.what;
    while (next < words_.size() && next - at_ - made.what < most_words) {
      if (words_[next].is(found.joint) && made.joint == 0)
        made.joint = next - at_;
      else if (!can_be_compared(words_[next]))
        break;
      ++next;
    }
    made.words = next - at_;
  }

  bool can_be_compared(const Word& word) const {
    return names_somebody(word, language_) || std::ranges::find(l_.between, word.text) != l_.between.end();
  }

  const Words& words_;
  std::size_t at_;
  Language language_;
  Policy policy_;
  const Lexicon& l_;
};

// The words that what is compared begins with: "många", "fler", "samma".
std::set<std::string_view> first_words(const Lexicon& l) {
  std::set<std::string_view> first;
  const auto add = [&](std::string_view words) { first.insert(words.substr(0, words.find(' '))); };
  for (const auto& entry : l.comparatives) add(entry.words);
  for (const auto& entry : l.as_much) add(entry.words);
  for (const std::string_view words : l.the_same) add(words);
  for (const std::string_view words : l.the_share) add(words);
  return first;
}

// Most words begin no comparison, which is seen without reading their numbers.
bool may_compare(const Words& words, std::size_t at, Language language) {
  constexpr std::size_t most_before = 12;
  static const std::set<std::string_view> sv = first_words(lexicon(Language::sv));
  static const std::set<std::string_view> en = first_words(lexicon(Language::en));
  const std::set<std::string_view>& first = language == Language::sv ? sv : en;
  for (std::size_t i = at; i < std::min(words.size(), at + most_before); ++i)
    if (first.contains(words[i].text)) return true;
  return false;
}

}  // namespace

std::optional<Comparison> comparison_at(const std::vector<Word>& words, std::size_t at, Language language,
                                        Policy policy) {
  if (!may_compare(words, at, language)) return {};
  return Reader(words, at, language, policy).read();
}

Comparison of_numbers(const Comparison& comparison) {
  Comparison made = comparison;
  made.measure = Measure::ratio;
  if (comparison.ratio && comparison.cover.low < comparison.cover.high) {  // lika, nästan lika
    made.cover = *comparison.ratio;
    if (comparison.cover.high == Rational(0)) made.cover.high = 1, made.cover.high_closed = false;
  } else if (comparison.measure == Measure::difference) {
    const Cover& points = comparison.cover;
    const bool without_end = points.high == Rational(1);
    made.cover = {points.low + Rational(1), without_end ? unlimited : points.high + Rational(1), points.low_closed,
                  points.high_closed};
  }
  made.ratio = {};
  return made;
}

}  // namespace enkat
