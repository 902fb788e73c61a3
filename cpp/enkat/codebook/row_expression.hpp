#pragma once

#include <string>
#include <utility>
#include <vector>

#include "enkat/basics/error.hpp"
#include "enkat/basics/json_fwd.hpp"
#include "enkat/codebook/code.hpp"

namespace enkat {

/// A part of an expression over rows: the name of a column or question, a value, or an operation on other parts.
struct RowNode {
  enum class Kind { name, value, operation };

  Kind kind = Kind::operation;
  std::string text;       ///< the name, or which operation: "==", "and", "missing", "log" …
  Code value;             ///< of a value; true and false are such texts
  bool is_truth = false;  ///< of a value: true or false
  std::vector<RowNode> args;
  std::size_t at = 1;  ///< the character of the expression where it begins, from 1

  bool is(std::string_view operation) const { return kind == Kind::operation && text == operation; }
  /// The number that a value is, true and false being 1 and 0; NaN where it is none.
  double number() const;
};

/// An expression over the rows of a survey, such as "age >= 65 and region != 'north'".
///
/// It comes as {"text": "…", "tree": {…}}: Python's grammar has read it. A node of the tree is {"name": …}, {"value":
/// …} or {"op": …, "args": […]}, each with the character `at` where it begins.
class RowExpression {
 public:
  explicit RowExpression(const Json& json);
  /// One that is made of others; `text` is what messages call it.
  RowExpression(std::string text, RowNode root) : text_(std::move(text)), root_(std::move(root)) {}

  const std::string& text() const { return text_; }
  const RowNode& root() const { return root_; }
  /// The columns and questions it uses, each once.
  std::vector<std::string> names() const;
  Json to_json() const;

  /// Throws an error about a part of it, which says where the part is.
  template <class E>
  [[noreturn]] void refuse(const RowNode& part, const std::string& code, const std::string& problem,
                           Context context = {}) const {
    context.set("expression", text_);
    context.set("at", part.at);
    throw E(code, in(part) + problem, std::move(context));
  }

  friend bool operator==(const RowExpression& a, const RowExpression& b) { return a.text_ == b.text_; }

 private:
  std::string in(const RowNode& part) const;

  std::string text_;
  RowNode root_;
};

}  // namespace enkat
