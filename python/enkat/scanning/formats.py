"""Which reader files have that are scanned."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from enkat.errors import UsageError
from enkat.files.format import FORMATS
from enkat.scanning.arrow_files import ArrowFiles
from enkat.scanning.files import STREAMED
from enkat.scanning.parquet import ParquetFiles
from enkat.scanning.source import Source


def source_of_files(files: Sequence[Path]) -> Source:
    """The reader of these files, all of one format."""
    suffixes = {file.suffix.lower() for file in files}
    kind = next((kind for kind in STREAMED if suffixes <= set(kind.suffixes)), None)
    if kind is None:
        streamed = " or ".join(f"{kind.title} files" for kind in STREAMED)
        others = ", ".join(kind.title for kind in FORMATS if not kind.streamed and suffixes & set(kind.suffixes))
        raise UsageError(
            "usage.scan_format",
            f"scan() reads {streamed} in batches, of one kind at once; read() reads {others or 'the other formats'}",
            {"suffixes": sorted(suffixes)},
        )
    if kind.name == "parquet":
        return ParquetFiles(files)
    return ArrowFiles(files)
