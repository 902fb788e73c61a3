#include "enkat/codebook/derivation.hpp"

#include <algorithm>
#include <chrono>
#include <limits>
#include <map>
#include <set>

#include "enkat/basics/joined.hpp"
#include "enkat/basics/json.hpp"
#include "enkat/codebook/check_codebook.hpp"
#include "enkat/codebook/object_reader.hpp"

namespace enkat {
namespace {

const std::vector<std::string> periods{"month", "quarter", "week", "year"};

Code code_of(const Json& value) {
  if (value.is_number()) return Code(value.get<double>());
  return value.is_string() ? Code(value.get<std::string>()) : Code(value.dump());
}

std::vector<Code> codes_of(const Json& values) {
  std::vector<Code> codes;
  if (!values.is_array()) return {code_of(values)};
  for (const Json& value : values) codes.push_back(code_of(value));
  return codes;
}

RowNode name(const std::string& text) {
  RowNode node;
  node.kind = RowNode::Kind::name;
  node.text = text;
  return node;
}

RowNode value(const Code& code) {
  RowNode node;
  node.kind = RowNode::Kind::value;
  node.value = code;
  return node;
}

RowNode operation(std::string text, std::vector<RowNode> args) {
  RowNode node;
  node.text = std::move(text);
  node.args = std::move(args);
  return node;
}

/// Expressions that say how one question is made of others.
class Maker {
 public:
  Maker(Question& question, const DerivationSources& sources)
      : question_(question), sources_(sources), definition_(Json::parse(question.derived->definition)) {}

  void make() {
    const Way way = question_.derived->way;
    const Json& how = definition_[std::string(name_of(way))];
    if (way == Way::bands) bands(how);
    if (way == Way::cuts) cuts(how);
    if (way == Way::collapse) collapse(how);
    if (way == Way::any_of || way == Way::all_of) yes_or_no(joined(way == Way::any_of ? "or" : "and", ticks(how)));
    if (way == Way::count_of) number(operation("count", ticks(how)));
    if (way == Way::where) yes_or_no(RowExpression(how).root());
    if (way == Way::number) number(RowExpression(how).root());
    if (way == Way::cross) cross(how);
    if (way == Way::dates) dates(how.get<std::string>());
    finish(way);
  }

 private:
  [[noreturn]] void refuse(const std::string& code, const std::string& problem) const {
    throw CodebookError(code, "it " + problem, {{"question", question_.name}});
  }

  std::string of() const { return definition_.value("of", ""); }

  RowName source() const { return *sources_.names.find(of()); }

  void option(const std::string& option_name, RowNode condition, Text label = {}) {
    Option made;
    made.name = option_name;
    made.code = Code(option_name);
    made.label = std::move(label);
    options_.push_back(std::move(made));
    conditions_.push_back(std::move(condition));
  }

  void yes_or_no(const RowNode& condition) {
    option("yes", condition);
    option("no", operation("not", {condition}));
  }

  void number(RowNode node) { conditions_.push_back(std::move(node)); }

  static RowNode joined(const char* by, std::vector<RowNode> nodes) {
    return nodes.size() == 1 ? std::move(nodes[0]) : operation(by, std::move(nodes));
  }

  void bands(const Json& given) {
    std::vector<std::array<double, 2>> ends;
    for (const auto& [band, range] : given.items()) {
      const double low = range[0].is_null() ? -std::numeric_limits<double>::infinity() : range[0].get<double>();
      const double high = range[1].is_null() ? std::numeric_limits<double>::infinity() : range[1].get<double>();
      if (low > high) refuse("codebook.derived_bands", "has a band whose end is before its beginning: '" + band + "'");
      for (const auto& [other_low, other_high] : ends)
        if (low <= other_high && other_low <= high)
          refuse("codebook.derived_bands",
                 "has a band that lies in another: '" + band +
                     "'; both ends belong to a band, so that 18 to 29 and 30 to 44 do not meet");
      ends.push_back({low, high});
      option(band, within(low, ">=", high, "<="));
    }
  }

  /// Below the first cut, from each to below the next, and from the last on.
  void cuts(const Json& given) {
    std::vector<double> at;
    for (const Json& cut : given) at.push_back(cut.get<double>());
    if (at.empty() || !std::ranges::is_sorted(at, std::less_equal<>()))
      refuse("codebook.derived_bands", "has cut points that do not rise: give them from the lowest to the highest");
    constexpr double open = std::numeric_limits<double>::infinity();
    option("<" + number_text(at.front()), within(-open, ">=", at.front(), "<"));
    for (std::size_t i = 1; i < at.size(); ++i)
      option(number_text(at[i - 1]) + "–<" + number_text(at[i]), within(at[i - 1], ">=", at[i], "<"));
    option("≥" + number_text(at.back()), within(at.back(), ">=", open, "<"));
  }

