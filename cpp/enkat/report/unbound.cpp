#include "enkat/report/unbound.hpp"

#include <algorithm>
#include <array>

#include "enkat/report/amounts.hpp"
#include "enkat/report/comparison.hpp"

namespace enkat {
namespace {

const Phrases& months(Language language) {
  static const Phrases sv{"januari",   "februari", "mars",     "april",    "maj", "juni", "juli", "augusti",
                          "september", "oktober",  "november", "december", "jan", "feb",  "apr",  "jun",
                          "jul",       "aug",      "sept",     "okt",      "nov", "dec"};
  static const Phrases en{"january", "february", "march",     "april",   "may",      "june",
                          "july",    "august",   "september", "october", "november", "december"};
  return language == Language::sv ? sv : en;
}

// Words after which a number is a reference, not a result.
const Phrases& reference_words(Language language) {
  static const Phrases sv{"§",      "kap",   "kap .",   "kapitel", "artikel", "art",    "sida",    "sidan", "sid", "s",
                          "tabell", "figur", "diagram", "fråga",   "not",     "bilaga", "version", "#",     "^"};
  static const Phrases en{"§",        "chapter", "article", "page",     "p",       "table", "figure", "chart",
                          "question", "note",    "section", "appendix", "version", "#",     "^"};
  return language == Language::sv ? sv : en;
}

const Phrases& question_introductions(Language language) {
  static const Phrases sv{"frågan som ställdes var :", "frågan löd :", "frågan lyder :", "frågan var :"};
  static const Phrases en{"the question asked was :", "the question was :", "question :"};
  return language == Language::sv ? sv : en;
}

const std::vector<Entry<std::string_view>>& lint_words(Language language) {
  static const std::vector<Entry<std::string_view>> sv{{"leder till", "CAUSAL"},
                                                       {"ledde till", "CAUSAL"},
                                                       {"lett till", "CAUSAL"},
                                                       {"leda till", "CAUSAL"},
                                                       {"orsakar", "CAUSAL"},
                                                       {"orsakas av", "CAUSAL"},
                                                       {"beror på", "CAUSAL"},
                                                       {"innebär en risk", "CAUSAL"},
                                                       {"innebär en", "CAUSAL"},
                                                       {"medför", "CAUSAL"},
                                                       {"resulterar i", "CAUSAL"},
                                                       {"resultera i", "CAUSAL"},
                                                       {"i stor utsträckning", "VAGUE"},
                                                       {"i hög utsträckning", "VAGUE"},
                                                       {"i hög grad", "VAGUE"},
                                                       {"i mycket hög grad", "VAGUE"},
                                                       {"många", "VAGUE"},
                                                       {"ofta", "VAGUE"}};
  static const std::vector<Entry<std::string_view>> en{{"leads to", "CAUSAL"},
                                                       {"lead to", "CAUSAL"},
                                                       {"led to", "CAUSAL"},
                                                       {"leading to", "CAUSAL"},
                                                       {"causes", "CAUSAL"},
                                                       {"caused by", "CAUSAL"},
                                                       {"results in", "CAUSAL"},
                                                       {"because of", "CAUSAL"},
                                                       {"due to", "CAUSAL"},
                                                       {"to a large extent", "VAGUE"},
                                                       {"to a great extent", "VAGUE"},
                                                       {"to a high degree", "VAGUE"},
                                                       {"many", "VAGUE"},
                                                       {"often", "VAGUE"}};
  return language == Language::sv ? sv : en;
}

bool year(const Word& word) {
  return word.whole_number() && word.length == 4 && word.digits >= 1900 && word.digits < 2100;
}

bool number_at(const Words& words, std::size_t at) { return at < words.size() && words[at].kind == Word::Kind::number; }

bool mark_at(const Words& words, std::size_t at, std::string_view mark) {
  return at < words.size() && words[at].is(mark);
}

// Which words are free: quoted, introduced as a question, or inside a bound range.
class FreeWords {
 public:
  FreeWords(std::string_view text, const Words& words, Language language, const std::vector<TextRange>& bound)
      : free_(words.size(), false) {
    mark_quotations(text, words);
    mark_questions(text, words, language);
    for (std::size_t i = 0; i < words.size(); ++i)
      for (const TextRange& range : bound)
        if (words[i].offset < range.offset + range.length && range.offset < words[i].offset + words[i].length)
          free_[i] = true;
  }

