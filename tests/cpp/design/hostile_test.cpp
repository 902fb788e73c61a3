#include <gtest/gtest.h>

#include "enkat/basics/error.hpp"
#include "enkat/basics/json.hpp"
#include "enkat/data/column_facts.hpp"
#include "enkat/design/drawn_rows.hpp"
#include "enkat/design/parts.hpp"
#include "tests/cpp/mutated.hpp"

namespace enkat::hostile_design_test {

using Numbers = std::vector<double>;
using Texts = std::vector<std::string>;

Table people() {
  return Table::from_columns(
      {{"w", Numbers{1, 2, 3, 4}}, {"h", Numbers{1, 1, 2, 2}}, {"s", Texts{"a", "a", "b", "b"}}});
}

Design drawn() { return Design::from_json({{"weight", "w"}, {"cluster", {"h"}}, {"strata", {"s"}}}); }

TEST(HostileStates, OfAPassEndInAStateOrACodedError) {
  const Table table = people();
  const auto pass = [&] {
    return PassOf("design", DrawnRows(table, drawn()),
                  [](const Table& part, DrawnRows& rows, Monitor&) { rows.add(part); });
  };
  NoMonitor nobody;
  auto seen = pass();
  seen.see(table, nobody);
  const std::string bytes = seen.bytes();
  testing::Mutations mutated(8);
  for (int i = 0; i < testing::mutations; ++i) {
    const std::string changed = mutated.of(bytes);
    auto fresh = pass();
    try {
      fresh.add(changed);
      EXPECT_EQ(changed, bytes) << "a checksum that fits other bytes";
    } catch (const EstimateError&) {
    } catch (const std::exception& error) {
      FAIL() << error.what() << " in " << i;
    }
  }
}

TEST(HostileStates, WithAChecksumThatFitsEndInAStateOrACodedError) {
  const Table table = people();
  DrawnRows rows(table, drawn());
  const DrawnRows none = rows;
  rows.add(table);
  testing::try_states(rows, none, 9);
  ColumnFacts facts;
  facts.ranges["w"].add(Numbers{1, 2, 3, 4});
  facts.labels["s"].add(table.column("s"));
  testing::try_states(facts, ColumnFacts(), 10);
}

}  // namespace enkat::hostile_design_test
