"""The numbers of respondents that a whole per cent can stand for."""

from fractions import Fraction
from math import floor

import pytest

from enkat.disclosure.figure import Condition, Figure, Part, Place, Sum, counts_behind


@pytest.mark.parametrize("base", [1, 2, 7, 10, 60, 99, 100, 101, 200, 333, 1473])
def test_counts_behind_a_percent_are_those_that_are_rounded_to_it(base: int) -> None:
    printed: dict[int, list[int]] = {}
    for count in range(base + 1):
        printed.setdefault(floor(Fraction(100 * count, base) + Fraction(1, 2)), []).append(count)
    for percent, counts in printed.items():
        assert counts_behind(percent, base) == (counts[0], counts[-1])


def test_a_figure_is_read_back_as_it_was_kept() -> None:
    sum_ = Sum("q", (Condition("r", ("a", "c")),), (Part(("yes",)), Part((), -0.5)))
    kept = Figure(sum_, Place("cell", "i"), 0.0).to_json()
    read = Figure.from_json(kept)
    assert (read.sum, read.low, read.high) == (sum_, 0.0, float("inf"))
    assert kept["high"] is None
    assert read.place.pinned
