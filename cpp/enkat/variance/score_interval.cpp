#include "enkat/variance/score_interval.hpp"

#include "enkat/basics/distribution.hpp"

namespace enkat {

ScoreInterval::ScoreInterval(std::span<const double> values, double p, double df, double level)
    : values_(values),
      p_(p),
      t_(student_t_quantile((1 + level) / 2, df)),
      low_{0, values.size() - 1},
      high_{0, values.size() - 1} {}

void ScoreInterval::Halving::observe(bool holds) {
  if (done()) return;
  if (holds)
    to = middle();
  else
    from = middle() + 1;
}

void ScoreInterval::observe(const std::array<ShareBelow, 2>& shares) {
  low_.observe(shares[0].share - p_ >= -t_ * shares[0].se);
  high_.observe(shares[1].share - p_ > t_ * shares[1].se);
}

}  // namespace enkat
