#include "enkat/totals/choice_totals.hpp"

#include <utility>

namespace enkat {

ChoiceLayout::ChoiceLayout(const Plan& plan, const TotalsShape& shape) {
  for (const PlannedVariable& v : plan.variables) {
    std::vector<ChoiceSet> sets;
    const bool scatter_by_code = v.disjoint && plan.variables.size() == 1;
    const CodeSource* source = v.statistic->codes();
    if (source != nullptr && (shape.products.empty() || scatter_by_code) && shape.limbs == 2)
      sets = source->choice_sets(codes_);
    std::size_t codes = 0;
    for (const ChoiceSet& set : sets) codes += set.codes();
    if ((codes_ + codes) * shape.slots() > plan.survey.sample().rows()) {
      sets.clear();
    } else {
      codes_ += codes;
    }
    variables_.push_back({v.first_counter, v.first_term, std::move(sets)});
  }
}

CodeSum* ChoiceTotals::sums(const TotalsShape& shape) {
  if (sums_.empty()) sums_.resize(shape.slots() * layout_->codes());
  return sums_.data();
}

void ChoiceTotals::add_to(DesignTotals& totals) const {
  if (sums_.empty()) return;
  for (std::size_t slot = 0; slot < totals.shape().slots(); ++slot) {
    const CodeSum* const sums = sums_.data() + slot * layout_->codes();
    for (const auto& [first_counter, first_term, sets] : layout_->variables()) {
      std::int64_t* const counters = totals.counters(slot) + first_counter;
      std::int64_t* const weights = totals.totals(slot) + first_term * 2;
      for (const ChoiceSet& set : sets) {
        for (std::size_t code = 0; code < set.codes(); ++code) {
          const std::int64_t rows = sums[set.place + code].rows();
          if (rows == 0) continue;
          const auto limbs = sums[set.place + code].limbs();
          const auto add = [&](std::size_t counter, std::size_t term) {
            counters[counter] += rows;
            for (std::size_t l = 0; l < 2; ++l) weights[term * 2 + l] += limbs[l];
          };
          if (set.first == 0) add(0, 0);  // every set has the whole base
          for (std::size_t k = 0; k < set.answers; ++k)
            if (set.gives(code, k)) add(2 + set.first + k, 1 + set.first + k);
        }
      }
    }
  }
}

ChoiceTotals& ChoiceTotals::operator+=(const ChoiceTotals& other) {
  if (sums_.empty()) {
    sums_ = other.sums_;
  } else {
    for (std::size_t i = 0; i < other.sums_.size(); ++i) sums_[i] += other.sums_[i];
  }
  return *this;
}

}  // namespace enkat
