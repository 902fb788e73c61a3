#pragma once

#include <string>

#include "enkat/basics/names.hpp"

namespace enkat {

/// How the interval of a proportion is made; as svyciprop's methods logit, mean, wilson, beta, xlogit, asin and
/// likelihood, and one for weights that vary much.
enum class IntervalMethod { logit, wald, wilson, beta, xlogit, asin, likelihood, kish };

template <>
struct Names<IntervalMethod> {
  static constexpr std::string_view list[] = {"logit",  "wald", "wilson",     "beta",
                                              "xlogit", "asin", "likelihood", "kish"};
};

/// The method called `name`; a UsageError that names the nearest one otherwise.
template <>
IntervalMethod named<IntervalMethod>(const std::string& name);

}  // namespace enkat
