"""Queries that others run: Polars LazyFrames, DuckDB relations, and functions that open a source anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from enkat.errors import DataError, UsageError
from enkat.files.frames import as_arrow
from enkat.scanning.failures import query_failed, said_as, stream_failed
from enkat.scanning.source import BATCH_ROWS

if TYPE_CHECKING:
    import duckdb
    import polars
    import pyarrow as pa


class PolarsQuery:
    """A LazyFrame; Polars runs the query for every pass, and reads no other columns."""

    def __init__(self, frame: polars.LazyFrame) -> None:
        if not hasattr(frame, "collect_batches"):
            raise UsageError(
                "usage.polars_version",
                "this Polars gives no batches: install a newer one, or scan the files themselves",
            )
        self._frame = frame

    @cached_property
    def schema(self) -> pa.Schema:
        """Of the query's result."""
        with said_as(query_failed("Polars")):
            return self._frame.head(0).collect().to_arrow().schema

    def batches(self, columns: Sequence[str]) -> Iterator[pa.Table]:
        """The query's result in batches, in whatever order they are ready."""
        import polars

        with said_as(query_failed("Polars")):
            query = self._frame.select(polars.col(list(columns)))
            for frame in query.collect_batches(chunk_size=BATCH_ROWS, maintain_order=False, lazy=True):
                yield frame.to_arrow()


class DuckQuery:
    """A DuckDB relation; DuckDB runs the query for every pass, and reads no other columns."""

    def __init__(self, relation: duckdb.DuckDBPyRelation) -> None:
        self._relation = relation

    @cached_property
    def schema(self) -> pa.Schema:
        """Of the query's result."""
        with said_as(query_failed("DuckDB")):
            return self._relation.limit(0).to_arrow_table().schema

    def batches(self, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
        """The query's result in batches."""
        import duckdb

        with said_as(query_failed("DuckDB")):
            yield from self._relation.select(*map(duckdb.ColumnExpression, columns)).to_arrow_reader(BATCH_ROWS)


class Reopened:
    """A function that opens the rows anew each time it is called."""

    def __init__(self, opened: Callable[[], Iterable[Any]]) -> None:
        self._open = opened

    @cached_property
    def schema(self) -> pa.Schema:
        """Of the first batch."""
        for batch in self._tables():
            return batch.schema
        raise DataError("data.no_rows", "the source gives no batch: nothing to estimate from")

    def batches(self, columns: Sequence[str]) -> Iterator[pa.Table]:
        """These columns of whatever the function gives."""
        from enkat.scanning.source import refuse_other_schema

        for number, batch in enumerate(self._tables(), start=1):
            refuse_other_schema(self.schema, batch.schema, f"batch {number}")
            yield batch.select(list(columns))

    def _tables(self) -> Iterator[pa.Table]:
        with said_as(stream_failed):
            opened = self._open()
        if not hasattr(opened, "__arrow_c_stream__") and not isinstance(opened, Iterable):
            kind = type(opened).__name__
            raise UsageError("usage.source", f"the function gives {kind}, not batches: give a list or a stream of them")
        return tables_of(opened)


class InMemory:
    """A table that is in memory already."""

    def __init__(self, table: pa.Table) -> None:
        self._table = table
        self.schema: pa.Schema = table.schema

    def batches(self, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
        """Slices of the table."""
        yield from self._table.select(list(columns)).to_batches(max_chunksize=BATCH_ROWS)


def tables_of(batches: Any) -> Iterator[pa.Table]:
    """Batches of any library as Arrow tables."""
    from enkat.files.arrow import whole

    with said_as(stream_failed):
        if hasattr(batches, "__arrow_c_stream__") and not hasattr(batches, "__next__"):
            import pyarrow as pa

            batches = pa.RecordBatchReader.from_stream(batches)
        for batch in batches:
            yield whole(as_arrow(batch))
