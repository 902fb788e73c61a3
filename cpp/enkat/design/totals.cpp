#include "enkat/design/totals.hpp"

#include <bit>
#include <cstring>

#include "enkat/basics/error.hpp"

namespace enkat {
namespace {

constexpr std::uint64_t magic = 0x31544154'4b4e4521;  // "!ENKTAT1"
constexpr std::uint64_t version = 2;

// FNV-1a over 64-bit words: cheap, and enough to notice damage; it is no protection against intent.
std::uint64_t mix(std::uint64_t hash, std::uint64_t word) { return (hash ^ word) * 0x100000001b3ULL; }

std::uint64_t mix(std::uint64_t hash, const std::vector<std::int64_t>& words) {
  for (const std::int64_t word : words) hash = mix(hash, std::bit_cast<std::uint64_t>(word));
  return hash;
}

constexpr std::uint64_t seed = 0xcbf29ce484222325ULL;

void add(std::vector<std::int64_t>& a, const std::vector<std::int64_t>& b) {
  for (std::size_t i = 0; i < a.size(); ++i) a[i] += b[i];
}

/// The figures of all units added up, `row` figures a unit.
std::vector<std::int64_t> over_units(const std::vector<std::int64_t>& figures, std::size_t units, std::size_t row) {
  std::vector<std::int64_t> sum(row);
  for (std::size_t unit = 0; unit < units; ++unit)
    for (std::size_t i = 0; i < row; ++i) sum[i] += figures[unit * row + i];
  return sum;
}

}  // namespace

std::size_t TotalsShape::bytes() const {
  return 8 * (slots() * stride() + cells * spreads.size() * static_cast<std::size_t>(limbs + 1));
}

std::uint64_t TotalsShape::hash() const {
  std::uint64_t hash = seed;
  for (const std::size_t size : {units, cells, counters, totals.size(), products.size(), spreads.size()})
    hash = mix(hash, size);
  hash = mix(hash, static_cast<std::uint64_t>(limbs));
  for (const auto& grids : {totals, products, spreads})
    for (const Grid& grid : grids) hash = mix(hash, static_cast<std::uint64_t>(grid.exponent + 4096));
  return hash;
}

DesignTotals::DesignTotals(TotalsShape shape)
    : shape_(std::move(shape)),
      figures_(shape_.slots() * shape_.stride()),
      spreads_(shape_.cells * shape_.spreads.size() * (limbs() + 1)) {}

Twofold DesignTotals::total(std::size_t slot, std::size_t k) const {
  const std::int64_t* totals = figures_.data() + slot * shape_.stride() + shape_.counters;
  return exact_twofold({totals + k * limbs(), limbs()}, shape_.totals[k]);
}

Twofold DesignTotals::product(std::size_t slot, std::size_t k) const {
  const std::int64_t* products =
      figures_.data() + slot * shape_.stride() + shape_.counters + shape_.totals.size() * limbs();
  return exact_twofold({products + k * (limbs() + 1), limbs() + 1}, shape_.products[k]);
}

Twofold DesignTotals::spread(std::size_t cell, std::size_t k) const {
  return exact_twofold({spreads_.data() + (cell * shape_.spreads.size() + k) * (limbs() + 1), limbs() + 1},
                       shape_.spreads[k]);
}

DesignTotals DesignTotals::of_cells() const {
  TotalsShape shape = shape_;
  shape.units = 1;
  DesignTotals cells(shape);
  cells.figures_ = over_units(figures_, shape_.units, cells.figures_.size());
  cells.spreads_ = spreads_;
  return cells;
}

DesignTotals& DesignTotals::operator+=(const DesignTotals& other) {
  if (shape_ != other.shape_)
    throw EstimateError("estimate.other_plan", "totals of different plans cannot be merged: make both under one plan");
  add(figures_, other.figures_);
  add(spreads_, other.spreads_);
  return *this;
}

std::string DesignTotals::to_bytes() const {
  std::uint64_t checksum = mix(mix(seed, figures_), spreads_);
  std::vector<std::uint64_t> words{magic, version, shape_.hash()};
  for (const auto* figures : {&figures_, &spreads_})
    for (const std::int64_t figure : *figures) words.push_back(std::bit_cast<std::uint64_t>(figure));
  words.push_back(checksum);
  std::string bytes(words.size() * sizeof(std::uint64_t), '\0');
  std::memcpy(bytes.data(), words.data(), bytes.size());
  return bytes;
}

DesignTotals DesignTotals::from_bytes(const TotalsShape& shape, std::string_view bytes) {
  const auto refuse = [](const char* what) {
    throw EstimateError("estimate.foreign_state",
                        std::string("these bytes are no totals of this plan (") + what + "): compute the part again");
  };
  DesignTotals result(shape);
  const std::size_t figures = result.figures_.size() + result.spreads_.size();
  if (bytes.size() != (figures + 4) * sizeof(std::uint64_t)) refuse("wrong size");
  std::vector<std::uint64_t> words(figures + 4);
  std::memcpy(words.data(), bytes.data(), bytes.size());
  if (words[0] != magic || words[1] != version) refuse("wrong kind or version");
  if (words[2] != shape.hash()) refuse("another plan");
  std::size_t next = 3;
  for (auto* target : {&result.figures_, &result.spreads_})
    for (std::int64_t& figure : *target) figure = std::bit_cast<std::int64_t>(words[next++]);
  if (words.back() != mix(mix(seed, result.figures_), result.spreads_)) refuse("damaged");
  return result;
}

}  // namespace enkat
