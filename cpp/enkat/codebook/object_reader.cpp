#include "enkat/codebook/object_reader.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string_view>

#include "enkat/basics/joined.hpp"

namespace enkat {
namespace {

std::string escaped(std::string key) {  // RFC 6901
  for (std::size_t i = 0; i < key.size(); ++i) {
    if (key[i] == '~') key.replace(i++, 1, "~0");
    if (key[i] == '/') key.replace(i++, 1, "~1");
  }
  return key;
}

constexpr const char* code_kind = "a number (up to 2^53) or a text that is not empty";

std::optional<Code> code_in(const Json& value) {
  if (value.is_string() && !value.get<std::string>().empty()) return Code(value.get<std::string>());
  if (value.is_number() && std::abs(value.get<double>()) <= 9007199254740992.0) return Code(value.get<double>());
  return std::nullopt;
}

/// The first character of a text that no page can show, as U+001B, or "": all of Unicode's control characters but those
/// that end a line or indent it.
std::string control_character(const std::string& words) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto byte = static_cast<unsigned char>(words[i]);
    const bool second = byte == 0xC2 && i + 1 < words.size();  // U+0080 to U+009F take two bytes
    const unsigned code = second ? static_cast<unsigned char>(words[i + 1]) : byte;
    const bool is_break = code == '\t' || code == '\n' || code == '\r' || code == 0x85;
    const bool is_control = second ? code < 0xA0 : code < 0x20 || code == 0x7F;
    if (!is_control || is_break) continue;
    constexpr std::string_view digits = "0123456789ABCDEF";
    return std::string("U+00") + digits[code / 16] + digits[code % 16];
  }
  return "";
}

}  // namespace

std::optional<std::vector<std::string>> texts_of(const Json& values) {
  std::vector<std::string> texts;
  for (const Json& value : values.is_array() ? values : Json::array({values})) {
    if (!value.is_string() && !value.is_number() && !value.is_boolean()) return std::nullopt;
    texts.push_back(value.is_string()         ? value.get<std::string>()
                    : value.is_number_float() ? number_text(value.get<double>())
                                              : value.dump());  // every digit of a whole number
  }
  return texts;
}

ObjectReader::ObjectReader(const Json& json, std::string at, std::string what, std::vector<Issue>& issues,
                           std::string codes)
    : json_(json),
      at_(std::move(at)),
      what_(std::move(what)),
      issues_(issues),
      codes_(std::move(codes)),
      first_(issues.size()) {
  if (!json_.is_object())
    problem(codes_ + "wrong_type", "", what_ + " must be an object with keys, {\"key\": value, …}");
}

ObjectReader::ObjectReader(const Json& json, const ObjectReader& outer, const std::string& key)
    : ObjectReader(json, outer.at(key), "`" + key + "` of " + outer.what_, outer.issues_, outer.codes_) {}

std::string ObjectReader::at(const std::string& key) const { return key.empty() ? at_ : at_ + "/" + escaped(key); }

const Json* ObjectReader::find(const std::string& key) {
  known_.push_back(key);
  if (!json_.is_object()) return nullptr;
  const auto found = json_.find(key);
  return found == json_.end() ? nullptr : &*found;
}

const Json* ObjectReader::require(const std::string& key, const std::string& kind) {
  const Json* value = find(key);
  if (value == nullptr && json_.is_object())
    problem(codes_ + "missing_key", "", what_ + " has no `" + key + "`: add it, " + kind, {{"key", key}});
  return value;
}

void ObjectReader::problem(const std::string& code, const std::string& key, const std::string& message,
                           const Context& context) {
  Context where{{"at", at(key)}};
  where.set(context);
  issues_.push_back({code, message, std::move(where)});
}

void ObjectReader::wrong_type(const std::string& key, const std::string& kind) {
  problem(codes_ + "wrong_type", key, "`" + key + "` of " + what_ + " must be " + kind, {{"expected", kind}});
}

void ObjectReader::read(const std::string& key, std::string& out) {
  const Json* value = find(key);
  if (value == nullptr) return;
  if (!value->is_string()) return wrong_type(key, "a text");
  out = value->get<std::string>();
}

