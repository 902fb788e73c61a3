#include "enkat/report/quantity.hpp"

#include "enkat/report/lexicon.hpp"

namespace enkat {
namespace {

// Reads one quantity: hedge, amount, hedge after. Each amount reader says how many words it used, or none.
class Parser {
 public:
  Parser(const std::vector<Word>& words, Language language) : words_(words), lexicon_(lexicon(language)) {}

  std::optional<Quantity> read(std::size_t at) const {
    std::size_t next = at;
    const std::size_t intensified = longest(words_, next, lexicon_.intensifiers);
    next += intensified;
    if (std::optional<Quantity> whole = named(next); whole && whole->amount == Amount::nearly_all)
      return finish(*whole, at, next, intensified > 0);
    const auto hedge = longest(words_, next, lexicon_.hedges);
    const bool up_to = longest(words_, next, lexicon_.up_to) > 0;
    next += hedge.words;
    std::optional<Quantity> quantity = amount(next);
    if (!quantity) return {};
    if (hedge && !hedgeable(*quantity)) return {};
    quantity->hedge = hedge ? hedge.meaning : Hedge::none;
    quantity->up_to = up_to;
    if (hedge && quantity->number == quantity->of && quantity->amount == Amount::fraction) quantity->everyday = true;
    return finish(*quantity, at, next, intensified > 0);
  }

 private:
  static bool hedgeable(const Quantity& q) {
    return q.amount == Amount::fraction || q.amount == Amount::percent || q.amount == Amount::count;
  }

  std::optional<Quantity> finish(Quantity quantity, std::size_t at, std::size_t next, bool intensified) const {
    quantity.words += next - at;
    quantity.intensified = intensified;
    if (const auto after = longest(words_, at + quantity.words, lexicon_.hedges_after);
        after && quantity.hedge == Hedge::none && hedgeable(quantity)) {
      quantity.hedge = after.meaning;
      quantity.words += after.words;
    }
    return quantity;
  }

  std::optional<Quantity> amount(std::size_t at) const {
    for (const auto reader : {&Parser::range, &Parser::percent, &Parser::fraction, &Parser::every, &Parser::part,
                              &Parser::rank, &Parser::named, &Parser::count})
      if (std::optional<Quantity> quantity = (this->*reader)(at)) return quantity;
    return {};
  }

  // A number in digits or words, with the words it takes.
  Found<std::int64_t> whole(std::size_t at) const {
    if (at < words_.size() && words_[at].whole_number() && !words_[at].glued) return {words_[at].digits, 1};
    const auto named = longest(words_, at, lexicon_.numbers);
    return {named.meaning, named.words};
  }

  Found<std::int64_t> number(std::size_t at) const {
    if (at < words_.size() && words_[at].kind == Word::Kind::number) return {words_[at].digits, 1};
    return whole(at);
  }

  int decimals(std::size_t at) const { return words_[at].kind == Word::Kind::number ? words_[at].decimals : 0; }

  // 40 procent, 8 %, tio procent
  std::optional<Quantity> percent(std::size_t at) const {
    const auto value = number(at);
    if (!value) return {};
    const std::size_t sign = longest(words_, at + value.words, lexicon_.percent);
    if (sign == 0) return {};
    return Quantity{
        .amount = Amount::percent, .number = value.meaning, .decimals = decimals(at), .words = value.words + sign};
  }

  // 40–45 procent, mellan 40 och 45 procent
  std::optional<Quantity> range(std::size_t at) const {
    const std::size_t between = longest(words_, at, lexicon_.between);
    const auto low = number(at + between);
    if (!low) return {};
    std::size_t next = at + between + low.words;
    next += longest(words_, next, lexicon_.percent);
    const std::size_t and_ = longest(words_, next, lexicon_.and_);
    if (and_ == 0) return {};
    const std::optional<Quantity> high = percent(next + and_);
    if (!high || high->number <= low.meaning || high->decimals != decimals(at + between)) return {};
    return Quantity{.amount = Amount::percent_range,
                    .number = low.meaning,
                    .of = high->number,
                    .decimals = high->decimals,
                    .words = next + and_ + high->words - at};
  }

  // 9 av 10, nine out of ten
  std::optional<Quantity> fraction(std::size_t at) const {
    const auto part = whole(at);
    if (!part) return {};
    const std::size_t out_of = longest(words_, at + part.words, lexicon_.out_of);
    if (out_of == 0) return {};
    const auto of = whole(at + part.words + out_of);
    if (!of || of.meaning < 2 || part.meaning > of.meaning) return {};
    if (words_[at + part.words].is("in") && of.meaning >= 1900 && of.meaning < 2100) return {};  // 3 in 2023: a year
    return Quantity{
        .amount = Amount::fraction, .number = part.meaning, .of = of.meaning, .words = part.words + out_of + of.words};
  }

  // var tredje, every third
  std::optional<Quantity> every(std::size_t at) const {
    const std::size_t every_one = longest(words_, at, lexicon_.every_one);
    if (every_one == 0) return {};
    const auto nth = longest(words_, at + every_one, lexicon_.every);
    if (!nth) return {};
    return Quantity{.amount = Amount::fraction, .number = 1, .of = nth.meaning, .words = every_one + nth.words};
  }

  // två tredjedelar, two-thirds
  std::optional<Quantity> part(std::size_t at) const {
    const auto times = whole(at);
    if (!times) return {};
    std::size_t next = at + times.words;
    if (next < words_.size() && words_[next].is("-")) ++next;
    const auto unit = longest(words_, next, lexicon_.parts);
    if (!unit || times.meaning > unit.meaning) return {};
    return Quantity{
        .amount = Amount::fraction, .number = times.meaning, .of = unit.meaning, .words = next + unit.words - at};
  }

  // den främsta, de tre viktigaste, två av de viktigaste, två av de tre viktigaste
  std::optional<Quantity> rank(std::size_t at) const {
    std::size_t next = at;
    Quantity result{.amount = Amount::rank, .number = 1};
    const auto chosen = whole(next);
    if (const std::size_t of = chosen ? longest(words_, next + chosen.words, lexicon_.out_of) : 0; of > 0) {
      result.number = chosen.meaning;
      result.top_stated = false;
      next += chosen.words + of;
    }
    while (const std::size_t article = longest(words_, next, lexicon_.articles)) next += article;
    if (const auto first = whole(next); first && (next > at || first.meaning > 1)) {
      result.number = first.meaning;
      result.top_stated = true;
      next += first.words;
    }
    std::size_t superlative = longest(words_, next, lexicon_.superlatives);
    if (superlative == 0) superlative = longest(words_, next, lexicon_.first_place);
    if (superlative == 0) return {};
    result.words = next + superlative - at;
    return result;
  }

  std::optional<Quantity> named(std::size_t at) const {
    const auto share = longest(words_, at, lexicon_.shares);
    if (!share) return {};
    return Quantity{.amount = share.meaning.amount,
                    .number = share.meaning.number,
                    .of = share.meaning.of,
                    .everyday = share.meaning.everyday,
                    .words = share.words};
  }

  std::optional<Quantity> count(std::size_t at) const {
    const auto value = whole(at);
    if (!value) return {};
    return Quantity{.amount = Amount::count,
                    .number = value.meaning,
                    .everyday = words_[at].kind != Word::Kind::number,
                    .words = value.words};
  }

  const std::vector<Word>& words_;
  const Lexicon& lexicon_;
};

}  // namespace

std::optional<Quantity> quantity_at(const std::vector<Word>& words, std::size_t at, Language language) {
  return Parser(words, language).read(at);
}

}  // namespace enkat
