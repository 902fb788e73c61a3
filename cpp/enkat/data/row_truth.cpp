#include "enkat/data/row_truth.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "enkat/codebook/instant.hpp"
#include "enkat/data/moment.hpp"

namespace enkat {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double seconds_per_day = 86'400;

Truth truth(bool holds) { return holds ? Truth::yes : Truth::no; }

/// What holds when the two sides of a comparison change places.
std::string mirrored(const std::string& operation) {
  static const std::map<std::string, std::string> known{{"<", ">"}, {"<=", ">="}, {">", "<"}, {">=", "<="}};
  const auto found = known.find(operation);
  return found == known.end() ? operation : found->second;
}

bool is_order(const std::string& operation) {
  return operation == "<" || operation == "<=" || operation == ">" || operation == ">=";
}

double combined(const std::string& operation, double a, double b) {
  if (operation == "+") return a + b;
  if (operation == "-") return a - b;
  if (operation == "*") return a * b;
  if (operation == "/") return a / b;
  if (operation == "**") return std::pow(a, b);
  if (std::isnan(a) || std::isnan(b)) return nan;
  return operation == "min" ? std::min(a, b) : std::max(a, b);
}

double applied(const std::string& function, double x) {
  if (function == "-") return -x;
  if (function == "abs") return std::abs(x);
  if (function == "exp") return std::exp(x);
  if (function == "floor") return std::floor(x);
  if (function == "log") return std::log(x);
  if (function == "round") return std::nearbyint(x);
  return std::sqrt(x);
}

}  // namespace

Truth both(Truth a, Truth b) {
  if (a == Truth::no || b == Truth::no) return Truth::no;
  return a == Truth::yes && b == Truth::yes ? Truth::yes : Truth::missing;
}

std::optional<RowName> row_name(const Table& table, const std::string& name) {
  const Column* column = table.find(name);
  if (column == nullptr) return std::nullopt;
  switch (column->type()) {
    case ColumnType::boolean:
      return RowName{RowType::truth};
    case ColumnType::text:
    case ColumnType::dictionary:
      return RowName{RowType::text, nullptr, column->form().ordered};
    case ColumnType::date:
    case ColumnType::timestamp:
      return RowName{RowType::moment};
    case ColumnType::list:
    case ColumnType::unsupported:
      throw DataError("data.unsupported_type",
                      "column '" + name +
                          "' holds lists or values of another kind, which are not compared: describe "
                          "it in a codebook (storage \"list\")",
                      {{"column", name}});
    default:
      return RowName{RowType::number};
  }
}

RowNames row_names(const Table& table, const Codebook& codebook) {
  RowNames names{[&](const std::string& name) {
                   const Question* asked = codebook.find(name);
                   return asked != nullptr ? row_name(*asked) : row_name(table, name);
                 },
                 table.names()};
  for (const Question& question : codebook.questions()) names.known.push_back(question.name);
  return names;
}

RowTruth::RowTruth(const RowExpression& expression, RowSources sources)
    : expression_(expression), sources_(std::move(sources)) {
  for (const std::string& name : expression.names()) {
    if (auto answers = sources_.answers(name)) {
      answers_[name] = std::move(answers);
    } else if (const auto found = row_name(*sources_.table, name);
               found && (found->type == RowType::number || found->type == RowType::truth)) {
      answers_[name] = sources_.numbers(name);
    } else if (found && found->ordered) {
      ordered_.emplace(name, Labels(sources_.table->column(name)));
    }
  }
}

const Answers* RowTruth::answers(const RowNode& node) const {
  const auto found = node.kind == RowNode::Kind::name ? answers_.find(node.text) : answers_.end();
  return found == answers_.end() ? nullptr : found->second.get();
}

/// The column that a name is, where it is not read as the answers to a question.
const Column* RowTruth::column(const RowNode& node) const {
  return node.kind == RowNode::Kind::name && answers(node) == nullptr ? sources_.table->find(node.text) : nullptr;
}

void RowTruth::evaluate(Rows rows, std::span<Truth> out) const {
  std::ranges::copy(truths(expression_.root(), rows), out.begin());
}

void RowTruth::evaluate(Rows rows, std::span<double> out) const {
  std::ranges::copy(numbers(expression_.root(), rows), out.begin());
}

MissingReason RowTruth::reason(std::size_t row) const {
  for (const std::string& name : expression_.names()) {
    const auto asked = answers_.find(name);
    if (asked != answers_.end()) {
      if (asked->second->reason(row) != MissingReason::answered) return asked->second->reason(row);
    } else {
      RowNode node;
      node.kind = RowNode::Kind::name;
      node.text = name;
      if (not_missing(node, {row, row + 1})[0] == Truth::no) return MissingReason::skipped;
    }
  }
  return MissingReason::answered;
}

RowTruth::Truths RowTruth::truths(const RowNode& node, Rows rows) const {
  if (node.is("and") || node.is("or") || node.is("not")) return joined(node, rows);
  if (node.is("missing")) {
    Truths out = not_missing(node.args[0], rows);
    for (Truth& t : out) t = truth(t == Truth::no);
    return out;
  }
  if (node.is("ticked")) return ticked(node, rows);
  if (node.kind == RowNode::Kind::operation) return compared(node, rows);
  const Numbers number = numbers(node, rows);  // a column of true and false
  return compared_numbers("!=", number, Numbers(number.size(), 0));
}