  RowNode within(double low, const char* from, double high, const char* to) const {
    std::vector<RowNode> ends;
    constexpr double open = std::numeric_limits<double>::infinity();
    if (low != -open) ends.push_back(operation(from, {name(of()), value(low)}));
    if (high != open) ends.push_back(operation(to, {name(of()), value(high)}));
    if (ends.empty()) ends.push_back(operation("not", {operation("missing", {name(of())})}));
    return joined("and", std::move(ends));
  }

  void collapse(const Json& given) {
    std::set<std::string> grouped;
    for (const auto& [group, answers] : given.items()) {
      std::vector<RowNode> args{name(of())};
      for (const Code& answer : codes_of(answers)) {
        args.push_back(value(known(answer)));
        if (!grouped.insert(args.back().value.text()).second)
          refuse("codebook.derived_groups", "has '" + answer.text() + "' in two groups: an answer is in one of them");
      }
      option(group, operation("in", std::move(args)));
    }
    std::vector<std::string> forgotten;
    for (const Level& level : sources_.levels(of()))
      if (!grouped.contains(level.name)) forgotten.push_back(level.name);
    if (!forgotten.empty())
      refuse("codebook.derived_groups", "has answers of '" + of() + "' in no group: " + quoted(forgotten) +
                                            "; put each into one, such as \"other\", so that no answer is lost unseen");
  }

  /// An answer by the name of its option; of a column of numbers as it is.
  Code known(const Code& answer) const {
    const Question* asked = source().question;
    if (asked == nullptr || asked->options.empty()) return answer;
    return asked->options[asked->option_index(answer)].name;
  }

  /// Whether a row ticked, or gave, each of these answers.
  std::vector<RowNode> ticks(const Json& answers) const {
    const char* asks = source().type == RowType::options ? "ticked" : "in";
    std::vector<RowNode> each;
    for (const Code& answer : codes_of(answers)) each.push_back(operation(asks, {name(of()), value(known(answer))}));
    return each;
  }

  void cross(const Json& given) {
    std::vector<std::pair<Level, RowNode>> crossed;
    for (const Json& part : given) {
      const auto part_name = part.get<std::string>();
      const std::vector<Level> levels = sources_.levels(part_name);
      if (levels.empty())
        refuse("codebook.derived_cross", "crosses '" + part_name +
                                             "', whose answers are not known: describe it in the codebook, as a single "
                                             "question with its options");
      std::vector<std::pair<Level, RowNode>> longer;
      const RowType type = sources_.names.find(part_name)->type;
      const auto pair = [&](const Level& level) {
        return operation("in", {name(part_name), value(code_of_level(level.name, type))});
      };
      if (crossed.empty())
        for (const Level& level : levels) longer.emplace_back(level, pair(level));
      for (const auto& [before, condition] : crossed)
        for (const Level& level : levels)
          longer.emplace_back(Level{before.name + ":" + level.name, crossed_label(before, level)},
                              operation("and", {condition, pair(level)}));
      crossed = std::move(longer);
      if (crossed.size() > most_crossed)
        refuse("codebook.derived_cross",
               "has more than " + std::to_string(most_crossed) + " combinations: collapse the answers first");
    }
    for (auto& [level, condition] : crossed) option(level.name, std::move(condition), std::move(level.label));
  }

  /// What stands for an answer in an expression: of a column of numbers, the number that its label reads.
  static Code code_of_level(const std::string& level, RowType type) {
    if (type == RowType::truth) return Code(level == "true" ? 1 : 0);
    return type == RowType::number ? Code(number_in(level).value_or(0)) : Code(level);
  }

  static Text crossed_label(const Level& a, const Level& b) {
    Text label;
    std::set<std::string> languages;
    for (const Text* text : {&a.label, &b.label})
      for (const auto& [language, words] : text->by_language) languages.insert(language);
    const auto words = [](const Level& level, const std::string& language) {
      const auto found = level.label.by_language.find(language);
      return found == level.label.by_language.end() ? level.name : found->second;
    };
    for (const std::string& language : languages)
      label.by_language[language] = words(a, language) + ", " + words(b, language);
    return label;
  }

