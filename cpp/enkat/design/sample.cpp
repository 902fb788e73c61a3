#include "enkat/design/sample.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

#include "enkat/basics/breathe.hpp"
#include "enkat/data/labels.hpp"
#include "enkat/design/design_column.hpp"

namespace enkat {
namespace {

using Ids = std::vector<std::int32_t>;

/// Dense numbers of the pairs (first, second) that occur, in their order; `pairs` are those that occur.
struct Paired {
  Ids of_row;
  std::vector<std::uint64_t> pairs;

  std::int32_t first(std::size_t i) const { return static_cast<std::int32_t>(pairs[i] >> 32); }
  std::size_t second(std::size_t i) const { return pairs[i] & 0xffffffffU; }
};

Paired pair_up(const Ids& first, const Ids& second) {
  breathe();
  Paired result;
  const auto size = [](const Ids& ids) { return static_cast<std::size_t>(*std::ranges::max_element(ids)) + 1; };
  if (const std::size_t width = size(second), all = size(first) * width; all <= 4 * first.size()) {
    Ids position(all, -1);  // few pairs: no need to sort
    const auto at = [&](std::size_t row) -> std::int32_t& {
      return position[static_cast<std::size_t>(first[row]) * width + static_cast<std::size_t>(second[row])];
    };
    for (std::size_t row = 0; row < first.size(); ++row) at(row) = 0;
    for (std::size_t i = 0; i < all; ++i) {
      if (position[i] < 0) continue;
      position[i] = static_cast<std::int32_t>(result.pairs.size());
      result.pairs.push_back(static_cast<std::uint64_t>(i / width) << 32 | i % width);
    }
    for (std::size_t row = 0; row < first.size(); ++row) result.of_row.push_back(at(row));
    return result;
  }
  std::vector<std::uint64_t> key(first.size());
  for (std::size_t row = 0; row < key.size(); ++row)
    key[row] = static_cast<std::uint64_t>(first[row]) << 32 | static_cast<std::uint32_t>(second[row]);
  result.pairs = key;
  breathing_sort(result.pairs, std::less());
  const auto repeated = std::ranges::unique(result.pairs);
  result.pairs.erase(repeated.begin(), repeated.end());
  result.of_row.resize(key.size());
  for (std::size_t row = 0; row < key.size(); ++row)
    result.of_row[row] =
        static_cast<std::int32_t>(std::ranges::lower_bound(result.pairs, key[row]) - result.pairs.begin());
  return result;
}

/// Values of a design column as dense labels; without a column everybody has the same.
Labels labels_of(const Table& table, const std::string& role, const std::string& column) {
  breathe();
  Labels labels = Labels(table.column(column));
  refuse_missing(role, column, static_cast<std::size_t>(std::ranges::count(labels.code, -1)));
  return labels;
}

/// Stages whose units vary on their own: those with a finite population correction and the next, which then counts as
/// drawn with replacement. What happens below it is contained in the differences between its units.
std::size_t stages_that_vary(const Design& design) {
  if (design.fpc.empty()) return 1;
  return std::max(design.fpc.size(), std::min(design.fpc.size() + 1, design.cluster.size()));
}

void check_stages(const Design& design) {
  const std::size_t stages = std::max<std::size_t>(1, design.cluster.size());
  if (design.fpc.size() > design.cluster.size() + 1)
    throw DesignError("design.stages",
                      "`fpc` has " + std::to_string(design.fpc.size()) + " columns but there are " +
                          std::to_string(stages) + " stages: give one column a stage, in the order of `cluster`",
                      {{"cluster", design.cluster}, {"fpc", design.fpc}});
  if (design.strata.size() > stages)
    throw DesignError("design.stages",
                      "`strata` has " + std::to_string(design.strata.size()) + " columns but there are " +
                          std::to_string(stages) + " stages: give one column a stage, in the order of `cluster`",
                      {{"cluster", design.cluster}, {"strata", design.strata}});
  for (std::size_t s = 0; s < std::min(design.strata.size(), design.cluster.size()); ++s)
    if (design.strata[s] == design.cluster[s])
      throw DesignError(
          "design.cluster_is_strata",
          "'" + design.strata[s] + "' is given both as strata and as cluster: every stratum would have one unit",
          {{"column", design.strata[s]}});
}

/// Refuses first-stage clusters whose ids occur in several strata, unless they are declared to.
void check_nested(const Design& design, const Paired& units, std::size_t labels) {
  if (design.nest) return;
  std::vector<std::uint8_t> homes(labels, 0);
  for (std::size_t i = 0; i < units.pairs.size(); ++i) {
    auto& home = homes[units.second(i)];
    home = static_cast<std::uint8_t>(std::min(2, home + 1));
  }
  if (const auto shared = std::ranges::count(homes, 2))
    throw DesignError("design.cluster_not_nested",
                      std::to_string(shared) + " values of '" + design.cluster[0] +
                          "' occur in more than one stratum: say nest=True if they number clusters anew in each "
                          "stratum, otherwise correct them",
                      {{"column", design.cluster[0]}, {"clusters", shared}});
}

}  // namespace

Sample::Sample(const Table& table, const Design& design) : rows_(table.rows()) {
  tree_->single_psu = design.single_psu;
  if (rows_ == 0) throw DataError("data.empty", "the file has no rows: there is nothing to estimate from");
  check_stages(design);
  read_stages(table, design, {});
  if (design.weight) read_weights(table, *design.weight);
  if (design.pps) {
    read_unequal(table, design);
  } else if (design.population) {
    read_population(design);
  } else {
    for (std::size_t stage = 0; stage < design.fpc.size(); ++stage) read_fractions(table, design.fpc[stage], stage);
  }
  if (!design.weight && tree_->with_fractions && tree_->unequal == UnequalDrawing::no) weights_from_fractions(design);
  if (design.phase2) read_second_phase(table, design);
  largest_weight_ = *std::ranges::max_element(weight_);
  equal_weights_ = weight_.size() <= 1;
  stratum_of_row_.clear();
  unit_of_row_.clear();
}

Sample::Sample(const DrawnRows& drawn, const Design& design) : rows_(static_cast<std::size_t>(drawn.rows())) {
  tree_->single_psu = design.single_psu;
  drawn.check();
  check_stages(design);
  const Table combinations = drawn.table();
  read_stages(combinations, design, drawn.counts());
  if (design.population) read_population(design);
  for (std::size_t stage = 0; stage < design.fpc.size(); ++stage)
    read_fractions(combinations, design.fpc[stage], stage);
  if (design.weight) {
    largest_weight_ = drawn.weights().largest;
    zero_weights_ = static_cast<std::size_t>(drawn.weights().zero);
    equal_weights_ = false;
  } else {
    if (tree_->with_fractions) weights_from_fractions(design);
    largest_weight_ = *std::ranges::max_element(weight_);
    equal_weights_ = weight_.size() <= 1;
  }
  stratum_of_row_.clear();
  drawn_ = std::make_shared<const DrawnIndex>(combinations, design);
}

std::vector<std::int32_t> Sample::combinations(const Table& part) const { return drawn_->find(part); }

Sample Sample::part(const Table& part, const Design& design, std::span<const std::int32_t> like) const {
  Sample sample = *this;
  sample.rows_ = part.rows();
  const auto of_rows = [&](auto& values) {
    if (values.size() <= 1) return;
    std::remove_reference_t<decltype(values)> picked(like.size());
    std::ranges::transform(like, picked.begin(), [&](std::int32_t i) { return values[static_cast<std::size_t>(i)]; });
    values = std::move(picked);
  };
  of_rows(sample.unit_);
  of_rows(sample.weight_);
  if (design.weight) sample.weight_ = design_numbers(part, "weight", *design.weight);
  return sample;
}

std::size_t Sample::units() const {
  if (two_phases()) return tree_->second_stratum.size();
  return tree_->stages.back().rows_are_units() ? tree_->stages.back().strata.size()
                                               : tree_->stages.back().stratum_of_unit.size();
}

void Sample::weights(Rows rows, std::span<double> out) const {
  if (weight_.size() == 1) {
    std::ranges::fill(out, weight_[0]);
  } else {
    std::copy_n(weight_.begin() + static_cast<std::ptrdiff_t>(rows.first), rows.size(), out.begin());
  }
}

void Sample::read_weights(const Table& table, const std::string& column) {
  weight_.resize(rows_);
  table.column(column).numbers(0, weight_);
  WeightCounts counts;
  counts.add(weight_);
  counts.check(column);
  zero_weights_ = static_cast<std::size_t>(counts.zero);
}

/// The tree of sampling units, as deep as they vary on their own: below that, ultimate clusters.
/// `counts`: how many rows are like each row of the table; empty when there is one of each.
void Sample::read_stages(const Table& table, const Design& design, const std::vector<std::int64_t>& counts) {
  const std::size_t rows = table.rows();
  const std::size_t deep = stages_that_vary(design);
  if (deep > design.fpc.size() && !design.fpc.empty())
    tree_->notes.push_back(
        {"design.later_stages",
         "`fpc` is given for fewer stages than `cluster`: later stages count as drawn with replacement",
         {{"stages", design.fpc.size()}}});
  Ids parent(rows, 0);
  std::vector<std::string> parent_label;
  for (std::size_t s = 0; s < deep; ++s) {
    breathe();
    Stage stage;
    const bool stratified = s < design.strata.size(), clustered = s < design.cluster.size();
    const Labels strata_labels = stratified ? labels_of(table, "strata", design.strata[s]) : Labels();
    const Paired strata = pair_up(parent, stratified ? strata_labels.code : Ids(rows, 0));
    const auto stratum_label = [&](std::size_t i) {
      std::string own = stratified ? strata_labels.label[strata.second(i)].text : "";
      if (s == 0) return own;
      return parent_label[static_cast<std::size_t>(strata.first(i))] + (stratified ? " / " + own : "");
    };
    for (std::size_t i = 0; i < strata.pairs.size(); ++i)
      stage.strata.push_back({stratum_label(i), 0, 0, s == 0 ? -1 : strata.first(i)});
    Ids stratum_of_unit = strata.of_row, unit_of_row(rows);
    std::iota(unit_of_row.begin(), unit_of_row.end(), 0);
    if (clustered) {
      const Labels labels = labels_of(table, "cluster", design.cluster[s]);
      const Paired units = pair_up(strata.of_row, labels.code);
      if (s == 0) check_nested(design, units, labels.size());
      stratum_of_unit.clear();
      std::vector<std::string> unit_label;
      for (std::size_t i = 0; i < units.pairs.size(); ++i) {
        stratum_of_unit.push_back(units.first(i));
        if (s + 1 < deep) unit_label.push_back(labels.label[units.second(i)].text);
      }
      parent_label = std::move(unit_label);
      unit_of_row = units.of_row;
    }
    const bool by_row = !clustered && !counts.empty();  // a unit then stands for the rows that are like it
    for (std::size_t i = 0; i < stratum_of_unit.size(); ++i)
      stage.strata[static_cast<std::size_t>(stratum_of_unit[i])].psus += by_row ? counts[i] : 1;
    // Clusters of one row each are rows: their scatter is kept, not a total of each. Joint probabilities need totals.
    const bool rows_are_units = s + 1 == deep && (by_row || stratum_of_unit.size() == rows_) && !design.pps;
    if (!rows_are_units) stage.stratum_of_unit = std::move(stratum_of_unit);
    unit_ = rows_are_units ? strata.of_row : unit_of_row;
    stratum_of_row_.push_back(strata.of_row);
    tree_->stages.push_back(std::move(stage));
    if (design.pps) unit_of_row_.push_back(unit_of_row);
    parent = std::move(unit_of_row);
  }

  if (tree_->stages.size() > 1) {
    tree_->psu_of_unit.resize(units());
    for (std::size_t unit = 0; unit < units(); ++unit) {
      auto at = static_cast<std::int32_t>(unit);
      for (std::size_t s = tree_->stages.size(); s-- > 1;) {
        const bool is_stratum = s + 1 == tree_->stages.size() && tree_->stages[s].rows_are_units();
        const std::int32_t stratum = is_stratum ? at : tree_->stages[s].stratum_of_unit[static_cast<std::size_t>(at)];
        at = tree_->stages[s].strata[static_cast<std::size_t>(stratum)].parent;
      }
      tree_->psu_of_unit[unit] = at;
    }
  }
  if (units() == 1) unit_.clear();
}

void Sample::read_population(const Design& design) {
  if (!design.fpc.empty() || !design.strata.empty() || !design.cluster.empty())
    throw DesignError("design.population_needs_srs",
                      "`population` is for a simple random sample: with strata or clusters give their sizes in `fpc`");
  if (!(*design.population >= static_cast<double>(rows_)))
    throw DesignError("design.population_too_small",
                      "the population cannot be smaller than the sample of " + std::to_string(rows_) + " rows",
                      {{"population", *design.population}, {"rows", rows_}});
  tree_->stages[0].strata[0].fraction = static_cast<double>(rows_) / *design.population;
  tree_->with_fractions = true;
}

void Sample::read_fractions(const Table& table, const std::string& column, std::size_t s) {
  tree_->with_fractions = true;
  const std::vector<double> fpc = design_numbers(table, "fpc", column);
  if (const auto rows = std::ranges::count_if(fpc, [](double f) { return !(f > 0) || std::isinf(f); }))
    throw DesignError("design.fpc_not_positive",
                      std::to_string(rows) + " values of '" + column +
                          "' are not positive: fpc is a population size or a sampling fraction",
                      {{"column", column}, {"rows", rows}});
  const auto fractions = std::ranges::count_if(fpc, [](double f) { return f < 1; });
  const auto sizes = std::ranges::count_if(fpc, [](double f) { return f > 1; });
  if (fractions != 0 && sizes != 0)
    throw DesignError(
        "design.fpc_mixed",
        "'" + column + "' mixes sampling fractions (up to 1) and population sizes (above 1): use one kind",
        {{"column", column}, {"fractions", fractions}, {"sizes", sizes}});
  std::vector<Stratum>& strata = tree_->stages[s].strata;
  const std::string where = s == 0 ? "stratum '" : "a stratum of stage " + std::to_string(s + 1) + " '";
  std::vector<double> given(strata.size(), -1);
  for (std::size_t row = 0; row < fpc.size(); ++row) {
    const auto h = static_cast<std::size_t>(stratum_of_row_[s][row]);
    if (given[h] < 0) given[h] = fpc[row];
    if (given[h] != fpc[row])
      throw DesignError("design.fpc_varies",
                        "'" + column + "' has more than one value in " + where + strata[h].label +
                            "': the population of a stratum has one size",
                        {{"column", column}, {"stratum", strata[h].label}, {"stage", s + 1}});
  }
  for (std::size_t h = 0; h < strata.size(); ++h) {
    const double units = static_cast<double>(strata[h].psus);
    if (sizes != 0 && given[h] < units)
      throw DesignError("design.fpc_too_small",
                        where + strata[h].label + "' has " + std::to_string(strata[h].psus) +
                            " units in the sample but fewer in the population according to '" + column + "'",
                        {{"column", column}, {"stratum", strata[h].label}, {"psus", strata[h].psus}, {"stage", s + 1}});
    strata[h].fraction = sizes != 0 ? units / given[h] : given[h];
  }
}

// Without weights the sampling probabilities are the products of the fractions of all stages.
void Sample::weights_from_fractions(const Design& design) {
  design.check_probabilities();
  if (tree_->stages.size() == 1 && tree_->stages[0].strata.size() == 1) {
    weight_ = {1 / tree_->stages[0].strata[0].fraction};
    return;
  }
  weight_.assign(stratum_of_row_[0].size(), 1.0);
  for (std::size_t s = 0; s < tree_->stages.size(); ++s)
    for (std::size_t row = 0; row < weight_.size(); ++row)
      weight_[row] /= tree_->stages[s].strata[static_cast<std::size_t>(stratum_of_row_[s][row])].fraction;
}

std::vector<std::string> Sample::single_psu_strata() const {
  std::vector<std::string> labels;
  if (tree_->unequal == UnequalDrawing::poisson || tree_->unequal == UnequalDrawing::quadratic) return labels;
  for (const Stratum& stratum : strata())
    if (stratum.psus == 1 && stratum.fraction < 1) labels.push_back(stratum.label);
  return labels;
}

std::vector<std::string> Sample::single_unit_strata() const {
  std::vector<std::string> labels;
  for (std::size_t s = 1; s < tree_->stages.size(); ++s)
    for (const Stratum& stratum : tree_->stages[s].strata)
      if (stratum.psus == 1 && stratum.fraction < 1) labels.push_back(stratum.label);
  return labels;
}

}  // namespace enkat
