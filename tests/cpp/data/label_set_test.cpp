#include "enkat/data/label_set.hpp"

#include <gtest/gtest.h>

#include "arrow_source.hpp"
#include "enkat/basics/error.hpp"
#include "enkat/data/table.hpp"
#include "tests/cpp/sent.hpp"

namespace enkat::label_set_test {

using Texts = std::vector<std::optional<std::string>>;
using Numbers = std::vector<double>;

LabelSet set_of(Values values) {
  LabelSet set;
  set.add(Table::from_columns({{"g", std::move(values)}}).column("g"));
  return set;
}

std::vector<std::string> texts(const Labels& labels) {
  std::vector<std::string> texts;
  for (const Label& label : labels.label) texts.push_back(label.text);
  return texts;
}

// The order that the labels of the whole column have, whichever part came first.
TEST(LabelSet, HasTheLabelsOfAllPartsInTheOrderOfTheWhole) {
  for (const bool turned : {false, true}) {
    LabelSet set = set_of(turned ? Texts{"öst", "norr"} : Texts{"syd", std::nullopt});
    set += testing::sent(set_of(turned ? Texts{"syd", std::nullopt} : Texts{"öst", "norr"}));
    const Labels labels = set.labels("g");
    EXPECT_EQ(texts(labels), (std::vector<std::string>{"norr", "syd", "öst"}));
    EXPECT_TRUE(labels.any_missing);
  }
}

TEST(LabelSet, NumbersAreInTheOrderOfTheirValues) {
  LabelSet set = set_of(Numbers{10, 9});
  set += set_of(Numbers{-2, 100});
  EXPECT_EQ(texts(set.labels("g")), (std::vector<std::string>{"-2", "9", "10", "100"}));
}

TEST(LabelSet, KeepsDeclaredNumbersInTheirOrder) {
  using namespace test;
  const auto part = [](std::int8_t index) {
    const Array categories = numbers<std::int32_t>("i", std::vector<std::optional<std::int32_t>>{20, 5, 99});
    LabelSet set;
    set.add(table_of(dictionary<std::int8_t>("c", {index}, categories, true)).column("x"));
    return set;
  };
  LabelSet set = part(1);
  set += testing::sent(part(0));
  const Labels labels = set.labels("x");
  EXPECT_EQ(texts(labels), (std::vector<std::string>{"20", "5", "99"}));
  EXPECT_EQ(labels.label[2].number, 99);
}

TEST(LabelSet, AColumnOfNumbersInOnePartAndTextsInAnotherIsRefused) {
  LabelSet set = set_of(Numbers{1});
  set += set_of(Texts{"one"});
  try {
    set.labels("g");
    FAIL();
  } catch (const DataError& error) {
    EXPECT_EQ(error.code, "data.schema_differs");
  }
}

}  // namespace enkat::label_set_test
