#include "enkat/basics/record.hpp"

#include <gtest/gtest.h>

#include <string>

#include "enkat/basics/record_bytes.hpp"

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

TEST(Record, IsReadFromWhatItIsWrittenAs) {
  const Groups groups{"heard_rumours", {{"nurses", 0.25}, {"others", std::nullopt}}};
  ByteWriter out;
  put_value(out, groups);
  ByteReader in(out.bytes());
  const auto read = get_value<Groups>(in);
  EXPECT_EQ(read.question, "heard_rumours");
  ASSERT_EQ(read.list.size(), 2U);
  EXPECT_EQ(read.list[0].share, 0.25);
  EXPECT_EQ(read.list[1].name, "others");
  EXPECT_FALSE(read.list[1].share);
}

TEST(Record, EveryFieldSaysWhatItIs) {
  for_each_field<Groups>([](const auto& field) { EXPECT_FALSE(field.doc.empty()) << field.name; });
}

}  // namespace enkat::record_test
