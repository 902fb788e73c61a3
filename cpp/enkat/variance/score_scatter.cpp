#include "enkat/variance/score_scatter.hpp"

#include <array>
#include <cmath>

#include "enkat/basics/matrix_bytes.hpp"
#include "enkat/basics/record_bytes.hpp"
#include "enkat/totals/block.hpp"
#include "enkat/totals/plan_pass.hpp"

namespace enkat {
namespace {

/// What subtracting two correctly rounded sums can leave of nothing, relative to them.
constexpr double rounding = 1e-14;

Eigen::Index index(std::size_t i) { return static_cast<Eigen::Index>(i); }

/// What the magnitude of a form's weighted score less its centre cannot exceed.
double bound_of(const Plan& plan, const LinearForm& form, const Eigen::VectorXd& slope, double centre) {
  double bound = 0;
  const Eigen::Index first = index(plan.variables[form.variable].first_term);
  for (const auto& [k, by] : form.gradient) bound += std::abs(by) * plan.bound(index(form.cell), first + k);
  for (Eigen::Index j = 0; j < slope.size(); ++j)
    bound += std::abs(slope[j]) * plan.survey.calibration()->x().bounds()[static_cast<std::size_t>(j)];
  return 2 * (bound * plan.survey.largest_weight() + centre);
}

/// gradient · terms of row i of a block, in twice the precision of a double: it can be nearly 0.
Twofold score(const Plan& plan, const LinearForm& form, const Block& block, std::size_t i) {
  const PlannedVariable& v = plan.variables[form.variable];
  if (block.term(v.first_term, i) == 0) return {};
  const auto centred = [&](std::size_t k) {
    const std::size_t term = v.first_term + k;
    return Twofold{block.term(term, i)} + Twofold{-plan.centre(index(form.cell), index(term))};
  };
  Twofold sum{form.base_rest};
  for (const auto& [term, by] : form.gradient) {
    const auto k = static_cast<std::size_t>(term);
    const TermProduct both = k < v.observed ? TermProduct{} : v.products[k - v.observed];
    sum += Twofold{by} * (k < v.observed ? centred(k) : centred(both.first) * centred(both.second));
  }
  return sum;
}

/// The scatter of the scores of some forms, and what is needed for it.
struct ScatterPass {
  using State = ExactSums;
  static constexpr std::string_view name = "scatter of scores";
  std::shared_ptr<const Plan> plan;
  std::vector<LinearForm> forms;
  std::vector<bool> wanted;
  Eigen::MatrixXd slope;   // auxiliaries × forms; empty without calibration
  Eigen::MatrixXd centre;  // forms × units
  ScatterLayout::Products products = ScatterLayout::Products::own;
  ScatterLayout layout;

  ScatterPass(std::shared_ptr<const Plan> of, std::vector<LinearForm> of_forms, std::vector<bool> of_these,
              Eigen::MatrixXd slopes, Eigen::MatrixXd centres, ScatterLayout::Products of_products)
      : plan(std::move(of)),
        forms(std::move(of_forms)),
        wanted(std::move(of_these)),
        slope(std::move(slopes)),
        centre(std::move(centres)),
        products(of_products),
        layout(forms, wanted, plan->shape.cells, calibrated(), products) {}

  bool calibrated() const { return slope.size() > 0; }
  std::size_t units() const { return static_cast<std::size_t>(centre.cols()); }

  State empty() const {
    std::vector<double> of_unit(layout.stride(), 1.0), bounds;
    const auto bound = [&](std::size_t f) -> double& { return of_unit[layout.level(f)]; };
    for (std::size_t f = 0; f < forms.size(); ++f)
      if (wanted[f])
        bound(f) = bound_of(*plan, forms[f], calibrated() ? Eigen::VectorXd(slope.col(index(f))) : Eigen::VectorXd(),
                            centre.row(index(f)).cwiseAbs().maxCoeff());
    for (std::size_t g = 0; g < layout.groups(); ++g) {
      const std::vector<std::size_t>& together = layout.group(g).forms;
      for (std::size_t a = 0; a < together.size(); ++a)
        for (std::size_t b = a; b < (layout.all_pairs() ? together.size() : a + 1); ++b)
          of_unit[*layout.pair(together[a], together[b])] = bound(together[a]) * bound(together[b]);
    }
    for (std::size_t unit = 0; unit < units(); ++unit) bounds.insert(bounds.end(), of_unit.begin(), of_unit.end());
    return ExactSums(bounds);
  }

