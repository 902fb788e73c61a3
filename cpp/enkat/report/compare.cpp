#include "enkat/report/compare.hpp"

#include <array>
#include <cmath>

#include "enkat/basics/json.hpp"
#include "enkat/data/row_truth.hpp"
#include "enkat/estimate/contrast.hpp"
#include "enkat/estimate/estimate.hpp"
#include "enkat/report/share_of.hpp"
#include "enkat/statistic/ratio.hpp"
#include "enkat/statistic/total.hpp"

namespace enkat {
namespace {

Json operation(const char* name, Json args) { return {{"op", name}, {"args", std::move(args)}}; }

// A value as an expression compares it with a column that is no question.
Json value_of(const std::string& value, RowType type) {
  if (type == RowType::truth) return {{"value", value == "true" || value == "1"}};
  if (type == RowType::number) return {{"value", number_in(value).value_or(std::nan(""))}};
  return {{"value", value}};
}

// Rows that gave any of these answers.
Json gave(const Survey& survey, const std::string& name, const std::vector<std::string>& answers) {
  const Question* question = survey.question(name);
  const RowType type = row_names(survey.table(), survey.codebook()).find(name)->type;
  Json args = Json::array({Json{{"name", name}}});
  Json ticks = Json::array();
  for (const std::string& answer : answers) {
    const bool has_options = question != nullptr && !question->options.empty();
    const Json value =
        has_options ? Json{{"value", question->options[question->option_index(answer)].name}} : value_of(answer, type);
    args.push_back(value);
    ticks.push_back(operation("ticked", {Json{{"name", name}}, value}));
  }
  return type == RowType::options ? operation("or", ticks) : operation("in", args);
}

Json whose(const Survey& survey, const ClaimSpec& side) {
  Json all = Json::array();
  for (const Condition& condition : side.where)
    all.push_back(condition.expression ? condition.expression->to_json()["tree"]
                                       : gave(survey, condition.column, condition.values));
  const Json missing = operation("missing", Json::array({Json{{"name", side.question}}}));
  const Json answered = operation("not", Json::array({missing}));
  // Of everyone, unanswered rows are in the base as well: the condition holds of each.
  all.push_back(side.all_respondents ? operation("or", {missing, answered}) : answered);
  return operation("and", all);
}

// 1 for rows of which the condition holds and 0 for others, as a question of its own.
Survey with_count(const Survey& survey, const std::string& name, const Json& condition) {
  const Json number = operation("count", Json::array({condition}));
  return survey.derive({{"name", name}, {"derived", {{"number", {{"text", name}, {"tree", number}}}}}});
}

// Both shares of one call as ratios of numbers of people, or the numbers themselves, with their joint covariance.
Estimates together(const Survey& survey, const ClaimSpec& first, const ClaimSpec& second, bool numbers,
                   Monitor& monitor) {
  Survey with = survey;
  EstimateRequest request;
  request.estimator = numbers ? Total::name : Ratio::name;
  std::size_t side = 0;
  for (const ClaimSpec* one : {&first, &second}) {
    const std::string tag = std::to_string(++side);
    const std::string base = "compared base " + tag, counted = "compared " + tag;
    const Json among = whose(survey, *one);
    with = with_count(with, counted, operation("and", {among, gave(survey, one->question, one->answers)}));
    request.variables.push_back(counted);
    if (numbers) continue;
    with = with_count(with, base, among);
    request.others.push_back(base);
  }
  return estimate(with, request, monitor);
}

double times_as_many(double first, double second) { return second > 0 ? first / second : unlimited.value(); }

double times_as_many(std::int64_t first, std::int64_t second) {
  return times_as_many(static_cast<double>(first), static_cast<double>(second));
}

double times_as_much(const Estimates& pair) {
  return times_as_many(pair.rows[0].estimate.value_or(0), pair.rows[1].estimate.value_or(0));
}

bool is_share_between(const Estimate& row) {
  return row.estimate && *row.estimate > 0 && *row.estimate < 1 && row.se && *row.se > 0;
}

// Two estimates with a covariance of their own.
Estimates two(const Estimates& of, const Eigen::MatrixXd& covariance, double df, double level) {
  Estimates made;
  made.rows = of.rows;
  for (Estimate& row : made.rows) row.df = df;
  made.level = level;
  made.joint = std::make_shared<const FixedCovariance>(covariance);
  made.form_of_row = {0, 1};
  return made;
}

Interval interval_of(const Estimates& of, const Eigen::MatrixXd& covariance, double df, double level,
                     const char* operation_) {
  const Json rows = Json::array({Json{{"row", 0}}, Json{{"row", 1}}});
  NoMonitor nobody;  // of two rows whose covariance is known
  const Estimates made =
      contrast(two(of, covariance, df, level), {NamedExpression{"comparison", operation(operation_, rows)}}, nobody);
  return {*made.rows[0].ci_low, *made.rows[0].ci_high};
}

SamplingBounds bounds_of(const Estimates& of, const Eigen::MatrixXd& covariance, double df, const char* operation_) {
  return {interval_of(of, covariance, df, 0.95, operation_), interval_of(of, covariance, df, 0.90, operation_)};
}

// The covariance had the sample been drawn with replacement: its variances, and the same correlation.
Eigen::MatrixXd without_fpc(const Eigen::MatrixXd& covariance, const Eigen::VectorXd& variances) {
  const Eigen::VectorXd scale = (variances.array() / covariance.diagonal().array()).sqrt();
  return scale.asDiagonal() * covariance * scale.asDiagonal();
}

// The presentation standard for counts: at least 30, and a relative standard error below 30 per cent.
bool number_is_presentable(const Evidence& side, const Estimate& number) {
  return side.count >= 30 && number.estimate && number.se && *number.se < 0.3 * *number.estimate;
}

}  // namespace

ComparedEvidence compare(const Survey& survey, const ClaimSpec& claim, bool small_study, Monitor& monitor) {
  const ClaimSpec other = claim.other_side();
  const auto share = [&](const ClaimSpec& side) {
    return share_of(side.where.empty() ? survey : survey.where(side.where), side, small_study, monitor);
  };
  ComparedEvidence evidence{.first = share(claim), .second = share(other)};
  evidence.numbers = claim.of_numbers.value_or(false);
  evidence.base_too_small = true;
  if (evidence.withheld() || evidence.first.n == 0 || evidence.second.n == 0) return evidence;

  const Estimates pair = together(survey, claim, other, evidence.numbers, monitor);
  evidence.difference.estimate = pair.rows[0].estimate.value_or(0) - pair.rows[1].estimate.value_or(0);
  evidence.ratio.estimate = times_as_much(pair);
  evidence.people = survey.equal_weights() ? times_as_many(evidence.first.count, evidence.second.count)
                    : evidence.numbers     ? evidence.ratio.estimate
                                           : times_as_much(together(survey, claim, other, true, monitor));
  const bool enough = evidence.numbers ? number_is_presentable(evidence.first, pair.rows[0]) &&
                                             number_is_presentable(evidence.second, pair.rows[1])
                                       : !evidence.first.base_too_small && !evidence.second.base_too_small &&
                                             is_share_between(pair.rows[0]) && is_share_between(pair.rows[1]);
  evidence.base_too_small = !enough;
  if (!enough) return evidence;
  // A domain has its own degrees of freedom, which the ratio over all rows does not know.
  const double df = std::min(evidence.first.df.value_or(0), evidence.second.df.value_or(0));
  const Eigen::MatrixXd covariance = pair.covariance(monitor);
  evidence.difference.bounds = bounds_of(pair, covariance, df, "-");
  evidence.ratio.bounds = bounds_of(pair, covariance, df, "/");
  if (survey.sample().with_fractions()) {
    const Eigen::MatrixXd wider = without_fpc(covariance, pair.joint->variances_without_fpc());
    evidence.difference.bounds_without_fpc = bounds_of(pair, wider, df, "-");
    evidence.ratio.bounds_without_fpc = bounds_of(pair, wider, df, "/");
  }
  return evidence;
}

}  // namespace enkat
