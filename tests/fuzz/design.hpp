#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "enkat/basics/json.hpp"
#include "enkat/data/column_facts.hpp"
#include "enkat/design/drawn_rows.hpp"
#include "enkat/design/parts.hpp"
#include "tests/fuzz/state.hpp"

namespace enkat::fuzz {

inline const Table& people() {
  using Numbers = std::vector<double>;
  using Texts = std::vector<std::string>;
  static const Table table =
      Table::from_columns({{"w", Numbers{1, 2, 3, 4}}, {"h", Numbers{1, 1, 2, 2}}, {"s", Texts{"a", "a", "b", "b"}}});
  return table;
}

inline DrawnRows nobody() {
  return {people(), Design::from_json({{"weight", "w"}, {"cluster", {"h"}}, {"strata", {"s"}}})};
}

inline auto pass() {
  return PassOf("design", nobody(), [](const Table& part, DrawnRows& rows, Monitor&) { rows.add(part); });
}

inline void drawn_rows(std::string_view bytes) { state(bytes, nobody()); }
inline void facts(std::string_view bytes) { state(bytes, ColumnFacts()); }
inline void pass_bytes(std::string_view bytes) { pass().add(bytes); }

}  // namespace enkat::fuzz
