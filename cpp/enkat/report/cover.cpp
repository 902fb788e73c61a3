#include "enkat/report/cover.hpp"

#include <algorithm>

namespace enkat {
namespace {

constexpr std::int64_t most_times = 1000;  // a ratio of shares that anybody could mean
constexpr Rational half{1, 2};
constexpr Rational tenth{1, 10};
constexpr Rational twentieth{1, 20};
constexpr Rational fortieth{1, 40};

bool in_hundredths(const Quantity& q) { return q.amount == Amount::percent || q.amount == Amount::points; }

// The share that one unit of a quantity is: a hundredth for percents and points, fewer with decimals; 1/d for k of d.
Rational unit_of(const Quantity& q) {
  if (q.decimals == 0 && !in_hundredths(q)) return {1, q.of};
  std::int64_t parts = in_hundredths(q) ? 100 : 1;
  for (int i = 0; i < q.decimals; ++i) parts *= 10;
  return {1, parts};
}

Rational value_of(const Quantity& q) { return Rational(q.number) * unit_of(q); }

// The points half-way to the neighbours of `share` among the fractions people say.
Cover nearest_cell(Rational share) {
  std::vector<Rational> spoken{{1, 4}, {1, 3}, {2, 3}, {3, 4}, share};
  for (std::int64_t k = 0; k <= 10; ++k) spoken.emplace_back(k, 10);
  Rational below = share, above = share;
  for (const Rational other : spoken) {
    if (other < share && (below == share || other > below)) below = other;
    if (other > share && (above == share || other < above)) above = other;
  }
  return {(below + share) * half, (share + above) * half, true, share == Rational(1)};
}

Cover around(Rational centre, Rational width) { return {centre - width, centre + width, true, false}; }

Cover rounded_fraction(Rational share, std::int64_t of, Policy policy) {
  if (of == 1) return {share, share};  // alla, ingen
  if (policy == Policy::nearest) return nearest_cell(share);
  const Rational widest = policy == Policy::strict ? fortieth : twentieth;
  return around(share, of == 10 ? widest : std::min(Rational(1, 2 * of), widest));
}

// Half a unit of the last digit; coarser where the whole document rounds more coarsely.
Cover rounded_percent(const Quantity& q, Policy policy, int step) {
  const bool coarse = policy != Policy::strict && q.decimals == 0 && q.number % step == 0;
  return around(value_of(q), unit_of(q) * half * (coarse ? step : 1));
}

// How far whole numbers of times reach: "dubbelt" is from 1¾ times on, and "tio gånger" half a time each way.
Rational reach_of_times(const Quantity& q) { return value_of(q) < Rational(5) ? Rational(1, 4) : half; }

Cover rounded_times(const Quantity& q, Policy policy) {
  const Rational reach = q.decimals > 0 ? unit_of(q) * half : reach_of_times(q);
  return around(value_of(q), policy == Policy::strict && q.decimals == 0 ? reach * half : reach);
}

Cover rounded(const Quantity& q, Policy policy, int step) {
  if (q.amount == Amount::times) return rounded_times(q, policy);
  if (in_hundredths(q)) return rounded_percent(q, policy, step);
  return rounded_fraction(value_of(q), q.of, policy);
}

// From what the lower end covers to what the upper end covers. Two percents are never coarse.
Cover rounded_range(const Quantity& q, Policy policy, int step) {
  if (!q.is_range()) return rounded(q, policy, step);
  Quantity upper = q;
  upper.number = q.to;
  const Cover low = rounded(q, policy, 1), high = rounded(upper, policy, 1);
  return {low.low, high.high, low.low_closed, high.high_closed};
}

// How far "about", "nearly" and "just over" reach.
Rational reach(const Quantity& q) {
  if (q.amount == Amount::count) return std::max(Rational(q.number) * twentieth, Rational(1));
  if (q.amount == Amount::times) return reach_of_times(q);
  if (q.amount == Amount::points) return {1, 50};
  return q.hedge == Hedge::about && q.amount == Amount::percent ? Rational(1, 50) : twentieth;
}

// How far from X "well over" and "well under" begin; `room` is what there is on that side.
Rational distance(const Quantity& q, Rational room) {
  if (q.amount == Amount::count || q.amount == Amount::times) return Rational(q.number) * tenth;
  return std::min(tenth, room * half);
}

Cover hedged(const Quantity& q) {
  const Rational value = value_of(q);
  const bool without_end = q.amount == Amount::count || q.amount == Amount::times;
  const Rational last = without_end ? unlimited : Rational(1);
  switch (q.hedge) {
    case Hedge::more_than:
      return {value, last, false, true};
    case Hedge::at_least:
      return {value, last};
    case Hedge::well_over:
      return {value + distance(q, last - value), last};
    case Hedge::less_than:
      return {0, value, true, false};
    case Hedge::at_most:
      return {0, value};
    case Hedge::well_under:
      return {0, value - distance(q, value)};
    case Hedge::nearly:
      return {value - reach(q), value, true, false};
    case Hedge::from:
      return {value, value + reach(q), true, false};
    case Hedge::just_over:
      return {value, value + reach(q), false, false};
    case Hedge::exactly:
      return {value, value};
    case Hedge::about:
    case Hedge::none:
      break;
  }
  return around(value, reach(q));
}

// Shares lie between 0 and 1, and rounding reaches both ends.
Cover within_unit(Cover cover) {
  if (cover.low < Rational(0)) cover.low = 0, cover.low_closed = true;
  if (cover.high > Rational(1)) cover.high = 1, cover.high_closed = true;
  return cover;
}

// Whether a whole number lies within.
bool holds_a_number(const Cover& cover) {
  std::int64_t first = cover.low.numerator / cover.low.denominator;
  while (Rational(first) < cover.low || (Rational(first) == cover.low && !cover.low_closed)) ++first;
  return Rational(first) < cover.high || (Rational(first) == cover.high && cover.high_closed);
}

}  // namespace

bool Cover::contains(std::int64_t k, std::int64_t n) const {
  if (n == 0 && k > 0) return high == unlimited;  // more than any number of times nobody
  // Two shares of hundreds of thousands each: in integers, their products with the limits could overflow.
  constexpr std::int64_t largest = 10'000'000'000;
  if (std::max(k, n) > largest) return contains(static_cast<double>(k) / static_cast<double>(n));
  const std::int64_t below = k * low.denominator - low.numerator * n;
  const bool from_low = low_closed ? below >= 0 : below > 0;
  if (high == unlimited)  // in integers, products of shares would overflow
    return from_low && static_cast<double>(k) <= high.value() * static_cast<double>(n);
  const std::int64_t above = k * high.denominator - high.numerator * n;
  return from_low && (high_closed ? above <= 0 : above < 0);
}

bool Cover::contains(double share) const {
  const double a = low.value(), b = high.value();
  return (low_closed ? share >= a : share > a) && (high_closed ? share <= b : share < b);
}

Interval interval_of(const Cover& cover) {
  const bool open = cover.high == unlimited;
  return {cover.low.value(), open ? std::numeric_limits<double>::infinity() : cover.high.value()};
}

Cover covered(const Quantity& q, Policy policy, int percent_step) {
  switch (q.amount) {
    case Amount::named:
      return policy == Policy::strict && q.strict ? *q.strict : q.limits;
    case Amount::between:
      return q.limits;
    case Amount::place:
      return {q.number, q.to};
    case Amount::count:
      return q.hedge == Hedge::none ? Cover{q.number, q.to} : hedged(q);
    case Amount::times:
      return q.hedge == Hedge::none ? rounded(q, policy, percent_step) : hedged(q);
    case Amount::points:
    case Amount::fraction:
    case Amount::percent:
      break;
  }
  // Points are never coarser than they are written: a difference is no figure of the text.
  const int step = q.amount == Amount::points ? 1 : percent_step;
  return within_unit(q.hedge == Hedge::none ? rounded_range(q, policy, step) : hedged(q));
}

bool possible(const Quantity& q) {
  if (q.amount == Amount::named || q.amount == Amount::between || q.amount == Amount::place) return true;
  const Rational value = value_of(q);
  const bool below = q.hedge == Hedge::less_than || q.hedge == Hedge::nearly || q.hedge == Hedge::well_under;
  if (below && value == Rational(0)) return false;
  if (q.amount == Amount::times) return value > Rational(0) && value <= Rational(most_times);
  if (q.amount == Amount::count) {
    const bool near_nobody = value == Rational(0) && (q.hedge == Hedge::about || q.hedge == Hedge::from);
    return q.hedge == Hedge::none || (holds_a_number(hedged(q)) && !near_nobody);
  }
  const bool above = q.hedge == Hedge::more_than || q.hedge == Hedge::from || q.hedge == Hedge::just_over ||
                     q.hedge == Hedge::well_over;
  return (above ? value < Rational(1) : value <= Rational(1)) && Rational(q.to) * unit_of(q) <= Rational(1);
}

}  // namespace enkat
