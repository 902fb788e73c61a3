#pragma once

#include <string>
#include <vector>

#include "enkat/basics/json_fwd.hpp"
#include "enkat/design/survey.hpp"
#include "enkat/report/verdict.hpp"

namespace enkat {

/// What a claim compares with: another group, other answers or another question; what is not given is as in the claim,
/// columns of its group too.
struct OtherSide {
  std::string question{};
  std::vector<std::string> answers{};
  std::optional<std::vector<Condition>> where{};
};

/// A claim as claims.json has it: what is counted, among whom, and what the words are about.
struct ClaimSpec {
  std::string id;
  std::optional<ClaimKind> kind;  ///< none: read from the words
  std::string question;
  std::vector<std::string> answers;
  std::vector<Condition> where;
  Scope scope = Scope::respondents;
  bool all_respondents = false;  ///< base "all": shares of every respondent instead of those who answered
  bool plain = false;            ///< about plain counts ("weighted": false) where the answers have weights
  std::optional<std::int64_t> top;
  Policy policy = Policy::sv_press;
  std::optional<OtherSide> than{};   ///< of a comparison
  std::optional<bool> of_numbers{};  ///< a comparison of numbers of people ("of": "count") instead of shares
  std::string why;                   ///< vague, causal: why it cannot be checked

  /// Of a comparison: the claim about the side that is compared with.
  ClaimSpec other_side() const;
};

/// Reads one claim; throws a ReportError with all of its problems.
ClaimSpec claim_from_json(const Json& json, Language language);

}  // namespace enkat
