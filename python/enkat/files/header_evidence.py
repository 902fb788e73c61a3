"""Whether a line names the columns or answers like the lines below it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

Row = Sequence[str]

_NUMBER = re.compile(r"[+-]?[.,]?\d[\d .,\u00a0\u2009\u202f'’]*([eE][+-]?\d+)?\s*%?")
_DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([ T,]+\d{1,2}[:.]\d{2}.*)?|\d{1,2}:\d{2}(:\d{2})?")
_BOOLEAN = re.compile("true|false", re.IGNORECASE)
# What stands where a number is missing: it does not make a line a header.
_MISSING = frozenset(
    "na;n/a;n.a.;nan;null;#null!;none;nil;missing;-;–;—;.;..;?;vet ej;vet inte;ej svar;inget svar;ingen uppgift;uppgift"
    " saknas;dk;don't know;dont know;refused;no answer;not applicable;k.a.;keine angabe;weiß nicht;ikke svar".split(";")
)
# A few stray words in a column of numbers do not make it a column of words.
_MOSTLY = 0.8
_YEARS = range(1900, 2101)


@dataclass(frozen=True)
class Evidence:
    """In how many columns a line differs from those below it, or looks like them."""

    typed: int = 0  # words above numbers or dates
    all_typed: bool = True  # there are words above every column of numbers or dates
    words: int = 0  # words that are none of the answers which others repeat
    against: int = 0  # a number above numbers, or an answer that others gave, too
    values: int = 0  # of those, what no name is: a number, a date
    blank: int = 0  # nothing where everyone has something


@lru_cache(maxsize=4096)  # a line is compared with others several times, and answers repeat
def kind_of(cell: str) -> str:
    """number, date, boolean, word, or nothing for a cell that is blank or says that something is missing."""
    if not cell or cell.lower() in _MISSING:
        return ""
    if _DATE.fullmatch(cell):
        return "date"
    if _NUMBER.fullmatch(cell):
        return "number"
    return "boolean" if _BOOLEAN.fullmatch(cell) else "word"


def is_word(cell: str) -> bool:
    """Whether a cell could be a name."""
    return kind_of(cell) == "word"


def evidence(row: Row, below: Sequence[Row]) -> Evidence:
    """What the columns below a line say about it."""
    typed = words = against = values = blank = 0
    all_typed = True
    for number, cell in enumerate(row):
        kind = kind_of(cell)
        answers = [other[number] for other in below if number < len(other) and kind_of(other[number])]
        if not kind or not answers:
            blank += not cell and len(answers) == len(below) > 1
            continue
        usual = _usual_kind(answers)
        if usual != "word":
            typed += kind == "word"
            all_typed = all_typed and kind == "word"
            values += kind == usual
            against += kind == usual
        elif kind == "word":
            distinct = set(answers)
            if cell in distinct:
                against += len(distinct) > 1  # where all say the same, it is the text of a box that was ticked
            else:
                words += 2 * len(distinct) <= len(answers)
    return Evidence(typed, all_typed, words, against, values, blank)


def _usual_kind(answers: list[str]) -> str:
    """What nearly all answers of a column are."""
    kinds = [kind_of(answer) for answer in answers]
    return next((kind for kind in ("number", "date", "boolean") if kinds.count(kind) >= _MOSTLY * len(kinds)), "word")


def numbered(row: Row) -> bool:
    """Whether the numbers of a line could be names: years, or items 1, 2, 3."""
    numbers = [cell for cell in row if kind_of(cell) == "number"]
    if not numbers or not all(re.fullmatch("0|[1-9][0-9]{0,3}", cell) for cell in numbers):
        return False
    whole = [int(number) for number in numbers]
    if all(number in _YEARS for number in whole):
        return len(set(whole)) == len(whole)
    return len(whole) > 1 and all(second - first == 1 for first, second in itertools.pairwise(whole))


def shared(row: Row, below: Sequence[Row]) -> bool:
    """Whether words of a line are answers to several questions, as "Yes" is."""
    places: dict[str, set[int]] = {cell: set() for cell in row if is_word(cell)}
    for other in (row, *below):
        for number, cell in enumerate(other):
            if cell in places:
                places[cell].add(number)
    return any(len(columns) > 1 for columns in places.values())
