#pragma once

#include <string>
#include <vector>

#include "enkat/basics/reduce.hpp"

namespace enkat {

class Pass;

/// Data that are read in parts, again for every pass: batches of a stream, files, partitions on other machines.
class Parts {
 public:
  virtual ~Parts() = default;
  /// Lets the pass see these columns of all parts, or gives it what others saw of them.
  virtual void run(Pass& pass, const std::vector<std::string>& columns, Monitor& monitor) = 0;
};

}  // namespace enkat
