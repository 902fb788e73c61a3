#include "enkat/data/recode_values.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "enkat/basics/reduce.hpp"
#include "enkat/data/cell_codes.hpp"

namespace enkat {
namespace {

/// Calls `visit(rows)` for block after block of a table.
template <class Visit>
void for_each_block(std::size_t rows, const Visit& visit) {
  for (std::size_t first = 0; first < rows; first += block_rows) {
    breathe();
    visit(Rows{first, std::min(rows, first + block_rows)});
  }
}

/// Rows outside the routing were not asked, whatever their cells say; an answer there is a problem.
void apply_routing(const Column& column, std::span<const std::uint8_t> asked, Answers::Cells& cells,
                   Problems& problems) {
  for (std::size_t row = 0; row < asked.size(); ++row) {
    if (asked[row] != 0) continue;
    if (cells.reason[row] == MissingReason::answered)
      problems.add("data.answer_outside_routing", column.name(), row,
                   "there is an answer, but the routing says that question '" + problems.question().name +
                       "' was not asked here; correct the answers or `asked_if`",
                   {{"asked_if", problems.question().asked_if->text()}});
    cells.reason[row] = MissingReason::not_asked;
    if (!cells.level.empty()) cells.level[row] = -1;
  }
}

/// What numbers of a question are: answers within a range, missing codes, or problems.
class NumberReader {
 public:
  NumberReader(const Column& column, Problems& problems)
      : column_(column), problems_(problems), question_(problems.question()), codes_(CellCodes::of_missing(question_)) {
    if (question_.range) std::tie(low_, high_) = std::pair((*question_.range)[0], (*question_.range)[1]);
  }

  MissingReason reason(double value, std::size_t row) {
    if (std::isnan(value)) return MissingReason::skipped;
    if (!question_.missing.empty())
      if (const Meaning code = codes_.number(value); code != unknown_cell) return reason_of(code);
    if (value >= low_ && value <= high_) return MissingReason::answered;
    if (std::isinf(value)) {
      ++infinite_;
    } else {
      problems_.add("data.out_of_range", column_.name(), row,
                    "the number lies outside the range of question '" + question_.name + "', " + number_text(low_) +
                        " to " + number_text(high_),
                    {{"range", *question_.range}});
    }
    return MissingReason::invalid;
  }

  /// The same of several rows.
  void reasons(std::span<const double> value, std::size_t first, std::span<MissingReason> out) {
    bool as_usual = question_.missing.empty();
    if (as_usual) {
      unsigned outside = 0;
      for (std::size_t i = 0; i < value.size(); ++i) {
        const unsigned empty = std::isnan(value[i]) ? 1 : 0;
        const unsigned inside = static_cast<unsigned>(value[i] >= low_) & static_cast<unsigned>(value[i] <= high_);
        out[i] = static_cast<MissingReason>(empty * static_cast<unsigned>(MissingReason::skipped));
        outside |= 1 ^ (empty | inside);
      }
      as_usual = outside == 0;
    }
    for (std::size_t i = 0; i < value.size() && !as_usual; ++i) out[i] = reason(value[i], first + i);
  }

  /// Reads a number out of a text.
  MissingReason reason(std::string_view text, std::size_t row, double& value) {
    text = trimmed(text);
    if (text.empty()) return MissingReason::skipped;
    if (const Meaning code = codes_.text(text); code != unknown_cell) return reason_of(code);
    const auto number = number_in(text);
    if (!number) {
      problems_.add("data.not_a_number", column_.name(), row,
                    "question '" + question_.name + "' needs a number; write it with digits and a decimal point");
      return MissingReason::invalid;
    }
    value = *number;
    return reason(value, row);
  }

  void finish() {
    if (infinite_ == 0) return;
    problems_.add({"data.not_finite",
                   "column '" + column_.name() + "' of question '" + question_.name + "' has " +
                       std::to_string(infinite_) + " infinite numbers: correct them or leave them empty",
                   {{"question", question_.name}, {"column", column_.name()}, {"rows", infinite_}}});
  }

