#pragma once

#include <Eigen/Core>
#include <functional>
#include <memory>
#include <span>

#include "enkat/basics/reduce.hpp"
#include "enkat/design/distance.hpp"
#include "enkat/design/distinct_rows.hpp"

namespace enkat {

class Survey;

/// The sums that calibration equations are made of, at some λ: d is the weight before, u = xᵀλ.
struct Evaluation {
  bool finite = false;
  Eigen::VectorXd sums;   ///< Σ dF(u) x
  Eigen::VectorXd sizes;  ///< Σ |dF(u) x|
  Eigen::MatrixXd slope;  ///< Σ dF′(u) x xᵀ
  double integral = 0;    ///< Σ d∫F
};

/// All that a step of Newton's method needs to know of the rows.
using Evaluate = std::function<Evaluation(const Distance& distance, const Eigen::VectorXd& lambda)>;

/// By distinct rows and the weight of each; both outlive it, as the monitor does.
Evaluate evaluate_rows(const DistinctRows& rows, std::span<const double> weight, Monitor& monitor);

/// By the rows of a survey and its weights, wherever they are: two passes each time, one for magnitudes.
Evaluate evaluate_survey(const Survey& survey, const std::shared_ptr<const DistinctRows>& rows, Monitor& monitor);

}  // namespace enkat
