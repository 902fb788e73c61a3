#include "enkat/report/says_comparison.hpp"

#include <algorithm>
#include <cmath>

#include "enkat/basics/joined.hpp"
#include "enkat/report/sentences.hpp"

namespace enkat {
namespace {

class Writer : Sentences {
 public:
  Writer(const Verdict& verdict, const Comparison& words, const Claim& claim, bool numbers)
      : Sentences(verdict, claim), v_(verdict), words_(words), sides_(claim.compared), numbers_(numbers) {}

  std::string write() const { return quoted(v_.text) + covers() + ". " + found() + instead() + beyond() + synthetic(); }

 private:
  bool of_ratio() const { return words_.measure == Measure::ratio; }
  bool of_percent() const { return words_.quantity && words_.quantity->amount == Amount::percent; }
  std::string points(double value) const {
    return value == 1 ? of(" procentenhet", " percentage point") : of(" procentenheter", " percentage points");
  }

  // Points, times or per cent, without the sign: which way is said by the words themselves.
  std::string size(Rational value) const {
    if (!of_ratio()) return shortest(std::abs(100 * value.value()));
    return of_percent() ? shortest(std::abs(100 * (value.value() - 1))) : shortest(value.value());
  }

  std::string unit() const {
    if (!of_ratio()) return points(0);
    return of_percent() ? of(" procent", " per cent") : of(" gånger", " times");
  }

  std::string covers() const {
    const Cover& c = words_.cover;
    const Rational same = of_ratio() ? 1 : 0;
    const bool to_the_end = c.high == unlimited || (!of_ratio() && c.high == Rational(1));
    const bool from_the_start = of_ratio() ? c.low == Rational(0) : c.low == Rational(-1);
    const std::string what = numbers_ ? of("antal", "number") : of("andel", "share");
    if (c.low == same && to_the_end && c.low_closed)
      return of(numbers_ ? " betyder ett lika stort eller större " : " betyder en lika stor eller större ",
                " means an equal or larger ") +
             what;
    if (c.low == same && to_the_end)
      return of(numbers_ ? " betyder ett större " : " betyder en större ", " means a larger ") + what;
    if (c.high == same && from_the_start && c.high_closed)
      return of(numbers_ ? " betyder ett lika stort eller mindre " : " betyder en lika stor eller mindre ",
                " means an equal or smaller ") +
             what;
    if (c.high == same && from_the_start)
      return of(numbers_ ? " betyder ett mindre " : " betyder en mindre ", " means a smaller ") + what;
    if (c.low == same && c.high == same)
      return numbers_ ? of(" betyder exakt lika många", " means exactly as many")
                      : of(" betyder exakt lika stora andelar", " means exactly equal shares");
    if (words_.ratio) return alike();
    const std::string means = of(" omfattar ", " covers ");
    if (c.low == c.high) return means + of("exakt ", "exactly ") + size(c.low) + unit();
    // 20 procent färre: between .795 and .805 times as many
    const bool less = (of_percent() || !of_ratio()) && c.high <= same;
    if (less ? from_the_start : to_the_end) {
      const bool closed = less ? c.high_closed : c.low_closed;
      return means + (closed ? of("minst ", "at least ") : of("mer än ", "more than ")) + size(less ? c.high : c.low) +
             unit();
    }
    if (from_the_start)
      return means + (c.high_closed ? of("högst ", "at most ") : of("mindre än ", "less than ")) + size(c.high) +
             unit();
    return means + size(less ? c.high : c.low) + "–" + size(less ? c.low : c.high) + unit();
  }

  // lika, nästan lika: by points and by per cent at once.
  std::string alike() const {
    const std::string points_apart = size(words_.cover.low) + unit();
    if (words_.cover.high == Rational(0))
      return of(" betyder att den första andelen är mindre än den andra, med högst ",
                " means that the first share is smaller than the other, by at most ") +
             points_apart + of(" och högst ", " and ") + shortest(100 * (1 - words_.ratio->low.value())) +
             of(" procent", " per cent");
    return of(" betyder att andelarna skiljer sig åt med högst ", " means that the shares differ by at most ") +
           points_apart + of(" och att den större är högst ", ", the larger being at most ") +
           shortest(100 * (words_.ratio->high.value() - 1)) +
           of(" procent större än den mindre", " per cent larger than the smaller");
  }

  std::string percent(std::int64_t whole, const std::optional<std::int64_t>& unweighted) const {
    return number(whole) + of(" procent", " per cent") +
           (unweighted ? of(" (utan vikter ", " (without weights ") + number(*unweighted) + ")" : "");
  }

