#pragma once

#include <string>
#include <vector>

#include "enkat/basics/reduce.hpp"
#include "enkat/report/claim_spec.hpp"

namespace enkat {

/// How words are checked besides the claim itself.
struct CheckOptions {
  Language language = Language::sv;
  bool synthetic = false;
  int percent_step = 1;                 ///< precision of the document's percents
  std::optional<std::int64_t> invited;  ///< for response rates and the number invited
};

template <>
struct Fields<CheckOptions> {
  static constexpr auto list =
      std::tuple{Field{"language", &CheckOptions::language, "of the words: sv or en"},
                 Field{"synthetic", &CheckOptions::synthetic, "whether the answers are"},
                 Field{"percent_step", &CheckOptions::percent_step, "precision of the document's percents"},
                 Field{"invited", &CheckOptions::invited, "how many were invited"}};
};

/// What the answers of a survey say about words.
Verdict check(const Survey& survey, const ClaimSpec& claim, const std::string& text, const CheckOptions& options,
              Monitor& monitor);

}  // namespace enkat
