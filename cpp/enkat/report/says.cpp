#include "enkat/report/says.hpp"

#include <algorithm>
#include <cmath>

#include "enkat/report/wording.hpp"

namespace enkat {
namespace {

// Builds sentences in one language.
class Writer : Wording {
 public:
  Writer(const Verdict& verdict, const Phrase& phrase, const Claim& claim)
      : Wording(claim.language), v_(verdict), phrase_(phrase), claim_(claim) {}

  std::string write() const {
    std::string text = covers() + " " + found();
    if (v_.would_be_true) text += " " + of("Sant vore: ", "True would be: ") + *v_.would_be_true + ".";
    text += beyond();
    if (claim_.synthetic) text += of(" Prövat mot syntetiska svar.", " Checked against synthetic answers.");
    return text;
  }

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
    const bool to_the_end = phrase_.high == Rational(1) && phrase_.high_closed;
    const bool from_the_start = phrase_.low == Rational(0) && phrase_.low_closed;
    const std::string unit = about_a_number() ? "" : percent_word();
    const auto end = [&](Rational share) {
      return about_a_number() ? number(share.numerator / share.denominator) : shortest(100 * share.value());
    };
    const std::string means = quoted(v_.text) + of(" omfattar ", " covers ");
    if (phrase_.low == phrase_.high) return means + of("exakt ", "exactly ") + end(phrase_.low) + unit + ".";
    if ((to_the_end || phrase_.high == unlimited) && !from_the_start)
      return means + (phrase_.low_closed ? of("minst ", "at least ") : of("mer än ", "more than ")) + end(phrase_.low) +
             unit + ".";
    if (from_the_start && !to_the_end)
      return means + (phrase_.high_closed ? of("högst ", "at most ") : of("mindre än ", "less than ")) +
             end(phrase_.high) + unit + ".";
    if (phrase_.low == Rational(0) && !about_a_number())  // en minoritet: some, but not half
      return means + of("mer än 0 och ", "more than 0 and ") +
             (phrase_.high_closed ? of("högst ", "at most ") : of("mindre än ", "less than ")) + end(phrase_.high) +
             unit + ".";
    return means + end(phrase_.low) + "–" + end(phrase_.high) + unit + ".";
  }

  // Whole percents; where the whole percent would fall on the other side of the line, it says on which side the share
  // is.
  std::string share() const {
    const double percent = 100 * *v_.estimate;
    const bool holds = v_.respondents_finding == name_of(Finding::holds);
    const bool misleading = phrase_.contains(*v_.percent, 100) != holds;
    std::string text = number(*v_.percent) + percent_word();
    if (misleading)
      text = (static_cast<double>(*v_.percent) > percent ? of("knappt ", "just under ") : of("drygt ", "just over ")) +
             text;
    if (v_.unweighted) text += of(" (utan vikter ", " (without weights ") + number(*v_.unweighted) + ")";
    return text;
  }

  std::string base() const {
    const std::string among = claim_.among.empty() ? of("dem som svarat", "those who answered") : claim_.among;
    return of("Bland ", "Among ") + among + (v_.n ? " (n\xC2\xA0=\xC2\xA0" + number(*v_.n) + ")" : "");
  }

  std::string places() const {
    std::string text;
    for (std::size_t j = 0; j < v_.rank.size(); ++j) {
      if (j > 0) text += ", ";
      if (j < claim_.labels.size()) text += quoted(claim_.labels[j]) + " ";
      text += of("på plats ", "in place ") + number(v_.rank[j]);
    }
    return text;
  }

  std::string found() const {
    if (about_a_number()) return of("Antalet är ", "The number is ") + number(*v_.count) + ": " + *v_.respondents + ".";
    if (v_.respondents_finding == name_of(Finding::insufficient))
      return base() + of(" är det för få svar för att visas: ", " too few answered to be shown: ") + *v_.respondents +
             ".";
    if (about_a_rank()) {
      const bool shared = std::ranges::find(v_.lint, "TIE") != v_.lint.end();
      return base() + of(" ligger ", ": ") + places() + (shared ? of(", en delad plats", ", a shared place") : "") +
             ": " + *v_.respondents + ".";
    }
    return base() + of(" är andelen ", " the share is ") + share() + ": " + *v_.respondents + ".";
  }

  std::string if_random() const {
    return of(" Om de svarande vore slumpmässigt utvalda", " Had those who answered been drawn at random");
  }

  std::string beyond() const {
    if (about_a_number() || v_.respondents_finding == name_of(Finding::insufficient)) return "";
    if (v_.population_finding == name_of(Finding::insufficient))
      return of(" Om fler än de svarande går det inte att uttala sig: ",
                " Nothing can be said beyond those who answered: ") +
             *v_.population + ".";
    return about_a_rank() ? beyond_rank() : beyond_share();
  }

  std::string beyond_rank() const {
    std::string sets;
    for (std::size_t j = 0; j < v_.rank_low.size(); ++j)
      sets += (j == 0 ? "" : ", ") + number(v_.rank_low[j]) +
              (v_.rank_low[j] == v_.rank_high[j] ? "" : "–" + number(v_.rank_high[j]));
    return if_random() + of(" vore platsen ", ", the place would be ") + sets + ": " + *v_.population + ".";
  }

  std::string beyond_share() const {
    if (!v_.ci_low) return "";
    const std::string range = decimal(std::floor(100 * *v_.ci_low + 1e-9), 0) + of(" och ", " and ") +
                              decimal(std::ceil(100 * *v_.ci_high - 1e-9), 0) + percent_word();
    std::string text = if_random() + of(" låge andelen mellan ", ", the share would lie between ") + range;
    text += v_.population ? ": " + *v_.population + "." : ".";
    return v_.population ? text + robustness() : text;
  }

  // How much more often one side may have answered, in the words of the reporting guide.
  std::string robustness() const {
    if (!v_.r_star && !v_.r_star_high) return "";
    if (v_.r_star && *v_.r_star < 1.095)
      return of(" Det faller om de som håller med svarat ", " It fails if those who agree answered ") +
             decimal(std::floor(100 * (*v_.r_star - 1)), 0) +
             of(" procent oftare än de andra.", " per cent more often than the others.");
    std::string text = of(" Påståendet gäller bland alla tillfrågade så länge ",
                          " The claim holds among all who were asked as long as ");
    if (v_.r_star)
      text += of("de som håller med inte svarat mer än ", "those who agree did not answer more than ") +
              times(*v_.r_star) + of(" gånger så ofta som de andra", " times as often as the others");
    if (v_.r_star && v_.r_star_high) text += of(", och ", ", and ");
    if (v_.r_star_high)
      text += of("de andra inte mer än ", "the others not more than ") + times(*v_.r_star_high) +
              of(" gånger så ofta som de", " times as often as they");
    return text + ".";
  }

  std::string times(double r) const { return decimal(r, r < 1.25 ? 2 : 1); }

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
