#pragma once

#include "enkat/estimate/estimates.hpp"

namespace enkat {

/// How precise one estimate is, relative to its size and to a simple random sample. Kish (1965), §8.2; deft against a
/// sample drawn with replacement, Kish (1995), Journal of Official Statistics 11.
struct Precision {
  std::vector<std::string> by;
  std::string variable;
  std::optional<std::string> answer;
  std::optional<double> estimate, se, cv, deff, deff_replace, deft, effective_n;
  std::int64_t n = 0;
};

template <>
struct Fields<Precision> {
  static constexpr auto list = std::tuple{
      Field{"by", &Precision::by, "values of the by columns"},
      Field{"variable", &Precision::variable, "question or column"},
      Field{"answer", &Precision::answer, "the answer counted; none for a number"},
      Field{"estimate", &Precision::estimate, "the value"},
      Field{"se", &Precision::se, "standard error"},
      Field{"cv", &Precision::cv, "coefficient of variation: se / |estimate|; none at 0"},
      Field{"deff", &Precision::deff, "variance relative to a simple random sample without replacement"},
      Field{"deff_replace", &Precision::deff_replace, "variance relative to a simple random sample with replacement"},
      Field{"deft", &Precision::deft, "standard error relative to a simple random sample with replacement"},
      Field{"n", &Precision::n, "rows in the base, unweighted"},
      Field{"effective_n", &Precision::effective_n,
            "n / deff_replace: answers drawn with replacement that are as precise"},
  };
};

/// The precision of every row.
std::vector<Precision> precision(const Estimates& estimates);

}  // namespace enkat
