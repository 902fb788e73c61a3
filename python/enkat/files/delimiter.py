"""Which character separates the cells of a CSV file."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from itertools import islice

CANDIDATES = (";", "\t", "|", ",")
SAMPLED_RECORDS = 200
SAMPLED_CHARACTERS = 200_000


def find_delimiter(text: str) -> str:
    """The candidate that splits the header and splits most records into as many cells as the header."""
    sample = text[:SAMPLED_CHARACTERS]
    scores = {candidate: _agreement(sample, candidate) for candidate in CANDIDATES}
    best = max(CANDIDATES, key=lambda candidate: scores[candidate])
    if scores[best] > (0.0, 1):
        return best
    # One column only: a comma in it is then a decimal comma or part of a text.
    return ";" if "," in sample else ","


def header(text: str, delimiter: str) -> list[str]:
    """The cells of the first record that is not blank."""
    return next((cells for cells in _records(text[:SAMPLED_CHARACTERS], delimiter) if cells), [])


def _agreement(sample: str, delimiter: str) -> tuple[float, int]:
    records = [cells for cells in islice(_records(sample, delimiter), SAMPLED_RECORDS) if cells]
    if not records or len(records[0]) == 1:
        return (0.0, 1)
    width = len(records[0])
    agreeing = sum(len(cells) == width for cells in records)
    return (round(agreeing / len(records), 2), width)


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(max(csv.field_size_limit(), SAMPLED_CHARACTERS))
    return csv.reader(StringIO(text, newline=""), delimiter=delimiter)
