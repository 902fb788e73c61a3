"""The multiple-response sets of an SPSS file, read from its dictionary records.

The layout of the records is described in the PSPP developer's guide, "System File Format".
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from enkat.files.metadata import ResponseSet

_HEADER_BYTES = 176
_LAYOUT_AT = 64
_SET_RECORDS = (7, 19)
_LONG_NAMES_RECORD = 13


def response_sets(path: Path, encoding: str) -> list[ResponseSet]:
    """Every multiple-response set of the file; none when its dictionary cannot be followed."""
    names: dict[str, str] = {}
    definitions: list[bytes] = []
    with path.open("rb") as file:
        try:
            for subtype, data in _extensions(file):
                if subtype in _SET_RECORDS:
                    definitions += [line for line in re.split(rb"[\n\0]+", data) if line.startswith(b"$")]
                elif subtype == _LONG_NAMES_RECORD:
                    pairs = (pair.partition("=") for pair in data.decode(encoding, "replace").split("\t"))
                    names |= {short.strip("\0").lower(): long.strip("\0") for short, _, long in pairs}
        except struct.error:
            return []
    return [_parsed(line, names, encoding) for line in definitions if b"=" in line]


def _extensions(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Subtype and content of every extension record before the answers begin."""
    header = file.read(_HEADER_BYTES)
    order = "<" if header[_LAYOUT_AT : _LAYOUT_AT + 1] in (b"\2", b"\3") else ">"

    def integer() -> int:
        return int(struct.unpack(order + "i", file.read(4))[0])

    while (kind := integer()) != 999:
        if kind == 2:
            _, labelled, missing = (integer() for _ in range(3))
            file.seek(16, 1)
            if labelled:
                file.seek(-(-integer() // 4) * 4, 1)
            file.seek(8 * abs(missing), 1)
        elif kind == 3:
            for _ in range(integer()):
                file.seek(8, 1)
                length = file.read(1)[0]
                file.seek(-(-(length + 1) // 8) * 8 - 1, 1)
        elif kind == 4:
            file.seek(4 * integer(), 1)
        elif kind == 6:
            file.seek(80 * integer(), 1)
        elif kind == 7:
            subtype, size, count = (integer() for _ in range(3))
            yield subtype, file.read(size * count)
        else:
            return


def _parsed(line: bytes, names: dict[str, str], encoding: str) -> ResponseSet:
    name, _, rest = line.partition(b"=")
    counted = None
    by_values = rest[:1] == b"E"  # CATEGORYLABELS=COUNTEDVALUES
    if by_values:
        rest = rest[1:].lstrip().partition(b" ")[2]
        counted, rest = _counted_string(rest)
    elif rest[:1] == b"D":
        counted, rest = _counted_string(rest[1:])
    else:
        rest = rest[1:]
    label, rest = _counted_string(rest)
    variables = [word.decode(encoding, "replace") for word in rest.split()]
    return ResponseSet(
        name=name[1:].decode(encoding, "replace"),
        label=label.decode(encoding, "replace").strip(),
        variables=tuple(names.get(variable.lower(), variable) for variable in variables),
        counted=None if counted is None else counted.decode(encoding, "replace").strip(),
        named_by_values=by_values,
    )


def _counted_string(data: bytes) -> tuple[bytes, bytes]:
    """The string of a `length string` pair and what follows it."""
    length, _, rest = data.lstrip().partition(b" ")
    size = int(length) if length.isdigit() else 0
    return rest[:size], rest[size:]
