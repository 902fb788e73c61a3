#include "enkat/design/calibrate.hpp"

#include <algorithm>
#include <cmath>

#include "enkat/codebook/code.hpp"
#include "enkat/design/calibration_totals.hpp"
#include "enkat/design/fit_calibration.hpp"

namespace enkat {
namespace {

void check_survey(const Survey& survey) {
  if (survey.has_domain())
    throw DesignError("calibrate.domain",
                      "weights are calibrated for the whole sample, not for a domain: calibrate before where()");
  if (survey.calibration())
    throw DesignError("calibrate.twice",
                      "these weights are calibrated already, and a second time would undo the first: give all totals "
                      "in one call",
                      {{"method", survey.calibration()->method}});
}

Distance distance_of(const CalibrateRequest& request) {
  static const std::vector<std::string> methods{"linear", "raking", "logit"};
  const auto method = std::ranges::find(methods, request.method);
  if (method == methods.end())
    throw UsageError("calibrate.method",
                     "there is no method '" + request.method + "': use linear, raking or logit" +
                         suggestion(request.method, methods),
                     {{"method", request.method}});
  Distance distance{static_cast<Distance::Kind>(method - methods.begin())};
  if (request.bounds) {
    std::tie(distance.low, distance.high) = std::pair((*request.bounds)[0], (*request.bounds)[1]);
    if (!(distance.low < 1 && 1 < distance.high))
      throw UsageError("calibrate.bounds",
                       "bounds are the least and the largest factor of a weight, one below and one above 1",
                       {{"low", distance.low}, {"high", distance.high}});
    if (distance.kind == Distance::Kind::raking)
      throw UsageError("calibrate.bounds", "raking has no bounds: use method logit, which is raking with bounds");
  }
  if (distance.kind == Distance::Kind::logit && !(std::isfinite(distance.low) && std::isfinite(distance.high)))
    throw UsageError("calibrate.bounds", "logit needs two finite bounds, such as [0.3, 3]");
  return distance;
}

CalibrationFit solve(const std::string& method, const CalibrationEquations& equations, std::span<const double> weight,
                     Monitor& monitor) {
  if (method == "poststratify") return fit_strata(equations, weight, monitor);
  if (method == "rake") return fit_margins(equations, weight);
  return fit_calibration(equations, weight, Eigen::VectorXd::Zero(equations.totals.size()), monitor);
}

/// F(xᵀλ) of every distinct row.
std::vector<double> factors(const Auxiliaries& x, const DistinctRows& rows, const Calibration& calibration) {
  std::vector<double> factors(rows.size());
  AuxiliaryRows of;
  for (std::size_t first = 0; first < rows.size(); first += block_rows) {
    const Rows block{first, std::min(rows.size(), first + block_rows)};
    rows.observe(block, of);
    for (std::size_t i = 0; i < block.size(); ++i) {
      double u = 0;
      for (std::size_t t = i * x.entries(); t < (i + 1) * x.entries(); ++t)
        if (of.column[t] >= 0) u += of.value[t] * calibration.lambda[of.column[t]];
      factors[first + i] = calibration.distance.factor(u);
    }
  }
  return factors;
}

/// Notes about weights that stay true when the weights are changed again.
std::vector<Issue> notes_about_weights(const Survey& survey) {
  std::vector<Issue> notes;
  for (const Issue& note : survey.notes())
    if (note.code.starts_with("trim.") || note.code.starts_with("calibrate.")) notes.push_back(note);
  return notes;
}

Survey calibrated(const Survey& survey, const std::string& method, const Distance& distance,
                  const std::shared_ptr<const Auxiliaries>& x, TargetTotals target, Monitor& monitor) {
  auto calibration = std::make_shared<Calibration>();
  calibration->method = method;
  calibration->x = x;
  calibration->distance = distance;
  calibration->totals = std::move(target.totals);
  calibration->totals_covariance = std::move(target.covariance);
  calibration->before.resize(survey.rows());
  survey.weights({0, survey.rows()}, calibration->before);

  const DistinctRows rows(*x);
  const std::vector<double> before = rows.sums(calibration->before, monitor);
  const CalibrationEquations equations{*x, rows, calibration->totals, distance, ""};
  CalibrationFit fit = solve(method, equations, before, monitor);
  calibration->lambda = std::move(fit.lambda);
  calibration->convergence = std::move(fit.convergence);
  if (method == "poststratify") {  // Σ w₀ of each level is its total over its factor
    const Eigen::VectorXd factor = calibration->lambda.array() + 1;
    calibration->inverse =
        factor.binaryExpr(calibration->totals, [](double f, double t) { return t > 0 ? f / t : 0.0; }).asDiagonal();
  } else {
    calibration->inverse = generalised_inverse(cross_products(*x, rows, before, monitor));
  }

  const std::vector<double> factor = factors(*x, rows, *calibration);
  std::vector<double> after = calibration->before;
  for (std::size_t i = 0; i < after.size(); ++i)
    if (after[i] != 0) after[i] *= rows.of(factor, i);
  calibration->unit_x = unit_sums(survey.sample(), *x, after, monitor);

  std::vector<Issue> notes = notes_about_weights(survey);
  if (const auto negative = std::ranges::count_if(after, [](double w) { return w < 0; }))
    notes.push_back({"calibrate.negative_weights",
                     std::to_string(negative) + " weights are negative after calibration: give bounds, or method "
                                                "raking, if no weight may be",
                     {{"rows", negative}}});
  Survey result = survey.with_weights(std::move(after), calibration, std::move(notes));
  return survey.replicates()
             ? result.with_replicates(calibrated_replicates(*survey.replicates(), *calibration, monitor))
             : result;
}

std::shared_ptr<const Auxiliaries> margins_of(const Survey& survey, const Json& margins) {
  if (!margins.is_object() || margins.empty())
    throw UsageError("calibrate.totals", "margins are totals by level: {\"sex\": {\"k\": 812, \"m\": 790}}");
  std::vector<AuxiliaryTerm> terms;
  for (const auto& [name, levels] : margins.items()) {
    if (!levels.is_object())
      throw UsageError(
          "calibrate.totals",
          "the margin '" + name + "' needs a total for each of its levels: {\"" + name + "\": {level: total}}",
          {{"column", name}});
    terms.push_back({crossed_variables(survey, name), true});
  }
  return std::make_shared<const Auxiliaries>(survey, false, terms);
}

/// Reports how many replicates are done, not how far the pass over one is.
class ReplicateMonitor final : public Monitor {
 public:
  ReplicateMonitor(Monitor& all, std::size_t done, std::size_t count)
      : all_(all), share_(static_cast<double>(done) / static_cast<double>(count)) {}
  void poll(double) override { all_.poll(share_); }

