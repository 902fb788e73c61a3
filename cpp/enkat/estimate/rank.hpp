#pragma once

#include "enkat/estimate/estimate.hpp"
#include "enkat/estimate/ranking.hpp"

namespace enkat {

/// Shares of the answers to a single, multiple or top_k question with their places and joint confidence sets of places.
///
/// Residual and exclusive options are shown but not ranked. Exact tests need an unweighted simple random sample;
/// other designs are an EstimateError `estimate.ranking_design`.
Estimates rank(const Survey& survey, const std::string& question, const std::vector<std::string>& by, double level,
               IntervalMethod interval, Monitor& monitor);

/// For each pair of options how many rows of the domain ticked the first and not the second. Unweighted.
DiscordantCounts discordant_counts(const Survey& survey, const std::string& question,
                                   const std::vector<std::size_t>& options, Monitor& monitor);

/// The options of a question that can be ranked: not residual, not exclusive.
std::vector<std::size_t> ranked_options(const Question& question);

/// Whether respondents were drawn independently and count alike, which the exact tests of places presume.
bool independent_with_equal_weights(const Survey& survey);

/// Refuses other designs.
void need_simple_design(const Survey& survey);

}  // namespace enkat
