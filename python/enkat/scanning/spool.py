"""Streams that can be read only once, kept in a temporary file for the passes to come."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from enkat.errors import DataError, Issue
from enkat.scanning.failures import stream_failed
from enkat.scanning.source import BATCH_ROWS, refuse_other_schema

if TYPE_CHECKING:
    import pyarrow as pa


class Spooled:
    """A stream's rows in an Arrow file of its own, which is deleted with the survey."""

    def __init__(self, tables: Iterable[pa.Table]) -> None:
        import pyarrow as pa
        import pyarrow.ipc

        folder = tempfile.mkdtemp(prefix="enkat-")
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        self._path = Path(folder) / "rows.arrow"
        writer: pa.ipc.RecordBatchFileWriter | None = None
        declared: dict[str, pa.Array] = {}
        try:
            for number, table in enumerate(tables, start=1):
                table = plain(table)
                if writer is None:
                    self.schema: pa.Schema = table.schema
                    writer = pa.ipc.new_file(self._path, self.schema)
                refuse_other_schema(self.schema, table.schema, f"batch {number}")
                refuse_other_categories(declared, table, f"batch {number}")
                writer.write_table(table.select(self.schema.names), max_chunksize=BATCH_ROWS)
        except (pa.ArrowException, OSError) as error:
            raise stream_failed(error) from error
        finally:
            if writer is not None:
                writer.close()
        if writer is None:
            raise DataError("data.no_rows", "the stream has no batch: nothing to estimate from")

    def batches(self, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
        """These columns of the file."""
        import pyarrow as pa
        import pyarrow.ipc

        fields = [self.schema.get_field_index(name) for name in columns]
        options = pa.ipc.IpcReadOptions(included_fields=fields)
        with pa.OSFile(str(self._path)) as file, pa.ipc.open_file(file, options=options) as reader:
            for number in range(reader.num_record_batches):
                yield reader.get_batch(number)


def plain(table: pa.Table) -> pa.Table:
    """The table with unordered labels as texts: an Arrow file has one dictionary a column, batches one each."""
    import pyarrow as pa

    columns = [
        column.cast(column.type.value_type)
        if pa.types.is_dictionary(column.type) and not column.type.ordered
        else column
        for column in table.columns
    ]
    return pa.table(columns, names=table.column_names)


def refuse_other_categories(declared: dict[str, pa.Array], table: pa.Table, where: str) -> None:
    """Raises DataError `data.schema_differs` with every column whose declared categories are not those met first."""
    import pyarrow as pa

    issues = []
    for name, column in zip(table.column_names, table.columns, strict=True):
        if not pa.types.is_dictionary(column.type):
            continue
        if any(not chunk.dictionary.equals(declared.setdefault(name, chunk.dictionary)) for chunk in column.chunks):
            sentence = f"{where}: column {name!r} declares other categories than in the first part; give it the same in"
            sentence += " every part, or make texts or numbers of it"
            issues.append(Issue("data.schema_differs", sentence, {"part": where, "column": name}))
    if issues:
        raise DataError.of(issues)
