#include "enkat/codebook/check_rows.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

#include "enkat/codebook/instant.hpp"

namespace enkat {
namespace {

constexpr std::array equalities{"==", "!="};
constexpr std::array orders{"<", "<=", ">", ">="};
constexpr std::array arithmetic{"+", "-", "*", "/", "**"};

struct Arity {
  std::size_t least, most;
};

const std::map<std::string, Arity>& functions() {
  static const std::map<std::string, Arity> known{{"abs", {1, 1}},   {"exp", {1, 1}},  {"floor", {1, 1}},
                                                  {"log", {1, 1}},   {"max", {2, 99}}, {"min", {2, 99}},
                                                  {"round", {1, 1}}, {"sqrt", {1, 1}}};
  return known;
}

template <std::size_t n>
bool among(const std::array<const char*, n>& operations, const RowNode& node) {
  return std::ranges::any_of(operations, [&](const char* known) { return node.is(known); });
}

bool numeric_codes(const Question& question) {
  return std::ranges::all_of(question.options, [](const Option& option) { return option.code.is_number(); });
}

/// A text as an expression writes it.
std::string quoted(const std::string& text) { return "'" + text + "'"; }

class Checker {
 public:
  Checker(const RowExpression& expression, const RowNames& names) : expression_(expression), names_(names) {}

  void condition(const RowNode& node) {
    if (const RowType type = type_of(node); type == RowType::condition || type == RowType::truth) return;
    refuse(node, node.kind == RowNode::Kind::name
                     ? "'" + node.text + "' is no condition by itself: compare it, as in " + example(node)
                     : "this is no condition: compare it with something");
  }

  void number(const RowNode& node) {
    const RowType type = type_of(node);
    if (type == RowType::number || type == RowType::truth) return;
    if (type == RowType::option && named(node).question->type == QuestionType::scale) return;
    if (node.kind == RowNode::Kind::value) refuse(node, "a number stands here, not a text: write it without quotes");
    refuse(node, "a number stands here" +
                     (node.kind == RowNode::Kind::name ? ", and '" + node.text + "' is none" : std::string()));
  }

  CheckedRows found;

 private:
  [[noreturn]] void refuse(const RowNode& node, const std::string& problem) const {
    expression_.refuse<UsageError>(node, "usage.cannot_compare", problem);
  }

  RowName named(const RowNode& node) const {
    const auto name = names_.find(node.text);
    if (!name)
      expression_.refuse<DataError>(node, "data.unknown_column",
                                    "there is no question or column '" + node.text + "'" +
                                        suggestion(node.text, names_.known) +
                                        " (texts stand in quotation marks, names with blanks in backticks)",
                                    {{"column", node.text}});
    return *name;
  }

  std::string example(const RowNode& node) const {
    const RowName name = named(node);
    const std::string option = name.question != nullptr && !name.question->options.empty()
                                   ? name.question->options.front().name
                                   : std::string("north");
    switch (name.type) {
      case RowType::options:
        return quoted(option) + " in " + node.text;
      case RowType::number:
        return node.text + " >= 18";
      case RowType::moment:
        return node.text + " >= '2024-01-31'";
      default:
        return node.text + " == " + quoted(option);
    }
  }

  RowType type_of(const RowNode& node) {
    if (node.kind == RowNode::Kind::name) return named(node).type;
    if (node.kind == RowNode::Kind::value)
      return node.is_truth || node.value.is_number() ? RowType::number : RowType::text;
    if (node.is("and") || node.is("or") || node.is("not")) {
      for (const RowNode& arg : node.args) condition(arg);
      return RowType::condition;
    }
    if (node.is("missing")) return missing(node);
    if (node.is("ticked")) return ticked(node);
    if (node.is("in") || among(equalities, node) || among(orders, node)) return compared(node);
    if (node.is("count")) {
      for (const RowNode& arg : node.args) condition(arg);
      return RowType::number;
    }
    if (!among(arithmetic, node)) check_call(node);
    for (const RowNode& arg : node.args) number(arg);
    return RowType::number;
  }