  // What a share is of: the answers, and the question where the sides are about two.
  std::string answers(const ComparedSide& side) const {
    std::vector<std::string> named;
    for (const std::string& answer : side.answers) named.push_back(quoted(answer));
    const std::string text = joined(named, of(" eller ", " or "));
    return side.question.empty() ? text : text + " (" + side.question + ")";
  }

  // "… bland kvinnor och … bland män", "… för ”ja” och … för ”nej”".
  std::string sides(const std::string& first, const std::string& second) const {
    const std::string among = of(" bland ", " among "), to = of(" för ", " for "), and_ = of(" och ", " and ");
    const auto asked = [&](const ComparedSide& side) { return side.answers.empty() ? "" : to + answers(side); };
    const bool one_base = !sides_.groups && v_.n == v_.than_n;
    const std::string of_first = one_base ? "" : among + people(sides_.first.group, numbers_ ? std::nullopt : v_.n);
    const std::string of_second = among + people(sides_.second.group, numbers_ ? std::nullopt : v_.than_n);
    return first + asked(sides_.first) + of_first + and_ + second + asked(sides_.second) + of_second;
  }

  std::string found() const {
    if (too_few_respondents())
      return of("För få har svarat för att siffrorna ska visas.", "Too few answered for the figures to be shown.");
    const std::string figures =
        numbers_ ? of("Antalet är ", "The number is ") + sides(number(*v_.count), number(*v_.than_count))
                 : of("Andelen är ", "The share is ") +
                       sides(percent(*v_.percent, v_.unweighted), percent(*v_.than_percent, v_.than_unweighted));
    return figures + ", " + measured() + so_respondents();
  }

  // The ratio or difference itself, with as many decimals as show on which side of the words it lies.
  std::string measured() const {
    const double value = *v_.estimate;
    if (value >= unlimited.value())
      return of("vilket inte går att räkna om till gånger", "which is no number of times");
    const std::string weighted = numbers_ && v_.unweighted ? of(" med vikter", " with weights") : "";
    if (of_ratio()) {
      const int shown = std::abs(value - std::round(value)) < 1e-9 ? 0 : decimals_of(value, 1, words_.cover, 1);
      return of("det vill säga ", "that is, ") + decimal(value, shown) + times_what() + weighted;
    }
    const double size = 100 * value;
    const int shown = decimals_of(size, 0, words_.cover, 100);
    return of("en skillnad på ", "a difference of ") + decimal(std::abs(size), shown) +
           points(shown == 0 ? std::abs(std::round(size)) : 0);
  }

  std::string times_what() const {
    return numbers_ ? of(" gånger så många", " times as many") : of(" gånger så stor andel", " times as large a share");
  }

  int decimals_of(double value, int least, const Cover& cover, double scale) const {
    const bool holds = cover.contains(value / scale);
    for (int shown = least; shown < 3; ++shown) {
      const double power = std::pow(10, shown);
      if (cover.contains(std::round(value * power) / power / scale) == holds) return shown;
    }
    return 3;
  }

  std::string beyond() const {
    if (too_few_respondents()) return "";
    if (too_few_for_others()) return nothing_of_others();
    if (!v_.ci_low) return "";
    std::string text = in_random_sample();
    if (of_ratio()) {
      text += decimal(*v_.ci_low, 1) + "–" + decimal(*v_.ci_high, 1) + times_what();
    } else {
      // A sign is needed only where it is open which share is the larger.
      const bool turned = *v_.ci_high <= 0;
      const double low = 100 * (turned ? -*v_.ci_high : *v_.ci_low), high = 100 * (turned ? -*v_.ci_low : *v_.ci_high);
      text += of("en skillnad på ", "a difference of ") +
              (low < 0 ? of("mellan ", "between ") + decimal(low, 0) + of(" och ", " and ") : decimal(low, 0) + "–") +
              decimal(high, 0) + points(0);
    }
    text += so_population();
    if (!v_.population) return text;
    return text +
           robustness(of("de som håller med i gruppen ", "those who agree in the group ") + quoted(sides_.first.group),
                      of("övriga där", "the others there"));
  }

  const Verdict& v_;
  const Comparison& words_;
  const ComparedSides& sides_;
  bool numbers_;
};

}  // namespace

std::string says_comparison(const Verdict& verdict, const Comparison& words, const Claim& claim, bool numbers) {
  return Writer(verdict, words, claim, numbers).write();
}

}  // namespace enkat
