#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "enkat/design/survey.hpp"
#include "enkat/statistic/request.hpp"
#include "enkat/statistic/statistic.hpp"

namespace enkat {

/// Of how many variables a statistic is: one of each, one of each and its other (a ratio's denominator), or one of all.
enum class Arity { each, pair, all };

/// How the variables of a statistic are read.
enum class ReadAs { numbers, answers };

/// The scale on which the interval of a number is made.
enum class Scale { plain, log };

/// All there is to know of a statistic before a row is read: what dispatches by name, checks requests, reads columns
/// and says why there is no value.
struct StatisticEntry {
  std::string_view name;
  Role role = Role::number;
  Arity arity = Arity::each;
  ReadAs reads = ReadAs::numbers;
  Scale interval = Scale::plain;
  /// Makes the statistic of some variables of a request: one, a pair or all.
  std::function<AnyStatistic(const Survey&, const EstimateRequest&, const std::vector<std::string>&)> make;
  /// Why a row that somebody answered has no value: a code, and what a call without any is told.
  std::string_view undefined = "estimate.undefined";
  std::string_view undefined_says = "the answers do not vary, so this statistic does not exist for them";
  /// The note, with how many, of rows whose answers are none that the statistic has.
  std::string_view left_out = {};
  /// Between the names of a pair.
  std::string_view joint = ",";
  /// Whether "did not answer" can be an answer of its own, missing="level".
  bool missing_level = false;
  /// Whether a report can show it: a figure of one question, or of a question and its denominator.
  bool indicator = false;
};

/// Makes a statistic known. Each has one of these in its own file; nothing else names it.
class Registered {
 public:
  explicit Registered(StatisticEntry entry);
};

/// The statistic called `name`; a UsageError that names the nearest one otherwise.
const StatisticEntry& statistic_called(const std::string& name);

/// Names of all statistics, in alphabetical order.
std::vector<std::string> statistic_names();

/// Names of those that a report can show.
std::vector<std::string> indicator_names();

}  // namespace enkat
