#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "enkat/basics/record.hpp"

namespace enkat {

/// How the contact with everyone in the sample ended: AAPOR, Standard Definitions (2023).
struct Dispositions {
  std::int64_t I = 0;   ///< complete
  std::int64_t P = 0;   ///< partial
  std::int64_t R = 0;   ///< refusal or break-off
  std::int64_t NC = 0;  ///< eligible, not reached
  std::int64_t O = 0;   ///< eligible, other (illness, language)
  std::int64_t UH = 0;  ///< unknown whether there is anyone eligible
  std::int64_t UO = 0;  ///< unknown, other: for invited persons, nothing ever came back
  std::int64_t NE = 0;  ///< not eligible (has left the population)
};

template <>
struct Fields<Dispositions> {
  static constexpr auto list = std::tuple{
      Field{"I", &Dispositions::I, "complete"},
      Field{"P", &Dispositions::P, "partial"},
      Field{"R", &Dispositions::R, "refusal or break-off"},
      Field{"NC", &Dispositions::NC, "eligible, not reached"},
      Field{"O", &Dispositions::O, "eligible, other reason"},
      Field{"UH", &Dispositions::UH, "unknown whether anyone is eligible"},
      Field{"UO", &Dispositions::UO, "unknown, other: nothing came back"},
      Field{"NE", &Dispositions::NE, "not eligible"},
  };
};

/// A survey of named persons of whom nothing is known but what came back: the silent ones are unknown (UO).
/// A DesignError when more came back than were invited.
Dispositions dispositions_of_invited(std::int64_t complete, std::int64_t partial, std::int64_t break_off,
                                     std::int64_t invited);

/// One rate with its formula; `value` is empty, and `note` says why, where it cannot be computed.
struct ResponseRate {
  std::string name;
  std::optional<double> value;
  std::string formula;
  std::string note;
};

template <>
struct Fields<ResponseRate> {
  static constexpr auto list = std::tuple{
      Field{"name", &ResponseRate::name, "RR1 … CON3, svarsandel, bortfallsandel"},
      Field{"value", &ResponseRate::value, "the rate"},
      Field{"formula", &ResponseRate::formula, "how it was computed"},
      Field{"note", &ResponseRate::note, "why there is no rate, or what it presumes"},
  };
};

/// The share of the unknown that is eligible, as among the known: CASRO. None when nothing is known of anyone.
std::optional<double> casro_eligible_share(const Dispositions& d);

/// RR1–6, COOP1–4, REF1–3 and CON1–3, then svarsandel and bortfallsandel of Surveyföreningen's standard (2005).
///
/// `eligible_share` is e, the share of the unknown that is eligible; rates that need it are empty without it, and
/// Surveyföreningen's then count all the unknown as the population's (the careful choice). A DesignError for negative
/// counts, an empty sample or e outside [0, 1].
std::vector<ResponseRate> response_rates(const Dispositions& d, std::optional<double> eligible_share = {});

}  // namespace enkat
