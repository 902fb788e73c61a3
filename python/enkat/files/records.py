"""The first records of a text file with separated cells, and where each of them ends."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO


@dataclass(frozen=True)
class Record:
    """The cells of one line (or of several, where quotation marks hold line breaks), none of a blank line."""

    cells: list[str]
    end: int  # the character after it


def first_records(text: str, delimiter: str, characters: int, most: int) -> list[Record]:
    """At most so many records from so many characters; one that is cut short by that is left out."""
    sample = text[:characters]
    found = []
    for record in _records(sample, delimiter):
        if record.end == len(sample) < len(text):
            break
        found.append(record)
        if len(found) == most:
            break
    return found


def _records(sample: str, delimiter: str) -> Iterator[Record]:
    csv.field_size_limit(max(csv.field_size_limit(), len(sample)))
    end = 0

    def lines() -> Iterator[str]:
        nonlocal end
        for line in StringIO(sample, newline=""):
            end += len(line)
            yield line

    for cells in csv.reader(lines(), delimiter=delimiter):
        yield Record(cells, end)
