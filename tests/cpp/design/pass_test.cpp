#include "enkat/design/pass.hpp"

#include <gtest/gtest.h>

namespace enkat::pass_test {

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

/// A pass that counts some times the rows it sees.
struct CountPass {
  using State = Sum;
  static constexpr std::string_view name = "count";
  std::int64_t times = 2;

  State empty(const Survey&) const { return {}; }
  void observe_table(const Survey&, const Table& part, State& sum, Monitor&) const {
    sum.sum += times * static_cast<std::int64_t>(part.rows());
  }
  void write(ByteWriter& out) const { out.put(times); }
  static CountPass read(ByteReader& in, const Survey&) { return {in.get<std::int64_t>()}; }
};
const KnownPass<CountPass> known;

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

/// A survey of twice three rows, ready for a call that reads y.
Survey six(const std::shared_ptr<Listed>& parts = std::make_shared<Listed>(std::vector{three(), three()})) {
  NoMonitor nobody;
  return Survey(three(), Codebook(), Design(), parts, nobody)
      .reading({.numbers = {"y"}, .answers = {}, .by = {}}, nobody);
}

PassOf<CountPass> doubled() { return {six(), CountPass{2}}; }

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

TEST(Pass, IsMadeAgainOfWhatIsSentAndAddsTheSame) {
  NoMonitor nobody;
  auto here = doubled();
  const auto there = pass_from(three(), Design(), here.sent());
  there->see(three(), nobody);
  here.add(there->bytes());
  EXPECT_EQ(here.take().sum, 6);
}

TEST(Pass, WhatWasSentForAnotherVersionOrCutAnywhereIsRefused) {
  const std::string sent = doubled().sent();
  EXPECT_THROW(pass_from(three(), Design(), "enkat"), EstimateError);
  EXPECT_THROW(pass_from(three(), Design(), sent + sent), EstimateError);
  EXPECT_THROW(pass_from(three(), Design(), sent.substr(0, sent.size() - 1)), EstimateError);
}

TEST(Pass, BytesOfAnotherPassAreRefused) {
  PassOf<CountPass> other(six(), CountPass{3});
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

TEST(Pass, OverDataThatLostRowsSinceTheyWereReadFirstIsRefused) {
  NoMonitor nobody;
  const auto parts = std::make_shared<Listed>(std::vector{three(), three()});
  const Survey survey = six(parts);
  PassOf<CountPass> pass(survey, CountPass{2});
  survey.read_parts(pass, nobody);
  EXPECT_EQ(pass.take().sum, 12);
  parts->lose_first = true;
  PassOf<CountPass> again(survey, CountPass{2});
  try {
    survey.read_parts(again, nobody);
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

}  // namespace enkat::pass_test
