#include "enkat/report/phrase.hpp"

#include <algorithm>

#include "enkat/report/reading.hpp"
#include "enkat/report/refusal.hpp"
#include "enkat/report/whom.hpp"

namespace enkat {

Phrase comparing(std::string text, const Comparison& comparison) {
  Phrase phrase{
      .text = std::move(text), .kind = PhraseKind::comparison, .cover = comparison.cover, .comparison = comparison};
  if (comparison.intensified) phrase.lint.emplace_back("INTENS");
  return phrase;
}

Phrase read_phrase(std::string_view text, Policy policy, Language language, int percent_step) {
  const Reading reading = read_words(text, language, policy);
  if (!understood(reading)) refuse_phrase(text, reading, language);
  if (reading.comparison) return comparing(std::string(text), *reading.comparison);
  const Quantity& quantity = *reading.quantity;
  Phrase phrase{.text = std::string(text),
                .kind = kind_of(quantity),
                .cover = covered(quantity, policy, percent_step),
                .top_stated = quantity.top_stated};
  if (quantity.amount == Amount::place) phrase.top = quantity.to;
  if (quantity.intensified) phrase.lint.emplace_back("INTENS");
  if (quantity.up_to) phrase.lint.emplace_back("UPTO");
  return phrase;
}

Language language_of(std::string_view text) {
  const auto is = [&](Language language) { return understood(read_words(text, language)); };
  const bool sv = is(Language::sv), en = is(Language::en);
  if (sv || en) return sv ? Language::sv : Language::en;
  // What is a phrase of neither is refused in the language that knows more of its words.
  const auto known = [&](Language language) {
    return std::ranges::count_if(words_of(text, language), [&](const Word& word) { return is_known(word, language); });
  };
  return known(Language::en) > known(Language::sv) ? Language::en : Language::sv;
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
