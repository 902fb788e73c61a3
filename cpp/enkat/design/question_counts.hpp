#pragma once

#include <vector>

#include "enkat/design/survey.hpp"

namespace enkat {

/// For each question how many rows of the domain answered it, and how many have each reason not to. Mergeable.
struct QuestionCounts {
  std::vector<ReasonCounts> of;

  QuestionCounts& operator+=(const QuestionCounts& other);
  void write(ByteWriter& out) const;
  QuestionCounts read(ByteReader& in) const;
};

/// Of all questions of the codebook, in its order; rows of weight 0 are in no base. Data in parts are read once.
QuestionCounts question_counts(const Survey& survey, Monitor& monitor);

}  // namespace enkat