/// "or" is "and" of what does not hold: not (not a and not b).
RowTruth::Truths RowTruth::joined(const RowNode& node, Rows rows) const {
  const auto turn = [](Truths& all) {
    for (Truth& t : all)
      if (t != Truth::missing) t = truth(t == Truth::no);
  };
  const bool by_turning = !node.is("and");
  Truths out;
  for (const RowNode& arg : node.args) {
    Truths next = truths(arg, rows);
    if (by_turning) turn(next);
    if (out.empty()) {
      out = std::move(next);
    } else {
      for (std::size_t i = 0; i < out.size(); ++i) out[i] = both(out[i], next[i]);
    }
  }
  if (node.is("or")) turn(out);
  return out;
}

RowTruth::Truths RowTruth::not_missing(const RowNode& node, Rows rows) const {
  Truths out(rows.size());
  std::vector<std::uint8_t> there(rows.size());
  if (const Answers* asked = answers(node)) {
    asked->answered(rows.first, there);
  } else if (const Column* cells = column(node); cells->is_text()) {
    std::vector<std::string_view> text(rows.size());
    cells->texts(rows.first, text);
    std::ranges::transform(text, there.begin(), [](std::string_view cell) { return cell.empty() ? 0 : 1; });
  } else {
    cells->present(rows.first, there);
  }
  std::ranges::transform(there, out.begin(), [](std::uint8_t known) { return truth(known != 0); });
  return out;
}

RowTruth::Truths RowTruth::ticked(const RowNode& node, Rows rows) const {
  const Answers& asked = *answers(node.args[0]);
  std::vector<std::uint8_t> answered(rows.size()), hit(rows.size());
  asked.answered(rows.first, answered);
  Truths out(rows.size(), Truth::no);
  for (std::size_t i = 1; i < node.args.size(); ++i) {
    asked.ticked(asked.question().option_index(node.args[i].value), rows.first, hit);
    for (std::size_t row = 0; row < out.size(); ++row)
      if (hit[row] != 0) out[row] = Truth::yes;
  }
  for (std::size_t row = 0; row < out.size(); ++row)
    if (answered[row] == 0) out[row] = Truth::missing;
  return out;
}

RowTruth::Truths RowTruth::compared(const RowNode& node, Rows rows) const {
  const bool turned = node.args[0].kind == RowNode::Kind::value;
  const RowNode& left = node.args[turned ? 1 : 0];
  const RowNode& right = node.args[turned ? 0 : 1];
  const std::string operation = turned ? mirrored(node.text) : node.text;
  const Answers* asked = answers(left);
  const bool of_levels = asked != nullptr && asked->question().has_levels();
  const bool by_value = right.kind == RowNode::Kind::value && !is_order(operation);
  if (by_value && of_levels) return among_options(node, left, *asked, rows);
  if (const Column* cells = column(left);
      (cells != nullptr && cells->is_text()) || (asked != nullptr && asked->question().type == QuestionType::text))
    return is_order(operation) ? ordered_texts(operation, left, right, rows) : among_texts(node, left, rows);
  const auto moment = row_name(*sources_.table, left.text);
  const bool of_moments = column(left) != nullptr && moment && moment->type == RowType::moment;

  Truths out;
  for (const RowNode& other : node.args) {
    if (&other == &left) continue;
    Numbers a, b;
    const Answers* second = answers(other);
    const bool of_value = other.kind == RowNode::Kind::value;
    if (of_levels && second != nullptr && compared_by_name(asked->question(), second->question())) {
      a = places(*asked, asked->question(), rows);
      b = places(*second, asked->question(), rows);
    } else if (of_levels && of_value && asked->question().lists_an_order()) {
      a = places(*asked, asked->question(), rows);
      b.assign(rows.size(), static_cast<double>(asked->question().option_index(other.value)));
    } else if (!of_moments) {
      a = numbers(left, rows);
      b = of_levels && of_value && std::isnan(other.number())
              ? Numbers(rows.size(),
                        asked->question().options[asked->question().option_index(other.value)].code.number())
              : numbers(other, rows);
    } else if (other.kind == RowNode::Kind::value) {
      const Instant instant = *instant_in(other.value.text());
      a = seconds(left, rows);
      if (instant.whole_day)
        for (double& second : a) second = std::floor(second / seconds_per_day);
      b.assign(rows.size(), instant.whole_day ? instant.day() : instant.seconds);
    } else {
      a = seconds(left, rows);
      b = seconds(other, rows);
    }
    Truths next = compared_numbers(operation == "in" ? "==" : operation, a, b);
    if (out.empty()) {
      out = std::move(next);
    } else {
      for (std::size_t i = 0; i < out.size(); ++i)
        if (next[i] == Truth::yes) out[i] = Truth::yes;
    }
  }
  return out;
}

