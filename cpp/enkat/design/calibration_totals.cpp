#include "enkat/design/calibration_totals.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "enkat/basics/symmetric_eigen.hpp"
#include "enkat/codebook/code.hpp"
#include "enkat/design/survey.hpp"

namespace enkat {
namespace {

using Coefficients = Eigen::VectorXd;  // of a total in what is given
using Term = ModelMatrix::Term;
using Cell = std::map<std::string, std::size_t>;  // value of each variable

double read_total(const std::string& name, const Json& value) {
  const double total = value.is_number() ? value.get<double>() : std::nan("");
  if (!std::isfinite(total))
    throw DesignError("calibrate.total_not_finite", "the total of '" + name + "' is not a number: give a finite one",
                      {{"column", name}});
  return total;
}

/// Given totals as columns of x, and the other totals as sums and differences of them.
class Completion {
 public:
  Completion(const Survey& survey, const Auxiliaries& x, std::span<const std::size_t> counts,
             const CalibrationTotals& given);

  std::vector<Issue> issues;
  /// columns of x × given: totals = matrix · given.
  Eigen::MatrixXd matrix;

 private:
  void find_column(std::size_t k);
  std::vector<std::size_t> level_columns(const Term& term, const Written& level) const;
  std::optional<std::size_t> cell_column(const Term& term, const std::vector<std::string>& values) const;
  void keep_only(const std::vector<std::size_t>& columns, std::size_t k);
  void keep(std::size_t column, std::size_t k);
  std::optional<Coefficients> derive(const Cell& cell) const;
  std::optional<Coefficients> sum_of_full_term(const Cell& cell) const;
  std::optional<std::size_t> reference(const Term& term, std::size_t variable) const;
  bool is_full(const Term& term) const;
  bool occupied(const Term& term, std::size_t level) const { return counts_[term.first_column + level] > 0; }
  bool has_total(const Term& term, std::size_t level) const { return given_at_[term.first_column + level] >= 0; }
  Coefficients unit(int k) const { return Coefficients::Unit(static_cast<Eigen::Index>(given_.given.size()), k); }
  Coefficients zero() const { return Coefficients::Zero(static_cast<Eigen::Index>(given_.given.size())); }

  static Cell cell_of(const Term& term, std::size_t level);
  static std::size_t level_of(const Term& term, const Cell& cell);

