#include "enkat/data/check_arrow.hpp"

#include <gtest/gtest.h>

#include "arrow_source.hpp"
#include "enkat/basics/error.hpp"
#include "enkat/data/labels.hpp"

namespace enkat::check_arrow_test {

using namespace test;
using Ints = std::vector<std::optional<std::int8_t>>;

/// The code of the error that reading a column ends in, its labels made.
std::string code_of(const Array& column) {
  try {
    Source source({"x"}, {{column}});
    const Table table = source.table();
    const Labels labels(table.column("x"));
  } catch (const Error& error) {
    return error.code;
  }
  return "no error";
}

template <class T>
Array with(Array array, std::size_t buffer, std::size_t place, T value) {
  std::memcpy(array.buffers[buffer].data() + place * sizeof(T), &value, sizeof(T));
  return array;
}

TEST(CheckArrow, RefusesOffsetsThatDecreaseOrAreNegative) {
  const Array words = texts({{"ab"}, {"c"}, {"de"}});
  EXPECT_EQ(code_of(words), "no error");
  EXPECT_EQ(code_of(with<std::int32_t>(words, 1, 1, -5)), "data.malformed_arrow");
  EXPECT_EQ(code_of(with<std::int32_t>(words, 1, 1, 4)), "data.malformed_arrow");
  EXPECT_EQ(code_of(with<std::int32_t>(words, 1, 0, -1)), "data.malformed_arrow");
  EXPECT_EQ(code_of(with<std::int64_t>(texts<std::int64_t>({{"ab"}, {"c"}}), 1, 1, -1)), "data.malformed_arrow");
  EXPECT_EQ(code_of(with<std::int32_t>(words, 1, 0, 4).sliced(1, 2)), "no error") << "outside the slice, nobody looks";
}

TEST(CheckArrow, RefusesIndicesOutsideTheirDictionary) {
  const Array words = dictionary<std::int8_t>("c", Ints{0, 1, std::nullopt}, texts({{"a"}, {"b"}}));
  EXPECT_EQ(code_of(words), "no error") << "what stands behind a missing cell may be anything";
  EXPECT_EQ(code_of(with<std::int8_t>(words, 1, 1, 2)), "data.malformed_arrow");
  EXPECT_EQ(code_of(with<std::int8_t>(words, 1, 0, -1)), "data.malformed_arrow");
  EXPECT_EQ(code_of(with<std::int8_t>(dictionary<std::int8_t>("c", Ints{0, 1}, numbers<double>("g", {{2.0}, {3.0}})), 1,
                                      1, 7)),
            "data.malformed_arrow");
}

TEST(CheckArrow, RefusesListsBeyondTheirElements) {
  const Array ticks = lists({2, std::nullopt, 1}, texts({{"a"}, {"b"}, {"c"}}));
  Source source({"x"}, {{ticks}});
  EXPECT_EQ(source.table().rows(), 3U);
  EXPECT_EQ(code_of(with<std::int32_t>(ticks, 1, 3, 4)), "data.malformed_arrow");
  EXPECT_EQ(code_of(with<std::int32_t>(ticks, 1, 1, 3)), "data.malformed_arrow");
}

TEST(CheckArrow, RefusesAnArrayThatLacksWhatItsTypeHas) {
  Array words = texts({{"a"}});
  words.buffers.pop_back();
  EXPECT_EQ(code_of(words), "data.malformed_arrow");
  Array ticks = lists({1}, texts({{"a"}}));
  ticks.children.clear();
  EXPECT_EQ(code_of(ticks), "data.malformed_arrow");
  Array numbers_of = numbers<double>("g", {{1.0}});
  numbers_of.length = -1;
  EXPECT_EQ(code_of(numbers_of), "data.malformed_arrow");
}

TEST(CheckArrow, RefusesASchemaWithoutATypeOrItsChildren) {
  const auto code = [](ArrowSchema schema) {
    try {
      check_schema(schema);
    } catch (const DataError& error) {
      return error.code;
    }
    return std::string("no error");
  };
  ArrowSchema number{};
  number.format = "g";
  EXPECT_EQ(code(number), "no error");
  EXPECT_EQ(code({}), "data.malformed_arrow") << "no format";
  ArrowSchema list{};
  list.format = "+l";
  EXPECT_EQ(code(list), "data.malformed_arrow") << "lists of nothing";
  list.n_children = 1;
  EXPECT_EQ(code(list), "data.malformed_arrow") << "a child that is not there";
  ArrowSchema* none = nullptr;
  list.children = &none;
  EXPECT_EQ(code(list), "data.malformed_arrow") << "a child that is nothing";
  ArrowSchema endless{};
  endless.format = "i";
  endless.dictionary = &endless;
  EXPECT_EQ(code(endless), "data.malformed_arrow");
}

}  // namespace enkat::check_arrow_test
