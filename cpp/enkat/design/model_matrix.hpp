#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <memory>
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

/// Rows of a model matrix x, sparsely: row i has `entries` (column, value) pairs, at i·entries + t. Where a value is
/// missing, or is a reference level, the column is negative and the value 0.
struct ModelRows {
  static constexpr std::int32_t missing = -1, reference = -2;

  std::size_t entries = 0;
  std::vector<std::int32_t> column;
  std::vector<double> value;

  /// No value of a row is missing.
  bool complete(std::size_t row) const;
  /// xᵀλ of a row.
  double dot(std::size_t row, const Eigen::Ref<const Eigen::VectorXd>& lambda) const {
    double u = 0;
    for (std::size_t t = row * entries; t < (row + 1) * entries; ++t)
      if (column[t] >= 0) u += value[t] * lambda[column[t]];
    return u;
  }
};

/// A variable, or the crossing of several.
struct ModelTerm {
  std::vector<std::string> variables;
  bool levels = false;  ///< numbers are categories too, as margins are
};

template <>
struct Fields<ModelTerm> {
  static constexpr auto list = std::tuple{
      Field{"variables", &ModelTerm::variables, "the variable, or those crossed"},
      Field{"levels", &ModelTerm::levels, "whether numbers are categories"},
  };
};

/// Which levels of a category have a column.
enum class Coding {
  all_levels,  ///< every one: sums over levels are kept, and dependence is left to generalised inverses
  treatment,   ///< all but the first, the reference, wherever other columns make up for it
};

/// What a model matrix is made of.
struct ModelFormula {
  bool intercept = true;
  std::vector<ModelTerm> terms;
  Coding coding = Coding::treatment;
  std::string purpose = "model";  ///< the first word of the codes of its errors
};

template <>
struct Fields<ModelFormula> {
  static constexpr auto list = std::tuple{
      Field{"intercept", &ModelFormula::intercept, "whether every row has a 1"},
      Field{"terms", &ModelFormula::terms, "what else rows have"},
      Field{"coding", &ModelFormula::coding, "which levels have columns"},
      Field{"purpose", &ModelFormula::purpose, "what it is for"},
  };
};

/// The rows of a survey as numbers x: an intercept, numbers, levels of categories, and products of these.
///
/// Columns are named "(Intercept)", "age", "sex:m"; those of crossings variables first, "sex:region:m:north". With all
/// levels, terms have the order given and the last category of a crossing is fastest. With treatment coding columns are
/// those of R's model.matrix with contr.treatment, in its order: smaller crossings first, the first category of a
/// crossing fastest. A reference level has a column, too, where no earlier term has all other variables of its term, or
/// where it is of the first category and there is no intercept. Levels have the order of the survey, and those of the
/// codebook that nobody has are levels as well.
class ModelMatrix {
 public:
  /// A DesignError `model.multiple_question` or `model.too_many_levels`.
  ModelMatrix(const Survey& survey, const ModelFormula& formula);
  /// The same of a part of the rows.
  ModelMatrix on(const Survey& part) const;
  /// What a survey whose rows are elsewhere makes it of.
  void write(ByteWriter& out) const;
  static ModelMatrix read(ByteReader& in, const Survey& survey);

  std::size_t rows() const { return rows_; }
  /// The rows are read in parts: ask for those `on` a part.
  bool in_parts() const { return in_parts_; }
  /// Number of columns of x.
  std::size_t columns() const { return names_.size(); }
  const std::vector<std::string>& names() const { return names_; }
  /// Largest magnitude of each column.
  const std::vector<double>& bounds() const { return bounds_; }
  void observe(Rows rows, ModelRows& out) const;

  /// A variable whose values are levels; it stays where it is, and is read a block at a time.
  struct Category {
    std::string variable;
    std::vector<std::string> values;         ///< in order
    std::shared_ptr<const Answers> answers;  ///< of a question: its options, or what says that a label is no answer
    std::shared_ptr<const Labels> labels;    ///< of a column
    std::size_t references = 0;              ///< how many values come before the first with a column: 1 or none
    std::size_t stride = 1;                  ///< columns from one level to the next

    /// How many values have columns.
    std::size_t width() const { return values.size() - references; }
    /// The level of some rows, −1 where missing.
    void levels(Rows rows, std::span<std::int32_t> out) const;
    bool any_missing() const;
  };

  struct Number {
    std::string variable;
    std::shared_ptr<const Answers> answers;

    bool any_missing() const;
  };

  /// A term and its columns of x: one for every combination of levels, with the product of its numbers.
  struct Term {
    std::vector<std::string> variables;
    std::vector<Category> crossed;
    std::vector<Number> numbers;
    std::vector<std::string> levels;  ///< of a category, those with columns, in order; else empty
    std::size_t first_column = 0;

    bool is_category() const { return !crossed.empty(); }
    bool is_number() const { return crossed.empty() && !numbers.empty(); }
    bool is_intercept() const { return variables.empty(); }
    std::size_t columns() const { return is_category() ? levels.size() : 1; }
    /// Which of its columns some rows are in: `ModelRows::missing` or `reference` where none, 0 without categories.
    void levels_of(Rows rows, std::span<std::int32_t> out) const;
    /// The product of its numbers, NaN where one is missing; 1 without numbers.
    void numbers_of(Rows rows, std::span<double> out) const;
    /// "sex:region".
    std::string name() const;
  };
  const std::vector<Term>& terms() const { return terms_; }

 private:
  void add(const Survey& survey, const ModelTerm& wanted);
  bool has_reference(const Term& term, const std::string& variable) const;

  ModelFormula formula_;
  std::size_t rows_;
  bool in_parts_;
  std::vector<Term> terms_;
  std::vector<std::string> names_;
  std::vector<double> bounds_;
};

/// What is read of a survey for a model matrix.
Reads reads_of(const Survey& survey, const ModelFormula& formula);

}  // namespace enkat
