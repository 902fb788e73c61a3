#include "enkat/estimate/notes.hpp"

#include <gtest/gtest.h>

namespace enkat::notes_test {

TEST(Notes, AreTextInTheOrderInWhichTheyCameUpEachOnce) {
  Notes notes;
  notes.add("missing", 12);
  notes.add({"estimate.no_df"});
  notes.add({"imputed.missing_information", 0.4, 2});
  notes.add("missing", 12);
  EXPECT_EQ(notes.text(), "missing:12; estimate.no_df; imputed.missing_information:0.40");
  notes.drop("estimate.no_df");
  EXPECT_EQ(notes.text(), "missing:12; imputed.missing_information:0.40");
}

TEST(Notes, ThatSayWhyFiguresAreLackingAreReasons) {
  Notes notes;
  notes.add("missing", 2);
  notes.add("estimate.replicates_undefined", 3);
  EXPECT_TRUE(notes.has("missing"));
  EXPECT_FALSE(notes.has("missing:2"));
  ASSERT_EQ(notes.reasons().size(), 1U);
  EXPECT_EQ(text_of(notes.reasons()[0]), "estimate.replicates_undefined:3");
}

}  // namespace enkat::notes_test
