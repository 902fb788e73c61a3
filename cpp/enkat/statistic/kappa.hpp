#pragma once

#include <memory>

#include "enkat/data/answers.hpp"
#include "enkat/statistic/estimator.hpp"

namespace enkat {

/// Cohen's kappa of two questions with the same answers: agreement beyond what the margins alone would give,
/// (p_o − p_e)/(1 − p_e). Cohen (1960), Educational and Psychological Measurement 20. None where everybody gives the
/// same answer to both.
class Kappa {
 public:
  static constexpr std::string_view name = "kappa";
  static constexpr bool numeric = false;
  static constexpr Role role = Role::index;

  /// Refuses questions whose answers do not have the same names.
  Kappa(std::shared_ptr<const Answers> first, std::shared_ptr<const Answers> second);

  /// The base and the joint table, the answer to the first question slowest.
  std::size_t terms() const { return 1 + levels_ * levels_; }
  void observe(Rows rows, const TermColumns& u) const;
  void missing(Rows rows, std::span<std::uint8_t> out) const;
  std::vector<std::string> answers() const { return {""}; }
  bool disjoint() const { return true; }
  Solution solve(const CellTotals& t) const;

 private:
  std::shared_ptr<const Answers> first_, second_;
  std::size_t levels_;
  std::vector<std::size_t> level_of_second_;  ///< of each answer to the second question: its place in the first
};

}  // namespace enkat
