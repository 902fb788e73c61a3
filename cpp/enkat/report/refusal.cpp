#include "enkat/report/refusal.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "enkat/basics/edit_distance.hpp"
#include "enkat/basics/error.hpp"
#include "enkat/basics/joined.hpp"
#include "enkat/report/lexicon.hpp"

namespace enkat {
namespace {

constexpr std::size_t most_words = 12;  // of a text for which near phrases are looked for
constexpr std::size_t most_shown = 3;

struct Near {
  std::string text;
  std::size_t distance;
};

bool is_phrase(const std::string& text, Language language) { return understood(read_words(text, language)); }

bool is_number(const Reading& reading) { return reading.quantity && reading.quantity->amount == Amount::count; }

// Two words are near when few letters differ, or when one begins the other: "procentenheter" and "procent".
bool near(std::string_view a, std::string_view b, std::size_t distance) {
  if (std::min(a.size(), b.size()) >= 4 && (a.starts_with(b) || b.starts_with(a))) return true;
  return distance <= std::max<std::size_t>(1, std::max(a.size(), b.size()) / 3);
}

// The phrases that `text` becomes when one word is put right.
void add_corrected(std::vector<Near>& found, const std::string& text, const Reading& reading, Language language) {
  for (const Word& word : reading.words) {
    if (word.kind != Word::Kind::word) continue;
    for (const std::string_view known : vocabulary(language)) {
      const std::size_t distance = edit_distance(word.text, known);
      if (known.size() == 1 || distance == 0 || !near(word.text, known, distance)) continue;
      std::string corrected = text;
      corrected.replace(word.offset, word.length, known);
      const Reading right = read_words(corrected, language);
      if (understood(right) && (reading.quantity || !is_number(right))) found.push_back({corrected, distance});
    }
  }
}

// The phrases that are left when words that stand together are taken out: those at the end, or such that words of
// amount are left. A number alone is another claim.
void add_shortened(std::vector<Near>& found, const std::string& text, const Reading& reading, Language language) {
  const std::vector<Word>& words = reading.words;
  for (std::size_t from = 0; from < words.size(); ++from)
    for (std::size_t to = from; to < words.size(); ++to) {
      const std::size_t begin = words[from].offset;
      const std::size_t end = to + 1 < words.size() ? words[to + 1].offset : text.size();
      std::string shortened = text.substr(0, begin);
      while (!shortened.empty() && shortened.back() == ' ') shortened.pop_back();
      if (!shortened.empty() && end < text.size()) shortened += ' ';
      shortened += text.substr(end);
      const Reading left = read_words(shortened, language);
      if (!understood(left) || is_number(left)) continue;
      const bool says_of_nobody = longest(left.words, left.words.size() - 1, lexicon(language).of_whom) > 0;
      if (says_of_nobody) continue;
      if (to + 1 == words.size() || left.comparison || left.quantity->words == left.words.size())
        found.push_back({shortened, end - begin});
    }
}

// Times and points with what they lack: "tre gånger vanligare" may be three or four times, "tre gånger så vanligt" may
// not.
void add_completed(std::vector<Near>& found, const std::string& text, const Reading& reading, Language language) {
  const auto quantity = quantity_at(reading.words, 0, language);
  if (!quantity || kind_of(*quantity) != PhraseKind::comparison) return;
  const Lexicon& l = lexicon(language);
  const Word& last = reading.words[quantity->words - 1];
  const bool named = quantity->words == 1 && quantity->amount == Amount::times;  // dubbla: dubbelt så många
  const std::string amount =
      (named ? std::string(l.times_names.front().words) : text.substr(0, last.offset + last.length)) + " ";
  const auto comparative = longest(reading.words, quantity->words, l.comparatives);
  const std::string_view same = comparative ? comparative.meaning.same : l.as_much.front().words;
  const std::string lacking = quantity->amount == Amount::points ? std::string(l.comparatives.front().words)
                                                                 : std::string(l.so.front()) + " " + std::string(same);
  if (is_phrase(amount + lacking, language)) found.push_back({amount + lacking, 0});
}

// The named shares that are spelled much like the whole text.
void add_named(std::vector<Near>& found, const std::string& text, Language language) {
  for (const auto& share : lexicon(language).shares) {
    const std::size_t distance = edit_distance(text, share.words);
    if (distance <= std::max<std::size_t>(1, text.size() / 3)) found.push_back({std::string(share.words), distance});
  }
}

std::string near_phrases(const std::string& text, const Reading& reading, Language language) {
  std::vector<Near> found;
  if (reading.words.size() <= most_words) {
    add_completed(found, text, reading, language);
    add_corrected(found, text, reading, language);
    add_shortened(found, text, reading, language);
    add_named(found, text, language);
  }
  std::ranges::stable_sort(found, {}, &Near::distance);
  std::vector<std::string> shown;
  for (const Near& candidate : found) {
    if (shown.size() == most_shown || std::ranges::find(shown, candidate.text) != shown.end()) continue;
    shown.push_back(candidate.text);
  }
  return quoted(shown, " or ");
}

// The words that no rule takes.
std::string not_understood(const std::string& text, const Reading& reading) {
  return text.substr(reading.words[reading.understood].offset);
}

std::string reason(const std::string& text, const Reading& reading, Language language) {
  const bool swedish = language == Language::sv;
  if (is_phrase(text, swedish ? Language::en : Language::sv))
    return "'" + text + "' is " + (swedish ? "English" : "Swedish") + ", but words are read as " +
           (swedish ? "Swedish" : "English") + " here: write it in " + (swedish ? "Swedish" : "English") +
           ", or say language=\"" + (swedish ? "en" : "sv") + "\"";
  const auto times = quantity_at(reading.words, 0, language);
  if (times && kind_of(*times) == PhraseKind::comparison && !possible(*times))
    return "nothing can be '" + text + "': shares differ by at most 100 points, and by at most 1,000 times here";
  if (times && times->amount == Amount::times && longest(reading.words, times->words, lexicon(language).comparatives))
    return "'" + text + "' may mean as many times or once more";
  if (!reading.quantity && !reading.comparison)
    return "'" + text + "' states no share, percent, threshold, place, number or comparison that can be checked";
  if (reading.quantity && reading.quantity->words == reading.words.size() &&
      kind_of(*reading.quantity) == PhraseKind::comparison)
    return "'" + text + "' compares, but says not what is more, less or as much";
  if (reading.comparison) return "'" + not_understood(text, reading) + "' of '" + text + "' is not understood";
  if (reading.whole() && reading.quantity->amount == Amount::count) return "no number can be '" + text + "'";
  if (reading.whole()) return "nothing can be '" + text + "': shares lie between 0 and 100 per cent";
  return "'" + not_understood(text, reading) + "' of '" + text + "' is not understood";
}

const char* examples(Language language) {
  return language == Language::sv
             ? "9 av 10, 3 av 4, var tredje, en tredjedel, hälften, mer än hälften, de flesta, en minoritet, "
               "40 procent, knappt 40 procent, mellan 40 och 45 procent, den främsta, två av de viktigaste, 1 473"
             : "9 in 10, three out of four, every third, a third, half, more than half, most of, a minority, "
               "40 per cent, nearly 40 per cent, between 40 and 45 per cent, the most important, two of the most "
               "important, 1,473";
}

}  // namespace

const char* comparison_examples(Language language) {
  return language == Language::sv
             ? "dubbelt så många, tre gånger så vanligt, hälften så många, fler, vanligare, en större andel, "
               "10 procentenheter fler, lika vanligt"
             : "twice as many, three times as common, half as many, more, more often, a larger share, "
               "10 percentage points more, as common";
}

void refuse_phrase(std::string_view words, const Reading& reading, Language language) {
  const std::string text(words);
  const std::string nearest = near_phrases(text, reading, language);
  std::string message = reason(text, reading, language);
  if (!nearest.empty()) message += "; it could have been " + nearest;
  throw ReportError("report.phrase_unknown",
                    message + "; write for example " + examples(language) + "; or to compare two groups or answers " +
                        comparison_examples(language),
                    {{"text", text}, {"near", nearest}, {"examples", examples(language)}});
}

}  // namespace enkat
