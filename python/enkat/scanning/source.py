"""Where rows come from that are not all in memory at once: they are read again for every pass, in batches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from enkat import _core
from enkat.errors import DataError, Issue
from enkat.files.arrow import normalise
from enkat.files.one_form import Respelt, arrow_in_one_form
from enkat.scanning.rounds import Request, columns_of
from enkat.texts import one_form

if TYPE_CHECKING:
    import pyarrow as pa

# Rows of a batch: few enough to stay in the cache, and on one thread of the core while others decode.
BATCH_ROWS = 131_072
# The key of a batch's metadata that says how many rows of the source are before it: threads give batches as they come.
ROWS_BEFORE = b"enkat.rows_before"


class Source(Protocol):
    """Rows that can be read again and again."""

    @property
    def schema(self) -> pa.Schema:
        """Names and types of the columns, as every batch has them."""

    def batches(self, columns: Sequence[str]) -> Iterator[pa.RecordBatch | pa.Table]:
        """These columns of all rows, from the first."""


class Here:
    """Rows that this process reads; the columns have their names in normal form C, as those of data in memory have."""

    def __init__(self, source: Source, respelt: Respelt) -> None:
        self._source = source
        self._own_names = own_names(source.schema)
        self._respelt = respelt
        self.schema = in_one_form_names(source.schema)

    def read(self, requests: Sequence[Request]) -> None:
        """Lets passes see all rows once."""
        columns = [self._own_names[name] for name in columns_of(requests)]
        for number, batch in enumerate(self._source.batches(columns), start=1):
            named = in_one_form_names(batch)
            for request in requests:
                capsule, before = capsule_of(named, number, request.columns, self.schema, self._respelt)
                request.wanted.see(capsule, before)


def own_names(schema: pa.Schema) -> dict[str, str]:
    """What the source itself calls the columns, by their names in normal form C."""
    try:
        return {one_form(name): name for name in schema.names}
    except UnicodeDecodeError:
        raise DataError(
            "data.encoding", "the name of a column is no Unicode (UTF-8): write the data anew where they were made"
        ) from None


def in_one_form_names(named: Any) -> Any:
    """A schema, batch or table with the names of its columns in normal form C."""
    import pyarrow as pa

    if isinstance(named, pa.Schema):
        return pa.schema([field.with_name(one_form(field.name)) for field in named])
    batch = named if isinstance(named, (pa.RecordBatch, pa.Table)) else pa.table(named)
    names = [one_form(name) for name in batch.schema.names]
    return batch if names == batch.schema.names else batch.rename_columns(names)


def empty_table(schema: pa.Schema) -> pa.Table:
    """The columns of a source without rows, as the core reads them."""
    return normalise(schema.empty_table())


def columns_table(schema: pa.Schema) -> _core.Table:
    """The same in the core."""
    return _core.Table.from_stream(empty_table(schema).__arrow_c_stream__())


def capsule_of(
    batch: pa.RecordBatch | pa.Table, number: int, columns: Sequence[str], schema: pa.Schema, respelt: Respelt
) -> tuple[Any, int]:
    """An Arrow stream of these columns of a batch that the core reads, and how many rows are before it (-1: those that
    came before); refuses a batch that differs from the schema.
    """
    import pyarrow as pa

    expected = empty_table(pa.schema([schema.field(name) for name in columns])).schema
    before = int((batch.schema.metadata or {}).get(ROWS_BEFORE, -1))
    given = [name for name in columns if name in batch.schema.names]
    table = normalise(with_types(pa.table(batch).select(given), schema))
    refuse_other_schema(expected, table.schema, f"batch {number}")
    table = arrow_in_one_form(table, respelt)
    return table.to_reader(max_chunksize=BATCH_ROWS).__arrow_c_stream__(), before


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
