#include "enkat/report/lexicon.hpp"

#include <algorithm>
#include <set>

#include "enkat/report/lexicons.hpp"

namespace enkat {
namespace {

// The single words of phrases, each once.
class Collector {
 public:
  void add(std::string_view phrase) {
    while (!phrase.empty()) {
      const std::size_t end = std::min(phrase.find(' '), phrase.size());
      words_.insert(phrase.substr(0, end));
      phrase.remove_prefix(std::min(end + 1, phrase.size()));
    }
  }
  void add(const Entry<Comparative>& entry) {
    add(entry.words);
    add(entry.meaning.opposite);
  }
  void add(const RangeWords& range) {
    add(range.opening);
    add(range.middle);
  }
  template <class Meaning>
  void add(const Entry<Meaning>& entry) {
    add(entry.words);
  }
  template <class... Tables>
  void add_all(const Tables&... tables) {
    const auto one_table = [&](const auto& table) {
      for (const auto& entry : table) add(entry);
    };
    (one_table(tables), ...);
  }

  Phrases words() const { return {words_.begin(), words_.end()}; }

 private:
  std::set<std::string_view> words_;
};

Phrases words_in(const Lexicon& l) {
  Collector collector;
  collector.add_all(l.numerals, l.halves, l.and_a_half, l.parts, l.part_hedges, l.every, l.every_one, l.out_of,
                    l.percent, l.ranges, l.either, l.shares, l.virtually, l.hedges, l.hedges_after, l.negations,
                    l.slightly, l.far, l.intensifiers, l.articles, l.among, l.superlatives, l.top, l.ordinals, l.places,
                    l.place, l.before_place, l.times_names, l.times, l.points, l.so, l.equally, l.as_much, l.the_same,
                    l.the_share, l.comparatives);
  return collector.words();
}

}  // namespace

const Lexicon& lexicon(Language language) {
  static const Lexicon sv = swedish();
  static const Lexicon en = english();
  return language == Language::sv ? sv : en;
}

const Phrases& vocabulary(Language language) {
  static const Phrases sv = words_in(lexicon(Language::sv));
  static const Phrases en = words_in(lexicon(Language::en));
  return language == Language::sv ? sv : en;
}

std::size_t spelled(const std::vector<Word>& words, std::size_t at, std::string_view phrase) {
  std::size_t count = 0;
  while (!phrase.empty()) {
    const std::size_t end = std::min(phrase.find(' '), phrase.size());
    if (at + count >= words.size() || !words[at + count].is(phrase.substr(0, end))) return 0;
    phrase.remove_prefix(std::min(end + 1, phrase.size()));
    ++count;
  }
  return count;
}

std::size_t longest(const std::vector<Word>& words, std::size_t at, const Phrases& phrases) {
  std::size_t length = 0;
  for (const std::string_view phrase : phrases) length = std::max(length, spelled(words, at, phrase));
  return length;
}

}  // namespace enkat
