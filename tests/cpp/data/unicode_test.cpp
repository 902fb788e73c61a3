#include "enkat/data/unicode.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "arrow_source.hpp"

namespace enkat::unicode_test {

using namespace test;
using Texts = std::vector<std::string>;
using Ints = std::vector<std::optional<std::int8_t>>;

const std::string one = "\xc3\xa5", two = "a\xcc\x8a", greek = "\xce\xb1";

std::optional<Texts> found_in(Array array) {
  const Table table = table_of(std::move(array));
  auto found = composable_texts(table.column("x"));
  if (found) std::ranges::sort(*found);
  return found;
}

Texts read(const Column& column) {
  std::vector<std::string_view> texts(column.size());
  column.texts(0, texts);
  Texts found;
  for (const std::string_view text : texts) found.emplace_back(text.data() == nullptr ? "-" : std::string(text));
  return found;
}

TEST(Unicode, FindsTextsThatMayBeComposedOnce) {
  EXPECT_EQ(found_in(texts({{one}, {"plain"}, std::nullopt})), Texts());
  EXPECT_EQ(found_in(texts({{two}, {one}, {greek}, {two}, std::nullopt})), (Texts{two, greek}));
  EXPECT_EQ(found_in(texts({{two}, {one}, {greek}}).sliced(1, 2)), (Texts{greek}));
  EXPECT_EQ(found_in(dictionary<std::int8_t>("c", Ints{0, 0}, texts({{two}}))), (Texts{two}));
  EXPECT_EQ(found_in(lists({1, 1}, texts({{two}, {"x"}}))), (Texts{two}));
  EXPECT_EQ(found_in(numbers<double>("g", {{1}})), Texts());
}

TEST(Unicode, RefusesWhatIsNoUtf8) {
  for (const std::string wrong : {"\xc3", "\x80", "\xc0\x80", "\xe0\x80\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80",
                                  "\xf0\x80\x80\x80", "\xff", "\xc3z", "\xe2\x82"})
    EXPECT_EQ(found_in(texts({{"x"}, {wrong}})), std::nullopt) << testing::PrintToString(wrong);
  for (const std::string right : {"\xc2\x80", "\xed\x9f\xbf", "\xee\x80\x80", "\xf4\x8f\xbf\xbf", "\xe2\x82\xac"})
    EXPECT_NE(found_in(texts({{right}})), std::nullopt) << testing::PrintToString(right);
}

TEST(Unicode, PutsOtherTextsInTheirPlace) {
  const std::unordered_map<std::string, std::string> instead{{two, one}};
  const Table plain = table_of(texts({{two}, std::nullopt, {"x"}, {two}}).sliced(1, 3));
  EXPECT_EQ(read(with_texts(plain.column("x"), instead)), (Texts{"-", "x", one}));
  const Table coded = table_of(dictionary<std::int8_t>("c", Ints{1, 0, std::nullopt}, texts({{two}, {"x"}}), true));
  const Column changed = with_texts(coded.column("x"), instead);
  EXPECT_EQ(read(changed), (Texts{"x", one, "-"}));
  EXPECT_EQ(changed.form(), coded.column("x").form());
  const Table listed = table_of(lists({2, 1}, texts({{two}, {"x"}, {two}})));
  EXPECT_EQ(read(*with_texts(listed.column("x"), instead).chunks()[0].elements), (Texts{one, "x", one}));
}

}  // namespace enkat::unicode_test
