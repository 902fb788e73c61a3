#include "enkat/report/whom.hpp"

#include <algorithm>
#include <set>

namespace enkat {
namespace {

constexpr std::size_t most_nouns = 3;

Language other(Language language) { return language == Language::sv ? Language::en : Language::sv; }

// The words that cannot say whom an amount is about. Units and comparisons count in both languages, because digits are
// read in both: "50 percent" in a Swedish text is no 50 persons.
std::set<std::string_view> words_that_are_no_nouns(Language language) {
  std::set<std::string_view> words;
  const auto add = [&](const Phrases& phrases) { words.insert(phrases.begin(), phrases.end()); };
  const Lexicon& own = lexicon(language);
  const Lexicon& foreign = lexicon(other(language));
  add(foreign.persons);
  add(vocabulary(language));
  for (const auto& entry : own.as_much) words.erase(entry.words);  // 9 av 10 vanliga medlemmar
  add(own.not_nouns);
  add(foreign.not_nouns);
  add(foreign.percent);
  for (const std::string_view person : own.persons) words.erase(person);
  return words;
}

bool begins_with_stem(const Word& word, Language language) {
  return std::ranges::any_of(lexicon(language).not_noun_stems,
                             [&](std::string_view stem) { return word.text.starts_with(stem); });
}

bool noun(const Word& word, Language language) {
  static const std::set<std::string_view> sv = words_that_are_no_nouns(Language::sv);
  static const std::set<std::string_view> en = words_that_are_no_nouns(Language::en);
  return word.kind == Word::Kind::word && !(language == Language::sv ? sv : en).contains(word.text) &&
         !begins_with_stem(word, Language::sv) && !begins_with_stem(word, Language::en);
}

// 3rd and 65plus are no three of "rd" and no 65 of "plus".
bool apart(const Word& word, const Word& before) { return word.offset > before.offset + before.length; }

std::size_t nouns_at(const Words& words, std::size_t at, Language language) {
  std::size_t next = at;
  while (next < words.size() && next - at < most_nouns && noun(words[next], language) &&
         apart(words[next], words[next - 1]))
    ++next;
  return next - at;
}

}  // namespace

bool names_somebody(const Word& word, Language language) { return noun(word, language); }

bool is_known(const Word& word, Language language) {
  const Lexicon& l = lexicon(language);
  const auto among = [&](const Phrases& words) { return std::ranges::find(words, word.text) != words.end(); };
  return word.kind == Word::Kind::word &&
         (among(vocabulary(language)) || among(l.not_nouns) || among(l.persons) || among(l.between));
}

std::size_t whom_at(const Words& words, std::size_t at, const Quantity& quantity, Language language) {
  const Lexicon& l = lexicon(language);
  const std::size_t of = longest(words, at, l.of_whom), of_the = longest(words, at, l.of_the);
  if (of == 0 && of_the == 0 && quantity.noun == Noun::none) return 0;
  if (of == 0 && of_the == 0 && quantity.noun == Noun::persons) return longest(words, at, l.persons);
  const auto rest = [&](std::size_t next) {
    const std::size_t nouns = nouns_at(words, next, language);
    return nouns + longest(words, next + nouns, l.who_answered);
  };
  if (of_the <= of) return of + rest(at + of);
  const std::size_t whom = rest(at + of_the);
  return whom > 0 ? of_the + whom : of;
}

}  // namespace enkat
