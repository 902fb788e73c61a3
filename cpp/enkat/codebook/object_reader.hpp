#pragma once

#include <string>
#include <vector>

#include "enkat/basics/error.hpp"
#include "enkat/basics/json.hpp"
#include "enkat/basics/names.hpp"
#include "enkat/codebook/code.hpp"
#include "enkat/codebook/text.hpp"

namespace enkat {

/// Reads one object of a codebook key by key and collects what is wrong; `finish` reports keys that nobody asked for.
class ObjectReader {
 public:
  /// `at` is the JSON pointer of the object, `what` its name in messages ("question 'age'").
  ObjectReader(const Json& json, std::string at, std::string what, std::vector<Issue>& issues);

  const std::string& what() const { return what_; }
  void rename(std::string what) { what_ = std::move(what); }
  std::string at(const std::string& key) const;

  /// The value of a key, or null when the object does not have it.
  const Json* find(const std::string& key);
  bool has(const std::string& key) const { return json_.is_object() && json_.contains(key); }
  const Json* require(const std::string& key, const std::string& kind);

  // Each leaves `out` alone when the key is absent or its value is of the wrong type (which is reported).
  void read(const std::string& key, std::string& out);
  void read(const std::string& key, bool& out);
  void read(const std::string& key, int& out);
  void read(const std::string& key, Code& out);
  void read(const std::string& key, std::vector<Code>& out);  ///< one, or a list of them
  void read(const std::string& key, Text& out, const std::string& file_language);
  void read(const std::string& key, std::vector<std::string>& out);

  template <class E>
    requires std::is_enum_v<E>
  void read(const std::string& key, E& out) {
    std::string word;
    read(key, word);
    if (const auto value = from_name<E>(word)) {
      out = *value;
    } else if (!word.empty() || (has(key) && json_[key] == "")) {
      unknown_word(key, word, names_of<E>());
    }
  }

  void problem(const std::string& code, const std::string& key, const std::string& message,
               const Context& context = {});
  void wrong_type(const std::string& key, const std::string& kind);
  void finish();

 private:
  void unknown_word(const std::string& key, const std::string& word, const std::vector<std::string>& known);

  const Json& json_;
  std::string at_, what_;
  std::vector<Issue>& issues_;
  std::vector<std::string> known_;
};

}  // namespace enkat