 private:
  Monitor& all_;
  double share_;
};

}  // namespace

Survey poststratify(const Survey& survey, const Json& margin, Monitor& monitor) {
  check_survey(survey);
  const auto x = margins_of(survey, margin);
  if (x->terms().size() != 1)
    throw UsageError("calibrate.one_margin",
                     "poststratification takes one category, or one crossing such as \"sex:region\": use rake() for "
                     "several margins",
                     {{"margins", x->terms().size()}});
  return calibrated(survey, "poststratify", {}, x, target_totals(survey, *x, CalibrationTotals::from_json(margin)),
                    monitor);
}

Survey rake(const Survey& survey, const Json& margins, Monitor& monitor) {
  check_survey(survey);
  const auto x = margins_of(survey, margins);
  return calibrated(survey, "rake", {Distance::Kind::raking}, x,
                    target_totals(survey, *x, CalibrationTotals::from_json(margins)), monitor);
}

Survey calibrate(const Survey& survey, const CalibrateRequest& request, Monitor& monitor) {
  check_survey(survey);
  const Distance distance = distance_of(request);
  const CalibrationTotals totals = CalibrationTotals::from_json(request.totals, request.covariance);
  std::vector<AuxiliaryTerm> terms;
  for (const std::vector<std::string>& variables : request.terms) {
    std::string name;
    for (const std::string& variable : variables) name += (name.empty() ? "" : ":") + variable;
    // A scale is a number unless totals of its levels are given; so is a column of numbers.
    const Question* scale = survey.question(name);
    const bool levels =
        totals.has_levels(name) || (scale != nullptr && scale->type == QuestionType::scale && !totals.has_number(name));
    terms.push_back({variables, levels});
  }
  if (terms.empty() && !request.intercept)
    throw UsageError("calibrate.no_terms", "there is nothing to calibrate to: name at least one variable");
  const auto x = std::make_shared<const Auxiliaries>(survey, request.intercept, terms, request.unit);
  return calibrated(survey, request.method, distance, x, target_totals(survey, *x, totals), monitor);
}

std::shared_ptr<const Replicates> calibrated_replicates(const Replicates& replicates, const Calibration& calibration,
                                                        Monitor& monitor) {
  auto result = std::make_shared<Replicates>(replicates);
  result->x = calibration.x;
  result->distance = calibration.distance;
  result->lambda.resize(calibration.lambda.size(), static_cast<Eigen::Index>(replicates.count()));
  const DistinctRows rows(*calibration.x);
  const ReplicateSums weights(rows, replicates, calibration.before);
  for (std::size_t r = 0; r < replicates.count(); ++r) {
    ReplicateMonitor watched(monitor, r, replicates.count());
    watched.poll(0);
    const CalibrationEquations equations{*calibration.x, rows, calibration.totals, calibration.distance,
                                         "in replicate " + std::to_string(r + 1) + ", "};
    const std::vector<double> weight = weights.of(r);
    const CalibrationFit fit = calibration.method == "poststratify"
                                   ? fit_strata(equations, weight, watched)
                                   : fit_calibration(equations, weight, calibration.lambda, watched);
    result->lambda.col(static_cast<Eigen::Index>(r)) = fit.lambda;
  }
  return result;
}

Survey trim(const Survey& survey, double upper, double lower, Monitor& monitor) {
  if (survey.has_domain())
    throw DesignError("trim.domain", "weights are trimmed for the whole sample, not for a domain: trim before where()");
  if (survey.replicates())
    throw DesignError("trim.replicates",
                      "the replicate weights of this survey would not be trimmed: trim first, then make replicates");
  if (!(lower <= upper) || !(upper > 0))
    throw UsageError("trim.bounds",
                     "the lower bound " + number_text(lower) + " is above the upper bound " + number_text(upper),
                     {{"lower", lower}, {"upper", upper}});
  std::vector<double> weight(survey.rows());
  survey.weights({0, survey.rows()}, weight);
  const auto inside = [&](double w) { return w >= lower && w <= upper; };
  double excess = 0;
  std::size_t cut = 0, kept = 0;
  for (const double w : weight) {
    if (w == 0) continue;
    (inside(w) ? kept : cut) += 1;
    excess += w - std::clamp(w, lower, upper);
  }
  if (cut == 0) return survey;
  if (kept == 0)
    throw DesignError("trim.nothing_left",
                      "all " + std::to_string(cut) + " weights are outside the bounds: none is left to take the excess",
                      {{"rows", cut}, {"lower", lower}, {"upper", upper}});
  const double share = excess / static_cast<double>(kept);
  for (double& w : weight)
    if (w != 0) w = inside(w) ? w + share : std::clamp(w, lower, upper);
  if (std::ranges::any_of(weight, [](double w) { return w < 0; }) && share < 0)
    throw DesignError("trim.negative",
                      "raising weights to " + number_text(lower) + " would make others negative: lower that bound",
                      {{"lower", lower}});

  std::shared_ptr<const Calibration> calibration = survey.calibration();
  if (calibration) {
    auto trimmed = std::make_shared<Calibration>(*calibration);
    trimmed->trimmed = true;
    trimmed->unit_x = unit_sums(survey.sample(), *trimmed->x, weight, monitor);
    calibration = std::move(trimmed);
  }
  std::vector<Issue> notes = notes_about_weights(survey);
  notes.push_back({"trim.weights",
                   std::to_string(cut) + " weights were cut to between " + number_text(lower) + " and " +
                       number_text(upper) + "; the excess is spread over the other " + std::to_string(kept) + " rows" +
                       (calibration ? "; totals that were calibrated are no longer met exactly" : ""),
                   {{"rows", cut}, {"lower", lower}, {"upper", upper}}});
  return survey.with_weights(std::move(weight), calibration, std::move(notes));
}

}  // namespace enkat
