#include "enkat/data/labels.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "arrow_source.hpp"
#include "enkat/basics/error.hpp"

namespace enkat::labels_test {

using namespace test;

template <class T>
using Cells = std::vector<std::optional<T>>;

std::vector<std::string> texts_of(const Labels& labels) {
  std::vector<std::string> texts;
  for (const Label& label : labels.label) texts.push_back(label.text);
  return texts;
}

Labels labels_of(Array array) { return Labels(table_of(std::move(array)).column("x")); }

TEST(Labels, OrderNumbersByValueAndTextsByCodePoint) {
  EXPECT_EQ(texts_of(labels_of(numbers<std::int32_t>("i", Cells<std::int32_t>{10, 9, -2, 10}))),
            (std::vector<std::string>{"-2", "9", "10"}));
  EXPECT_EQ(texts_of(labels_of(texts(Words{"ö", "z", "ä", "10", "9", "Z"}))),
            (std::vector<std::string>{"10", "9", "Z", "z", "ä", "ö"}));
}

TEST(Labels, OfIntegersAndIntegerValuedFloatsAreTheSame) {
  const Labels integers = labels_of(numbers<std::int8_t>("c", Cells<std::int8_t>{3, 1, std::nullopt}));
  const Labels floats = labels_of(numbers<double>("g", Cells<double>{3.0, 1.0, std::nan("")}));
  EXPECT_EQ(integers.label, floats.label);
  EXPECT_EQ(integers.code, floats.code);
  EXPECT_EQ(integers.code, (std::vector<std::int32_t>{1, 0, -1}));
}

TEST(Labels, OfLargeIntegersDoNotMerge) {
  constexpr std::int64_t big = (std::int64_t{1} << 53) + 1;
  EXPECT_EQ(texts_of(labels_of(numbers<std::int64_t>("l", Cells<std::int64_t>{big, big - 1, big}))),
            (std::vector<std::string>{"9007199254740992", "9007199254740993"}));
  constexpr std::uint64_t most = ~std::uint64_t{0};
  EXPECT_EQ(texts_of(labels_of(numbers<std::uint64_t>("L", Cells<std::uint64_t>{most, 0, most - 1}))),
            (std::vector<std::string>{"0", "18446744073709551614", "18446744073709551615"}));
}

TEST(Labels, OfNegativeZeroAndZeroAreOne) {
  EXPECT_EQ(texts_of(labels_of(numbers<double>("g", Cells<double>{-0.0, 0.0}))), (std::vector<std::string>{"0"}));
}

TEST(Labels, KeepDeclaredCategoriesInTheirOrderUnusedOnesToo) {
  const Array words = texts(Words{"low", "middle", "high"});
  const Labels declared = labels_of(dictionary<std::int8_t>("c", {2, 0, std::nullopt}, words, true));
  EXPECT_EQ(texts_of(declared), (std::vector<std::string>{"low", "middle", "high"}));
  EXPECT_EQ(declared.code, (std::vector<std::int32_t>{2, 0, -1}));
  const Labels undeclared = labels_of(dictionary<std::int8_t>("c", {2, 0, std::nullopt}, words, false));
  EXPECT_EQ(texts_of(undeclared), (std::vector<std::string>{"high", "low"}));
}

TEST(Labels, KeepDeclaredCategoriesThatAreNoTexts) {
  const auto declared = [](Array categories, bool ordered) {
    return labels_of(dictionary<std::int8_t>("c", {2, 0, std::nullopt, 2}, std::move(categories), ordered));
  };
  const Array numbers_ = numbers<std::int64_t>("l", Cells<std::int64_t>{20, 5, 10, 99});
  EXPECT_EQ(texts_of(declared(numbers_, true)), (std::vector<std::string>{"20", "5", "10", "99"}));
  EXPECT_EQ(declared(numbers_, true).code, (std::vector<std::int32_t>{2, 0, -1, 2}));
  EXPECT_EQ(declared(numbers_, true).label[2].number, 10);
  EXPECT_EQ(texts_of(declared(numbers_, false)), (std::vector<std::string>{"10", "20"}));
  EXPECT_EQ(texts_of(declared(numbers<double>("g", Cells<double>{2.5, std::nan(""), 0.5, 2.5}), true)),
            (std::vector<std::string>{"2.5", "0.5"}));
  EXPECT_EQ(texts_of(declared(booleans({true, std::nullopt, false}), true)),
            (std::vector<std::string>{"true", "false"}));
  EXPECT_EQ(texts_of(declared(numbers<std::int32_t>("tdD", Cells<std::int32_t>{19447, 0, -1}), true)),
            (std::vector<std::string>{"2023-03-31", "1970-01-01", "1969-12-31"}));
  EXPECT_EQ(texts_of(declared(numbers<std::int64_t>("tss:", Cells<std::int64_t>{60, 0, 1}), true)),
            (std::vector<std::string>{"1970-01-01T00:01:00", "1970-01-01T00:00:00", "1970-01-01T00:00:01"}));
}

TEST(Labels, RefuseDeclaredCategoriesThatDifferBetweenParts) {
  for (const bool number : {false, true}) {
    const auto part = [&](int first, const std::string& word) {
      Array categories = number ? numbers<std::int32_t>("i", Cells<std::int32_t>{first, 7}) : texts(Words{word, "z"});
      return dictionary<std::int8_t>("c", {0, 1}, std::move(categories), true);
    };
    Source source({"x"}, {{part(1, "a")}, {part(2, "b")}});
    const Table table = source.table();
    EXPECT_THROW(Labels(table.column("x")), DataError);
    Source same({"x"}, {{part(1, "a")}, {part(1, "a")}});
    EXPECT_EQ(Labels(same.table().column("x")).code, (std::vector<std::int32_t>{0, 1, 0, 1}));
  }
}

TEST(Labels, JoinDictionariesThatNumberWordsDifferently) {
  Source source({"x"}, {{dictionary<std::int8_t>("c", {0, 1}, texts(Words{"b", "a"}))},
                        {dictionary<std::int8_t>("c", {0, 1}, texts(Words{"a", "c"}))}});
  const Labels labels(source.table().column("x"));
  EXPECT_EQ(texts_of(labels), (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_EQ(labels.code, (std::vector<std::int32_t>{1, 0, 0, 2}));
}

TEST(Labels, DoNotDependOnTheOrderOfTheRows) {
  std::mt19937 random(7);
  std::vector<std::int64_t> values;
  for (int i = 0; i < 500; ++i) values.push_back(static_cast<std::int64_t>(random() % 60) * 1'000'003);
  const Table before = Table::from_columns({{"x", values}});
  std::vector<std::size_t> order(values.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::ranges::shuffle(order, random);
  std::vector<std::int64_t> shuffled;
  for (const std::size_t i : order) shuffled.push_back(values[i]);
  const Table after = Table::from_columns({{"x", shuffled}});
  const Labels a(before.column("x")), b(after.column("x"));
  EXPECT_EQ(a.label, b.label);
  for (std::size_t i = 0; i < order.size(); ++i) EXPECT_EQ(b.code[i], a.code[order[i]]);
}

TEST(Labels, OfEmptyTextsAreMissing) {
  EXPECT_EQ(labels_of(texts(Words{"", "a", std::nullopt})).code, (std::vector<std::int32_t>{-1, 0, -1}));
}

TEST(Labels, OfBooleansAreFalseAndTrueEvenIfOneDoesNotOccur) {
  EXPECT_EQ(texts_of(labels_of(booleans({true, std::nullopt}))), (std::vector<std::string>{"false", "true"}));
}

TEST(Labels, OfDatesAndTimesAreWrittenAsIso) {
  EXPECT_EQ(texts_of(labels_of(numbers<std::int32_t>("tdD", Cells<std::int32_t>{19447, -1}))),
            (std::vector<std::string>{"1969-12-31", "2023-03-31"}));
  EXPECT_EQ(texts_of(labels_of(numbers<std::int64_t>("tsm:", Cells<std::int64_t>{1'680'220'805'000, -1}))),
            (std::vector<std::string>{"1969-12-31T23:59:59.999", "2023-03-31T00:00:05"}));
}

TEST(Labels, AreFoundByTheirText) {
  const Labels labels = labels_of(texts(Words{"b", "a"}));
  EXPECT_EQ(labels.find("b"), 1);
  EXPECT_EQ(labels.find("c"), std::nullopt);
}

TEST(Labels, RefuseListsAndInfinities) {
  EXPECT_THROW(labels_of(lists({1}, numbers<std::int32_t>("i", Cells<std::int32_t>{1}))), DataError);
  EXPECT_THROW(labels_of(numbers<double>("g", Cells<double>{INFINITY})), DataError);
}

}  // namespace enkat::labels_test
