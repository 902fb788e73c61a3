#include "enkat/design/auxiliary_cells.hpp"

#include <algorithm>
#include <array>

namespace enkat {
namespace {

/// Combinations of levels that may each have a place of their own, whether they occur or not.
constexpr std::uint64_t most_places = 1 << 20;
/// Keys of a stage stay below this, so that one more term cannot overflow them.
constexpr std::uint64_t most_keys = std::uint64_t{1} << 46;

std::uint64_t digits(const ModelMatrix::Term& term) { return term.levels.size() + 1; }

}  // namespace

AuxiliaryCells::AuxiliaryCells(std::shared_ptr<const Auxiliaries> x) : x_(std::move(x)) {
  if (x_->averaged()) {
    size_ = x_->households() + 1;  // cell 0: in no household
    return;
  }
  std::vector<std::size_t> waiting;
  std::uint64_t before = 1, combinations = 1;
  const auto stage = [&] {
    if (waiting.empty()) return;
    add_stage(before, waiting);
    waiting.clear();
    before = combinations = size_;
  };
  for (std::size_t t = 0; t < x_->terms().size(); ++t) {
    const ModelMatrix::Term& term = x_->terms()[t];
    if (term.is_number()) numbers_.push_back(&term);
    if (!term.is_category()) continue;
    if (combinations * digits(term) > most_keys) stage();
    waiting.push_back(t);
    combinations *= digits(term);
  }
  stage();
}

AuxiliaryCells AuxiliaryCells::read(ByteReader& in, const Survey& survey) {
  return AuxiliaryCells(std::make_shared<const Auxiliaries>(Auxiliaries::read(in, survey)));
}

AuxiliaryCells AuxiliaryCells::on(const Survey& part) const {
  AuxiliaryCells here = *this;
  here.x_ = x_->on(part);
  here.numbers_.clear();
  for (const ModelMatrix::Term& term : here.x_->terms())
    if (term.is_number()) here.numbers_.push_back(&term);
  return here;
}

void AuxiliaryCells::add_stage(std::uint64_t before, std::span<const std::size_t> terms) {
  Stage stage;
  stage.combinations = before;
  for (const std::size_t t : terms) {
    stage.term.push_back(t);
    stage.stride.push_back(stage.combinations);
    stage.combinations *= digits(x_->terms()[t]);
  }
  if (stage.combinations <= std::min<std::uint64_t>(most_places, 4 * x_->rows() + 1024)) {
    size_ = stage.combinations;
    stages_.push_back(std::move(stage));
    return;
  }
  if (x_->in_parts())
    throw DesignError(
        "estimate.in_memory_only",
        "these categories have " + std::to_string(stage.combinations) +
            " combinations of levels, too many for data that are read in parts: merge small levels, leave "
            "a category out, or read the data with enkat.read",
        {{"combinations", stage.combinations}});
  std::array<std::int32_t, block_rows> cell;
  std::array<std::uint64_t, block_rows> key;
  for (std::size_t first = 0; first < x_->rows(); first += block_rows) {
    const Rows rows{first, std::min(x_->rows(), first + block_rows)};
    cells_after(stages_.size(), rows, std::span(cell).first(rows.size()));
    keys(stage, rows, cell, std::span(key).first(rows.size()));
    for (std::size_t i = 0; i < rows.size(); ++i)
      if (stage.number.try_emplace(key[i], 0).second) stage.key.push_back(key[i]);
  }
  std::ranges::sort(stage.key);
  for (std::size_t k = 0; k < stage.key.size(); ++k) stage.number[stage.key[k]] = static_cast<std::int32_t>(k);
  size_ = stage.key.size();
  stages_.push_back(std::move(stage));
}

void AuxiliaryCells::keys(const Stage& stage, Rows rows, std::span<const std::int32_t> before,
                          std::span<std::uint64_t> out) const {
  for (std::size_t i = 0; i < rows.size(); ++i) out[i] = static_cast<std::uint64_t>(before[i]);
  std::array<std::int32_t, block_rows> level;
  for (std::size_t t = 0; t < stage.term.size(); ++t) {
    x_->terms()[stage.term[t]].levels_of(rows, std::span(level).first(rows.size()));
    for (std::size_t i = 0; i < rows.size(); ++i) out[i] += static_cast<std::uint64_t>(level[i] + 1) * stage.stride[t];
  }
}

void AuxiliaryCells::cells_after(std::size_t stages, Rows rows, std::span<std::int32_t> out) const {
  std::ranges::fill(out, 0);
  std::array<std::int32_t, block_rows> level;
  for (std::size_t s = 0; s < stages; ++s) {
    const Stage& stage = stages_[s];
    if (stage.key.empty()) {
      for (std::size_t t = 0; t < stage.term.size(); ++t) {
        x_->terms()[stage.term[t]].levels_of(rows, std::span(level).first(rows.size()));
        const auto stride = static_cast<std::int32_t>(stage.stride[t]);
        for (std::size_t i = 0; i < rows.size(); ++i) out[i] += (level[i] + 1) * stride;
      }
      continue;
    }
    std::array<std::uint64_t, block_rows> key;
    keys(stage, rows, out, std::span(key).first(rows.size()));
    for (std::size_t i = 0; i < rows.size(); ++i) out[i] = stage.number.at(key[i]);
  }
}

void AuxiliaryCells::cells_of(Rows rows, std::span<std::int32_t> out) const {
  if (!x_->averaged()) return cells_after(stages_.size(), rows, out.first(rows.size()));
  const auto household = x_->household(rows);
  for (std::size_t i = 0; i < rows.size(); ++i) out[i] = household[i] + 1;
}

ModelRows AuxiliaryCells::rows_of(std::span<const std::int32_t> cells) const {
  ModelRows rows;
  if (x_->averaged()) {
    rows.entries = x_->columns();
    for (const std::int32_t cell : cells) {
      for (std::size_t j = 0; j < rows.entries; ++j) {
        rows.column.push_back(cell == 0 ? -1 : static_cast<std::int32_t>(j));
        rows.value.push_back(cell == 0 ? 0 : x_->mean_of(static_cast<std::size_t>(cell) - 1)[j]);
      }
    }
    return rows;
  }
  std::vector<std::size_t> entry(x_->terms().size(), 0);  // of each term
  for (std::size_t t = 0; t < entry.size(); ++t)
    if (!x_->terms()[t].is_number()) entry[t] = rows.entries++;
  rows.column.assign(cells.size() * rows.entries, -1);
  rows.value.assign(cells.size() * rows.entries, 0);
  for (std::size_t c = 0; c < cells.size(); ++c) {
    const auto put = [&](std::size_t t, std::size_t level) {
      rows.column[c * rows.entries + entry[t]] = static_cast<std::int32_t>(x_->terms()[t].first_column + level);
      rows.value[c * rows.entries + entry[t]] = 1;
    };
    for (std::size_t t = 0; t < entry.size(); ++t)
      if (x_->terms()[t].is_intercept()) put(t, 0);
    auto number = static_cast<std::uint64_t>(cells[c]);
    for (std::size_t s = stages_.size(); s-- > 0;) {
      const Stage& stage = stages_[s];
      std::uint64_t key = stage.key.empty() ? number : stage.key[number];
      for (std::size_t t = stage.term.size(); t-- > 0; key %= stage.stride[t])
        if (const std::uint64_t digit = key / stage.stride[t]; digit > 0) put(stage.term[t], digit - 1);
      number = key;
    }
  }
  return rows;
}

}  // namespace enkat
