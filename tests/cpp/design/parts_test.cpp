#include "enkat/design/parts.hpp"

#include <gtest/gtest.h>

#include "enkat/design/survey.hpp"

namespace enkat::parts_test {

using Numbers = std::vector<double>;

struct Sum {
  std::int64_t sum = 0;
  Sum& operator+=(const Sum& other) {
    sum += other.sum;
    return *this;
  }
  void write(ByteWriter& out) const { out.put(sum); }
  Sum read(ByteReader& in) const { return {in.get<std::int64_t>()}; }
};

Table three() { return Table::from_columns({{"y", Numbers{1, 2, 3}}}); }

/// A pass that counts twice the rows it sees.
auto doubled(const std::string& name = "count") {
  return PassOf(name, Sum(),
                [](const Table& part, Sum& sum, Monitor&) { sum.sum += 2 * static_cast<std::int64_t>(part.rows()); });
}

std::string seen() {
  NoMonitor nobody;
  auto pass = doubled();
  pass.see(three(), nobody);
  return pass.bytes();
}

std::string refused(const std::string& bytes) {
  auto pass = doubled();
  try {
    pass.add(bytes);
  } catch (const EstimateError& error) {
    return error.code;
  }
  return "";
}

TEST(Pass, AddsWhatItSeesAndWhatOthersSaw) {
  NoMonitor nobody;
  auto pass = doubled();
  pass.see(three(), nobody);
  pass.add(seen());
  pass.add(seen());
  EXPECT_EQ(pass.rows(), 9);
  EXPECT_EQ(pass.take().sum, 18);
}

TEST(Pass, BytesOfAnotherPassAreRefused) {
  auto other = doubled("another");
  EXPECT_EQ(refused(other.bytes()), "estimate.foreign_state");
  EXPECT_EQ(refused("enkat"), "estimate.foreign_state");
  EXPECT_EQ(refused(""), "estimate.foreign_state");
  EXPECT_EQ(refused(seen()), "");
}

TEST(Pass, BytesDamagedOrCutAnywhereAreRefused) {
  const std::string whole = seen();
  for (std::size_t i = 0; i < whole.size(); ++i) {
    std::string damaged = whole;
    damaged[i] = static_cast<char>(damaged[i] ^ 0x10);
    EXPECT_EQ(refused(damaged), "estimate.foreign_state") << i;
    EXPECT_EQ(refused(whole.substr(0, i)), "estimate.foreign_state") << i;
  }
  EXPECT_EQ(refused(whole + whole), "estimate.foreign_state");
}

/// Parts in memory; the last pass may lose one.
class Listed final : public Parts {
 public:
  explicit Listed(std::vector<Table> parts) : parts_(std::move(parts)) {}
  void run(Pass& pass, const std::vector<std::string>&, Monitor& monitor) override {
    for (std::size_t i = lose_first ? 1 : 0; i < parts_.size(); ++i) pass.see(parts_[i], monitor);
  }
  bool lose_first = false;

 private:
  std::vector<Table> parts_;
};

TEST(RunPass, DataThatLostRowsSinceTheyWereReadFirstAreRefused) {
  NoMonitor nobody;
  Listed parts({three(), three()});
  auto pass = doubled();
  run_pass(parts, pass, {"y"}, 6, nobody);
  EXPECT_EQ(pass.take().sum, 12);
  parts.lose_first = true;
  auto again = doubled();
  try {
    run_pass(parts, again, {"y"}, 6, nobody);
    FAIL();
  } catch (const DataError& error) {
    EXPECT_EQ(error.code, "data.changed");
  }
}

TEST(SurveyInParts, CountsTheRowsOfItsDomainByAPass) {
  NoMonitor nobody;
  Design design;
  design.weight = "w";
  const auto part = [](Numbers w, std::vector<std::string> g) {
    return Table::from_columns({{"w", std::move(w)}, {"g", std::move(g)}});
  };
  const Survey survey(part({}, {}), Codebook(), design,
                      std::make_shared<Listed>(std::vector{part({1, 0}, {"a", "b"}), part({2, 3}, {"b", "a"})}),
                      nobody);
  EXPECT_EQ(survey.domain_counts(nobody).rows, 3);
  EXPECT_EQ(survey.where({{"g", {"a"}}}).domain_counts(nobody).rows, 2);
  EXPECT_THROW(survey.rows(), EstimateError);
  EXPECT_THROW(survey.where({{"nothing", {"a"}}}), DataError);
}

TEST(SurveyInParts, DesignsThatNeedAllRowsAreRefused) {
  NoMonitor nobody;
  Design design;
  design.id = "y";
  EXPECT_THROW(Survey(three(), Codebook(), design, std::make_shared<Listed>(std::vector{three()}), nobody),
               DesignError);
}

}  // namespace enkat::parts_test
