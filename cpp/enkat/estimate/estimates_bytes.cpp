#include "enkat/estimate/estimates_bytes.hpp"

#include <algorithm>

#include "enkat/basics/record_bytes.hpp"

namespace enkat {

template <>
struct Fields<Note> {
  static constexpr auto list = std::tuple{
      Field{"code", &Note::code, "what there is to know"},
      Field{"number", &Note::number, "the number it is about"},
      Field{"decimals", &Note::decimals, "of the number"},
  };
};

template <>
struct Fields<RowKey> {
  static constexpr auto list = std::tuple{
      Field{"variable", &RowKey::variable, "place of the variable"},
      Field{"overlap", &RowKey::overlap, "place of the overlap"},
      Field{"cell", &RowKey::cell, "place of the cell"},
      Field{"answer", &RowKey::answer, "place of the answer"},
  };
};

namespace detail {
template <>
struct BytesOf<Notes> {
  static void put(ByteWriter& out, const Notes& notes) { put_value(out, notes.all()); }
  static Notes get(ByteReader& in) {
    Notes notes;
    for (Note& note : get_value<std::vector<Note>>(in)) notes.add(std::move(note));
    return notes;
  }
};
}  // namespace detail

namespace {

constexpr std::string_view magic = "enkat estimates 1";

[[noreturn]] void refuse() {
  throw EstimateError("estimate.foreign_state", "these bytes are no estimates of this version of enkat");
}

}  // namespace

std::string bytes_of(const Estimates& estimates, Monitor& monitor) {
  ByteWriter out;
  out.put(magic);
  put_value(out, estimates.by);
  put_value(out, estimates.rows);
  for (const Estimate& row : estimates.rows) {
    put_value(out, row.key);
    put_value(out, row.fraction);
  }
  put_value(out, estimates.ranked);
  put_value(out, estimates.shares);
  put_value(out, estimates.of_sums);
  put_value(out, estimates.level);
  out.put(estimates.notes.size());
  for (const Issue& note : estimates.notes) {
    put_value(out, note.code);
    put_value(out, note.message);
  }
  put_value(out, estimates.form_of_row);
  const Eigen::MatrixXd covariance = estimates.joint ? estimates.joint->covariance(monitor) : Eigen::MatrixXd();
  out.put(std::vector<double>(covariance.data(), covariance.data() + covariance.size()));
  return out.bytes();
}

Estimates estimates_from(std::string_view bytes) {
  ByteReader in(bytes);
  if (in.text() != magic) refuse();
  Estimates estimates;
  estimates.by = get_value<std::vector<std::string>>(in);
  estimates.rows = get_value<std::vector<Estimate>>(in);
  for (Estimate& row : estimates.rows) {
    row.key = get_value<RowKey>(in);
    row.fraction = get_value<double>(in);
  }
  estimates.ranked = get_value<bool>(in);
  estimates.shares = get_value<bool>(in);
  estimates.of_sums = get_value<std::optional<IntervalMethod>>(in);
  estimates.level = get_value<double>(in);
  for (auto left = in.get<std::size_t>(); left > 0; --left) {
    std::string code = get_value<std::string>(in);
    estimates.notes.push_back({std::move(code), get_value<std::string>(in), {}});
  }
  estimates.form_of_row = get_value<std::vector<std::ptrdiff_t>>(in);
  if (estimates.form_of_row.size() != estimates.rows.size()) refuse();
  std::ptrdiff_t values = 0;
  for (const std::ptrdiff_t form : estimates.form_of_row) {
    if (form >= std::ssize(estimates.rows)) refuse();
    values = std::max(values, form + 1);
  }
  const auto figures = in.list_of<double>(static_cast<std::size_t>(values * values));
  if (!in.at_end()) refuse();
  estimates.joint =
      std::make_shared<const FixedCovariance>(Eigen::Map<const Eigen::MatrixXd>(figures.data(), values, values));
  return estimates;
}

}  // namespace enkat