  void dates(const std::string& period) {
    const auto days = sources_.days(of());
    if (!days)
      refuse("codebook.derived_dates",
             "needs the dates of '" + of() + "': a column of dates, or of points in time, that has some");
    using std::chrono::sys_days;
    auto day = sys_days(std::chrono::days(static_cast<int>((*days)[0])));
    const auto last = sys_days(std::chrono::days(static_cast<int>((*days)[1])));
    day = beginning(day, period);
    for (; day <= last; day = beginning(day + longest(period), period)) {
      if (options_.size() > most_crossed)
        refuse("codebook.derived_dates",
               "has more than " + std::to_string(most_crossed) + " periods: take longer ones");
      const auto next = beginning(day + longest(period), period);
      option(period_name(day, period), operation("and", {operation(">=", {name(of()), value(iso(day))}),
                                                         operation("<", {name(of()), value(iso(next))})}));
    }
  }

  /// More days than any such period has, and fewer than two of them have.
  static std::chrono::days longest(const std::string& period) {
    return std::chrono::days(period == "week" ? 7 : period == "month" ? 31 : period == "quarter" ? 92 : 366);
  }

  static std::chrono::sys_days beginning(std::chrono::sys_days day, const std::string& period) {
    using namespace std::chrono;
    if (period == "week") return day - (weekday(day) - Monday);
    const year_month_day date(day);
    if (period == "year") return sys_days(date.year() / January / 1);
    if (period == "month") return sys_days(date.year() / date.month() / 1);
    return sys_days(date.year() / month((unsigned{date.month()} - 1) / 3 * 3 + 1) / 1);
  }

  static std::string iso(std::chrono::sys_days day) {
    const std::chrono::year_month_day date(day);
    return padded(int{date.year()}, 4) + "-" + padded(static_cast<int>(unsigned{date.month()}), 2) + "-" +
           padded(static_cast<int>(unsigned{date.day()}), 2);
  }

  static std::string padded(int number, std::size_t width) {
    const std::string digits = std::to_string(number);
    return digits.size() < width ? std::string(width - digits.size(), '0') + digits : digits;
  }

  /// 2024-01, 2024-Q1, 2024-W05 (ISO 8601: a week is of the year that its Thursday is in), 2024.
  static std::string period_name(std::chrono::sys_days day, const std::string& period) {
    using namespace std::chrono;
    if (period == "month") return iso(day).substr(0, 7);
    if (period == "year") return iso(day).substr(0, 4);
    if (period == "quarter")
      return iso(day).substr(0, 5) + "Q" + std::to_string((unsigned{year_month_day(day).month()} - 1) / 3 + 1);
    const year_month_day thursday(day + days(3));
    const auto first = sys_days(thursday.year() / January / 1);
    return padded(int{thursday.year()}, 4) + "-W" +
           padded(static_cast<int>((sys_days(thursday) - first).count() / 7) + 1, 2);
  }

  void finish(Way way) {
    for (Option& option : options_) {
      const auto given = std::ranges::find(question_.options, option.name, &Option::name);
      if (given != question_.options.end()) option.label = given->label;
    }
    if (way != Way::dates && way != Way::cross)
      for (const Option& given : question_.options)
        if (std::ranges::find(options_, given.name, &Option::name) == options_.end())
          refuse("codebook.derived_options",
                 "has no answer '" + given.name + "': `options` gives labels to its answers");
    question_.options = std::move(options_);
    question_.type = question_.options.empty() ? QuestionType::number : QuestionType::single;
    const std::string text = shown();
    for (RowNode& condition : conditions_) {
      RowExpression made(text, std::move(condition));
      refuse_unknown_texts(
          made, question_.options.empty() ? check_number(made, sources_.names) : check_condition(made, sources_.names));
      question_.derived->made.push_back(std::move(made));
    }
  }

  /// Texts that no row of a column has are misspelt.
  void refuse_unknown_texts(const RowExpression& made, const CheckedRows& checked) {
    for (const auto& [column, value] : checked.texts) {
      const auto [found, added] = known_.try_emplace(column);
      if (added) found->second = sources_.levels(column);
      std::vector<std::string> texts;
      for (const Level& level : found->second) texts.push_back(level.name);
      if (!texts.empty() && std::ranges::find(texts, value->value.text()) == texts.end())
        made.refuse<UsageError>(
            *value, "codebook.unknown_answer",
            "no row of '" + column + "' has '" + value->value.text() + "'" + suggestion(value->value.text(), texts));
    }
  }

