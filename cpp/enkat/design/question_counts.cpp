#include "enkat/design/question_counts.hpp"

#include <array>

#include "enkat/design/pass.hpp"

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

namespace {

struct QuestionCountsPass {
  using State = QuestionCounts;
  static constexpr std::string_view name = "answers by question";

  State empty(const Survey& all) const { return {std::vector<ReasonCounts>(all.codebook().questions().size())}; }
  void observe(const Survey& part, State& counts, Monitor& monitor) const {
    std::vector<std::shared_ptr<const Answers>> answers;
    for (const Question& question : part.codebook().questions()) answers.push_back(part.answers(question.name));
    const auto see = [&](Rows rows, State& seen) {
      std::array<std::uint8_t, block_rows> inside;
      std::array<double, block_rows> weight;
      part.inside(rows, std::span(inside).first(rows.size()));
      part.weights(rows, std::span(weight).first(rows.size()));
      for (std::size_t q = 0; q < answers.size(); ++q)
        for (std::size_t i = 0; i < rows.size(); ++i)
          if (inside[i] != 0 && weight[i] != 0)
            ++seen.of[q][static_cast<std::size_t>(answers[q]->reason(rows.first + i))];
    };
    reduce_into(counts, part.rows(), [&] { return empty(part); }, see, monitor);
  }
  void write(ByteWriter&) const {}
  static QuestionCountsPass read(ByteReader&, const Survey&) { return {}; }
};
const KnownPass<QuestionCountsPass> question_counts_pass;

}  // namespace

QuestionCounts question_counts(const Survey& survey, Monitor& monitor) {
  std::vector<std::string> names;
  for (const Question& question : survey.codebook().questions()) names.push_back(question.name);
  if (names.empty()) return {};
  return run_pass(survey.reading({{}, names, {}}, monitor), QuestionCountsPass(), monitor);
}

}  // namespace enkat
