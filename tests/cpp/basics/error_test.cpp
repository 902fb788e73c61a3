#include "enkat/basics/error.hpp"

#include <gtest/gtest.h>

#include <type_traits>

namespace enkat::error_test {

TEST(Error, KindsAreDifferentClassesOfOneFamily) {
  EXPECT_FALSE((std::is_same_v<DataError, DesignError>));
  EXPECT_TRUE((std::is_base_of_v<Error, DataError>));
  EXPECT_THROW(throw DesignError("design.single_psu", "one unit"), Error);
}

TEST(Error, NothingIsRefusedWithoutAnIssue) { EXPECT_NO_THROW(refuse<DataError>({})); }

TEST(Error, OneIssueIsTheErrorItself) {
  try {
    refuse<DataError>({{"data.unknown_code", "question 'q7' has no category 9", {{"row", 212}}}});
    FAIL() << "an issue must be refused";
  } catch (const DataError& error) {
    EXPECT_EQ(error.code, "data.unknown_code");
    EXPECT_STREQ(error.what(), "question 'q7' has no category 9");
    EXPECT_EQ(error.context, (Context{{"row", 212}}));
  }
}

TEST(Error, AllIssuesTravelTogetherAndAreCounted) {
  const std::vector<Issue> issues{{"a", "first"}, {"b", "second"}, {"c", "third"}};
  try {
    refuse<CodebookError>(issues);
    FAIL() << "issues must be refused";
  } catch (const CodebookError& error) {
    EXPECT_EQ(error.issues, issues);
    EXPECT_STREQ(error.what(), "first (and 2 more problems)");
  }
}

TEST(Error, AMisspeltNameSuggestsTheNearest) {
  EXPECT_EQ(suggestion("ocupation", {"age", "occupation"}), "; did you mean 'occupation'?");
}

TEST(Error, AnUnrelatedNameSuggestsNothing) {
  EXPECT_EQ(suggestion("weight", {"occupation", "area"}), "");
  EXPECT_EQ(suggestion("weight", {}), "");
}

}  // namespace enkat::error_test
