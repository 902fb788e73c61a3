#include "enkat/design/weight_span.hpp"

namespace enkat {
namespace {

constexpr double tolerance = 1e-5;

}  // namespace

void WeightSpan::add(std::span<const double> row) {
  if (basis_.cols() == basis_.rows()) return;
  Eigen::VectorXd direction = Eigen::Map<const Eigen::VectorXd>(row.data(), basis_.rows());
  const double length = direction.norm();
  if (!(length > 0)) return;
  direction /= length;
  if (last_.size() > 0 && (direction - last_).squaredNorm() < tolerance * tolerance) return;
  last_ = direction;
  for (int twice = 0; twice < 2; ++twice)  // once leaves rounding where little is left
    direction -= basis_ * (basis_.transpose() * direction);
  const double left = direction.norm();
  if (left < tolerance) return;
  basis_.conservativeResize(Eigen::NoChange, basis_.cols() + 1);
  basis_.rightCols(1) = direction / left;
}

WeightSpan& WeightSpan::operator+=(const WeightSpan& other) {
  for (Eigen::Index i = 0; i < other.basis_.cols(); ++i)
    add({other.basis_.col(i).data(), static_cast<std::size_t>(basis_.rows())});
  return *this;
}

void WeightSpan::write(ByteWriter& out) const {
  out.put(std::vector<double>(basis_.data(), basis_.data() + basis_.size()));
}

WeightSpan WeightSpan::read(ByteReader& in) const {
  WeightSpan other(static_cast<std::size_t>(basis_.rows()));
  const auto numbers = in.list<double>();
  const Eigen::Index columns = static_cast<Eigen::Index>(numbers.size()) / std::max<Eigen::Index>(1, basis_.rows());
  if (static_cast<Eigen::Index>(numbers.size()) != columns * basis_.rows() || columns > basis_.rows())
    throw EstimateError("estimate.foreign_state",
                        "these bytes are of another call: compute this part of the data again");
  other.basis_ = Eigen::Map<const Eigen::MatrixXd>(numbers.data(), basis_.rows(), columns);
  return other;
}

}  // namespace enkat
