#pragma once

#include <array>
#include <span>

#include "enkat/variance/interval.hpp"

namespace enkat {

/// The share of answers at or below some value, and its standard error.
struct ShareBelow {
  double share = 0;
  double se = 0;
};

/// The interval of a quantile that inverts a test: the closure of all θ with |F(θ) − p| ≤ t · se(F(θ)), where F(θ) is
/// the share of answers at or below θ. Francisco & Fuller (1991), Annals of Statistics 19.
///
/// F is a step function, so the ends are values of the data: the smallest that is not rejected, and the first above
/// those that is. Both are found by halving; each round asks for the shares at two values, so that one pass over the
/// data serves one round of every quantile of a call, and log2 of the number of distinct values passes are enough.
///
/// R survey's interval.type = "score" is not this interval: it reads the weighted quantiles off at the unweighted share
/// of answers below its ends, and a root finder on a step function stops on either side of the step.
class ScoreInterval {
 public:
  /// `values` are the distinct answers in order of size; they must outlive the search.
  ScoreInterval(std::span<const double> values, double p, double df, double level);

  bool done() const { return low_.done() && high_.done(); }
  /// The two values of θ that this round is about.
  std::array<double, 2> thetas() const { return {values_[low_.middle()], values_[high_.middle()]}; }
  /// Takes the shares at `thetas()`.
  void observe(const std::array<ShareBelow, 2>& shares);
  /// The interval, once the search is done.
  Interval interval() const { return {values_[low_.from], values_[high_.from]}; }

 private:
  // The first place in [from, to] where a condition that stays true holds; it holds at `to`.
  struct Halving {
    std::size_t from;
    std::size_t to;

    bool done() const { return from == to; }
    std::size_t middle() const { return from + (to - from) / 2; }
    void observe(bool holds);
  };

  std::span<const double> values_;
  double p_;
  double t_;
  Halving low_;
  Halving high_;
};

}  // namespace enkat
