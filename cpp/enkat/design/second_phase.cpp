#include <algorithm>
#include <cmath>

#include "enkat/data/labels.hpp"
#include "enkat/design/design_column.hpp"
#include "enkat/design/sample.hpp"

namespace enkat {

/// Who was drawn again, in which strata and with which fractions; weights become those of both phases.
void Sample::read_second_phase(const Table& table, const Design& design) {
  const SecondPhase& phase = *design.phase2;
  if (tree_->stages.size() > 1)
    throw DesignError("design.two_phase_stages",
                      "with `phase2` the first phase has one stage: give one column of `fpc` and one of `cluster`");
  const std::vector<double> drawn = design_numbers(table, "phase2", phase.column);
  if (const auto rows = std::ranges::count_if(drawn, [](double d) { return d != 0 && d != 1; }))
    throw DesignError("design.phase2_values",
                      std::to_string(rows) + " values of '" + phase.column +
                          "' are neither 0 nor 1: it says who was drawn again, true or false",
                      {{"column", phase.column}, {"rows", rows}});
  std::vector<std::int32_t> stratum(rows_, 0);
  tree_->second_strata = {{"", 0, 0}};
  if (phase.strata) {
    const Labels labels(table.column(*phase.strata));
    refuse_missing("phase2_strata", *phase.strata, static_cast<std::size_t>(std::ranges::count(labels.code, -1)));
    stratum = labels.code;
    tree_->second_strata.clear();
    for (std::size_t g = 0; g < labels.size(); ++g) tree_->second_strata.push_back({labels.label[g].text, 0, 0});
  }
  std::vector<double> size(tree_->second_strata.size(), 0);
  for (std::size_t row = 0; row < rows_; ++row) {
    const auto g = static_cast<std::size_t>(stratum[row]);
    ++size[g];
    if (drawn[row] != 0) ++tree_->second_strata[g].psus;
  }
  for (std::size_t g = 0; g < tree_->second_strata.size(); ++g) {
    Stratum& s = tree_->second_strata[g];
    if (size[g] > 0 && s.psus == 0)
      throw DesignError("design.phase2_empty",
                        (s.label.empty() ? std::string("nobody") : "nobody of stratum '" + s.label + "'") +
                            " is in the second phase: merge it with another stratum, or correct the column",
                        {{"column", phase.column}, {"stratum", s.label}});
    s.fraction = size[g] > 0 ? static_cast<double>(s.psus) / size[g] : 1;
    if (s.psus == 1 && s.fraction < 1)
      throw DesignError("design.single_psu",
                        "stratum '" + s.label +
                            "' of the second phase has one row, so the variance cannot be estimated: merge strata",
                        {{"strata", std::vector{s.label}}, {"n_psu", 1}});
  }

  if (weight_.size() == 1) weight_.assign(rows_, weight_[0]);
  const std::size_t groups = tree_->second_strata.size();
  std::vector<std::int32_t> pair(rows_);
  std::vector<std::int32_t> number;
  for (std::size_t row = 0; row < rows_; ++row) {
    const auto g = static_cast<std::size_t>(stratum[row]);
    weight_[row] = drawn[row] != 0 ? weight_[row] / tree_->second_strata[g].fraction : 0;
    const std::size_t first = unit_.empty() ? 0 : static_cast<std::size_t>(unit_[row]);
    pair[row] = static_cast<std::int32_t>(first * groups + g);
  }
  const std::size_t first_units = tree_->stages[0].rows_are_units() ? strata().size() : psu_stratum().size();
  for (std::size_t unit = 0; unit < first_units * groups; ++unit) {
    tree_->first_unit.push_back(static_cast<std::int32_t>(unit / groups));
    tree_->second_stratum.push_back(static_cast<std::int32_t>(unit % groups));
  }
  unit_ = std::move(pair);
  if (!tree_->stages[0].rows_are_units()) tree_->psu_of_unit = tree_->first_unit;
}

}  // namespace enkat
