#pragma once

#include "enkat/data/column.hpp"

namespace enkat {

/// DataError `data.malformed_arrow`: the array of this column contradicts itself.
[[noreturn]] void refuse_array(const std::string& column, const std::string& what);

/// Refuses a schema that cannot be followed, with DataError `data.malformed_arrow`: no format, children that are not
/// there, dictionaries of dictionaries without end.
void check_schema(const ArrowSchema& schema);

/// Refuses an array that has not what its schema says: another number of children or buffers, or none where there must
/// be some, negative lengths. Of these cells only, and not of types that are not read.
void check_array(const ArrowSchema& schema, const Column::Form& form, const ArrowArray& array, std::size_t cells);

/// Refuses offsets that decrease or leave the elements, and indices outside their dictionary. What lies behind the
/// buffers of texts is nobody's to see: the interface does not say how long they are.
void check_cells(const Column::Form& form, const std::string& column, const Chunk& chunk);

}  // namespace enkat
