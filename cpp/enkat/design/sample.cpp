#include "enkat/design/sample.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "enkat/data/labels.hpp"

namespace enkat {
namespace {

std::vector<double> numbers(const Table& table, const std::string& name) {
  std::vector<double> values(table.rows());
  table.column(name).numbers(0, values);
  return values;
}

/// Refuses a design column with missing values: a row without them cannot be placed in the sample.
void refuse_missing(const std::string& role, const std::string& column, std::size_t missing) {
  if (missing == 0) return;
  throw DesignError("design." + role + "_missing",
                    std::to_string(missing) + " rows have no value in '" + column + "' (" + role +
                        "): give them one, or leave the rows out of the file and say so",
                    {{"column", column}, {"rows", missing}});
}

template <class Predicate>
std::size_t count(const std::vector<double>& values, Predicate predicate) {
  return static_cast<std::size_t>(std::ranges::count_if(values, predicate));
}

Labels dense(const Table& table, const std::string& role, const std::string& column) {
  Labels labels = Labels(table.column(column));
  refuse_missing(role, column, static_cast<std::size_t>(std::ranges::count(labels.code, -1)));
  return labels;
}

}  // namespace

Sample::Sample(const Table& table, const Design& design) : rows_(table.rows()), single_psu_(design.single_psu) {
  if (rows_ == 0) throw DataError("data.empty", "the file has no rows: there is nothing to estimate from");
  if (design.cluster.size() > 1 || design.fpc.size() > 1)
    throw DesignError("design.stages",
                      "this version knows one stage of clusters: give `cluster` and `fpc` one column each",
                      {{"cluster", design.cluster}, {"fpc", design.fpc}});
  read_units(table, design);
  read_weights(table, design);
  read_fractions(table, design);
  if (!design.weight && with_fractions_) weights_from_fractions(design);
}

void Sample::weights(Rows rows, std::span<double> out) const {
  if (weight_.size() == 1) {
    std::ranges::fill(out, weight_[0]);
  } else {
    std::copy_n(weight_.begin() + static_cast<std::ptrdiff_t>(rows.first), rows.size(), out.begin());
  }
}

void Sample::read_weights(const Table& table, const Design& design) {
  weight_ = {1.0};
  if (!design.weight) return;
  const std::string& column = *design.weight;
  weight_ = numbers(table, column);
  refuse_missing("weight", column, count(weight_, [](double w) { return std::isnan(w); }));
  if (const auto rows = count(weight_, [](double w) { return std::isinf(w); }))
    throw DesignError("design.weight_not_finite", std::to_string(rows) + " weights in '" + column + "' are infinite",
                      {{"column", column}, {"rows", rows}});
  if (const auto rows = count(weight_, [](double w) { return w < 0; }))
    throw DesignError("design.weight_negative",
                      std::to_string(rows) + " weights in '" + column +
                          "' are negative: a row cannot stand for fewer than nobody; correct them",
                      {{"column", column}, {"rows", rows}});
  zero_weights_ = count(weight_, [](double w) { return w == 0; });
  if (zero_weights_ == rows_)
    throw DesignError("design.weight_all_zero", "all weights in '" + column + "' are 0", {{"column", column}});
  largest_weight_ = *std::ranges::max_element(weight_);
}

void Sample::read_units(const Table& table, const Design& design) {
  std::vector<std::int32_t> stratum(rows_, 0);
  strata_ = {{"", 0, 0}};
  if (design.strata) {
    const Labels labels = dense(table, "strata", *design.strata);
    strata_.clear();
    std::vector<std::int32_t> position(labels.size(), -1);
    std::vector<std::uint8_t> occurs(labels.size(), 0);
    for (const std::int32_t code : labels.code) occurs[static_cast<std::size_t>(code)] = 1;
    for (std::size_t i = 0; i < labels.size(); ++i) {
      if (occurs[i] == 0) continue;  // a declared category nobody was drawn from is no stratum of the sample
      position[i] = static_cast<std::int32_t>(strata_.size());
      strata_.push_back({labels.label[i].text, 0, 0});
    }
    for (std::size_t row = 0; row < rows_; ++row) stratum[row] = position[static_cast<std::size_t>(labels.code[row])];
  }
  if (design.cluster.empty()) {
    for (const std::int32_t h : stratum) ++strata_[static_cast<std::size_t>(h)].psus;
    if (strata_.size() > 1) unit_ = std::move(stratum);
    return;
  }

  const std::string& column = design.cluster[0];
  if (design.strata == column)
    throw DesignError("design.cluster_is_strata",
                      "'" + column + "' is given both as strata and as cluster: every stratum would have one PSU",
                      {{"column", column}});
  const Labels labels = dense(table, "cluster", column);
  // PSUs in the order of (stratum, label), whatever the order of the rows.
  const auto key = [&](std::size_t row) {
    return static_cast<std::uint64_t>(stratum[row]) << 32 | static_cast<std::uint32_t>(labels.code[row]);
  };
  std::vector<std::uint64_t> psus(rows_);
  for (std::size_t row = 0; row < rows_; ++row) psus[row] = key(row);
  std::ranges::sort(psus);
  const auto repeated = std::ranges::unique(psus);
  psus.erase(repeated.begin(), repeated.end());
  if (!design.nest) {
    std::vector<std::uint8_t> homes(labels.size(), 0);
    for (const std::uint64_t psu : psus) {
      auto& home = homes[psu & 0xffffffffU];
      home = static_cast<std::uint8_t>(std::min(2, home + 1));
    }
    if (const auto shared = std::ranges::count(homes, 2))
      throw DesignError("design.cluster_not_nested",
                        std::to_string(shared) + " values of '" + column +
                            "' occur in more than one stratum: say nest=True if they number clusters anew in each "
                            "stratum, otherwise correct them",
                        {{"column", column}, {"clusters", shared}});
  }
  for (const std::uint64_t psu : psus) {
    psu_stratum_.push_back(static_cast<std::int32_t>(psu >> 32));
    ++strata_[psu >> 32].psus;
  }
  unit_.resize(rows_);
  for (std::size_t row = 0; row < rows_; ++row)
    unit_[row] = static_cast<std::int32_t>(std::ranges::lower_bound(psus, key(row)) - psus.begin());
}

void Sample::read_fractions(const Table& table, const Design& design) {
  if (design.population) {
    if (!design.fpc.empty() || design.strata || !design.cluster.empty())
      throw DesignError(
          "design.population_needs_srs",
          "`population` is for a simple random sample: with strata or clusters give their sizes in `fpc`");
    if (!(*design.population >= static_cast<double>(rows_)))
      throw DesignError("design.population_too_small",
                        "the population cannot be smaller than the sample of " + std::to_string(rows_) + " rows",
                        {{"population", *design.population}, {"rows", rows_}});
    strata_[0].fraction = static_cast<double>(rows_) / *design.population;
    with_fractions_ = true;
    return;
  }
  if (design.fpc.empty()) return;
  with_fractions_ = true;
  const std::string& column = design.fpc[0];
  const std::vector<double> fpc = numbers(table, column);
  refuse_missing("fpc", column, count(fpc, [](double f) { return std::isnan(f); }));
  if (const auto rows = count(fpc, [](double f) { return !(f > 0) || std::isinf(f); }))
    throw DesignError("design.fpc_not_positive",
                      std::to_string(rows) + " values of '" + column +
                          "' are not positive: fpc is a population size "
                          "or a sampling fraction",
                      {{"column", column}, {"rows", rows}});
  const std::size_t fractions = count(fpc, [](double f) { return f <= 1; });
  if (fractions != 0 && fractions != rows_)
    throw DesignError(
        "design.fpc_mixed",
        "'" + column + "' mixes sampling fractions (up to 1) and population sizes (above 1): use one kind",
        {{"column", column}, {"fractions", fractions}, {"sizes", rows_ - fractions}});
  std::vector<double> given(strata_.size(), -1);
  for (std::size_t row = 0; row < rows_; ++row) {
    const std::int32_t unit = unit_.empty() ? 0 : unit_[row];
    const auto h = static_cast<std::size_t>(rows_are_psus() ? unit : psu_stratum_[static_cast<std::size_t>(unit)]);
    if (given[h] < 0) given[h] = fpc[row];
    if (given[h] != fpc[row])
      throw DesignError("design.fpc_varies",
                        "'" + column + "' has more than one value in stratum '" + strata_[h].label +
                            "': the population of a stratum has one size",
                        {{"column", column}, {"stratum", strata_[h].label}});
  }
  for (std::size_t h = 0; h < strata_.size(); ++h) {
    const double psus = static_cast<double>(strata_[h].psus);
    if (fractions == 0 && given[h] < psus)
      throw DesignError("design.fpc_too_small",
                        "stratum '" + strata_[h].label + "' has " + std::to_string(strata_[h].psus) +
                            " PSUs in the sample but fewer in the population according to '" + column + "'",
                        {{"column", column}, {"stratum", strata_[h].label}, {"psus", strata_[h].psus}});
    strata_[h].fraction = fractions == 0 ? psus / given[h] : given[h];
  }
}

// Without weights the sampling probabilities are the fractions.
void Sample::weights_from_fractions(const Design& design) {
  if (strata_.size() == 1) {
    weight_ = {design.population ? *design.population / static_cast<double>(rows_) : 1 / strata_[0].fraction};
  } else {
    weight_.resize(rows_);
    for (std::size_t row = 0; row < rows_; ++row) {
      const auto unit = static_cast<std::size_t>(unit_[row]);
      weight_[row] = 1 / strata_[rows_are_psus() ? unit : static_cast<std::size_t>(psu_stratum_[unit])].fraction;
    }
  }
  largest_weight_ = *std::ranges::max_element(weight_);
}

std::vector<std::string> Sample::single_psu_strata() const {
  std::vector<std::string> labels;
  for (const Stratum& stratum : strata_)
    if (stratum.psus == 1 && stratum.fraction < 1) labels.push_back(stratum.label);
  return labels;
}

}  // namespace enkat
