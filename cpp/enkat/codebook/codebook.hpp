#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "enkat/basics/json_fwd.hpp"
#include "enkat/codebook/question.hpp"

namespace enkat {

/// The questions of a survey, as `codebook.json` describes them. An empty one knows no question.
class Codebook {
 public:
  Codebook() = default;

  /// Reads a codebook; throws one CodebookError that carries every problem, each with its JSON pointer as context `at`.
  static Codebook from_json(const Json& json);
  /// Reads a codebook from the text of its file; a syntax error is reported by line and column.
  static Codebook parse(std::string_view text);

  Json to_json() const;
  /// The same with the trees of expressions, which `from_json` needs.
  Json to_json_with_trees() const;

  const std::vector<Question>& questions() const { return questions_; }
  const Question* find(std::string_view name) const;
  /// The same with these questions.
  Codebook with(std::vector<Question> questions) const;
  /// The questions that were asked.
  Codebook without_derived() const;
  /// Adds a question, whose name must be new.
  void add(Question question) { questions_.push_back(std::move(question)); }
  /// The language of its plain strings; "" when the file does not say.
  const std::string& language() const { return language_; }

  friend bool operator==(const Codebook& a, const Codebook& b) {
    return a.language_ == b.language_ && a.questions_ == b.questions_;
  }

 private:
  std::string language_;
  std::vector<Question> questions_;
};

}  // namespace enkat
