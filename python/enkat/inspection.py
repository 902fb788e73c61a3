"""What a file of answers was taken for: a table with a row a column, and every problem found."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, overload

from enkat.display import html_table, text_table
from enkat.errors import SHOWN_ISSUES, Issue
from enkat.tables import Records
from enkat.texts import on_one_line

if TYPE_CHECKING:
    import pandas

LONGEST_CELL = 44


@dataclass(frozen=True)
class InspectedColumn:
    """One column of a file. `answers` counts levels that several share, never what a person wrote."""

    column: str
    taken_for: str  # "option 'Mail' of 'Q1'", "single", "number", "text", "no question" …
    why: str
    answers: str
    unclear: str = ""  # what was not understood, and how to say it


class Inspection(Sequence[Issue]):
    """What `enkat.inspect` found in a file: a sequence of its problems, with a table of its columns.

    `columns` has a record a column (`column`, `taken_for`, `why`, `answers`, `unclear`), `notes` what reading it
    would say, `issues` the problems; `len()` and iteration are those of the problems, so it is empty when the file
    can be read. It shows as a table.

    Example:
        >>> found = enkat.inspect("answers.csv")
        >>> [(column.column, column.taken_for) for column in found.columns]
        [('age', 'number'), ('region', 'single'), ('w', 'single')]
        >>> len(found)
        0
    """

    def __init__(
        self, columns: Sequence[InspectedColumn] = (), issues: Sequence[Issue] = (), notes: Sequence[str] = ()
    ) -> None:
        self.columns = tuple(columns)
        self.issues = tuple(issues)
        self.notes = tuple(notes)

    def __len__(self) -> int:
        return len(self.issues)

    @overload
    def __getitem__(self, index: int) -> Issue: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Issue]: ...
    def __getitem__(self, index: int | slice) -> Issue | Sequence[Issue]:
        return self.issues[index]

    def __eq__(self, other: object) -> bool:
        """True for the same problems, as sequences compare."""
        return self.issues == tuple(other) if isinstance(other, Sequence) else NotImplemented

    __hash__ = None  # type: ignore[assignment]  # compares as a list does

    def to_pandas(self) -> pandas.DataFrame:
        """The table of columns as a pandas.DataFrame."""
        return self._table().to_pandas()

    def _table(self) -> Records:
        return Records([field.name for field in fields(InspectedColumn)], [asdict(column) for column in self.columns])

    def _cells(self) -> tuple[list[str], list[list[str]]]:
        shown = [name for name in self._table().columns if any(getattr(column, name) for column in self.columns)]
        return shown, [[_short(getattr(column, name)) for name in shown] for column in self.columns]

    def _lines(self) -> list[str]:
        problems = [f"{len(self)} problem{'s' if len(self) > 1 else ''}:"] if self else []
        more = [f"  … and {len(self) - SHOWN_ISSUES} more (see .issues)"] if len(self) > SHOWN_ISSUES else []
        listed = [f"  - {on_one_line(issue.message)}" for issue in self.issues[:SHOWN_ISSUES]]
        return [*problems, *listed, *more, *map(on_one_line, self.notes)]

    def __repr__(self) -> str:
        table = text_table(*self._cells()) if self.columns else []
        return "\n".join([*table, *self._lines()]) or "Inspection: nothing to say"

    def _repr_html_(self) -> str:
        table = html_table(*self._cells(), "") if self.columns else ""
        return table + "".join(f"<p>{html.escape(line)}</p>" for line in self._lines())


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= LONGEST_CELL else words[: LONGEST_CELL - 1].rstrip() + "…"
