#include "enkat/data/labels.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <functional>
#include <numeric>
#include <unordered_map>

#include "enkat/basics/breathe.hpp"
#include "enkat/basics/error.hpp"
#include "enkat/codebook/code.hpp"
#include "enkat/data/moment.hpp"
#include "enkat/data/typed.hpp"

namespace enkat {
namespace {

/// No code: of a value that is no label.
constexpr std::int32_t unknown = -2;
/// Integers from the lowest label to the highest that are looked up in an array, and how large they may be.
constexpr double most_places = 1 << 20, farthest = 1e15;

[[noreturn]] void refuse_other_categories(const std::string& column) {
  throw DataError("data.schema_differs",
                  "column '" + column +
                      "' is not the same in all parts of the data: its declared categories differ; give it the same "
                      "categories in every part, or make texts or numbers of it",
                  {{"column", column}});
}

[[noreturn]] void refuse_changed() {
  throw DataError("data.changed", "the data have values that were not there when they were read first: scan anew");
}

/// Gives each new text the next code, in order of arrival.
class Vocabulary {
 public:
  std::int32_t code(std::string_view key) {
    const auto [found, added] = codes_.try_emplace(key, static_cast<std::int32_t>(keys_.size()));
    if (added) keys_.push_back(key);
    return found->second;
  }
  const std::vector<std::string_view>& keys() const { return keys_; }

  /// Sorts the texts and renumbers the rows coded so far: order must not depend on which row came first.
  void sort(std::vector<std::int32_t>& rows) {
    std::vector<std::int32_t> order(keys_.size());
    std::iota(order.begin(), order.end(), 0);
    const auto key = [&](std::int32_t i) { return keys_[static_cast<std::size_t>(i)]; };
    breathing_sort(order, [&](std::int32_t a, std::int32_t b) { return key(a) < key(b); });
    std::vector<std::int32_t> rank(keys_.size());
    std::vector<std::string_view> sorted(keys_.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
      rank[static_cast<std::size_t>(order[i])] = static_cast<std::int32_t>(i);
      sorted[i] = keys_[static_cast<std::size_t>(order[i])];
    }
    for (std::int32_t& code : rows)
      if (code >= 0) code = rank[static_cast<std::size_t>(code)];
    keys_ = std::move(sorted);
  }

