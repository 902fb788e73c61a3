#include "enkat/design/calibrate.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "enkat/codebook/code.hpp"
#include "enkat/design/calibration_factors.hpp"
#include "enkat/design/calibration_totals.hpp"
#include "enkat/design/fit_calibration.hpp"
#include "enkat/design/pass.hpp"
#include "enkat/design/replicate_products.hpp"

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

/// Weights after calibration, as far as all of them need to be known.
struct WeightFacts {
  std::int64_t negative = 0;
  double largest = 0;

  WeightFacts& operator+=(const WeightFacts& other) {
    negative += other.negative;
    largest = std::max(largest, other.largest);
    return *this;
  }
  void write(ByteWriter& out) const {
    out.put(negative);
    out.put(largest);
  }
  WeightFacts read(ByteReader& in) const { return {in.get<std::int64_t>(), in.get<double>()}; }
};

struct WeightFactsPass {
  using State = WeightFacts;
  static constexpr std::string_view name = "calibrated weights";
  std::shared_ptr<const Calibration> calibration;

  State empty(const Survey&) const { return {}; }
  void observe(const Survey& part, State& facts, Monitor& monitor) const {
    const auto here = calibration->rows->on(part);
    const CalibrationFactors factors(*here, calibration->distance, calibration->lambda);
    const CalibratedWeights after = calibrated_weights(part, factors, monitor);
    facts.negative += after.negative;
    for (const double w : after.weight) facts.largest = std::max(facts.largest, std::abs(w));
  }
  void write(ByteWriter& out) const { calibration->write(out); }
  static WeightFactsPass read(ByteReader& in, const Survey& survey) { return {Calibration::read(in, survey)}; }
};
const KnownPass<WeightFactsPass> weight_facts_pass;

/// Notes about weights that stay true when the weights are changed again.
std::vector<Issue> notes_about_weights(const Survey& survey) {
  std::vector<Issue> notes;
  for (const Issue& note : survey.notes())
    if (note.code.starts_with("trim.") || note.code.starts_with("calibrate.")) notes.push_back(note);
  return notes;
}

CalibrationFit fit_others(const Survey& survey, const Calibration& calibration, const CrossProducts& before,
                          Monitor& monitor) {
  const std::string& method = calibration.method;
  const CalibrationEquations equations{*calibration.rows, calibration.totals, calibration.distance};
  std::vector<double> weight = calibration.rows->table().weight;
  if (method == "poststratify") return fit_strata(equations, weight);
  if (equations.distance.kind == Distance::Kind::linear && !equations.distance.bounded())
    return fit_linear(equations, before, calibration.inverse);
  const Eigen::VectorXd start = Eigen::VectorXd::Zero(equations.totals.size());
  if (!equations.rows.collapsed() && survey.in_parts())
    return fit_calibration(equations, evaluate_survey(survey, calibration.rows, monitor), start);
  if (!equations.rows.collapsed()) {
    weight.resize(survey.rows());
    survey.weights({0, survey.rows()}, weight);
  }
  return fit_calibration(equations, evaluate_rows(equations.rows, weight, monitor), start);
}

/// A survey just calibrated, with the replicates of the one before calibrated too.
Survey with_replicates_of(const Survey& before, const Survey& calibrated, Monitor& monitor) {
  if (!before.replicates()) return calibrated;
  return calibrated.with_replicates(calibrated_replicates(calibrated, before.replicates(), monitor));
}

