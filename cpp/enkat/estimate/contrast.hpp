#pragma once

#include "enkat/estimate/estimates.hpp"
#include "enkat/estimate/expression.hpp"

namespace enkat {

/// An expression of the rows of Estimates and what its result is called.
struct NamedExpression {
  std::string name;
  Json expression;
};

/// Expressions of estimates, one row each, with standard errors from the joint covariance by the delta method and
/// t intervals. Särndal, Swensson & Wretman (1992), §5.5; Wolter (2007), ch. 6.
///
/// A sum of answers to one question in one group (single answers, so no respondent is in two) is a share, and has the
/// interval of a share by the method of the call.
///
/// A result has the smallest df and n of the rows it uses, and no figures where one of them has none.
Estimates contrast(const Estimates& estimates, const std::vector<NamedExpression>& expressions, Monitor& monitor);

}  // namespace enkat
