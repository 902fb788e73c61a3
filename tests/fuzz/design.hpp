#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "enkat/basics/json.hpp"
#include "enkat/data/column_facts.hpp"
#include "enkat/design/drawn_rows.hpp"
#include "enkat/design/pass.hpp"
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

/// The rows of `people` and how they were drawn, as a pass that nobody has seen rows for.
struct NobodyPass {
  using State = DrawnRows;
  static constexpr std::string_view name = "design";

  State empty(const Survey&) const { return nobody(); }
  void observe_table(const Survey&, const Table& part, State& rows, Monitor&) const { rows.add(part); }
  void write(ByteWriter&) const {}
  static NobodyPass read(ByteReader&, const Survey&) { return {}; }
};

/// Of a survey whose rows are read in parts.
inline PassOf<NobodyPass> pass() {
  class People final : public Parts {
   public:
    void run(Pass& pass, const std::vector<std::string>&, Monitor& monitor) override { pass.see(people(), monitor); }
  };
  static NoMonitor nobody_watches;
  static const Survey survey = Survey(people(), Codebook(), Design(), std::make_shared<People>(), nobody_watches)
                                   .reading({.numbers = {}, .answers = {}, .by = {}}, nobody_watches);
  return {survey, NobodyPass()};
}

inline void drawn_rows(std::string_view bytes) { state(bytes, nobody()); }
inline void facts(std::string_view bytes) { state(bytes, ColumnFacts()); }
inline void pass_bytes(std::string_view bytes) { pass().add(bytes); }

}  // namespace enkat::fuzz