  void check_call(const RowNode& node) const {
    const auto known = functions().find(node.text);
    std::vector<std::string> names{"between", "count", "missing", "ticked"};
    for (const auto& [name, arity] : functions()) names.push_back(name);
    if (known == functions().end())
      expression_.refuse<UsageError>(node, "usage.expression",
                                     "there is no function " + node.text + suggestion(node.text, names));
    if (node.args.size() < known->second.least || node.args.size() > known->second.most)
      expression_.refuse<UsageError>(node, "usage.expression",
                                     node.text + "() takes " + std::to_string(known->second.least) +
                                         (known->second.most > 1 ? " numbers or more" : " number"));
  }

  RowType missing(const RowNode& node) const {
    if (node.args.size() != 1 || node.args[0].kind != RowNode::Kind::name)
      expression_.refuse<UsageError>(node, "usage.expression", "missing() takes the name of one column or question");
    named(node.args[0]);
    return RowType::condition;
  }

  RowType ticked(const RowNode& node) {
    const RowNode& asked = node.args.at(0);
    if (asked.kind != RowNode::Kind::name)
      expression_.refuse<UsageError>(asked, "usage.expression", "the name of a multiple question stands here");
    const RowName name = named(asked);
    if (name.type != RowType::options)
      refuse(asked, "'" + asked.text + "' is no question with several answers: write " + example(asked));
    for (std::size_t i = 1; i < node.args.size(); ++i) option(node.args[i], *name.question);
    return RowType::condition;
  }

  RowType compared(const RowNode& node) {
    // The two sides of a comparison may stand in either order; a value alone is no side to begin with.
    const bool turned = node.args.at(0).kind == RowNode::Kind::value && node.args.size() == 2;
    const RowNode& left = node.args[turned ? 1 : 0];
    if (left.kind == RowNode::Kind::value) refuse(node, "this compares two values: name a question or column");
    const RowType type = type_of(left);
    for (std::size_t i = 0; i < node.args.size(); ++i)
      if (&node.args[i] != &left) compare(left, type, node.args[i], among(orders, node));
    return RowType::condition;
  }

  void compare(const RowNode& left, RowType type, const RowNode& right, bool ordered) {
    const bool is_value = right.kind == RowNode::Kind::value;
    switch (type) {
      case RowType::condition:
        refuse(left, "a condition is joined by and, or, not; it is not compared");
      case RowType::options:
        refuse(left, "'" + left.text + "' has several answers a row: write " + example(left));
      case RowType::number:
      case RowType::truth:
        if (is_value && !right.value.is_number() && !right.is_truth) refuse(right, not_a_number(left, right));
        number(right);
        return;
      case RowType::text:
        if (ordered && !(left.kind == RowNode::Kind::name && named(left).ordered))
          refuse(left, described(left) + " texts, which have no order: use == or in");
        if (!is_value) refuse(right, described(left) + " texts: they are compared with texts in quotation marks");
        if (right.is_truth || right.value.is_number())
          refuse(right, described(left) + " texts: write " + quoted(right.value.text()));
        if (left.kind == RowNode::Kind::name && named(left).question == nullptr)
          found.texts.push_back({left.text, &right});
        return;
      case RowType::moment:
        return moment(left, right);
      case RowType::option:
        break;
    }
    compare_option(left, *named(left).question, right, ordered);
  }

  void compare_option(const RowNode& left, const Question& question, const RowNode& right, bool ordered) {
    if (right.kind == RowNode::Kind::name && type_of(right) == RowType::option &&
        compared_by_name(question, *named(right).question))
      return questions(left, question, right, *named(right).question, ordered);
    if (right.kind != RowNode::Kind::value) {
      number(left);
      return number(right);
    }
    if (!ordered || question.lists_an_order()) return option(right, question);
    if (!numeric_codes(question) || (question.type != QuestionType::scale && !right.value.is_number()))
      refuse(left, "the answers to '" + left.text + "' have no order by numbers: name those that are meant, as in " +
                       left.text + " in (" + quoted(question.options.front().name) +
                       ", …), or make it a scale in the codebook");
    if (!right.value.is_number() || right.is_truth) option(right, question);
  }

