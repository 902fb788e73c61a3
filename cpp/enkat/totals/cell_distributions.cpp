#include "enkat/totals/cell_distributions.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "enkat/basics/record_bytes.hpp"
#include "enkat/design/pass.hpp"

namespace enkat {
namespace {

/// Answers that are collected rather than counted again: 10 MB.
constexpr std::int64_t collected_rows = std::int64_t{1} << 16;
/// Bins of all windows of a pass, and of one.
constexpr std::size_t all_bins = std::size_t{1} << 18, most_bins = 4096, fewest_bins = 64;
/// Bins that hardly anybody is in cost more than they tell.
constexpr std::size_t rows_of_a_bin = 4;

/// Lets `state.add` see the answers of some rows that may be in its windows. Weights of zero stay out: such rows are in
/// no sample.
template <class State>
void observe(const Groups& groups, const Answers& answers, Rows rows, State& state) {
  std::array<double, block_rows> value, weight;
  std::array<std::int32_t, block_rows> cell;
  std::array<std::uint8_t, block_rows> member;
  std::array<std::uint16_t, block_rows> seen;
  const Grouping& grouping = groups.grouping;
  answers.numbers(rows.first, std::span(value).first(rows.size()));
  groups.survey.weights(rows, std::span(weight).first(rows.size()));
  grouping.cells_of(rows, std::span(cell).first(rows.size()));
  for (std::size_t overlap = 0; overlap < grouping.overlaps(); ++overlap) {
    grouping.overlap(overlap, rows, std::span(member).first(rows.size()));
    const auto slot_of = [&](std::size_t i) {
      return overlap * grouping.cells() + static_cast<std::size_t>(std::max(cell[i], 0));
    };
    std::size_t count = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {  // a value that is missing is in no window
      seen[count] = static_cast<std::uint16_t>(i);
      const int in_sample = static_cast<int>(cell[i] >= 0) & member[i] & static_cast<int>(weight[i] != 0);
      count += static_cast<std::size_t>(in_sample & state.windows().may_hold(slot_of(i), value[i]));
    }
    for (const std::size_t i : std::span(seen).first(count)) {
      const double one_zero = value[i] + 0.0;  // −0 and 0 are one value
      state.add(slot_of(i), one_zero, weight[i]);
    }
  }
}

/// Adds the answers of a part to a state.
template <class State, class MakeEmpty>
void observe(const Groups& groups, const std::string& variable, State& state, const MakeEmpty& empty,
             Monitor& monitor) {
  const auto answers = groups.survey.numbers(variable);
  reduce_into(
      state, groups.survey.rows(), empty, [&](Rows rows, State& seen) { observe(groups, *answers, rows, seen); },
      monitor);
}

/// What both passes know: a number, its groups, and where to look.
struct Looked {
  std::vector<std::string> by;
  std::string variable;
  std::vector<ValueWindow> windows;
};

void put(ByteWriter& out, const Looked& looked) {
  put_value(out, looked.by);
  put_value(out, looked.variable);
  put_value(out, looked.windows);
}

Looked get_looked(ByteReader& in) {
  Looked looked;
  looked.by = get_value<std::vector<std::string>>(in);
  looked.variable = get_value<std::string>(in);
  looked.windows = get_value<std::vector<ValueWindow>>(in);
  return looked;
}

/// Answers counted in bins.
struct BinsPass {
  using State = ValueBins;
  static constexpr std::string_view name = "answers in bins";
  Looked at;
  std::size_t bins = 0;

  State empty(const Survey& all) const { return {ValueWindows(at.windows), bins, all.largest_weight()}; }
  void observe(const Survey& part, State& counted, Monitor& monitor) const {
    enkat::observe(Groups(part, at.by), at.variable, counted, [&] { return empty(part); }, monitor);
  }
  void write(ByteWriter& out) const {
    put(out, at);
    out.put(bins);
  }
  static BinsPass read(ByteReader& in, const Survey&) {
    Looked looked = get_looked(in);
    return {std::move(looked), in.get<std::size_t>()};
  }
};
const KnownPass<BinsPass> bins_pass;

/// Answers collected.
struct ValuesPass {
  using State = WeightedValues;
  static constexpr std::string_view name = "answers in windows";
  Looked at;

