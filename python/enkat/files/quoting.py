"""Which columns of a CSV file have their commas in quotation marks, though nothing but a wish for text needs them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from enkat.files.records import first_records

_SAMPLED_CHARACTERS = 200_000
_SAMPLED_RECORDS = 200
_MARK = "\x02"  # stands for an opening quotation mark: no answer has it


@dataclass(frozen=True)
class Quoting:
    """Columns whose cells with a comma are all in quotation marks, and whether other cells are not."""

    quoted: frozenset[str] = frozenset()
    some: bool = False


def quoting(answers: str, delimiter: str, names: Sequence[str]) -> Quoting:
    """How the first of these lines are quoted."""
    sample = answers[:_SAMPLED_CHARACTERS]
    if '"' not in sample:
        return Quoting()
    marked = re.sub(f'(^|{re.escape(delimiter)})"(?!")', rf'\1"{_MARK}', sample, flags=re.MULTILINE)
    rows = [record.cells for record in first_records(marked, delimiter, len(marked), _SAMPLED_RECORDS)]
    rows = [row for row in rows if len(row) == len(names)]
    cells = {name: [row[number] for row in rows if row[number]] for number, name in enumerate(names)}
    return Quoting(
        frozenset(
            name
            for name, column in cells.items()
            if (commas := [cell for cell in column if "," in cell]) and all(map(_is_quoted, commas))
        ),
        any(not _is_quoted(cell) for column in cells.values() for cell in column),
    )


def _is_quoted(cell: str) -> bool:
    return cell.startswith(_MARK)
