"""The different cells of the columns of a table, looked at once each and only where somebody asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

MOST_DIFFERENT = 60
FIRST_ROWS = 4_096  # when these are all different, the others need not be looked at


@dataclass(frozen=True)
class Cells:
    """How often each different cell of a column occurs, as trimmed text; `many` when there are too many to tell."""

    counts: dict[str, int] = field(default_factory=dict)
    empty: int = 0
    many: bool = False
    text: bool = False
    readable: bool = True

    @property
    def values(self) -> set[str]:
        """The different cells that are not empty."""
        return set(self.counts)

    @property
    def answered(self) -> int:
        """How many cells are not empty, where there are not too many to tell."""
        return sum(self.counts.values())


class CellsOf:
    """The cells of the columns of one table."""

    def __init__(self, table: pa.Table, labels: Mapping[str, Mapping[str, str]] | None = None) -> None:
        self.table = table
        self._labels = labels or {}
        self._known: dict[str, Cells] = {}

    def label(self, column: str, value: str) -> str:
        """What the file calls a value of a column; the value itself where it says nothing."""
        return self._labels.get(column, {}).get(value, value)

    def __getitem__(self, column: str) -> Cells:
        if column not in self._known:
            self._known[column] = _cells(self.table.column(column))
        return self._known[column]


def texts_of(column: pa.ChunkedArray) -> pa.ChunkedArray | None:
    """The cells of a column of texts, trimmed, an empty text missing; None for other columns."""
    import pyarrow as pa
    import pyarrow.compute as pc
    from pyarrow import types as is_a

    if is_a.is_dictionary(column.type) and _is_text(column.type.value_type):
        column = column.cast(pa.large_string())
    if not _is_text(column.type):
        return None
    trimmed = pc.utf8_trim_whitespace(column)
    return pc.if_else(pc.equal(trimmed, ""), pa.scalar(None, trimmed.type), trimmed)


def _is_text(kind: pa.DataType) -> bool:
    from pyarrow import types as is_a

    return bool(is_a.is_string(kind) or is_a.is_large_string(kind))


def _cells(column: pa.ChunkedArray) -> Cells:
    first = _counted(column.slice(0, FIRST_ROWS))
    if first.many or not first.readable or len(column) <= FIRST_ROWS:
        return replace(first, empty=column.null_count) if len(column) > FIRST_ROWS else first
    return _counted(column)


def _counted(column: pa.ChunkedArray) -> Cells:
    import pyarrow as pa
    import pyarrow.compute as pc
    from pyarrow import types as is_a

    texts = texts_of(column)
    text = texts is not None
    if texts is None:
        coded = is_a.is_boolean(column.type) or is_a.is_integer(column.type) or is_a.is_floating(column.type)
        if not coded and not is_a.is_null(column.type):
            return Cells(empty=column.null_count, readable=False)
        texts = column.cast(pa.int8()) if is_a.is_boolean(column.type) else column
    counted = pc.value_counts(texts.drop_null())
    if len(counted) > MOST_DIFFERENT:
        return Cells(empty=texts.null_count, many=True, text=text)
    values, counts = counted.field("values").to_pylist(), counted.field("counts").to_pylist()
    named = {_text(value): count for value, count in zip(values, counts, strict=True)}
    return Cells(named, texts.null_count, text=text)


def _text(value: object) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
