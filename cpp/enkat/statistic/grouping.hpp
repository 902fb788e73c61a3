#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "enkat/design/survey.hpp"

namespace enkat {

/// The domains of `by`: every row is in at most one cell; options of multiple questions overlap and are kept apart.
class Grouping {
 public:
  Grouping(const Survey& survey, const std::vector<std::string>& by);

  std::size_t cells() const { return cells_; }
  /// Cell of each row of a block; −1 outside the survey's domain or where a `by` value is missing.
  void cells_of(Rows rows, std::span<std::int32_t> out) const;

  /// Combinations of options of the multiple questions among `by`; one empty combination when there are none.
  std::size_t overlaps() const { return overlaps_; }
  /// 1 where the row has ticked the combination's options.
  void overlap(std::size_t combination, Rows rows, std::span<std::uint8_t> out) const;

  /// Names of the `by` values of a cell and a combination, in the order of `by`.
  std::vector<std::string> names(std::size_t cell, std::size_t combination) const;
  /// Whether rows are shown for combinations nobody is in: only when all columns have a codebook.
  bool keeps_empty() const { return keeps_empty_; }
  /// Rows of the domain left out because a `by` value is missing.
  std::size_t missing_rows() const;

  /// Every (cell, combination) in the order of the by-values, first column slowest.
  struct Group {
    std::size_t cell;
    std::size_t combination;
  };
  std::vector<Group> groups() const;

 private:
  struct Dimension {
    std::vector<std::string> names;
    bool overlapping;
    std::shared_ptr<const Answers> answers;  // overlapping or with levels from a codebook
    std::shared_ptr<const Labels> labels;    // a column without a codebook
    std::size_t stride = 1;
  };
  void level_of(const Dimension& dimension, Rows rows, std::span<std::int32_t> out) const;

  const Survey* survey_;
  std::vector<Dimension> dimensions_;
  std::size_t cells_ = 1, overlaps_ = 1;
  bool keeps_empty_ = true;
};

}  // namespace enkat
