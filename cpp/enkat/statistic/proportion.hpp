#pragma once

#include <memory>

#include "enkat/data/answers.hpp"
#include "enkat/statistic/choice_codes.hpp"
#include "enkat/statistic/estimator.hpp"

namespace enkat {

/// Share of those who answered a question that gave each answer: levels of a single question or scale, options of a
/// multiple or choose-at-most-k question (which share one base). Särndal, Swensson & Wretman (1992), §5.8.
struct Proportion {
  static constexpr std::string_view name = "proportion";
  static constexpr bool numeric = false;
  static constexpr Role role = Role::share;
  std::shared_ptr<const Answers> answered;
  /// Item nonresponse as an answer row of its own (`missing="level"`).
  bool missing_level = false;
  /// Options that count as one answer, "any of them"; empty: each option is an answer.
  std::vector<std::size_t> any_of = {};
  /// Options that are asked for; empty: all.
  std::vector<std::size_t> only = {};
  /// The base is every row, answered or not.
  bool everyone = false;

  std::size_t terms() const { return 1 + answers().size(); }
  /// Options with a share of their own: how many, and which is the k-th.
  std::size_t options() const { return only.empty() ? answered->question().options.size() : only.size(); }
  std::size_t option(std::size_t k) const { return only.empty() ? k : only[k]; }
  /// Which of them each level is, or −1.
  std::vector<std::int32_t> place_of_level() const;
  /// A row gives one answer at the most.
  bool disjoint() const { return any_of.empty() && !answered->question().takes_several(); }
  void observe(Rows rows, const TermColumns& u) const;
  void missing(Rows rows, std::span<std::uint8_t> out) const;
  std::vector<std::string> answers() const;
  Solution solve(const CellTotals& t) const;

  /// As a CodeSource.
  std::vector<ChoiceSet> choice_sets(std::size_t place) const;
  void choice_base(Rows rows, std::span<std::uint8_t> out) const;
  void choice_codes(const ChoiceSet& set, Rows rows, std::span<std::uint16_t> out) const;
};

}  // namespace enkat
