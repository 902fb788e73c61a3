#pragma once

#include <string>
#include <vector>

#include "enkat/basics/error.hpp"
#include "enkat/basics/json.hpp"
#include "enkat/basics/names.hpp"
#include "enkat/codebook/code.hpp"
#include "enkat/codebook/row_expression.hpp"
#include "enkat/codebook/text.hpp"

namespace enkat {

/// A value of a file, or a list of them, as texts: numbers as `number_text` writes them. Nothing where one is no value.
std::optional<std::vector<std::string>> texts_of(const Json& values);

/// Reads one object of a file key by key and collects what is wrong; `finish` reports keys that nobody asked for.
class ObjectReader {
 public:
  /// `at` is the JSON pointer of the object, `what` its name in messages ("question 'age'"), and `codes` what the codes
  /// of its problems begin with.
  ObjectReader(const Json& json, std::string at, std::string what, std::vector<Issue>& issues,
               std::string codes = "codebook.");
  /// Of an object that is the value of a key of another.
  ObjectReader(const Json& json, const ObjectReader& outer, const std::string& key);

  const std::string& what() const { return what_; }
  void rename(std::string what) { what_ = std::move(what); }
  std::string at(const std::string& key) const;

  /// The value of a key, or null when the object does not have it.
  const Json* find(const std::string& key);
  bool has(const std::string& key) const { return json_.is_object() && json_.contains(key); }
  const Json* require(const std::string& key, const std::string& kind);
  template <class T>
  void require(const std::string& key, const std::string& kind, T& out) {
    require(key, kind);
    read(key, out);
  }

  // Each leaves `out` alone when the key is absent or its value is of the wrong type (which is reported).
  void read(const std::string& key, std::string& out);
  void read(const std::string& key, bool& out);
  void read(const std::string& key, int& out);
  void read(const std::string& key, Code& out);
  void read(const std::string& key, std::vector<Code>& out);  ///< one, or a list of them
  void read(const std::string& key, Text& out, const std::string& file_language);
  void read(const std::string& key, std::vector<std::string>& out);
  void read(const std::string& key, std::optional<RowExpression>& out);     ///< or its problem is told
  void read_values(const std::string& key, std::vector<std::string>& out);  ///< one, or a list of them

  /// One of the known words; any other has a problem called `code`.
  void read_word(const std::string& key, std::string& out, const std::vector<std::string>& known,
                 const std::string& code = "unknown_value");
  template <class E>
    requires std::is_enum_v<E>
  void read(const std::string& key, E& out, const std::string& code = "unknown_value") {
    std::string word;
    read_word(key, word, names_of<E>(), code);
    if (const auto value = from_name<E>(word)) out = *value;
  }

  /// Calls `read(item, its JSON pointer)` for each item of a list.
  template <class Read>
  void each(const std::string& key, const Read& read) {
    const Json* list = find(key);
    if (list == nullptr) return;
    if (!list->is_array()) return wrong_type(key, "a list");
    for (std::size_t i = 0; i < list->size(); ++i) read((*list)[i], at(key) + "/" + std::to_string(i));
  }

  void problem(const std::string& code, const std::string& key, const std::string& message,
               const Context& context = {});
  void wrong_type(const std::string& key, const std::string& kind);
  void finish();

 private:
  const Json& json_;
  std::string at_, what_;
  std::vector<Issue>& issues_;
  std::string codes_;
  std::size_t first_;  ///< where its problems begin
  std::vector<std::string> known_;
};

}  // namespace enkat
