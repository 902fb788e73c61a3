#pragma once

#include <optional>
#include <string>
#include <vector>

#include "enkat/basics/names.hpp"
#include "enkat/basics/record.hpp"
#include "enkat/report/evidence.hpp"
#include "enkat/report/finding.hpp"
#include "enkat/report/phrase.hpp"

namespace enkat {

/// Whom a claim is about: those who answered, or everyone in the population.
enum class Scope { respondents, population };

template <>
struct Names<Scope> {
  static constexpr std::string_view list[] = {"respondents", "population"};
};

/// What a claim says that it is.
enum class ClaimKind { share, threshold, rank, respondents, response_rate, invited, vague, causal, comparison };

template <>
struct Names<ClaimKind> {
  static constexpr std::string_view list[] = {"share",   "threshold", "rank",   "respondents", "response_rate",
                                              "invited", "vague",     "causal", "comparison"};
};

/// One side of a comparison in words: whom it is of, and which answers to which question where the sides differ there.
struct ComparedSide {
  std::string group{};
  std::vector<std::string> names{};  ///< labels of the groups it is of, and of its answers
  std::vector<std::string> answers{};
  std::string question{};
};

/// The sides of a comparison: the one that the words begin with, and the one it is compared with.
struct ComparedSides {
  ComparedSide first{}, second{};
  bool groups = false;     ///< they are of different people
  bool of_stated = false;  ///< the claim says whether shares or numbers are compared
};

/// What a claim says besides its words.
struct Claim {
  std::string id{};
  std::optional<ClaimKind> kind{};  ///< none: read from the words
  Scope scope = Scope::respondents;
  Policy policy = Policy::sv_press;
  Language language = Language::sv;
  std::optional<std::int64_t> top{};  ///< rank: among how many first
  std::string among{};                ///< whom the base is, in words; empty: those who answered …
  std::string group{};                ///< … and which of them, in the words of the codebook; empty: all of them
  std::vector<std::string> labels{};  ///< rank: the claimed answers in words
  ComparedSides compared{};           ///< of a comparison
  bool synthetic = false;             ///< checked against synthetic answers, which `says` then states
};

template <>
struct Fields<Interval> {
  static constexpr auto list =
      std::tuple{Field{"low", &Interval::low, "lower end"}, Field{"high", &Interval::high, "upper end"}};
};

/// How a claim came out and why.
struct Verdict {
  std::string id;
  std::string kind;  ///< by name: that of the claim, or of the words
  Scope scope = Scope::respondents;
  std::string text;
  std::optional<Interval> interval;
  std::optional<double> estimate, ci_low, ci_high;
  std::optional<std::int64_t> percent, unweighted;
  std::optional<std::int64_t> n, count;
  std::optional<std::string> respondents, population;  ///< in words
  std::optional<Finding> respondents_finding, population_finding;
  std::optional<Measure> measure;  ///< of a comparison
  std::optional<std::int64_t> than_percent, than_unweighted, than_n, than_count;
  std::optional<double> r_star, r_star_high;
  std::vector<std::int64_t> rank, rank_low, rank_high;
  std::optional<double> winner_p;
  std::vector<std::string> lint;
  std::optional<std::string> would_be_true;
  bool fails = false;
  std::string says;
};

template <>
struct Fields<Verdict> {
  static constexpr auto list = std::tuple{
      Field{"id", &Verdict::id, "the claim"},
      Field{"kind", &Verdict::kind, "share, percent, threshold, rank, count …"},
      Field{"scope", &Verdict::scope, "respondents or population: whom the words are about"},
      Field{"text", &Verdict::text, "the words"},
      Field{"interval", &Verdict::interval, "what the words cover"},
      Field{"estimate", &Verdict::estimate,
            "the share that the words are held against, weighted where there are weights; of a comparison the ratio or "
            "difference"},
      Field{"percent", &Verdict::percent, "the share in whole per cent, as tables and charts print it"},
      Field{"unweighted", &Verdict::unweighted,
            "of weighted shares: the share of those who answered, in whole per cent"},
      Field{"ci_low", &Verdict::ci_low, "lower end of the interval the verdict rests on"},
      Field{"ci_high", &Verdict::ci_high, "upper end of the interval the verdict rests on"},
      Field{"n", &Verdict::n, "rows in the base, unweighted"},
      Field{"count", &Verdict::count, "rows that gave the answer, unweighted"},
      Field{"measure", &Verdict::measure, "of a comparison: ratio or difference"},
      Field{"than_percent", &Verdict::than_percent, "of a comparison: the other share in whole per cent"},
      Field{"than_unweighted", &Verdict::than_unweighted, "the same without weights, where there are weights"},
      Field{"than_n", &Verdict::than_n, "rows in the base of the other share, unweighted"},
      Field{"than_count", &Verdict::than_count, "rows that gave the other answer, unweighted"},
      Field{"respondents", &Verdict::respondents, "the verdict about those who answered"},
      Field{"population", &Verdict::population, "the verdict about the population, had they been drawn at random"},
      Field{"respondents_finding", &Verdict::respondents_finding, "holds, fails, insufficient, unchecked"},
      Field{"population_finding", &Verdict::population_finding,
            "supported, uncertain, misrounded, contradicted, insufficient, unchecked"},
      Field{"r_star", &Verdict::r_star, "how many times likelier those who agree may have answered before it fails"},
      Field{"r_star_high", &Verdict::r_star_high,
            "how many times likelier the others may have answered before it fails"},
      Field{"rank", &Verdict::rank, "places of the claimed answers"},
      Field{"rank_low", &Verdict::rank_low, "best places in the joint confidence set"},
      Field{"rank_high", &Verdict::rank_high, "worst places in the joint confidence set"},
      Field{"winner_p", &Verdict::winner_p, "p-value of the first against the second"},
      Field{"lint", &Verdict::lint, "remarks on the wording"},
      Field{"would_be_true", &Verdict::would_be_true, "what the words could say instead"},
      Field{"fails", &Verdict::fails, "contradicted in the claim's own scope: a report must not be built with it"},
      Field{"says", &Verdict::says, "the verdict in a sentence"},
  };
};

/// The verdict of words on evidence.
///
/// - Respondents: the share that the report prints against the words: the weighted one where there are weights and the
///   claim does not ask for plain counts; where both are the same, in integers.
/// - Population: supported when the 90 % interval lies within what the words cover (two one-sided tests at 5 %), else
///   uncertain; misrounded when only the 95 % interval reaches it, else contradicted. With a finite population
///   correction the verdict is the weaker of with and without it. A percent narrower than its interval has no verdict
///   when it fits: the sentence gives the interval instead.
/// - Ranks: respondents by counts (ties share the best place), population by the joint rank sets.
///
/// - Comparisons: the same of the ratio or the difference of two shares, or of the ratio of two numbers of people.
///   Two answers of one question are of the same people. r* is of the first group: how many times likelier those who
///   agree may have been to answer there, had those of the other group been equally likely.
///
/// lint: INTENS, UPTO (phrase.hpp); WEIGHT and BASE where the share without weights (or with them), or the other base,
/// would come out differently; TIE where a place is shared across the line; TOP where the words leave open among how
/// many first. Of comparisons NUMBERS where numbers of people would come out differently from shares, and PRINTED where
/// the whole per cents that are printed would.
Verdict judge(const Phrase& phrase, const Evidence& evidence, const Claim& claim);
Verdict judge(const Phrase& phrase, const ComparedEvidence& evidence, const Claim& claim);

/// The verdict of words that cannot be checked (vague, causal), with the reason.
Verdict unchecked(const std::string& text, const std::string& why, const Claim& claim);

}  // namespace enkat
