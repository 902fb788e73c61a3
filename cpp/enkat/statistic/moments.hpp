#pragma once

#include <memory>
#include <vector>

#include "enkat/data/answers.hpp"
#include "enkat/statistic/estimator.hpp"

namespace enkat {

/// Numbers that an estimator observes together: the base is the rows that have answered all of them.
using Numbers = std::vector<std::shared_ptr<const Answers>>;

/// Base and one column a number; all are zero where one of them is not answered.
void observe_numbers(const Numbers& numbers, Rows rows, const TermColumns& u);

/// The range of each number.
std::vector<NumberRange> ranges_of(const Numbers& numbers);

/// 1 where the row was asked but has not answered one of the numbers.
void observe_any_missing(const Numbers& numbers, Rows rows, std::span<std::uint8_t> out);

/// A function of the totals of a cell, and its gradient with respect to them.
struct SmoothValue {
  double value = 0;
  Eigen::RowVectorXd gradient;
};

/// Σw(u_j − ū_j)(u_k − ū_k) / Σw from the centred totals; `product` is the place of the pair among the totals.
SmoothValue second_moment(const CellTotals& t, Eigen::Index j, Eigen::Index k, Eigen::Index product);

/// n / (n − 1), n the unweighted rows of the base: what makes a second moment the estimate of a population variance.
double bessel(const CellTotals& t);

Solution solution_of(const SmoothValue& value);

/// The solution where there is no value: the base is too small, or a denominator is 0.
Solution no_value(const CellTotals& t);

}  // namespace enkat
