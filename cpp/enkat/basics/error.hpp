#pragma once

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "enkat/basics/context.hpp"

namespace enkat {

/// One problem of a file or a request: a stable code, a sentence that says what to do, and where (never a person's
/// answer).
struct Issue {
  std::string code;
  std::string message;
  Context context = {};

  friend bool operator==(const Issue&, const Issue&) = default;
};

/// What every failure of enkat is. Bindings turn each kind into the Python class of the same name.
class Error : public std::runtime_error {
 public:
  const std::string code;
  const Context context;
  /// All problems found, when there can be several (a file, a codebook).
  const std::vector<Issue> issues;

 protected:
  Error(std::string code, const std::string& message, Context context, std::vector<Issue> issues)
      : std::runtime_error(message), code(std::move(code)), context(std::move(context)), issues(std::move(issues)) {}
};

/// A kind of error; `Kind` only tells the classes apart.
template <class Kind>
class ErrorOf final : public Error {
 public:
  ErrorOf(std::string code, const std::string& message, Context context = {}, std::vector<Issue> issues = {})
      : Error(std::move(code), message, std::move(context), std::move(issues)) {}
};

using CodebookError = ErrorOf<struct CodebookErrorKind>;
using DataError = ErrorOf<struct DataErrorKind>;
using DesignError = ErrorOf<struct DesignErrorKind>;
using EstimateError = ErrorOf<struct EstimateErrorKind>;
using IndicatorError = ErrorOf<struct IndicatorErrorKind>;
using ReportError = ErrorOf<struct ReportErrorKind>;
using UsageError = ErrorOf<struct UsageErrorKind>;

/// Throws one error that carries every issue; does nothing when there is none.
template <class E>
void refuse(const std::vector<Issue>& issues) {
  if (issues.empty()) return;
  const Issue& first = issues.front();
  const std::string rest = issues.size() == 1 ? "" : " (and " + std::to_string(issues.size() - 1) + " more problems)";
  throw E(first.code, first.message + rest, first.context, issues);
}

/// The known name closest to a misspelt one, as "; did you mean 'x'?", or nothing.
std::string suggestion(const std::string& name, const std::vector<std::string>& known);

}  // namespace enkat
