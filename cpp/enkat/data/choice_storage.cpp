#include "enkat/data/choice_storage.hpp"

#include <optional>

#include "enkat/data/delimited_parts.hpp"

namespace enkat {
namespace {

std::vector<std::uint8_t> exclusive_options(const Question& question) {
  std::vector<std::uint8_t> exclusive;
  for (const Option& option : question.options) exclusive.push_back(option.exclusive ? 1 : 0);
  return exclusive;
}

/// One column per option, with the marks that tick it.
class InColumns final : public ChoiceStorage {
 public:
  InColumns(const Table& table, Problems& problems) : exclusive_(exclusive_options(problems.question())) {
    const auto& options = problems.question().options;
    codes_.reserve(options.size());  // the readers refer to them
    for (const Option& option : options) {
      const Column* column = option.absent ? nullptr : column_of(table, option.column, problems);
      if (option.absent) refuse_present(table, option, problems);
      if (column != nullptr && !CellReader::can_read(*column)) {
        add_wrong_type(*column, "what says whether the option is ticked, such as 0 and 1", problems);
        column = nullptr;
      }
      codes_.push_back(CellCodes::of_ticks(problems.question(), option));
      columns_.push_back(column);
      readers_.push_back(column == nullptr ? std::nullopt
                                           : std::optional<CellReader>(std::in_place, codes_.back(), *column));
    }
  }

  void read(Choices& choices, Planes& planes, Problems& problems) const override {
    const std::size_t n = choices.rows.size();
    std::array<Meaning, block_rows> meaning;
    for (std::size_t option = 0; option < readers_.size(); ++option) {
      if (!readers_[option]) continue;
      readers_[option]->read(choices.rows.first, std::span(meaning).first(n));
      // Blocks begin at multiples of 64, so that each word is written once.
      std::uint64_t* words = planes[option].data() + choices.rows.first / 64;
      unsigned special = 0;
      for (std::size_t i = 0; i < n; ++i) {
        const auto ticked = static_cast<std::uint8_t>(meaning[i] == 1);
        choices.count[i] = static_cast<std::uint16_t>(choices.count[i] + ticked);
        choices.present[i] = static_cast<std::uint8_t>(choices.present[i] | (meaning[i] >= 0));
        choices.exclusive[i] = static_cast<std::uint8_t>(choices.exclusive[i] | (ticked & exclusive_[option]));
        special |= static_cast<unsigned>(meaning[i] < 0 && meaning[i] != empty_cell);
      }
      for (std::size_t i = 0; i < n; i += 64) {
        std::uint64_t word = 0;
        for (std::size_t bit = 0; bit < std::min<std::size_t>(64, n - i); ++bit)
          word |= static_cast<std::uint64_t>(meaning[i + bit] == 1) << bit;
        words[i / 64] = word;
      }
      if (special != 0) read_special(*columns_[option], std::span(meaning).first(n), choices, problems);
    }
  }

 private:
  static void refuse_present(const Table& table, const Option& option, Problems& problems) {
    if (!table.has(option.column)) return;
    const std::string& question = problems.question().name;
    problems.add({"data.not_absent",
                  "option '" + option.name + "' of question '" + question +
                      "' is said to be `absent`, but there is a column '" + option.column + "': remove `absent`",
                  {{"question", question}, {"column", option.column}}});
  }

  static void read_special(const Column& column, std::span<const Meaning> meaning, Choices& choices,
                           Problems& problems) {
    for (std::size_t i = 0; i < meaning.size(); ++i) {
      if (meaning[i] >= 0 || meaning[i] == empty_cell) continue;
      choices.note(i, reason_of(meaning[i]));
      const std::size_t row = choices.rows.first + i;
      if (meaning[i] == unknown_cell) problems.add_unknown_tick(column.name(), row);
    }
  }

  std::vector<CellCodes> codes_;
  std::vector<std::uint8_t> exclusive_;
  std::vector<const Column*> columns_;
  std::vector<std::optional<CellReader>> readers_;
};

/// What storages of codes share: a code ticks its option.
class OfCodes : public ChoiceStorage {
 protected:
  explicit OfCodes(const Question& question)
      : codes_(CellCodes::of_options(question)), exclusive_(exclusive_options(question)) {}

  /// Takes in what one cell, or one part of a cell, means; false when it is a code that nobody knows.
  bool take(Meaning meaning, std::size_t i, Choices& choices, Planes& planes) const {
    if (meaning >= 0) {
      const auto option = static_cast<std::size_t>(meaning);
      choices.tick(i, planes[option], exclusive_[option] != 0);
    } else if (meaning != empty_cell) {
      choices.note(i, reason_of(meaning));
    }
    return meaning != unknown_cell;
  }

  void read_column(const CellReader& reader, const Column& column, Choices& choices, Planes& planes,
                   Problems& problems) const {
    std::array<Meaning, block_rows> meaning;
    const std::size_t n = choices.rows.size();
    reader.read(choices.rows.first, std::span(meaning).first(n));
    for (std::size_t i = 0; i < n; ++i) {
      if (take(meaning[i], i, choices, planes)) continue;
      const std::size_t row = choices.rows.first + i;
      problems.add_unknown_code(column.name(), row, value_of(column, row));
    }
  }