  /// The definition for messages: its own expression, where it has one.
  std::string shown() const {
    for (const char* key : {"where", "number"})
      if (definition_.contains(key)) return RowExpression(definition_[key]).text();
    return definition_.dump();
  }

  static constexpr std::size_t most_crossed = 1'000;

  Question& question_;
  const DerivationSources& sources_;
  Json definition_;
  std::vector<Option> options_;
  std::vector<RowNode> conditions_;
  std::map<std::string, std::vector<Level>> known_;
};

bool is_range(const Json& range) {
  const auto is_end = [](const Json& end) { return end.is_number() || end.is_null(); };
  return range.is_array() && range.size() == 2 && is_end(range[0]) && is_end(range[1]);
}

bool are_values(const Json& values) {
  const auto is_value = [](const Json& value) { return value.is_string() || value.is_number() || value.is_boolean(); };
  return values.is_array() ? !values.empty() && std::ranges::all_of(values, is_value) : is_value(values);
}

bool well_formed(Way way, const Json& how) {
  if (way == Way::bands) return how.is_object() && !how.empty() && std::ranges::all_of(how, is_range);
  if (way == Way::cuts)
    return how.is_array() && std::ranges::all_of(how, [](const Json& cut) { return cut.is_number(); });
  if (way == Way::collapse) return how.is_object() && !how.empty() && std::ranges::all_of(how, are_values);
  if (way == Way::cross)
    return how.is_array() && how.size() > 1 &&
           std::ranges::all_of(how, [](const Json& part) { return part.is_string(); });
  if (way == Way::dates) return how.is_string() && std::ranges::find(periods, how.get<std::string>()) != periods.end();
  if (way == Way::number || way == Way::where) return how.is_object();
  return are_values(how);
}

std::string form_of(Way way) {
  if (way == Way::bands)
    return "bands with their lowest and highest number: {\"18–29\": [18, 29], \"65+\": [65, null]}";
  if (way == Way::cuts) return "a list of numbers";
  if (way == Way::collapse) return "groups with their answers: {\"satisfied\": [\"very\", \"fairly\"]}";
  if (way == Way::cross) return "a list of two questions or more";
  if (way == Way::dates) return "\"week\", \"month\", \"quarter\" or \"year\"";
  if (way == Way::number || way == Way::where) return "an expression";
  return "a list of answers";
}

}  // namespace

Derivation read_derivation(const Json& json, const ObjectReader& question) {
  Derivation derivation;
  ObjectReader reader(json, question, "derived");
  std::string of;
  reader.read("of", of);
  std::vector<std::string> given;
  for (const std::string& key : names_of<Way>())
    if (reader.find(key) != nullptr) given.push_back(key);
  reader.finish();
  if (!json.is_object()) return derivation;
  if (given.size() != 1) {
    reader.problem("codebook.derived", "",
                   reader.what() + " says in one way how it is made: by one of " + joined(names_of<Way>()));
    return derivation;
  }
  const std::string& key = given[0];
  const Way way = *from_name<Way>(key);
  const bool alone = way == Way::number || way == Way::where || way == Way::cross;
  if (alone == reader.has("of"))
    reader.problem("codebook.derived", "of",
                   reader.what() + (alone ? " needs no `of`: its sources are in `" + key + "`"
                                          : " needs `of`: the question or column that it is made from"));
  const Json& how = json[key];
  if (!well_formed(way, how)) {
    reader.wrong_type(key, form_of(way));
    return derivation;
  }
  if (way == Way::number || way == Way::where) {
    std::optional<RowExpression> expression;
    reader.read(key, expression);
    if (!expression) return derivation;
    derivation.names = expression->names();
  } else if (way == Way::cross) {
    derivation.names = how.get<std::vector<std::string>>();
  } else {
    derivation.names = {of};
  }
  derivation.definition = json.dump();
  derivation.way = way;
  return derivation;
}

void resolve_derivation(Question& question, const DerivationSources& sources) {
  for (const std::string& name : question.derived->names) {
    const auto source = sources.names.find(name);
    if (source && source->question != nullptr && source->question->sensitive) question.sensitive = true;
    if (!source)
      throw CodebookError(
          "codebook.unknown_question",
          "it is made from '" + name + "', which is no question or column" + suggestion(name, sources.names.known),
          {{"question", question.name}, {"value", name}});
  }
  Maker(question, sources).make();
}

}  // namespace enkat
