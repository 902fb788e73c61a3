#include "enkat/design/calibration.hpp"

#include <array>

#include "enkat/basics/matrix_bytes.hpp"
#include "enkat/basics/record_bytes.hpp"
#include "enkat/design/pass.hpp"

namespace enkat {

std::shared_ptr<const Calibration> Calibration::on(const Survey& part) const {
  const auto here = std::make_shared<Calibration>(*this);
  here->rows = rows->on(part);
  return here;
}

void Calibration::write(ByteWriter& out) const {
  put_value(out, method);
  rows->cells().write(out);
  out.put(rows->table().cell);
  out.put(rows->table().weight);
  put_value(out, distance);
  put_matrix(out, lambda);
}

std::shared_ptr<const Calibration> Calibration::read(ByteReader& in, const Survey& survey) {
  const auto calibration = std::make_shared<Calibration>();
  calibration->method = get_value<std::string>(in);
  const auto cells = std::make_shared<const AuxiliaryCells>(AuxiliaryCells::read(in, survey));
  CellTable table{in.list<std::int32_t>(), {}, in.list<double>()};
  table.x = cells->rows_of(table.cell);
  calibration->rows = std::make_shared<const DistinctRows>(cells, std::move(table));
  calibration->distance = get_value<Distance>(in);
  calibration->lambda = get_matrix(in);
  return calibration;
}

namespace {

/// Σ w x of every unit.
struct UnitSumsPass {
  using State = ExactSums;
  static constexpr std::string_view name = "unit sums";
  std::vector<double> bounds;  // of a unit

  State empty(const Survey& all) const {
    std::vector<double> of_units;
    for (std::size_t unit = 0; unit < all.sample().units(); ++unit)
      of_units.insert(of_units.end(), bounds.begin(), bounds.end());
    return ExactSums(of_units);
  }
  void observe(const Survey& part, State& sums, Monitor& monitor) const {
    const Auxiliaries& x = part.calibration()->x();
    const std::vector<std::int32_t>& unit = part.sample().unit();
    const auto see = [&](Rows rows, State& seen) {
      std::array<double, block_rows> weight;
      part.weights(rows, std::span(weight).first(rows.size()));
      ModelRows of;
      x.observe(rows, of);
      for (std::size_t i = 0; i < rows.size(); ++i) {
        const std::size_t first = unit.empty() ? 0 : static_cast<std::size_t>(unit[rows.first + i]) * x.columns();
        for (std::size_t t = i * of.entries; t < (i + 1) * of.entries; ++t)
          if (of.column[t] >= 0) seen.add(first + static_cast<std::size_t>(of.column[t]), weight[i] * of.value[t]);
      }
    };
    reduce_into(sums, part.rows(), [&] { return empty(part); }, see, monitor);
  }
  void write(ByteWriter& out) const { out.put(bounds); }
  static UnitSumsPass read(ByteReader& in, const Survey&) { return {in.list<double>()}; }
};
const KnownPass<UnitSumsPass> unit_sums_pass;

}  // namespace

ExactSums unit_sums(const Survey& survey, Monitor& monitor) {
  UnitSumsPass pass;
  for (const double bound : survey.calibration()->x().bounds()) pass.bounds.push_back(survey.largest_weight() * bound);
  return run_pass(survey, pass, monitor);
}

}  // namespace enkat
