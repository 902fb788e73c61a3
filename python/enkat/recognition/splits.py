"""Columns whose cells hold several choices each, joined by a delimiter, and the options in them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from enkat.recognition.cells import texts_of
from enkat.recognition.marks import is_other
from enkat.recognition.platforms import KOBO, Platform
from enkat.recognition.record import Split

if TYPE_CHECKING:
    import pyarrow as pa

DELIMITERS = (";", "|", ", ", ",", " ")
MOST_ROWS = 50_000  # what is found in them is then checked against all
MOST_CELLS = 1_000  # different ones that are looked at
MOST_OPTIONS = 60
LONGEST_OPTION = 150
# Options that hardly anyone else chose are words of one's own; few of them may be among the choices.
LEAST_TIMES = 2
LEAST_COMMON = 0.7


@dataclass(frozen=True)
class _Choices:
    """The choices of each different cell, and how often that cell occurs."""

    of_cell: tuple[tuple[str, ...], ...]
    times: tuple[int, ...]

    def counts(self) -> Counter[str]:
        found: Counter[str] = Counter()
        for choices, times in zip(self.of_cell, self.times, strict=True):
            for choice in set(choices):
                found[choice] += times
        return found


def find_split(name: str, column: pa.ChunkedArray, platform: Platform | None) -> Split | None:
    """The choices in the cells of a column of texts; None where a cell is one answer."""
    import pyarrow as pa
    import pyarrow.compute as pc

    texts = texts_of(column.slice(0, MOST_ROWS))
    if texts is None or len(texts) == texts.null_count:
        return None
    if pc.any(pc.match_substring(texts, "\n")).as_py():
        return None  # somebody wrote more than a line
    different = pc.value_counts(texts.drop_null())
    counted = different.slice(0, MOST_CELLS)
    complete = len(texts) == len(column) and len(counted) == len(different)
    cells, times = counted.field("values").cast(pa.large_string()).to_pylist(), counted.field("counts").to_pylist()
    for delimiter in DELIMITERS:
        if not any(delimiter in cell for cell in cells):
            continue
        found = _split(name, cells, times, delimiter, platform)
        if found is not None:
            return replace(found, complete=complete)
    return None


def _split(
    name: str, cells: Sequence[str], times: Sequence[int], delimiter: str, platform: Platform | None
) -> Split | None:
    pieces = [[piece.strip() for piece in _cut(cell, delimiter) if piece.strip()] for cell in cells]
    choices = _Choices(tuple(map(tuple, _rejoined(pieces, delimiter))), tuple(times))
    counts = choices.counts()
    common = [choice for choice, count in counts.items() if count >= LEAST_TIMES]
    ended = _all_end(cells, delimiter)
    if (
        not common
        or len(common) > MOST_OPTIONS
        or max(map(len, common)) > LONGEST_OPTION
        or (not ended and not _several(choices, set(common)))
    ):
        return None
    numbers = all(re.fullmatch(r"\d+", choice) for choice in counts)
    codes = all(re.fullmatch(r"[\w().\-/]+", choice) and choice == choice.lower() for choice in counts)
    if (delimiter == " " and not codes) or (delimiter == "," and not numbers and _amounts(cells)):
        return None
    alone = {cell[0] for cell in choices.of_cell if len(cell) == 1}
    if delimiter == " " and len(alone) < 2:
        return None  # words of a sentence do not stand alone
    share = sum(counts[choice] for choice in common) / sum(counts.values())
    if share < (0.95 if delimiter == " " else LEAST_COMMON):
        return None
    sure = ended or delimiter != " " or platform is KOBO or numbers
    ending = (
        f"every cell ends with {delimiter!r}" if ended else f"the same parts, separated by {delimiter!r}, in many cells"
    )
    options = (
        tuple(sorted(common, key=lambda choice: (-counts[choice], choice)))
        if not numbers
        else tuple(sorted(common, key=int))
    )
    return Split(name, delimiter, options, len(counts) - len(common), sure, ending)


def _cut(cell: str, delimiter: str) -> list[str]:
    # A comma in an amount ("$200,000") or in a sentence ("Yes, always") separates nothing where choices have no blank.
    return re.split(r"(?<!\d),(?!\s)|,(?!\d{3}(?!\d)|\s)", cell) if delimiter == "," else cell.split(delimiter)


def _all_end(cells: Sequence[str], delimiter: str) -> bool:
    return delimiter in (";", "|") and len(cells) > 1 and all(cell.endswith(delimiter) for cell in cells)


def _amounts(cells: Sequence[str]) -> bool:
    return any(re.search(r"\d,\d{3}\b", cell) for cell in cells)


def _rejoined(pieces: Sequence[Sequence[str]], delimiter: str) -> list[list[str]]:
    """The choices, where an option contains the delimiter: "Pay, benefits and pension", "Other (radio, TV)"."""
    joint = delimiter if delimiter.endswith(" ") or delimiter == "," else delimiter + " "
    balanced = [_balanced(cell, joint) for cell in pieces]
    before: dict[str, set[str | None]] = {}
    for cell in balanced:
        for earlier, piece in zip([None, *cell], cell, strict=False):
            before.setdefault(piece, set()).add(earlier)
    joined: list[list[str]] = []
    for cell in balanced:
        choices: list[str] = []
        last: str | None = None
        for piece in cell:
            continues = piece[:1].islower() and before[piece] == {last} and last is not None and not last[:1].islower()
            if continues:
                choices[-1] += joint + piece
            else:
                choices.append(piece)
            last = piece
        joined.append(choices)
    return joined


def _balanced(pieces: Sequence[str], joint: str) -> list[str]:
    """Pieces joined until every bracket that was opened is closed."""
    choices: list[str] = []
    depth = 0
    for piece in pieces:
        if depth > 0:
            choices[-1] += joint + piece
        else:
            choices.append(piece)
        depth = max(0, depth + piece.count("(") - piece.count(")"))
    return choices if depth == 0 else list(pieces)


def _several(choices: _Choices, common: set[str]) -> bool:
    """True when cells hold combinations: of different length, without repeats, of parts that meet different others."""
    lengths = {len(cell) for cell in choices.of_cell}
    combined = [cell for cell in choices.of_cell if len(cell) > 1]
    known = sum(choice in common for cell in combined for choice in cell)
    if known < LEAST_COMMON * sum(map(len, combined)):
        return False
    repeats = sum(len(set(cell)) < len(cell) for cell in combined)
    contexts = Counter(choice for cell in choices.of_cell for choice in set(cell) if choice in common)
    apart = sum(count > 1 for count in contexts.values())
    if len(combined) == 1:  # one combination says something only where its parts stand alone as well
        alone = {cell[0] for cell in choices.of_cell if len(cell) == 1}
        return set(combined[0]) <= alone & common and choices.times[choices.of_cell.index(combined[0])] >= LEAST_TIMES
    return len(lengths) > 1 and len(combined) > 1 and repeats <= 0.05 * len(combined) and apart >= 0.5 * len(common)


def residual_of(split: Split) -> str | None:
    """The option found that takes in other words, such as "Other"."""
    return next((option for option in split.options if is_other(option)), None)
