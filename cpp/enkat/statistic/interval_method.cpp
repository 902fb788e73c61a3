#include "enkat/statistic/interval_method.hpp"

#include "enkat/basics/error.hpp"

namespace enkat {

template <>
IntervalMethod named<IntervalMethod>(const std::string& name) {
  if (const auto method = from_name<IntervalMethod>(name)) return *method;
  throw UsageError("usage.unknown_interval",
                   "there is no interval '" + name + "'" + suggestion(name, names_of<IntervalMethod>()) +
                       " (logit, wald, wilson, beta, xlogit, asin, likelihood, kish)",
                   {{"interval", name}});
}

}  // namespace enkat
