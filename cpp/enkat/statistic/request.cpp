#include "enkat/statistic/request.hpp"

#include "enkat/basics/error.hpp"

namespace enkat {

template <>
MissingPolicy named<MissingPolicy>(const std::string& name) {
  if (const auto policy = from_name<MissingPolicy>(name)) return *policy;
  throw UsageError("usage.missing", "missing is 'drop', 'error' or 'level', not '" + name + "'", {{"missing", name}});
}

}  // namespace enkat
