#include "enkat/basics/record.hpp"

#include <gtest/gtest.h>

#include <string>

#include "enkat/basics/record_json.hpp"

namespace enkat::record_test {

struct Group {
  std::string name;
  std::optional<double> share;
};

struct Groups {
  std::string question;
  std::vector<Group> list;
};

}  // namespace enkat::record_test

template <>
struct enkat::Fields<enkat::record_test::Group> {
  using Group = record_test::Group;
  static constexpr auto list =
      std::tuple{Field{"name", &Group::name, "what it is called"}, Field{"share", &Group::share, "null when unknown"}};
};

template <>
struct enkat::Fields<enkat::record_test::Groups> {
  using Groups = record_test::Groups;
  static constexpr auto list =
      std::tuple{Field{"question", &Groups::question, "what was asked"}, Field{"list", &Groups::list, "the groups"}};
};

namespace enkat::record_test {

TEST(Record, OnlyTypesThatNameTheirFieldsAreRecords) {
  EXPECT_TRUE(Record<Group>);
  EXPECT_FALSE(Record<std::string>);
}

TEST(Record, JsonHasTheFieldsInTheirOrder) {
  const Groups groups{"heard_rumours", {{"nurses", 0.25}, {"others", std::nullopt}}};
  EXPECT_EQ(to_json(groups).dump(),
            R"({"question":"heard_rumours","list":[{"name":"nurses","share":0.25},{"name":"others","share":null}]})");
}

TEST(Record, RecordsAreEqualWhenAllTheirFieldsAre) {
  const Group group{"nurses", 0.25};
  EXPECT_TRUE(same_record(group, Group{"nurses", 0.25}));
  EXPECT_FALSE(same_record(group, Group{"nurses", std::nullopt}));
  EXPECT_FALSE(same_record(group, Group{"others", 0.25}));
}

TEST(Record, EveryFieldSaysWhatItIs) {
  for_each_field<Groups>([](const auto& field) { EXPECT_FALSE(field.doc.empty()) << field.name; });
}

}  // namespace enkat::record_test
