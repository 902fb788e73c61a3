#include "enkat/report/sentences.hpp"

#include <array>
#include <cmath>

namespace enkat {
namespace {

constexpr double fragile = 1.095;  // where "1.1 times as likely" would say less than per cent do

struct Outcome {
  Finding finding;
  Bilingual words;
};

const std::array<Outcome, 6>& outcomes() {
  static const std::array<Outcome, 6> all{{
      {Finding::holds, {"stämmer", "holds"}},
      {Finding::fails, {"stämmer inte", "does not hold"}},
      {Finding::supported, {"stöds", "is supported"}},
      {Finding::uncertain, {"är förenligt med svaren men osäkert", "is compatible with the answers but uncertain"}},
      {Finding::misrounded, {"är felavrundat men inom osäkerheten", "is wrongly rounded but within the uncertainty"}},
      {Finding::contradicted, {"motsägs", "is contradicted"}},
  }};
  return all;
}

}  // namespace

std::string Sentences::so(std::optional<Finding> finding) const {
  for (const Outcome& outcome : outcomes())
    if (finding == outcome.finding)
      return of(", så påståendet ", ", so the claim ") + outcome.words.in(language()) + ".";
  return ".";
}

std::string Sentences::people(const std::string& group, const std::optional<std::int64_t>& n) const {
  const std::string who = claim_.among.empty() ? of("dem som svarat", "those who answered") : claim_.among;
  const std::string base = n ? "n\xC2\xA0=\xC2\xA0" + number(*n) : "";
  const std::string known = group + (group.empty() || base.empty() ? "" : "; ") + base;
  return known.empty() ? who : who + " (" + known + ")";
}

std::string Sentences::instead() const {
  if (!v_.would_be_true) return "";
  return of(" Det här hade stämt: ", " It would be true to say: ") + *v_.would_be_true + ".";
}

std::string Sentences::in_random_sample() const {
  return of(" I ett slumpmässigt urval skulle svaren betyda ", " In a random sample, these answers would mean ");
}

std::string Sentences::nothing_of_others() const {
  return of(" Underlaget räcker inte för att säga något om fler än dem som svarat.",
            " There are too few answers to say anything about people who did not answer.");
}

std::string Sentences::robustness(const std::string& those, const std::string& others) const {
  if (!v_.r_star && !v_.r_star_high) return "";
  const auto is_fragile = [](const std::optional<double>& r) { return r && *r < fragile; };
  if (is_fragile(v_.r_star) || is_fragile(v_.r_star_high)) {
    const bool too_many = is_fragile(v_.r_star);
    const double per_cent = std::floor(100 * ((too_many ? *v_.r_star : *v_.r_star_high) - 1) + 1e-9);
    const std::string more = per_cent < 1 ? of("det minsta mer benägna", "at all more likely")
                                          : decimal(per_cent, 0) + of(" procent mer benägna", " per cent more likely");
    return of(" Påståendet faller om ", " The claim would fail if ") + (too_many ? those : others) +
           of(" har varit ", " were ") + more + of(" att svara än ", " to answer than ") + (too_many ? others : those) +
           ".";
  }
  const auto times = [&](double r) {
    return decimal(r, r < 1.25 ? 2 : 1) + of(" gånger så benägna", " times as likely");
  };
  std::string text =
      of(" Bland alla tillfrågade håller påståendet om inte ", " Among everyone asked, the claim holds unless ");
  if (v_.r_star)
    text += those + of(" har varit mer än ", " were more than ") + times(*v_.r_star) +
            of(" att svara som ", " to answer as ") + others;
  if (v_.r_star && v_.r_star_high)
    return text + of(", eller ", ", or ") + others + of(" mer än ", " more than ") + times(*v_.r_star_high) + ".";
  if (v_.r_star_high)
    text += others + of(" har varit mer än ", " were more than ") + times(*v_.r_star_high) +
            of(" att svara som ", " to answer as ") + those;
  return text + ".";
}

std::string Sentences::synthetic() const {
  return claim_.synthetic ? of(" Prövat mot syntetiska svar.", " Checked against synthetic answers.") : "";
}

}  // namespace enkat
