"""The numbers of a bar as text: ".." where they are withheld, "≈" before those that are rounded further than others."""

from __future__ import annotations

from collections.abc import Iterable

from enkat.rendering.model import Bar, Figure
from enkat.rendering.typography import count, percent

WITHHELD = ".."


def share(bar: Bar, language: str) -> str:
    """The percent.

    >>> share(Bar("Yes", "", 45, 400), "en"), share(Bar("Yes", "", 45, 400, coarse=True), "en")
    ('45%', '≈45%')
    """
    if bar.percent is None or bar.withheld:
        return WITHHELD
    return ("≈" if bar.coarse else "") + percent(bar.percent, language)


def base(rows: Iterable[Bar | Figure], language: str) -> str:
    """How many answered, which all rows of a group have in common.

    >>> base([Bar("Yes", "", 45, 400, rounded=True)], "en"), base([Bar("Yes")], "en")
    ('≈400', '..')
    """
    for row in rows:
        if row.base is not None:
            return ("≈" if isinstance(row, Bar) and row.rounded else "") + count(row.base, language)
    return WITHHELD
