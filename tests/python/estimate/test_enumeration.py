"""Every sample of a small population: on average an estimator is right, and so is its estimated variance."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations, product
from math import comb, prod

import numpy
import pandas
import pytest

import enkat


@dataclass(frozen=True)
class Drawn:
    """One sample and how likely it was."""

    chance: float
    survey: enkat.Survey


@dataclass(frozen=True)
class Law:
    """A way of drawing, what is estimated, and the truth."""

    samples: Callable[[], Iterator[Drawn]]
    estimate: Callable[[enkat.Survey], enkat.Estimates]
    truth: float
    variance: float | None = None  # as printed, where a book does; the enumeration has it anyway


def total(survey: enkat.Survey) -> enkat.Estimates:
    return survey.total("y")


EIGHT = [1, 2, 4, 4, 7, 7, 7, 8]  # Lohr, Sampling: Design and Analysis (2nd ed., 2010), example 2.2


def simple() -> Iterator[Drawn]:
    for chosen in combinations(range(8), 4):
        data = pandas.DataFrame({"y": [EIGHT[i] for i in chosen], "large": ["no" if i < 2 else "yes" for i in chosen]})
        yield Drawn(1 / 70, enkat.Survey(data, design=enkat.Design(population=8)))


STRATA = {"a": [3.0, 8, 9, 14], "b": [20.0, 22, 27, 31, 45]}


def stratified() -> Iterator[Drawn]:
    ways = comb(4, 2) * comb(5, 3)
    for a, b in product(combinations(STRATA["a"], 2), combinations(STRATA["b"], 3)):
        data = pandas.DataFrame({"y": [*a, *b], "stratum": list("aabbb"), "n": [4, 4, 5, 5, 5]})
        yield Drawn(1 / ways, enkat.Survey(data, design=enkat.Design(strata="stratum", fpc="n")))


CLUSTERS = [[4.0, 9, 7], [12.0, 3, 6], [1.0, 5, 8, 10], [2.0, 15]]


def two_stage() -> Iterator[Drawn]:
    for chosen in combinations(range(4), 2):
        inside = [list(combinations(range(len(CLUSTERS[i])), 2)) for i in chosen]
        for pairs in product(*inside):
            rows = [
                {"y": CLUSTERS[i][j], "cluster": i, "unit": 10 * i + j, "clusters": 4, "units": len(CLUSTERS[i])}
                for i, pair in zip(chosen, pairs, strict=True)
                for j in pair
            ]
            design = enkat.Design(cluster=["cluster", "unit"], fpc=["clusters", "units"])
            chance = 1 / 6 / prod(map(len, inside))
            yield Drawn(chance, enkat.Survey(pandas.DataFrame(rows), design=design))


def draws_within(chosen: tuple[int, ...]) -> Iterator[tuple[float, pandas.DataFrame]]:
    """All ways of two draws with replacement from each of some clusters; `w` expands a draw to its cluster."""
    ways = prod(len(CLUSTERS[i]) ** 2 for i in chosen)
    for drawn in product(*(product(CLUSTERS[i], repeat=2) for i in chosen)):
        rows = [
            {"y": y, "cluster": i, "draw": number, "w": len(CLUSTERS[i]) / 2}
            for i, pair in zip(chosen, drawn, strict=True)
            for number, y in enumerate(pair)
        ]
        yield 1 / ways, pandas.DataFrame(rows)


def clusters_then_with_replacement() -> Iterator[Drawn]:
    design = enkat.Design(weight="w", cluster=["cluster", "draw"], fpc="clusters", nest=True)
    for chosen in combinations(range(4), 2):
        for chance, data in draws_within(chosen):
            expanded = data.assign(w=data["w"] * 2, clusters=4)
            yield Drawn(chance / 6, enkat.Survey(expanded, design=design))


def unequal_clusters_then_with_replacement() -> Iterator[Drawn]:
    odds = [0.7, 1.0, 1.6, 0.4]
    weight = {chosen: prod(odds[i] for i in chosen) for chosen in combinations(range(4), 2)}
    chances = {chosen: value / sum(weight.values()) for chosen, value in weight.items()}
    joint = numpy.zeros((4, 4))
    for chosen, chance in chances.items():
        joint[numpy.ix_(chosen, chosen)] += chance
    for chosen, chance in chances.items():
        design = enkat.Design(
            weight="w",
            cluster=["cluster", "draw"],
            fpc="pi",
            joint_probabilities=joint[numpy.ix_(chosen, chosen)].tolist(),
            variance="YG",
        )
        for of_draws, data in draws_within(chosen):
            pi = joint.diagonal()[data["cluster"]]
            expanded = data.assign(pi=pi, w=data["w"] / pi)
            yield Drawn(chance * of_draws, enkat.Survey(expanded, design=design))


def whole_clusters() -> Iterator[Drawn]:
    for chosen in combinations(range(4), 2):
        rows = [{"y": y, "cluster": i, "clusters": 4} for i in chosen for y in CLUSTERS[i]]
        design = enkat.Design(cluster="cluster", fpc="clusters")
        yield Drawn(1 / 6, enkat.Survey(pandas.DataFrame(rows), design=design))


def unequal(y: list[float], chances: dict[tuple[int, ...], float]) -> Iterator[Drawn]:
    joint = numpy.zeros((len(y), len(y)))
    for chosen, chance in chances.items():
        joint[numpy.ix_(chosen, chosen)] += chance
    for chosen, chance in chances.items():
        data = pandas.DataFrame({"y": [y[i] for i in chosen], "pi": [joint[i, i] for i in chosen]})
        matrix = joint[numpy.ix_(chosen, chosen)].tolist()
        design = enkat.Design(fpc="pi", joint_probabilities=matrix, variance="YG")
        yield Drawn(chance, enkat.Survey(data, design=design))


STORES = [11.0, 20, 24, 245]  # Lohr (2010), example 6.1: sales of four supermarkets of 100, 200, 300 and 1000 m²


def stores_one_after_the_other() -> Iterator[Drawn]:
    size = numpy.array([1, 2, 3, 10]) / 16
    chances = {
        (i, j): size[i] * size[j] / (1 - size[i]) + size[i] * size[j] / (1 - size[j])
        for i, j in combinations(range(4), 2)
    }
    return unequal(STORES, chances)


FARMS = [30.0, 70, 62, 100, 123, 160]


def conditional_poisson() -> Iterator[Drawn]:
    odds = [0.3, 0.5, 0.8, 1.0, 1.4, 2.2]
    weight = {chosen: prod(odds[i] for i in chosen) for chosen in combinations(range(6), 3)}
    return unequal(FARMS, {chosen: value / sum(weight.values()) for chosen, value in weight.items()})


SEVEN = {"a": [5.0, 7, 6, 9], "b": [12.0, 15, 11]}


def two_phases() -> Iterator[Drawn]:
    people = [(g, y) for g, values in SEVEN.items() for y in values]
    for first in combinations(range(7), 6):
        groups = [[i for i in first if people[i][0] == g] for g in SEVEN]
        ways = prod(comb(len(group), 2) for group in groups)
        for pairs in product(*(combinations(group, 2) for group in groups)):
            asked = {i for pair in pairs for i in pair}
            rows = [
                {"g": people[i][0], "y": people[i][1] if i in asked else None, "asked": int(i in asked), "n": 7}
                for i in first
            ]
            design = enkat.Design(fpc="n", phase2={"column": "asked", "strata": "g"})
            yield Drawn(1 / 7 / ways, enkat.Survey(pandas.DataFrame(rows), design=design))


# Chosen so that no sample has a negative estimated variance, which is no standard error.
NINE = {
    "a": [("x", 19.0), ("x", 3.0), ("y", 24.0), ("y", 8.0)],
    "b": [("x", 10.0), ("x", 29.0), ("x", 16.0), ("y", 26.0), ("y", 6.0)],
}


def asked_again(first: list[dict[str, object]], chance: float, **design: object) -> Iterator[Drawn]:
    """Two of each screening group of a first-phase sample."""
    groups = [[i for i, row in enumerate(first) if row["g"] == g] for g in sorted({str(row["g"]) for row in first})]
    ways = prod(comb(len(group), 2) for group in groups)
    for pairs in product(*(combinations(group, 2) for group in groups)):
        asked = {i for pair in pairs for i in pair}
        rows = [row | {"y": row["y"] if i in asked else None, "asked": int(i in asked)} for i, row in enumerate(first)]
        given = enkat.Design(**design, phase2={"column": "asked", "strata": "g"})
        yield Drawn(chance / ways, enkat.Survey(pandas.DataFrame(rows), design=given))


def strata_of_different_sizes_then_screened() -> Iterator[Drawn]:
    for a, b in product(combinations(NINE["a"], 3), combinations(NINE["b"], 4)):
        chosen = [("a", 4, *unit) for unit in a] + [("b", 5, *unit) for unit in b]
        first = [{"zone": zone, "N": size, "g": g, "y": y} for zone, size, g, y in chosen]
        yield from asked_again(first, 1 / 20, strata="zone", fpc="N")


def with_replacement_then_screened() -> Iterator[Drawn]:
    values = [3.0, 8.0, 1.0, 11.0]
    for chosen in product(range(4), repeat=4):
        first = [{"g": "all", "y": values[i], "w": 1.0} for i in chosen]
        yield from asked_again(first, 1 / 4**4, weight="w")


LAWS = {
    "simple random sample": Law(simple, total, 40, 54.857142857142854),
    "domain of a simple random sample": Law(simple, lambda s: s.where(large="yes").total("y"), 37),
    "stratified sample": Law(stratified, total, sum(map(sum, STRATA.values()))),
    "stratified mean": Law(stratified, lambda s: s.mean("y"), sum(map(sum, STRATA.values())) / 9),
    "two-stage sample": Law(two_stage, total, sum(map(sum, CLUSTERS))),
    "clusters, then with replacement": Law(clusters_then_with_replacement, total, sum(map(sum, CLUSTERS))),
    "unequal clusters, then with replacement": Law(
        unequal_clusters_then_with_replacement, total, sum(map(sum, CLUSTERS))
    ),
    "whole clusters": Law(whole_clusters, total, sum(map(sum, CLUSTERS))),
    "supermarkets by size": Law(stores_one_after_the_other, total, 300),
    "conditional Poisson sample": Law(conditional_poisson, total, sum(FARMS)),
    "two phases": Law(two_phases, total, sum(map(sum, SEVEN.values()))),
    "two phases, the first in strata": Law(strata_of_different_sizes_then_screened, total, 141),
    "two phases, the first with replacement": Law(with_replacement_then_screened, total, 23),
}


@pytest.mark.parametrize("name", LAWS)
def test_estimator_and_its_variance_are_unbiased(name: str) -> None:
    law = LAWS[name]
    drawn = [(sample.chance, next(iter(law.estimate(sample.survey)))) for sample in law.samples()]
    chance = numpy.array([p for p, _ in drawn])
    value = numpy.array([row.estimate for _, row in drawn], dtype=float)
    variance = numpy.array([row.se for _, row in drawn], dtype=float) ** 2
    assert chance.sum() == pytest.approx(1, rel=1e-12)
    assert chance @ value == pytest.approx(law.truth, rel=1e-10)
    truth = float(chance @ (value - law.truth) ** 2)
    assert chance @ variance == pytest.approx(truth, rel=1e-9)
    assert truth == pytest.approx(law.variance or truth, rel=1e-10)


def test_poststratified_total_is_unbiased_given_the_sample_has_both_strata() -> None:
    chosen = combinations(range(8), 4)
    both = [drawn.survey for drawn, rows in zip(simple(), chosen, strict=True) if min(rows) < 2]
    totals = [survey.poststratify(large={"no": 2, "yes": 6}).total("y") for survey in both]
    values = [next(iter(estimates)).estimate for estimates in totals]
    assert len(values) == 70 - comb(6, 4)
    assert numpy.mean(values) == pytest.approx(40, rel=1e-12)
