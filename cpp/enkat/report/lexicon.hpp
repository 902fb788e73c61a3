#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "enkat/report/quantity.hpp"

namespace enkat {

/// A run of words, written with single spaces, and what it means.
template <class Meaning>
struct Entry {
  std::string_view words;
  Meaning meaning;
};

/// The words around the ends of a range: "mellan" … "och" …; without the first, as in "8–9 av 10", the ends are
/// rounded.
struct RangeWords {
  std::string_view opening;
  std::string_view middle;
};

using Phrases = std::vector<std::string_view>;

/// A word that says which of two is more.
struct Comparative {
  int sign = 1;               ///< −1: which is less
  std::string_view opposite;  ///< "färre" of "fler"
  std::string_view same;      ///< "många", of "lika många"
  bool people = false;        ///< said of a number of people: "fler"
};

/// What may be as much: "många" after "dubbelt så" and "lika".
struct AsMuch {
  std::string_view more, fewer;
  bool people = false;
};

/// The words for numbers, hedges, shares and places in one language.
struct Lexicon {
  Language language;

  std::vector<Entry<std::int64_t>> numerals;  ///< "nio", "nittio", "hundra", "tusen": what numbers are made of
  Phrases one_before_scale;                   ///< "a" hundred
  Phrases numeral_joints;                     ///< twenty "-" three, two hundred "and" five
  Phrases halves;                             ///< "en halv" procent
  Phrases and_a_half;                         ///< två "och en halv" procent

  std::vector<Entry<std::int64_t>> parts;  ///< "tredjedel", "tredjedelar": the denominator
  Phrases one_part;                        ///< "a" third
  std::vector<Entry<Hedge>> part_hedges;   ///< en "dryg" tredjedel
  std::vector<Entry<std::int64_t>> every;  ///< "tredje" after "var"
  Phrases every_one;                       ///< "var", "every"
  Phrases out_of;                          ///< "av", "out of"
  Phrases percent;
  std::vector<RangeWords> ranges;
  Phrases either;                       ///< 8 "eller" 9 av 10
  std::vector<Entry<Quantity>> shares;  ///< "hälften", "de flesta"
  Phrases virtually;                    ///< "så gott som" alla, ingen

  std::vector<Entry<Hedge>> hedges;
  std::vector<Entry<Hedge>> hedges_after;  ///< "eller fler"
  Phrases negations;                       ///< "inte" mer än
  Phrases slightly;                        ///< "lite" mer än
  Phrases far;                             ///< "långt" över
  Phrases up_to;
  Phrases intensifiers;  ///< "hela", "bara"

  Phrases articles;  ///< before a superlative
  Phrases plural;    ///< of them: the article of several
  Phrases among;     ///< "bland" de tre viktigaste
  Phrases superlatives;
  Phrases top;                                ///< "topp" tre
  std::vector<Entry<std::int64_t>> ordinals;  ///< "näst" vanligast
  std::vector<Entry<std::int64_t>> places;    ///< "första plats"
  Phrases place;                              ///< "plats" 2
  Phrases before_place;                       ///< "på" första plats

  std::vector<Entry<std::int64_t>> times_names;  ///< "dubbelt", "twice"
  Phrases times;                                 ///< tre "gånger"
  Phrases points;                                ///< 10 "procentenheter"
  Phrases so;                                    ///< dubbelt "så", twice "as"
  Phrases equally;                               ///< "lika" många
  std::vector<Entry<AsMuch>> as_much;            ///< dubbelt så "många"
  Phrases the_same;                              ///< "samma andel"
  Phrases the_share;                             ///< dubbla "andelen", twice "the share"
  std::vector<Entry<Comparative>> comparatives;  ///< "fler", "vanligare"
  Phrases a_share;                               ///< "en" större andel
  std::string_view than;                         ///< fler kvinnor "än" män
  std::string_view as;                           ///< lika många kvinnor "som" män
  Phrases between;                               ///< words that may stand among those who are compared

  Phrases of_whom;       ///< "av", "av dem"
  Phrases of_the;        ///< "av de" svarande: someone must follow
  Phrases who_answered;  ///< av dem "som svarat"
  Phrases persons;       ///< whom one always counts: en "person"
  Phrases not_nouns;     ///< words that turn an amount into another, so that they never say whom it is about
  Phrases not_noun_stems;
};

const Lexicon& lexicon(Language language);

/// Every word by which quantities are stated, each once.
const Phrases& vocabulary(Language language);

/// How many of `words` from `at` on spell `phrase`; 0 when they do not.
std::size_t spelled(const std::vector<Word>& words, std::size_t at, std::string_view phrase);

/// The longest of `phrases` that starts at `at`, in words; 0 when none does.
std::size_t longest(const std::vector<Word>& words, std::size_t at, const Phrases& phrases);

/// The longest of `entries` that starts at `at`.
template <class Meaning>
struct Found {
  Meaning meaning{};
  std::size_t words = 0;
  explicit operator bool() const { return words > 0; }
};

template <class Meaning>
Found<Meaning> longest(const std::vector<Word>& words, std::size_t at, const std::vector<Entry<Meaning>>& entries) {
  Found<Meaning> found;
  for (const Entry<Meaning>& entry : entries)
    if (const std::size_t length = spelled(words, at, entry.words); length > found.words)
      found = {entry.meaning, length};
  return found;
}

}  // namespace enkat
