"""Missing values with a letter: .a to .z of Stata, .A to .Z and ._ of SAS, each with a reason of its own.

They are missing in the table, so that nothing takes one for a number. Where the codebook names their codes as missing
values of a question, its column gets these codes, so that it can be told why an answer is missing.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from enkat.files.reasons import reason_of

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

_LETTERS = "abcdefghijklmnopqrstuvwxyz_"
# The code of .a, unless the variable has numbers among the codes of the letters; they descend from it.
_CODES_OF_A = (-101, -1_001, -10_001, -100_001)


@dataclass(frozen=True)
class Letters:
    """The lettered missing values of one variable."""

    variable: str
    label: str  # of the variable
    labels: dict[str, str]  # by letter, of those that occur or have a label
    counts: dict[str, int]  # of those that occur
    codes: dict[str, int]  # what stands for each; none where the other values are no numbers
    cells: pa.Array  # the code where a letter stands, else missing

    @property
    def missing(self) -> list[dict[str, Any]]:
        """Their entries in the `missing` of a question; a letter without a label is called by itself."""
        return [
            {"code": self.codes[letter], "reason": reason_of(label), "label": label or f".{letter}"}
            for letter, label in self.labels.items()
            if letter in self.codes
        ]

    def __str__(self) -> str:
        def one(letter: str) -> str:
            label = f" ({self.labels[letter]})" if self.labels[letter] else ""
            return f".{letter}{label} {self.counts[letter]}"

        return f"{self.variable!r} has missing values with a reason: {', '.join(map(one, self.counts))}"


def letters_of(
    variable: str, cells: np.ndarray[Any, Any], used: Sequence[str], labels: Mapping[Any, str], label: str
) -> Letters:
    """The letters among the cells of a variable, which become missing there."""
    import numpy as np
    import pyarrow as pa

    named = [code for code in labels if isinstance(code, str) and code.lower() in _LETTERS]
    order = sorted({*used, *named}, key=_place)
    where = {letter: cells == letter for letter in used}
    for rows in where.values():
        cells[rows] = None
    codes = _codes(order, {*cells.tolist(), *labels} - {None, *named})
    coded = np.full(len(cells), np.nan)
    for letter, rows in where.items():
        coded[rows] = codes.get(letter, np.nan)
    return Letters(
        variable,
        label,
        {letter: labels.get(letter, "").strip() for letter in order},
        {letter: int(where[letter].sum()) for letter in order if letter in where},
        codes,
        pa.array(coded, from_pandas=True),
    )


def _codes(letters: Sequence[str], values: Collection[Any]) -> dict[str, int]:
    if not all(isinstance(value, (int, float)) for value in values):
        return {}
    last = len(_LETTERS)
    free = (first for first in _CODES_OF_A if not any(first - last < value <= first for value in values))
    first = next(free, None)
    return {} if first is None else {letter: first - _place(letter) for letter in letters}


def _place(letter: str) -> int:
    return _LETTERS.index(letter.lower())
