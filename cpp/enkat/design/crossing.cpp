#include "enkat/design/crossing.hpp"

#include <algorithm>

#include "enkat/design/survey.hpp"

namespace enkat {

std::string crossing_name(const std::vector<std::string>& parts) {
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i) text += (i == 0 ? "" : ":") + parts[i];
  return text;
}

std::vector<std::string> crossed_variables(const Survey& survey, const Written& written) {
  if (written.size() != 1) return written;
  const std::string& name = written.front();
  if (survey.question(name) != nullptr || survey.table().has(name)) return {name};
  std::vector<std::string> variables;
  for (std::size_t first = 0; first <= name.size();) {
    const std::size_t last = std::min(name.find(':', first), name.size());
    variables.push_back(name.substr(first, last - first));
    first = last + 1;
  }
  return variables;
}

std::optional<std::size_t> value_index(const Survey& survey, const std::string& variable,
                                       const std::vector<std::string>& values, const std::string& word) {
  const auto at = [&](const std::string& text) -> std::optional<std::size_t> {
    const auto found = std::ranges::find(values, text);
    if (found == values.end()) return std::nullopt;
    return static_cast<std::size_t>(found - values.begin());
  };
  if (const auto exact = at(word)) return exact;
  if (const Question* question = survey.question(variable); question != nullptr && question->has_levels()) {
    try {
      return question->option_index(word);
    } catch (const UsageError&) {
      return std::nullopt;
    }
  }
  if (const auto number = number_in(word)) return at(number_text(*number));
  return word == "TRUE" ? at("true") : word == "FALSE" ? at("false") : std::nullopt;
}

}  // namespace enkat
