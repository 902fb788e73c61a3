"""A table inside another file: answers.csv.gz, or a .zip with one table in it."""

from __future__ import annotations

import errno
import gzip
import lzma
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import IO
from zipfile import BadZipFile, ZipFile

from enkat.errors import DataError
from enkat.files.format import PACKED, SUFFIXES

# A few kilobytes can unpack to more than any disk holds. Answers pack to a twentieth; a hundred megabytes are small.
MOST_UNPACKED = 4 << 30
_ANY_UNPACKED = 100 << 20
_MOST_TIMES = 200
_DAMAGE = (BadZipFile, OSError, EOFError, zlib.error, lzma.LZMAError, NotImplementedError, ValueError)
_AT_A_TIME = 1 << 20


@dataclass(frozen=True)
class Unpacked:
    """The file that was inside, as long as it is needed, and what to say of it."""

    path: Path
    notes: tuple[str, ...] = ()


@contextmanager
def unpacked(path: Path, kind: str) -> Iterator[Unpacked]:
    """The table inside a gzip or zip file, in a temporary folder.

    Raises DataError for archives without a table or with several, damaged, protected, or larger than 4 GB inside.
    """
    with TemporaryDirectory(prefix="enkat-") as folder:
        try:
            inside = _from_gzip(path, Path(folder)) if kind == "gzip" else _from_zip(path, Path(folder))
        except _DAMAGE as error:
            if isinstance(error, DataError):
                raise
            if isinstance(error, OSError) and error.errno not in (None, errno.EINVAL):
                raise  # of the disk; libraries raise it without a number, or for a place before the beginning
            raise DataError(
                "data.file_damaged", "the packed file is damaged or was cut off; fetch it again or export it again"
            ) from None
        yield inside


def _from_gzip(path: Path, folder: Path) -> Unpacked:
    inside = folder / (path.stem if path.suffix.lower() == ".gz" else path.name)
    with gzip.open(path) as source:
        _copy(source, inside, most_unpacked(path))
    return Unpacked(inside)


def _from_zip(path: Path, folder: Path) -> Unpacked:
    with ZipFile(path) as archive:
        name, notes = _table_in(archive)
        inside = folder / PurePosixPath(name.replace("\\", "/")).name
        if archive.getinfo(name).flag_bits & 1:
            raise DataError("data.file_protected", "the zip file has a password; unpack it first")
        with archive.open(name) as source:
            _copy(source, inside, most_unpacked(path))
    return Unpacked(inside, notes)


def _table_in(archive: ZipFile) -> tuple[str, tuple[str, ...]]:
    """The name of the one table, and a note of what else there is."""
    files = [name for name in archive.namelist() if not name.endswith("/") and not _hidden(name)]
    tables = [name for name in files if (kind := _kind(name)) is not None and kind not in PACKED]
    # A text beside a table is a readme.
    chosen = [name for name in tables if not name.lower().endswith(".txt")] or tables
    if len(chosen) != 1:
        found = f"{len(chosen)} tables" if chosen else "no table"
        raise DataError(
            "data.archive",
            f"the zip file has {found} in it{': ' + ', '.join(map(repr, chosen[:10])) if chosen else ''}; unpack it and"
            " give the file with the answers",
            {"tables": chosen},
        )
    others = len(files) - 1
    return chosen[0], (f"read {chosen[0]!r} in the zip file" + (f"; {others} other files in it" if others else ""),)


def _hidden(name: str) -> bool:
    return any(part.startswith(".") or part == "__MACOSX" for part in PurePosixPath(name).parts)


def _kind(name: str) -> str | None:
    kind = SUFFIXES.get(PurePosixPath(name).suffix.lower())
    return kind.name if kind else None


def most_unpacked(path: Path) -> int:
    """As much as a packed file of this size may hold."""
    return min(MOST_UNPACKED, max(_ANY_UNPACKED, _MOST_TIMES * path.stat().st_size))


def too_large(most: int) -> DataError:
    """The error for a file that holds more than that."""
    return DataError(
        "data.unpacked_too_large",
        f"the packed file holds more than {most >> 20} MB, more than answers of its size do; unpack it and read the"
        " file inside",
        {"most": most},
    )


def _copy(source: IO[bytes] | gzip.GzipFile, target: Path, most: int) -> None:
    """Counts what comes out, not what the archive says of itself."""
    size = 0
    with target.open("wb") as file:
        while part := source.read(_AT_A_TIME):
            size += len(part)
            if size > most:
                raise too_large(most)
            file.write(part)