  bool at(std::size_t word) const { return free_[word]; }

 private:
  // ”…”, “…”, "…" and «…», at most to the end of the paragraph, so that a lone mark frees nothing.
  void mark_quotations(std::string_view text, const Words& words) {
    static constexpr std::array<std::array<std::string_view, 2>, 6> pairs{
        {{"”", "”"}, {"“", "”"}, {"\"", "\""}, {"«", "»"}, {"»", "»"}, {"„", "“"}}};
    for (std::size_t i = 0; i < words.size(); ++i)
      for (const auto& [open, close] : pairs) {
        if (!words[i].is(open)) continue;
        std::size_t end = i + 1;
        while (end < words.size() && !words[end].is(close)) ++end;
        if (end == words.size() ||
            text.substr(words[i].offset, words[end].offset - words[i].offset).find("\n\n") != text.npos)
          continue;
        std::fill(free_.begin() + static_cast<std::ptrdiff_t>(i), free_.begin() + static_cast<std::ptrdiff_t>(end) + 1,
                  true);
        i = end;
        break;
      }
  }

  void mark_questions(std::string_view text, const Words& words, Language language) {
    for (std::size_t i = 0; i < words.size(); ++i) {
      if (longest(words, i, question_introductions(language)) == 0) continue;
      const std::size_t line_end = std::min(text.find('\n', words[i].offset), text.size());
      for (; i < words.size() && words[i].offset < line_end; ++i) free_[i] = true;
    }
  }

