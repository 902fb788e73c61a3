#include "enkat/basics/json.hpp"
#include "enkat/codebook/read_question.hpp"
#include "enkat/data/derive.hpp"
#include "enkat/design/survey.hpp"

namespace enkat {

Survey Survey::derive(const Json& json) const {
  std::vector<Issue> problems;
  const Question made = read_question(json, "", codebook().language(), problems);
  refuse<CodebookError>(problems);
  if (codebook().find(made.name) != nullptr || table().has(made.name))
    throw UsageError(
        "usage.derived_name",
        "there is a question or column '" + made.name + "' already: give what is derived a name of its own",
        {{"question", made.name}});
  Codebook longer = codebook();
  longer.add(made);
  auto base = std::make_shared<Base>(table(), with_derived(longer, table()), design(), base_->sample);
  {
    const std::lock_guard lock(base_->mutex);
    base->answers = base_->answers;
    base->numbers = base_->numbers;
    base->labels = base_->labels;
    base->range = base_->range;
    base->index = base_->index;
  }
  base->parts = base_->parts;
  base->whole = base_->whole;
  base->notes = base_->notes;
  Survey survey = *this;
  survey.base_ = std::move(base);
  if (in_parts()) return survey;
  if (const std::int64_t outside =
          survey.answers(made.name)->counts()[static_cast<std::size_t>(MissingReason::outside)];
      outside > 0)
    survey.base_->notes.push_back({"derived.outside",
                                   std::to_string(outside) + " rows have answers, but none to '" + made.name +
                                       "': they are in no group of it, or no number can be made of them",
                                   {{"question", made.name}, {"rows", outside}}});
  return survey;
}

}  // namespace enkat
