#pragma once

#include <cmath>
#include <cstdint>
#include <optional>
#include <vector>

#include "enkat/estimate/ranking.hpp"
#include "enkat/variance/interval.hpp"

namespace enkat {

/// Intervals of a share as if those who answered were drawn at random.
struct SamplingBounds {
  Interval ci95;
  Interval ci90;  ///< its ends are the one-sided 95 % bounds
};

/// What the answers say about a claim.
struct Evidence {
  std::int64_t count = 0;                  ///< unweighted: answered so; or the number a claim about a number is about
  std::int64_t n = 0;                      ///< unweighted: the base; 0 for a claim about a number
  double estimate = 0;                     ///< the weighted share
  std::optional<double> df{};              ///< degrees of freedom behind the bounds
  bool plain = false;                      ///< the claim is about plain counts, whatever the weights
  std::optional<SamplingBounds> bounds{};  ///< by the design
  std::optional<SamplingBounds> bounds_without_fpc{};  ///< without finite population, where the design has one
  bool base_too_small = false;                         ///< too few answers to say anything about a population
  bool withheld = false;                               ///< too few answers to be shown at all
  std::optional<std::int64_t>
      other_n{};  ///< the base by the other rule: everyone instead of the answered, or the reverse

  std::vector<RankRow> ranks{};        ///< rank claims: every ranked answer
  std::vector<std::size_t> claimed{};  ///< rank claims: which of them the claim is about
  bool rank_sets = true;               ///< rank claims: whether rank_low and rank_high are known
  std::optional<double> winner_p{};    ///< rank claims: the winner against the runner-up

  double plain_share() const { return static_cast<double>(count) / static_cast<double>(n); }
  bool is_weighted() const { return std::abs(estimate - plain_share()) >= 1e-12; }
};

/// A ratio or a difference of two shares; no bounds where the answers give none.
struct MeasureEvidence {
  double estimate = 0;
  std::optional<SamplingBounds> bounds{};
  std::optional<SamplingBounds> bounds_without_fpc{};
};

/// What the answers say about two sides that are compared.
struct ComparedEvidence {
  Evidence first, second;  ///< the share of each side
  bool numbers = false;    ///< numbers of people are compared, by their ratio, instead of shares
  MeasureEvidence ratio{}, difference{};
  double people = 0;            ///< how many times as many people, weighted, are on the first side
  bool base_too_small = false;  ///< too few answers to say anything about a population

  bool withheld() const { return first.withheld || second.withheld; }
};

/// Evidence of a share with Korn–Graubard intervals and the NCHS gate.
///
/// `variance` and `df` are the design's; `variance_without_fpc` is given where the design has a finite population, and
/// the gate then rests on it. Without degrees of freedom the base is too small.
Evidence share_evidence(std::int64_t count, std::int64_t n, double estimate, double variance, double df,
                        std::optional<double> variance_without_fpc = {});

}  // namespace enkat
