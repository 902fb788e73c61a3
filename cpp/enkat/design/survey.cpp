#include "enkat/design/survey.hpp"

#include <Eigen/Core>
#include <algorithm>
#include <array>
#include <cmath>

#include "enkat/data/check_answers.hpp"
#include "enkat/data/derive.hpp"
#include "enkat/data/infer.hpp"
#include "enkat/data/other_words.hpp"
#include "enkat/data/recode.hpp"
#include "enkat/design/supplied_replicates.hpp"

namespace enkat {
namespace {

/// The answer lists of a survey are made on first use and then shared by all its domains.
template <class Value, class Make>
std::shared_ptr<const Value> made_once(std::mutex& mutex, std::map<std::string, std::shared_ptr<const Value>>& cache,
                                       const std::string& name, const Make& make) {
  const std::lock_guard lock(mutex);
  if (const auto found = cache.find(name); found != cache.end()) return found->second;
  auto value = std::make_shared<const Value>(make());  // what is refused leaves nothing behind
  return cache.emplace(name, std::move(value)).first->second;
}

[[noreturn]] void refuse_in_parts() {
  throw EstimateError(
      "estimate.in_memory_only",
      "this is not computed from data that are read in parts: read them into memory with enkat.read, or "
      "only the columns and rows it needs");
}

}  // namespace

Survey::Base::Base(Table given_table, std::shared_ptr<const Codebook> given_codebook,
                   std::shared_ptr<const Design> given_design, std::shared_ptr<const Sample> given_sample)
    : table(std::move(given_table)), codebook(std::move(given_codebook)), design(std::move(given_design)) {
  if (given_sample) know(std::move(given_sample));
}

void Survey::Base::know(std::shared_ptr<const Sample> given_sample) {
  sample = std::move(given_sample);
  if (sample->zero_weights() > 0)
    notes.push_back({"design.zero_weights",
                     std::to_string(sample->zero_weights()) + " rows have weight 0: they are in no base",
                     {{"rows", sample->zero_weights()}}});
  notes.insert(notes.end(), sample->notes().begin(), sample->notes().end());
}

std::shared_ptr<const Labels> Survey::Base::known_labels(const std::string& name) {
  const std::lock_guard lock(mutex);
  return labels.at(name);
}

Survey::Survey(Table table, Codebook codebook, Design design) {
  auto sample = std::make_shared<const Sample>(table, design);
  codebook = with_derived(codebook, table);
  auto ready = std::make_shared<const Codebook>(with_other_words(std::move(codebook), table));
  auto drawn = std::make_shared<const Design>(std::move(design));
  base_ = std::make_shared<Base>(std::move(table), std::move(ready), std::move(drawn), std::move(sample));
  if (base_->design->id) refuse<DataError>(duplicate_ids(base_->table, *base_->design->id));
  if (base_->design->replicates)
    replicates_ = std::make_shared<const Replicates>(supplied_replicates(base_->table, *base_->design));
}

std::shared_ptr<const Answers> Survey::answers(const std::string& name) const {
  const Question* found = question(name);
  const auto own = found == nullptr ? labels(name) : nullptr;
  return made_once(base_->mutex, base_->answers, name, [&] {
    if (own) return answers_of(*own, infer_levels(*own, name));
    return in_parts() ? Answers(*found, NumberRange()) : recode(table(), codebook(), *found);
  });
}

std::shared_ptr<const Answers> Survey::numbers(const std::string& name) const {
  return made_once(base_->mutex, base_->numbers, name, [&] {
    const Question question = number_question(table(), codebook(), name);
    if (!in_parts()) return recode(table(), codebook(), question);
    const auto range = base_->parts->range.find(name);
    if (range == base_->parts->range.end()) refuse_in_parts();
    return Answers(question, range->second);
  });
}

std::shared_ptr<const Labels> Survey::labels(const std::string& name) const {
  return made_once(base_->mutex, base_->labels, name, [&] {
    if (in_parts()) refuse_in_parts();
    if (!base_->whole) return Labels(table().column(name));
    Base& whole = *base_->whole;
    const auto known = whole.known_labels(name);
    const auto index = made_once(whole.mutex, whole.parts->index, name, [&] { return LabelIndex(*known); });
    Labels all;
    all.code = index->codes(table().column(name));
    all.label = known->label;
    all.any_missing = std::ranges::find(all.code, Labels::missing) != all.code.end();
    return all;
  });
}

std::size_t Survey::rows() const {
  if (in_parts()) refuse_in_parts();
  return base_->table.rows();
}

void Survey::weights(Rows rows, std::span<double> out) const {
  if (!weights_) {
    sample().weights(rows, out);
  } else {
    std::copy_n(weights_->weight.begin() + static_cast<std::ptrdiff_t>(rows.first), rows.size(), out.begin());
  }
}

void Survey::weights_before(Rows rows, std::span<double> out) const {
  if (!calibration_ || !calibration_->before) return sample().weights(rows, out);
  std::copy_n(calibration_->before->begin() + static_cast<std::ptrdiff_t>(rows.first), rows.size(), out.begin());
}

double Survey::largest_weight_before() const {
  if (!calibration_ || !calibration_->before) return sample().largest_weight();
  const auto [least, most] = std::ranges::minmax(*calibration_->before);
  return std::max(std::abs(least), std::abs(most));
}

std::shared_ptr<const std::vector<double>> Survey::given_weights() const {
  if (!weights_ || in_parts()) return nullptr;
  return std::shared_ptr<const std::vector<double>>(weights_, &weights_->weight);
}

const ExactSums& Survey::calibrated_unit_sums(Monitor& monitor) const {
  std::call_once(weights_->unit_sums_made, [&] { weights_->unit_sums = unit_sums(*this, monitor); });
  return weights_->unit_sums;
}

Survey Survey::with_weights(std::vector<double> weight, std::shared_ptr<const Calibration> calibration,
                            std::vector<Issue> notes) const {
  const Eigen::Map<const Eigen::ArrayXd> all(weight.data(), static_cast<Eigen::Index>(weight.size()));
  const double largest = all.size() == 0 ? 0 : all.abs().maxCoeff();
  Survey weighted = *this;
  weighted.weights_ = std::make_shared<const Weights>(std::move(weight), largest, std::move(notes));
  weighted.calibration_ = std::move(calibration);
  return weighted;
}

Survey Survey::with_calibration(std::shared_ptr<const Calibration> calibration, double largest_weight,
                                std::vector<Issue> notes) const {
  Survey weighted = *this;
  weighted.weights_ = std::make_shared<const Weights>(std::vector<double>(), largest_weight, std::move(notes));
  weighted.calibration_ = std::move(calibration);
  return weighted;
}

Survey Survey::with_replicates(std::shared_ptr<const Replicates> replicates) const {
  Survey replicated = *this;
  replicated.replicates_ = std::move(replicates);
  return replicated;
}

std::vector<Issue> Survey::notes() const {
  std::vector<Issue> notes = base_->notes;
  if (weights_) notes.insert(notes.end(), weights_->notes.begin(), weights_->notes.end());
  if (replicates_) notes.insert(notes.end(), replicates_->notes.begin(), replicates_->notes.end());
  return notes;
}

}  // namespace enkat
