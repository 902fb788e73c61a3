#pragma once

#include <cstdint>
#include <string>

#include "enkat/report/phrase.hpp"

namespace enkat {

/// A share in whole people: "9 av 10", and the figures to draw it with.
struct NaturalFrequency {
  std::string phrase;
  std::int64_t number = 0;
  std::int64_t of = 10;
};

/// `count` of `n` as the nearest fraction that people say: tenths, ¼, ⅓, ½, ⅔ and ¾; "färre än 1 av 10" and "nästan
/// alla" at the ends, "alla" and "ingen" only when that is exact. An EstimateError where n is not positive.
NaturalFrequency natural_frequency(std::int64_t count, std::int64_t n, Language language);

/// A share said as strongly as `policy` allows: a natural frequency where its words cover the share, else whole
/// percents. What it writes, read_phrase reads as covering `count` of `n` ("alla" and "ingen" included).
std::string true_phrase(std::int64_t count, std::int64_t n, Policy policy, Language language);

/// `count` of `n` as whole percents: "40 procent".
std::string percent_phrase(std::int64_t count, std::int64_t n, Language language);

}  // namespace enkat
