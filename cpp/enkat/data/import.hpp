#pragma once

#include <string>

#include "enkat/data/column.hpp"

namespace enkat {

/// What an Arrow schema says about a column; `unsupported` for types that the core does not read.
Column::Form form_of(const ArrowSchema& schema);

/// The cells of one Arrow array of that form: `length` of them from `offset` on (both on top of the array's own
/// offset).
Chunk chunk_of(const ArrowSchema& schema, const ArrowArray& array, std::shared_ptr<const void> owner,
               std::size_t offset, std::size_t length);

}  // namespace enkat
