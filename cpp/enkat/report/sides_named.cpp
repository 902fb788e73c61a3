#include "enkat/report/sides_named.hpp"

#include <algorithm>
#include <set>

#include "enkat/basics/edit_distance.hpp"
#include "enkat/report/lexicon.hpp"

namespace enkat {
namespace {

using Texts = std::vector<std::string>;

// The words of a side's group and answers that the other does not have.
Texts names_of(const ComparedSide& side, const ComparedSide& other, Language language) {
  const auto words = [&](const ComparedSide& one) {
    std::set<std::string> texts;
    for (const std::string& label : one.names)
      for (const Word& word : words_of(label, language))
        if (word.kind == Word::Kind::word) texts.insert(word.text);
    return texts;
  };
  const std::set<std::string> own = words(side), foreign = words(other);
  Texts names;
  std::ranges::set_difference(own, foreign, std::back_inserter(names));
  return names;
}

// How many letters differ between the words and the names that are most alike, and whether they are much alike.
struct Likeness {
  std::size_t distance = 20;
  bool alike = false;
};

Likeness likeness(const Texts& words, const Texts& names) {
  Likeness best;
  for (const std::string& word : words)
    for (const std::string& name : names)
      if (const std::size_t distance = edit_distance(word, name); distance < best.distance)
        best = {distance, distance <= std::max(word.size(), name.size()) / 3};
  return best;
}

}  // namespace

bool names_sides_turned(const Phrase& phrase, const ComparedSides& sides, Language language) {
  const Comparison& comparison = *phrase.comparison;
  const std::vector<Word> words = words_of(phrase.text, language);
  const Phrases& between = lexicon(language).between;
  const auto part = [&](std::size_t from, std::size_t to) {
    Texts texts;
    for (std::size_t at = from; at < to; ++at)
      if (std::ranges::find(between, words[at].text) == between.end()) texts.push_back(words[at].text);
    return texts;
  };
  const bool joined = comparison.joint > 0;  // "… than …"; else "more common among men"
  const Texts before = part(comparison.what, joined ? comparison.joint : words.size());
  const Texts after = joined ? part(comparison.joint + 1, comparison.words) : Texts();
  const Texts first = names_of(sides.first, sides.second, language);
  const Texts second = names_of(sides.second, sides.first, language);
  if (first.empty() || second.empty() || (before.empty() && after.empty())) return false;
  if (before.empty() || after.empty()) {  // one side is named: is it the other one?
    const Texts& named = before.empty() ? after : before;
    const Likeness right = likeness(named, before.empty() ? second : first);
    const Likeness wrong = likeness(named, before.empty() ? first : second);
    return wrong.alike && wrong.distance < right.distance;
  }
  const Likeness turned_first = likeness(before, second), turned_second = likeness(after, first);
  const std::size_t straight = likeness(before, first).distance + likeness(after, second).distance;
  const std::size_t turned = turned_first.distance + turned_second.distance;
  return (turned_first.alike || turned_second.alike) && 2 * turned <= straight;
}

}  // namespace enkat
