"""The bounds that an attacker reaches, against every table of people there is."""

import itertools
import random

import numpy as np
import pytest

from enkat.disclosure.attacker import Attacker


def every_value(
    sum_: np.ndarray, rows: list[tuple[np.ndarray, float, float]], people: int
) -> list[int]:  # all tables of so many people in six cells
    values = []
    for cells in itertools.product(range(people + 1), repeat=len(sum_)):
        table = np.array(cells)
        if all(low <= row @ table <= high for row, low, high in rows):
            values.append(int(sum_ @ table))
    return values


@pytest.mark.parametrize("seed", range(12))
def test_bounds_are_those_of_all_tables_that_fit(seed: int) -> None:
    chance = random.Random(seed)
    people, cells = 5, 5
    truth = np.bincount([chance.randrange(cells) for _ in range(people)], minlength=cells)
    rows = [(np.ones(cells), float(people), float(people))]
    for _ in range(chance.randint(1, 3)):
        row = np.array([float(chance.randrange(2)) for _ in range(cells)])
        at = float(row @ truth)
        rows.append((row, at - chance.randrange(2), at + chance.randrange(2)))
    # A mean to one decimal leaves fractions of people, which whole people must not reach.
    codes = np.arange(cells, dtype=float)
    rows.append((codes, float(codes @ truth) - 0.25, float(codes @ truth) + 0.25))
    sum_ = np.array([float(chance.randrange(2)) for _ in range(cells)])
    expected = every_value(sum_, rows, people)
    attacker = Attacker(cells, [], rows)
    assert attacker.smallest(sum_).value == min(expected)
    assert attacker.largest(sum_).value == max(expected)


def test_tables_that_nobody_fits_are_refused() -> None:
    everyone = np.ones(2)
    attacker = Attacker(2, [], [(everyone, 5.0, 5.0), (everyone, 6.0, 6.0)])
    with pytest.raises(ValueError, match="no table of people"):
        attacker.largest(everyone)


def test_what_is_forgotten_binds_no_more() -> None:
    first, both = np.array([1.0, 0.0]), np.ones(2)
    attacker = Attacker(2, [], [(both, 9.0, 9.0), (first, 3.0, 3.0)])
    assert (attacker.smallest(first).value, attacker.largest(first).value) == (3, 3)
    attacker.forget(1)
    assert (attacker.smallest(first).value, attacker.largest(first).value) == (0, 9)
