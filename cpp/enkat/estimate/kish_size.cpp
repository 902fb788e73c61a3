#include "enkat/estimate/kish_size.hpp"

#include "enkat/basics/exact_sums.hpp"
#include "enkat/estimate/block.hpp"
#include "enkat/estimate/plan_pass.hpp"

namespace enkat {

std::vector<double> effective_sizes_of_weights(const std::shared_ptr<const Plan>& plan, Monitor& monitor) {
  const std::size_t variables = plan->variables.size(), bases = plan->shape.cells * variables;
  const double heaviest = plan->survey.largest_weight();
  std::vector<double> bounds(2 * bases, heaviest);  // Σw, then Σw²
  std::fill(bounds.begin() + static_cast<std::ptrdiff_t>(bases), bounds.end(), heaviest * heaviest);
  const auto see = [=](const std::shared_ptr<const Plan>& of, Rows rows, ExactSums& sums) {
    Block block(*of);
    block.observe(rows);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (block.cell(i) < 0) continue;
      const double w = block.weight(i);
      for (std::size_t v = 0; v < variables; ++v) {
        if (block.term(of->variables[v].first_term, i) == 0) continue;
        const std::size_t base = static_cast<std::size_t>(block.cell(i)) * variables + v;
        sums.add(base, w);
        sums.add(bases + base, w * w);
      }
    }
  };
  const ExactSums sums = pass(plan, ExactSums(bounds), see, monitor);
  std::vector<double> sizes(bases);
  for (std::size_t base = 0; base < bases; ++base) sizes[base] = sums[base] * sums[base] / sums[bases + base];
  return sizes;
}

}  // namespace enkat
