#include "enkat/design/question_counts.hpp"

#include <array>

namespace enkat {

QuestionCounts& QuestionCounts::operator+=(const QuestionCounts& other) {
  for (std::size_t q = 0; q < of.size(); ++q)
    for (std::size_t reason = 0; reason < missing_reasons; ++reason) of[q][reason] += other.of[q][reason];
  return *this;
}

void QuestionCounts::write(ByteWriter& out) const {
  for (const ReasonCounts& counts : of)
    for (const std::int64_t rows : counts) out.put(rows);
}

QuestionCounts QuestionCounts::read(ByteReader& in) const {
  QuestionCounts counts = *this;
  for (ReasonCounts& question : counts.of)
    for (std::int64_t& rows : question) rows = in.get<std::int64_t>();
  return counts;
}

QuestionCounts question_counts(const Survey& survey, Monitor& monitor) {
  std::vector<std::string> names;
  for (const Question& question : survey.codebook().questions()) names.push_back(question.name);
  QuestionCounts none{std::vector<ReasonCounts>(names.size())};
  if (names.empty()) return none;
  return survey.reading({{}, names, {}}, monitor)
      .over_rows(
          none,
          [&](const Survey& part, Rows rows, QuestionCounts& counts) {
            std::array<std::uint8_t, block_rows> inside;
            std::array<double, block_rows> weight;
            part.inside(rows, std::span(inside).first(rows.size()));
            part.weights(rows, std::span(weight).first(rows.size()));
            for (std::size_t q = 0; q < names.size(); ++q) {
              const auto answers = part.answers(names[q]);
              for (std::size_t i = 0; i < rows.size(); ++i)
                if (inside[i] != 0 && weight[i] != 0)
                  ++counts.of[q][static_cast<std::size_t>(answers->reason(rows.first + i))];
            }
          },
          monitor);
}

}  // namespace enkat
