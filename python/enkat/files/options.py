"""What the caller says about a file, where it is not left to be found."""

from __future__ import annotations

import itertools
import operator
from collections.abc import Iterable
from dataclasses import dataclass, fields

from enkat.errors import UsageError


@dataclass(frozen=True)
class ReadOptions:
    """How a file is to be read; None is found in the file."""

    delimiter: str | None = None
    decimal: str | None = None
    encoding: str | None = None
    sheet: str | None = None
    header: int | tuple[int, ...] | None = None  # how many header lines, or which
    skip: int | None = None  # lines above them

    @property
    def given(self) -> list[str]:
        """The names of those that were said."""
        return [field.name for field in fields(self) if getattr(self, field.name) is not None]

    @classmethod
    def checked(
        cls,
        delimiter: str | None = None,
        decimal: str | None = None,
        encoding: str | None = None,
        sheet: str | None = None,
        header: int | Iterable[int] | None = None,
        skip: int | None = None,
    ) -> ReadOptions:
        """The options, each of them possible; UsageError for one that is not."""
        if delimiter is not None and (len(delimiter) != 1 or not delimiter.isascii()):
            raise UsageError(
                "usage.delimiter", "delimiter= is one character, such as ';' or ','", {"delimiter": delimiter}
            )
        if decimal is not None and decimal not in (".", ","):
            raise UsageError("usage.decimal", "decimal= is '.' or ','", {"decimal": decimal})
        if delimiter == "." == decimal:
            raise UsageError("usage.delimiter", "delimiter= and decimal= cannot both be a point")
        lines = None if header is None else _lines(header)
        if skip is not None and isinstance(lines, tuple):
            raise UsageError("usage.header", "skip= goes with a number of header lines; a list says which lines it is")
        return cls(delimiter, decimal, encoding, sheet, lines, None if skip is None else _count(skip, "skip"))


def _lines(header: int | Iterable[int]) -> int | tuple[int, ...]:
    if isinstance(header, str) or not isinstance(header, Iterable):
        return _count(header, "header")
    lines = tuple(_count(line, "header") for line in header)
    if not lines or lines[0] < 1 or any(first >= second for first, second in itertools.pairwise(lines)):
        raise UsageError("usage.header", "header= as a list has the numbers of lines of the file, ascending from 1")
    return lines


def _count(value: object, name: str) -> int:
    try:
        number = operator.index(value)  # type: ignore[arg-type]
    except TypeError:
        number = -1
    if number < 0 or isinstance(value, bool):
        raise UsageError(f"usage.{name}", f"{name}= is a number of lines: 0, 1, 2 …", {name: str(value)})
    return number
