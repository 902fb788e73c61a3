#include "enkat/codebook/write_question.hpp"

#include "enkat/basics/json.hpp"

namespace enkat {
namespace {

Json write_codes(const std::vector<Code>& codes) {
  if (codes.size() == 1) return codes[0].to_json();
  Json list = Json::array();
  for (const Code& code : codes) list.push_back(code.to_json());
  return list;
}

}  // namespace

Json write_question(const Question& q, const std::string& language, Expressions expressions) {
  const bool as_text = expressions == Expressions::as_text;
  const auto write_text = [&](Json& object, const char* key, const Text& text) {
    if (!text.empty()) object[key] = text.to_json(language);
  };
  const bool in_columns = q.takes_several() && q.storage == Storage::columns;
  Json json{{"name", q.name}, {"type", name_of(q.type)}};
  write_text(json, "label", q.label);
  write_text(json, "text", q.text);
  if (q.wording != Wording::published) json["wording"] = name_of(q.wording);
  if (q.takes_several()) json["storage"] = name_of(q.storage);
  if (q.takes_several() && q.storage == Storage::codes) {
    json["columns"] = q.columns;
  } else if (!in_columns && q.column != q.name) {
    json["column"] = q.column;
  }
  if (q.delimiter != ";") json["delimiter"] = q.delimiter;
  if (q.type == QuestionType::top_k) json["k"] = q.k;
  for (const Option& option : q.options) {
    Json item{{"name", option.name}};
    if (option.code.is_number() || option.code.text() != option.name) item["code"] = option.code.to_json();
    write_text(item, "label", option.label);
    if (in_columns && option.column != q.name + "_" + option.name) item["column"] = option.column;
    if (!option.ticked.empty()) item["ticked"] = write_codes(option.ticked);
    if (option.absent) item["absent"] = true;
    if (option.other) item["other"] = true;
    if (option.exclusive) item["exclusive"] = true;
    if (option.wording == Wording::published) item["wording"] = name_of(option.wording);
    json["options"].push_back(std::move(item));
  }
  for (const MissingCode& missing : q.missing) {
    Json item{{"code", missing.code.to_json()}, {"reason", name_of(missing.reason)}};
    write_text(item, "label", missing.label);
    json["missing"].push_back(std::move(item));
  }
  if (q.asked_if && q.asked_if->where) {
    json["asked_if"] = as_text ? Json(q.asked_if->where->text()) : q.asked_if->where->to_json();
  } else if (q.asked_if) {
    json["asked_if"] = {{"question", q.asked_if->question}, {"in", q.asked_if->answers}};
  }
  if (q.derived) {
    Json definition = Json::parse(q.derived->definition);
    for (const char* expression : {"number", "where"})
      if (as_text && definition.contains(expression)) definition[expression] = definition[expression]["text"];
    json["derived"] = std::move(definition);
  }
  if (!q.ticked.empty()) json["ticked"] = write_codes(q.ticked);
  if (!q.not_ticked.empty()) json["not_ticked"] = write_codes(q.not_ticked);
  if (!q.other_of.empty()) json["other_of"] = q.other_of;
  if (q.publish) json["publish"] = true;
  if (q.all_zero != AllZero::answered) json["all_zero"] = name_of(q.all_zero);
  if (q.blank != Blank::missing) json["blank"] = name_of(q.blank);
  if (q.over != Over::error) json["over"] = name_of(q.over);
  if (q.range) json["range"] = *q.range;
  write_text(json, "unit", q.unit);
  if (q.sensitive) json["sensitive"] = true;
  return json;
}

}  // namespace enkat
