#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "enkat/basics/json.hpp"
#include "enkat/basics/random.hpp"
#include "enkat/design/survey.hpp"

namespace enkat::benchmarks {

inline constexpr std::size_t made_rows = 100'000, made_strata = 50, made_psus = 20, made_domains = 20, made_items = 10;

/// Draws that depend on the row and on what is drawn only, with no function that libraries compute differently.
class Draws {
 public:
  explicit Draws(std::uint32_t what) : what_(what) {}
  std::uint64_t below(std::size_t row, std::uint64_t n) const { return random_bits(20'261, what_, row, 0) % n; }
  double uniform(std::size_t row) const { return static_cast<double>(below(row, 1U << 20)) / (1U << 20); }
  bool one_in(std::size_t row, std::uint64_t n) const { return below(row, n) == 0; }

 private:
  std::uint32_t what_;
};

/// Values with the bits that say which of them are there, as Arrow keeps them.
template <class Value>
struct Made {
  std::vector<Value> values = std::vector<Value>(made_rows);
  std::vector<std::uint8_t> valid = std::vector<std::uint8_t>((made_rows + 7) / 8, 0xFF);

  void remove(std::size_t row) { valid[row / 8] = static_cast<std::uint8_t>(valid[row / 8] & ~(1U << (row % 8))); }
};

template <class Value>
Column column(std::string name, Column::Form form, Made<Value> made) {
  const auto owner = std::make_shared<const Made<Value>>(std::move(made));
  Chunk chunk;
  chunk.owner = owner;
  chunk.length = made_rows;
  chunk.validity = owner->valid.data();
  chunk.values = owner->values.data();
  return Column(std::move(name), std::move(form), {std::move(chunk)});
}

inline Column small_numbers(std::string name, Made<std::int8_t> made) {
  return column(std::move(name), {.type = ColumnType::int8, .format = "c"}, std::move(made));
}

inline Column integers(std::string name, Made<std::int32_t> made) {
  return column(std::move(name), {.type = ColumnType::int32, .format = "i"}, std::move(made));
}

inline Column reals(std::string name, Made<double> made) {
  return column(std::move(name), {.type = ColumnType::float64, .format = "g"}, std::move(made));
}

inline Column domain(const std::string& name, std::uint32_t what, std::uint64_t groups) {
  Made<std::int8_t> made;
  for (std::size_t i = 0; i < made_rows; ++i) made.values[i] = static_cast<std::int8_t>(Draws(what).below(i, groups));
  return small_numbers(name, std::move(made));
}

/// A clustered, weighted sample in an order of its own; one in twenty did not answer y, nor one the ten items.
inline Table made_table() {
  const Draws unit(0), first(1), second(2), noise(3), size(4), silent(5), silent_on_items(6);
  Made<std::int32_t> stratum, psu;
  Made<double> w, x, y;
  std::vector<Made<std::int8_t>> items(made_items);
  for (std::size_t i = 0; i < made_rows; ++i) {
    const std::uint64_t drawn = unit.below(i, made_strata * made_psus);
    stratum.values[i] = static_cast<std::int32_t>(drawn / made_psus);
    psu.values[i] = static_cast<std::int32_t>(drawn);
    w.values[i] = 100 * (0.4 + first.uniform(i)) * (0.4 + second.uniform(i)) / (0.3 + noise.uniform(i));  // skewed
    x.values[i] = 1 + 4 * size.uniform(i) * size.uniform(i);
    y.values[i] = 10 + 2 * x.values[i] + static_cast<double>(drawn % 7) + 8 * noise.uniform(i);
    if (silent.one_in(i, 20)) y.remove(i);
    for (std::size_t k = 0; k < made_items; ++k) {
      items[k].values[i] = Draws(10 + static_cast<std::uint32_t>(k)).one_in(i, k + 2) ? 1 : 0;
      if (silent_on_items.one_in(i, 20)) items[k].remove(i);
    }
  }
  std::vector<Column> columns{integers("stratum", std::move(stratum)),
                              integers("psu", std::move(psu)),
                              reals("w", std::move(w)),
                              reals("x", std::move(x)),
                              reals("y", std::move(y)),
                              domain("dom3", 7, 3),
                              domain("age4", 8, 4),
                              domain("dom20", 9, made_domains)};
  for (std::size_t k = 0; k < made_items; ++k)
    columns.push_back(small_numbers("item_" + std::to_string(k), std::move(items[k])));
  return Table(std::move(columns), made_rows);
}

inline Survey made_survey() {
  Json items{{"name", "items"}, {"type", "multiple"}, {"storage", "columns"}, {"label", "Items"}};
  for (std::size_t k = 0; k < made_items; ++k) {
    const std::string name = "item_" + std::to_string(k);
    items["options"].push_back({{"name", name}, {"column", name}});
  }
  const Json codebook{{"schema_version", 1}, {"language", "en"}, {"questions", {items}}};
  Design design;
  design.weight = "w";
  design.strata = {"stratum"};
  design.cluster = {"psu"};
  return Survey(made_table(), Codebook::from_json(codebook), design);
}

}  // namespace enkat::benchmarks
