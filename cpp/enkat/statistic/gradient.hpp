#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <span>
#include <vector>

#include "enkat/basics/record.hpp"

namespace enkat {

/// The derivative of a value by one total.
struct Slope {
  Eigen::Index term = 0;
  double by = 0;
};

template <>
struct Fields<Slope> {
  static constexpr auto list =
      std::tuple{Field{"term", &Slope::term, "which total"}, Field{"by", &Slope::by, "the derivative"}};
};

/// The derivatives of one or more values by totals, those that are not 0: of thousands of shares each has two.
class Gradient {
 public:
  Gradient() = default;
  /// Of one value, by all totals.
  explicit Gradient(const Eigen::RowVectorXd& all) {
    for (Eigen::Index k = 0; k < all.size(); ++k) add(k, all[k]);
    end_value();
  }

  void add(Eigen::Index term, double by) {
    if (by != 0) slopes_.push_back({term, by});
  }
  /// What is added afterwards is of the next value.
  void end_value() { ends_.push_back(slopes_.size()); }

  std::span<const Slope> of(Eigen::Index value) const {
    const auto i = static_cast<std::size_t>(value);
    const std::size_t first = i == 0 ? 0 : ends_[i - 1];
    return std::span(slopes_).subspan(first, ends_[i] - first);
  }

 private:
  std::vector<Slope> slopes_;
  std::vector<std::size_t> ends_;  // one a value
};

}  // namespace enkat
