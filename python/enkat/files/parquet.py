"""Parquet and Arrow (Feather) files: tables whose columns have their types already."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from enkat.errors import DataError
from enkat.files.arrow import whole
from enkat.files.column_names import distinct_names
from enkat.files.format import ARROW_STREAM
from enkat.files.reading import Content

if TYPE_CHECKING:
    import pyarrow as pa


def read_parquet(path: Path) -> Content:
    """The table of a Parquet file; its column types are as they were written."""

    def read() -> pa.Table:
        import pyarrow.parquet

        return pyarrow.parquet.ParquetFile(path, page_checksum_verification=True).read()

    return _content(read, "Parquet")


def read_arrow(path: Path) -> Content:
    """The table of an Arrow IPC file or stream, also one that is called Feather."""

    def read() -> pa.Table:
        import pyarrow as pa
        import pyarrow.feather

        with path.open("rb") as file:
            if file.read(len(ARROW_STREAM)) == ARROW_STREAM:
                file.seek(0)
                return pa.ipc.open_stream(file).read_all()
        return pyarrow.feather.read_table(path)

    return _content(read, "Arrow")


def _content(read: Callable[[], pa.Table], kind: str) -> Content:
    import pyarrow as pa

    content = Content()
    try:
        table = read()
    except MemoryError:
        raise DataError(
            "data.too_large",
            f"the {kind} file says it needs more memory than there is: it is damaged, or larger than memory;"
            " enkat.scan reads a large one in parts",
        ) from None
    except (pa.ArrowException, OSError, ValueError):
        raise DataError(
            "data.file_damaged",
            f"the {kind} file is damaged or was cut off; fetch it again or export it again",
        ) from None
    whole(table)
    content.table = table.rename_columns(distinct_names(table.column_names, content)).replace_schema_metadata(None)
    if table.num_rows == 0:
        content.problem("data.no_rows", "the file has column names but no answers")
    return content
