#pragma once

#include "enkat/report/lexicon.hpp"

namespace enkat {

/// The whole number at word `at`, below 10^9: 1 473, "tjugotre", "two hundred and five", "2 miljoner".
Found<std::int64_t> whole_number_at(const std::vector<Word>& words, std::size_t at, const Lexicon& lexicon);

/// A number that may have decimals: 8,5 is 85 with 1.
struct Decimal {
  std::int64_t digits = 0;
  int decimals = 0;
};

/// The number at word `at`: a whole one, 8,5, "en halv" or "två och en halv".
Found<Decimal> decimal_at(const std::vector<Word>& words, std::size_t at, const Lexicon& lexicon);

}  // namespace enkat
