#pragma once

#include <string>

#include "enkat/data/column.hpp"

namespace enkat {

/// Texts that are views (Arrow's `vu`, as Polars gives them) as texts with offsets: `length` of them from `first` on.
/// Refuses views that leave their buffers with DataError `data.malformed_arrow`.
Chunk texts_of_views(const std::string& column, const ArrowArray& array, std::size_t first, std::size_t length);

}  // namespace enkat
