#pragma once

#include <functional>
#include <string>
#include <vector>

#include "enkat/basics/json_fwd.hpp"
#include "enkat/codebook/check_rows.hpp"
#include "enkat/codebook/question.hpp"

namespace enkat {

class ObjectReader;

/// Reads how a question is made ("derived" in codebook.json); what is wrong with it is told beside what is wrong with
/// the question.
Derivation read_derivation(const Json& json, const ObjectReader& question);

/// An option as something that is crossed: what it is called, and what stands for it in an expression.
struct Level {
  std::string name;
  Text label;
};

/// What a derivation must know of what it is made from.
struct DerivationSources {
  RowNames names;
  /// The answers that a question or column can have; of one that has none, nothing.
  std::function<std::vector<Level>(const std::string&)> levels;
  /// The first and the last day of a column of dates, counted from 1970-01-01; nothing where it has none.
  std::function<std::optional<std::array<double, 2>>(const std::string&)> days;
};

/// Gives a derived question its type, its options in their order, and the expressions that make it; labels of options
/// that it has are kept, and what is made of a sensitive question is sensitive. Throws an error where it cannot be made
/// from its sources.
void resolve_derivation(Question& question, const DerivationSources& sources);

}  // namespace enkat
