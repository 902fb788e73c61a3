#include "enkat/data/other_words.hpp"

#include <algorithm>
#include <array>

#include "enkat/basics/reduce.hpp"
#include "enkat/data/delimited_parts.hpp"

namespace enkat {
namespace {

/// The column in which words of the residual option can stand; null where there is none.
const Column* column_of_words(const Question& question, const Table& table) {
  const auto residual = question.residual();
  if (!residual || question.type == QuestionType::scale || question.storage == Storage::list) return nullptr;
  const bool in_columns = question.takes_several() && question.storage == Storage::columns;
  if (question.takes_several() && question.storage == Storage::codes) return nullptr;
  const Column* column = table.find(in_columns ? question.options[*residual].column : question.column);
  return column != nullptr && column->is_text() ? column : nullptr;
}

/// Finds the words in a cell: all of it, or the parts of a delimited text that are no option.
class WordFinder {
 public:
  explicit WordFinder(const Question& question)
      : codes_(question.takes_several() && question.storage == Storage::columns
                   ? CellCodes::of_ticks(question, question.options[*question.residual()])
                   : CellCodes::of_options(question)),
        delimiter_(question.delimiter) {
    if (question.takes_several() && question.storage == Storage::delimited) parts_.emplace(question);
  }

  std::string in(std::string_view cell) const {
    if (!parts_) return codes_.is_other(cell) ? std::string(trimmed(cell)) : "";
    std::string words;
    for (const std::string_view part : parts_->of(cell, codes_).parts) {
      if (!codes_.is_other(part)) continue;
      if (!words.empty()) words += delimiter_ == " " ? delimiter_ : std::string(trimmed(delimiter_)) + " ";
      words += part;
    }
    return words;
  }

 private:
  CellCodes codes_;
  std::string delimiter_;
  std::optional<DelimitedParts> parts_;
};

bool has_words(const Column& column, const WordFinder& finder) {
  std::array<std::string_view, block_rows> texts;
  for (std::size_t first = 0; first < column.size(); first += block_rows) {
    const auto block = std::span(texts).first(std::min(block_rows, column.size() - first));
    column.texts(first, block);
    if (std::ranges::any_of(block,
                            [&](std::string_view cell) { return cell.data() != nullptr && !finder.in(cell).empty(); }))
      return true;
  }
  return false;
}

}  // namespace

Codebook with_other_words(Codebook codebook, const Table& table) {
  std::vector<Question> found;
  for (const Question& question : codebook.questions()) {
    const std::string name = question.name + "_other";
    const bool told =
        std::ranges::find(codebook.questions(), question.name, &Question::other_of) != codebook.questions().end();
    if (told || codebook.find(name) != nullptr || table.has(name)) continue;
    const Column* column = column_of_words(question, table);
    if (column == nullptr || !has_words(*column, WordFinder(question))) continue;
    Question words;
    words.name = name;
    words.type = QuestionType::text;
    words.label = question.label;
    words.column = column->name();
    words.other_of = question.name;
    words.sensitive = question.sensitive;
    found.push_back(std::move(words));
  }
  for (Question& words : found) codebook.add(std::move(words));
  return codebook;
}

Answers::Cells other_words(const Table& table, const Answers& target) {
  Answers::Cells cells;
  cells.reason.assign(target.reasons().begin(), target.reasons().end());
  cells.text.resize(cells.reason.size());
  std::ranges::replace(cells.reason, MissingReason::answered, MissingReason::not_asked);
  const Column* column = column_of_words(target.question(), table);
  if (column == nullptr) return cells;
  const WordFinder finder(target.question());
  std::array<std::string_view, block_rows> texts;
  for (std::size_t first = 0; first < cells.reason.size(); first += block_rows) {
    const auto block = std::span(texts).first(std::min(block_rows, cells.reason.size() - first));
    column->texts(first, block);
    for (std::size_t i = 0; i < block.size(); ++i) {
      if (block[i].data() == nullptr || target.reason(first + i) != MissingReason::answered) continue;
      cells.text[first + i] = finder.in(block[i]);
      if (!cells.text[first + i].empty()) cells.reason[first + i] = MissingReason::answered;
    }
  }
  return cells;
}

}  // namespace enkat
