#pragma once

#include "enkat/report/verdict.hpp"
#include "enkat/report/wording.hpp"

namespace enkat {

/// The sentences that all verdicts have in common.
class Sentences : public Wording {
 public:
  Sentences(const Verdict& verdict, const Claim& claim) : Wording(claim.language), v_(verdict), claim_(claim) {}

  /// ", så påståendet stämmer."
  std::string so_respondents() const { return so(v_.respondents_finding); }
  std::string so_population() const { return so(v_.population_finding); }
  bool too_few_respondents() const { return v_.respondents_finding == Finding::insufficient; }
  bool too_few_for_others() const { return v_.population_finding == Finding::insufficient; }

  /// "dem som svarat (lärare; n = 613)", with what is known of it.
  std::string people(const std::string& group, const std::optional<std::int64_t>& n) const;
  /// " Det här hade stämt: …", where something would.
  std::string instead() const;
  /// " I ett slumpmässigt urval skulle svaren betyda "
  std::string in_random_sample() const;
  std::string nothing_of_others() const;
  /// How much likelier one side may have been to answer: `those` are who agree, and `others` the rest of them.
  std::string robustness(const std::string& those, const std::string& others) const;
  std::string synthetic() const;

  const Verdict& verdict() const { return v_; }
  const Claim& claim() const { return claim_; }

 private:
  std::string so(std::optional<Finding> finding) const;

  const Verdict& v_;
  const Claim& claim_;
};

}  // namespace enkat