  const Survey& survey_;
  const Auxiliaries& x_;
  std::span<const std::size_t> counts_;
  const CalibrationTotals& given_;
  std::map<std::string, std::vector<std::size_t>> names_;  // as R writes them, which may be that of several columns
  std::vector<int> given_at_;                              // of each column; −1
  int population_ = -1;                                    // where "(Intercept)" is given
};

Completion::Completion(const Survey& survey, const Auxiliaries& x, std::span<const std::size_t> counts,
                       const CalibrationTotals& given)
    : survey_(survey), x_(x), counts_(counts), given_(given), given_at_(x.columns(), -1) {
  for (const Term& term : x.terms()) {
    if (!term.is_category()) {
      names_[term.name()].push_back(term.first_column);
      continue;
    }
    for (std::size_t level = 0; level < term.levels.size(); ++level) {
      std::string name;
      const Cell cell = cell_of(term, level);
      for (std::size_t v = 0; v < term.variables.size(); ++v)
        name += (v == 0 ? "" : ":") + term.variables[v] + term.crossed[v].values[cell.at(term.variables[v])];
      names_[name].push_back(term.first_column + level);
    }
  }
  for (std::size_t k = 0; k < given.given.size(); ++k) find_column(k);
  refuse<DesignError>(issues);

  matrix.setZero(static_cast<Eigen::Index>(x.columns()), static_cast<Eigen::Index>(given.given.size()));
  for (const Term& term : x.terms()) {
    for (std::size_t level = 0; level < term.columns(); ++level) {
      const std::size_t column = term.first_column + level;
      std::optional<Coefficients> total;
      if (term.is_number()) {
        if (given_at_[column] >= 0) total = unit(given_at_[column]);
      } else {
        total = derive(term.is_intercept() ? Cell{} : cell_of(term, level));
      }
      if (total) {
        matrix.row(static_cast<Eigen::Index>(column)) = total->transpose();
      } else if (term.is_category() && given.has_levels(term.variables)) {
        issues.push_back({"calibrate.empty_cell",
                          std::to_string(counts[column]) + " rows have " + term.name() + " = '" + term.levels[level] +
                              "', which has no total: give it, or merge the level with another",
                          {{"column", term.name()}, {"level", term.levels[level]}, {"rows", counts[column]}}});
      } else {
        issues.push_back({"calibrate.total_missing",
                          "there is no total of '" + x.names()[column] + "': give it",
                          {{"column", x.names()[column]}}});
      }
    }
  }
  refuse<DesignError>(issues);
}

void Completion::keep(std::size_t column, std::size_t k) {
  if (given_at_[column] >= 0)
    issues.push_back({"calibrate.total_twice",
                      "'" + x_.names()[column] + "' has two totals: give one",
                      {{"column", x_.names()[column]}}});
  given_at_[column] = static_cast<int>(k);
}

/// A name that several columns have is of none of them: which one is meant would depend on their order.
void Completion::keep_only(const std::vector<std::size_t>& columns, std::size_t k) {
  if (columns.size() == 1) return keep(columns.front(), k);
  const std::string name = given_.given[k].text();
  issues.push_back({"calibrate.ambiguous_total",
                    "'" + name + "' is the name of " + std::to_string(columns.size()) +
                        " cells of the crossing: give the total by variable, and the values of a crossing as a tuple",
                    {{"column", name}}});
}

void Completion::find_column(std::size_t k) {
  const CalibrationTotals::Given& given = given_.given[k];
  const std::string name = crossing_name(given.name);
  if (!given.level) {
    if (name == "(Intercept)") {
      population_ = static_cast<int>(k);
      return;
    }
    if (const auto found = names_.find(name); found != names_.end()) return keep_only(found->second, k);
    std::vector<std::string> known{"(Intercept)"};
    for (const auto& [other, columns] : names_) known.push_back(other);
    issues.push_back({"calibrate.unknown_total",
                      "there is a total of '" + name + "', but no term that it belongs to" + suggestion(name, known),
                      {{"column", name}}});
    return;
  }
  for (const Term& term : x_.terms()) {
    if (term.is_intercept() || !is_name_of(given.name, term.variables)) continue;
    if (const auto columns = level_columns(term, *given.level); !columns.empty()) return keep_only(columns, k);
    if (given.value == 0) return;  // nobody is there, and nobody is wanted
    const std::string level = crossing_name(*given.level);
    issues.push_back({"calibrate.empty_cell",
                      "nobody in the sample has " + name + " = '" + level +
                          "', which has a total: merge the level with another" + suggestion(level, term.levels),
                      {{"column", name}, {"level", level}, {"total", given.value}}});
    return;
  }
  std::vector<std::string> known;
  for (const Term& term : x_.terms())
    if (term.is_category()) known.push_back(term.name());
  issues.push_back({"calibrate.unknown_total",
                    "there are totals of the levels of '" + name + "', but no such term" + suggestion(name, known),
                    {{"column", name}}});
}

/// The columns of the levels that may be meant: several where levels read the same when they are joined.
std::vector<std::size_t> Completion::level_columns(const Term& term, const Written& level) const {
  std::vector<std::size_t> columns;
  if (level.size() == 1)
    for (std::size_t i = 0; i < term.levels.size(); ++i)
      if (term.levels[i] == level.front()) columns.push_back(term.first_column + i);
  if (!columns.empty()) return columns;
  Written parts = level;
  if (level.size() == 1 && term.variables.size() > 1) {
    parts.clear();
    for (std::size_t first = 0; first <= level.front().size();) {
      const std::size_t last = std::min(level.front().find(':', first), level.front().size());
      parts.push_back(level.front().substr(first, last - first));
      first = last + 1;
    }
  }
  if (const auto column = cell_column(term, parts)) columns.push_back(*column);
  return columns;
}

std::optional<std::size_t> Completion::cell_column(const Term& term, const std::vector<std::string>& parts) const {
  if (parts.size() != term.variables.size()) return std::nullopt;
  std::size_t level = 0;
  for (std::size_t v = 0; v < parts.size(); ++v) {
    const auto value = value_index(survey_, term.variables[v], term.crossed[v].values, parts[v]);
    if (!value) return std::nullopt;
    level = level * term.crossed[v].values.size() + *value;
  }
  return term.first_column + level;
}

Cell Completion::cell_of(const Term& term, std::size_t level) {
  Cell cell;
  for (std::size_t v = term.variables.size(); v-- > 0; level /= term.crossed[v].values.size())
    cell[term.variables[v]] = level % term.crossed[v].values.size();
  return cell;
}

std::size_t Completion::level_of(const Term& term, const Cell& cell) {
  std::size_t level = 0;
  for (std::size_t v = 0; v < term.variables.size(); ++v)
    level = level * term.crossed[v].values.size() + cell.at(term.variables[v]);
  return level;
}

bool Completion::is_full(const Term& term) const {
  if (!term.is_category()) return false;
  for (std::size_t level = 0; level < term.levels.size(); ++level)
    if (occupied(term, level) && !has_total(term, level)) return false;
  return true;
}

// Terms with all their totals also say those of what they cross, and how many there are.
std::optional<Coefficients> Completion::sum_of_full_term(const Cell& cell) const {
  for (const Term& term : x_.terms()) {
    const bool crosses = std::ranges::all_of(
        cell, [&](const auto& part) { return std::ranges::find(term.variables, part.first) != term.variables.end(); });
    if (!crosses || !is_full(term)) continue;
    Coefficients sum = zero();
    for (std::size_t level = 0; level < term.levels.size(); ++level) {
      const Cell of = cell_of(term, level);
      const bool within = std::ranges::all_of(cell, [&](const auto& part) { return of.at(part.first) == part.second; });
      if (within && has_total(term, level)) sum += unit(given_at_[term.first_column + level]);
    }
    return sum;
  }
  return std::nullopt;
}

/// The one value of a variable that occurs and that no given total of the term is about.
std::optional<std::size_t> Completion::reference(const Term& term, std::size_t variable) const {
  std::vector<std::uint8_t> occurs(term.crossed[variable].values.size(), 0), named(occurs);
  for (std::size_t level = 0; level < term.levels.size(); ++level) {
    const std::size_t value = cell_of(term, level).at(term.variables[variable]);
    if (occupied(term, level)) occurs[value] = 1;
    if (has_total(term, level)) named[value] = 1;
  }
  std::optional<std::size_t> found;
  for (std::size_t value = 0; value < occurs.size(); ++value) {
    if (occurs[value] == 0 || named[value] != 0) continue;
    if (found) return std::nullopt;
    found = value;
  }
  return found;
}

std::optional<Coefficients> Completion::derive(const Cell& cell) const {
  if (cell.empty() && population_ >= 0) return unit(population_);
  const auto same_variables = [&](const Term& term) {
    return term.is_category() && term.variables.size() == cell.size() &&
           std::ranges::all_of(term.variables, [&](const std::string& v) { return cell.contains(v); });
  };
  const auto term = std::ranges::find_if(x_.terms(), same_variables);
  if (term != x_.terms().end()) {
    const std::size_t level = level_of(*term, cell);
    if (has_total(*term, level)) return unit(given_at_[term->first_column + level]);
    if (!occupied(*term, level)) return zero();
  }
  if (auto sum = sum_of_full_term(cell)) return sum;
  if (term == x_.terms().end()) return std::nullopt;
  for (std::size_t v = 0; v < term->variables.size(); ++v) {
    const std::string& variable = term->variables[v];
    const auto left_out = reference(*term, v);
    if (!left_out || *left_out != cell.at(variable)) continue;
    Cell margin = cell;
    margin.erase(variable);
    auto rest = derive(margin);
    for (std::size_t value = 0; rest && value < term->crossed[v].values.size(); ++value) {
      if (value == *left_out) continue;
      Cell other = cell;
      other[variable] = value;
      const auto total = derive(other);
      if (total)
        *rest -= *total;
      else
        rest.reset();
    }
    if (rest) return rest;
  }
  return std::nullopt;
}

void check_sizes(const Auxiliaries& x, std::span<const std::size_t> counts, const Eigen::VectorXd& totals) {
  std::vector<Issue> issues;
  for (const Term& term : x.terms()) {
    if (term.is_number()) continue;
    for (std::size_t level = 0; level < term.columns(); ++level) {
      const std::size_t column = term.first_column + level;
      const double total = totals[static_cast<Eigen::Index>(column)];
      const std::string& name = x.names()[column];
      const Context context{
          {"column", term.name()}, {"level", term.is_category() ? term.levels[level] : ""}, {"total", total}};
      if (total < 0)
        issues.push_back({"calibrate.total_negative",
                          "the total of '" + name + "' is " + number_text(total) +
                              ", given or as what the others leave: a number of people cannot be negative",
                          context});
      else if (total == 0 && counts[column] > 0)
        issues.push_back({"calibrate.total_zero",
                          "the total of '" + name + "' is 0, but " + std::to_string(counts[column]) +
                              " rows with weight are there: correct it, or give "
                              "these rows weight 0",
                          context});
      else if (total > 0 && counts[column] == 0)
        issues.push_back({"calibrate.empty_cell",
                          "nobody in the sample has '" + name + "', whose total is " + number_text(total) +
                              ": merge the level with another",
                          context});
    }
  }
  refuse<DesignError>(issues);
}

/// Totals of the same people, added up over levels, must be one number.
void check_agreement(const Auxiliaries& x, const Eigen::VectorXd& totals) {
  std::optional<std::string> first_name;
  double first = 0;
  for (const Term& term : x.terms()) {
    if (term.is_number()) continue;
    const double sum =
        totals.segment(static_cast<Eigen::Index>(term.first_column), static_cast<Eigen::Index>(term.columns())).sum();
    if (!first_name) {
      first_name = term.name();
      first = sum;
    } else if (std::abs(sum - first) > 1e-8 * std::abs(first)) {
      throw DesignError("calibrate.totals_disagree",
                        "the totals of '" + *first_name + "' are " + number_text(first) + " in all, those of '" +
                            term.name() + "' " + number_text(sum) +
                            ": they are about the same people, so make them agree",
                        {{"first", *first_name}, {"first_sum", first}, {"second", term.name()}, {"second_sum", sum}});
    }
  }
}

}  // namespace

CalibrationTotals CalibrationTotals::from_json(const Json& totals, const Json& covariance) {
  const std::vector<Keyed> named = pairs_of(totals);
  if (named.empty())
    throw UsageError("calibrate.totals", "totals are given by name: {\"stype\": {\"E\": 4421, \"H\": 755}}");
  CalibrationTotals result;
  const auto add = [&](const Written& name, const std::optional<Written>& level, const Json& total) {
    Given& given = result.given.emplace_back(Given{name, level});
    given.value = read_total(given.text(), total);
  };
  for (const auto& [name, value] : named) {
    if (value->is_structured()) {
      for (const auto& [level, total] : pairs_of(*value)) add(name, level, *total);
    } else {
      add(name, std::nullopt, *value);
    }
  }
  if (covariance.is_null()) return result;
  const auto size = static_cast<Eigen::Index>(result.given.size());
  result.covariance.setZero(size, size);
  std::vector<Eigen::Index> at;
  std::vector<std::string> known;
  for (const Given& given : result.given) known.push_back(given.text());
  if (!covariance.contains("columns"))
    for (Eigen::Index i = 0; i < size; ++i) at.push_back(i);
  for (const Json& column : covariance.value("columns", Json::array())) {
    const auto name = column.get<std::string>();
    const auto found = std::ranges::find(known, name);
    if (found == known.end())
      throw DesignError("calibrate.unknown_total",
                        "the covariance is of a total of '" + name + "', which is not given" + suggestion(name, known),
                        {{"column", name}});
    at.push_back(found - known.begin());
  }
  const Json& rows = covariance.at("covariance");
  for (std::size_t i = 0; i < at.size(); ++i)
    for (std::size_t j = 0; j < at.size(); ++j)
      result.covariance(at[i], at[j]) = read_total(known[static_cast<std::size_t>(at[i])], rows.at(i).at(j));
  if (!result.covariance.isApprox(result.covariance.transpose()) && result.covariance.squaredNorm() > 0)
    throw DesignError("calibrate.covariance", "the covariance of the totals is not symmetric: correct it");
  const Eigen::VectorXd values = SymmetricEigen(result.covariance).values;
  if (values.size() > 0 && values.minCoeff() < -1e-9 * values.cwiseAbs().maxCoeff())
    throw DesignError("calibrate.covariance",
                      "the covariance of the totals gives some sum of them a negative variance: correct it");
  return result;
}

bool CalibrationTotals::has_levels(const std::vector<std::string>& variables) const {
  return std::ranges::any_of(given, [&](const Given& g) { return g.level && is_name_of(g.name, variables); });
}

bool CalibrationTotals::has_number(const std::vector<std::string>& variables) const {
  return std::ranges::any_of(given, [&](const Given& g) { return !g.level && is_name_of(g.name, variables); });
}

std::vector<Keyed> pairs_of(const Json& json) {
  std::vector<Keyed> pairs;
  if (json.is_object())
    for (const auto& [key, value] : json.items()) pairs.push_back({{key}, &value});
  if (json.is_array())
    for (const Json& pair : json)
      pairs.push_back(
          {pair.at(0).is_array() ? pair.at(0).get<Written>() : Written{pair.at(0).get<std::string>()}, &pair.at(1)});
  return pairs;
}

bool is_name_of(const Written& written, const std::vector<std::string>& variables) {
  return written == variables || (written.size() == 1 && written.front() == crossing_name(variables));
}

TargetTotals target_totals(const Survey& survey, const Auxiliaries& x, std::span<const std::size_t> counts,
                           const CalibrationTotals& given) {
  const Completion completion(survey, x, counts, given);
  Eigen::VectorXd values(static_cast<Eigen::Index>(given.given.size()));
  for (std::size_t k = 0; k < given.given.size(); ++k) values[static_cast<Eigen::Index>(k)] = given.given[k].value;
  TargetTotals target{completion.matrix * values, {}};
  check_sizes(x, counts, target.totals);
  check_agreement(x, target.totals);
  if (given.covariance.size() > 0)
    target.covariance = completion.matrix * given.covariance * completion.matrix.transpose();
  return target;
}

}  // namespace enkat
