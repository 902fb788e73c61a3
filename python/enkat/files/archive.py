"""Workbooks are zip archives: whether all of one is there, and whether its sheets would fit into memory."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path

from enkat.errors import DataError
from enkat.files.packed import most_unpacked, too_large

# A cell of a sheet takes at least ten characters of XML; readers make every cell between the first and the last.
_SPARSE_CELLS = 10_000_000
_HEAD = 4096
_DIMENSION = re.compile(rb'<dimension ref="(?:[A-Z]+\d+:)?([A-Z]{1,3})(\d{1,7})"')


def check_workbook(path: Path) -> None:
    """Refuse a workbook whose parts are not what their checksums say, or with a cell so far out that it holds nothing.

    Other files than zip archives (.xls) are left to their reader.
    """
    if not zipfile.is_zipfile(path):
        return
    try:
        with zipfile.ZipFile(path) as archive:
            most = most_unpacked(path)
            if sum(part.file_size for part in archive.infolist()) > most:
                raise too_large(most)
            damaged = archive.testzip()
            sheets = [part for part in archive.infolist() if part.filename.startswith("xl/worksheets/sheet")]
            stray = [part.filename for part in sheets if _is_stray(archive, part)]
    except DataError:
        raise
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError, zlib.error):
        damaged, stray = "its list of parts", []
    if damaged is not None:
        raise DataError(
            "data.file_damaged",
            f"the workbook is damaged: {damaged} is not what its checksum says; fetch it again or save it anew",
        )
    if stray:
        raise DataError(
            "data.stray_cell",
            "a sheet of the workbook has a cell far away from the others, and nothing between them: delete the empty "
            "rows and columns after the answers, and save it again",
            {"parts": stray},
        )


def _is_stray(archive: zipfile.ZipFile, sheet: zipfile.ZipInfo) -> bool:
    """Whether a sheet spans many more cells than its text can hold."""
    with archive.open(sheet) as part:
        head = part.read(_HEAD)
        declared = _DIMENSION.search(head)
        if declared is None:
            return False
        column = 0
        for letter in declared[1]:
            column = 26 * column + letter - ord("A") + 1
        cells = column * int(declared[2])
    return cells > max(_SPARSE_CELLS, sheet.file_size)
