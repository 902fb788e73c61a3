#include "enkat/report/natural_frequency.hpp"

#include <array>

#include "enkat/basics/error.hpp"
#include "enkat/basics/whole_percent.hpp"

namespace enkat {
namespace {

// The fractions people say, in order.
constexpr std::array<Rational, 13> spoken{Rational{1, 10}, Rational{2, 10}, Rational{1, 4}, Rational{3, 10},
                                          Rational{1, 3},  Rational{4, 10}, Rational{1, 2}, Rational{6, 10},
                                          Rational{2, 3},  Rational{7, 10}, Rational{3, 4}, Rational{8, 10},
                                          Rational{9, 10}};

// A share half-way between two goes to the larger, as phrases hold their lower end.
Rational nearest_spoken(Rational share) {
  Rational best = spoken.front();
  for (const Rational candidate : spoken)
    if (share >= (best + candidate) * Rational(1, 2)) best = candidate;
  return best;
}

// In tenths unless it is a third, a quarter or a half.
NaturalFrequency spelled(Rational share, Language language) {
  if (share == Rational(1, 2)) return {Bilingual{"hälften", "half"}.in(language), 1, 2};
  std::int64_t of = share.denominator;
  std::int64_t number = share.numerator;
  if (of == 5) of = 10, number *= 2;
  const Bilingual between{" av ", " in "};
  return {std::to_string(number) + between.in(language) + std::to_string(of), number, of};
}

void require_base(std::int64_t count, std::int64_t n) {
  if (n <= 0 || count < 0 || count > n)
    throw EstimateError("report.empty_share", "a share needs a base and a count within it",
                        {{"count", count}, {"n", n}});
}

}  // namespace

NaturalFrequency natural_frequency(std::int64_t count, std::int64_t n, Language language) {
  require_base(count, n);
  const Rational share(count, n);
  if (count == 0) return {Bilingual{"ingen", "none"}.in(language), 0, 10};
  if (count == n) return {Bilingual{"alla", "all"}.in(language), 10, 10};
  if (share < Rational(1, 20)) return {Bilingual{"färre än 1 av 10", "fewer than 1 in 10"}.in(language), 0, 10};
  if (share >= Rational(19, 20)) return {Bilingual{"nästan alla", "nearly all"}.in(language), 10, 10};
  return spelled(nearest_spoken(share), language);
}

std::string percent_phrase(std::int64_t count, std::int64_t n, Language language) {
  require_base(count, n);
  return std::to_string(whole_percent(count, n)) +  // half up, as phrases hold their lower end
         Bilingual{" procent", " per cent"}.in(language);
}

std::string true_phrase(std::int64_t count, std::int64_t n, Policy policy, Language language) {
  std::string phrase = natural_frequency(count, n, language).phrase;
  if (read_phrase(phrase, policy, language).contains(count, n)) return phrase;
  return percent_phrase(count, n, language);
}

}  // namespace enkat
