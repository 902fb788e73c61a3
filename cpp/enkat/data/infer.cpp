#include "enkat/data/infer.hpp"

#include <cmath>

#include "enkat/codebook/check_codebook.hpp"

namespace enkat {

Question infer_number(const Column& column, const std::string& name) {
  column.numbers(0, {});  // refuses a column without numbers
  Question question;
  question.name = name;
  question.type = QuestionType::number;
  question.column = column.name();
  question.declared = false;
  return question;
}

Question infer_levels(const Labels& labels, const std::string& name) {
  if (labels.size() > most_options)
    throw DataError("data.too_many_levels",
                    "column '" + name + "' has " + std::to_string(labels.size()) +
                        " different values, too many for a table of shares: group them, or take the mean of numbers",
                    {{"column", name}, {"levels", labels.size()}, {"most", most_options}});
  Question question;
  question.name = name;
  question.type = QuestionType::single;
  question.column = name;
  question.declared = false;
  for (const Label& label : labels.label) {
    Option& option = question.options.emplace_back();
    option.name = label.text;
    const bool exact = label.is_number() && std::abs(label.number) < 9007199254740992.0;  // 2^53
    option.code = exact ? Code(label.number) : Code(label.text);
  }
  return question;
}

}  // namespace enkat
