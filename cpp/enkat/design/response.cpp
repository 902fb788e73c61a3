#include "enkat/design/response.hpp"

#include <string_view>

#include "enkat/codebook/code.hpp"

namespace enkat {
namespace {

double number(std::int64_t count) { return static_cast<double>(count); }

// How the unknown (UH + UO) count in a denominator.
enum class Unknown { all, by_share, none };

// The sums that the formulas are made of.
struct Sums {
  double complete, answered, refused, other, not_answered, unknown;
  std::optional<double> share;

  Sums(const Dispositions& d, std::optional<double> e)
      : complete(number(d.I)),
        answered(number(d.I + d.P)),
        refused(number(d.R)),
        other(number(d.O)),
        not_answered(number(d.R + d.NC + d.O)),
        unknown(number(d.UH + d.UO)),
        share(e) {}

  std::optional<double> counted(Unknown how) const {
    if (how == Unknown::all) return unknown;
    if (how == Unknown::none || unknown == 0) return 0;
    return share ? std::optional(*share * unknown) : std::nullopt;
  }
};

constexpr const char* needs_share = "response.needs_eligible_share";
constexpr const char* empty_base = "response.empty_base";
constexpr const char* unknown_left_out = "response.unknown_left_out";

ResponseRate rate(std::string name, double numerator, double known, std::optional<double> unknown,
                  std::string formula) {
  if (!unknown) return {std::move(name), {}, std::move(formula), needs_share};
  const double base = known + *unknown;
  if (!(base > 0)) return {std::move(name), {}, std::move(formula), empty_base};
  return {std::move(name), numerator / base, std::move(formula), ""};
}

std::string_view unknown_term(Unknown how) {
  if (how == Unknown::all) return " + (UH+UO)";
  return how == Unknown::by_share ? " + e(UH+UO)" : "";
}

// A rate whose base is everyone eligible, with the unknown counted in one of three ways.
ResponseRate of_eligible(std::string name, std::string_view numerator_words, double numerator, const Sums& s,
                         Unknown how) {
  std::string formula = std::string(numerator_words) + " / [(I+P) + (R+NC+O)" + std::string(unknown_term(how)) + "]";
  ResponseRate result =
      rate(std::move(name), numerator, s.answered + s.not_answered, s.counted(how), std::move(formula));
  if (how == Unknown::none && s.unknown > 0 && result.value) result.note = unknown_left_out;
  return result;
}

void require_counts(const Dispositions& d, std::optional<double> e) {
  std::int64_t everyone = 0;
  for_each_field<Dispositions>([&](const auto& field) {
    const std::int64_t count = d.*field.member;
    everyone += count;
    if (count < 0)
      throw DesignError("design.negative_disposition",
                        "disposition '" + std::string(field.name) + "' is negative; give the number of persons",
                        {{"disposition", std::string(field.name)}, {"count", count}});
  });
  if (everyone == 0)
    throw DesignError("design.no_dispositions", "no response rate without anyone in the sample; give the dispositions");
  if (e && !(*e >= 0 && *e <= 1))
    throw DesignError("design.eligible_share", "the eligible share of the unknown must be between 0 and 1",
                      {{"eligible_share", *e}});
}

}  // namespace

Dispositions dispositions_of_invited(std::int64_t complete, std::int64_t partial, std::int64_t break_off,
                                     std::int64_t invited) {
  const std::int64_t silent = invited - complete - partial - break_off;
  if (silent < 0)
    throw DesignError("design.more_answers_than_invited",
                      std::to_string(complete + partial + break_off) + " persons came back but " +
                          std::to_string(invited) + " were invited; correct the number invited",
                      {{"invited", invited}});
  return {.I = complete, .P = partial, .R = break_off, .UO = silent};
}

std::optional<double> casro_eligible_share(const Dispositions& d) {
  const double eligible = number(d.I + d.P + d.R + d.NC + d.O);
  const double known = eligible + number(d.NE);
  if (known == 0) return {};
  return eligible / known;
}

std::vector<ResponseRate> response_rates(const Dispositions& d, std::optional<double> eligible_share) {
  require_counts(d, eligible_share);
  const Sums s(d, eligible_share);
  const double contacted = s.answered + s.refused + s.other;
  const auto contact = [&](std::string name, Unknown how) {
    ResponseRate result = of_eligible(std::move(name), "[(I+P)+R+O]", contacted, s, how);
    result.formula = "[(I+P)+R+O] / [(I+P)+R+O+NC" + std::string(unknown_term(how)) + "]";
    return result;
  };
  const double u = eligible_share.value_or(1);
  const double unknown_in_population = u * s.unknown;
  const std::string base = " / (S + B + u·O); S = I+P, B = R+NC+O, O = UH+UO, u = " + number_text(u);

  return {
      of_eligible("RR1", "I", s.complete, s, Unknown::all),
      of_eligible("RR2", "(I+P)", s.answered, s, Unknown::all),
      of_eligible("RR3", "I", s.complete, s, Unknown::by_share),
      of_eligible("RR4", "(I+P)", s.answered, s, Unknown::by_share),
      of_eligible("RR5", "I", s.complete, s, Unknown::none),
      of_eligible("RR6", "(I+P)", s.answered, s, Unknown::none),
      rate("COOP1", s.complete, contacted, 0, "I / [(I+P)+R+O]"),
      rate("COOP2", s.answered, contacted, 0, "(I+P) / [(I+P)+R+O]"),
      rate("COOP3", s.complete, s.answered + s.refused, 0, "I / [(I+P)+R]"),
      rate("COOP4", s.answered, s.answered + s.refused, 0, "(I+P) / [(I+P)+R]"),
      of_eligible("REF1", "R", s.refused, s, Unknown::all),
      of_eligible("REF2", "R", s.refused, s, Unknown::by_share),
      of_eligible("REF3", "R", s.refused, s, Unknown::none),
      contact("CON1", Unknown::all),
      contact("CON2", Unknown::by_share),
      contact("CON3", Unknown::none),
      rate("svarsandel", s.answered, s.answered + s.not_answered, unknown_in_population, "S" + base),
      rate("bortfallsandel", s.not_answered + unknown_in_population, s.answered + s.not_answered, unknown_in_population,
           "(B + u·O)" + base),
  };
}

}  // namespace enkat
