#include "enkat/data/cell_codes.hpp"

#include <algorithm>
#include <cmath>
#include <type_traits>
#include <utility>

#include "enkat/basics/error.hpp"
#include "enkat/data/typed.hpp"

namespace enkat {
namespace {

template <class T>
Meaning meaning_of_value(const CellCodes& codes, T value) {
  if constexpr (std::is_floating_point_v<T>) {
    if (std::isnan(value)) return empty_cell;
    if (value > CellCodes::small_low && value < CellCodes::small_high)
      if (const int whole = static_cast<int>(value); static_cast<T>(whole) == value) return codes.small(whole);
  } else {
    if (std::cmp_greater_equal(value, CellCodes::small_low) && std::cmp_less(value, CellCodes::small_high))
      return codes.small(static_cast<int>(value));
  }
  return codes.number(static_cast<double>(value));
}

}  // namespace

std::string_view trimmed(std::string_view text) {
  const auto is_space = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

CellCodes::CellCodes() : small_(static_cast<std::size_t>(small_high - small_low), unknown_cell) {}

void CellCodes::add(const Code& code, Meaning meaning) {
  texts_.try_emplace(code.text(), meaning);
  double number = 0;
  if (code.is_number()) {
    number = code.number();
  } else {
    // "1" is also the number 1; "01" is a text only.
    const auto read = number_in(code.text());
    if (!read || number_text(*read) != code.text()) return;
    number = *read;
  }
  numbers_.try_emplace(number, meaning);
  if (std::trunc(number) == number && number >= small_low && number < small_high)
    small_[static_cast<std::size_t>(static_cast<int>(number) - small_low)] = numbers_.at(number);
}

void CellCodes::add_missing(const Question& question) {
  for (const MissingCode& missing : question.missing) add(missing.code, meaning_of(missing.reason));
}

CellCodes CellCodes::of_options(const Question& question) {
  CellCodes codes;
  codes.add_missing(question);
  const auto& options = question.options;
  for (std::size_t i = 0; i < options.size(); ++i) codes.add(options[i].code, static_cast<Meaning>(i));
  for (std::size_t i = 0; i < options.size(); ++i)
    if (!number_in(options[i].name)) codes.texts_.try_emplace(options[i].name, static_cast<Meaning>(i));
  if (const auto residual = question.residual()) codes.other_words_ = static_cast<Meaning>(*residual);
  return codes;
}

CellCodes CellCodes::of_ticks(const Question& question, const Option& option) {
  CellCodes codes;
  // Readers make truth values of a column of TRUE and FALSE.
  const auto add = [&](const Code& code, Meaning meaning) {
    codes.add(code, meaning);
    std::string word = code.text();
    std::ranges::transform(word, word.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    if (word == "true" || word == "false") codes.texts_.try_emplace(word, meaning);
  };
  for (const Code& code : question.ticks_of(option)) add(code, 1);
  for (const Code& code : question.not_ticks()) add(code, 0);
  codes.add_missing(question);
  if (option.other && question.residual()) {
    codes.other_words_ = 1;
    if (!question.ticked.empty())
      codes.take_other_numbers(1);  // with 0 and 1, a 7 is a mistake; else it is what was written
  }
  return codes;
}

void CellCodes::take_other_numbers(Meaning meaning) {
  other_numbers_ = meaning;
  std::ranges::replace(small_, unknown_cell, meaning);
}

CellCodes CellCodes::of_missing(const Question& question) {
  CellCodes codes;
  codes.add_missing(question);
  return codes;
}

Meaning CellCodes::number(double value) const {
  if (std::isnan(value)) return empty_cell;
  const auto found = numbers_.find(value);
  return found == numbers_.end() ? other_numbers_ : found->second;
}

Meaning CellCodes::known(std::string_view cell) const {
  cell = trimmed(cell);
  if (cell.empty()) return empty_cell;
  if (const auto found = texts_.find(cell); found != texts_.end()) return found->second;
  const auto value = number_in(cell);
  if (!value) return unknown_cell;
  const auto found = numbers_.find(*value);
  return found == numbers_.end() ? unknown_cell : found->second;
}

Meaning CellCodes::text(std::string_view cell) const {
  const Meaning meaning = known(cell);
  if (meaning != unknown_cell || other_words_ == unknown_cell) return meaning;
  // Among codes that are numbers, a number that is none of them is a mistake, not a respondent's words.
  return numbers_.empty() || !number_in(trimmed(cell)) ? other_words_ : other_numbers_;
}

CellReader::CellReader(const CellCodes& codes, const Column& column) : codes_(codes), column_(column) {
  if (column.type() != ColumnType::dictionary) return;
  for (const Chunk& chunk : column.chunks()) {
    std::vector<std::string_view> words(chunk.elements->size());
    chunk.elements->texts(0, words);
    auto& meanings = words_.emplace_back();
    for (const std::string_view word : words) meanings.push_back(codes.text(word));
  }
}

void CellReader::read(std::size_t first, std::span<Meaning> out) const {
  if (column_.type() == ColumnType::null) return void(std::ranges::fill(out, empty_cell));
  column_.for_each_run(
      first, out.size(), [&](const Chunk& chunk, std::size_t cell, std::size_t count, std::size_t done) {
        const auto run = out.subspan(done, count);
        const std::size_t start = chunk.offset + cell;
        if (column_.type() == ColumnType::text) {
          std::array<std::string_view, 256> texts;
          for (std::size_t i = 0; i < count; i += texts.size()) {
            const auto part = std::span(texts).first(std::min(texts.size(), count - i));
            column_.texts(chunk.first + cell + i, part);
            for (std::size_t j = 0; j < part.size(); ++j) run[i + j] = codes_.text(part[j]);
          }
          return;
        }
        if (column_.type() == ColumnType::boolean) {
          const auto* bits = static_cast<const std::uint8_t*>(chunk.values);
          const auto meaning = [&](int number, const char* name) {
            const Meaning by_name = codes_.known(name);
            return by_name != unknown_cell ? by_name : codes_.small(number);
          };
          const std::array<Meaning, 2> meanings{meaning(0, "false"), meaning(1, "true")};
          for (std::size_t i = 0; i < count; ++i) run[i] = meanings[(bits[(start + i) / 8] >> ((start + i) % 8)) & 1];
        } else if (column_.type() == ColumnType::dictionary) {
          const auto& meanings = words_[static_cast<std::size_t>(&chunk - column_.chunks().data())];
          with_number_type(column_.form().index, [&]<class T>(T) {
            const T* index = static_cast<const T*>(chunk.values) + start;
            for (std::size_t i = 0; i < count; ++i) {
              const auto word = static_cast<std::size_t>(index[i]);
              run[i] = word < meanings.size() ? meanings[word] : empty_cell;  // behind a null, an index may be anything
            }
          });
        } else {
          with_number_type(column_.type(), [&]<class T>(T) {
            const T* values = static_cast<const T*>(chunk.values) + start;
            for (std::size_t i = 0; i < count; ++i) run[i] = meaning_of_value(codes_, values[i]);
          });
        }
        chunk.for_missing(cell, count, [&](std::size_t i) { run[i] = empty_cell; });
      });
}

}  // namespace enkat
