"""Missing values with a letter in SAS transport files (.xpt), which are read as missing without it."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

_OBSERVATIONS = (b"HEADER RECORD*******OBS     HEADER", b"HEADER RECORD*******OBSV8   HEADER")
_HEADER = 80
_LETTERS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ_"


def xport_letters(
    data: bytes, columns: Mapping[str, Sequence[Any]], widths: Mapping[str, int], numeric: Collection[str]
) -> dict[str, np.ndarray[Any, Any]]:
    """The columns that have letters, with these in their cells.

    A missing number is one byte, "." or its letter, and zeros. Nothing is found where the bytes are not those of the
    cells that were read, as in a file with several data sets.

    Source: SAS Technical Support TS-140, The Record Layout of a SAS Transport Data Set.
    """
    import numpy as np

    start = max(data.find(header) for header in _OBSERVATIONS)
    rows, width = len(next(iter(columns.values()), ())), sum(widths[name] for name in columns)
    first = start + _HEADER
    if start < 0 or not rows or len(data) < first + rows * width:
        return {}
    lines = np.frombuffer(data, np.uint8, rows * width, first).reshape(rows, width)
    places = itertools.accumulate((widths[name] for name in columns), initial=0)
    found = {}
    for name, place in zip(columns, places, strict=False):
        if name not in numeric:
            continue
        cells = np.array(columns[name], dtype=object)
        number = lines[:, place : place + widths[name]]
        mark, rest = number[:, 0], number[:, 1:].any(axis=1)
        lettered = ~rest & np.isin(mark, list(_LETTERS))
        missing = lettered | (~rest & (mark == ord(".")))
        if not np.array_equal(missing, cells == np.array(None, dtype=object)):
            return {}
        if lettered.any():
            cells[lettered] = [chr(letter) for letter in mark[lettered]]
            found[name] = cells
    return found