  std::vector<bool> free_;
};

// A number that is a date, year, time, footnote or reference: how many words it takes, else 0.
std::size_t calendar_or_reference(const Words& words, std::size_t at, Language language) {
  if (!number_at(words, at)) {
    const std::size_t reference = longest(words, at, reference_words(language));
    if (reference > 0 && number_at(words, at + reference) && words[at + reference].whole_number()) return reference + 1;
    const std::size_t month = longest(words, at, months(language));
    if (month > 0 && number_at(words, at + month) && words[at + month].digits <= 31) return month + 1;  // March 31
    return 0;
  }
  if (words[at].glued) return 1;
  const bool iso_date = year(words[at]) && mark_at(words, at + 1, "-") && number_at(words, at + 2) &&
                        mark_at(words, at + 3, "-") && number_at(words, at + 4);
  if (iso_date) return 5;
  if (words[at].whole_number() && words[at].digits <= 31) {
    if (const std::size_t month = longest(words, at + 1, months(language)); month > 0) return 1 + month;  // 31 mars
    const bool day_range = (mark_at(words, at + 1, "–") || mark_at(words, at + 1, "-")) && number_at(words, at + 2) &&
                           longest(words, at + 3, months(language)) > 0;
    if (day_range) return 3 + longest(words, at + 3, months(language));
    if (mark_at(words, at + 1, ":") && number_at(words, at + 2) && words[at].digits < 24) return 3;  // 9:30
  }
  if (year(words[at]) && longest(words, at + 1, lexicon(language).percent) == 0 &&
      !(at + 1 < words.size() && longest(words, at + 1, lexicon(language).out_of) > 0 && number_at(words, at + 2)))
    return 1;
  if (mark_at(words, at + 1, "§") || mark_at(words, at + 1, "kap")) return 2;  // 5 kap. 3 §
  return 0;
}

// "1." or "1)" at the start of a line.
bool list_number(std::string_view text, const Words& words, std::size_t at) {
  if (!number_at(words, at) || !(mark_at(words, at + 1, ".") || mark_at(words, at + 1, ")"))) return false;
  const std::size_t line = text.substr(0, words[at].offset).rfind('\n');
  const std::size_t start = line == text.npos ? 0 : line + 1;
  return text.substr(start, words[at].offset - start).find_first_not_of(" \t") == text.npos &&
         words[at + 1].offset + 1 < text.size() && text[words[at + 1].offset + 1] == ' ';
}

TextFinding finding(std::string_view text, const Words& words, std::size_t first, std::size_t count,
                    std::string_view kind) {
  const Word& last = words[first + count - 1];
  const std::size_t length = last.offset + last.length - words[first].offset;
  return {words[first].offset, length, std::string(text.substr(words[first].offset, length)), std::string(kind)};
}

// A quantity must not reach into words that are free, nor be a hedge before a year ("över 2023").
bool reportable(const Words& words, const FreeWords& free, std::size_t at, const Quantity& q) {
  if (q.everyday) return false;
  for (std::size_t i = at; i < at + q.words; ++i)
    if (free.at(i)) return false;
  return q.amount != Amount::count || !year(words[at + q.words - 1]);
}

// Words that compare state something where they say how many times or points, or of whom: "vanligare bland kvinnor än
// bland män". "Fler" and "vanligare" alone are everyday words.
std::size_t comparison_of(const Words& words, const FreeWords& free, std::size_t at, Language language) {
  const auto comparison = comparison_at(words, at, language, Policy::sv_press);
  if (!comparison) return 0;
  const Phrases& among = lexicon(language).among;
  const std::size_t after = at + comparison->joint + 1;
  const bool of_whom = comparison->joint > 0 && longest(words, after, among) > 0;
  if (!comparison->quantity && !of_whom) return 0;
  const std::size_t length = comparison->quantity ? comparison->what : comparison->words;
  for (std::size_t i = at; i < at + length; ++i)
    if (free.at(i)) return 0;
  return length;
}

}  // namespace

std::vector<TextFinding> find_unbound(std::string_view text, Language language, const std::vector<TextRange>& bound) {
  const Words words = words_of(text, language);
  const FreeWords free(text, words, language, bound);
  std::vector<TextFinding> found;
  for (std::size_t at = 0; at < words.size(); ++at) {
    if (free.at(at)) continue;
    if (const std::size_t skipped = calendar_or_reference(words, at, language); skipped > 0) {
      at += skipped - 1;
      continue;
    }
    if (list_number(text, words, at)) continue;
    if (const std::size_t compared = comparison_of(words, free, at, language); compared > 0) {
      found.push_back(finding(text, words, at, compared, name_of(PhraseKind::comparison)));
      at += compared - 1;
    } else if (const auto q = quantity_at(words, at, language); q && reportable(words, free, at, *q)) {
      found.push_back(finding(text, words, at, q->words, name_of(kind_of(*q))));
      at += q->words - 1;
    } else if (!q && number_at(words, at)) {
      found.push_back(finding(text, words, at, 1, "count"));  // a number with decimals
    }
  }
  return found;
}

std::vector<TextFinding> find_lint(std::string_view text, Language language) {
  const Words words = words_of(text, language);
  const FreeWords free(text, words, language, {});
  std::vector<TextFinding> found;
  for (std::size_t at = 0; at < words.size(); ++at) {
    if (free.at(at)) continue;
    const auto lint = longest(words, at, lint_words(language));
    if (lint) {
      found.push_back(finding(text, words, at, lint.words, lint.meaning));
      at += lint.words - 1;
    } else if (const auto q = quantity_at(words, at, language); q && q->intensified && !q->everyday) {
      const std::size_t intensifier = longest(words, at, lexicon(language).intensifiers);
      found.push_back(finding(text, words, at, intensifier, "INTENS"));
      at += intensifier - 1;
    }
  }
  return found;
}

}  // namespace enkat