Survey calibrated(const Survey& survey, const std::string& method, const Distance& distance,
                  const std::shared_ptr<const Auxiliaries>& x, const CalibrationTotals& given, Monitor& monitor) {
  const auto cells = std::make_shared<const AuxiliaryCells>(x);
  const AuxiliaryMoments moments = auxiliary_moments(survey, cells, monitor);
  TargetTotals target = target_totals(survey, *x, moments.counts(*x), given);
  auto calibration = std::make_shared<Calibration>();
  calibration->method = method;
  calibration->rows = std::make_shared<const DistinctRows>(cells, moments.cells);
  calibration->before = survey.given_weights();
  calibration->totals = std::move(target.totals);
  calibration->totals_covariance = std::move(target.covariance);

  const std::vector<double>& weight = calibration->rows->table().weight;
  const CrossProducts before{std::accumulate(weight.begin(), weight.end(), 0.0), moments.sums(*cells),
                             moments.cross_products(*cells)};
  calibration->inverse = generalised_inverse(before.products);
  calibration->distance = distance;
  if (method == "poststratify") {
    calibration->distance.centre = 0;  // factors are ratios of totals, not 1 and something
  } else if (method != "rake" && distance.kind != Distance::Kind::logit) {
    calibration->distance.centre = common_factor(calibration->totals, before, calibration->inverse);
  }
  const CalibrationEquations equations{*calibration->rows, calibration->totals, calibration->distance};
  if (method == "rake") {
    const Eigen::Map<const Eigen::VectorXd> of_cells(weight.data(), static_cast<Eigen::Index>(weight.size()));
    MarginFits fits = fit_margins(equations, of_cells, Eigen::VectorXd::Zero(calibration->totals.size()));
    calibration->lambda = fits.lambda.col(0);
    calibration->convergence = std::move(fits.convergence);
  } else {
    CalibrationFit fit = fit_others(survey, *calibration, before, monitor);
    calibration->lambda = std::move(fit.lambda);
    calibration->convergence = std::move(fit.convergence);
  }

  CalibratedWeights after;
  double largest = 0;
  if (survey.in_parts()) {
    const WeightFacts facts = run_pass(survey, WeightFactsPass{calibration}, monitor);
    std::tie(after.negative, largest) = std::tie(facts.negative, facts.largest);
  } else {
    after = calibrated_weights(
        survey, CalibrationFactors(*calibration->rows, calibration->distance, calibration->lambda), monitor);
  }
  calibration->negative_weights = after.negative;
  std::vector<Issue> notes = notes_about_weights(survey);
  if (after.negative > 0)
    notes.push_back({"calibrate.negative_weights",
                     std::to_string(after.negative) + " weights are negative after calibration: give bounds, or method "
                                                      "raking, if no weight may be",
                     {{"rows", after.negative}}});
  if (!survey.in_parts())
    return with_replicates_of(survey, survey.with_weights(std::move(after.weight), calibration, std::move(notes)),
                              monitor);
  const Survey result = survey.with_calibration(calibration, largest, std::move(notes));
  result.calibrated_unit_sums(monitor);  // now: passes of a survey come before those of its estimates
  return with_replicates_of(survey, result, monitor);
}

/// Terms of margins: {"sex": {"k": 812, "m": 790}}.
std::vector<ModelTerm> margins_of(const Survey& survey, const Json& margins) {
  const std::vector<Keyed> named = pairs_of(margins);
  if (named.empty())
    throw UsageError("calibrate.totals", "margins are totals by level: {\"sex\": {\"k\": 812, \"m\": 790}}");
  std::vector<ModelTerm> terms;
  for (const auto& [written, levels] : named) {
    const std::string name = crossing_name(written);
    if (!levels->is_structured())
      throw UsageError(
          "calibrate.totals",
          "the margin '" + name + "' needs a total for each of its levels: {\"" + name + "\": {level: total}}",
          {{"column", name}});
    terms.push_back({crossed_variables(survey, written), true});
  }
  return terms;
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

/// Replicates side by side, fitted one after the other.
void fit_each(const CalibrationEquations& equations, const ByReplicate& weights, const Calibration& calibration,
              Eigen::Ref<Eigen::MatrixXd> lambda, Monitor& monitor) {
  std::vector<double> weight(static_cast<std::size_t>(weights.rows()));
  for (Eigen::Index r = 0; r < weights.cols(); ++r) {
    CalibrationEquations one = equations;
    *one.replicate += static_cast<std::size_t>(r);
    Eigen::Map<Eigen::VectorXd>(weight.data(), weights.rows()) = weights.col(r);
    lambda.col(r) = calibration.method == "poststratify"
                        ? fit_strata(one, weight).lambda
                        : fit_calibration(one, evaluate_rows(one.rows, weight, monitor), calibration.lambda).lambda;
  }
}

}  // namespace

Survey poststratify(const Survey& survey, const Json& margin, Monitor& monitor) {
  check_survey(survey);
  const std::vector<ModelTerm> terms = margins_of(survey, margin);
  if (terms.size() != 1)
    throw UsageError("calibrate.one_margin",
                     "poststratification takes one category, or one crossing such as \"sex:region\": use rake() for "
                     "several margins",
                     {{"margins", terms.size()}});
  const Survey ready = survey.reading(reads_of(survey, terms), monitor);
  const auto x = std::make_shared<const Auxiliaries>(ready, false, terms);
  return calibrated(ready, "poststratify", {}, x, CalibrationTotals::from_json(margin), monitor);
}

