#include "enkat/statistic/grouping.hpp"

#include <algorithm>
#include <array>

#include "enkat/basics/error.hpp"

namespace enkat {
namespace {

constexpr std::size_t most_cells = std::size_t{1} << 24;

std::vector<std::string> option_names(const Question& question) {
  std::vector<std::string> names;
  for (const Option& option : question.options) names.push_back(option.name);
  return names;
}

}  // namespace

Grouping::Grouping(const Survey& survey, const std::vector<std::string>& by) : survey_(&survey) {
  for (const std::string& column : by) {
    Dimension dimension;
    if (const Question* question = survey.question(column);
        question != nullptr && (question->has_levels() || question->takes_several())) {
      dimension.answers = survey.answers(column);
      dimension.names = option_names(*question);
      dimension.overlapping = question->takes_several();
    } else {
      dimension.labels = survey.labels(column);
      for (std::size_t i = 0; i < dimension.labels->size(); ++i)
        dimension.names.push_back(dimension.labels->label[i].text);
      dimension.overlapping = false;
      keeps_empty_ = false;
    }
    auto& count = dimension.overlapping ? overlaps_ : cells_;
    count *= std::max<std::size_t>(1, dimension.names.size());
    if (cells_ > most_cells || overlaps_ > 4096)
      throw EstimateError("estimate.too_many_cells",
                          "the columns of `by` have too many combinations of values: use fewer columns or group values",
                          {{"by", by}});
    dimensions_.push_back(std::move(dimension));
  }
  std::size_t cell_stride = cells_, overlap_stride = overlaps_;
  for (Dimension& dimension : dimensions_) {
    auto& stride = dimension.overlapping ? overlap_stride : cell_stride;
    stride /= std::max<std::size_t>(1, dimension.names.size());
    dimension.stride = stride;
  }
}

std::size_t Grouping::missing_rows() const {
  const auto complete = [](const Dimension& dimension) {
    return dimension.answers ? dimension.answers->counts()[0] == static_cast<std::int64_t>(dimension.answers->rows())
                             : !dimension.labels->any_missing;
  };
  std::size_t missing = 0;
  if (std::ranges::all_of(dimensions_, complete)) return missing;
  std::array<std::int32_t, block_rows> cell;
  std::array<std::uint8_t, block_rows> inside;
  for (std::size_t first = 0; first < survey_->rows(); first += block_rows) {
    const Rows rows{first, std::min(survey_->rows(), first + block_rows)};
    cells_of(rows, std::span(cell).first(rows.size()));
    survey_->inside(rows, std::span(inside).first(rows.size()));
    for (std::size_t i = 0; i < rows.size(); ++i) missing += inside[i] != 0 && cell[i] < 0 ? 1 : 0;
  }
  return missing;
}

void Grouping::level_of(const Dimension& dimension, Rows rows, std::span<std::int32_t> out) const {
  if (dimension.answers) {
    dimension.answers->levels(rows.first, out);
  } else {
    const auto codes = std::span(dimension.labels->code).subspan(rows.first, rows.size());
    std::ranges::copy(codes, out.begin());
  }
}

void Grouping::cells_of(Rows rows, std::span<std::int32_t> out) const {
  std::array<std::uint8_t, block_rows> inside;
  survey_->inside(rows, std::span(inside).first(rows.size()));
  for (std::size_t i = 0; i < rows.size(); ++i) out[i] = inside[i] != 0 ? 0 : -1;
  std::array<std::int32_t, block_rows> levels;
  for (const Dimension& dimension : dimensions_) {
    if (dimension.overlapping) {
      dimension.answers->answered(rows.first, std::span(inside).first(rows.size()));
      for (std::size_t i = 0; i < rows.size(); ++i)
        if (inside[i] == 0) out[i] = -1;
      continue;
    }
    level_of(dimension, rows, std::span(levels).first(rows.size()));
    for (std::size_t i = 0; i < rows.size(); ++i)
      out[i] = out[i] < 0 || levels[i] < 0 ? -1 : out[i] + levels[i] * static_cast<std::int32_t>(dimension.stride);
  }
}

void Grouping::overlap(std::size_t combination, Rows rows, std::span<std::uint8_t> out) const {
  std::ranges::fill(out, std::uint8_t{1});
  std::array<std::uint8_t, block_rows> ticked;
  for (const Dimension& dimension : dimensions_) {
    if (!dimension.overlapping) continue;
    const std::size_t option = combination / dimension.stride % dimension.names.size();
    dimension.answers->ticked(option, rows.first, std::span(ticked).first(rows.size()));
    for (std::size_t i = 0; i < rows.size(); ++i) out[i] &= ticked[i];
  }
}

std::vector<std::string> Grouping::names(std::size_t cell, std::size_t combination) const {
  std::vector<std::string> names;
  for (const Dimension& dimension : dimensions_)
    names.push_back(
        dimension.names[(dimension.overlapping ? combination : cell) / dimension.stride % dimension.names.size()]);
  return names;
}

std::vector<Grouping::Group> Grouping::groups() const {
  std::size_t all = 1;
  for (const Dimension& dimension : dimensions_) all *= dimension.names.size();
  std::vector<Group> groups;
  for (std::size_t index = 0; index < all; ++index) {
    Group group{0, 0};
    std::size_t rest = index, size = all;
    for (const Dimension& dimension : dimensions_) {
      size /= dimension.names.size();
      (dimension.overlapping ? group.combination : group.cell) += rest / size * dimension.stride;
      rest %= size;
    }
    groups.push_back(group);
  }
  return groups;
}

}  // namespace enkat
