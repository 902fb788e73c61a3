"""Figures printed more coarsely tell no more than they say, and no less."""

import itertools
import os
import subprocess
import sys
from pathlib import Path

import pytest

from disclosure.attack import Attack
from disclosure.studies import rows_of, share, single, study_of
from enkat.disclosure.coarser import BASES, PERCENTS, coarser, nearest
from enkat.disclosure.figure import Figure, Place, Sum, counts_behind

BASE, YES = Sum("q"), Sum("q").of("yes")
ROW, CELL = Place("row", "t"), Place("cell", "t", (), "yes")


def table(count: int, base: int) -> list[Figure]:
    """A base and a whole per cent of it, as published."""
    percent = (200 * count + base) // (2 * base)
    return [Figure(BASE, ROW, base, base), Figure(YES, CELL, *counts_behind(percent, base), percent)]


def fits(figure: Figure, count: int, base: int) -> bool:
    """Whether so many of so many are within the bounds."""
    sum_ = sum(part.times * (count if part.answers else base) for part in figure.sum.parts)
    return figure.low - 1e-9 <= sum_ <= figure.high + 1e-9


@pytest.mark.parametrize(("count", "base"), [(0, 57), (1, 41), (27, 60), (123, 200), (75, 75)])
def test_a_rounded_base_fits_all_bases_and_counts_that_print_the_same(count: int, base: int) -> None:
    printed = (200 * count + base) // (2 * base)
    ways = list(coarser(ROW, table(count, base)))
    assert [way.unit for way in ways] == [unit for unit in BASES if base >= 2 * unit]
    for way in ways:
        for other in range(max(1, base - 120), base + 120):
            for some in range(other + 1):
                same = (200 * some + other) // (2 * other) == printed and nearest(other, way.unit) == nearest(
                    base, way.unit
                )
                assert all(fits(figure, some, other) for figure in way.figures) == same


@pytest.mark.parametrize(("count", "base"), [(0, 57), (27, 60), (123, 200), (74, 75)])
def test_a_coarse_per_cent_fits_all_counts_that_print_the_same(count: int, base: int) -> None:
    ways = list(coarser(CELL, table(count, base)))
    assert [way.unit for way in ways] == list(PERCENTS)
    for way in ways:
        (figure,) = way.figures
        for some in range(base + 1):
            mine, theirs = ((200 * number + base) // (2 * base) for number in (count, some))
            assert fits(figure, some, base) == (nearest(mine, way.unit) == nearest(theirs, way.unit))


def test_more_than_whole_per_cents_cannot_be_printed_coarsely() -> None:
    exact = [Figure(BASE, ROW, 200, 200), Figure(YES, CELL, 61, 61)]
    mean = [*table(61, 200), Figure(Sum("q"), ROW, 1.2, 1.3)]
    assert not list(coarser(ROW, exact))
    assert not list(coarser(CELL, exact))
    assert not list(coarser(ROW, mean))


def test_a_large_group_beside_a_small_one_keeps_its_shares(tmp_path: Path) -> None:
    # 203 north and 6 south of 209: the base of the north would tell that of the south.
    counts = {("n", "yes"): 123, ("n", "no"): 80, ("s", "yes"): 2, ("s", "no"): 4}
    study = study_of(
        tmp_path,
        rows_of(counts, ["reg", "q"]),
        [single("q", "yes", "no"), single("reg", "n", "s")],
        [share("all"), share("by", by=["reg"])],
    )
    published = {(one.name, *row["by"], row["answer"]): row for one in study.computed for row in one.published}
    assert (published["all", "yes"]["base"], published["all", "yes"]["percent"]) == (209, 60)
    north = published["by", "n", "yes"]
    assert (north["base"], north["percent"], north["withheld"]) == (None, None, "disclosure.complement")
    assert (north["about"].base, north["about"].base_unit, north["about"].percent) == (200, 10, 61)
    assert published["by", "s", "yes"]["base"] is None
    assert "about" not in published["by", "s", "yes"]
    attack = Attack({"q": ["yes", "no"], "reg": ["n", "s"]})
    attack.reads(study, [])
    south = attack.range(attack.who("q", None, {"reg": ["s"]}))
    assert south[1] >= 10
    for answer, region in itertools.product(("yes", "no"), ("n", "s")):
        low, high = attack.range(attack.who("q", [answer], {"reg": [region]}))
        assert low <= counts[region, answer] <= high
        assert low < high


def test_what_is_printed_does_not_depend_on_the_order_of_sets(tmp_path: Path) -> None:
    script = """
import sys
from pathlib import Path
from disclosure.studies import draw, study_of
for seed in (8, 14, 41):
    drawn = draw(seed)
    study = study_of(Path(sys.argv[1]) / str(seed), drawn.answers, drawn.questions, drawn.indicators, drawn.claims)
    print([figure.to_json() for figure in study._released("en").publication.figures])
"""
    printed = []
    for seed in ("1", "2", "3"):
        (tmp_path / seed).mkdir()
        path = os.pathsep.join([str(Path(__file__).parents[1]), *sys.path])
        run = subprocess.run(
            [sys.executable, "-c", script, str(tmp_path / seed)],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path},
            capture_output=True,
            text=True,
            check=True,
        )
        printed.append(run.stdout)
    assert printed[0]
    assert printed[0] == printed[1] == printed[2]
