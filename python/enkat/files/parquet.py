"""Parquet files."""

from __future__ import annotations

from pathlib import Path

from enkat.errors import DataError
from enkat.files.reading import Content


def read_parquet(path: Path) -> Content:
    """The table of a Parquet file; its column types are as they were written."""
    import pyarrow as pa
    import pyarrow.parquet

    from enkat.files.csv import distinct_names

    content = Content()
    try:
        table = pyarrow.parquet.ParquetFile(path).read()
    except (pa.ArrowException, OSError, ValueError):
        raise DataError(
            "data.file_damaged",
            "the Parquet file is damaged or was cut off; fetch it again or export it again",
        ) from None
    content.table = table.rename_columns(distinct_names(table.column_names, content)).replace_schema_metadata(None)
    if table.num_rows == 0:
        content.problem("data.no_rows", "the file has column names but no answers")
    return content
