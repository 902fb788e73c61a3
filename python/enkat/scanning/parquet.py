"""Parquet files, decoded by a few threads while the core adds up what they have decoded."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from enkat import _core
from enkat.errors import DataError
from enkat.scanning.files import State, check_schemas, damaged
from enkat.scanning.source import BATCH_ROWS, ROWS_BEFORE

if TYPE_CHECKING:
    import pyarrow as pa

WAITING = 2  # decoded batches that may wait for the core


@dataclass(frozen=True)
class RowGroup:
    """What one thread decodes: Parquet keeps the columns of so many rows together."""

    file: Path
    number: int
    rows: int
    before: int  # rows of all groups before it


class ParquetFiles:
    """Parquet files that lie one after another; texts are read as labels, which is how Parquet keeps them."""

    def __init__(self, files: Sequence[Path]) -> None:
        import pyarrow as pa
        import pyarrow.parquet

        self._state = State(files)
        self._groups: list[RowGroup] = []
        rows = 0
        schemas: list[tuple[str, pa.Schema | DataError]] = []
        for file in files:
            try:
                with pyarrow.parquet.ParquetFile(file) as parquet:
                    schemas.append((file.name, parquet.schema_arrow))
                    about = parquet.metadata
                    for number in range(about.num_row_groups):
                        group = RowGroup(file, number, about.row_group(number).num_rows, rows)
                        self._groups.append(group)
                        rows += group.rows
            except (pa.ArrowException, OSError) as error:
                schemas.append((file.name, damaged(file.name, error)))
        check_schemas(schemas)
        written = schemas[0][1]
        assert isinstance(written, pa.Schema)
        self._texts = [f.name for f in written if pa.types.is_string(f.type) or pa.types.is_large_string(f.type)]
        self.schema = pa.schema(
            [
                field.with_type(pa.dictionary(pa.int32(), field.type)) if field.name in self._texts else field
                for field in written
            ]
        ).remove_metadata()

    def batches(self, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
        """These columns of all rows, in the order in which they are decoded."""
        self._state.refuse_changed()
        decoding = Decoding(self._groups, list(columns), [name for name in columns if name in self._texts])
        with decoding:
            yield from decoding
        self._state.refuse_changed()


class Decoding:
    """Threads that decode row groups, each one of its own, and the batches they have made so far."""

    def __init__(self, groups: Sequence[RowGroup], columns: list[str], texts: list[str]) -> None:
        self._groups = iter(groups)
        self._columns, self._texts = columns, texts
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._batches: queue.Queue[pa.RecordBatch | BaseException | None] = queue.Queue(WAITING)
        count = max(1, min(_core.threads_allowed(), len(groups)))
        self._threads = [threading.Thread(target=self._decode, daemon=True) for _ in range(count)]

    def __enter__(self) -> None:
        for thread in self._threads:
            thread.start()

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        while any(thread.is_alive() for thread in self._threads):
            while not self._batches.empty():
                self._batches.get_nowait()
            for thread in self._threads:
                thread.join(0.01)

    def __iter__(self) -> Iterator[pa.RecordBatch]:
        running = len(self._threads)
        while running:
            batch = self._batches.get()
            if isinstance(batch, BaseException):
                raise batch
            if batch is None:
                running -= 1
            else:
                yield batch

    def _next(self) -> RowGroup | None:
        with self._lock:
            return next(self._groups, None)

    def _decode(self) -> None:
        try:
            while (group := self._next()) is not None:
                for batch in self._batches_of(group):
                    self._batches.put(batch)
                    if self._stop.is_set():
                        return
            self._batches.put(None)
        except BaseException as error:  # raised again where the batches are read
            self._batches.put(error)

    def _batches_of(self, group: RowGroup) -> Iterator[pa.RecordBatch]:
        import pyarrow as pa
        import pyarrow.parquet

        rows = 0
        try:
            # Whole columns of a row group are not read ahead: memory is for batches only.
            with pyarrow.parquet.ParquetFile(
                group.file, read_dictionary=self._texts, pre_buffer=False, page_checksum_verification=True
            ) as parquet:
                for batch in parquet.iter_batches(
                    BATCH_ROWS, row_groups=[group.number], columns=self._columns, use_threads=False
                ):
                    yield batch.replace_schema_metadata({ROWS_BEFORE: str(group.before + rows)})
                    rows += batch.num_rows
        except (pa.ArrowException, OSError) as error:
            raise damaged(group.file.name, error) from None
        if rows != group.rows:
            raise damaged(group.file.name, EOFError())
