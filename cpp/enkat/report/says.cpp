#include "enkat/report/says.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "enkat/report/sentences.hpp"

namespace enkat {
namespace {

// Builds sentences in one language.
class Writer : Sentences {
 public:
  Writer(const Verdict& verdict, const Phrase& phrase, const Claim& claim)
      : Sentences(verdict, claim), v_(verdict), phrase_(phrase), claim_(claim) {}

  std::string write() const { return covers() + " " + found() + instead() + beyond() + synthetic(); }

 private:
  std::string percent_word() const { return of(" procent", " per cent"); }
  bool about_a_rank() const { return phrase_.kind == PhraseKind::rank; }
  bool about_a_number() const { return phrase_.kind == PhraseKind::count; }

  std::string covers() const {
    if (about_a_rank()) {
      const auto first = static_cast<std::int64_t>(v_.interval->low),
                 last = static_cast<std::int64_t>(v_.interval->high);
      return quoted(v_.text) +
             (first == last ? of(" betyder plats ", " means place ") + number(last)
                            : of(" betyder plats ", " means places ") + number(first) + "–" + number(last)) +
             ".";
    }
    const bool to_the_end = phrase_.cover.high == Rational(1) && phrase_.cover.high_closed;
    const bool from_the_start = phrase_.cover.low == Rational(0) && phrase_.cover.low_closed;
    const std::string unit = about_a_number() ? "" : percent_word();
    const auto end = [&](Rational share) {
      return about_a_number() ? number(share.numerator / share.denominator) : shortest(100 * share.value());
    };
    const std::string means = quoted(v_.text) + of(" omfattar ", " covers ");
    if (phrase_.cover.low == phrase_.cover.high)
      return means + of("exakt ", "exactly ") + end(phrase_.cover.low) + unit + ".";
    if ((to_the_end || phrase_.cover.high == unlimited) && !from_the_start)
      return means + (phrase_.cover.low_closed ? of("minst ", "at least ") : of("mer än ", "more than ")) +
             end(phrase_.cover.low) + unit + ".";
    if (from_the_start && !to_the_end)
      return means + (phrase_.cover.high_closed ? of("högst ", "at most ") : of("mindre än ", "less than ")) +
             end(phrase_.cover.high) + unit + ".";
    if (phrase_.cover.low == Rational(0) && !about_a_number())  // en minoritet: some, but not half
      return means + of("mer än 0 och ", "more than 0 and ") +
             (phrase_.cover.high_closed ? of("högst ", "at most ") : of("mindre än ", "less than ")) +
             end(phrase_.cover.high) + unit + ".";
    return means + end(phrase_.cover.low) + "–" + end(phrase_.cover.high) + unit + ".";
  }

  // Whole percents; where the whole percent would fall on the other side of the line, it says on which side the share
  // is.
  std::string share() const {
    const double percent = 100 * *v_.estimate;
    const bool holds = v_.respondents_finding == Finding::holds;
    const bool misleading = phrase_.contains(*v_.percent, 100) != holds;
    std::string text = number(*v_.percent) + percent_word();
    if (misleading)
      text = (static_cast<double>(*v_.percent) > percent ? of("knappt ", "just under ") : of("drygt ", "just over ")) +
             text;
    if (v_.unweighted) text += of(" (utan vikter ", " (without weights ") + number(*v_.unweighted) + ")";
    return text;
  }

  // "first", "kommer på andra plats", "in place 11".
  std::string comes(std::int64_t rank) const {
    static const std::array<Bilingual, 10> ordinals{{{"först", "first"},
                                                     {"på andra plats", "second"},
                                                     {"på tredje plats", "third"},
                                                     {"på fjärde plats", "fourth"},
                                                     {"på femte plats", "fifth"},
                                                     {"på sjätte plats", "sixth"},
                                                     {"på sjunde plats", "seventh"},
                                                     {"på åttonde plats", "eighth"},
                                                     {"på nionde plats", "ninth"},
                                                     {"på tionde plats", "tenth"}}};
    const auto place = static_cast<std::size_t>(rank - 1);
    return place < ordinals.size() ? ordinals[place].in(language()) : of("på plats ", "in place ") + number(rank);
  }

  // "”a” kommer först och ”b” på andra plats"
  std::string places() const {
    std::vector<std::string> each;
    for (std::size_t j = 0; j < v_.rank.size(); ++j) {
      const std::string verb = j == 0 ? of("kommer ", "comes ") : "";
      const std::string who = j < claim_.labels.size() ? quoted(claim_.labels[j]) : of("Svaret", "The answer");
      each.push_back(who + " " + verb + comes(v_.rank[j]));
    }
    return list(each);
  }

  std::string found() const {
    if (about_a_number()) return of("Antalet är ", "The number is ") + number(*v_.count) + so_respondents();
    const std::string among = of(" bland ", " among ") + people(claim_.group, v_.n);
    if (too_few_respondents()) return too_few();
    if (!about_a_rank()) return of("Andelen är ", "The share is ") + share() + among + so_respondents();
    const bool shared = std::ranges::find(v_.lint, "TIE") != v_.lint.end();
    const std::string tie =
        shared ? of(", en plats som delas med ett annat svar", ", a place shared with another answer") : "";
    return places() + among + tie + so_respondents();
  }

  std::string too_few() const {
    const std::string group = claim_.group.empty() ? "" : " (" + claim_.group + ")";
    return of("För få har svarat" + group + " för att siffran ska visas.",
              "Too few answered" + group + " for the figure to be shown.");
  }

  std::string beyond() const {
    if (about_a_number() || too_few_respondents()) return "";
    if (too_few_for_others()) return nothing_of_others();
    return about_a_rank() ? beyond_rank() : beyond_share();
  }

  std::string beyond_rank() const {
    if (v_.rank_low == v_.rank && v_.rank_high == v_.rank)
      return in_random_sample() + of("samma plats", "the same place") + so_population();
    std::vector<std::string> sets;
    for (std::size_t j = 0; j < v_.rank_low.size(); ++j)
      sets.push_back(number(v_.rank_low[j]) + (v_.rank_low[j] == v_.rank_high[j] ? "" : "–" + number(v_.rank_high[j])));
    const bool alike = std::ranges::count(sets, sets.front()) == std::ssize(sets);
    const std::string of_each = alike && sets.size() > 1 ? of(" för vart och ett av dem", " for each of them") : "";
    const bool one = alike && v_.rank_low.front() == v_.rank_high.front();
    return in_random_sample() + of("plats ", one ? "place " : "places ") + (alike ? sets.front() : list(sets)) +
           of_each + so_population();
  }

  std::string beyond_share() const {
    if (!v_.ci_low) return "";
    const std::string range = decimal(std::floor(100 * *v_.ci_low + 1e-9), 0) + "–" +
                              decimal(std::ceil(100 * *v_.ci_high - 1e-9), 0) + percent_word();
    const std::string text = in_random_sample() + of("en andel på ", "a share of ") + range + so_population();
    return v_.population ? text + robustness(of("de som håller med", "those who agree"), of("övriga", "the others"))
                         : text;
  }

  const Verdict& v_;
  const Phrase& phrase_;
  const Claim& claim_;
};

}  // namespace

std::string says(const Verdict& verdict, const Phrase& phrase, const Claim& claim) {
  return Writer(verdict, phrase, claim).write();
}

std::string says_unchecked(const std::string& why, const Claim& claim) {
  std::string text =
      Bilingual{"Kan inte prövas", "Cannot be checked"}.in(claim.language) + (why.empty() ? "." : ": " + why);
  if (text.back() != '.') text += '.';
  return text;
}

}  // namespace enkat
