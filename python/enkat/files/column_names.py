"""The names of columns, and what stands above them, from the header lines of a table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby, takewhile
from typing import TYPE_CHECKING

from enkat.files.blanks import plain
from enkat.files.header_tools import import_id, is_open_response, is_response
from enkat.files.heading import Heading, Layout
from enkat.files.reading import Content, few, few_names
from enkat.texts import one_form

if TYPE_CHECKING:
    import pyarrow as pa

Row = Sequence[str]

_IDENTIFIER = re.compile(r"[^\W\d][\w.\[\]/-]*")
_QID = re.compile(r"(QID\d+)\b|(QID\d+)_")
_NUMBERED = re.compile(r"(.+?)_\d+(_TEXT)?")
_SELECTED = " - Selected Choice"


@dataclass(frozen=True)
class Names:
    """What the columns are called, and what the header says of them where it says more."""

    columns: list[str]
    headings: tuple[Heading, ...]
    trimmed: int  # names that had blanks nobody sees


def named(lines: Sequence[Row], width: int, layout: Layout, content: Content) -> Names:
    """Distinct names for all columns from the header lines, as they stand in the file."""
    rows = [[plain(line[number]) if number < len(line) else "" for number in range(width)] for line in lines]
    trimmed = sum(
        cell != kept for line, row in zip(lines, rows, strict=True) for cell, kept in zip(line, row, strict=False)
    )
    if not rows:
        return Names([f"column_{number}" for number in range(1, width + 1)], (), 0)
    if len(rows) == 1:
        return Names(_distinct(rows[0], content), (), trimmed)
    said = _qualtrics(rows) if layout.tool == "qualtrics" else _stacked(rows)
    columns = _distinct([heading.column for heading in said], content)
    return Names(
        columns,
        tuple(replace(heading, column=name) for name, heading in zip(columns, said, strict=True)),
        trimmed,
    )


def without_empty(table: pa.Table, lines: Sequence[Row], content: Content) -> pa.Table:
    """The table without columns that have neither a name nor an answer, as some tools write after every last one."""
    empty = [
        number
        for number, column in enumerate(table.columns)
        if lines
        and column.null_count == table.num_rows > 0
        and not any(line[number].strip() for line in lines if len(line) > number)
    ]
    if not empty or len(empty) == table.num_columns:
        return table
    content.notes.append(f"{few_names([table.column_names[number] for number in empty])} left out: no name, no answers")
    content.headings = tuple(heading for number, heading in enumerate(content.headings) if number not in empty)
    return table.select([number for number in range(table.num_columns) if number not in empty])


def distinct_names(names: Sequence[str], content: Content) -> list[str]:
    """The names, each of them once; what was added to one is noted."""
    repeated = [name for name, times in Counter(names).items() if times > 1]
    taken = set(names)
    distinct: list[str] = []
    seen: Counter[str] = Counter()
    for name in names:
        seen[name] += 1
        if seen[name] > 1:
            number = seen[name]
            while f"{name} ({number})" in taken:
                number += 1
            name = f"{name} ({number})"
            taken.add(name)
        distinct.append(name)
    for name in repeated:
        where = [number for number, other in enumerate(names, 1) if other == name]
        others = [distinct[number - 1] for number in where[1:]]
        content.notes.append(
            f"columns {few(where)} are all called {name!r} in the file; after the first they are called "
            + ", ".join(map(repr, others[:10]))
            + (" …" if len(others) > 10 else "")
        )
    return distinct


def _distinct(cells: Sequence[str], content: Content) -> list[str]:
    unnamed = [f"column_{number}" for number, cell in enumerate(cells, 1) if not cell]
    if unnamed:
        content.notes.append(f"columns without a name in the file: {', '.join(unnamed)}")
    return distinct_names([one_form(cell) or f"column_{number}" for number, cell in enumerate(cells, 1)], content)


def _stacked(rows: Sequence[Row]) -> list[Heading]:
    """Names with wordings below or above them, or questions with options below them."""
    first, last = rows[0], rows[-1]
    if _all_named(first) and not any(map(is_response, last)):
        if _all_named(last) and all(map(_is_identifier, last)) and not all(map(_is_identifier, first)):
            return [Heading(name, question) for name, question in zip(last, first, strict=True)]
        return [Heading(name, _joined(texts, name)) for name, *texts in zip(*rows, strict=True)]
    groups = [_to_the_right(row, rows[-1]) for row in rows[:-1]]
    questions = [": ".join(dict.fromkeys(filter(None, parts))) for parts in zip(*groups, strict=True)]
    return [_optioned(question, option) for question, option in zip(questions, last, strict=True)]


def _optioned(question: str, option: str) -> Heading:
    if not question:
        return Heading(option)
    if not option or option == question or is_response(option):
        return Heading(question, question, open_ended=is_open_response(option))
    return Heading(f"{question}: {option}", question, option)


def _to_the_right(row: Row, last: Row) -> list[str]:
    """A question stands over all its options: over the first one, and blank over the others."""
    filled: list[str] = []
    for cell, below in zip(row, last, strict=True):
        filled.append(cell or (filled[-1] if filled and below else ""))
    return filled


def _joined(texts: Sequence[str], name: str) -> str:
    return ": ".join(dict.fromkeys(text for text in texts if text and text != name))


def _all_named(row: Row) -> bool:
    return all(row) and len(set(row)) == len(row)


def _is_identifier(cell: str) -> bool:
    return bool(_IDENTIFIER.fullmatch(cell))


def _qualtrics(rows: Sequence[Row]) -> list[Heading]:
    """Names, wordings that join a question and its option with a dash, and the tool's own names."""
    ids = [import_id(cell) for cell in rows[-1]]
    identified = any(ids)
    texts = rows[1] if len(rows) > 1 + identified else [""] * len(rows[0])
    stems = [_stem(source, name) for source, name in zip(ids, rows[0], strict=True)]
    headings: list[Heading] = []
    for _, group in groupby(range(len(stems)), key=lambda number: stems[number]):
        places = list(group)
        question = _shared_question([texts[place] for place in places])
        for place in places:
            text = texts[place]
            option = text[len(question) :].lstrip(" -") if question and len(places) > 1 else ""
            if option == _SELECTED.lstrip(" -"):
                option = ""
            whole = (question if question and len(places) > 1 else text).removesuffix(_SELECTED)
            headings.append(Heading(rows[0][place], whole, option, ids[place]))
    return headings


def _stem(source: str, name: str) -> str:
    """What columns of one question share: the number of the question, or their name up to the number of the option."""
    match = _QID.match(source)
    if match:
        return match[1] or match[2]
    numbered = _NUMBERED.fullmatch(name)
    return numbered[1] if numbered else name


def _shared_question(texts: Sequence[str]) -> str:
    """What all the texts begin with, up to the dash before the option."""
    first, last = min(texts), max(texts)
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(first, last, strict=False))
    common = "".join(letter for letter, _ in alike)
    for dash in (" - ", "-"):
        if dash in common:
            return common.rpartition(dash)[0].strip()
    return ""
