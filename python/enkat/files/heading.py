"""What the lines of a file are, and what its header lines say of each column."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Tool = Literal["qualtrics", "surveymonkey", "sosci"]


@dataclass(frozen=True)
class Heading:
    """What the header lines of a file say of one column."""

    column: str  # its name in the table
    question: str = ""  # the wording above it: the label of its question
    option: str = ""  # the option or item of that question which this column holds
    source_id: str = ""  # what the tool itself calls the column, such as Qualtrics' ImportId
    open_ended: bool = False  # the header says that the answers are words of one's own

    @property
    def wording(self) -> str:
        """The label of a question of this column alone."""
        return f"{self.question}: {self.option}" if self.option else self.question


@dataclass(frozen=True)
class Layout:
    """Which lines of a file are not answers; a line is a record, numbered from 1 as a spreadsheet shows it."""

    header: tuple[int, ...] = (1,)  # none: the file does not name its columns
    skipped: tuple[int, ...] = ()  # above the header
    trailing: tuple[int, ...] = ()  # below the answers: sums, notes
    tool: Tool | None = None  # whose marks the header lines carry