RowTruth::Truths RowTruth::among_options(const RowNode& node, const RowNode& left, const Answers& asked,
                                         Rows rows) const {
  std::vector<std::uint8_t> wanted(asked.options());
  for (const RowNode& value : node.args)
    if (&value != &left) wanted[asked.question().option_index(value.value)] = 1;
  std::vector<std::int32_t> level(rows.size());
  asked.levels(rows.first, level);
  Truths out(rows.size());
  for (std::size_t i = 0; i < out.size(); ++i)
    out[i] =
        level[i] < 0 ? Truth::missing : truth((wanted[static_cast<std::size_t>(level[i])] != 0) == (node.text != "!="));
  return out;
}

RowTruth::Truths RowTruth::among_texts(const RowNode& node, const RowNode& left, Rows rows) const {
  std::vector<std::string> wanted;
  for (const RowNode& value : node.args)
    if (&value != &left) wanted.push_back(value.value.text());
  std::vector<std::string_view> text(rows.size());
  if (const Answers* asked = answers(left)) {
    asked->texts(rows.first, text);
  } else {
    column(left)->texts(rows.first, text);
  }
  Truths out(rows.size());
  for (std::size_t i = 0; i < out.size(); ++i)
    out[i] = text[i].empty() ? Truth::missing
                             : truth((std::ranges::find(wanted, text[i]) != wanted.end()) == (node.text != "!="));
  return out;
}

/// Of categories with a declared order.
RowTruth::Truths RowTruth::ordered_texts(const std::string& operation, const RowNode& left, const RowNode& right,
                                         Rows rows) const {
  const Labels& labels = ordered_.at(left.text);
  const auto wanted = labels.find(right.value.text());
  Numbers place(rows.size());
  for (std::size_t i = 0; i < place.size(); ++i) {
    const std::int32_t code = labels.code[rows.first + i];
    place[i] = code < 0 ? nan : code;
  }
  return compared_numbers(operation, place, Numbers(rows.size(), wanted ? *wanted : nan));
}

/// Where the answers stand among the options of a question with answers of these names.
RowTruth::Numbers RowTruth::places(const Answers& answers, const Question& among, Rows rows) const {
  std::vector<double> place;
  for (const Option& option : answers.question().options) {
    const auto found = std::ranges::find(among.options, option.name, &Option::name);
    place.push_back(static_cast<double>(found - among.options.begin()));
  }
  std::vector<std::int32_t> level(rows.size());
  answers.levels(rows.first, level);
  Numbers out(rows.size());
  std::ranges::transform(level, out.begin(),
                         [&](std::int32_t at) { return at < 0 ? nan : place[static_cast<std::size_t>(at)]; });
  return out;
}

RowTruth::Truths RowTruth::compared_numbers(const std::string& operation, const Numbers& left,
                                            const Numbers& right) const {
  Truths out(left.size());
  const auto compare = [&](const auto& holds) {
    for (std::size_t i = 0; i < out.size(); ++i)
      out[i] = std::isnan(left[i]) || std::isnan(right[i]) ? Truth::missing : truth(holds(left[i], right[i]));
  };
  if (operation == "==") compare(std::equal_to<>());
  if (operation == "!=") compare(std::not_equal_to<>());
  if (operation == "<") compare(std::less<>());
  if (operation == "<=") compare(std::less_equal<>());
  if (operation == ">") compare(std::greater<>());
  if (operation == ">=") compare(std::greater_equal<>());
  return out;
}

RowTruth::Numbers RowTruth::numbers(const RowNode& node, Rows rows) const {
  if (node.kind == RowNode::Kind::value) return Numbers(rows.size(), node.number());
  Numbers out(rows.size());
  if (const Answers* asked = answers(node)) {
    if (asked->question().type != QuestionType::single) {
      asked->numbers(rows.first, out);
      return out;
    }
    std::vector<std::int32_t> level(rows.size());
    asked->levels(rows.first, level);
    for (std::size_t i = 0; i < out.size(); ++i)
      out[i] = level[i] < 0 ? nan : asked->question().options[static_cast<std::size_t>(level[i])].code.number();
    return out;
  }
  if (node.is("count")) return counted(node, rows);
  out = numbers(node.args[0], rows);
  if (node.args.size() == 1)
    for (double& x : out) x = applied(node.text, x);
  for (std::size_t k = 1; k < node.args.size(); ++k) {
    const Numbers next = numbers(node.args[k], rows);
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = combined(node.text, out[i], next[i]);
  }
  for (double& x : out) x = std::isfinite(x) ? x : nan;
  return out;
}

/// How many conditions hold, where none of them is open.
RowTruth::Numbers RowTruth::counted(const RowNode& node, Rows rows) const {
  Numbers out(rows.size());
  for (const RowNode& arg : node.args) {
    const Truths holds = truths(arg, rows);
    for (std::size_t i = 0; i < out.size(); ++i)
      out[i] += holds[i] == Truth::missing ? nan : holds[i] == Truth::yes ? 1 : 0;
  }
  return out;
}

RowTruth::Numbers RowTruth::seconds(const RowNode& node, Rows rows) const {
  Numbers out(rows.size());
  seconds_of(*column(node), rows.first, out);
  return out;
}

}  // namespace enkat
