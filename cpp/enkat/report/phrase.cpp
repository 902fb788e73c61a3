#include "enkat/report/phrase.hpp"

#include "enkat/report/reading.hpp"
#include "enkat/report/refusal.hpp"

namespace enkat {

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
  const Reading reading = read_words(text, language);
  if (!understood(reading)) refuse_phrase(text, reading, language);
  const Quantity& quantity = *reading.quantity;
  const Cover cover = covered(quantity, policy, percent_step);
  Phrase phrase{.text = std::string(text),
                .kind = kind_of(quantity),
                .low = cover.low,
                .high = cover.high,
                .low_closed = cover.low_closed,
                .high_closed = cover.high_closed,
                .top_stated = quantity.top_stated};
  if (quantity.amount == Amount::place) phrase.top = quantity.to;
  if (quantity.intensified) phrase.lint.emplace_back("INTENS");
  if (quantity.up_to) phrase.lint.emplace_back("UPTO");
  return phrase;
}

Language language_of(std::string_view text) {
  const auto is = [&](Language language) { return understood(read_words(text, language)); };
  return !is(Language::sv) && is(Language::en) ? Language::en : Language::sv;
}

int percent_step(std::string_view text, Language language) {
  const std::vector<Word> words = words_of(text, language);
  int step = 10;
  for (std::size_t at = 0; at < words.size(); ++at) {
    const std::optional<Quantity> q = quantity_at(words, at, language);
    if (!q || q->amount != Amount::percent) continue;
    const auto multiple_of = [&](std::int64_t unit) {
      return q->decimals == 0 && q->number % unit == 0 && q->to % unit == 0;
    };
    if (!multiple_of(5)) return 1;
    if (!multiple_of(10)) step = 5;
    at += q->words - 1;
  }
  return step;
}

}  // namespace enkat
