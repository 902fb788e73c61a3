#include <gtest/gtest.h>

#include "arrow_source.hpp"
#include "enkat/basics/error.hpp"
#include "enkat/data/labels.hpp"
#include "tests/cpp/mutated.hpp"

namespace enkat::hostile_data_test {

using namespace test;
using Ints = std::vector<std::optional<std::int8_t>>;

/// Arrays whose parts lie, but whose buffers are as long as their lengths say: nobody can see how long they are.
Array changed(Array array, testing::Mutations& mutated) {
  static const std::vector<std::string> formats{"g", "i", "c", "b", "+l", "+L", "n", "tdD", "tss:", "", "vu"};
  switch (mutated.below(array.children.empty() ? 5 : 6)) {
    case 0:
      array.length = -static_cast<std::int64_t>(mutated.below(3));
      break;
    case 1:
      array.offset = -1;
      break;
    case 2:
      if (!array.buffers.empty()) array.buffers[mutated.below(array.buffers.size())].clear();
      break;
    case 3:
      if (!array.buffers.empty()) array.buffers.pop_back();
      break;
    case 4:
      if (array.buffers.size() > 1) {
        std::vector<std::uint8_t>& bytes = array.buffers[mutated.below(2)];
        // The last byte of an offset or index, so that none leaves the letters by more than they are padded with.
        if (!bytes.empty()) bytes[mutated.below(bytes.size() / 8 + 1) * 8 % bytes.size()] = mutated.below(256) & 0xFF;
      }
      break;
    default:
      array.children[0] = changed(array.children[0], mutated);
  }
  if (array.dictionary && mutated.below(3) == 0) *array.dictionary = changed(*array.dictionary, mutated);
  if (mutated.below(8) == 0) array.format = formats[mutated.below(formats.size())];
  for (auto& buffer : array.buffers)
    if (!buffer.empty()) buffer.resize(std::max<std::size_t>(buffer.size(), 256));  // room for what a wider type reads
  return array;
}

TEST(HostileArrow, EndsInATableOrACodedError) {
  const std::vector<Array> whole{
      texts({{"ab"}, std::nullopt, {"c"}}),
      texts<std::int64_t>({{"ab"}, {"c"}}),
      dictionary<std::int8_t>("c", Ints{0, 1, std::nullopt}, texts({{"a"}, {"b"}})),
      dictionary<std::int8_t>("c", Ints{0, 1}, numbers<double>("g", {{1.5}, {2.5}}), true),
      lists({2, std::nullopt, 1}, texts({{"a"}, {"b"}, {"c"}})),
      lists<std::int64_t>({1, 1}, dictionary<std::int8_t>("c", Ints{0, 1}, texts({{"a"}, {"b"}}))),
      booleans({{true}, std::nullopt}),
      numbers<std::int32_t>("tdD", {{1}, {2}}),
  };
  testing::Mutations mutated(3);
  for (int i = 0; i < testing::mutations; ++i) {
    Array array = whole[mutated.below(whole.size())];
    array = changed(array, mutated);
    // A text that reaches beyond its letters cannot be told from one that does not.
    if (array.buffers.size() == 3) array.buffers[2].resize(512);
    try {
      Source source({"x"}, {{array}});
      const Table table = source.table();
      const Labels labels(table.column("x"));
    } catch (const Error&) {
    } catch (const std::exception& error) {
      FAIL() << error.what() << " in " << i;
    }
  }
  EXPECT_EQ(Source::alive, 0);
}

}  // namespace enkat::hostile_data_test