void ObjectReader::read(const std::string& key, bool& out) {
  const Json* value = find(key);
  if (value == nullptr) return;
  if (!value->is_boolean()) return wrong_type(key, "true or false");
  out = value->get<bool>();
}

void ObjectReader::read(const std::string& key, int& out) {
  const Json* value = find(key);
  if (value == nullptr) return;
  constexpr double most = std::numeric_limits<int>::max();
  const double number = value->is_number() ? value->get<double>() : 0.5;
  if (std::trunc(number) != number || std::abs(number) > most) return wrong_type(key, "a whole number");
  out = static_cast<int>(number);
}

void ObjectReader::read(const std::string& key, Code& out) {
  const Json* value = find(key);
  if (value == nullptr) return;
  if (const auto code = code_in(*value)) {
    out = *code;
  } else {
    wrong_type(key, code_kind);
  }
}

void ObjectReader::read(const std::string& key, std::vector<Code>& out) {
  const Json* value = find(key);
  if (value == nullptr) return;
  const Json list = value->is_array() ? *value : Json::array({*value});
  std::vector<Code> codes;
  for (const Json& item : list)
    if (const auto code = code_in(item)) codes.push_back(*code);
  if (codes.empty() || codes.size() < list.size())
    return wrong_type(key, std::string(code_kind) + ", or a list of at least one");
  out = std::move(codes);
}

void ObjectReader::read(const std::string& key, Text& out, const std::string& file_language) {
  const Json* value = find(key);
  if (value == nullptr) return;
  if (value->is_string()) {
    out.by_language = {{file_language, value->get<std::string>()}};
  } else if (value->is_object() && std::ranges::all_of(*value, [](const Json& words) { return words.is_string(); })) {
    out.by_language = value->get<std::map<std::string, std::string>>();
  } else {
    return wrong_type(key, "a text, or an object with one text per language");
  }
  for (const auto& [language, words] : out.by_language)
    if (const std::string found = control_character(words); !found.empty())
      problem(codes_ + "control_character", key,
              "`" + key + "` of " + what_ + " has a character that no page can show (" + found + "): remove it",
              {{"character", found}});
}

void ObjectReader::read(const std::string& key, std::vector<std::string>& out) {
  const Json* value = find(key);
  if (value == nullptr) return;
  if (!value->is_array() || !std::ranges::all_of(*value, [](const Json& item) { return item.is_string(); }))
    return wrong_type(key, "a list of texts");
  out = value->get<std::vector<std::string>>();
}

void ObjectReader::read(const std::string& key, std::optional<RowExpression>& out) {
  const Json* value = find(key);
  if (value == nullptr) return;
  const Json& json = value->is_array() && value->size() == 1 ? value->front() : *value;
  if (!json.is_object() || !json.contains("problem")) {
    out.emplace(json);
  } else {
    problem("usage.expression", key, "`" + key + "` of " + what_ + ": " + json["problem"].get<std::string>());
  }
}

void ObjectReader::read_values(const std::string& key, std::vector<std::string>& out) {
  const Json* value = find(key);
  if (value == nullptr) return;
  if (auto texts = texts_of(*value)) {
    out = std::move(*texts);
  } else {
    wrong_type(key, "a text or a number, or a list of them");
  }
}

void ObjectReader::read_word(const std::string& key, std::string& out, const std::vector<std::string>& known,
                             const std::string& code) {
  const std::size_t before = issues_.size();
  read(key, out);
  if (!has(key) || issues_.size() > before || std::ranges::find(known, out) != known.end()) return;
  problem(codes_ + code, key,
          "`" + key + "` of " + what_ + " is one of " + quoted(known) + ", not '" + out + "'" + suggestion(out, known),
          {{"value", out}, {"allowed", known}});
}

void ObjectReader::finish() {
  if (!json_.is_object()) return;
  const auto found = std::ssize(issues_);
  for (const auto& [key, value] : json_.items())
    if (std::ranges::find(known_, key) == known_.end())
      problem(codes_ + "unknown_key", key, what_ + " has no key `" + key + "`" + suggestion(key, known_),
              {{"key", key}});
  // A misspelt key is told before what follows from it, such as a key that is missing.
  std::rotate(issues_.begin() + static_cast<std::ptrdiff_t>(first_), issues_.begin() + found, issues_.end());
}

}  // namespace enkat