  CellCodes codes_;
  std::vector<std::uint8_t> exclusive_;
};

/// Columns of codes.
class InCodes final : public OfCodes {
 public:
  /// The columns of the question; a single column of numbers also is what readers make of delimited texts with one
  /// choice in each.
  InCodes(const std::vector<std::string>& names, const Table& table, Problems& problems)
      : OfCodes(problems.question()) {
    for (const std::string& name : names) {
      const Column* column = column_of(table, name, problems);
      if (column == nullptr) continue;
      if (!CellReader::can_read(*column)) {
        add_wrong_type(*column, "codes, as numbers or texts", problems);
        continue;
      }
      columns_.push_back(column);
      readers_.emplace_back(codes_, *column);
    }
  }

  void read(Choices& choices, Planes& planes, Problems& problems) const override {
    for (std::size_t c = 0; c < columns_.size(); ++c) read_column(readers_[c], *columns_[c], choices, planes, problems);
  }

 private:
  std::vector<const Column*> columns_;
  std::vector<CellReader> readers_;
};

/// One text column of codes or names with a delimiter between them.
class InDelimited final : public OfCodes {
 public:
  InDelimited(const Column& column, const Question& question)
      : OfCodes(question), column_(column), parts_(question), blank_(question.blank) {}

  void read(Choices& choices, Planes& planes, Problems& problems) const override {
    std::array<std::string_view, block_rows> texts;
    const std::size_t n = choices.rows.size();
    column_.texts(choices.rows.first, std::span(texts).first(n));
    for (std::size_t i = 0; i < n; ++i)
      if (texts[i].data() != nullptr) read_cell(texts[i], i, choices, planes, problems);
  }

 private:
  void read_cell(std::string_view text, std::size_t i, Choices& choices, Planes& planes, Problems& problems) const {
    const DelimitedParts::Found found = parts_.of(text, codes_);
    const std::size_t row = choices.rows.first + i;
    if (found.ambiguous) {
      choices.note(i, MissingReason::invalid);
      problems.add("data.ambiguous_choices", column_.name(), row,
                   "the text can be read as different options of question '" + problems.question().name +
                       "', because one contains the delimiter; separate the choices otherwise");
      return;
    }
    for (const std::string_view part : found.parts)
      if (!take(codes_.text(part), i, choices, planes)) problems.add_unknown_code(column_.name(), row, value_of(part));
    if (found.parts.empty() && blank_ == Blank::none_chosen) choices.present[i] = 1;
  }

  const Column& column_;
  DelimitedParts parts_;
  Blank blank_;
};

/// One list column of codes or names.
class InList final : public OfCodes {
 public:
  InList(const Column& column, const Question& question) : OfCodes(question), column_(column) {
    for (const Chunk& chunk : column.chunks()) readers_.emplace_back(codes_, *chunk.elements);
  }

  void read(Choices& choices, Planes& planes, Problems& problems) const override {
    column_.for_each_run(choices.rows.first, choices.rows.size(),
                         [&](const Chunk& chunk, std::size_t cell, std::size_t count, std::size_t done) {
                           column_.form().wide
                               ? read_lists<std::int64_t>(chunk, cell, count, done, choices, planes, problems)
                               : read_lists<std::int32_t>(chunk, cell, count, done, choices, planes, problems);
                         });
  }

 private:
  template <class Offset>
  void read_lists(const Chunk& chunk, std::size_t cell, std::size_t count, std::size_t done, Choices& choices,
                  Planes& planes, Problems& problems) const {
    const auto* offsets = static_cast<const Offset*>(chunk.values) + chunk.offset + cell;
    const auto first = static_cast<std::size_t>(offsets[0]);
    std::vector<Meaning> meaning(static_cast<std::size_t>(offsets[count]) - first);
    readers_[static_cast<std::size_t>(&chunk - column_.chunks().data())].read(first, meaning);
    for (std::size_t i = 0; i < count; ++i) {
      if (!chunk.valid(cell + i)) continue;
      const auto begin = static_cast<std::size_t>(offsets[i]), end = static_cast<std::size_t>(offsets[i + 1]);
      if (begin == end) choices.present[done + i] = 1;  // an empty list says that nothing was chosen
      for (std::size_t e = begin; e < end; ++e)
        if (!take(meaning[e - first], done + i, choices, planes))
          problems.add_unknown_code(column_.name(), choices.rows.first + done + i, value_of(*chunk.elements, e));
    }
  }

  const Column& column_;
  std::vector<CellReader> readers_;
};

}  // namespace

std::unique_ptr<ChoiceStorage> storage_of(const Table& table, Problems& problems) {
  const Question& question = problems.question();
  if (question.storage == Storage::columns) return std::make_unique<InColumns>(table, problems);
  if (question.storage == Storage::codes) return std::make_unique<InCodes>(question.columns, table, problems);

  const Column* column = table.find(question.column);
  if (column != nullptr && question.storage == Storage::list) {
    if (column->type() == ColumnType::list) return std::make_unique<InList>(*column, question);
    if (column->type() != ColumnType::null && column->type() != ColumnType::unsupported) {
      add_wrong_type(*column, "lists of codes", problems);
      return std::make_unique<InCodes>(std::vector<std::string>(), table, problems);
    }
  }
  if (column != nullptr && column->is_text()) return std::make_unique<InDelimited>(*column, question);
  return std::make_unique<InCodes>(std::vector{question.column}, table, problems);
}

}  // namespace enkat
