#include "enkat/basics/json.hpp"
#include "enkat/codebook/read_question.hpp"
#include "enkat/data/derive.hpp"
#include "enkat/data/other_words.hpp"
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
  NoMonitor monitor;
  Codebook ready = in_parts() ? derived_in_parts(longer, monitor) : with_derived(longer, table());
  auto base =
      std::make_shared<Base>(table(), std::make_shared<const Codebook>(with_other_words(std::move(ready), table())),
                             base_->design, base_->sample);
  {
    const std::lock_guard lock(base_->mutex);
    base->answers = base_->answers;
    base->numbers = base_->numbers;
    base->labels = base_->labels;
    base->parts = base_->parts;
  }
  base->whole = base_->whole;
  base->notes = base_->notes;
  Survey survey = *this;
  survey.base_ = std::move(base);
  if (in_parts()) return survey;
  survey.answers(made.name);
  if (const std::int64_t rows = survey.outside().at(made.name); rows > 0)
    survey.base_->notes.push_back(outside_note(made.name, rows));
  return survey;
}

std::map<std::string, std::int64_t> Survey::outside() const {
  std::map<std::string, std::int64_t> rows;
  const std::lock_guard lock(base_->mutex);
  for (const auto* made : {&base_->answers, &base_->numbers})
    for (const auto& [name, answers] : *made)
      if (answers && answers->question().derived)
        rows[name] = answers->counts()[static_cast<std::size_t>(MissingReason::outside)];
  return rows;
}

Issue outside_note(const std::string& question, std::int64_t rows) {
  return {"derived.outside",
          std::to_string(rows) + " rows have answers, but none to '" + question +
              "': they are in no group of it, or no number can be made of them",
          {{"question", question}, {"rows", rows}}};
}

}  // namespace enkat
