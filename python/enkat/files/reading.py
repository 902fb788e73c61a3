"""What reading a file gives: the table, what the file says about its questions, and every problem found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from enkat.errors import Issue
from enkat.files.heading import Heading, Layout
from enkat.files.lettered import Letters
from enkat.files.undeclared import Undeclared

if TYPE_CHECKING:
    import pyarrow as pa

    from enkat.files.one_form import Respelt


@dataclass(frozen=True)
class CsvDialect:
    """How a CSV file is written: what separates its cells, its decimal mark, and its encoding."""

    delimiter: str
    decimal: str
    encoding: str

    def __str__(self) -> str:
        names = {";": "semicolon", ",": "comma", "\t": "tab", "|": "bar", " ": "blank", ".": "point"}
        delimiter = names.get(self.delimiter, repr(self.delimiter))
        return f"{delimiter} between cells, decimal {names[self.decimal]}, {self.encoding}"


@dataclass
class Content:
    """What the reader of one file format found; the readers add to `notes` and `issues` as they go.

    `headings` has one entry a column, in order, where the file says more of a column than its name.
    """

    table: pa.Table | None = None
    codebook: dict[str, Any] | None = None
    dialect: CsvDialect | None = None
    layout: Layout = field(default_factory=Layout)
    headings: tuple[Heading, ...] = ()
    notes: list[str] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    undeclared: list[Undeclared] = field(default_factory=list)  # values whose labels call them no answer
    letters: list[Letters] = field(default_factory=list)  # missing in the table, with their reasons
    trimmed: dict[str, int] = field(default_factory=dict)  # cells of a column that had blanks nobody sees
    parts: tuple[Path, ...] = ()  # the files it was read from where they are two: description, answers

    def problem(self, code: str, message: str, **context: object) -> None:
        """Adds a problem; the file can then be inspected but not used."""
        self.issues.append(Issue(code, message, context))


@dataclass(frozen=True)
class Reading:
    """A file of answers as read: nothing in it was dropped or changed without a note or an issue."""

    table: pa.Table
    codebook: dict[str, Any] | None
    dialect: CsvDialect | None
    notes: list[str]
    issues: list[Issue]
    sha256: str
    respelt: Respelt
    layout: Layout = field(default_factory=Layout)
    headings: tuple[Heading, ...] = ()  # one a column, in order; none where the file has one plain header line
    undeclared: tuple[Undeclared, ...] = ()  # values whose labels call them no answer, though the file does not
    letters: tuple[Letters, ...] = ()  # missing values with a letter: missing in the table, with their reasons here
    parts: tuple[Path, ...] = ()  # the files it was read from where they are two: description, answers


def few(numbers: Sequence[object]) -> str:
    """The first ten of a list of rows, lines or names, for a sentence."""
    return ", ".join(map(str, numbers[:10])) + (" …" if len(numbers) > 10 else "")


def few_names(names: list[str]) -> str:
    """The first ten of a list of columns, for a sentence."""
    shown = ", ".join(map(repr, names[:10])) + (" …" if len(names) > 10 else "")
    return f"column{'s' if len(names) > 1 else ''} {shown}"
