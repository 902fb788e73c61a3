#pragma once

#include <memory>

#include "enkat/data/choices.hpp"
#include "enkat/data/problems.hpp"
#include "enkat/data/table.hpp"

namespace enkat {

/// Where the choices of a multiple or top_k question lie: reads them block by block into bit planes.
class ChoiceStorage {
 public:
  virtual ~ChoiceStorage() = default;
  virtual void read(Choices& choices, Planes& planes, Problems& problems) const = 0;
};

/// The storage that the codebook names. Columns that are absent or of the wrong type are problems, and read as empty.
std::unique_ptr<ChoiceStorage> storage_of(const Table& table, Problems& problems);

}  // namespace enkat
