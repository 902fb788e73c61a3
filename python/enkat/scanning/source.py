"""Where rows come from that are not all in memory at once: they are read again for every pass, in batches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from enkat.errors import DataError, Issue
from enkat.files.arrow import normalise

if TYPE_CHECKING:
    import pyarrow as pa

# Rows of a batch: few enough to stay in the cache, and on one thread of the core while others decode.
BATCH_ROWS = 131_072


class Source(Protocol):
    """Rows that can be read again and again."""

    @property
    def schema(self) -> pa.Schema:
        """Names and types of the columns, as every batch has them."""

    def batches(self, columns: Sequence[str]) -> Iterator[pa.RecordBatch | pa.Table]:
        """These columns of all rows, from the first."""


def empty_table(schema: pa.Schema) -> pa.Table:
    """The columns of a source without rows, as the core reads them."""
    return normalise(schema.empty_table())


def capsules(batches: Iterable[pa.RecordBatch | pa.Table], columns: Sequence[str], schema: pa.Schema) -> Iterator[Any]:
    """Arrow streams of these columns that the core reads, one a batch; refuses a batch that differs from the schema."""
    import pyarrow as pa

    expected = empty_table(pa.schema([schema.field(name) for name in columns])).schema
    for number, batch in enumerate(batches, start=1):
        table = normalise(with_types(pa.table(batch), schema))
        refuse_other_schema(expected, table.schema, f"batch {number}")
        yield table.to_reader(max_chunksize=BATCH_ROWS).__arrow_c_stream__()


def with_types(table: pa.Table, schema: pa.Schema) -> pa.Table:
    """The table with the schema's types for columns that have no answer in it, and so no type of their own."""
    import pyarrow as pa

    for position, field in enumerate(table.schema):
        if pa.types.is_null(field.type) and field.name in schema.names:
            known = schema.field(field.name)
            table = table.set_column(position, known, pa.nulls(table.num_rows, known.type))
    return table


def refuse_other_schema(expected: pa.Schema, found: pa.Schema, where: str) -> None:
    """Raises DataError `data.schema_differs` with every column that is missing or of another type."""
    issues = schema_issues(expected, found, where)
    if issues:
        raise DataError.of(issues)


def schema_issues(expected: pa.Schema, found: pa.Schema, where: str) -> list[Issue]:
    """Columns that `expected` has and `found` has not, or the other way, or with another type."""
    issues = [
        _issue(where, name, f"column {name!r} of the first part is missing")
        for name in expected.names
        if name not in found.names
    ]
    for name in found.names:
        if name not in expected.names:
            issues.append(_issue(where, name, f"column {name!r} is not in the first part"))
        elif not found.field(name).type.equals(expected.field(name).type):
            types = f"{found.field(name).type} here and {expected.field(name).type} in the first part"
            issues.append(_issue(where, name, f"column {name!r} is {types}"))
    return issues


def _issue(where: str, column: str, what: str) -> Issue:
    sentence = f"{where}: {what}; all parts must have the same columns and types"
    return Issue("data.schema_differs", sentence, {"part": where, "column": column})
