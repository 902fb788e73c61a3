#include "enkat/codebook/instant.hpp"

#include <chrono>
#include <cmath>
#include <regex>
#include <string>

namespace enkat {
namespace {

constexpr double seconds_per_day = 86'400;

}  // namespace

double Instant::day() const { return std::floor(seconds / seconds_per_day); }

std::optional<Instant> instant_in(std::string_view text) {
  static const std::regex form(R"((\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d(?:\.\d+)?))?)?)");
  std::match_results<std::string_view::const_iterator> found;
  if (!std::regex_match(text.begin(), text.end(), found, form)) return std::nullopt;
  const auto number = [&](std::size_t i) { return found[i].matched ? std::stod(found[i].str()) : 0.0; };
  const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(number(1))),
                                         std::chrono::month(static_cast<unsigned>(number(2))),
                                         std::chrono::day(static_cast<unsigned>(number(3)))};
  if (!date.ok() || number(4) > 23 || number(5) > 59 || number(6) >= 60) return std::nullopt;
  const auto days = static_cast<double>(std::chrono::sys_days(date).time_since_epoch().count());
  return Instant{days * seconds_per_day + number(4) * 3600 + number(5) * 60 + number(6), !found[4].matched};
}

}  // namespace enkat