  State empty(const Survey& all) const { return {all.largest_weight(), ValueWindows(at.windows)}; }
  void observe(const Survey& part, State& collected, Monitor& monitor) const {
    enkat::observe(Groups(part, at.by), at.variable, collected, [&] { return empty(part); }, monitor);
  }
  void write(ByteWriter& out) const { put(out, at); }
  static ValuesPass read(ByteReader& in, const Survey&) { return {get_looked(in)}; }
};
const KnownPass<ValuesPass> values_pass;

}  // namespace

CellDistributions::CellDistributions(std::shared_ptr<const Groups> groups, std::string variable)
    : groups_(std::move(groups)), variable_(std::move(variable)), bins_(groups_->slots()) {
  // Until they are counted, all answers of a cell are in one bin.
  const NumberRange range = groups_->survey.numbers(variable_)->range();
  for (std::vector<ValueBin>& bins : bins_) {
    bins.resize(1);
    bins[0].low = range.low + 0.0;
    bins[0].high = range.high + 0.0;
    bins[0].count = static_cast<std::int64_t>(groups_->survey.sample().rows());
    bins[0].counted = false;
  }
}

void CellDistributions::open(const std::vector<Wanted>& wanted, Monitor& monitor) {
  // Who wants all answers is not helped by counting them first.
  const bool everything = std::ranges::any_of(wanted, [](const Wanted& one) { return std::isinf(one.reach); });
  std::vector<Wanted> without_reach = wanted;
  for (Wanted& one : without_reach) one.reach = 0;
  for (bool first_time = true;; first_time = false) {
    std::vector<ValueWindow> windows = closed(wanted);
    if (windows.empty()) return;
    if (everything || rows_in(windows) <= collected_rows) {
      collect(windows, monitor);
      continue;
    }
    // Of many small cells most answers are near: what is around the quantiles waits until somebody asks for it.
    windows = closed(without_reach);
    if (windows.empty()) return;
    if (rows_in(windows) <= collected_rows) {
      collect(windows, monitor);
    } else {
      count_again(windows, first_time, monitor);
    }
  }
}

/// The windows of bins that hold several values where one is asked for.
std::vector<ValueWindow> CellDistributions::closed(const std::vector<Wanted>& wanted) const {
  std::vector<ValueWindow> windows;
  for (const Wanted& one : wanted) add_closed(one, windows);
  std::ranges::sort(windows, [](const ValueWindow& a, const ValueWindow& b) {
    return a.slot != b.slot ? a.slot < b.slot : a.low < b.low;
  });
  // They may overlap: what follows a window without a gap belongs to it, what is inside is there twice.
  std::vector<ValueWindow> apart;
  for (const ValueWindow& window : windows) {
    if (!apart.empty() && apart.back().slot == window.slot && window.low <= apart.back().high)
      apart.back().high = std::max(apart.back().high, window.high);
    else
      apart.push_back(window);
  }
  return apart;
}

void CellDistributions::add_closed(const Wanted& wanted, std::vector<ValueWindow>& windows) const {
  const std::vector<ValueBin>& bins = bins_[wanted.slot];
  if (bins.empty()) return;
  const WeightedDistribution found = distribution(wanted.slot);
  const double answers = static_cast<double>(found.count.back());
  const double margin = wanted.reach * (std::sqrt(wanted.share * (1 - wanted.share) / answers) + 1 / answers);
  const auto at = [&](double share) {
    return std::ranges::lower_bound(found.cumulative, std::clamp(share, 0.0, 1.0) * found.total()) -
           found.cumulative.begin();
  };
  constexpr double same = 1e-9;  // wider than what quantile rules take for equal
  const auto last = std::ssize(bins) - 1;
  const auto first_bin = std::max<std::ptrdiff_t>(0, at((wanted.share - margin) * (1 - same)) - 1);
  const auto last_bin = std::min(last, at((wanted.share + margin) * (1 + same)) + 1);
  for (auto i = static_cast<std::size_t>(first_bin); i <= static_cast<std::size_t>(last_bin); ++i) {
    if (bins[i].single() && bins[i].counted) continue;
    const bool follows =
        !windows.empty() && windows.back().slot == wanted.slot && i > 0 && windows.back().high == bins[i - 1].high;
    if (follows)
      windows.back().high = bins[i].high;
    else
      windows.push_back({wanted.slot, bins[i].low, bins[i].high});
  }
}

std::int64_t CellDistributions::rows_in(const std::vector<ValueWindow>& windows) const {
  std::int64_t rows = 0;
  for (const ValueWindow& window : windows)
    for (const ValueBin& bin : bins_[window.slot])
      if (bin.low >= window.low && bin.high <= window.high) rows += bin.count;
  return std::min(rows, static_cast<std::int64_t>(groups_->survey.sample().rows()));
}

void CellDistributions::count_again(std::vector<ValueWindow> windows, bool first_time, Monitor& monitor) {
  for (ValueWindow& window : windows) window.by_value = first_time && window.low < 0 && window.high > 0;
  const std::size_t wanted = std::min(all_bins, groups_->survey.sample().rows() / rows_of_a_bin);
  const std::size_t bins = std::clamp(wanted / windows.size(), fewest_bins, most_bins);
  const ValueBins counted = run_pass(groups_->survey, BinsPass{{groups_->by, variable_, windows}, bins}, monitor);
  for (std::size_t w = 0; w < windows.size(); ++w) replace(windows[w], counted.of(w));
}

void CellDistributions::collect(const std::vector<ValueWindow>& windows, Monitor& monitor) {
  const WeightedValues collected = run_pass(groups_->survey, ValuesPass{{groups_->by, variable_, windows}}, monitor);
  for (const ValueWindow& window : windows) {
    breathe();
    replace(window, collected.bins(window.slot, window.low, window.high));
  }
}

/// Puts finer bins in the place of those of a window.
void CellDistributions::replace(const ValueWindow& window, std::vector<ValueBin> finer) {
  std::vector<ValueBin>& bins = bins_[window.slot];
  const auto inside = [&](const ValueBin& bin) { return bin.low >= window.low && bin.high <= window.high; };
  const auto first = std::ranges::find_if(bins, inside);
  const auto place = bins.erase(first, std::find_if_not(first, bins.end(), inside));
  bins.insert(place, finer.begin(), finer.end());
}

WeightedDistribution CellDistributions::distribution(std::size_t slot) const {
  breathe();
  return distribution_of(bins_[slot], Grid::for_bound(groups_->survey.largest_weight()));
}

}  // namespace enkat