 private:
  const Column& column_;
  Problems& problems_;
  const Question& question_;
  CellCodes codes_;
  double low_ = std::numeric_limits<double>::lowest(), high_ = std::numeric_limits<double>::max();
  std::size_t infinite_ = 0;
};

/// The one column of the question, with every row skipped until it is read.
const Column* prepare(const Table& table, Answers::Cells& cells, Problems& problems) {
  cells.reason.assign(table.rows(), MissingReason::skipped);
  return column_of(table, problems.question().column, problems);
}

}  // namespace

Answers::Cells recode_levels(const Table& table, std::span<const std::uint8_t> asked, Problems& problems) {
  Answers::Cells cells;
  cells.level.assign(table.rows(), -1);
  const Column* column = prepare(table, cells, problems);
  if (column == nullptr) return cells;
  if (!CellReader::can_read(*column)) {
    add_wrong_type(*column, "codes, as numbers or texts", problems);
    return cells;
  }
  const CellCodes codes = CellCodes::of_options(problems.question());
  const CellReader reader(codes, *column);
  for_each_block(table.rows(), [&](Rows rows) {
    std::int16_t* level = cells.level.data() + rows.first;
    MissingReason* reason = cells.reason.data() + rows.first;
    reader.read(rows.first, {level, rows.size()});
    unsigned unknown = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      reason[i] = static_cast<MissingReason>(level[i] < 0 ? -level[i] : 0);
      unknown |= static_cast<unsigned>(level[i] == unknown_cell);
      level[i] = std::max(level[i], std::int16_t{-1});
    }
    if (unknown == 0) return;
    for (std::size_t row = rows.first; row < rows.last; ++row)
      if (cells.reason[row] == MissingReason::invalid)
        problems.add_unknown_code(column->name(), row, value_of(*column, row));
  });
  apply_routing(*column, asked, cells, problems);
  return cells;
}

Answers::Cells recode_numbers(const Table& table, std::span<const std::uint8_t> asked, Problems& problems) {
  Answers::Cells cells;
  const Column* column = prepare(table, cells, problems);
  if (column == nullptr) return cells;
  NumberReader reader(*column, problems);
  if (column->is_text()) {
    cells.number.assign(table.rows(), std::numeric_limits<double>::quiet_NaN());
    std::array<std::string_view, block_rows> text;
    for_each_block(table.rows(), [&](Rows rows) {
      column->texts(rows.first, std::span(text).first(rows.size()));
      for (std::size_t i = 0; i < rows.size(); ++i)
        cells.reason[rows.first + i] = reader.reason(text[i], rows.first + i, cells.number[rows.first + i]);
    });
  } else if (column->is_number() || column->type() == ColumnType::null) {
    cells.column = *column;
    std::array<double, block_rows> value;
    for_each_block(table.rows(), [&](Rows rows) {
      column->numbers(rows.first, std::span(value).first(rows.size()));
      reader.reasons(std::span(value).first(rows.size()), rows.first,
                     std::span(cells.reason).subspan(rows.first, rows.size()));
    });
  } else {
    add_wrong_type(*column, "numbers", problems);
  }
  reader.finish();
  apply_routing(*column, asked, cells, problems);
  return cells;
}

Answers::Cells recode_texts(const Table& table, std::span<const std::uint8_t> asked, Problems& problems) {
  Answers::Cells cells;
  const Column* column = prepare(table, cells, problems);
  if (column == nullptr) return cells;
  if (!CellReader::can_read(*column)) {
    add_wrong_type(*column, "text", problems);
    return cells;
  }
  cells.column = *column;
  const CellCodes codes = CellCodes::of_missing(problems.question());
  const CellReader reader(codes, *column);
  std::array<Meaning, block_rows> meaning;
  for_each_block(table.rows(), [&](Rows rows) {
    reader.read(rows.first, std::span(meaning).first(rows.size()));
    for (std::size_t i = 0; i < rows.size(); ++i)  // any text but a missing code is an answer
      cells.reason[rows.first + i] = meaning[i] == unknown_cell ? MissingReason::answered : reason_of(meaning[i]);
  });
  apply_routing(*column, asked, cells, problems);
  return cells;
}

}  // namespace enkat
