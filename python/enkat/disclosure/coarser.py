"""Figures printed more coarsely, where as they are they would tell too much: "about 400", "about 45 %"."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from enkat.disclosure.figure import Figure, Part, Place, Sum, counts_behind

BASES = (10, 20, 50, 100)
PERCENTS = (5, 10)


@dataclass(frozen=True, slots=True)
class Coarse:
    """A place where figures are printed to the nearest `unit`: the base of a row, or the per cent of a cell."""

    unit: int
    figures: tuple[Figure, ...]


def nearest(number: int, unit: int) -> int:
    """The multiple of a unit that is nearest, halves upwards.

    >>> nearest(45, 10), nearest(44, 10), nearest(42, 5)
    (50, 40, 40)
    """
    return (2 * number + unit) // (2 * unit) * unit


def coarser(place: Place, figures: Sequence[Figure]) -> Iterable[Coarse]:
    """The ways to print a place more coarsely, the least coarse first.

    A row keeps its whole per cents and tells its base to the nearest 10, 20, 50 or 100, of at least twice as many; a
    cell tells its per cent to the nearest 5 or 10. There are none where more is printed than whole per cents of a base:
    a mean, an interval, or a weighted share, which is read as an exact number.

    Args:
        place: A row or a cell.
        figures: All figures that are published.
    """
    here = [figure for figure in figures if figure.place == place]
    if place.kind == "cell":
        row = Place("row", place.name, place.group)
        base = next((one for one in figures if one.place == row and one.sum.is_base), None)
        if base is not None and not base.withheld and len(here) == 1 and here[0].percent is not None:
            yield from (Coarse(unit, (_about(here[0], round(base.low), unit),)) for unit in PERCENTS)
    elif place.kind == "row" and len(here) == 1 and here[0].sum.is_base:
        cells = [
            figure
            for figure in figures
            if figure.place.kind == "cell" and (figure.place.name, figure.place.group) == (place.name, place.group)
        ]
        if all(figure.withheld or figure.percent is not None for figure in cells):
            told = [bound for figure in cells if not figure.withheld for bound in _of_some_base(figure, here[0].sum)]
            yield from (Coarse(unit, (_rounded(here[0], unit), *told)) for unit in BASES if here[0].low >= 2 * unit)


def _rounded(base: Figure, unit: int) -> Figure:
    number = nearest(round(base.low), unit)
    return Figure(base.sum, base.place, number - unit // 2, number + unit // 2 - 1)


def _of_some_base(share: Figure, base: Sum) -> Iterable[Figure]:
    """What a whole per cent says where the base is not known: how many there are for each who answered."""
    assert share.percent is not None
    for half, low, high in ((2 * share.percent - 1, 0.0, math.inf), (2 * share.percent + 1, -math.inf, -1 / 200)):
        parts = (*share.sum.parts, Part(times=-half / 200))
        yield Figure(Sum(base.question, base.among, parts), share.place, low, high)


def _about(share: Figure, base: int, unit: int) -> Figure:
    """A per cent to the nearest five or ten: any of the whole per cents that are rounded to it."""
    assert share.percent is not None
    wholes = [percent for percent in range(101) if nearest(percent, unit) == nearest(share.percent, unit)]
    low, _ = counts_behind(wholes[0], base)
    _, high = counts_behind(wholes[-1], base)
    return Figure(share.sum, share.place, low, high)
