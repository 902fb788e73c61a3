#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "enkat/basics/error.hpp"
#include "enkat/basics/reduce.hpp"

namespace enkat {

class Survey;

/// Rows of auxiliary variables x, sparsely: row i has `entries` (column, value) pairs, at i·entries + t; a column of −1
/// (a missing value of a row without weight) has value 0.
struct AuxiliaryRows {
  std::size_t entries = 0;
  std::vector<std::int32_t> column;
  std::vector<double> value;
};

/// A variable, or the crossing of several, to calibrate on.
struct AuxiliaryTerm {
  std::vector<std::string> variables;
  bool levels = false;  ///< numbers are categories too, as margins are
};

/// What weights are calibrated on: an intercept, numbers, and every level of categories and of their crossings.
///
/// Levels are all there, none is a reference: sums over margins are kept as they are read, and what is linearly
/// dependent is left to generalised inverses.
class Auxiliaries {
 public:
  /// `unit`, if given, is a column of households: x is then averaged within each, so that everybody in it gets the same
  /// factor (Lemaître & Dufour, 1987). A DesignError `calibrate.missing` where a row with weight lacks a value.
  Auxiliaries(const Survey& survey, bool intercept, const std::vector<AuxiliaryTerm>& terms,
              const std::optional<std::string>& unit = {});

  std::size_t rows() const { return rows_; }
  /// Number of columns of x.
  std::size_t columns() const { return names_.size(); }
  /// "(Intercept)", "age", "sex:k"; crossings "sex:region:k:north" are written variables first.
  const std::vector<std::string>& names() const { return names_; }
  std::size_t entries() const { return household_.empty() ? terms_.size() : columns(); }
  void observe(Rows rows, AuxiliaryRows& out) const;
  /// Largest magnitude of each column.
  const std::vector<double>& bounds() const { return bounds_; }
  /// Rows with weight in each column (of a number and the intercept: all of them).
  const std::vector<std::size_t>& counts() const { return counts_; }

  /// A term and the columns of x that are its levels (one column for a number).
  struct Term {
    std::vector<std::string> variables;
    std::vector<std::vector<std::string>> values;  ///< of each variable of a category, in order; the last is fastest
    std::vector<std::string> levels;               ///< of a category, in order; empty for a number and the intercept
    std::size_t first_column = 0;
    std::vector<std::int32_t> level;  ///< of every row; empty for a number and the intercept
    std::vector<double> number;       ///< of every row; empty for a category and the intercept

    bool is_category() const { return !levels.empty(); }
    bool is_intercept() const { return variables.empty(); }
    std::size_t columns() const { return is_category() ? levels.size() : 1; }
    /// "sex:region".
    std::string name() const;
  };
  const std::vector<Term>& terms() const { return terms_; }

  /// Every column but the intercept and numbers is a level, and x of a row follows from its levels.
  bool only_levels() const;
  /// Household of every row (−1: none) when x is averaged, else empty.
  const std::vector<std::int32_t>& household() const { return household_; }
  std::size_t households() const { return columns() == 0 ? 0 : household_mean_.size() / columns(); }

 private:
  void observe_terms(Rows rows, AuxiliaryRows& out) const;
  void average(const Survey& survey, const std::string& unit, std::span<const double> weight,
               std::vector<Issue>& issues);

  std::size_t rows_;
  std::vector<Term> terms_;
  std::vector<std::string> names_;
  std::vector<double> bounds_;
  std::vector<std::size_t> counts_;
  std::vector<std::int32_t> household_;  // of every row, when x is averaged
  std::vector<double> household_mean_;   // households × columns
};

/// "sex:region" as its variables, or a column that has this name whole.
std::vector<std::string> crossed_variables(const Survey& survey, const std::string& name);

/// The only value of a category that a user's word means: its name, or an option's code or label; nothing if none.
std::optional<std::size_t> value_index(const Survey& survey, const std::string& variable,
                                       const std::vector<std::string>& values, const std::string& word);

}  // namespace enkat