Survey rake(const Survey& survey, const Json& margins, Monitor& monitor) {
  check_survey(survey);
  const std::vector<ModelTerm> terms = margins_of(survey, margins);
  const Survey ready = survey.reading(reads_of(survey, terms), monitor);
  const auto x = std::make_shared<const Auxiliaries>(ready, false, terms);
  return calibrated(ready, "rake", {Distance::Kind::raking}, x, CalibrationTotals::from_json(margins), monitor);
}

Survey calibrate(const Survey& survey, const CalibrateRequest& request, Monitor& monitor) {
  check_survey(survey);
  const Distance distance = distance_of(request);
  const CalibrationTotals totals = CalibrationTotals::from_json(request.totals, request.covariance);
  std::vector<ModelTerm> terms;
  for (const std::vector<std::string>& variables : request.terms) {
    // A scale is a number unless totals of its levels are given; so is a column of numbers.
    const Question* scale = variables.size() == 1 ? survey.question(variables.front()) : nullptr;
    const bool levels = totals.has_levels(variables) ||
                        (scale != nullptr && scale->type == QuestionType::scale && !totals.has_number(variables));
    terms.push_back({variables, levels});
  }
  if (terms.empty() && !request.intercept)
    throw UsageError("calibrate.no_terms", "there is nothing to calibrate to: name at least one variable");
  if (request.unit && survey.in_parts())
    throw EstimateError("estimate.in_memory_only",
                        "households (`household`) may be spread over parts of the data: read them with enkat.read");
  const Survey ready = survey.reading(reads_of(survey, terms), monitor);
  const auto x = std::make_shared<const Auxiliaries>(ready, request.intercept, terms, request.unit);
  return calibrated(ready, request.method, distance, x, totals, monitor);
}

std::shared_ptr<const Replicates> calibrated_replicates(const Survey& survey,
                                                        const std::shared_ptr<const Replicates>& before,
                                                        Monitor& monitor) {
  const Calibration& calibration = *survey.calibration();
  const Replicates& replicates = *before;
  auto result = std::make_shared<Replicates>(replicates);
  result->calibrated = calibration.rows;
  result->distance = calibration.distance;
  result->lambda.resize(calibration.lambda.size(), static_cast<Eigen::Index>(replicates.count()));
  const Survey repeated = survey.with_replicates(before);
  if (const auto products = ReplicateProducts::of(repeated, monitor)) {
    for (std::size_t r = 0; r < replicates.count(); ++r) {
      ReplicateMonitor(monitor, r, replicates.count()).poll(0);
      const CalibrationEquations equations{*calibration.rows, calibration.totals, calibration.distance, r};
      result->lambda.col(static_cast<Eigen::Index>(r)) = products->lambda(equations);
    }
    return result;
  }
  const ReplicateSums sums(repeated, monitor);
  for (std::size_t first = 0; first < replicates.count();) {
    ReplicateMonitor watched(monitor, first, replicates.count());
    watched.poll(0);
    const std::size_t count = std::min(sums.at_a_time(), replicates.count() - first);
    const ByReplicate weights = sums.of(first, count);
    const CalibrationEquations equations{*calibration.rows, calibration.totals, calibration.distance, first};
    auto lambda = result->lambda.middleCols(static_cast<Eigen::Index>(first), static_cast<Eigen::Index>(count));
    if (calibration.method == "rake")
      lambda = fit_margins(equations, weights, calibration.lambda).lambda;
    else
      fit_each(equations, weights, calibration, lambda, watched);
    first += count;
  }
  return result;
}

Survey trim(const Survey& survey, double upper, double lower) {
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
  const auto outside = std::ranges::count_if(weight, [&](double w) { return w != 0 && !inside(w); });

  std::shared_ptr<const Calibration> calibration = survey.calibration();
  if (calibration) {
    auto trimmed = std::make_shared<Calibration>(*calibration);
    trimmed->trimmed = true;
    trimmed->negative_weights = std::ranges::count_if(weight, [](double w) { return w < 0; });
    calibration = std::move(trimmed);
  }
  std::vector<Issue> notes = notes_about_weights(survey);
  notes.push_back({"trim.weights",
                   std::to_string(cut) + " weights were cut to between " + number_text(lower) + " and " +
                       number_text(upper) + "; the excess is spread over the other " + std::to_string(kept) + " rows" +
                       (outside > 0 ? ", which moved " + std::to_string(outside) +
                                          " of them out of the bounds: trim again to cut those as well"
                                    : "") +
                       (calibration ? "; totals that were calibrated are no longer met exactly" : ""),
                   {{"rows", cut}, {"lower", lower}, {"upper", upper}, {"outside", outside}}});
  return survey.with_weights(std::move(weight), calibration, std::move(notes));
}

}  // namespace enkat
