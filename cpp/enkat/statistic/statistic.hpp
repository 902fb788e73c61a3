#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "enkat/statistic/choice_codes.hpp"
#include "enkat/statistic/estimator.hpp"

namespace enkat {

struct PairMoments;
class LineSlopes;

/// All that the summation engine knows of what it adds up: terms of rows, whoever uses their totals.
class TermSource {
 public:
  TermSource() = default;
  TermSource(const TermSource&) = delete;
  TermSource& operator=(const TermSource&) = delete;
  virtual ~TermSource() = default;

  virtual std::size_t terms() const = 0;
  /// Whether terms are numbers to be centred, else 0/1 indicators.
  virtual bool numeric() const = 0;
  virtual void observe(Rows rows, const TermColumns& u) const = 0;
  /// 1 where the row was asked but has not answered, `left_out_row` where its answer is none that the statistic has.
  virtual void missing(Rows rows, std::span<std::uint8_t> out) const = 0;
  /// Of the terms after the base; indicators have none.
  virtual std::vector<NumberRange> ranges() const { return {}; }
  virtual std::vector<TermProduct> products() const { return {}; }
  /// What brings the terms after the base to one unit in a cell, where they are made of the same numbers and thus known
  /// to the rounding of all of these; empty where each is a number as it was given.
  virtual std::vector<double> in_one_unit(std::size_t /*cell*/) const { return {}; }
  /// Whether a row has one indicator besides the base at the most.
  virtual bool disjoint() const { return false; }
  /// The codes that stand for the indicators of a row, where there are any: many rows are then added up by code.
  virtual const CodeSource* codes() const { return nullptr; }
};

class Statistic;
using AnyStatistic = std::shared_ptr<const Statistic>;

/// A statistic of two numbers that can be taken about a line which they are near (LineSlopes).
class OfTwoNumbers {
 public:
  OfTwoNumbers() = default;
  OfTwoNumbers(const OfTwoNumbers&) = delete;
  OfTwoNumbers& operator=(const OfTwoNumbers&) = delete;
  virtual ~OfTwoNumbers() = default;

  /// The slope of the line; 0 where the numbers are not near one.
  virtual double near_line(const PairMoments& moments) const = 0;
  virtual AnyStatistic about(std::shared_ptr<const LineSlopes> lines) const = 0;
};

/// A statistic as a smooth function of weighted totals.
class Statistic : public TermSource {
 public:
  virtual Role role() const = 0;
  /// Names of the answers the values belong to, and their indicator terms; one empty name for a number.
  virtual std::vector<std::string> answers() const = 0;
  virtual Solution solve(const CellTotals& t) const = 0;
  virtual const OfTwoNumbers* of_two_numbers() const { return nullptr; }
};

/// An estimator as a statistic. A call for each block of 4,096 rows: what it is costs nothing beside what it does.
template <Estimator E>
class StatisticOf final : public Statistic, private CodeSource, private OfTwoNumbers {
 public:
  explicit StatisticOf(E estimator) : estimator_(std::move(estimator)) {}

  std::size_t terms() const override { return estimator_.terms(); }
  bool numeric() const override { return E::numeric; }
  Role role() const override { return E::role; }
  void observe(Rows rows, const TermColumns& u) const override { estimator_.observe(rows, u); }
  void missing(Rows rows, std::span<std::uint8_t> out) const override { estimator_.missing(rows, out); }
  std::vector<NumberRange> ranges() const override { return ranges_of(estimator_); }
  std::vector<TermProduct> products() const override { return products_of(estimator_); }
  std::vector<double> in_one_unit(std::size_t cell) const override {
    if constexpr (requires { estimator_.in_one_unit(cell); }) return estimator_.in_one_unit(cell);
    return {};
  }
  bool disjoint() const override { return is_disjoint(estimator_); }
  const CodeSource* codes() const override { return has_codes ? this : nullptr; }
  std::vector<std::string> answers() const override { return estimator_.answers(); }
  Solution solve(const CellTotals& t) const override { return estimator_.solve(t); }
  const OfTwoNumbers* of_two_numbers() const override { return has_lines ? this : nullptr; }

 private:
  static constexpr bool has_lines = requires(const E& e, std::shared_ptr<const LineSlopes> lines) { e.about(lines); };
  static constexpr bool has_codes = requires(const E& e) { e.choice_sets(std::size_t{}); };

  std::vector<ChoiceSet> choice_sets(std::size_t place) const override {
    if constexpr (has_codes) return estimator_.choice_sets(place);
    return {};
  }
  void choice_base(Rows rows, std::span<std::uint8_t> out) const override {
    if constexpr (has_codes) estimator_.choice_base(rows, out);
  }
  void choice_codes(const ChoiceSet& set, Rows rows, std::span<std::uint16_t> out) const override {
    if constexpr (has_codes) estimator_.choice_codes(set, rows, out);
  }

  double near_line(const PairMoments& moments) const override {
    if constexpr (has_lines) return estimator_.near_line(moments);
    return 0;
  }
  AnyStatistic about(std::shared_ptr<const LineSlopes> lines) const override {
    if constexpr (has_lines) return std::make_shared<const StatisticOf>(estimator_.about(std::move(lines)));
    return nullptr;
  }

  E estimator_;
};

template <Estimator E>
AnyStatistic statistic(E estimator) {
  return std::make_shared<const StatisticOf<E>>(std::move(estimator));
}

}  // namespace enkat
