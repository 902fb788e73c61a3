#pragma once

#include <Eigen/Core>
#include <string>
#include <vector>

#include "enkat/basics/error.hpp"
#include "enkat/basics/json.hpp"

namespace enkat {

/// A value and its derivatives with respect to the rows of an expression.
struct Derivative {
  double value = 0;
  Eigen::VectorXd gradient;
};

/// An expression of rows of a table, differentiated as it is evaluated (forward mode; Griewank & Walther, 2008, ch. 3).
///
/// A JSON tree of numbers, {"row": 3}, {"op": "/", "args": […]} with + − * / **, and {"call": "log", "args": […]} with
/// log, exp, sqrt, log1p, expm1, logit, expit. What has no value or no derivative is an EstimateError
/// `estimate.expression`.
class Expression {
 public:
  /// `name` is what messages call the expression.
  Expression(std::string name, Json tree);

  const std::string& name() const { return name_; }
  /// The rows it uses, each once, in increasing order.
  const std::vector<std::size_t>& rows() const { return rows_; }
  /// Value and gradient when rows()[i] is values[i].
  Derivative at(const Eigen::VectorXd& values) const;

 private:
  void check(const Json& node);
  Derivative evaluate(const Json& node, const Eigen::VectorXd& values) const;
  Derivative power(const Derivative& base, const Derivative& exponent) const;
  [[noreturn]] void refuse(const std::string& problem) const;

  std::string name_;
  Json tree_;
  std::vector<std::size_t> rows_;
};

}  // namespace enkat
