#pragma once

#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "enkat/basics/record.hpp"
#include "enkat/basics/reduce.hpp"
#include "enkat/design/survey.hpp"

namespace enkat {

/// What unequal weights of the rows of a domain amount to; rows with weight 0 are not counted.
struct WeightSummary {
  std::size_t rows = 0;
  std::size_t negative = 0;
  double sum = 0;
  double min = 0;
  double max = 0;
  double mean = 0;
  double cv = 0;
  double kish_deff = 1;    ///< 1 + cv². Kish (1965), §11.7
  double effective_n = 0;  ///< rows / kish_deff
};

template <>
struct Fields<WeightSummary> {
  static constexpr auto list =
      std::tuple{Field{"rows", &WeightSummary::rows, "rows with a weight other than 0"},
                 Field{"negative", &WeightSummary::negative, "rows with a negative weight"},
                 Field{"sum", &WeightSummary::sum, "sum of the weights"},
                 Field{"min", &WeightSummary::min, "smallest weight"},
                 Field{"max", &WeightSummary::max, "largest weight"},
                 Field{"mean", &WeightSummary::mean, "mean weight"},
                 Field{"cv", &WeightSummary::cv, "standard deviation of the weights over their mean"},
                 Field{"kish_deff", &WeightSummary::kish_deff, "Kish's effect of unequal weights, 1 + cv²"},
                 Field{"effective_n", &WeightSummary::effective_n, "rows over Kish's effect"}};
};

/// Final weights, and those before calibration or trimming where there was any.
struct Weighting {
  std::optional<std::string> method;  ///< of calibration
  WeightSummary after;
  std::optional<WeightSummary> before;
  std::vector<double> misfit;  ///< largest relative misfit of a total after every iteration
};

template <>
struct Fields<Weighting> {
  static constexpr auto list =
      std::tuple{Field{"method", &Weighting::method, "how the weights were calibrated"},
                 Field{"after", &Weighting::after, "the final weights"},
                 Field{"before", &Weighting::before, "the weights before calibration or trimming"},
                 Field{"misfit", &Weighting::misfit, "largest relative misfit of a total after every iteration"}};
};

/// The share of a level or the mean of a number before and after calibration, and how far each is from its target in
/// standard deviations. Where there is no target the distance is from the figure before.
struct Balance {
  std::string column;
  double before = 0;
  double after = 0;
  std::optional<double> target;
  std::optional<double> smd_before;  ///< none where everybody is alike
  std::optional<double> smd_after;
};

template <>
struct Fields<Balance> {
  static constexpr auto list =
      std::tuple{Field{"column", &Balance::column, "the level or number"},
                 Field{"before", &Balance::before, "share or mean by the weights before"},
                 Field{"after", &Balance::after, "share or mean by the final weights"},
                 Field{"target", &Balance::target, "share or mean that was calibrated to"},
                 Field{"smd_before", &Balance::smd_before, "standardized mean difference before"},
                 Field{"smd_after", &Balance::smd_after, "standardized mean difference after"}};
};

/// How unequal the weights of a survey (or of its domain) are, before and after.
Weighting weighting(const Survey& survey, Monitor& monitor);

/// Levels and numbers of the whole sample before and after calibration; a term is a variable or a crossing.
std::vector<Balance> balance(const Survey& survey, const std::vector<std::vector<std::string>>& terms,
                             Monitor& monitor);

}  // namespace enkat
