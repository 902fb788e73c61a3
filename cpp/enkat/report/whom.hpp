#pragma once

#include "enkat/report/amounts.hpp"

namespace enkat {

/// How many words from `at` on say whom a quantity is about, and nothing else: "av de svarande", "socialsekreterare".
///
/// At most three words that are no words of quantities, comparisons, units or joints of sentences in either language;
/// at once after "9 av 10", "de flesta", a number or a place, else after "av": "40 procent lägre" is no 40 per cent of
/// those who are "lägre".
std::size_t whom_at(const Words& words, std::size_t at, const Quantity& quantity, Language language);

/// Whether a word can say who is meant: no word of number, comparison, time, money or answering.
bool names_somebody(const Word& word, Language language);

/// Whether the language has the word among those of amounts, those that are counted, and those that stand between them.
bool is_known(const Word& word, Language language);

}  // namespace enkat