 private:
  std::unordered_map<std::string_view, std::int32_t> codes_;
  std::vector<std::string_view> keys_;
};

/// The same for integers of a small range: an array instead of a hash table.
template <class T>
bool code_small_integers(const Column& column, std::vector<std::int32_t>& rows, std::vector<T>& keys) {
  constexpr std::uint64_t most = 1 << 16;
  constexpr std::size_t cells_at_a_time = 4096;
  T low{}, high{};
  bool any = false;
  std::array<T, cells_at_a_time> block;
  column.for_each_run(0, column.size(), [&](const Chunk& chunk, std::size_t cell, std::size_t count, std::size_t) {
    const T* values = static_cast<const T*>(chunk.values) + chunk.offset + cell;
    for (std::size_t first = 0; first < count; first += block.size()) {
      const std::size_t n = std::min(block.size(), count - first);
      std::copy_n(values + first, n, block.begin());
      if (!any) {
        std::size_t i = 0;
        while (i < n && !chunk.valid(cell + first + i)) ++i;
        if (i == n) continue;
        low = high = block[i];
        any = true;
      }
      chunk.for_missing(cell + first, n,
                        [&](std::size_t i) { block[i] = low; });  // what is behind them may be anything
      for (std::size_t i = 0; i < n; ++i) {
        low = std::min(low, block[i]);
        high = std::max(high, block[i]);
      }
    }
  });
  const std::uint64_t range = static_cast<std::uint64_t>(high) - static_cast<std::uint64_t>(low);
  if (range >= most) return false;
  std::vector<std::int32_t> code(range + 1, Labels::missing);
  const auto place = [&](T value) {
    return static_cast<std::size_t>(static_cast<std::uint64_t>(value) - static_cast<std::uint64_t>(low));
  };
  column.for_each_run(0, column.size(), [&](const Chunk& chunk, std::size_t cell, std::size_t count, std::size_t row) {
    const T* values = static_cast<const T*>(chunk.values) + chunk.offset + cell;
    if (chunk.validity == nullptr) {
      for (std::size_t i = 0; i < count; ++i) code[place(values[i])] = 0;
      for (std::size_t i = 0; i < count; ++i) rows[row + i] = static_cast<std::int32_t>(place(values[i]));
      return;
    }
    for (std::size_t i = 0; i < count; ++i) {
      if (!chunk.valid(cell + i)) continue;
      rows[row + i] = static_cast<std::int32_t>(place(values[i]));
      code[place(values[i])] = 0;
    }
  });
  for (std::size_t i = 0; i < code.size(); ++i) {
    if (code[i] != 0) continue;
    code[i] = static_cast<std::int32_t>(keys.size());
    keys.push_back(static_cast<T>(static_cast<std::uint64_t>(low) + i));
  }
  for (std::int32_t& row : rows)
    if (row >= 0) row = code[static_cast<std::size_t>(row)];
  return true;
}

/// The value of a row; sorted, they give every value its code.
template <class T>
using Cells = std::vector<std::pair<T, std::size_t>>;

template <class T>
std::vector<T> code_sorted(Cells<T> cells, std::vector<std::int32_t>& rows) {
  breathing_sort(cells, std::less());
  std::vector<T> keys;
  for (const auto& [value, row] : cells) {
    if (keys.empty() || keys.back() != value) keys.push_back(value);
    rows[row] = static_cast<std::int32_t>(keys.size()) - 1;
  }
  return keys;
}

template <class T>
std::vector<T> code_integers(const Column& column, std::vector<std::int32_t>& rows) {
  std::vector<T> keys;
  if (code_small_integers(column, rows, keys)) return keys;
  Cells<T> cells;
  cells.reserve(column.size());
  column.for_each_run(0, column.size(), [&](const Chunk& chunk, std::size_t cell, std::size_t count, std::size_t row) {
    const T* values = static_cast<const T*>(chunk.values) + chunk.offset + cell;
    for (std::size_t i = 0; i < count; ++i)
      if (chunk.valid(cell + i)) cells.emplace_back(values[i], row + i);
  });
  return code_sorted(std::move(cells), rows);
}

template <class T>
void label_integers(const Column& column, Labels& labels) {
  for (const T key : code_integers<T>(column, labels.code))
    labels.label.push_back({std::to_string(key), static_cast<double>(key)});
}

void label_floats(const Column& column, Labels& labels) {
  Cells<double> cells;
  std::array<double, 4096> block;
  std::size_t infinite = 0;
  for (std::size_t first = 0; first < column.size(); first += block.size()) {
    breathe();
    const auto run = std::span(block).first(std::min(block.size(), column.size() - first));
    column.numbers(first, run);
    for (std::size_t i = 0; i < run.size(); ++i) {
      if (std::isinf(run[i])) ++infinite;
      if (std::isfinite(run[i])) cells.emplace_back(run[i] == 0 ? 0.0 : run[i], first + i);  // -0 is 0
    }
  }
  if (infinite > 0)
    throw DataError("data.not_finite",
                    "column '" + column.name() + "' has " + std::to_string(infinite) +
                        " infinite values: correct them or leave them empty",
                    {{"column", column.name()}, {"rows", infinite}});
  for (const double key : code_sorted(std::move(cells), labels.code)) labels.label.push_back({number_text(key), key});
}

void label_booleans(const Column& column, Labels& labels) {
  std::array<double, 4096> block;
  for (std::size_t first = 0; first < column.size(); first += block.size()) {
    breathe();
    const auto run = std::span(block).first(std::min(block.size(), column.size() - first));
    column.numbers(first, run);
    for (std::size_t i = 0; i < run.size(); ++i)
      if (!std::isnan(run[i])) labels.code[first + i] = run[i] != 0;
  }
  labels.label = {{"false", 0}, {"true", 1}};
}

/// Calls `use(row, index)` for every valid cell of a chunk of a dictionary column.
template <class Use>
void for_each_index(const Column& column, const Chunk& chunk, const Use& use) {
  with_number_type(column.form().index, [&]<class T>(T) {
    const T* index = static_cast<const T*>(chunk.values) + chunk.offset;
    for (std::size_t i = 0; i < chunk.length; ++i)
      if (chunk.valid(i)) use(chunk.first + i, static_cast<std::size_t>(index[i]));
  });
}

std::vector<std::string_view> words_of(const Chunk& chunk) {
  std::vector<std::string_view> words(chunk.elements->size());
  chunk.elements->texts(0, words);
  return words;
}

/// The categories of a chunk, in their order.
std::vector<Label> categories_of(const Chunk& chunk) {
  const Labels words(*chunk.elements);
  std::vector<std::uint8_t> seen(words.size(), 0);
  std::vector<Label> categories;
  for (const std::int32_t code : words.code) {
    if (code < 0 || seen[static_cast<std::size_t>(code)]++ != 0) continue;
    categories.push_back(words.label[static_cast<std::size_t>(code)]);
  }
  return categories;
}

/// The declared categories of a column; they cannot be kept in their order where each part has its own.
std::vector<Label> declared_categories(const Column& column) {
  if (!column.form().ordered || column.chunks().empty()) return {};
  std::vector<Label> first = categories_of(column.chunks()[0]);
  for (const Chunk& chunk : column.chunks().subspan(1))
    if (chunk.elements != column.chunks()[0].elements && categories_of(chunk) != first)
      refuse_other_categories(column.name());
  return first;
}

/// Gives labels the order of the declared categories, and those that nobody has.
void order_as_declared(std::vector<Label> declared, Labels& labels) {
  std::unordered_map<std::string, std::int32_t> place;
  for (const Label& category : declared) place.emplace(category.text, static_cast<std::int32_t>(place.size()));
  std::vector<std::int32_t> code;
  for (const Label& label : labels.label) {
    const auto [found, added] = place.try_emplace(label.text, static_cast<std::int32_t>(place.size()));
    if (added) declared.push_back(label);  // true or false where only the other was declared
    code.push_back(found->second);
  }
  for (std::int32_t& row : labels.code)
    if (row >= 0) row = code[static_cast<std::size_t>(row)];
  labels.label = std::move(declared);
}

void label_dictionary(const Column& column, Labels& labels) {
  Vocabulary vocabulary;
  for (const Chunk& chunk : column.chunks()) {
    const auto words = words_of(chunk);
    std::vector<std::uint8_t> occurs(words.size(), 0);
    for_each_index(column, chunk, [&](std::size_t, std::size_t index) { occurs.at(index) = 1; });
    std::vector<std::int32_t> code(words.size(), Labels::missing);
    for (std::size_t i = 0; i < words.size(); ++i)
      if (occurs[i] != 0 && !words[i].empty()) code[i] = vocabulary.code(words[i]);
    for_each_index(column, chunk, [&](std::size_t row, std::size_t index) { labels.code[row] = code[index]; });
  }
  vocabulary.sort(labels.code);
  for (const std::string_view key : vocabulary.keys()) labels.label.push_back({std::string(key)});
}

void label_texts(const Column& column, Labels& labels) {
  Vocabulary vocabulary;
  std::array<std::string_view, 4096> block;
  for (std::size_t first = 0; first < column.size(); first += block.size()) {
    breathe();
    const auto run = std::span(block).first(std::min(block.size(), column.size() - first));
    column.texts(first, run);
    for (std::size_t i = 0; i < run.size(); ++i)
      if (!run[i].empty()) labels.code[first + i] = vocabulary.code(run[i]);
  }
  vocabulary.sort(labels.code);
  for (const std::string_view key : vocabulary.keys()) labels.label.push_back({std::string(key)});
}

template <class T>
void label_moments(const Column& column, Labels& labels) {
  for (const T key : code_integers<T>(column, labels.code)) labels.label.push_back({moment_text(column.form(), key)});
}

void fill(const Column& column, Labels& labels) {
  switch (column.type()) {
    case ColumnType::null:
      return;
    case ColumnType::boolean:
      return label_booleans(column, labels);
    case ColumnType::float32:
    case ColumnType::float64:
      return label_floats(column, labels);
    case ColumnType::text:
      return label_texts(column, labels);
    case ColumnType::dictionary:
      return label_dictionary(column, labels);
    case ColumnType::date:
      return label_moments<std::int32_t>(column, labels);
    case ColumnType::timestamp:
      return label_moments<std::int64_t>(column, labels);
    case ColumnType::list:
    case ColumnType::unsupported:
      throw DataError("data.not_a_label",
                      "column '" + column.name() + "' holds " + describe(column) +
                          ", which cannot name groups: use a column of numbers, text or dates",
                      {{"column", column.name()}, {"type", column.form().format}});
    default:
      with_number_type(column.type(), [&]<class T>(T) {
        if constexpr (std::is_integral_v<T>) label_integers<T>(column, labels);
      });
  }
}

}  // namespace

Labels::Labels(const Column& column) : code(column.size(), missing) {
  fill(column, *this);
  if (auto declared = declared_categories(column); !declared.empty()) order_as_declared(std::move(declared), *this);
  any_missing = std::ranges::find(code, missing) != code.end();
}

std::optional<std::int32_t> Labels::find(std::string_view wanted) const {
  const auto found = std::ranges::find(label, wanted, [](const Label& one) -> std::string_view { return one.text; });
  if (found == label.end()) return std::nullopt;
  return static_cast<std::int32_t>(found - label.begin());
}

LabelIndex::LabelIndex(const Labels& all) {
  for (std::size_t i = 0; i < all.size(); ++i) place_.emplace(all.text(i), static_cast<std::int32_t>(i));
  const auto is_integer = [](const Label& label) { return std::trunc(label.number) == label.number; };
  if (all.label.empty() || !std::ranges::all_of(all.label, is_integer)) return;
  const auto [low, high] = std::ranges::minmax(all.label, {}, &Label::number);
  if (!(std::abs(low.number) < farthest && high.number - low.number < most_places)) return;
  low_ = static_cast<std::int64_t>(low.number);
  place_of_integer_.assign(static_cast<std::size_t>(high.number - low.number) + 1, unknown);
  for (std::size_t i = 0; i < all.size(); ++i)
    place_of_integer_[static_cast<std::size_t>(all.label[i].number - low.number)] = static_cast<std::int32_t>(i);
}

std::vector<std::int32_t> LabelIndex::codes(const Column& part) const {
  const bool integers = part.type() >= ColumnType::int8 && part.type() <= ColumnType::uint64;
  if (!integers || place_of_integer_.empty()) return codes_of_labels(Labels(part));
  std::vector<std::int32_t> codes(part.size());
  part.for_each_run(0, part.size(), [&](const Chunk& chunk, std::size_t cell, std::size_t count, std::size_t row) {
    with_number_type(part.type(), [&]<class T>(T) {
      const T* values = static_cast<const T*>(chunk.values) + chunk.offset + cell;
      for (std::size_t i = 0; i < count; ++i) {
        const std::uint64_t place = static_cast<std::uint64_t>(values[i]) - static_cast<std::uint64_t>(low_);
        codes[row + i] = place < place_of_integer_.size() ? place_of_integer_[place] : unknown;
      }
    });
    chunk.for_missing(cell, count, [&](std::size_t i) { codes[row + i] = Labels::missing; });
  });
  if (std::ranges::find(codes, unknown) != codes.end()) refuse_changed();
  return codes;
}

std::vector<std::int32_t> LabelIndex::codes_of_labels(const Labels& part) const {
  std::vector<std::int32_t> renumbered;
  for (const Label& label : part.label) {
    const auto found = place_.find(label.text);
    if (found == place_.end()) refuse_changed();
    renumbered.push_back(found->second);
  }
  std::vector<std::int32_t> codes(part.code.size());
  std::ranges::transform(part.code, codes.begin(), [&](std::int32_t own) {
    return own < 0 ? Labels::missing : renumbered[static_cast<std::size_t>(own)];
  });
  return codes;
}

}  // namespace enkat
