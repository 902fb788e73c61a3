#include "enkat/codebook/codebook.hpp"

#include <algorithm>
#include <set>

#include "enkat/codebook/check_codebook.hpp"
#include "enkat/codebook/object_reader.hpp"
#include "enkat/codebook/read_question.hpp"

namespace enkat {
namespace {

/// Where a byte of a file is, counted as an editor does: lines and characters from 1.
std::pair<std::size_t, std::size_t> line_and_column(std::string_view text, std::size_t byte) {
  const std::string_view before = text.substr(0, std::min(byte, text.size()));
  const std::size_t line_start = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
  const auto is_character = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; };
  return {1 + static_cast<std::size_t>(std::ranges::count(before, '\n')),
          1 + static_cast<std::size_t>(std::ranges::count_if(before.substr(line_start), is_character))};
}

}  // namespace

Codebook Codebook::parse(std::string_view text) {
  // JSON lets a key occur twice and parsers keep one of the two: here it is a problem.
  std::vector<Issue> repeated;
  std::vector<std::set<std::string>> open;
  const auto notice = [&](int, Json::parse_event_t event, Json& parsed) {
    if (event == Json::parse_event_t::object_start) open.emplace_back();
    if (event == Json::parse_event_t::object_end) open.pop_back();
    if (event == Json::parse_event_t::key && !open.back().insert(parsed.get<std::string>()).second)
      repeated.push_back({"codebook.duplicate_key",
                          "key `" + parsed.get<std::string>() + "` occurs twice in the same object: remove one",
                          {{"key", parsed.get<std::string>()}}});
    return true;
  };
  Json json;
  try {
    json = Json::parse(text, notice);
  } catch (const Json::parse_error& error) {
    const auto [line, column] = line_and_column(text, error.byte == 0 ? 0 : error.byte - 1);
    throw CodebookError("codebook.syntax",
                        "the codebook is not valid JSON at line " + std::to_string(line) + ", column " +
                            std::to_string(column) + ": look for a missing comma, quotation mark or bracket there",
                        {{"line", line}, {"column", column}});
  } catch (const Json::out_of_range&) {
    throw CodebookError("codebook.syntax",
                        "the codebook has a number that is too large to be one, such as 1e999: look at its codes");
  }
  refuse<CodebookError>(repeated);
  return from_json(json);
}

Codebook Codebook::from_json(const Json& json) {
  std::vector<Issue> issues;
  Codebook codebook;
  ObjectReader reader(json, "", "the codebook", issues);
  if (const Json* version = reader.require("schema_version", "1"); version != nullptr && *version != 1)
    reader.problem("codebook.schema_version", "schema_version",
                   "this program reads codebooks with schema_version 1: convert the file or update enkat",
                   {{"known", 1}});
  reader.read("language", codebook.language_);
  reader.require("questions", "the list of questions");
  reader.each("questions", [&](const Json& item, const std::string& at) {
    codebook.questions_.push_back(read_question(item, at, codebook.language_, issues));
  });
  reader.finish();
  check_codebook(codebook.questions_, issues);
  refuse<CodebookError>(issues);
  return codebook;
}

namespace {

Json written(const Codebook& codebook, Expressions expressions) {
  Json json{{"schema_version", 1}};
  if (!codebook.language().empty()) json["language"] = codebook.language();
  json["questions"] = Json::array();
  for (const Question& question : codebook.questions())
    json["questions"].push_back(write_question(question, codebook.language(), expressions));
  return json;
}

}  // namespace

Json Codebook::to_json() const { return written(*this, Expressions::as_text); }

Json Codebook::to_json_with_trees() const { return written(*this, Expressions::with_trees); }

Codebook Codebook::with(std::vector<Question> questions) const {
  Codebook codebook;
  codebook.language_ = language_;
  codebook.questions_ = std::move(questions);
  return codebook;
}

Codebook Codebook::without_derived() const {
  std::vector<Question> asked = questions_;
  std::erase_if(asked, [](const Question& question) { return question.derived.has_value(); });
  return with(std::move(asked));
}

const Question* Codebook::find(std::string_view name) const {
  const auto found = std::ranges::find(questions_, name, &Question::name);
  return found == questions_.end() ? nullptr : &*found;
}

}  // namespace enkat
