#pragma once

#include <optional>
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

/// A fraction with a name: "två tredjedelar", "every third".
struct NamedShare {
  Amount amount;
  std::int64_t number;
  std::int64_t of;
  bool everyday;
};

/// The words for numbers, hedges, shares and places in one language.
struct Lexicon {
  std::vector<Entry<int>> numbers;          ///< "nio"
  std::vector<Entry<int>> parts;            ///< "tredjedel", "tredjedelar": the denominator
  std::vector<Entry<int>> every;            ///< "tredje" after "var"
  std::vector<std::string_view> every_one;  ///< "var", "every"
  std::vector<Entry<Hedge>> hedges;
  std::vector<Entry<Hedge>> hedges_after;  ///< "eller fler"
  std::vector<std::string_view> up_to;
  std::vector<std::string_view> intensifiers;
  std::vector<std::string_view> out_of;  ///< "av", "out of"
  std::vector<std::string_view> percent;
  std::vector<std::string_view> between;
  std::vector<std::string_view> and_;  ///< between the ends of a range
  std::vector<Entry<NamedShare>> shares;
  std::vector<std::string_view> articles;  ///< before a superlative
  std::vector<std::string_view> superlatives;
  std::vector<std::string_view> first_place;
};

const Lexicon& lexicon(Language language);

/// How many of `words` from `at` on spell `phrase`; 0 when they do not.
std::size_t spelled(const std::vector<Word>& words, std::size_t at, std::string_view phrase);

/// The longest of `phrases` that starts at `at`, in words; 0 when none does.
std::size_t longest(const std::vector<Word>& words, std::size_t at, const std::vector<std::string_view>& phrases);

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