  /// Two questions with the same answers: whether a row gave the same to both or, where they have an order, which of
  /// its answers is the higher.
  void questions(const RowNode& left, const Question& a, const RowNode& right, const Question& b, bool ordered) const {
    const auto names = [](const Question& question) {
      std::vector<std::string> all;
      for (const Option& option : question.options) all.push_back(option.name);
      return all;
    };
    const std::vector<std::string> of_a = names(a), of_b = names(b);
    for (const auto& [one, other, asked] : {std::tuple{&of_a, &of_b, &left}, std::tuple{&of_b, &of_a, &right}})
      for (const std::string& answer : *one)
        if (std::ranges::find(*other, answer) == other->end())
          refuse(right, "'" + left.text + "' and '" + right.text + "' have different answers (" + quoted(answer) +
                            " is one of '" + asked->text + "' only): compare each with an answer, as in " +
                            example(left) + " and " + example(right));
    if (ordered && !(a.lists_an_order() && b.lists_an_order() && of_a == of_b))
      refuse(left, "the answers to '" + left.text + "' and '" + right.text +
                       "' have no order in common: use == or !=, or make both a scale in the codebook");
  }

  void option(const RowNode& value, const Question& question) const {
    try {
      question.option_index(value.value);
    } catch (const UsageError& error) {
      const bool is_missing = std::ranges::any_of(
          question.missing, [&](const MissingCode& missing) { return missing.code == value.value; });
      expression_.refuse<UsageError>(value, error.code,
                                     is_missing ? "'" + value.value.text() + "' is a missing code of '" +
                                                      question.name + "', no answer: use missing(" + question.name + ")"
                                                : error.what(),
                                     error.context);
    }
  }

  void moment(const RowNode& left, const RowNode& right) {
    if (right.kind != RowNode::Kind::value) {
      if (type_of(right) != RowType::moment) refuse(right, described(left) + " dates: compare it with a date");
      return;
    }
    if (right.value.is_number() || right.is_truth || !instant_in(right.value.text()))
      refuse(right, described(left) + " dates: write '2024-01-31', or '2024-01-31T12:00'");
  }

  std::string not_a_number(const RowNode& left, const RowNode& right) const {
    const std::string& text = right.value.text();
    return described(left) + " numbers: " +
           (number_in(text) ? "write " + text + " without quotation marks" : "it is not compared with a text");
  }

  static std::string described(const RowNode& node) {
    return node.kind == RowNode::Kind::name ? "'" + node.text + "' holds" : "this has";
  }

  const RowExpression& expression_;
  const RowNames& names_;
};

void refuse_without_names(const RowExpression& expression) {
  if (expression.names().empty())
    expression.refuse<UsageError>(expression.root(), "usage.expression", "this names no question or column");
}

}  // namespace

bool compared_by_name(const Question& a, const Question& b) {
  return a.has_levels() && b.has_levels() && (a.type != QuestionType::scale || b.type != QuestionType::scale);
}

RowName row_name(const Question& question) {
  switch (question.type) {
    case QuestionType::single:
    case QuestionType::scale:
      return {RowType::option, &question};
    case QuestionType::multiple:
    case QuestionType::top_k:
      return {RowType::options, &question};
    case QuestionType::number:
      return {RowType::number, &question};
    case QuestionType::text:
      break;
  }
  return {RowType::text, &question};
}

CheckedRows check_condition(const RowExpression& expression, const RowNames& names) {
  Checker checker(expression, names);
  checker.condition(expression.root());
  refuse_without_names(expression);
  return std::move(checker.found);
}

CheckedRows check_number(const RowExpression& expression, const RowNames& names) {
  Checker checker(expression, names);
  checker.number(expression.root());
  refuse_without_names(expression);
  return std::move(checker.found);
}

}  // namespace enkat
