#include "enkat/variance/kish_size.hpp"

#include "enkat/basics/exact_sums.hpp"
#include "enkat/totals/block.hpp"
#include "enkat/totals/plan_pass.hpp"

namespace enkat {
namespace {

/// Σw, then Σw², of every base.
struct WeightSquaresPass {
  using State = ExactSums;
  static constexpr std::string_view name = "weights and their squares";
  std::shared_ptr<const Plan> plan;

  std::size_t bases() const { return plan->shape.cells * plan->variables.size(); }
  State empty() const {
    const double heaviest = plan->survey.largest_weight();
    std::vector<double> bounds(2 * bases(), heaviest);
    std::fill(bounds.begin() + static_cast<std::ptrdiff_t>(bases()), bounds.end(), heaviest * heaviest);
    return ExactSums(bounds);
  }
  void see(const std::shared_ptr<const Plan>& of, Rows rows, State& sums) const {
    Block block(*of);
    block.observe(rows);
    const std::size_t variables = of->variables.size();
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (block.cell(i) < 0) continue;
      const double w = block.weight(i);
      for (std::size_t v = 0; v < variables; ++v) {
        if (block.term(of->variables[v].first_term, i) == 0) continue;
        const std::size_t base = static_cast<std::size_t>(block.cell(i)) * variables + v;
        sums.add(base, w);
        sums.add(bases() + base, w * w);
      }
    }
  }
  void write(ByteWriter&) const {}
  static WeightSquaresPass read(ByteReader&, std::shared_ptr<const Plan> plan) { return {std::move(plan)}; }
};
const KnownPlanPass<WeightSquaresPass> weight_squares_pass;

}  // namespace

std::vector<double> effective_sizes_of_weights(const std::shared_ptr<const Plan>& plan, Monitor& monitor) {
  const WeightSquaresPass pass{plan};
  const ExactSums sums = run_pass(pass, monitor);
  std::vector<double> sizes(pass.bases());
  for (std::size_t base = 0; base < sizes.size(); ++base)
    sizes[base] = sums[base] * sums[base] / sums[sizes.size() + base];
  return sizes;
}

}  // namespace enkat
