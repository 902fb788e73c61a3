#include "enkat/report/share_of.hpp"

#include "enkat/estimate/estimate.hpp"
#include "enkat/indicator/disclosure.hpp"
#include "enkat/statistic/proportion.hpp"

namespace enkat {

Evidence share_of(const Survey& survey, const ClaimSpec& claim, bool small_study, Monitor& monitor) {
  EstimateRequest request;
  request.estimator = Proportion::name;
  request.variables = {claim.question};
  request.answers = claim.answers;
  request.any_of = true;
  request.everyone = claim.all_respondents;
  const Estimates estimates = estimate(survey, request, monitor);
  const Estimate& row = estimates.rows.front();
  if (!row.se) {
    Evidence evidence{.count = row.count.value_or(0), .n = row.n, .estimate = row.estimate.value_or(0)};
    evidence.base_too_small = evidence.withheld = true;
    return evidence;
  }
  std::optional<double> without_fpc;
  if (survey.sample().with_fractions()) without_fpc = estimates.joint->variances_without_fpc()[0];
  Evidence evidence = share_evidence(*row.count, row.n, *row.estimate, *row.se * *row.se, *row.df, without_fpc);
  evidence.df = row.df;
  evidence.plain = claim.plain;
  evidence.withheld =
      withheld(*row.count, row.n, small_study || survey.answers(claim.question)->question().sensitive) != Withheld::no;
  request.everyone = !claim.all_respondents;
  const std::int64_t other_n = estimate(survey, request, monitor).rows.front().n;
  if (other_n != row.n) evidence.other_n = other_n;
  return evidence;
}

}  // namespace enkat