  void see(const std::shared_ptr<const Plan>& of, Rows rows, State& sums) const {
    Block block(*of);
    block.observe(rows);
    ModelRows aux;
    if (calibrated()) of->survey.calibration()->x().observe(rows, aux);
    Eigen::VectorXd explained, s;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const std::int32_t cell = block.cell(i);
      if (block.weight(i) == 0 || (cell < 0 && !calibrated())) continue;
      const std::size_t g = calibrated() ? 0 : static_cast<std::size_t>(cell);
      const ScatterLayout::Group& group = layout.group(g);
      if (group.forms.empty()) continue;
      if (calibrated()) {
        explained.setZero(index(forms.size()));
        for (std::size_t t = i * aux.entries; t < (i + 1) * aux.entries; ++t)
          if (aux.column[t] >= 0) explained += aux.value[t] * slope.row(aux.column[t]).transpose();
      }
      s.resize(index(group.forms.size()));
      for (std::size_t a = 0; a < group.forms.size(); ++a) {
        const std::size_t f = group.forms[a];
        Twofold e;
        if (std::cmp_equal(forms[f].cell, cell)) e = score(*of, forms[f], block, i);
        if (calibrated()) e += Twofold{-explained[index(f)]};
        s[index(a)] = (Twofold{block.weight(i)} * e + Twofold{-centre(index(f), index(block.unit(i)))}).value();
      }
      const std::size_t first = block.unit(i) * layout.stride();
      for (std::size_t a = 0, p = first + group.first_pair; a < group.forms.size(); ++a) {
        sums.add(first + layout.level(group.forms[a]), s[index(a)]);
        for (std::size_t b = a; b < (layout.all_pairs() ? group.forms.size() : a + 1); ++b, ++p)
          sums.add(p, s[index(a)] * s[index(b)]);
      }
      sums.add(first + layout.rows(g), 1);
    }
  }

  void write(ByteWriter& out) const {
    put_value(out, forms);
    put_value(out, wanted);
    put_matrix(out, slope);
    put_matrix(out, centre);
    put_value(out, products);
  }
  static ScatterPass read(ByteReader& in, std::shared_ptr<const Plan> plan) {
    auto forms = get_value<std::vector<LinearForm>>(in);
    auto wanted = get_value<std::vector<bool>>(in);
    Eigen::MatrixXd slope = get_matrix(in), centre = get_matrix(in);
    return {std::move(plan),  std::move(forms),  std::move(wanted),
            std::move(slope), std::move(centre), get_value<ScatterLayout::Products>(in)};
  }
};
const KnownPlanPass<ScatterPass> scatter_pass;

}  // namespace

ScatterLayout::ScatterLayout(const std::vector<LinearForm>& forms, const std::vector<bool>& wanted, std::size_t cells,
                             bool calibrated, Products products)
    : products_(products), groups_(calibrated ? 1 : cells), group_of_(forms.size(), -1), place_of_(forms.size(), -1) {
  for (std::size_t f = 0; f < forms.size(); ++f) {
    if (!wanted[f]) continue;
    const std::size_t g = calibrated ? 0 : forms[f].cell;
    group_of_[f] = static_cast<std::ptrdiff_t>(g);
    place_of_[f] = static_cast<std::ptrdiff_t>(groups_[g].forms.size());
    groups_[g].forms.push_back(f);
  }
  for (Group& group : groups_) {
    const std::size_t size = group.forms.size();
    group.first_pair = pairs_;
    pairs_ += all_pairs() ? size * (size + 1) / 2 : size;
  }
}

std::optional<std::size_t> ScatterLayout::pair(std::size_t a, std::size_t b) const {
  if (group_of_.empty() || group_of_[a] < 0 || group_of_[a] != group_of_[b]) return {};
  const Group& group = groups_[static_cast<std::size_t>(group_of_[a])];
  if (!all_pairs()) {
    if (a != b) return {};
    return group.first_pair + static_cast<std::size_t>(place_of_[a]);
  }
  const auto low = static_cast<std::size_t>(std::min(place_of_[a], place_of_[b]));
  const auto high = static_cast<std::size_t>(std::max(place_of_[a], place_of_[b]));
  return group.first_pair + low * (2 * group.forms.size() - low - 1) / 2 + high;
}

ScoreScatter::ScoreScatter(const std::shared_ptr<const Plan>& plan, const std::vector<LinearForm>& forms,
                           const std::vector<bool>& wanted, const Eigen::MatrixXd& slope, Eigen::MatrixXd centre,
                           Products products, Monitor& monitor) {
  const ScatterPass pass(plan, forms, wanted, slope, std::move(centre), products);
  const std::size_t bytes = pass.units() * pass.layout.stride() * ExactSums::limbs * sizeof(std::int64_t);
  if (bytes > memory_budget)
    throw EstimateError("estimate.too_many_cells",
                        "the covariance of these " + std::to_string(forms.size()) + " estimates needs " +
                            std::to_string(bytes >> 20) + " MiB: use fewer variables or `by` columns at a time",
                        {{"bytes", bytes}, {"units", pass.units()}, {"estimates", forms.size()}});
  sums_ = run_pass(pass, monitor);
  layout_ = pass.layout;
  centre_ = pass.centre;
}

std::optional<double> ScoreScatter::about_zero(std::size_t unit, std::size_t a, std::size_t b) const {
  const auto known = layout_.pair(a, b);
  if (!known) return {};
  return sum(unit, *known) + centre(unit, a) * level(unit, b) + centre(unit, b) * level(unit, a) +
         seen(unit, a) * centre(unit, a) * centre(unit, b);
}

std::optional<double> ScoreScatter::about_means(std::size_t unit, double n, std::size_t a, std::size_t b) const {
  const auto known = layout_.pair(a, b);
  if (!known) return {};
  const double others = n - seen(unit, a);  // whose score is 0
  const auto left = [&](std::size_t form) { return level(unit, form) - others * centre(unit, form); };
  const double products = sum(unit, *known) + others * centre(unit, a) * centre(unit, b);
  const double scatter = products - left(a) * left(b) / n;
  return a == b && scatter < rounding * products ? 0 : scatter;
}

}  // namespace enkat
