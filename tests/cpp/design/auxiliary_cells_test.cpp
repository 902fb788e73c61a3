#include "enkat/design/auxiliary_cells.hpp"

#include <gtest/gtest.h>

#include <map>

#include "tests/cpp/design/mixed_people.hpp"

namespace enkat::auxiliary_cells_test {

using namespace mixed_people;

std::vector<std::int32_t> cells_of(const AuxiliaryCells& cells) {
  std::vector<std::int32_t> all(cells.x().rows());
  for (std::size_t first = 0; first < all.size(); first += block_rows) {
    const Rows rows{first, std::min(all.size(), first + block_rows)};
    cells.cells_of(rows, std::span(all).subspan(first, rows.size()));
  }
  return all;
}

/// x of every row, dense.
Eigen::MatrixXd dense(const ModelRows& rows, std::size_t count, std::size_t columns) {
  Eigen::MatrixXd x = Eigen::MatrixXd::Zero(static_cast<Eigen::Index>(count), static_cast<Eigen::Index>(columns));
  for (std::size_t i = 0; i < count; ++i)
    for (std::size_t t = i * rows.entries; t < (i + 1) * rows.entries; ++t)
      if (rows.column[t] >= 0) x(static_cast<Eigen::Index>(i), rows.column[t]) += rows.value[t];
  return x;
}

/// A cell says all of x of its rows but numbers.
void expect_cells_to_say(const Survey& survey, const std::vector<ModelTerm>& terms,
                         const std::optional<std::string>& unit = {}) {
  const auto x = std::make_shared<const Auxiliaries>(survey, true, terms, unit);
  const AuxiliaryCells cells(x);
  ModelRows rows;
  x->observe({0, survey.rows()}, rows);
  Eigen::MatrixXd wanted = dense(rows, survey.rows(), x->columns());
  for (const ModelMatrix::Term* number : cells.numbers())
    wanted.col(static_cast<Eigen::Index>(number->first_column)).setZero();
  const std::vector<std::int32_t> cell = cells_of(cells);
  for (const std::int32_t one : cell) ASSERT_LT(static_cast<std::size_t>(one), cells.size());
  EXPECT_EQ(dense(cells.rows_of(cell), survey.rows(), x->columns()), wanted);
}

TEST(AuxiliaryCells, SayWhatLevelsTheirRowsHave) {
  const Survey people = survey(500);
  expect_cells_to_say(people, {{{"sex"}}, {{"region"}}});
  expect_cells_to_say(people, {{{"sex", "region"}}, {{"age"}}, {{"job"}}});
  expect_cells_to_say(people, {{{"age"}, true}, {{"income"}, true}});
  expect_cells_to_say(people, {{{"income"}}});
}

TEST(AuxiliaryCells, AreHouseholdsWhereXIsAveraged) { expect_cells_to_say(survey(100), {{{"sex"}}, {{"age"}}}, "hh"); }

// More combinations than there may be places: 497 · 10,000 levels and so on.
TEST(AuxiliaryCells, AreThoseThatOccurWhereThereWouldBeTooMany) {
  const Survey people = survey(3000);
  std::vector<ModelTerm> terms;
  for (const char* name : {"income", "age", "hh", "region", "c", "job"}) terms.push_back({{name}, true});
  expect_cells_to_say(people, terms);
  const auto x = std::make_shared<const Auxiliaries>(people, true, terms);
  EXPECT_LE(AuxiliaryCells(x).size(), people.rows());
}

TEST(AuxiliaryCells, AreNumberedTheSameInAnyOrderOfRows) {
  const Survey people = survey(200);
  std::vector<ModelTerm> terms;
  for (const char* name : {"income", "age", "hh", "region", "c", "job"}) terms.push_back({{name}, true});
  const AuxiliaryCells cells(std::make_shared<const Auxiliaries>(people, false, terms));
  const std::vector<std::int32_t> cell = cells_of(cells);
  // In the order of their levels, the last term first.
  ModelRows x = cells.rows_of(cell);
  std::map<std::int32_t, std::vector<std::int32_t>> levels;
  for (std::size_t i = 0; i < cell.size(); ++i)
    levels[cell[i]] = {x.column.rend() - static_cast<std::ptrdiff_t>((i + 1) * x.entries),
                       x.column.rend() - static_cast<std::ptrdiff_t>(i * x.entries)};
  std::vector<std::int32_t> before;
  for (const auto& [number, last_first] : levels) {
    EXPECT_LT(before, last_first);
    before = last_first;
  }
}

}  // namespace enkat::auxiliary_cells_test
