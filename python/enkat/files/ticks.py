"""The boxes of a multiple-response set as 0/1 columns, whatever codes the file uses for a tick."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from enkat.files.metadata import Code, FileMetadata, ResponseSet, plain
from enkat.files.reading import Content

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True)
class TickedSet:
    """A set of the file with the columns that hold it: 0/1 columns when it counts ticks, else codes."""

    set: ResponseSet
    columns: tuple[str, ...]


def with_ticks(table: pa.Table, metadata: FileMetadata, content: Content) -> tuple[pa.Table, list[TickedSet]]:
    """The table with a 0/1 column added for every box that is coded otherwise (1 = yes and 2 = no, say)."""
    import pyarrow as pa

    found: list[TickedSet] = []
    for group in metadata.sets:
        known = {name.lower(): name for name in table.column_names}
        names = [known.get(variable.lower()) for variable in group.variables]
        present = [name for name in names if name is not None]
        if len(present) < len(names) or len(present) < 2:
            content.notes.append(f"multiple-response set {group.name!r} names variables that are not in the file")
            continue
        columns = []
        for name in present:
            column = table.column(name)
            if group.counted is None or _is_zero_one(name, column, group.counted, metadata):
                columns.append(name)
                continue
            added = f"{group.name}:{name}"
            table = table.append_column(added, pa.chunked_array([_ticks(name, column, group.counted, metadata)]))
            columns.append(added)
        found.append(TickedSet(group, tuple(columns)))
    return table, found


def _is_zero_one(name: str, column: pa.ChunkedArray, counted: str, metadata: FileMetadata) -> bool:
    codes = [plain(code) for code in column.unique().drop_null().to_pylist()]
    return counted == "1" and all((code in (0, 1)) is not metadata.is_missing(name, code) for code in codes)


def _ticks(name: str, column: pa.ChunkedArray, counted: str, metadata: FileMetadata) -> pa.Array:
    """1 where the counted code stands, 0 at any other answer; declared missing codes become missing."""
    import pyarrow as pa
    import pyarrow.compute as pc

    text = pa.types.is_large_string(column.type)
    code: Code = counted if text else float(counted)
    absent: list[Code] = [c for c in column.unique().drop_null().to_pylist() if metadata.is_missing(name, c)]
    ticked = pc.equal(column.combine_chunks(), pa.scalar(code, column.type)).cast(pa.int8())
    gone = pc.is_in(column.combine_chunks(), value_set=pa.array(absent, column.type))
    return pc.if_else(pc.and_(gone, pc.is_valid(ticked)), pa.scalar(None, pa.int8()), ticked)
