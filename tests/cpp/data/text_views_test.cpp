#include "enkat/data/text_views.hpp"

#include <gtest/gtest.h>

#include "arrow_source.hpp"
#include "enkat/basics/error.hpp"

namespace enkat::text_views_test {

using namespace test;

const std::string long_text = "longer than a view has room for";

/// Where a long text is, as its view says it.
struct Place {
  std::int32_t length = 0, buffer = 0, offset = 0;
};

std::vector<std::uint8_t> view_of(const std::string& text, Place place) {
  std::vector<std::uint8_t> view(16);
  place.length = place.length != 0 ? place.length : static_cast<std::int32_t>(text.size());
  std::memcpy(view.data(), &place.length, 4);
  std::memcpy(view.data() + 4, text.data(), std::min<std::size_t>(text.size(), 12));
  if (text.size() <= 12) return view;
  std::memcpy(view.data() + 8, &place.buffer, 4);
  std::memcpy(view.data() + 12, &place.offset, 4);
  return view;
}

/// Views of "ab", nothing, and a long text in the second of two buffers.
Array views(Place place = {.buffer = 1, .offset = 3}) {
  std::vector<std::uint8_t> cells;
  for (const auto& view : {view_of("ab", {}), view_of("", {.length = -9}), view_of(long_text, place)})
    cells.insert(cells.end(), view.begin(), view.end());
  const std::string second = "xyz" + long_text;
  const std::vector<std::int64_t> lengths{1, static_cast<std::int64_t>(second.size())};
  return {
      .format = "vu",
      .length = 3,
      .buffers = {{0b101}, cells, {'-'}, std::vector<std::uint8_t>(second.begin(), second.end()), bytes_of(lengths)}};
}

std::vector<std::string> texts_in(const Column& column) {
  std::vector<std::string_view> texts(column.size());
  column.texts(0, texts);
  std::vector<std::string> found;
  for (const std::string_view text : texts) found.emplace_back(text.data() == nullptr ? "-" : std::string(text));
  return found;
}

TEST(TextViews, AreReadAsTexts) {
  EXPECT_EQ(texts_in(table_of(views()).column("x")), (std::vector<std::string>{"ab", "-", long_text}));
  EXPECT_EQ(texts_in(table_of(views().sliced(1, 2)).column("x")), (std::vector<std::string>{"-", long_text}));
  const Array all_there = {.format = "vu", .length = 1, .buffers = {{}, view_of("\xc3\xa5", {}), {0}}};
  EXPECT_EQ(texts_in(table_of(all_there).column("x")), (std::vector<std::string>{"\xc3\xa5"}));
}

TEST(TextViews, AreCategoriesAndElementsOfLists) {
  const std::vector<std::optional<std::int8_t>> indices{2, 0, std::nullopt};
  EXPECT_EQ(texts_in(table_of(dictionary<std::int8_t>("c", indices, views())).column("x")),
            (std::vector<std::string>{long_text, "ab", "-"}));
  const Table listed = table_of(lists({2, 1}, views()));
  EXPECT_EQ(texts_in(*listed.column("x").chunks()[0].elements), (std::vector<std::string>{"ab", "-", long_text}));
}

TEST(TextViews, ThatLeaveTheirBuffersAreRefused) {
  const auto size = static_cast<std::int32_t>(long_text.size());
  const std::vector<Place> outside{{.buffer = 2},
                                   {.buffer = -1},
                                   {.buffer = 0},
                                   {.buffer = 1, .offset = 4},
                                   {.buffer = 1, .offset = -1},
                                   {.length = -size, .buffer = 1}};
  for (const Place& place : outside) {
    try {
      table_of(views(place));
      FAIL();
    } catch (const DataError& error) {
      EXPECT_EQ(error.code, "data.malformed_arrow");
    }
  }
  Array without_lengths = views();
  without_lengths.buffers.resize(2);
  EXPECT_THROW(table_of(without_lengths), DataError);
  EXPECT_EQ(Source::alive, 0);
}

}  // namespace enkat::text_views_test
