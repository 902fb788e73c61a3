"""All that a study publishes, audited together and made safe by withholding or rounding what costs a reader least."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from enkat.disclosure.coarser import Coarse, coarser
from enkat.disclosure.family import Family
from enkat.disclosure.figure import Figure, Place, Sum
from enkat.disclosure.publication import Publication, covers
from enkat.disclosure.quantity import Quantity, Range, Reason
from enkat.disclosure.system import Coefficients
from enkat.disclosure.variables import Column
from enkat.progress import progress


@dataclass(frozen=True, slots=True)
class Finding:
    """A protected quantity, what an attacker can work out of it, and why that is too much (None where it is not)."""

    quantity: Quantity
    known: Range
    reason: Reason | None


@dataclass(slots=True)
class Protection:
    """What must not be printed, and what of that is printed more coarsely.

    `refused`: claims whose very words would give somebody away; `left`: what was out.
    """

    withheld: set[Place] = field(default_factory=set)
    coarse: dict[Place, Coarse] = field(default_factory=dict)
    refused: dict[str, Finding] = field(default_factory=dict)
    left: list[Finding] = field(default_factory=list)

    @property
    def instead(self) -> dict[Figure, None]:
        """The coarser figures that are printed, in the order in which they were chosen: the same in every run."""
        return dict.fromkeys(figure for one in self.coarse.values() for figure in one.figures)

    def show(self, family: Family) -> None:
        """Have an attacker know what is printed, and no more."""
        instead = self.instead
        family.learn(instead)
        family.show(lambda figure: figure in instead or not covers(self.withheld, figure.place))

    def withhold(self, places: set[Place]) -> None:
        """Prints places neither as they are nor coarsely."""
        self.withheld |= places
        self.coarse = {place: way for place, way in self.coarse.items() if not covers(places, place)}


def families(publication: Publication) -> Iterator[Family]:
    """The questions of a publication that have something to protect, each with all that bears on it; shows progress."""
    asked = sorted({figure.sum.question for figure in publication.figures if figure.sum.question})
    groups = {one.column for figure in publication.figures for one in figure.sum.among}
    telling = sorted(name for name in groups - set(asked) if publication.columns.get(name, Column(name, ())).sensitive)
    questions = [*asked, *telling]
    with progress("audit") as report:
        for number, question in enumerate(questions):
            if report is not None:
                report(number / len(questions))
            yield Family(question, publication)


def findings(publication: Publication) -> Iterator[Finding]:
    """The proof: every protected quantity that the tables cross, with the range that an attacker is left with."""
    for family in families(publication):
        for quantity, sum_ in family.watched():
            known = family.range(sum_)
            yield Finding(quantity, known, family.exposes(quantity, known))


def protect(publication: Publication) -> Protection:
    """Withholds until nothing that is protected can be worked out, what tells most and is missed least first."""
    protection = Protection()
    for family in families(publication):
        _make_safe(family, publication, protection)
    return protection


@dataclass(frozen=True, slots=True)
class _Exposure:
    finding: Finding
    cells: Coefficients
    from_sums: frozenset[Sum]


def _make_safe(family: Family, publication: Publication, protection: Protection) -> None:
    """Withholding only ever widens what fits, so what was safe stays so and only the rest is looked at again."""
    protection.show(family)
    exposures = list(_exposures(family, family.watched()))
    told = [(exposure.finding.quantity, exposure.cells) for exposure in exposures]
    before = set(protection.withheld)
    while exposures:
        places = _least_missed(exposures, publication, protection)
        if places:
            protection.withhold(places)
        elif not _refuse_words(exposures, family, protection):
            protection.left += [exposure.finding for exposure in exposures]
            break
        protection.show(family)
        again = [(exposure.finding.quantity, exposure.cells) for exposure in exposures]
        exposures = list(_exposures(family, again))
    else:
        taken = {place for place in protection.withheld - before if not place.pinned}
        by_worth = sorted(taken, key=lambda one: (-_worth([one], publication), str(one)))
        _give_back(by_worth, family, told, protection)
        _print_coarsely(by_worth, family, told, publication, protection)


def _exposures(family: Family, quantities: Iterable[tuple[Quantity, Coefficients]]) -> Iterator[_Exposure]:
    for quantity, cells in quantities:
        known, from_sums = family.known(quantity, cells)
        reason = family.exposes(quantity, known)
        if reason is not None:
            yield _Exposure(Finding(quantity, known, reason), cells, from_sums)


def _is_safe(family: Family, told: list[tuple[Quantity, Coefficients]]) -> bool:
    """Whether nothing of what all figures together tell is told; what was told last is looked at first."""
    for exposure in _exposures(family, list(told)):
        quantity = exposure.finding.quantity
        told.sort(key=lambda one: one[0] is not quantity)
        return False
    return True


def _give_back(
    taken: Iterable[Place], family: Family, told: list[tuple[Quantity, Coefficients]], protection: Protection
) -> None:
    """Prints again what need not have been withheld after all, what is missed most first."""
    for place in taken:
        protection.withheld.discard(place)
        protection.show(family)
        if not _is_safe(family, told):
            protection.withheld.add(place)
    protection.show(family)


def _print_coarsely(
    taken: Iterable[Place],
    family: Family,
    told: list[tuple[Quantity, Coefficients]],
    publication: Publication,
    protection: Protection,
) -> None:
    """Prints as exactly as may be what cannot be printed as it is, what is missed most first."""
    for place in taken:
        if place not in protection.withheld or covers(protection.withheld - {place}, place):
            continue
        open_ = [one for one in publication.figures if one.place == place or one.place not in protection.withheld]
        for way in coarser(place, open_):
            protection.coarse[place] = way
            protection.show(family)
            if _is_safe(family, told):
                break
            del protection.coarse[place]
    protection.show(family)


def _least_missed(exposures: Sequence[_Exposure], publication: Publication, protection: Protection) -> set[Place]:
    """Where the sum is printed that makes most exposures possible for what it is worth to a reader."""
    printed: dict[Sum, set[Place]] = {}
    for figure in publication.figures:
        if not figure.place.pinned and not figure.withheld and not covers(protection.withheld, figure.place):
            printed.setdefault(figure.sum, set()).add(figure.place)
    for place, way in protection.coarse.items():
        for figure in way.figures:
            printed.setdefault(figure.sum, set()).add(place)
    told: dict[Sum, int] = {}
    for exposure in exposures:
        for sum_ in exposure.from_sums:
            if sum_ in printed:
                told[sum_] = told.get(sum_, 0) + 1
    if not told:
        return set()
    best = min(told, key=lambda sum_: (_worth(printed[sum_], publication) / told[sum_], sum_))
    return printed[best]


def _worth(places: Iterable[Place], publication: Publication) -> float:
    """How much a reader misses: as many people as a figure is about; less beside a claim, where its words stand."""
    return sum(
        (0.25 if place.kind == "claim" else 1.0) * publication.base_of(figure.sum)
        for place in places
        for figure in publication.figures
        if covers({place}, figure.place)
    )


def _refuse_words(exposures: Sequence[_Exposure], family: Family, protection: Protection) -> bool:
    """Refuses claims whose words tell, as nothing else can be withheld; False where what tells was released before."""
    sums = {sum_ for exposure in exposures for sum_ in exposure.from_sums}
    words = {
        figure.place
        for figure in family.own
        if figure.place.kind == "words" and figure.sum in sums and not covers(protection.withheld, figure.place)
    }
    for place in words:
        protection.refused[place.name] = exposures[0].finding
    protection.withheld |= words
    return bool(words)
