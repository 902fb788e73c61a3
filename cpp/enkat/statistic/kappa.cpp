#include "enkat/statistic/kappa.hpp"

#include <algorithm>
#include <array>

#include "enkat/basics/error.hpp"
#include "enkat/statistic/moments.hpp"
#include "enkat/statistic/registry.hpp"

namespace enkat {

Kappa::Kappa(std::shared_ptr<const Answers> first, std::shared_ptr<const Answers> second)
    : first_(std::move(first)), second_(std::move(second)), levels_(first_->options()) {
  const std::vector<Option>&in_first = first_->question().options, &in_second = second_->question().options;
  for (const Option& option : in_second) {
    const auto same = std::ranges::find(in_first, option.name, &Option::name);
    if (same != in_first.end()) level_of_second_.push_back(static_cast<std::size_t>(same - in_first.begin()));
  }
  const auto one_answer = [](const Question& question) {
    return !question.options.empty() && !question.takes_several();
  };
  if (one_answer(first_->question()) && one_answer(second_->question()) && level_of_second_.size() == levels_ &&
      in_second.size() == levels_)
    return;
  const std::string &a = first_->question().name, &b = second_->question().name;
  throw EstimateError("estimate.kappa_levels",
                      "kappa compares two questions with the same answers, one answer a person; those of '" + a +
                          "' and '" + b + "' differ: give both the same options in the codebook",
                      {{"first", a}, {"second", b}});
}

void Kappa::observe(Rows rows, const TermColumns& u) const {
  std::array<std::int32_t, block_rows> first, second;
  first_->levels(rows.first, std::span(first).first(rows.size()));
  second_->levels(rows.first, std::span(second).first(rows.size()));
  for (std::size_t k = 0; k < terms(); ++k) std::ranges::fill(u[k], 0.0);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (first[i] < 0 || second[i] < 0) continue;
    u[0][i] = 1;
    u[1 + static_cast<std::size_t>(first[i]) * levels_ + level_of_second_[static_cast<std::size_t>(second[i])]][i] = 1;
  }
}

void Kappa::missing(Rows rows, std::span<std::uint8_t> out) const { observe_any_missing({first_, second_}, rows, out); }

Solution Kappa::solve(const CellTotals& t) const {
  const auto levels = static_cast<Eigen::Index>(levels_);
  using Table = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  const Table joint = Eigen::Map<const Table>(t.total.data() + 1, levels, levels) / t.weight();
  const Eigen::VectorXd first = joint.rowwise().sum(), second = joint.colwise().sum().transpose();
  // By disagreement, κ = 1 − observed/expected: where nearly all give the same answer nothing is taken from 1, and
  // small shares keep their digits.
  const Table others = Table::Ones(levels, levels) - Table::Identity(levels, levels);
  const Eigen::VectorXd not_first = others * first, not_second = others * second;
  const double observed = joint.cwiseProduct(others).sum(), expected = first.dot(not_second);
  constexpr double rounding = 1e-12;
  if (!(expected > rounding)) return no_value(t);

  // ∂expected/∂p_ij = P(second ≠ i) + P(first ≠ j): one more pair (i, j) raises both margins.
  const Table slope = observed / (expected * expected) *
                          (not_second.replicate(1, levels) + not_first.transpose().replicate(levels, 1)) -
                      others / expected;
  SmoothValue kappa{1 - observed / expected, Eigen::RowVectorXd(t.total.size())};
  kappa.gradient.tail(levels * levels) = Eigen::Map<const Eigen::RowVectorXd>(slope.data(), slope.size()) / t.weight();
  kappa.gradient[0] = -slope.cwiseProduct(joint).sum() / t.weight();
  return solution_of(kappa);
}

namespace {

const Registered registered({.name = Kappa::name,
                             .role = Kappa::role,
                             .arity = Arity::pair,
                             .reads = ReadAs::answers,
                             .make = [](const Survey& survey, const EstimateRequest& /*request*/,
                                        const std::vector<std::string>& of) {
                               return statistic(Kappa(survey.answers(of[0]), survey.answers(of[1])));
                             }});

}  // namespace

}  // namespace enkat
