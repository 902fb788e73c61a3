#include "enkat/report/true_comparison.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "enkat/report/reading.hpp"

namespace enkat {
namespace {

// The numbers of times that people say.
const Phrases& spoken_times(Language language) {
  static const Phrases sv{"dubbelt",      "tre gånger",   "fyra gånger", "fem gånger", "en och en halv gång",
                          "en tredjedel", "en fjärdedel", "hälften"};
  static const Phrases en{"twice",   "three times", "four times", "five times", "one and a half times",
                          "a third", "a quarter",   "half"};
  return language == Language::sv ? sv : en;
}

class Writer {
 public:
  Writer(const Phrase& phrase, const Claim& claim, double measured)
      : phrase_(phrase),
        words_(words_of(phrase.text, claim.language)),
        made_(*phrase.comparison),
        l_(lexicon(claim.language)),
        claim_(claim),
        measured_(measured) {}

  std::vector<std::string> candidates() {
    const bool of_points = made_.quantity && made_.quantity->amount == Amount::points;
    const bool of_percent = made_.quantity && made_.quantity->amount == Amount::percent;
    if (of_points || of_percent) {
      by_so_much(of_points);
    } else if (made_.measure == Measure::ratio) {
      times();
    }
    const auto comparative = longest(words_, word_of_what(), l_.comparatives);
    if (comparative) {
      add(article() + text(word_of_what(), comparative.words), l_.than);
      add(article() + std::string(comparative.meaning.opposite), l_.than);
      if (!comparative.meaning.same.empty()) add(same(comparative.meaning.same), l_.as);
      return std::move(found_);
    }
    const auto as_much = longest(words_, word_of_what(), l_.as_much);
    if (as_much) {
      add(same(text(word_of_what(), as_much.words)), l_.as);
      add(std::string(as_much.meaning.more), l_.than);
      add(std::string(as_much.meaning.fewer), l_.than);
    } else {
      add(of("en större andel", "a larger share"), l_.than);
      add(of("en mindre andel", "a smaller share"), l_.than);
    }
    return std::move(found_);
  }

 private:
  std::string of(const char* sv, const char* en) const { return claim_.language == Language::sv ? sv : en; }

  // "många" of "dubbelt så många", "fler" of "10 procentenheter fler".
  std::size_t word_of_what() const {
    std::size_t at = made_.how_much;
    if (made_.measure == Measure::ratio && made_.quantity) at += longest(words_, at, l_.so);
    return at;
  }

  std::string text(std::size_t from, std::size_t count) const {
    if (count == 0) return "";
    const Word &first = words_[from], &last = words_[from + count - 1];
    return phrase_.text.substr(first.offset, last.offset + last.length - first.offset);
  }

  // "en" of "en betydligt större andel".
  std::string article() const {
    for (std::size_t at = 0; at < made_.how_much; ++at)
      if (longest(words_, at, l_.a_share) > 0 && !made_.quantity) return text(at, 1) + " ";
    return "";
  }

  std::string same(std::string_view what) const { return of("lika ", "as ") + std::string(what); }

  void times() {
    const std::string so = text(made_.how_much, made_.what - made_.how_much);
    for (const std::string_view spoken : spoken_times(claim_.language)) add(std::string(spoken) + " " + so, l_.as);
    if (measured_ < 1.05 || measured_ > 100) return;
    add(number(measured_, 1) + of(" gånger ", " times ") + so, l_.as);
  }

  void by_so_much(bool of_points) {
    const double exact = 100 * (of_points ? measured_ : measured_ - 1);
    const std::string unit = of_points ? of(" procentenheter ", " percentage points ") : of(" procent ", " per cent ");
    const auto comparative = longest(words_, word_of_what(), l_.comparatives);
    const bool turned = (exact < 0) != (comparative.meaning.sign < 0);
    const std::string what =
        turned ? std::string(comparative.meaning.opposite) : text(word_of_what(), comparative.words);
    if (std::abs(exact) < 0.5) return;
    // Rounded both ways: phrases hold their lower end.
    for (const double whole : {std::floor(std::abs(exact) + 0.5), std::ceil(std::abs(exact) - 0.5)}) {
      std::string points = unit;
      if (whole == 1 && of_points) points = of(" procentenhet ", " percentage point ");
      add(number(whole, 0) + points + what, l_.than);
    }
  }

  std::string number(double value, int decimals) const {
    char buffer[32];
    std::snprintf(buffer, sizeof buffer, "%.*f", decimals, value);
    std::string written = buffer;
    std::ranges::replace(written, '.', claim_.language == Language::sv ? ',' : '.');
    return written;
  }

  // Then comes who is compared, joined by "än" or "som".
  void add(std::string words, std::string_view joint) {
    for (std::size_t at = made_.what; at < made_.words; ++at)
      words += " " + (at == made_.joint ? std::string(joint) : text(at, 1));
    found_.push_back(std::move(words));
  }

  const Phrase& phrase_;
  std::vector<Word> words_;
  const Comparison& made_;
  const Lexicon& l_;
  const Claim& claim_;
  double measured_;
  std::vector<std::string> found_;
};

}  // namespace

std::optional<std::string> true_comparison(const Phrase& phrase, const Claim& claim,
                                           const std::function<bool(const Comparison&)>& holds, double measured) {
  for (const std::string& candidate : Writer(phrase, claim, measured).candidates()) {
    const Reading reading = read_words(candidate, claim.language, claim.policy);
    if (reading.whole() && reading.comparison && holds(*reading.comparison)) return candidate;
  }
  return {};
}

}  // namespace enkat
