#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "enkat/basics/bytes.hpp"
#include "enkat/basics/error.hpp"
#include "enkat/basics/record.hpp"
#include "enkat/basics/reduce.hpp"
#include "enkat/data/answers.hpp"
#include "enkat/data/labels.hpp"

namespace enkat {

class Survey;
struct Reads;

/// Rows of auxiliary variables x, sparsely: row i has `entries` (column, value) pairs, at i·entries + t; a column of −1
/// (a missing value of a row without weight) has value 0.
struct AuxiliaryRows {
  std::size_t entries = 0;
  std::vector<std::int32_t> column;
  std::vector<double> value;

  /// xᵀλ of a row.
  double dot(std::size_t row, const Eigen::Ref<const Eigen::VectorXd>& lambda) const {
    double u = 0;
    for (std::size_t t = row * entries; t < (row + 1) * entries; ++t)
      if (column[t] >= 0) u += value[t] * lambda[column[t]];
    return u;
  }
};

/// A variable, or the crossing of several, to calibrate on.
struct AuxiliaryTerm {
  std::vector<std::string> variables;
  bool levels = false;  ///< numbers are categories too, as margins are
};

template <>
struct Fields<AuxiliaryTerm> {
  static constexpr auto list = std::tuple{
      Field{"variables", &AuxiliaryTerm::variables, "the variable, or those crossed"},
      Field{"levels", &AuxiliaryTerm::levels, "whether numbers are categories"},
  };
};

/// What weights are calibrated on: an intercept, numbers, and every level of categories and of their crossings.
///
/// Levels are all there, none is a reference: sums over margins are kept as they are read, and what is linearly
/// dependent is left to generalised inverses.
class Auxiliaries {
 public:
  /// `unit`, if given, is a column of households: x is then averaged within each, so that everybody in it gets the same
  /// factor (Lemaître & Dufour, 1987). A DesignError `calibrate.missing` where a row with weight lacks a value; of data
  /// that are read in parts, whoever passes over them counts `missing` and refuses.
  Auxiliaries(const Survey& survey, bool intercept, const std::vector<AuxiliaryTerm>& terms,
              const std::optional<std::string>& unit = {});
  /// The same of a part of the rows.
  std::shared_ptr<const Auxiliaries> on(const Survey& part) const;
  /// What a survey whose rows are elsewhere makes them of.
  void write(ByteWriter& out) const;
  static Auxiliaries read(ByteReader& in, const Survey& survey);

  std::size_t rows() const { return rows_; }
  /// The rows are read in parts: ask for those `on` a part.
  bool in_parts() const { return in_parts_; }
  /// How many variables there are in all terms.
  std::size_t variables() const { return variables_.size(); }
  /// Rows with weight whose value is missing, of every variable.
  std::vector<std::int64_t> missing(const Survey& survey) const;
  void refuse_missing(std::span<const std::int64_t> missing) const;
  /// Number of columns of x.
  std::size_t columns() const { return names_.size(); }
  /// "(Intercept)", "age", "sex:k"; crossings "sex:region:k:north" are written variables first.
  const std::vector<std::string>& names() const { return names_; }
  std::size_t entries() const { return averaged() ? columns() : terms_.size(); }
  void observe(Rows rows, AuxiliaryRows& out) const;
  /// Largest magnitude of each column.
  const std::vector<double>& bounds() const { return bounds_; }

  /// A variable whose values are levels; it stays where it is, and is read a block at a time.
  struct Category {
    std::vector<std::string> values;         ///< in order
    std::shared_ptr<const Answers> answers;  ///< of a question: its options, or what says that a label is no answer
    std::shared_ptr<const Labels> labels;    ///< of a column

    /// The level of some rows, −1 where missing.
    void levels(Rows rows, std::span<std::int32_t> out) const;
    bool any_missing() const;
  };

  /// A term and the columns of x that are its levels (one column for a number).
  struct Term {
    std::vector<std::string> variables;
    std::vector<Category> crossed;          ///< of a category; the last is fastest
    std::vector<std::string> levels;        ///< of a category, in order; empty for a number and the intercept
    std::shared_ptr<const Answers> number;  ///< null for a category and the intercept
    std::size_t first_column = 0;

    bool is_category() const { return !crossed.empty(); }
    bool is_number() const { return number != nullptr; }
    bool is_intercept() const { return variables.empty(); }
    std::size_t columns() const { return is_category() ? levels.size() : 1; }
    /// The level of some rows, −1 where a value is missing.
    void levels_of(Rows rows, std::span<std::int32_t> out) const;
    /// "sex:region".
    std::string name() const;
  };
  const std::vector<Term>& terms() const { return terms_; }

  /// x is averaged within households.
  bool averaged() const { return household_ != nullptr; }
  /// Household of some rows, −1: none.
  std::span<const std::int32_t> household(Rows rows) const {
    return std::span(household_->code).subspan(rows.first, rows.size());
  }
  std::size_t households() const { return household_->size(); }
  /// Rows with weight that have each column themselves, before x is averaged.
  const std::vector<std::size_t>& own_counts() const { return own_counts_; }
  /// The mean x of a household.
  std::span<const double> mean_of(std::size_t household) const {
    return std::span(household_mean_).subspan(household * columns(), columns());
  }

 private:
  /// A variable that has to be there, and where it stands; the household is in no term.
  struct Variable {
    std::string name;
    std::size_t term = 0, place = 0;
    bool household = false;
  };
  void observe_terms(Rows rows, AuxiliaryRows& out) const;
  void average(const Survey& survey);

  std::size_t rows_;
  bool in_parts_;
  std::vector<Term> terms_;
  std::vector<std::string> names_;
  std::vector<double> bounds_;
  std::vector<Variable> variables_;
  std::shared_ptr<const Labels> household_;  // when x is averaged
  std::vector<double> household_mean_;       // households × columns
  std::vector<std::size_t> own_counts_;
};

/// What is read of a survey for these terms.
Reads reads_of(const Survey& survey, const std::vector<AuxiliaryTerm>& terms);

/// A name or a level as it is given: one text ("sex:region", "k:north"), or a text for each variable of a crossing,
/// which also says which is which where one of them has a ":" in it.
using Written = std::vector<std::string>;

/// The parts joined with ":", as they are shown.
std::string crossing_name(const std::vector<std::string>& parts);

/// The variables of a crossing that is given as such, as "sex:region", or as a column that has this name whole.
std::vector<std::string> crossed_variables(const Survey& survey, const Written& name);

/// The only value of a category that a user's word means: its name, or an option's code or label; nothing if none.
std::optional<std::size_t> value_index(const Survey& survey, const std::string& variable,
                                       const std::vector<std::string>& values, const std::string& word);

}  // namespace enkat
