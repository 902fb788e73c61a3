#include "enkat/data/label_set.hpp"

#include <algorithm>

#include "enkat/basics/error.hpp"

namespace enkat {

void LabelSet::add(const Column& column) {
  const Labels labels(column);
  any_missing_ |= labels.any_missing;
  for (const Label& label : labels.label) number_.try_emplace(label.text, label.number);
  if (!column.form().ordered) return;
  std::vector<std::string> words;
  for (const Label& label : labels.label) words.push_back(label.text);
  declare(words);
}

void LabelSet::declare(const std::vector<std::string>& words) {
  if (declared_.empty()) declared_ = words;
  differ_ |= !words.empty() && declared_ != words;
}

LabelSet& LabelSet::operator+=(const LabelSet& other) {
  number_.insert(other.number_.begin(), other.number_.end());
  any_missing_ |= other.any_missing_;
  differ_ |= other.differ_;
  declare(other.declared_);
  return *this;
}

Labels LabelSet::labels(const std::string& column) const {
  Labels labels;
  labels.any_missing = any_missing_;
  for (const auto& [text, number] : number_) labels.label.push_back({text, number});
  const auto numbers = std::ranges::count_if(labels.label, &Label::is_number);
  if (differ_ || (numbers != 0 && numbers != std::ssize(labels.label)))
    throw DataError("data.schema_differs",
                    "column '" + column + "' is not the same in all parts of the data: " +
                        (differ_ ? "its declared categories differ; give it the same categories in every part, or make "
                                   "texts or numbers of it"
                                 : "it holds numbers in one and texts in another; make it one of them in every part"),
                    {{"column", column}});
  if (!declared_.empty()) {
    std::ranges::transform(declared_, labels.label.begin(),
                           [&](const std::string& word) { return Label{word, number_.at(word)}; });
  } else if (numbers != 0) {
    std::ranges::stable_sort(labels.label, {}, &Label::number);
  }
  return labels;
}

void LabelSet::write(ByteWriter& out) const {
  out.put(number_.size());
  for (const auto& [text, number] : number_) {
    out.put(text);
    out.put(number);
  }
  out.put(declared_.size());
  for (const std::string& word : declared_) out.put(word);
  out.put(any_missing_);
  out.put(differ_);
}

LabelSet LabelSet::read(ByteReader& in) const {
  LabelSet other;
  for (auto left = in.get<std::size_t>(); left > 0; --left) {
    const std::string text(in.text());
    other.number_[text] = in.get<double>();
  }
  for (auto left = in.get<std::size_t>(); left > 0; --left) other.declared_.emplace_back(in.text());
  other.any_missing_ = in.get<std::uint8_t>() != 0;
  other.differ_ = in.get<std::uint8_t>() != 0;
  return other;
}

}  // namespace enkat
