#pragma once

#include <string>
#include <vector>

#include "enkat/basics/json_fwd.hpp"
#include "enkat/basics/reduce.hpp"
#include "enkat/design/survey.hpp"
#include "enkat/report/verdict.hpp"

namespace enkat {

/// A claim as claims.json has it: what is counted, among whom, and what the words are about.
struct ClaimSpec {
  std::string id;
  std::string kind;  ///< empty: read from the words
  std::string question;
  std::vector<std::string> answers;
  std::vector<Condition> where;
  Scope scope = Scope::respondents;
  bool all_respondents = false;  ///< base "all": shares of every respondent instead of those who answered
  bool plain = false;            ///< about plain counts ("weighted": false) where the answers have weights
  std::optional<std::int64_t> top;
  Policy policy = Policy::sv_press;
  std::string why;  ///< vague, causal: why it cannot be checked
};

/// Reads one claim; throws a ReportError with all of its problems.
ClaimSpec claim_from_json(const Json& json, Language language);

/// How words are checked besides the claim itself.
struct CheckOptions {
  Language language = Language::sv;
  bool synthetic = false;
  int percent_step = 1;                 ///< precision of the document's percents
  std::optional<std::int64_t> invited;  ///< for response rates and the number invited
};

/// What the answers of a survey say about words.
Verdict check(const Survey& survey, const ClaimSpec& claim, const std::string& text, const CheckOptions& options,
              Monitor& monitor);

}  // namespace enkat
