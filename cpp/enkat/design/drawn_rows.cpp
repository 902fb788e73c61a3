#include "enkat/design/drawn_rows.hpp"

#include <algorithm>
#include <charconv>

#include "enkat/design/design_column.hpp"

namespace enkat {
namespace {

constexpr std::size_t most_dense = std::size_t{1} << 22;

template <class Number>
std::vector<Number> numbers_of(const std::vector<std::string>& texts) {
  std::vector<Number> numbers;
  for (const std::string& text : texts) std::from_chars(text.data(), text.data() + text.size(), numbers.emplace_back());
  return numbers;
}

std::uint64_t key(std::int32_t path, std::int32_t code) {
  return static_cast<std::uint64_t>(path) << 32 | static_cast<std::uint32_t>(code);
}

}  // namespace

DrawnRows::DrawnRows(const Table& columns, const Design& design) : weight_(design.weight.value_or("")) {
  const auto add_roles = [&](const std::string& role, const std::vector<std::string>& names) {
    for (const std::string& name : names) {
      const ColumnType type = columns.column(name).type();
      const bool integer = type >= ColumnType::int8 && type <= ColumnType::uint32;
      const bool real = type == ColumnType::float32 || type == ColumnType::float64;
      roles_.push_back({role, name, integer ? Kind::integer : real ? Kind::real : Kind::text});
    }
  };
  add_roles("strata", design.strata);
  add_roles("cluster", design.cluster);
  add_roles("fpc", design.fpc);
  if (design.weight) columns.column(*design.weight).numbers(0, {});  // refuses what is no number
  missing_.resize(roles_.size());
}

void DrawnRows::add(const Table& part) {
  rows_ += static_cast<std::int64_t>(part.rows());
  if (!weight_.empty()) {
    std::vector<double> weights(part.rows());
    part.column(weight_).numbers(0, weights);
    weights_.add(weights);
  }
  // Rows that are alike so far have the same number; each column tells some of them apart.
  struct Path {
    std::vector<std::string> values;
    std::int64_t rows = 0;
  };
  std::vector<Path> paths{{{}, static_cast<std::int64_t>(part.rows())}};
  std::vector<std::int32_t> path(part.rows(), 0);
  for (std::size_t r = 0; r < roles_.size(); ++r) {
    const Labels labels(part.column(roles_[r].column));
    missing_[r] += std::ranges::count(labels.code, Labels::missing);
    std::vector<Path> longer;
    const std::size_t combinations = paths.size() * labels.size();
    const bool few = combinations <= 4 * path.size() + 1024;
    std::vector<std::int32_t> dense(few ? combinations : 0, -1);
    std::unordered_map<std::uint64_t, std::int32_t> sparse;
    for (std::size_t row = 0; row < path.size(); ++row) {
      if (path[row] < 0) continue;
      const std::int32_t code = labels.code[row];
      if (code < 0) {
        path[row] = -1;
        continue;
      }
      const auto before = static_cast<std::size_t>(path[row]);
      std::int32_t& number = few ? dense[before * labels.size() + static_cast<std::size_t>(code)]
                                 : sparse.try_emplace(key(path[row], code), -1).first->second;
      if (number < 0) {
        number = static_cast<std::int32_t>(longer.size());
        longer.push_back({paths[before].values, 0});
        longer.back().values.push_back(labels.text(static_cast<std::size_t>(code)));
      }
      path[row] = number;
      ++longer[static_cast<std::size_t>(number)].rows;
    }
    paths = std::move(longer);
  }
  for (const auto& [values, rows] : paths) rows_of_[values] += rows;
}

DrawnRows& DrawnRows::operator+=(const DrawnRows& other) {
  for (const auto& [values, rows] : other.rows_of_) rows_of_[values] += rows;
  for (std::size_t r = 0; r < missing_.size(); ++r) missing_[r] += other.missing_[r];
  weights_ += other.weights_;
  rows_ += other.rows_;
  return *this;
}

void DrawnRows::check() const {
  if (rows_ == 0) throw DataError("data.empty", "the data have no rows: there is nothing to estimate from");
  for (std::size_t r = 0; r < roles_.size(); ++r)
    refuse_missing(roles_[r].name, roles_[r].column, static_cast<std::size_t>(missing_[r]));
  if (!weight_.empty()) weights_.check(weight_);
}

Table DrawnRows::table() const {
  if (roles_.empty()) return Table({}, rows_of_.size());
  std::vector<std::pair<std::string, Values>> columns;
  for (std::size_t r = 0; r < roles_.size(); ++r) {
    if (std::ranges::find(columns, roles_[r].column, [](const auto& c) { return c.first; }) != columns.end()) continue;
    std::vector<std::string> texts;
    for (const auto& [values, rows] : rows_of_) texts.push_back(values[r]);
    Values values = texts;
    if (roles_[r].kind == Kind::integer) values = numbers_of<std::int64_t>(texts);
    if (roles_[r].kind == Kind::real) values = numbers_of<double>(texts);
    columns.emplace_back(roles_[r].column, std::move(values));
  }
  return Table::from_columns(std::move(columns));
}

std::vector<std::int64_t> DrawnRows::counts() const {
  std::vector<std::int64_t> counts;
  for (const auto& [values, rows] : rows_of_) counts.push_back(rows);
  return counts;
}

void DrawnRows::write(ByteWriter& out) const {
  out.put(rows_of_.size());
  for (const auto& [values, rows] : rows_of_) {
    for (const std::string& value : values) out.put(value);
    out.put(rows);
  }
  out.put(missing_);
  weights_.write(out);
  out.put(rows_);
}

DrawnRows DrawnRows::read(ByteReader& in) const {
  DrawnRows other = *this;
  other.rows_of_.clear();
  for (auto left = in.get<std::size_t>(); left > 0; --left) {
    std::vector<std::string> values;
    for (std::size_t r = 0; r < roles_.size(); ++r) values.emplace_back(in.text());
    other.rows_of_[values] = in.get<std::int64_t>();
  }
  other.missing_ = in.list<std::int64_t>();
  other.missing_.resize(roles_.size());
  other.weights_.read(in);
  other.rows_ = in.get<std::int64_t>();
  return other;
}

DrawnIndex::DrawnIndex(const Table& combinations, const Design& design) {
  std::vector<std::int32_t> path(combinations.rows(), 0);
  std::size_t paths = 1;
  for (const auto* names : {&design.strata, &design.cluster}) {
    for (const std::string& name : *names) {
      const Labels labels(combinations.column(name));
      Step step{name, LabelIndex(labels), labels.size(), {}, {}};
      for (std::size_t row = 0; row < path.size(); ++row)
        path[row] = step.next.try_emplace(key(path[row], labels.code[row]), static_cast<std::int32_t>(step.next.size()))
                        .first->second;
      if (paths * step.width <= most_dense) {
        step.dense.assign(paths * step.width, -1);
        for (const auto& [from, to] : step.next) step.dense[(from >> 32) * step.width + (from & 0xffffffff)] = to;
      }
      paths = step.next.size();
      steps_.push_back(std::move(step));
    }
  }
  row_of_path_.assign(paths, -1);
  for (std::size_t row = 0; row < path.size(); ++row)
    if (auto& place = row_of_path_[static_cast<std::size_t>(path[row])]; place < 0)
      place = static_cast<std::int32_t>(row);
}

std::vector<std::int32_t> DrawnIndex::find(const Table& part) const {
  std::vector<std::int32_t> path(part.rows(), 0);
  const auto changed = [] {
    throw DataError("data.changed",
                    "the data have strata or clusters that were not there when they were read first: "
                    "scan anew");
  };
  for (const Step& step : steps_) {
    const std::vector<std::int32_t> code = step.labels.codes(part.column(step.column));
    if (std::ranges::find(code, Labels::missing) != code.end()) changed();
    if (!step.dense.empty()) {
      std::int32_t least = 0;
      for (std::size_t row = 0; row < path.size(); ++row) {
        path[row] = step.dense[static_cast<std::size_t>(path[row]) * step.width + static_cast<std::size_t>(code[row])];
        least = std::min(least, path[row]);
      }
      if (least < 0) changed();
    } else {
      for (std::size_t row = 0; row < path.size(); ++row) {
        const auto found = step.next.find(key(path[row], code[row]));
        if (found == step.next.end()) changed();
        path[row] = found->second;
      }
    }
  }
  for (std::int32_t& at : path) at = row_of_path_[static_cast<std::size_t>(at)];
  return path;
}

}  // namespace enkat
