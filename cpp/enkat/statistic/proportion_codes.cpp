#include <algorithm>
#include <array>

#include "enkat/statistic/proportion.hpp"

namespace enkat {
namespace {

/// Answers of a set: the patterns of ten options, for thousands of slots, then stay near the size of a cache.
constexpr std::size_t answers_of_set = 4;

/// Eight bits as eight bytes, 0 or 1.
std::uint64_t spread_bits(std::uint64_t bits) {
  const std::uint64_t one_each = (bits * 0x0101010101010101U) & 0x8040201008040201U;
  return ((one_each + 0x7f7f7f7f7f7f7f7fU) >> 7) & 0x0101010101010101U;
}

/// Which of some options each row of a block ticked. Blocks begin at whole bytes of the planes.
void ticked_patterns(const Proportion& share, std::size_t first, std::size_t options, Rows rows,
                     std::span<std::uint16_t> out) {
  std::array<const std::uint64_t*, answers_of_set> plane;
  for (std::size_t k = 0; k < options; ++k)
    plane[k] = share.answered->plane(share.option(first + k)).data() + rows.first / 64;
  for (std::size_t i = 0; i < rows.size(); i += 8) {
    std::uint64_t pattern = 0;
    for (std::size_t k = 0; k < options; ++k) pattern |= spread_bits((plane[k][i / 64] >> (i % 64)) & 0xff) << k;
    const std::size_t end = std::min(rows.size(), i + 8);
    for (std::size_t j = i; j < end; ++j) out[j] = static_cast<std::uint16_t>((pattern >> (8 * (j - i))) & 0xff);
  }
}

}  // namespace

std::vector<ChoiceSet> Proportion::choice_sets(std::size_t place) const {
  // "Any of" and answers with a row for the missing are rare, and have their indicators.
  if (!any_of.empty() || missing_level) return {};
  const std::size_t given = terms() - 1;
  if (disjoint()) return {{0, given, false, place}};
  std::vector<ChoiceSet> sets;
  for (std::size_t first = 0; first < given; first += answers_of_set) {
    sets.push_back({first, std::min(answers_of_set, given - first), true, place});
    place += sets.back().codes();
  }
  return sets;
}

void Proportion::choice_base(Rows rows, std::span<std::uint8_t> out) const {
  if (everyone) {
    std::ranges::fill(out, std::uint8_t{1});
  } else {
    answered->answered(rows.first, out);
  }
}

void Proportion::choice_codes(const ChoiceSet& set, Rows rows, std::span<std::uint16_t> out) const {
  if (set.several) return ticked_patterns(*this, set.first, set.answers, rows, out);
  std::array<std::int32_t, block_rows> level;
  answered->levels(rows.first, std::span(level).first(rows.size()));
  const auto none = static_cast<std::int32_t>(set.answers);
  const std::vector<std::int32_t> place = place_of_level();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::int32_t k = level[i] < 0 ? -1 : place[static_cast<std::size_t>(level[i])];
    out[i] = static_cast<std::uint16_t>(k < 0 ? none : k);
  }
}

}  // namespace enkat
