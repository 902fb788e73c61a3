#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "enkat/codebook/code.hpp"
#include "enkat/codebook/missing_reason.hpp"
#include "enkat/codebook/row_expression.hpp"
#include "enkat/codebook/text.hpp"

namespace enkat {

enum class QuestionType { single, multiple, top_k, scale, number, text };

/// How the answers to a multiple or top_k question lie in the table.
enum class Storage {
  columns,    ///< one column per option that says whether it is ticked
  codes,      ///< columns that hold codes of chosen options
  delimited,  ///< one text column of codes or names, separated by a delimiter
  list,       ///< one list column of codes or names
};

enum class Wording { published, ours };     ///< whether `text` is what the respondents saw
enum class AllZero { answered, skipped };   ///< what 0 in every column means
enum class Blank { missing, none_chosen };  ///< what an empty delimited text, or a row without a mark, means
enum class Over { error, missing };         ///< what more choices than allowed are

template <>
struct Names<QuestionType> {
  static constexpr std::string_view list[] = {"single", "multiple", "top_k", "scale", "number", "text"};
};
template <>
struct Names<Storage> {
  static constexpr std::string_view list[] = {"columns", "codes", "delimited", "list"};
};
template <>
struct Names<Wording> {
  static constexpr std::string_view list[] = {"published", "ours"};
};
template <>
struct Names<AllZero> {
  static constexpr std::string_view list[] = {"answered", "skipped"};
};
template <>
struct Names<Blank> {
  static constexpr std::string_view list[] = {"missing", "none chosen"};
};
template <>
struct Names<Over> {
  static constexpr std::string_view list[] = {"error", "missing"};
};

inline std::string to_string(QuestionType type) { return std::string(name_of(type)); }

/// How a question is made from others: the key that says so.
enum class Way { bands, cuts, collapse, any_of, all_of, count_of, dates, number, where, cross };

template <>
struct Names<Way> {
  static constexpr std::string_view list[] = {"bands",    "cuts",  "collapse", "any_of", "all_of",
                                              "count_of", "dates", "number",   "where",  "cross"};
};

/// One of the answers that a question offers.
struct Option {
  std::string name;
  Code code;  ///< what stands for it in the data; the name unless said
  Text label;
  std::string column;               ///< its own column, where the storage is `columns`
  std::vector<Code> ticked;         ///< what ticks it there, where that is not what ticks the others
  bool absent = false;              ///< nobody ticked it and the file has no column of it
  bool other = false;               ///< a residual: takes in other words, shown last, never ranked
  bool exclusive = false;           ///< "none of these": alone or not at all, never ranked
  Wording wording = Wording::ours;  ///< whether `label` is what the respondents saw, word for word

  friend bool operator==(const Option&, const Option&) = default;
};

/// A code that is not an answer, and why.
struct MissingCode {
  Code code;
  MissingReason reason = MissingReason::skipped;
  Text label;

  friend bool operator==(const MissingCode&, const MissingCode&) = default;
};

/// Who was asked: those who gave one of `answers` (names of options) to an earlier `question`, or who meet a condition.
struct Routing {
  std::string question;
  std::vector<std::string> answers;
  std::optional<RowExpression> where = std::nullopt;  ///< instead of these

  /// The questions and columns that it depends on.
  std::vector<std::string> names() const { return where ? where->names() : std::vector{question}; }
  /// What it depends on, for messages.
  const std::string& text() const { return where ? where->text() : question; }

  friend bool operator==(const Routing&, const Routing&) = default;
};

/// How a question is made from columns and other questions.
struct Derivation {
  std::string definition;  ///< JSON, as codebook.json has it
  Way way = Way::where;
  std::vector<std::string> names;   ///< of what it is made from
  std::vector<RowExpression> made;  ///< whether each option is the answer, in their order; or the one number

  friend bool operator==(const Derivation& a, const Derivation& b) { return a.definition == b.definition; }
};

/// A question of the survey: what was asked, what could be answered, and where the answers lie.
struct Question {
  std::string name;
  QuestionType type = QuestionType::number;
  Text label;
  Text text;
  Wording wording = Wording::published;
  std::string column;  ///< where the answers are, when in one column
  Storage storage = Storage::columns;
  std::vector<std::string> columns;  ///< where the codes are, when the storage is `codes`
  std::string delimiter = ";";
  int k = 0;                    ///< top_k: at most this many choices
  std::vector<Option> options;  ///< in display order
  std::vector<MissingCode> missing;
  std::optional<Routing> asked_if;
  std::vector<Code> ticked;      ///< storage `columns`: what ticks an option; empty: 1
  std::vector<Code> not_ticked;  ///< and what says that it is not ticked; empty: 0, where `ticked` is not said either
  bool publish = false;          ///< text: whether answers may be quoted in a report
  std::string other_of;          ///< text: the words given for the residual option of this question
  AllZero all_zero = AllZero::answered;
  Blank blank = Blank::missing;
  Over over = Over::error;
  std::optional<std::array<double, 2>> range;
  Text unit;
  bool sensitive = false;
  std::optional<Derivation> derived;  ///< it was not asked, but made
  bool declared = true;               ///< false: inferred from a column without a codebook

  /// Whether a respondent may choose several options.
  bool takes_several() const { return type == QuestionType::multiple || type == QuestionType::top_k; }
  /// Whether its options go from low to high as they are listed. (Answers to a scale have the order of their codes.)
  bool lists_an_order() const {
    return derived && (derived->way == Way::bands || derived->way == Way::cuts || derived->way == Way::dates);
  }
  /// Whether each answer is one of the options.
  bool has_levels() const { return type == QuestionType::single || type == QuestionType::scale; }
  /// The questions and columns that decide over its answers: who was asked, or what it is made of.
  std::vector<std::string> depends_on() const;
  /// The columns that hold its answers, in the order of the options or of the codebook.
  std::vector<std::string> answer_columns() const;

  /// What ticks an option in its own column.
  std::vector<Code> ticks_of(const Option& option) const;
  /// What says there that it is not ticked.
  std::vector<Code> not_ticks() const;
  /// The residual option that takes in words which are none of the options; nothing where none or several could.
  std::optional<std::size_t> residual() const;

  /// The option that `answer` is the name, the code or, in any language, the label of.
  /// Throws UsageError `codebook.unknown_answer` when there is none, `codebook.ambiguous_answer` when there are two.
  std::size_t option_index(const Code& answer) const;

  friend bool operator==(const Question&, const Question&) = default;
};

}  // namespace enkat
