#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "enkat/report/language.hpp"

namespace enkat {

/// How numbers, quotations and lists are written in one language.
class Wording {
 public:
  explicit Wording(Language language) : language_(language) {}

  Language language() const { return language_; }
  std::string of(const std::string& sv, const std::string& en) const { return language_ == Language::sv ? sv : en; }
  /// 1 473 and 1,473.
  std::string number(std::int64_t value) const;
  /// 2,5 and 2.5; −3 with a minus sign.
  std::string decimal(double value, int decimals) const;
  /// With as many decimals as it has, at most two.
  std::string shortest(double value) const;
  std::string quoted(const std::string& words) const { return of("”", "“") + words + "”"; }
  /// a, b och c; a, b and c.
  std::string list(const std::vector<std::string>& items) const;

 private:
  Language language_;
};

}  // namespace enkat
