#pragma once

#include "enkat/data/table.hpp"

namespace enkat {

/// Gives a table as a stream of the Arrow interface: a batch for each run of rows that lie together, in the buffers
/// that the table has. What was read as another type than it came as is given as it was read. The table may go.
void to_stream(const Table& table, ArrowArrayStream& out);

}  // namespace enkat
