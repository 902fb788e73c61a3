#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "enkat/design/model_matrix.hpp"

namespace enkat {

/// What weights are calibrated on: an intercept, numbers, and every level of categories and of their crossings.
///
/// Levels are all there, none is a reference: sums over margins are kept as they are read, and what is linearly
/// dependent is left to generalised inverses.
class Auxiliaries {
 public:
  /// `unit`, if given, is a column of households: x is then averaged within each, so that everybody in it gets the same
  /// factor (Lemaître & Dufour, 1987). A DesignError `calibrate.missing` where a row with weight lacks a value; of data
  /// that are read in parts, whoever passes over them counts `missing` and refuses.
  Auxiliaries(const Survey& survey, bool intercept, const std::vector<ModelTerm>& terms,
              const std::optional<std::string>& unit = {});
  /// The same of a part of the rows.
  std::shared_ptr<const Auxiliaries> on(const Survey& part) const;
  /// What a survey whose rows are elsewhere makes them of.
  void write(ByteWriter& out) const { matrix_.write(out); }
  static Auxiliaries read(ByteReader& in, const Survey& survey) { return {survey, ModelMatrix::read(in, survey), {}}; }

  std::size_t rows() const { return matrix_.rows(); }
  bool in_parts() const { return matrix_.in_parts(); }
  std::size_t columns() const { return matrix_.columns(); }
  const std::vector<std::string>& names() const { return matrix_.names(); }
  const std::vector<double>& bounds() const { return matrix_.bounds(); }
  const std::vector<ModelMatrix::Term>& terms() const { return matrix_.terms(); }
  std::size_t entries() const { return averaged() ? columns() : terms().size(); }
  void observe(Rows rows, ModelRows& out) const;

  /// How many variables there are in all terms.
  std::size_t variables() const { return variables_.size(); }
  /// Rows with weight whose value is missing, of every variable.
  std::vector<std::int64_t> missing(const Survey& survey) const;
  void refuse_missing(std::span<const std::int64_t> missing) const;

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
  Auxiliaries(const Survey& survey, ModelMatrix matrix, const std::optional<std::string>& unit);
  void average(const Survey& survey);

  ModelMatrix matrix_;
  std::vector<Variable> variables_;
  std::shared_ptr<const Labels> household_;  // when x is averaged
  std::vector<double> household_mean_;       // households × columns
  std::vector<std::size_t> own_counts_;
};

/// What is read of a survey to calibrate on these terms.
Reads reads_of(const Survey& survey, const std::vector<ModelTerm>& terms);

}  // namespace enkat
