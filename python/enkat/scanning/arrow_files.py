"""Arrow (Feather) files: a stream's or a file's, read batch by batch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from enkat.errors import DataError
from enkat.scanning.files import State, check_schemas, damaged

if TYPE_CHECKING:
    import pyarrow as pa


class ArrowFiles:
    """Arrow files that lie one after another."""

    def __init__(self, files: Sequence[Path]) -> None:
        import pyarrow as pa

        self._files = files
        self._state = State(files)
        schemas: list[tuple[str, pa.Schema | DataError]] = []
        for file in files:
            try:
                with pa.OSFile(str(file)) as opened, pa.ipc.open_file(opened) as reader:
                    schemas.append((file.name, reader.schema))
            except (pa.ArrowException, OSError) as error:
                schemas.append((file.name, damaged(file.name, error)))
        check_schemas(schemas)
        schema = schemas[0][1]
        assert isinstance(schema, pa.Schema)
        self.schema = schema.remove_metadata()

    def batches(self, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
        """These columns of all files."""
        import pyarrow as pa

        self._state.refuse_changed()
        for file in self._files:
            try:
                with pa.OSFile(str(file)) as opened:
                    names = pa.ipc.open_file(opened).schema.names
                    options = pa.ipc.IpcReadOptions(included_fields=[names.index(name) for name in columns])
                    reader = pa.ipc.open_file(opened, options=options)
                    for number in range(reader.num_record_batches):
                        batch = reader.get_batch(number)
                        batch.validate(full=True)  # nothing else looks whether its offsets lie within its buffers
                        yield batch
            except (pa.ArrowException, OSError) as error:
                raise damaged(file.name, error) from None
        self._state.refuse_changed()
